internal import Console
internal import Events

/// A case summary as the agent sees it: on the page of its queue and of its decision.
enum CaseCard {
  /// When it must be answered, and how far off that is by the log's clock.
  static func deadline(_ due: Timestamp, _ clock: Timestamp?) -> Markup {
    guard let clock else { return Parts.time(due) }
    let left = due.seconds(since: clock)
    return left < 0
      ? "\(Parts.time(due)) \(Parts.badge("\(Words.span(left)) late", "t-bad", sign: "▲"))"
      : "\(Parts.time(due)) <span class=\"soft\">in \(Words.span(left))</span>"
  }

  static func card(_ item: ConsoleState.OpenCase, _ clock: Timestamp?) -> Markup {
    let view = item.view
    let answered: Markup =
      item.answered.map {
        "<p class=\"note\"><span aria-hidden=\"true\">✓</span> an agent wrote at \(Parts.time($0))</p>"
      } ?? ""
    return """
      <article class="case">
      <header><h3 dir="auto">\(view.headline)</h3><p>\(Parts.urgency(view.urgency)) answer by \(deadline(view.dueBy, clock))</p></header>
      \(answered)
      <details><summary>The case as the agent has it</summary>
      \(content(view))
      <p>\(Parts.decision(view.decision, "How it was decided"))</p></details>
      </article>

      """
  }

  static func content(_ view: CaseView) -> Markup {
    let orders = view.orders.map { order -> Markup in
      let asOf: Markup = order.asOf.map { " <span class=\"soft\">known at \(Parts.time($0))</span>" } ?? ""
      return "<strong>\(order.id)</strong> \(order.words)\(asOf)"
    }
    let others = view.alternatives.map(recommendation)
    let reply: Markup? = view.suggestedReply.map {
      "<blockquote dir=\"auto\" class=\"reply\">\($0)</blockquote><p class=\"note\">A suggestion; nothing was sent.</p>"
    }
    return Parts.pairs([
      ("Who", "\(view.customer)\(view.tier.map { ", \($0)" } ?? ""), by \(view.channel), in \(view.language)"),
      ("Wants", "\(view.wants)"), ("Feels", "\(view.feels)"),
      ("Orders", orders.isEmpty ? nil : Parts.list(orders)),
      ("Before", view.history.isEmpty ? nil : Parts.list(view.history.map { "\($0)" })),
      ("Known, not to be asked again", view.known.isEmpty ? nil : Parts.list(view.known.map { "\($0)" })),
      ("Not known", view.unknown.isEmpty ? nil : Parts.list(view.unknown.map { "\($0)" })),
      ("Do", "<strong>\(recommendation(view.recommended))</strong>"),
      ("Or", others.isEmpty ? nil : Parts.list(others)), ("Reply to start from", reply),
      ("Why a person", "\(view.reason)"),
    ])
  }

  private static func recommendation(_ item: CaseView.Recommendation) -> Markup {
    let boundary: Markup = item.boundary == "needs_approval" ? " <span class=\"soft\">(needs approval)</span>" : ""
    return "\(item.words)\(boundary)"
  }
}
