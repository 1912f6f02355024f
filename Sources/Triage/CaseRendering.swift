internal import Classifier
internal import Events
internal import Policy

/// The case summary: what an agent needs to act in ten seconds, each statement from the reading, an order or the history.
///
/// A class for the reason for which `Situation` is one.
final class CaseRendering {
  let renderer: Renderer
  let decision: DecisionMade

  init(renderer: Renderer, decision: DecisionMade) {
    self.renderer = renderer
    self.decision = decision
  }

  private var situation: Situation { renderer.situation }

  func summary() -> CaseSummarised {
    guard let queue = decision.queue, let dueBy = decision.dueBy else {
      preconditionFailure("a hand-off has a queue with deadlines; the policy's loader makes sure of it")
    }
    let orders = orders
    return CaseSummarised(
      summary: renderer.derivedID("case"), ticket: decision.ticket, customer: decision.customer,
      tier: renderer.context.tier, channel: situation.message.channel, language: situation.language, queue: queue,
      urgency: decision.urgency, dueBy: dueBy, headline: headline, wants: wants, feels: feels, cause: decision.cause,
      orders: orders, checks: decision.checks, history: history, known: known, unknown: unknown,
      recommended: recommendation(renderer.verdict.step),
      alternatives: renderer.verdict.alternatives.prefix(3).map(recommendation), suggestedReply: suggestedReply,
      reason: reason, tripwires: decision.tripwires, caseEpoch: decision.caseEpoch,
      decision: decision.decision, supersedes: decision.supersedes,
      sources: CaseSources(of: self, subject: orders.first { $0.isSubject }).statements)
  }

  private var reason: Redacted {
    // Why a person has it was said before; this says why they hear of it again.
    let isUpdate = situation.isOrderChange && renderer.case.isWithPerson
    return isUpdate ? "The order has changed since the case came here." : "\(ours: renderer.verdict.words)."
  }

  // MARK: In one line

  private var headline: Redacted {
    if situation.isOrderChange, situation.intent == nil { return "\(changedOrder)." }
    let customer: Redacted = renderer.context.tier.map { "\($0.capitalisedFirst) customer" } ?? "Customer"
    let wish =
      situation.intent.flatMap { renderer.policy.intents[$0.name]?.words } ?? "has written something we could not place"
    var line: Redacted = "\(customer) \(ours: wish)"
    if let order = situation.match.order {
      line = "\(line); order \(ours: order.order.text) is \(ours: order.status.words)"
    }
    if decision.cause != "none" { line = "\(line) (\(decision.cause.asWords))" }
    return situation.isOrderChange ? "Update: \(line)." : "\(line)."
  }

  private var changedOrder: Redacted {
    let order = situation.match.order?.order.text ?? ""
    let cause: Redacted = decision.cause == "none" ? "" : " (\(decision.cause.asWords))"
    return
      "Order \(ours: order) is \(ours: situation.match.order?.status.words ?? "unknown")\(cause); nobody has asked yet"
  }

  private var wants: Redacted {
    guard let intent = situation.intent, let words = renderer.policy.intents[intent.name]?.words else {
      let why = situation.reading.abstention?.rawValue.asWords ?? "no phrase was recognised"
      return "Not clear (\(ours: why)). Please read the message."
    }
    if intent.probability == 0 {
      let since = situation.isOrderChange ? "" : "; this message adds nothing new about it"
      return "\(ours: words.capitalisedFirst): understood earlier in this case\(ours: since)."
    }
    var line = "\(words.capitalisedFirst) (\(percent(intent.probability)), \(intent.band.rawValue) confidence)"
    let others = situation.reading.intents.dropFirst().filter { $0.probability >= 150 }
    if !others.isEmpty {
      let list = others.map { "\(renderer.policy.intents[$0.name]?.words ?? $0.name) (\(percent($0.probability)))" }
      line += "; perhaps also \(list.joined(separator: ", "))"
    }
    return Redacted(ours: line + ".")
  }

