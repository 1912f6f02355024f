internal import Classifier
internal import Events
internal import Policy

/// Something in one customer's story that somebody should look at before it becomes worse (C23, C24, G11): what shows it, and why, for people.
/// It is a signal and never an action, and none of the customer's words are in it.
struct StoryAlert {
  let sign: InsightRaised.Sign
  let reason: Redacted
}

/// What a message shows beyond its own decision.
struct MessageAlerts {
  let situation: Situation
  let verdict: Verdict
  /// The case as it was before the message.
  let before: Case
  let context: CustomerContext
  let policy: PolicyDocument

  /// Customers who come so often within `CustomerContext.Limits.churnMemory` keep coming.
  static let contactsMany = 3
  /// Signals that show impatience, whatever the feeling.
  static let impatience = ["frustration", "wants_human", "legal_threat", "repeat_contact"]

  var all: [StoryAlert] {
    [moreUpset, wordsOfLeaving, cancelsAfterTrouble, keepsComing, saidAgain, askedAgain].compactMap(\.self)
  }

  private var reading: Reading { situation.reading }
  private var time: Timestamp { situation.message.time }
  private var isUpset: Bool { reading.sentiment.level < 0 }

  private var moreUpset: StoryAlert? {
    guard before.waitsSince != nil else { return nil }
    let isWorse = isUpset && reading.sentiment.level < before.lastSentiment ?? 0
    guard isWorse || Self.impatience.contains(where: reading.has(signal:)) else { return nil }
    let due: Redacted = before.dueBy.map { ", who must answer by \($0)" } ?? ""
    return StoryAlert(
      sign: .moreUpset,
      reason:
        "The customer waits for a person\(due), has written again, and is \(isWorse ? "more upset" : "impatient").")
  }

  private var wordsOfLeaving: StoryAlert? {
    reading.has(signal: "churn") ? StoryAlert(sign: .wordsOfLeaving, reason: "The customer speaks of leaving.") : nil
  }

  private var cancelsAfterTrouble: StoryAlert? {
    // Told of once, when the wish first comes.
    guard let intent = situation.intent, intent.band != .low, intent.name != before.intent,
      let wish = policy.intents[intent.name], wish.goal == "cancel", let trouble
    else { return nil }
    return StoryAlert(sign: .cancelsAfterTrouble, reason: "The customer \(ours: wish.words), and \(trouble).")
  }

  private var trouble: Redacted? {
    if situation.diagnosis.isTrouble { return "the order is in trouble (\(ours: situation.diagnosis.cause.asWords))" }
    if situation.diagnosis.isLate { return "the order is late" }
    if before.lastSentiment ?? 0 < 0 { return "was upset in this case before" }
    return otherCases.contains { $0.lastSentiment ?? 0 < 0 } ? "was upset in another case within a month" : nil
  }

  private var keepsComing: StoryAlert? {
    guard isUpset, before.said.isEmpty else { return nil }
    let tickets = 1 + otherCases.count { $0.said.contains { $0.kind == .customerWrote } }
    guard tickets >= Self.contactsMany else { return nil }
    return StoryAlert(
      sign: .keepsComing, reason: "The customer has come with \(tickets) tickets within a month, and is upset.")
  }

  /// The customer's other cases of the last month.
  private var otherCases: [Case] {
    context.cases.filter {
      $0.ticket != before.ticket && time.seconds(since: $0.lastMessageAt) <= CustomerContext.Limits.churnMemory
    }
  }

  private var saidAgain: StoryAlert? {
    let weSpoke = before.questionsAsked + before.answersGiven > 0
    let isLost = weSpoke && (reading.has(signal: "confusion") || reading.has(signal: "repeat_contact"))
    guard situation.isRepeat || isLost else { return nil }
    return StoryAlert(
      sign: .saidAgain,
      reason: isLost
        ? "The customer did not get on with our answer and wrote about the same again."
        : "The customer has had to come with the same matter again.")
  }

  private var askedAgain: StoryAlert? {
    if verdict.action == .clarify, isAskedElsewhere {
      return StoryAlert(
        sign: .askedAgain, reason: "We ask the customer what we asked them in another ticket not long ago.")
    }
    guard verdict.action == .handOff, before.waitsSince == nil, isQuestionOpen else { return nil }
    return StoryAlert(
      sign: .askedAgain, reason: "We asked the customer, could not use the answer, and a person must ask again.")
  }

  /// Whether we asked in this case, and still do not know it.
  private var isQuestionOpen: Bool {
    guard let asked = before.said.last(where: { $0.kind == .automationAsked }) else { return false }
    return switch policy.steps[asked.step.text]?.about {
    case .order: situation.match.order == nil
    case .intent: situation.intent.map { $0.band == .low } ?? true
    case nil: false
    }
  }

  private var isAskedElsewhere: Bool {
    context.cases.contains { other in
      other.ticket != before.ticket
        && other.said.contains {
          $0.kind == .automationAsked && $0.step.text == verdict.step
            && time.seconds(since: $0.at) <= policy.repeatWithin
        }
    }
  }
}

