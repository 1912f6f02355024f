import Events
import Policy
import Triage

/// An explanation as a page for people: what the head of support would want to see, in that order.
struct ExplanationPage {
  let text: String

  init(_ explanation: Explanation, whyNot: WhyNot? = nil) {
    let decision = explanation.decision
    var page = Page()
    page.section("What the customer wrote")
    page.paragraph(Self.highlighted(explanation), quoted: true)
    page.section("What Heed understood")
    for (name, words) in Self.understood(explanation) { page.row(name, words) }
    page.section("What Heed knows")
    for (name, words) in Self.known(explanation) { page.row(name, words) }
    page.section("What happens")
    page.row(Self.actionWords(decision.action), Self.what(explanation), strong: true)
    if decision.action == .handOff, let due = decision.dueBy {
      page.row("Urgency", "\(decision.urgency.rawValue); answer by \(due.rfc3339)")
    }
    page.row("Why", Self.why(explanation))
    if let resolution = explanation.resolution {
      page.section(resolution.kind == .answer ? "The answer" : "The question")
      page.paragraph(resolution.parts.text, quoted: true)
      for choice in resolution.choices { page.paragraph("  ( ) \(choice.words)", quoted: true) }
      page.row("Rests on", resolution.basis.joined(separator: "; "))
      if let expires = resolution.expiresAt { page.row("Promise", "holds until \(expires.rfc3339)") }
    }
    if let summary = explanation.summary {
      page.section("What the agent sees")
      Self.addSummary(summary, to: &page)
    }
    page.section("How it was decided")
    Self.addRules(explanation, to: &page)
    if let experiment = decision.experiment {
      let end = experiment.stoppedAt.map { ": stopped at \($0.rfc3339), so everybody is in it" } ?? ""
      page.row("Experiment", "\(experiment.name), \(decision.arm)\(end)")
    }
    page.row(
      "Versions",
      "policy \(decision.versions.policy), reader \(decision.versions.model), heed \(decision.versions.heed)")
    if let whyNot { Self.add(whyNot, to: &page, decision) }
    text = page.text
  }

  /// The text with the words that mattered marked.
  private static func highlighted(_ explanation: Explanation) -> String {
    let bytes = Array(explanation.text.utf8)
    let reading = explanation.decision.reading
    let spans = (reading.cues.map(\.span) + reading.signals.flatMap(\.spans) + reading.entities.map(\.span)).sorted()
    var text: [UInt8] = []
    var at = 0
    for span in spans where span.start >= at && span.end <= bytes.count {
      text += bytes[at..<span.start] + Style.mark.open + bytes[span.start..<span.end] + Style.mark.close
      at = span.end
    }
    text += bytes[min(at, bytes.count)...]
    return String(decoding: text, as: UTF8.self).trimmingPrefix("\n").description
  }

  private static func understood(_ explanation: Explanation) -> [(String, String)] {
    let reading = explanation.decision.reading
    var rows: [(String, String)] = []
    rows.append(
      (
        "Language",
        "\(reading.language.tag) (\(percent(reading.language.probability)))"
          + (reading.language.second.map { ", with \($0)" } ?? "")
      ))
    if let abstention = reading.abstention {
      rows.append(("Wants", "not clear: \(abstention.rawValue.asWords)"))
    }
    for (index, intent) in reading.intents.enumerated() {
      let name = index == 0 && reading.abstention == nil ? "Wants" : index == 0 ? "Perhaps" : "or"
      rows.append((name, "\(intent.name.asWords), \(percent(intent.probability)), \(intent.band.rawValue) confidence"))
    }
    let feeling = ["very upset", "upset", "neutral", "content", "very happy"][reading.sentiment.level + 2]
    var shown: [String] = []
    for cue in reading.cues where cue.kind == .feeling || cue.kind == .emphasis {
      let words = "\(cue.name) “\(quote(cue.span, explanation.text))”"
      if !shown.contains(words) { shown.append(words) }
    }
    rows.append(("Feels", feeling + (shown.isEmpty ? "" : ": " + shown.prefix(6).joined(separator: ", "))))
    if explanation.decision.trajectory != "first" { rows.append(("Since then", explanation.decision.trajectory)) }
    if reading.pressure != .none { rows.append(("Pressing", reading.pressure.rawValue)) }
    for signal in reading.signals {
      let words = signal.spans.prefix(3).map { "“\(quote($0, explanation.text))”" }.joined(separator: ", ")
      rows.append(("Noticed", "\(signal.name.asWords): \(words)"))
    }
    return rows
  }

  private static func known(_ explanation: Explanation) -> [(String, String)] {
    let decision = explanation.decision
    var rows: [(String, String)] = []
    for order in explanation.summary?.orders ?? [] { rows.append(("Order \(order.order.text)", order.words.text)) }
    if explanation.summary == nil, let order = decision.order {
      rows.append(("Order", order.text + (decision.contextAsOf.map { ", known since \($0.rfc3339)" } ?? "")))
    }
    for check in decision.checks {
      let isFine = ["none", "no_order"].contains(check.finding.text) || check.name == "order_status"
      rows.append(("Check", "\(isFine ? "✓" : "!") \(check.name.asWords): \(check.finding.text.asWords)"))
    }
    rows.append(
      (
        "Cause",
        decision.cause == "none" ? "nothing is wrong with the order, as far as we know" : decision.cause.text.asWords
      ))
    rows.append(("Context", decision.context.rawValue))
    if !explanation.aliases.isEmpty {
      let others = explanation.aliases.map(\.text).joined(separator: ", ")
      rows.append(
        ("Customer", "\(decision.customer.text), who is also \(others): what was known under each is known here"))
    }
    return rows
  }

