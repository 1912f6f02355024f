internal import Console
internal import Events

/// The part of the fleet page that shows who works.
enum WorkersPart {
  static func part(_ state: ConsoleState, at now: Timestamp) -> Markup {
    switch state.workers {
    case .notAsked: section("", "<p class=\"none\">Nobody was asked yet.</p>")
    case .notTold(let code):
      section(
        "",
        "<p class=\"none\">The cluster does not tell who is in the group (<code>\(code)</code>). Each worker tells of itself at <code>/ready</code>.</p>"
      )
    case .told(let workers, let time):
      section(
        "\(Words.plural(workers.count, "worker", "workers")), as told at \(Parts.time(time)).",
        Parts.table(
          "Workers", ["Worker", "Where", "State", "Partitions", "Waiting", "Stands still for", "Last commit"],
          numbers: [4, 5], workers.map { row($0, state.progress, at: now) }, none: "Nobody is in the group."))
    }
  }

  private static func section(_ note: Markup, _ body: Markup) -> Markup {
    Parts.section("workers", "Workers", note, body)
  }

  private static func row(_ worker: Workers.Worker, _ progress: Progress, at now: Timestamp) -> [Markup] {
    let names = [worker.instance, worker.version.map { "heed \($0)" }].compactMap(\.self).joined(separator: ", ")
    let age = progress.age(of: worker, at: now)
    return [
      "\(worker.name)\(names.isEmpty ? "" : " <span class=\"soft\">\(names)</span>" as Markup)",
      "\(worker.host ?? "–")",
      state(of: worker, stoodStill: age), "\(Words.ranges(worker.partitions))",
      "\(Words.grouped(Int(progress.lag(of: worker))))", "\(age > 0 ? Words.span(age) : "–")",
      worker.committed.map { Parts.time($0) } ?? "–",
    ]
  }

  private static func state(of worker: Workers.Worker, stoodStill age: Int64) -> Markup {
    switch worker.phase {
    case .joining: Parts.badge("joins", "t-plain", sign: "…")
    case .restoring(let partitions, let seconds):
      Parts.badge(
        "restores \(partitions) of \(worker.partitions.count) for \(Words.span(seconds))", "t-warn", sign: "↻")
    case .draining: Parts.badge("drains", "t-warn", sign: "↓")
    case .ended: Parts.badge("has ended", "t-plain", sign: "■")
    case .ready, nil:
      if worker.partitions.isEmpty {
        Parts.badge("stands by", "t-plain", sign: "–")
      } else if age > Progress.patience {
        Parts.badge("stands still", "t-bad", sign: "▲")
      } else {
        Parts.badge(worker.phase == nil ? "assigned" : "ready", "t-answered", sign: "✓")
      }
    }
  }
}

extension Words {
  /// `0–3, 7`; `none` for no number.
  static func ranges(_ numbers: [Int32]) -> String {
    var ranges: [ClosedRange<Int32>] = []
    for number in numbers.sorted() {
      if let last = ranges.last, number <= last.upperBound &+ 1 {
        ranges[ranges.count - 1] = last.lowerBound...max(number, last.upperBound)
      } else {
        ranges.append(number...number)
      }
    }
    let words = ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)" }
    return words.isEmpty ? "none" : words.joined(separator: ", ")
  }
}
