internal import Classifier
internal import Events
internal import Policy

/// Everything one message is decided on: what it says, what is known, and the facts a policy may look at.
///
/// A class, because many look at it, and a copy would count a reference for each of some fifty texts and lists in it.
final class Situation: Sendable {
  /// The message.
  let message: IncomingMessage
  /// What the text says.
  let reading: Reading
  /// What the customer wants: what the message says or, where it says nothing new, what the case is about.
  let intent: Reading.Intent?
  /// The language to answer in.
  let language: String
  /// How the feeling moved since the case began.
  let trajectory: String
  /// Which order it is about.
  let match: OrderMatch
  /// What is the matter with it.
  let diagnosis: Diagnosis
  /// How much is known.
  let contextState: DecisionMade.ContextState
  /// Whether the customer came before with the same matter.
  let isRepeat: Bool
  /// `opened`, `message` or `reopened`.
  let moment: String
  /// Whether it is an order that changed, and no message.
  let isOrderChange: Bool
  /// The customer's part in the experiment, if the policy has one.
  let trial: Trial?

  init(
    _ message: IncomingMessage, reading: Reading, context: CustomerContext, shared: SharedContext, case: Case,
    moment: String, policy: PolicyDocument
  ) {
    self.message = message
    self.reading = reading
    self.moment = moment
    let inherited = Self.inherited(reading, from: `case`, moment: moment)
    // A few words in a conversation are about what it is about, unless they surely are not.
    let isAside = moment == "message" && message.text.body.utf8.count <= Self.asideBytes
    intent = isAside && reading.intent?.band != .high ? inherited ?? reading.intent : reading.intent ?? inherited
    language = reading.language.probability >= 500 || `case`.language == "und" ? reading.language.tag : `case`.language
    trajectory = Self.trajectory(from: `case`.firstSentiment, to: reading.sentiment.level)
    let finder = OrderFinder(context: context, shared: shared, time: message.time, lostAfter: policy.lostAfter)
    match = finder.find(
      in: reading, text: message.text.body, attached: message.orders, intent: intent?.name, known: `case`.order)
    if let order = match.order {
      diagnosis = Self.diagnosis(of: order, reading, intent: intent?.name, shared, message.time, policy.lostAfter)
    } else {
      diagnosis = Diagnosis.ofNoOrder
    }
    let isAnswered = `case`.answersGiven == 0 && Self.isAnswered(match.order, intent?.name, message.time, policy)
    // A number that no order has is at least another order than the one asked for before.
    isRepeat =
      reading.has(signal: "repeat_contact")
      || moment == "reopened" && Self.wasAnswered(`case`, intent?.name, match.order?.order)
      || isAnswered
      || match.how != .unknownNumber
        && Self.cameBefore(context, with: intent?.name, order: match.order?.order, in: `case`, message.time, policy)
    let knowsNothing = context.orders.isEmpty && context.cases.count <= 1
    contextState = Self.contextState(match.how, knowsNothing: knowsNothing)
    isOrderChange = false
    trial = Trial(of: message.customer, in: policy, shared: shared)
  }

  /// An order that changed, and the language of its customer.
  struct OrderChange {
    let order: KnownOrder
    let customer: CustomerID
    let envelope: Envelope
    let language: String
  }

  /// Nothing was written: what the customer wants and how they feel is what the case knows of it, if it does.
  init(_ change: OrderChange, case: Case, shared: SharedContext, policy: PolicyDocument) {
    message = IncomingMessage(
      of: change.order.order, ticket: `case`.ticket, channel: `case`.channel, customer: change.customer,
      in: change.envelope)
    var reading = Reading(abstention: .empty)
    reading.language = Reading.Language(tag: change.language, probability: 0)
    reading.sentiment = Reading.Sentiment(level: `case`.lastSentiment ?? 0, score: 0)
    self.reading = reading
    let known = `case`.intent.flatMap { name in
      `case`.band.map { Reading.Intent(name: name, probability: 0, band: $0) }
    }
    intent = known
    language = change.language
    trajectory = "first"
    match = OrderMatch(.single, change.order)
    diagnosis = Self.diagnosis(
      of: change.order, reading, intent: known?.name, shared, change.envelope.time, policy.lostAfter)
    contextState = .complete
    isRepeat = false
    moment = `case`.said.isEmpty ? "opened" : "message"
    isOrderChange = true
    trial = Trial(of: change.customer, in: policy, shared: shared)
  }

  /// The facts, by the policy's closed list.
  func facts(_ context: CustomerContext, _ case: Case, policy: PolicyDocument) -> Facts {
    var facts = Facts()
    facts[.intent] = .word(intent?.name ?? "none")
    facts[.confidence] = .word(intent?.band.rawValue ?? "none")
    facts[.abstention] = .word(abstention(policy))
    facts[.language] = .word(language)
    facts[.sentiment] = .number(reading.sentiment.level)
    facts[.trajectory] = .word(trajectory)
    facts[.pressure] = .word(reading.pressure.rawValue)
    facts[.signals] = .words(Set(reading.signals.map(\.name)))
    facts[.order] = .word(match.how.rawValue)
    facts[.orderStatus] = .word(match.order?.status.rawValue ?? "none")
    facts[.cause] = .word(diagnosis.cause)
    facts[.late] = .flag(diagnosis.isLate)
    facts[.refund] = .word(Self.refundState(match.order))
    facts[.context] = .word(contextState.rawValue)
    facts[.repeatContact] = .flag(isRepeat)
    facts[.highValue] = .flag(isHighValue(policy))
    facts[.automationAllowed] = .flag(context.mayAutomate)
    facts[.tier] = .word(context.tier?.text ?? "none")
    facts[.channel] = .word(message.channel.rawValue)
    facts[.moment] = .word(moment)
    facts[.questionsAsked] = .number(`case`.questionsAsked)
    facts[.answersGiven] = .number(`case`.answersGiven)
    facts[.humanHasCase] = .flag(`case`.humanHasCase || `case`.handedTo != nil)
    facts[.arm] = .word((trial?.arm ?? .treatment).rawValue)
    return facts
  }

