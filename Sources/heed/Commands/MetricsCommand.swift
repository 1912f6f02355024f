import ArgumentParser
import Worker

struct MetricsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics",
    abstract: "The reference of every metric that a worker shows on /metrics.",
    discussion: """
      Prometheus' text format on http://ops.address/metrics. Labels take values of closed lists only; what is not on a list \
      is `other`, so nothing of a customer can stand there and the number of series is bounded.
      """)

  @Flag(help: "As a table in Markdown.") var markdown = false

  func run() {
    if markdown { return Terminal.say(Metric.markdown) }
    for metric in Metric.table {
      let labels = metric.labelWords
      Terminal.say(
        "\(metric.name)  (\(metric.kind.word))\n    \(metric.help)\n" + (labels.isEmpty ? "" : "    \(labels)\n"))
    }
  }
}

extension Metric {
  fileprivate var labelWords: String { labels.map { "\($0.name) (\($0.values.words))" }.joined(separator: "; ") }

  /// All of them as a table.
  static var markdown: String {
    (["| metric | kind | labels | meaning |", "|---|---|---|---|"]
      + table.map { "| `\($0.name)` | \($0.kind.word) | \($0.labelWords) | \($0.help) |" }).joined(separator: "\n")
  }
}
