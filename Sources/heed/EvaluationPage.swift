import Foundation
import Trainer

/// An evaluation as tables for a terminal.
struct EvaluationPage {
  private(set) var text = ""

  init(_ evaluation: Evaluation, title: String) {
    line(Style.heading.apply(title.isEmpty ? evaluation.model : "\(evaluation.model) on \(title)"))
    if let intents = evaluation.intents { show(intents) }
    if let sentiment = evaluation.sentiment { show(sentiment) }
    if let pressure = evaluation.pressure {
      line("")
      line("Pressure, \(pressure.texts) texts: accuracy \(number(pressure.accuracy)) %")
      table(pressure.each)
    }
    if let tripwires = evaluation.tripwires {
      line("")
      line(
        "Signals: tripwires together recall \(number(tripwires.recall)) %, precision \(number(tripwires.precision)) % (\(tripwires.texts) in the texts)"
      )
      line("  " + pad("signal", 26) + "texts  precision  recall")
      for signal in evaluation.signals where signal.texts > 0 || signal.precision > 0 {
        line("  " + pad(signal.name, 26) + left(signal.texts, 5) + left(signal.precision, 11) + left(signal.recall, 8))
      }
    }
    if let language = evaluation.language {
      line("")
      line(
        "Language, \(language.texts) texts: accuracy \(number(language.accuracy)) %, of the first 20 characters \(number(language.snippets)) %"
      )
      for slice in language.each { line("  " + pad(slice.name, 26) + left(slice.texts, 5) + left(slice.accuracy, 11)) }
    }
  }

  private mutating func show(_ intents: Evaluation.Intents) {
    line("")
    line(
      "Intents, \(intents.texts) texts: accuracy \(number(intents.accuracy)) % (95 % interval \(number(intents.interval[0])) to \(number(intents.interval[1]))), macro-F1 \(number(intents.macroF1))"
    )
    line(
      "  coverage at 95 % precision \(number(intents.coverageAt95)) %, calibration error \(number(intents.calibrationError)) points"
    )
    line(
      "  label sets hold the label in \(number(intents.setCoverage)) %, \(String(format: "%.2f", intents.setSize)) labels a set"
    )
    for band in intents.bands {
      line("  band \(pad(band.band, 8)) \(left(band.share, 5)) % of the texts, precision \(number(band.precision)) %")
    }
    line(
      "  risk and coverage: "
        + intents.riskCoverage.map { "\(Int($0.coverage)) %: \(number($0.precision))" }.joined(separator: "  "))
    table(intents.each)
    line("  taken for another, most often:")
    for confusion in intents.confusion.prefix(10) {
      line("    \(pad(confusion.truth, 20)) as \(pad(confusion.claimed, 20)) \(confusion.texts)")
    }
    line("  slices, the worst first:")
    for slice in intents.slices.prefix(12) {
      line(
        "    \(pad(slice.name, 28))\(left(slice.texts, 5)) texts \(left(slice.accuracy, 6)) %, label in the set \(number(slice.setCoverage)) %"
      )
    }
  }

  private mutating func show(_ sentiment: Evaluation.Sentiment) {
    line("")
    line(
      "Sentiment, \(sentiment.texts) texts: macro-F1 \(number(sentiment.macroF1)), area under the curve of negative \(String(format: "%.3f", sentiment.areaNegative))"
    )
    line("  of five levels \(number(sentiment.exact)) % exact, \(number(sentiment.withinOne)) % within one")
    table(sentiment.each)
  }

  private mutating func table(_ labels: [Evaluation.Label]) {
    line("  " + pad("", 26) + "texts  precision  recall      F1")
    for label in labels {
      line(
        "  " + pad(label.name, 26) + left(label.texts, 5) + left(label.precision, 11) + left(label.recall, 8)
          + left(label.f1, 8))
    }
  }

  private mutating func line(_ words: String) { text += words + "\n" }
  private func number(_ value: Double) -> String { String(format: "%.1f", value) }
  private func left(_ value: Double, _ width: Int) -> String { left(number(value), width) }
  private func left(_ value: Int, _ width: Int) -> String { left("\(value)", width) }
  private func left(_ words: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - words.count)) + words
  }
  private func pad(_ words: String, _ width: Int) -> String {
    words + String(repeating: " ", count: max(0, width - words.count))
  }
}
