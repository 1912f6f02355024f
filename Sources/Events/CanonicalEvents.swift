// The events Heed reads: the vocabulary of `heed.events.v1`. What each says is in `TicketEvents.swift`, `OrderEvents.swift`,
// `CustomerEvents.swift` and `ExperimentStopped.swift`, their wire forms are in `Schemas/`, their decoding in `EventDecoder.swift`.

/// What happened, with the attributes that CloudEvents puts around it.
public struct Event: Sendable, Hashable {
  /// Who says what happened, and when.
  public let envelope: Envelope
  /// What happened.
  public let body: Body

  /// An event of `body` in `envelope`.
  public init(envelope: Envelope, body: Body) {
    self.envelope = envelope
    self.body = body
  }

  /// What can happen.
  public enum Body: Sendable, Hashable {
    /// A customer asked for something for the first time in this ticket.
    case ticketOpened(TicketOpened)
    /// Somebody wrote in a ticket that is there already.
    case ticketMessage(TicketMessage)
    /// A ticket's status, queue, assignee or priority was set.
    case ticketUpdated(TicketUpdated)
    /// An order is now in this state; the whole state, not a difference.
    case orderUpdated(OrderUpdated)
    /// A carrier or region is in trouble; concerns every customer.
    case disruptionDeclared(DisruptionDeclared)
    /// Somebody judged what was decided or done.
    case feedbackGiven(FeedbackGiven)
    /// What a customer agrees to, or their tier, changed.
    case customerChanged(CustomerChanged)
    /// Forget this customer.
    case customerErased(CustomerErased)
    /// Two ids are one customer.
    case customerLinked(CustomerLinked)
    /// What was known of the customer under another id.
    case customerMoved(CustomerMoved)
    /// Time went on; concerns every customer.
    case timePassed
    /// An experiment is over; concerns every customer.
    case experimentStopped(ExperimentStopped)
  }

  /// The customer the event belongs to; `nil` where it concerns every customer.
  public var customer: CustomerID? {
    switch body {
    case .ticketOpened(let event): event.customer
    case .ticketMessage(let event): event.customer
    case .ticketUpdated(let event): event.customer
    case .orderUpdated(let event): event.customer
    case .customerChanged(let event): event.customer
    case .customerErased(let event): event.customer
    case .customerLinked(let event): event.customer
    case .customerMoved(let event): event.customer
    case .feedbackGiven: envelope.partitionKey.map { CustomerID($0) }
    case .disruptionDeclared, .timePassed, .experimentStopped: nil
    }
  }
}
