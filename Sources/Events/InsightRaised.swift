/// `heed.insight.raised.v1`: something that somebody should look at before it becomes a case.
public struct InsightRaised: Sendable, Hashable {
  /// What can be noticed.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case friction, trend
    case escalationRisk = "escalation_risk"
    case churnRisk = "churn_risk"
    /// "Next update by" passed, and the customer heard nothing.
    case promiseBroken = "promise_broken"
    /// The same request is decided otherwise in the words of somebody else.
    case unequalTreatment = "unequal_treatment"
  }

  /// By what it shows: the rule that raised it.
  public enum Sign: String, Sendable, Hashable, CaseIterable {
    /// A case waits for a person, and the time in which it must be answered is nearly over.
    case deadlineNear = "deadline_near"
    /// A customer who waits for a person wrote again, and is more upset.
    case moreUpset = "more_upset"
    /// A customer speaks of leaving.
    case wordsOfLeaving = "words_of_leaving"
    /// A customer cancels something after it went wrong.
    case cancelsAfterTrouble = "cancels_after_trouble"
    /// A customer who is upset came for the third time within a month.
    case keepsComing = "keeps_coming"
    /// A customer had to say it again.
    case saidAgain = "said_again"
    /// We asked the same question again, or asked and must still ask.
    case askedAgain = "asked_again"
    /// A customer waits for a person beyond the deadline.
    case longWait = "long_wait"
    /// Our question was left without an answer.
    case questionLeft = "question_left"

    /// What kind of insight it is a sign of.
    public var kind: Kind {
      switch self {
      case .deadlineNear, .moreUpset: .escalationRisk
      case .wordsOfLeaving, .cancelsAfterTrouble, .keepsComing: .churnRisk
      case .saidAgain, .askedAgain, .longWait, .questionLeft: .friction
      }
    }
  }

  /// Derived from the event that showed it.
  public var insight: String
  /// What was noticed.
  public var kind: Kind
  /// By what it shows, where one customer's story shows it.
  public var sign: Sign?
  /// What it is about: a ticket, an order, a topic.
  public var subject: Redacted
  /// The customer, if it is about one.
  public var customer: CustomerID?
  /// The ticket, if it is about one.
  public var ticket: TicketID?
  /// Why, for people.
  public var reason: Redacted
  /// The decision it follows from, if there is one.
  public var decision: String?

  /// Something that was noticed.
  public init(
    insight: String, kind: Kind, sign: Sign? = nil, subject: Redacted, customer: CustomerID?, ticket: TicketID?,
    reason: Redacted, decision: String?
  ) {
    self.insight = insight
    self.kind = kind
    self.sign = sign
    self.subject = subject
    self.customer = customer
    self.ticket = ticket
    self.reason = reason
    self.decision = decision
  }

  /// The JSON of `data`; see `Schemas/heed.insight.raised.v1.json`.
  public func encoded() -> [UInt8] {
    var writer = JSONWriter(capacity: 512)
    writer.object { writer in
      writer.field("insightId", insight)
      writer.field("kind", kind.rawValue)
      writer.field("sign", optional: sign?.rawValue)
      writer.words("subject", subject)
      writer.field("customerId", optional: customer?.text)
      writer.field("ticketId", optional: ticket?.text)
      writer.words("reason", reason)
      writer.field("decisionId", optional: decision)
    }
    return writer.bytes
  }
}
