import Foundation

/// What came out, as Markdown: measured values beside the limits we hold ourselves to.
struct ResultsPage {
  private let head: String
  private var rows: [String] = []
  private var notes: [String] = []

  init(isEmbedded: Bool) {
    let command = CommandLine.arguments.dropFirst().joined(separator: " ")
    head = """
      # What Heed costs

      Written by `Benchmarks \(command)`, which `make bench` runs, on \(isEmbedded ? "the embedded broker" : "a real broker"), on
      \(Self.machine).
      CPU seconds are those of all threads of the process that is measured; the broker and whoever appends have processes of their
      own. Copies and workers write without compression. Rates depend on what else the machine does, ratios hardly.

      | | messages/s | CPU s per million | peak memory | limit | reached |
      | --- | ---: | ---: | ---: | --- | --- |
      """
  }

  var text: String { ([head] + rows + [""] + notes.map { "- " + $0 }).joined(separator: "\n") + "\n" }

  private static var machine: String {
    let info = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let model = info.split(separator: "\n").first { $0.hasPrefix("model name") }?.split(separator: ":").last
    let cores = ProcessInfo.processInfo.activeProcessorCount
    return "\(cores) cores of \(model?.trimmingCharacters(in: .whitespaces) ?? "an unknown processor")"
  }

  // MARK: Parts

  mutating func show(_ fold: FoldMeasurement) {
    let perSecond = 1e6 / fold.tickets.cost
    row(
      "triage without Kafka, tickets", fold.tickets,
      Limit("70,000 a CPU second", String(format: "%.0f", perSecond), holds: perSecond >= 70_000))
    row("triage without Kafka, order events", fold.orders)
    notes.append(
      String(
        format: "Triage without Kafka asks for memory %.0f times a ticket and %.0f times an order event.",
        fold.allocationsPerTicket, fold.allocationsPerOrder))
    notes.append("SHA-256 of what it wrote, the same wherever it runs: `\(fold.digest)`.")
  }

  mutating func show(_ past: PastMeasurement) {
    row("backfill without Kafka, seven orders for a ticket", past.replay)
    // Each decision stands on both sides.
    let minute = 60 * past.diff.rate / 2
    row(
      "comparison of recorded decisions", past.diff,
      Limit("1 million of each side a minute", String(format: "%.1f million", minute / 1e6), holds: minute >= 1e6))
  }

  mutating func show(_ comparison: Comparison) {
    for part in Comparison.Part.allCases {
      let floor = comparison.copies[part]![.c]!.median
      let swift = comparison.copies[part]![.borrowed]!.median
      let worker = comparison.workers[part]!.median
      row("C copy, \(part.rawValue)", floor)
      row("Swift copy, \(part.rawValue)", swift, Limit(swift, over: floor, max: 1.15))
      row("whole worker, \(part.rawValue)", worker, Limit(worker, over: floor, max: part == .orders ? 3 : 10))
    }
  }

  mutating func show(_ worker: WorkerMeasurement, delay: Int) {
    let reached = Limit(
      "append to commit p99 < 50 ms",
      String(format: "p50 %.0f ms, p99 %.0f ms", worker.latencyMedian, worker.latencyP99), holds: worker.latencyP99 < 50
    )
    let memory = worker.work.peakBytes >> 20
    let cost = String(format: "%.2f", worker.work.cost)
    rows.append(
      "| whole worker, seven orders for a ticket, `batch.delay=\(delay)ms` | 2000 | \(cost) | \(memory) MiB "
        + "| \(reached.words) | \(reached.reached) |")
  }

  mutating func show(restore worker: WorkerMeasurement, contextBytes: Int) {
    let each = worker.restoredBytes / max(1, worker.restored)
    var restore = worker.work
    restore.messages = worker.restored
    restore.seconds = worker.restoreSeconds
    restore.cpuSeconds = worker.restoreCPUSeconds
    row(
      "restore of \(worker.restored) contexts of \(contextBytes) bytes", restore,
      Limit(
        "1 million in 15 s", String(format: "%.1f s", restore.seconds),
        holds: restore.seconds <= 15 * Double(worker.restored) / 1e6))
    rows.append("| an idle customer | | | | 600 bytes | \(Limit("", "\(each) bytes", holds: each <= 600).reached) |")
  }

  mutating func show(sweep: [(partitions: Int32, worker: Measurement)]) {
    for (partitions, worker) in sweep {
      row(
        "whole worker, mixed events, \(partitions) partitions", worker,
        Limit(worker, over: sweep[0].worker, max: 1.1, of: "with \(sweep[0].partitions)"))
    }
  }

  mutating func show(soak: [Int], events: Int) {
    let early = soak[soak.count / 5] >> 20
    let late = soak[soak.count - 1] >> 20
    let limit = Limit("flat", "\(early) MiB after a fifth, \(late) MiB in the end", holds: late <= early * 11 / 10)
    rows.append(
      "| memory over \(events) mixed events | | | \(soak.max()! >> 20) MiB | \(limit.words) | \(limit.reached) |")
  }

  // MARK: Markdown

  private mutating func row(_ name: String, _ measurement: Measurement, _ limit: Limit? = nil) {
    let rate = Int(measurement.rate)
    let cost = String(format: "%.2f", measurement.cost)
    let peak = measurement.peakBytes >> 20
    rows.append("| \(name) | \(rate) | \(cost) | \(peak) MiB | \(limit?.words ?? "") | \(limit?.reached ?? "") |")
  }
}

/// What we hold ourselves to, beside what came out.
private struct Limit {
  let words: String
  let reached: String

  init(_ words: String, _ reached: String, holds: Bool) {
    self.words = words
    self.reached = holds ? reached : "**missed: \(reached)**"
  }

  /// So many times the CPU of another.
  init(_ measurement: Measurement, over other: Measurement, max: Double, of name: String = "the C copy") {
    let ratio = measurement.cost / other.cost
    self.init(
      "\(max.formatted()) times the CPU of \(name)", String(format: "%.2f times", ratio), holds: ratio <= max)
  }
}
