import Events
import Foundation
import Policy
import Streams

/// What the demo shows: a line for each decision as it happens, and a summary at the end.
struct DemoScreen {
  private let policy: PolicyDocument
  private let people: [String: String]
  private let messages: Set<String>
  private var undecided: Set<String>
  private var decisions: [Decision] = []
  /// What an order that changed led to, by the event that told of it.
  private var ofOrders: [String: Decision] = [:]
  private var repeats = 0
  private var insights: [String] = []
  private var deadLetters: [String: Int] = [:]

  /// What is shown of a decision, read from its bytes as any consumer would.
  private struct Decision: Decodable {
    struct Reading: Decodable {
      struct Intent: Decodable { let name: String }
      struct Sentiment: Decodable { let level: Int }
      struct Language: Decodable { let tag: String }
      let intents: [Intent]
      let abstention: String?
      let sentiment: Sentiment
      let language: Language
    }
    let customerId: String
    let ticketId: String
    let action: String
    let step: String
    let queue: String?
    let orderId: String?
    let urgency: String
    let rule: String
    let facts: [String: String]
    let reading: Reading
    var cause = ""

    enum CodingKeys: CodingKey {
      case customerId, ticketId, action, step, queue, orderId, urgency, rule, facts, reading
    }
  }

  init(policy: PolicyDocument, expected: Set<String>) {
    self.policy = policy
    messages = expected
    undecided = expected
    people = Dictionary(
      DemoTraffic.chapters().flatMap(\.stories).map { ($0.customer, $0.person) },
      uniquingKeysWith: { first, _ in first })
  }

  var isComplete: Bool { undecided.isEmpty }
  var missing: Int { undecided.count }

  mutating func show(_ record: Record) {
    if let code = record.headers.text("heed_code") {
      deadLetters[code, default: 0] += 1
      Terminal.say(
        Style.bad.apply("           ✗ a line that is no event (\(code)) is kept in the dead letters; nobody is harmed"))
      return
    }
    guard let value = record.value, let type = record.headers.text("ce_type").flatMap(EventType.init(rawValue:)) else {
      return
    }
    if type == .insightRaised { showInsight(value) }
    guard type == .decisionMade, var decision = try? JSONDecoder().decode(Decision.self, from: Data(value)) else {
      return
    }
    decision.cause = record.headers.text("ce_causationid") ?? ""
    guard take(decision) else {
      repeats += 1
      return
    }
    let time = record.headers.text("ce_time").flatMap { Timestamp(rfc3339: $0) }
    Terminal.say(line(decision, at: time))
  }

  /// `false` for a decision that was seen before.
  private mutating func take(_ decision: Decision) -> Bool {
    guard messages.contains(decision.cause) else {
      return ofOrders.updateValue(decision, forKey: decision.cause) == nil
    }
    guard undecided.remove(decision.cause) != nil else { return false }
    decisions.append(decision)
    return true
  }

  private mutating func showInsight(_ value: [UInt8]) {
    struct Insight: Decodable {
      let kind: String
      let subject: String
    }
    guard let insight = try? JSONDecoder().decode(Insight.self, from: Data(value)) else { return }
    insights.append(insight.kind)
    Terminal.say(Style.warn.apply("           ! \(insight.kind.asWords) in \(insight.subject)"))
  }

  // MARK: One line

