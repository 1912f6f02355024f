/// The types of all events, read and written. The version is part of the type; a change that an old reader would
/// misunderstand makes a new type.
public enum EventType: String, Sendable, Hashable, CaseIterable {
  case ticketOpened = "heed.ticket.opened.v1"
  case ticketMessage = "heed.ticket.message.v1"
  case ticketUpdated = "heed.ticket.updated.v1"
  case orderUpdated = "heed.order.updated.v1"
  case disruptionDeclared = "heed.disruption.declared.v1"
  case feedbackGiven = "heed.feedback.given.v1"
  case customerChanged = "heed.customer.changed.v1"
  case customerErased = "heed.customer.erased.v1"
  case customerLinked = "heed.customer.linked.v1"
  case customerMoved = "heed.customer.moved.v1"
  case timePassed = "heed.time.passed.v1"
  case experimentStopped = "heed.experiment.stopped.v1"

  case decisionMade = "heed.decision.made.v1"
  case caseSummarised = "heed.case.summarised.v1"
  case resolutionProposed = "heed.resolution.proposed.v1"
  case insightRaised = "heed.insight.raised.v1"
  case updateRequested = "heed.update.requested.v1"
  case kpiMeasured = "heed.kpi.measured.v1"
  case deadLetter = "heed.dead_letter.v1"

  /// Whether it belongs into `heed.events.v1`.
  public var isInput: Bool {
    switch self {
    case .ticketOpened, .ticketMessage, .ticketUpdated, .orderUpdated, .disruptionDeclared, .feedbackGiven,
      .customerChanged, .customerErased, .customerLinked, .customerMoved, .timePassed,
      .experimentStopped:
      true
    case .decisionMade, .caseSummarised, .resolutionProposed, .insightRaised, .updateRequested, .kpiMeasured,
      .deadLetter:
      false
    }
  }

  /// Whether it concerns every customer, and so stands in every partition.
  public var isBroadcast: Bool { [.disruptionDeclared, .timePassed, .experimentStopped].contains(self) }
}
