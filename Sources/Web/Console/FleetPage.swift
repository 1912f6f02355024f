internal import Console
internal import Events
internal import Streams

/// **Fleet**: how far it is, what stands still, what could not be read.
enum FleetPage {
  static func page(_ state: ConsoleState, at now: Timestamp) -> ConsolePage {
    ConsolePage(
      title: "Fleet", place: .fleet,
      lead:
        "As far as a reader of the topics and the cluster can tell. Each worker tells more of itself at <code>/metrics</code>, <code>/live</code> and <code>/ready</code>.",
      body: """
        \(WorkersPart.part(state, at: now))
        \(partitions(state, at: now))
        \(letters(state))
        \(versions(state))
        """, isLive: true)
  }

  private static func partitions(_ state: ConsoleState, at now: Timestamp) -> Markup {
    let progress = state.progress
    let rows = progress.partitions.sorted { $0.key < $1.key }.map { number, partition -> [Markup] in
      let age = progress.age(of: partition, at: now)
      let verdict: Markup =
        partition.lag == 0
        ? Parts.badge("done", "t-answered", sign: "✓")
        : age > Progress.patience
          ? Parts.badge("stands still", "t-bad", sign: "▲") : Parts.badge("moves", "t-plain", sign: "→")
      return [
        "\(Int(number))", verdict, "\(Words.grouped(Int(partition.lag)))",
        "\(partition.committed.map { Words.grouped(Int($0)) } ?? "never")", "\(Words.grouped(Int(partition.end)))",
        "\(age > 0 ? Words.span(age) : "–")",
      ]
    }
    let asked: Markup = progress.asked.map { "The cluster was last asked at \(Parts.time($0))." } ?? ""
    return Parts.section(
      "partitions", "Partitions",
      "Where the group stands in the events. Control records count as waiting, though nobody reads them. \(asked)",
      Parts.table(
        "Partitions of the events", ["Partition", "State", "Waiting", "Committed", "End", "Stands still for"],
        numbers: [2, 3, 4, 5], rows, none: "The cluster has not told yet."))
  }

  private static func letters(_ state: ConsoleState) -> Markup {
    let rows = state.rejected.prefix(40).map { letter -> [Markup] in
      [
        Parts.time(letter.time), "<code>\(letter.failure.code.rawValue)</code>",
        "\(letter.failure.path.isEmpty ? "–" : letter.failure.path)",
        "<code>\(letter.source.description)@\(Int(letter.offset))</code>", "\(letter.redriven)",
        "\(letter.failure.hint)",
      ]
    }
    let codes = Set(state.rejected.map(\.failure.code.rawValue)).sorted()
    let commands = codes.map { "<code>heed dead-letters redrive --code \($0) --dry-run</code>" as Markup }
    let hint: Markup =
      commands.isEmpty
      ? ""
      : "<h3>When the cause is mended</h3>\(Parts.list(commands))<p class=\"note\">Without <code>--dry-run</code> they are put back where they came from. What they hold is a customer's text and is not shown here; <code>heed dead-letters list --reveal</code> does.</p>"
    return Parts.section(
      "letters", "Dead letters",
      "\(Words.plural(state.rejectedCount, "record", "records")) could not be read; the newest \(rows.count).",
      "\(Parts.table("Dead letters", ["When", "Code", "Place", "Original", "Put back", "Hint"], numbers: [4], rows, none: "None: everything could be read."))\(hint)"
    )
  }

  private static func versions(_ state: ConsoleState) -> Markup {
    let counts = state.mixes([{ $0.policyVersion }, { $0.modelVersion }, { $0.heedVersion }])
    let rows = zip(["policy", "reader", "heed"], counts).flatMap { name, versions -> [[Markup]] in
      versions.prefix(5).map {
        ["\(name)", "<code>\($0.name)</code>", "\(Words.percent($0.count, of: state.decisionCount))"]
      }
    }
    return Parts.section(
      "versions", "Who decides", "Shares of the decisions kept here; two versions at once mean a roll-out.",
      Parts.table("Versions", ["What", "Version", "Share"], numbers: [2], rows, none: "Nothing was decided yet."))
  }
}
