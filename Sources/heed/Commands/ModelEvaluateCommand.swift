import ArgumentParser
import Classifier
import Events
import Foundation
import Trainer
import Shipped

/// Judges a model on label files.
struct ModelEvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Judges a model on labelled texts.",
    discussion: """
      Tasks for which the files have no labels are left out. Label files are described at heed model train. Whether \
      one model may take the place of another is for heed model compare.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @OptionGroup var model: ModelOption

  @Option(name: .long, parsing: .upToNextOption, help: "Label files or folders to judge on.")
  var data: [String]

  @Option(name: .long, help: "text or json.")
  var format: Format = .text

  @Flag(name: .long, help: "One report per source instead of one over all.")
  var bySource = false

  @Flag(
    name: .long,
    help: "Print texts that are read wrongly, with what was wanted and what was read. They are customers' texts.")
  var showErrors = false

  func run() throws {
    let reader = try model.reader()
    let rows = try LabelFiles.rows(at: data)
    guard !rows.isEmpty else { throw Failure(status: .badConfiguration, words: "there are no labelled texts") }
    let groups =
      bySource
      ? Dictionary(grouping: rows, by: \.source).sorted { $0.key < $1.key }.map { ($0.key, $0.value) } : [("", rows)]
    for (source, group) in groups {
      let evaluation = Evaluation(reader, on: group)
      switch format {
      case .text: Terminal.write(Array(EvaluationPage(evaluation, title: source).text.utf8), to: STDOUT_FILENO)
      case .json:
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        Terminal.say(String(decoding: try encoder.encode(evaluation), as: UTF8.self))
      }
    }
    if showErrors { rows.forEach { show($0, reader) } }
  }

  private func show(_ row: LabelledText, _ reader: ModelReader) {
    let reading = reader.read(Message(subject: row.subject, body: row.text))
    var errors: [String] = []
    if !row.intents.isEmpty {
      let best = reader.probabilities(row.subject + "\n" + row.text)[0]
      if best.name != row.intents[0], !row.accepted.contains(best.name) {
        errors.append(
          "intent \((row.intents + row.accepted).joined(separator: "/")) read \(best.name) \(best.probability)")
      }
    }
    if let sentiment = row.sentiment, sentiment.sign != reading.sentiment.level.signum() {
      errors.append("sentiment \(sentiment.sign) read \(reading.sentiment.score)")
    }
    if let signals = row.signals {
      for name in Evaluation.tripwireNames where signals.contains(name) != reading.has(signal: name) {
        errors.append((signals.contains(name) ? "missed " : "wrongly ") + name)
      }
    }
    if let language = row.language, language != reading.language.tag {
      errors.append("language \(language) read \(reading.language.tag)")
    }
    if !errors.isEmpty { Terminal.say(errors.joined(separator: "; ") + " | " + row.text.replacing("\n", with: " ")) }
  }
}

/// Which model reads.
struct ModelOption: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("A model file; embedded is the shipped one.", valueName: "file"))
  var model = "embedded"

  func reader() throws -> ModelReader { ModelReader(try Self.model(at: model)) }

  /// The model at `path`, or the one that is compiled in.
  static func model(at path: String) throws -> Model {
    guard path != "embedded" else { return try shipped.get() }
    do { return try Model(bytes: try contents(ofFile: path)) } catch let problem as Model.Problem {
      throw Failure(status: .badConfiguration, words: "\(path): \(problem)")
    }
  }

  private static let shipped = Result { try Model(bytes: Shipped.model) }
}
