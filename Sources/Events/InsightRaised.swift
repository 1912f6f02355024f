/// `heed.insight.raised.v1`: something that somebody should look at before it becomes a case.
public struct InsightRaised: Sendable, Hashable {
  /// What can be noticed.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case friction, trend
    case escalationRisk = "escalation_risk"
    case churnRisk = "churn_risk"
    /// "Next update by" passed, and the customer heard nothing.
    case promiseBroken = "promise_broken"
  }

  /// Derived from the event that showed it.
  public var insight: String
  /// What was noticed.
  public var kind: Kind
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
    insight: String, kind: Kind, subject: Redacted, customer: CustomerID?, ticket: TicketID?, reason: Redacted,
    decision: String?
  ) {
    self.insight = insight
    self.kind = kind
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
      writer.words("subject", subject)
      writer.field("customerId", optional: customer?.text)
      writer.field("ticketId", optional: ticket?.text)
      writer.words("reason", reason)
      writer.field("decisionId", optional: decision)
    }
    return writer.bytes
  }
}