  private var feels: Redacted {
    let names = ["Very upset", "Upset", "Neutral", "Content", "Very happy"]
    var line = names[situation.reading.sentiment.level + 2]
    var counts: [(name: String, times: Int)] = []
    for cue in situation.reading.cues where cue.kind == .feeling || cue.kind == .emphasis {
      if let known = counts.firstIndex(where: { $0.name == cue.name }) {
        counts[known].times += 1
      } else {
        counts.append((cue.name, 1))
      }
    }
    if !counts.isEmpty {
      counts.sort { ($1.times, $0.name) < ($0.times, $1.name) }
      let shown = counts.map { $0.times > 1 ? "\($0.name) (\($0.times) times)" : $0.name }
      line += ", shown by words or marks of \(shown.joined(separator: ", "))"
    }
    switch situation.trajectory {
    case "falling": line += "; more upset than at the beginning"
    case "rising": line += "; calmer than at the beginning"
    default: break
    }
    return Redacted(ours: line + ".")
  }

  // MARK: Facts

  private var orders: [CaseSummarised.OrderFacts] {
    let subject = situation.match.order
    let others = situation.match.how == .ambiguous ? situation.match.candidates : []
    return ([subject].compactMap { $0 } + others).map { order in
      CaseSummarised.OrderFacts(
        order: order.order, isSubject: order.order == subject?.order, status: order.status, words: words(for: order),
        carrier: order.carrier, trackingNumber: order.trackingNumber, promisedBy: order.promisedBy,
        estimatedDelivery: order.estimatedDelivery, total: order.total, asOf: order.asOf)
    }
  }

  private func words(for order: KnownOrder) -> Redacted {
    var line = Paragraph()
    line.add(ours: order.status.words.capitalisedFirst)
    if let carrier = order.carrier { line.add(" with ", carrier) }
    if !order.holds.isEmpty { line.add("; held: ", order.holds.map(\.asWords).joined(separator: ", ")) }
    if order.hasAddressProblem { line.add("; address problem") }
    if let promised = order.promisedBy {
      let late = order.isOpen && promised < situation.message.time
      line.add(ours: "; promised by ", promised.day, late ? ", now late" : "")
    }
    if let estimate = order.estimatedDelivery, order.isOpen { line.add(ours: "; expected ", estimate.day) }
    if let seen = order.lastScanAt, order.isOpen { line.add(ours: "; last seen ", age(of: seen), " ago") }
    if let refund = order.refund { line.add("; refund of \(ours: refund.money.text) ", Redacted(refund.status)) }
    if !order.titles.isEmpty { line.add("; ", order.titles.joined(separator: ", ")) }
    line.add(ours: ". Known for ", age(of: order.asOf), ".")
    return line.words
  }

  private func age(of time: Timestamp) -> String {
    let seconds = max(0, situation.message.time.seconds(since: time))
    switch seconds {
    case ..<3_600: return "\(seconds / 60) min"
    case ..<172_800: return "\(seconds / 3_600) h"
    default: return "\(seconds / 86_400) days"
    }
  }

  /// What was tried and said: earlier tickets in a line each, then this one.
  private var history: [Redacted] {
    var lines: [Redacted] = []
    for other in renderer.context.cases where other.ticket != decision.ticket {
      let unasked = other.isNotice ? "had not asked; we found a problem with the order" : nil
      let about =
        unasked ?? other.intent.flatMap { renderer.policy.intents[$0]?.words } ?? "something we could not place"
      let end = other.isSolved ? "solved" : other.humanHasCase ? "with a colleague" : "open"
      lines.append(
        "\(ours: other.openedAt.day): ticket \(ours: other.ticket.text), customer \(ours: about); \(ours: end).")
    }
    for said in renderer.case.said { lines.append("\(ours: said.at.day): \(sentence(for: said))") }
    return lines.suffix(12).map { $0 }
  }

