internal import Console
internal import Events

/// **Now**: what the fleet is doing, on one screen.
enum NowPage {
  private typealias Queues = [String: [ConsoleState.OpenCase]]

  static func page(_ state: ConsoleState, at now: Timestamp) -> ConsolePage {
    let clock: Markup =
      state.clock.map { "The log stands at \(Parts.moment($0))." } ?? "Nothing was read yet."
    let queues = state.queues
    return ConsolePage(
      title: "Now", place: .now,
      lead: "\(clock) Shown are the last \(Words.plural(state.decisionCount, "decision", "decisions")).",
      body: """
        \(alerts(state, queues, at: now))
        \(figures(state, queues: queues.count, at: now))
        \(table(queues, state.clock))
        \(mixes(state))
        \(latest(state, at: now))
        """, isLive: true)
  }

  // MARK: What must be looked at

  private static func alerts(_ state: ConsoleState, _ queues: Queues, at now: Timestamp) -> Markup {
    var items: [Markup] = []
    for partition in state.progress.stuck(at: now) {
      items.append(
        "<a href=\"/fleet\">Partition \(Int(partition)) stands still</a> though records wait in it.")
    }
    let overdue =
      state.clock.map { clock in queues.values.joined().count { $0.answered == nil && $0.view.dueBy < clock } }
      ?? 0
    if overdue > 0 {
      items.append(
        "<a href=\"/queue\">\(Words.plural(overdue, "case is", "cases are"))</a> past the deadline with no answer of an agent."
      )
    }
    for alert in state.alerts.prefix(4) {
      let about: Markup = alert.ticket.map { "<a href=\"/decision?ticket=\(Words.query($0))\">\($0)</a>" } ?? ""
      items.append("<strong>\(alert.kind.asWords)</strong> \(about) \(alert.reason)")
    }
    if state.rejectedCount > 0 {
      items.append(
        "<a href=\"/fleet\">\(Words.plural(state.rejectedCount, "record", "records"))</a> could not be read and wait in the dead letters."
      )
    }
    guard !items.isEmpty else {
      return
        "<p class=\"calm\" data-part=\"alerts\"><span aria-hidden=\"true\">✓</span> Nothing asks for attention.</p>"
    }
    return """
      <section class="alerts" aria-labelledby="attention" data-part="alerts"><h2 id="attention"><span aria-hidden="true">▲</span> Asks for attention</h2>
      \(Parts.list(items))</section>
      """
  }

  // MARK: Figures

  private static func figures(_ state: ConsoleState, queues: Int, at now: Timestamp) -> Markup {
    let rate = state.rates.perSecond(until: now)
    let steps = state.rates.counts(until: now)
    let decided = state.totals.values.reduce(0, +)
    func total(_ actions: DecisionMade.Action...) -> Int { actions.reduce(0) { $0 + (state.totals[$1] ?? 0) } }
    let parts = [
      ("answered", total(.resolve, .notify), "answered"), ("asked", total(.clarify), "asked"),
      ("handed over", total(.handOff), "handed"), ("nothing owed", total(.none), "nothing"),
    ]
    let legend = parts.map { name, count, tone -> Markup in
      "<span class=\"key \(tone)\"></span>\(name) <strong>\(Words.percent(count, of: decided))</strong>"
    }
    return """
      <section class="figures" aria-labelledby="figures" data-part="figures"><h2 id="figures" class="hidden">Figures</h2>
      <div class="figure wide"><h3>Decisions a second</h3><p class="value">\(Words.number(rate))</p>
      \(Plots.stream(steps, label: "Decisions in steps of ten seconds over the last ten minutes, by what was done; \(Words.number(rate)) a second in the last minute"))
      <p class="note">last ten minutes, in steps of ten seconds; sampled, the page asks at most once a second</p></div>
      <div class="figure wide"><h3>What was done</h3><p class="value">\(Words.grouped(decided)) <small>\(decided == 1 ? "message" : "messages")</small></p>
      \(Plots.split(parts.map { (name: $0.0, count: $0.1, tone: $0.2) }, label: "What was done"))
      \(Parts.list(legend, class: "legend"))
      <p class="note">and \(Words.plural(state.orderDecisions, "decision", "decisions")) on orders that changed</p></div>
      \(waiting(state))
      <div class="figure"><h3>Cases with people</h3><p class="value">\(Words.grouped(state.caseCount))</p>
      <p class="note">wait in \(Words.plural(queues, "queue", "queues"))\(state.casesLeftOut > 0 ? "; \(Words.grouped(state.casesLeftOut)) with later deadlines are not kept here" : "")</p></div>
      </section>
      """
  }

