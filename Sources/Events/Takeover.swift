extension Event {
  /// The ticket in which a person of ours took over with this event: they wrote, or set a value. From then on automation is silent in
  /// it, for ever. Whom we do not know counts as a person.
  ///
  /// Triage and egress both go by it, each in its own state: what one of them has not seen yet, the other may have.
  public var ticketTakenOver: TicketID? {
    switch body {
    case .ticketMessage(let message) where message.author == .agent || message.author == .unknown: message.ticket
    case .ticketUpdated(let update) where update.changedBy != .automation: update.ticket
    default: nil
    }
  }
}