  private func sentence(for said: Case.Said) -> Redacted {
    let name = said.step.text
    let step = renderer.policy.steps[name]?.words.uncapitalisedFirst ?? name
    return switch said.kind {
    case .customerWrote:
      said.step.isEmpty ? "customer wrote." : "customer wrote (\(ours: renderer.policy.intents[name]?.words ?? name))."
    case .automationAsked: "automation asked (\(ours: step))."
    case .automationAnswered: "automation answered (\(ours: step))."
    case .automationTold: "automation told the customer (\(ours: step))."
    case .handedOff: "handed to \(ours: renderer.policy.queues[name]?.title ?? name)."
    case .agentReplied: "a colleague replied."
    case .humanChanged: said.step.isEmpty ? "a colleague changed the ticket." : "a colleague moved it to \(said.step)."
    case .solved: "marked as solved."
    case .reopened: "reopened by the customer."
    }
  }

  private var known: [Redacted] {
    var known: [Redacted] = []
    if let order = situation.match.order { known.append("Order \(ours: order.order.text) (\(howFound))") }
    if situation.match.how == .ambiguous {
      known.append("Possible orders: \(ours: situation.match.candidates.map(\.order.text).joined(separator: ", "))")
    }
    if let tier = renderer.context.tier { known.append("Tier: \(tier)") }
    if renderer.context.consent.automation == false { known.append("The customer wants no automated answers") }
    for check in decision.checks where check.finding != "no_order" {
      known.append("Checked \(ours: check.name.asWords): \(check.finding.asWords)")
    }
    if let disruption = situation.diagnosis.disruption {
      known.append("Declared disruption: \(Redacted(disruption.cause)); next update by \(disruption.nextUpdateBy)")
    }
    return known
  }

  private var howFound: Redacted {
    switch situation.match.how {
    case .named: "named by the customer or the ticket"
    case .single: "the only one in question"
    case .likely: "the likeliest of several"
    case .ambiguous, .unknownNumber, .none, .notMeant: "not certain"
    }
  }

  private var unknown: [Redacted] {
    var unknown: [Redacted] = []
    switch situation.match.how {
    case .ambiguous: unknown.append("Which of the orders it is about")
    case .unknownNumber: unknown.append("The number in the message belongs to no order of this customer")
    case .none: unknown.append("No order of this customer is known")
    case .named, .single, .likely, .notMeant: break
    }
    if situation.intent == nil { unknown.append("What the customer wants") }
    if situation.match.order?.status == .unknown { unknown.append("The order's status is one we do not know") }
    return unknown
  }

  private func recommendation(_ step: String) -> CaseSummarised.Recommendation {
    let known = renderer.policy.steps[step]
    return CaseSummarised.Recommendation(
      name: step, words: known?.words ?? step, boundary: (known?.boundary ?? .needsApproval).rawValue)
  }

  /// Its facts are redacted; of the customer it has the first name, and no more.
  private var suggestedReply: Redacted? {
    let form = renderer.policy.form(on: situation.message.channel)
    guard let language = renderer.policy.languages[situation.language],
      let words = language.messages["suggested_reply"]?.form(form)
    else { return nil }
    let facts = MessageFacts(renderer, language: language)
    let opening = situation.reading.sentiment.level < 0 ? words.upset : words.calm
    let parts = [opening, words.fact, words.nextStep].map { part in part.render { facts.value(of: $0, in: form) } }
    return Redacted(ours: parts.filter { !$0.isEmpty }.joined(separator: "\n\n"))
  }

  private func percent(_ thousandths: Int) -> String { "\((thousandths + 5) / 10) %" }
}

extension OrderUpdated.Status {
  fileprivate var words: String { rawValue.asWords }
}

extension Redacted {
  fileprivate var asWords: Redacted { Redacted(ours: text.asWords) }
  fileprivate var capitalisedFirst: Redacted { Redacted(ours: text.capitalisedFirst) }
}
