public import Events

/// An alert about one customer's story as it was recorded: an insight that says that something may go wrong.
public struct RecordedAlert: Sendable, Hashable {
  /// The insight's identifier.
  public let id: String
  /// What was noticed.
  public let kind: InsightRaised.Kind
  /// By what it showed, where that was told.
  public let sign: String?
  /// The ticket it is about.
  public let ticket: TicketID
  /// Whose it is.
  public let customer: CustomerID
  /// When.
  public let time: Timestamp

  /// Reads `heed.insight.raised.v1`; `nil` if it is another type of event, or about no customer's ticket.
  init?(_ tree: JSONTree) {
    guard tree["type"]?.text == EventType.insightRaised.rawValue, let data = tree["data"],
      let kind = data["kind"]?.text.flatMap({ InsightRaised.Kind(rawValue: $0) }), let id = data["insightId"]?.text,
      let ticket = data["ticketId"]?.text, let customer = data["customerId"]?.text,
      let time = tree["time"]?.time
    else { return nil }
    self.init(
      id: id, kind: kind, sign: data["sign"]?.text, ticket: TicketID(ticket), customer: CustomerID(customer), time: time
    )
  }

  /// An alert as it was recorded.
  public init(
    id: String, kind: InsightRaised.Kind, sign: String?, ticket: TicketID, customer: CustomerID, time: Timestamp
  ) {
    self.id = id
    self.kind = kind
    self.sign = sign
    self.ticket = ticket
    self.customer = customer
    self.time = time
  }
}