  private static func actionWords(_ action: DecisionMade.Action) -> String {
    switch action {
    case .resolve: "Answered"
    case .clarify: "Asked"
    case .notify: "Told"
    case .handOff: "Handed over"
    case .none: "Nothing"
    }
  }

  private static func what(_ explanation: Explanation) -> String {
    let decision = explanation.decision
    return switch decision.action {
    case .resolve, .clarify, .notify: "automatically, with “\(decision.step.asWords)”"
    case .handOff:
      "to the queue \(decision.queue ?? "") with the work already done; advice: \(explanation.summary?.recommended.words ?? decision.step)"
    case .none: "is owed"
    }
  }

  private static func why(_ explanation: Explanation) -> String {
    explanation.summary?.reason.text
      ?? (explanation.considered.first { $0.name == explanation.decision.rule }.map { $0.words + "." } ?? "")
  }

  private static func addSummary(_ summary: CaseSummarised, to page: inout Page) {
    page.row("Headline", summary.headline.text, strong: true)
    page.row("Wants", summary.wants.text)
    page.row("Feels", summary.feels.text)
    for line in summary.history { page.row("Before", line.text) }
    for line in summary.known { page.row("Known", line.text) }
    for line in summary.unknown { page.row("Unknown", line.text) }
    page.row(
      "Do", "\(summary.recommended.words)\(summary.recommended.boundary == "needs_approval" ? " (needs approval)" : "")"
    )
    for other in summary.alternatives {
      page.row("or", "\(other.words)\(other.boundary == "needs_approval" ? " (needs approval)" : "")")
    }
    if let reply = summary.suggestedReply {
      page.row("Suggestion", "")
      page.paragraph(reply.text, quoted: true)
    }
  }

  private static func addRules(_ explanation: Explanation, to page: inout Page) {
    let decision = explanation.decision
    let touched = explanation.considered.filter { $0.name.hasPrefix("tripwire.") && $0.holds }
    let tripwires = explanation.considered.count { $0.name.hasPrefix("tripwire.") }
    page.row(
      "Tripwires",
      touched.isEmpty
        ? "none of \(tripwires) touched"
        : touched.map { $0.name.dropFirst("tripwire.".count) }.joined(separator: ", ").asWords)
    for rule in explanation.considered where !rule.name.hasPrefix("tripwire.") && touched.isEmpty {
      if rule.name == decision.rule {
        page.row("Rule", "✓ \(rule.name): fired", strong: true)
        break
      }
      if let miss = decision.nearMisses.first(where: { $0.rule == rule.name }), rule.holds {
        page.row("Rule", "– \(rule.name): passed over, \(miss.fact.asWords) would have to be \(miss.wanted)")
      } else if rule.obstacles.count == 1, let obstacle = rule.obstacles.first {
        page.row(
          "Rule", "✗ \(rule.name): \(obstacle.fact.rawValue.asWords) is \(obstacle.found), not \(obstacle.wanted)")
      }
    }
    page.row(
      "Boundary",
      "\(decision.step.asWords) is \(decision.boundary.asWords); automation needs \(decision.confidenceNeeded.rawValue) confidence here"
    )
  }

  private static func add(_ whyNot: WhyNot, to page: inout Page, _ decision: DecisionMade) {
    page.section("Why not \(whyNot.target.name.asWords)")
    switch whyNot.answer {
    case .already(let rule):
      page.row("It does", "these facts lead there, by \(rule)")
      // A person's choice is above the policy, so the policy's way is not always where the case is.
      if case .queue(let queue) = whyNot.target, let chosen = decision.queue, chosen != queue {
        page.row("But", "a person has put the case into \(chosen), which always wins")
      }
    case .changes(let changes, let rule):
      for (index, change) in changes.enumerated() { page.row(index == 0 ? "If" : "and", words(for: change)) }
      page.row("Then", "\(rule) would decide, and lead there", strong: true)
    case .nothing:
      page.row("Nothing", "no change of up to \(WhyNot.mostChanges) facts leads there: it would be another case")
    }
  }

  private static func words(for change: WhyNot.Change) -> String {
    let name = change.fact.rawValue.asWords
    func list(_ words: Set<String>) -> String { words.sorted().map(\.asWords).joined(separator: ", ") }
    var words: String
    switch (change.from, change.to) {
    case (.words(let before), .words(let after)):
      let more = after.subtracting(before)
      let less = before.subtracting(after)
      let parts = [more.isEmpty ? nil : "also had \(list(more))", less.isEmpty ? nil : "did not have \(list(less))"]
      words = "\(name) \(parts.compactMap(\.self).joined(separator: " and "))"
    case (.flag(let before), .flag(let after)):
      words = "\(name) were \(after ? "yes" : "no") instead of \(before ? "yes" : "no")"
    default:
      words = "\(name) were \(change.to.text.asWords) instead of \(change.from.text.asWords)"
    }
    return words + (change.fact.describesPerson ? " (which describes the person, and is as it is)" : "")
  }

  private static func quote(_ span: Reading.Span, _ text: String) -> String {
    let bytes = Array(text.utf8)
    guard span.start <= span.end, span.end <= bytes.count else { return "" }
    return String(decoding: bytes[span.start..<span.end], as: UTF8.self)
  }

  private static func percent(_ thousandths: Int) -> String { "\((thousandths + 5) / 10) %" }
}

extension String {
  var asWords: String { replacing("_", with: " ") }
}
