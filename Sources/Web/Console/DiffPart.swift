internal import Console
internal import Events
internal import Policy

/// The part of the policy page that shows what was compared before the last roll-out.
enum DiffPart {
  static func part(_ diff: LastDiff, _ policy: PolicyDocument) -> Markup {
    switch diff {
    case .notGiven:
      section(
        "<p class=\"none\">No comparison was given. <code>heed diff --policy OLD --policy NEW --json &gt; diff.json</code> makes one from the log, and <code>heed console --diff diff.json</code> shows it here.</p>"
      )
    case .unreadable(let words):
      section("<p class=\"problem\"><span aria-hidden=\"true\">▲</span> \(words)</p>")
    case .read(let view, let written): section(content(view, written, policy))
    }
  }

  private static func section(_ body: Markup) -> Markup {
    Parts.section(
      "diff", "What the last change did", "What another policy or model decides otherwise on the same log.", body)
  }

  private static func content(_ diff: DiffView, _ written: Timestamp, _ policy: PolicyDocument) -> Markup {
    let isInForce = diff.after.hasPrefix(policy.version + ",")
    return """
      \(Parts.pairs([
        ("Before", "<code>\(diff.before)</code>"),
        ("After", "<code>\(diff.after)</code> \(isInForce ? "(this policy)" : "(not the policy that this console has)")"),
        ("Decided otherwise", "<strong>\(Words.grouped(diff.flips))</strong> of \(Words.plural(diff.decisions, "decision", "decisions")), \(Words.percent(diff.flips, of: diff.decisions)); \(Words.grouped(diff.otherReasons)) more for another reason"),
        ("Written", Parts.moment(written)),
      ]))
      \(load(diff))
      \(diff.groups.map(changes))
      \(examples(diff))
      """
  }

  private static func load(_ diff: DiffView) -> Markup {
    let rows = diff.load.map { load -> [Markup] in
      let change = load.after - load.before
      return [
        "\(load.queue.asWords)", "\(daily(load.before, diff.days))", "\(daily(load.after, diff.days))",
        "\(change > 0 ? "+" : "")\(Words.grouped(change))",
      ]
    }
    return """
      <h3>Cases a day for agents</h3>
      \(Parts.table("Cases a day for agents, over \(diff.days) days", ["Queue", "Before", "After", "In all"], numbers: [1, 2, 3], rows, none: "Agents get the same."))
      """
  }

  private static func daily(_ cases: Int, _ days: Int) -> String { Words.number(Double(cases) / Double(days)) }

  private static func changes(_ group: DiffView.Group) -> Markup {
    let isMove = group.kind != "intent"
    let rows = group.changes.map { change -> [Markup] in
      isMove
        ? ["\(change.from.asWords)", "\(change.to.asWords)", "\(Words.grouped(change.count))"]
        : ["\(change.from.asWords)", "\(Words.grouped(change.count))"]
    }
    let more: Markup = group.leftOut > 0 ? "<p class=\"note\">And \(group.leftOut) more.</p>" : ""
    let title = "Otherwise by \(group.kind.asWords)"
    return """
      <details\(group.kind == "intent" ? " open" : "")><summary>\(title)</summary>
      \(Parts.table(title, isMove ? ["Before", "After", "Decisions"] : ["Intent", "Decisions"], numbers: [isMove ? 2 : 1], rows, none: "None."))\(more)</details>

      """
  }

  private static func examples(_ diff: DiffView) -> Markup {
    guard !diff.examples.isEmpty else { return "" }
    func words(_ side: DiffView.Side) -> Markup {
      "\(side.action.asWords) \(side.queue.asWords) <span class=\"soft\">\(side.rule)</span>"
    }
    let rows = diff.examples.map { example -> [Markup] in
      [
        Parts.decision(example.decision, example.ticket), "\(example.intent.asWords)", words(example.before),
        words(example.after),
      ]
    }
    return """
      <details><summary>Examples</summary>
      \(Parts.table("Examples", ["Ticket", "Intent", "Before", "After"], rows, none: "None."))</details>
      """
  }
}