  private static func waiting(_ state: ConsoleState) -> Markup {
    let progress = state.progress
    guard progress.asked != nil else {
      return
        "<div class=\"figure\"><h3>Records that wait</h3><p class=\"value\">–</p><p class=\"note\">the cluster has not told yet</p></div>"
    }
    let clear: String =
      switch progress.timeToClear {
      case 0?: "all done"
      case let seconds?: "cleared in \(Words.span(Int64(min(seconds, 1e9))))"
      case nil: "nothing moves"
      }
    let line = Plots.line(progress.lags.map { Double($0.lag) }, label: "Records that waited over the last minutes")
    return """
      <div class="figure"><h3>Records that wait</h3><p class="value">\(Words.grouped(Int(progress.lag)))</p>\(line)
      <p class="note">\(clear)</p></div>
      """
  }

  // MARK: Queues

  private static func table(_ queues: Queues, _ clock: Timestamp?) -> Markup {
    let rows = queues.sorted { (Self.due($0.value), $0.key) < (Self.due($1.value), $1.key) }.map {
      name, cases -> [Markup] in
      let oldest = cases.map(\.since).min()
      let waited: Markup =
        oldest.flatMap { since in clock.map { "\(Words.span($0.seconds(since: since)))" } } ?? "–"
      let due: Markup = cases.first.map { CaseCard.deadline($0.view.dueBy, clock) } ?? "–"
      return ["<a href=\"/queue?name=\(Words.query(name))\">\(name.asWords)</a>", "\(cases.count)", waited, due]
    }
    return Parts.section(
      "queues", "Queues", "By what must be answered first.",
      Parts.table(
        "Queues of people", ["Queue", "Cases", "Oldest waits", "Next deadline"], numbers: [1], rows,
        none: "No case waits."))
  }

  // MARK: Mixes

  private static func mixes(_ state: ConsoleState) -> Markup {
    func count(_ mix: [(name: String, count: Int)], _ name: String) -> Int { mix.first { $0.name == name }?.count ?? 0 }
    let counts = state.mixes([
      { $0.urgency.rawValue }, { String($0.sentiment) }, { $0.intent?.name ?? "not clear" }, { $0.language },
    ])
    let (urgencies, feelings) = (counts[0], counts[1])
    let urgency = [("critical", "f-bad"), ("high", "f-warn"), ("normal", "f-accent"), ("low", "f-soft")].map {
      (name: $0.0, count: count(urgencies, $0.0), tone: $0.1)
    }
    let feeling = (-2...2).map { level in
      (
        name: Words.feeling(level), count: count(feelings, String(level)),
        tone: ["f-bad", "f-warn", "f-soft", "f-accent", "f-good"][level + 2]
      )
    }
    let intents = counts[2].prefix(8).map {
      (name: $0.name.asWords, count: $0.count, tone: "f-accent")
    }
    let languages = counts[3].prefix(6).map { (name: $0.name, count: $0.count, tone: "f-accent") }
    func card(_ title: String, _ rows: [(name: String, count: Int, tone: String)]) -> Markup {
      "<div class=\"figure\"><h3>\(title)</h3>\(Plots.bars(rows, label: title))</div>"
    }
    return Parts.section(
      "mixes", "Who writes, and how", "Shares of the messages behind the decisions shown.",
      "<div class=\"figures\">\(card("What they want", Array(intents)))\(card("How they feel", feeling))\(card("How urgent it is", urgency))\(card("Language", Array(languages)))</div>"
    )
  }

  // MARK: The latest

  private static func latest(_ state: ConsoleState, at now: Timestamp) -> Markup {
    // As they happened: partitions are read one after another, so the newest to arrive need not be the newest.
    let newest = state.newestDecisions.prefix(400).sorted { $0.time > $1.time }.prefix(14)
    let rows = newest.map { decided -> [Markup] in
      let view = decided.view
      return [
        Parts.decision(view.id, view.ticket), Parts.time(decided.time),
        view.answersMessage
          ? "\(view.intent?.name.asWords ?? "not clear")" : "<span class=\"soft\">an order changed</span>",
        view.answersMessage ? "\(Words.feeling(view.sentiment))" : "<span class=\"soft\">–</span>", Parts.action(view),
        "<code>\(view.rule)</code>",
      ]
    }
    let rate = state.rates.perSecond(until: now)
    let sampled = rate > 14 ? "The 14 newest: a sample of some \(Words.number(rate)) a second." : "The 14 newest."
    return Parts.section(
      "latest", "Latest decisions", "\(sampled) Each opens with its whole reasoning.",
      Parts.table(
        "Latest decisions", ["Ticket", "Time", "Wants", "Feels", "Done", "Because of"], rows,
        none: "Nothing was decided yet."))
  }

  private static func due(_ cases: [ConsoleState.OpenCase]) -> Int64 { cases.first?.view.dueBy.nanoseconds ?? .max }
}
