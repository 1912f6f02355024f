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
    if markdown { Terminal.say("| metric | kind | labels | meaning |\n|---|---|---|---|") }
    for metric in Metric.table {
      let labels = metric.labels.map { "\($0.name) (\($0.values.words))" }.joined(separator: "; ")
      Terminal.say(
        markdown
          ? "| `\(metric.name)` | \(metric.kind.word) | \(labels) | \(metric.help) |"
          : "\(metric.name)  (\(metric.kind.word))\n    \(metric.help)\n" + (labels.isEmpty ? "" : "    \(labels)\n"))
    }
  }
}