/// What shows while nothing happens: alerts that only the time brings.
extension Case {
  /// A question that was left for so long, in seconds, counts as left: the three days after which silence means something everywhere.
  static let questionPatience: Int64 = 3 * 86_400
  /// A deadline is near in the last quarter of the time that was given, and in its last hours.
  static let nearDeadlineMax: Int64 = 4 * 3_600

  /// Since when it has been waiting for a person's word; `nil` if it does not.
  var waitsSince: Timestamp? {
    guard isWithPerson, !isSolved else { return nil }
    let answered = said.lastIndex { $0.kind.isOurs }.map { $0 + 1 } ?? 0
    return said[answered...].first { $0.kind == .customerWrote || $0.kind == .handedOff }?.at
  }

  /// When that wait must be over; `nil` without one, or if the deadline belongs to an earlier wait.
  private var waitsUntil: Timestamp? {
    guard let since = waitsSince, let due = dueBy, since < due else { return nil }
    return due
  }

  private var deadlineNearAt: Timestamp? {
    guard let since = waitsSince, let due = waitsUntil else { return nil }
    return due.adding(seconds: -min(due.seconds(since: since) / 4, Self.nearDeadlineMax))
  }

  private var longWaitAt: Timestamp? {
    // Whom we told of our own accord waits for nothing.
    isNotice ? nil : waitsUntil
  }

  private var questionLeftAt: Timestamp? {
    guard !isWithPerson, !isSolved, let last = said.last, last.kind == .automationAsked else { return nil }
    return last.at.adding(seconds: Self.questionPatience)
  }

  private func due(_ sign: InsightRaised.Sign) -> Timestamp? {
    guard !raised.contains(RaisedSigns(sign)) else { return nil }
    return switch sign {
    case .deadlineNear: deadlineNearAt
    case .longWait: longWaitAt
    case .questionLeft: questionLeftAt
    default: nil
    }
  }

  /// When the next of them is due.
  var nextAlertAt: Timestamp? {
    [.deadlineNear, .longWait, .questionLeft].compactMap(due).min()
  }

  /// Those that are due at `time`.
  func alerts(at time: Timestamp, _ policy: PolicyDocument) -> [StoryAlert] {
    func isDue(_ sign: InsightRaised.Sign) -> Bool { due(sign).map { $0 <= time } ?? false }
    let queue = Redacted(ours: handedTo.map { policy.queues[$0]?.title ?? $0 } ?? "Somebody")
    var alerts: [StoryAlert] = []
    if let due = waitsUntil {
      if isDue(.deadlineNear), time < due {
        alerts.append(
          StoryAlert(sign: .deadlineNear, reason: "\(queue) must answer by \(due), and nobody has written yet."))
      }
      if isDue(.longWait) {
        alerts.append(
          StoryAlert(sign: .longWait, reason: "\(queue) had to answer by \(due), and the customer is still waiting."))
      }
    }
    if isDue(.questionLeft) {
      alerts.append(
        StoryAlert(
          sign: .questionLeft, reason: "We asked the customer something three days ago and heard nothing since."))
    }
    return alerts
  }

  /// Notes what is over for good at `time`, raised or not: a deadline that has passed can no longer come near.
  mutating func forgetPastAlerts(at time: Timestamp) {
    if let due = waitsUntil, due <= time { raised.insert(RaisedSigns(.deadlineNear)) }
  }
}

extension Case.Said.Kind {
  /// Whether it is a word of ours to the customer.
  fileprivate var isOurs: Bool {
    switch self {
    case .agentReplied, .automationAnswered, .automationAsked, .automationTold: true
    case .customerWrote, .handedOff, .humanChanged, .solved, .reopened: false
    }
  }
}

extension CustomerContext {
  /// The alerts of `found` that were not raised before, which from now on they are: of a case each sign once, of a customer one risk of
  /// leaving within `Limits.churnMemory`.
  mutating func raise(_ found: [StoryAlert], about index: Int, at time: Timestamp) -> [StoryAlert] {
    found.filter { alert in
      guard !cases[index].raised.contains(RaisedSigns(alert.sign)) else { return false }
      if alert.sign.kind == .churnRisk {
        if let last = churnRaisedAt, time.seconds(since: last) <= Limits.churnMemory { return false }
        churnRaisedAt = time
      }
      cases[index].raised.insert(RaisedSigns(alert.sign))
      return true
    }
  }
}

extension OutputEvent {
  /// An alert about a case, because of `cause`.
  init(_ alert: StoryAlert, about case: Case, of customer: CustomerID, because cause: Envelope) {
    let part = [alert.sign.rawValue, customer.text, `case`.ticket.text].joined(separator: "\u{1F}")
    let id = DerivedID.make("ins", source: cause.source, id: cause.id, part: part)
    let insight = InsightRaised(
      insight: id, kind: alert.sign.kind, sign: alert.sign, subject: Redacted(ours: `case`.ticket.text),
      customer: customer, ticket: `case`.ticket, reason: alert.reason, decision: `case`.decision)
    self.init(
      to: .insights, type: .insightRaised, id: id, key: `case`.ticket.text, correlationID: `case`.ticket.text,
      cause: cause, data: insight.encoded())
  }
}