  /// Why no intent is claimed. A guess among two to four from a few words is better asked than believed; who wrote more
  /// than that has said it, and a person reads it.
  private func abstention(_ policy: PolicyDocument) -> String {
    let isGuess = intent?.band == .low && message.text.body.utf8.count <= Self.fewBytes
    guard intent == nil || isGuess else { return "none" }
    let matters = reading.candidates.count { policy.intents[$0] != nil }
    if isGuess { return (2...4).contains(matters) ? Reading.Abstention.ambiguous.rawValue : "none" }
    guard let abstention = reading.abstention else { return "none" }
    // With less than two matters to choose from there is no choice to offer.
    return (abstention == .ambiguous && matters < 2 ? .unclear : abstention).rawValue
  }

  /// Up to so many bytes a message is a few words.
  private static let fewBytes = 40

  /// Up to so many bytes a later message is an aside.
  private static let asideBytes = 48

  /// Automation answered this case on the same matter before it was closed: the same answer would help no better (C17).
  private static func wasAnswered(_ case: Case, _ intent: String?, _ order: OrderID?) -> Bool {
    `case`.intent == intent && (order == nil || `case`.order == order)
      && `case`.said.contains { $0.kind == .automationAnswered }
  }

  /// Whether a machine answered this wish about the order not long ago, in a case that may be about something else by now.
  private static func isAnswered(
    _ order: KnownOrder?, _ intent: String?, _ time: Timestamp, _ policy: PolicyDocument
  ) -> Bool {
    guard let order, let intent else { return false }
    return order.answers.contains { answer in
      time.seconds(since: answer.at) <= policy.repeatWithin
        && policy.steps[answer.step]?.answers.contains(intent) == true
    }
  }

  /// "It was the headphones" says nothing new of what is wanted: the case's own intent goes on.
  private static func inherited(_ reading: Reading, from case: Case, moment: String) -> Reading.Intent? {
    guard moment != "opened", let name = `case`.intent, let band = `case`.band,
      reading.abstention != .unsupportedLanguage, !reading.has(signal: "closing")
    else { return nil }
    return Reading.Intent(name: name, probability: 0, band: band)
  }

  /// An order that is spoken of and not known leaves a gap, however much else is known.
  private static func contextState(_ how: OrderMatch.How, knowsNothing: Bool) -> DecisionMade.ContextState {
    switch how {
    case .unknownNumber: .partial
    case .none: knowsNothing ? .none : .partial
    case .named, .single, .likely, .ambiguous, .notMeant: knowsNothing ? .none : .complete
    }
  }

  private static func trajectory(from first: Int?, to now: Int) -> String {
    guard let first else { return "first" }
    return now < first ? "falling" : now > first ? "rising" : "steady"
  }

  private static func diagnosis(
    of order: KnownOrder, _ reading: Reading, intent: String?, _ shared: SharedContext, _ time: Timestamp,
    _ lostAfter: Int64
  ) -> Diagnosis {
    let diagnosis = Diagnosis(of: order, shared: shared, time: time, lostAfter: lostAfter)
    // A parcel that may have come broken has come.
    let isMissing =
      reading.has(signal: "not_received") || intent == "delivery_issue" && !reading.candidates.contains("product_issue")
    guard isMissing, order.status == .delivered, !diagnosis.isTrouble else { return diagnosis }
    return diagnosis.deliveredButNotReceived()
  }

  private static func cameBefore(
    _ context: CustomerContext, with intent: String?, order: OrderID?, in case: Case, _ time: Timestamp,
    _ policy: PolicyDocument
  ) -> Bool {
    context.cases.contains { other in
      // A case in which we wrote first is none that they came with.
      guard other.said.contains(where: { $0.kind == .customerWrote }) else { return false }
      guard other.ticket != `case`.ticket, time.seconds(since: other.lastMessageAt) <= policy.repeatWithin else {
        return false
      }
      // "Where is it?" and "it has not come" about one order are one matter.
      if order != nil, other.order == order {
        guard let before = other.intent, let intent else { return true }
        return before == intent || [intent, before].allSatisfy(whereabouts.contains)
      }
      return intent != nil && other.intent == intent && (other.order == nil || order == nil)
    }
  }

  private static let whereabouts: Set<String> = ["order_status", "delivery_issue", "delivery_info"]

  private static func refundState(_ order: KnownOrder?) -> String {
    guard let refund = order?.refund else { return "none" }
    return ["pending", "completed"].contains(refund.status) ? refund.status : "unknown"
  }

  private func isHighValue(_ policy: PolicyDocument) -> Bool {
    guard let total = match.order?.total, let limit = policy.highValue[total.currency] ?? policy.highValue["*"] else {
      return false
    }
    return total.micros >= limit
  }
}