  private func line(_ decision: Decision, at time: Timestamp?) -> String {
    let clock = time.map { time in
      let parts = time.calendar
      let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
      return "\(days[parts.weekday]) "
        + [parts.hour, parts.minute].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
    let who = people[decision.customerId] ?? decision.customerId
    let isOfOrder = ofOrders[decision.cause] != nil
    let about = isOfOrder ? "order \(decision.orderId ?? "") has changed" : wish(decision)
    return [
      Style.faint.apply(padded(clock ?? "", 9)), padded(who, 20), padded(about, 34),
      isOfOrder ? padded("", 10) : feeling(decision),
      outcome(decision), Style.faint.apply(why(decision)),
    ].joined(separator: " ")
  }

  private func wish(_ decision: Decision) -> String {
    let intent = decision.facts["intent"] ?? "none"
    if intent != "none" { return policy.intents[intent]?.words ?? intent }
    switch decision.reading.abstention {
    case "unsupported_language": return "writes in another language (\(decision.reading.language.tag))"
    case "empty": return "wrote nothing"
    default: return decision.rule == "nothing-owed" ? "says thank you" : "is not clear"
    }
  }

  private func feeling(_ decision: Decision) -> String {
    switch decision.reading.sentiment.level {
    case ...(-2): Style.bad.apply("very upset")
    case -1: Style.warn.apply("upset     ")
    case 0: Style.faint.apply("neutral   ")
    case 1: Style.good.apply("content   ")
    default: Style.good.apply("very happy")
    }
  }

  private func outcome(_ decision: Decision) -> String {
    switch decision.action {
    case "resolve": return Style.good.apply(padded("✓ answered: \(decision.step.asWords)", 33))
    case "clarify": return Style.calm.apply(padded("? asked: \(decision.step.asWords)", 33))
    case "notify": return Style.calm.apply(padded("! told: \(decision.step.asWords)", 33))
    case "hand_off":
      let words = padded("→ \(decision.queue ?? ""), \(decision.urgency)", 33)
      return decision.urgency == "critical"
        ? Style.bad.apply(words) : decision.urgency == "high" ? Style.warn.apply(words) : words
    default: return Style.faint.apply(padded("· nothing owed", 33))
    }
  }

  private func why(_ decision: Decision) -> String {
    if ofOrders[decision.cause] != nil, decision.rule.hasPrefix("tripwire.") {
      return "The person who has the case gets the new facts"
    }
    if let rule = (policy.rules + policy.notices).first(where: { $0.name == decision.rule }) { return rule.words }
    if let experiment = policy.experiment, experiment.rule == decision.rule { return experiment.words }
    return policy.tripwires.first { "tripwire." + $0.name == decision.rule }?.words ?? decision.rule
  }

  // MARK: The summary

  func summarise() {
    Terminal.say("\n" + Style.heading.apply("Six days at Larch & Loom"))
    Terminal.say(
      "  \(decisions.count) of \(messages.count) messages decided"
        + (repeats > 0 ? ", \(repeats) written twice (at-least-once)" : ""))
    let automatic = decisions.count { $0.action == "resolve" }
    let asked = decisions.count { $0.action == "clarify" }
    let people = decisions.count { $0.action == "hand_off" }
    table(
      "What was done",
      [
        ("answered by automation", automatic), ("asked one question", asked), ("handed to a person", people),
        ("nothing owed", decisions.count - automatic - asked - people),
      ])
    if !ofOrders.isEmpty {
      table(
        "Orders that changed",
        [
          ("told before the customer asked", ofOrders.values.count { $0.action == "notify" }),
          ("a person has new facts or a new case", ofOrders.values.count { $0.action == "hand_off" }),
        ])
    }
    table("Why, most often", counts(decisions.map(why)).prefix(10).map { $0 })
    table("Queues", counts(decisions.compactMap { $0.queue.map { queue in policy.queues[queue]?.title ?? queue } }))
    table("Urgency", counts(decisions.filter { $0.action == "hand_off" }.map(\.urgency)))
    table("What customers want", counts(decisions.map(wish)).prefix(12).map { $0 })
    table(
      "How they feel",
      (-2...2).map { level in
        (
          ["very upset", "upset", "neutral", "content", "very happy"][level + 2],
          decisions.count { $0.reading.sentiment.level == level }
        )
      })
    table("Languages", counts(decisions.map(\.reading.language.tag)))
    if !insights.isEmpty { table("Alerts", counts(insights.map(\.asWords))) }
    if !deadLetters.isEmpty { table("Dead letters", deadLetters.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }) }
    agreement()
  }

  /// How often the decisions are what the people who wrote the tickets would have done themselves.
  private func agreement() {
    let expected = Dictionary(
      DemoTraffic.expectations().map { ($0.event, $0.expectation) }, uniquingKeysWith: { first, _ in first })
    let judged = decisions.filter { expected[$0.cause] != nil }
    let others = judged.filter { !expected[$0.cause]!.accepts($0.action) }
    let wronglyAutomated = others.filter { ["resolve", "clarify"].contains($0.action) }
    Terminal.say(
      "\n  \(judged.count - others.count) of \(judged.count) decisions are what the writers of the tickets would have done."
    )
    Terminal.say(
      "  Of the others, \(others.count - wronglyAutomated.count) went to a person without need, and automation spoke "
        + "out of turn in \(wronglyAutomated.count)"
        + (wronglyAutomated.isEmpty ? "." : ": \(wronglyAutomated.map(\.ticketId).joined(separator: ", "))."))
  }

  private func counts(_ names: [String]) -> [(String, Int)] {
    Dictionary(grouping: names, by: { $0 }).map { ($0.key, $0.value.count) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
  }

  private func table(_ title: String, _ rows: [(String, Int)]) {
    Terminal.say("\n  " + Style.strong.apply(title))
    let most = max(1, rows.map(\.1).max() ?? 1)
    for (name, count) in rows {
      let bar = String(repeating: "▇", count: count * 30 / most)
      Terminal.say("    \(padded(name, 58)) \(padded(String(count), 5)) \(Style.calm.apply(bar))")
    }
  }

  private func padded(_ words: String, _ width: Int) -> String {
    words.count > width ? words.prefix(width - 1) + "…" : words + String(repeating: " ", count: width - words.count)
  }
}
