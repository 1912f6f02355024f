import Foundation
import Scorecard
import Web

/// A report for a terminal.
struct ReportText {
  private(set) var text = ""

  init(_ report: Report) {
    line(
      Style.heading.apply(
        "\(report.tickets) tickets, \(report.range.from.prefix(16)) to \(report.range.until.prefix(16))"))
    measures(report)
    table(
      "What they were about",
      report.parts.filter { $0.axis == "intent" }.prefix(12).map { part in
        [
          ReportWords.words(part.name), "\(part.tickets)", share(part, "task_completion"),
          share(part, "repeat_contact"),
        ]
      }, head: ["", "tickets", "completed", "came back"])
    table(
      "What went wrong",
      report.themes.prefix(12).map { theme in
        [
          "\(ReportWords.themes[theme.kind] ?? theme.kind): \(ReportWords.words(theme.intent))", "\(theme.count)",
          theme.tickets.joined(separator: " "),
        ]
      }, head: ["", "tickets", "such as"])
    table(
      "Handed over",
      report.escalations.prefix(12).map {
        [ReportWords.words($0.rule), "\($0.count)", "\($0.needed)", "\($0.notNeeded)"]
      }, head: ["", "tickets", "needed", "not needed"])
    table(
      "Moved by people",
      report.misroutes.prefix(12).map {
        ["\($0.from) to \($0.to): \(ReportWords.words($0.intent))", "\($0.count)"]
      }, head: ["", "tickets"])
    table(
      "Emerging",
      report.trends.prefix(12).map { trend in
        [
          ([trend.day, ReportWords.words(trend.intent)] + [trend.carrier, trend.product].compactMap { $0 }).joined(
            separator: ", "),
          "\(trend.count)", String(format: "%.1f", trend.usual), String(format: "%.2g", trend.chance),
        ]
      }, head: ["", "tickets", "usual", "by chance"])
    table(
      "Alerts, and how often they were right",
      report.alerts.map { row in
        [
          ReportWords.words(row.kind) + (row.sign.map { ": \(ReportWords.words($0))" } ?? ""), "\(row.raised)",
          "\(row.judged)", row.precision.map(ReportWords.percent) ?? "–", ReportWords.interval(row.low, row.high),
        ]
      }, head: ["", "raised", "judged", "right", "with 95 %"])
    for (kind, definition) in ReportWords.alertDefinitions(report) {
      line(Style.faint.apply("  \(ReportWords.words(kind)): \(definition)"))
    }
    table(
      "Experiment" + (report.experimentName.map { " \($0)" } ?? ""),
      report.experiment.map { row in
        [ReportWords.words(row.name), number(row.treatment), number(row.baseline), row.verdict ?? ""]
      }, head: ["", "treatment", "baseline", "verdict"])
    if let stopped = report.experimentStopped {
      line("  stopped by itself at \(stopped): customers came back more often")
    }
    table(
      "Journeys to read",
      report.sample.map {
        [
          "\($0.ticket): \(ReportWords.words($0.intent)), \($0.channel)", ReportWords.words($0.end),
          $0.steps.last ?? "",
        ]
      }, head: ["", "end", "last step"])
  }

  private mutating func measures(_ report: Report) {
    line("")
    for row in report.measures where row.count > 0 {
      let interval =
        row.low.flatMap { low in row.high.map { " (\(ReportWords.percent(low)) to \(ReportWords.percent($0)))" } } ?? ""
      let p90 = row.p90.map { ", 90 % within \(ReportWords.duration($0))" } ?? ""
      line(
        "  " + pad(row.title, 32) + pad(ReportWords.value(row.value, unit: row.unit), 12, isRight: true)
          + Style.faint.apply("\(interval)\(p90) of \(row.count)")
          + (ReportWords.change(row).isEmpty ? "" : "  " + ReportWords.change(row)))
    }
    line(
      Style.faint.apply(
        "  No number stands alone: each has its pair, such as time to resolution and repeat contact; heed report --json names them."
      ))
  }

  private func share(_ part: Report.Part, _ name: String) -> String {
    part.values[name].map(ReportWords.percent) ?? "–"
  }

  private func number(_ value: Double?) -> String { value.map { String(format: "%.3f", $0) } ?? "–" }

  /// Rows of words and numbers; nothing where there are no rows.
  private mutating func table(_ title: String, _ rows: [[String]], head: [String]) {
    guard !rows.isEmpty else { return }
    line("")
    line(Style.heading.apply(title))
    let widths = head.indices.map { column in ([head] + rows).map { $0[column].count }.max() ?? 0 }
    for (index, row) in ([head] + rows).enumerated() {
      let cells = row.indices.map { pad(row[$0], widths[$0], isRight: $0 > 0 && row[$0].first?.isNumber == true) }
      line("  " + (index == 0 ? Style.faint.apply(cells.joined(separator: "  ")) : cells.joined(separator: "  ")))
    }
  }

  private func pad(_ words: String, _ width: Int, isRight: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, width - words.count))
    return isRight ? space + words : words + space
  }

  private mutating func line(_ words: String) { text += words + "\n" }
}
