import Events
import Scorecard
import Triage

/// Decides a text for a customer of whom nothing is known but one order that is on its way.
struct TwinDesk: Sendable {
  let pipeline: TicketPipeline
  private static let now = Timestamp(nanoseconds: 1_772_445_600_000_000_000)

  /// The twins of `text`, the `index`th of its set, and how each is treated.
  func pairs(of text: String, index: Int) -> [ShadowAudit.Pair] {
    let original = decide(text)
    return Twin.allCases.compactMap { twin in
      guard let pair = twin.pair(text, language: original.language, index: index) else { return nil }
      // Twins by name differ from each other, the others from the text as it stands.
      let one = pair.one == text ? original : decide(pair.one)
      return (twin, one.treatment, decide(pair.other).treatment)
    }
  }

  private func decide(_ text: String) -> (treatment: Audit.Treatment, language: String) {
    var shelf = Shelf(partition: 0)
    let customer = CustomerID("audited")
    let order = OrderUpdated(
      order: OrderID("A-1"), customer: customer, status: .inTransit, placedAt: Self.now.adding(seconds: -3 * 86_400),
      promisedBy: Self.now.adding(seconds: 2 * 86_400), estimatedDelivery: Self.now.adding(seconds: 86_400),
      carrier: "NordPost",
      trackingNumber: "NP1", lastScanAt: Self.now.adding(seconds: -3_600))
    _ = pipeline.process(event(.orderUpdated(order), "order", -60), at: 0, shelf: &shelf)
    let opened = TicketOpened(ticket: TicketID("audit"), customer: customer, channel: .email, subject: "", body: text)
    guard let explanation = pipeline.explain(event(.ticketOpened(opened), "opened", 0), at: 1, shelf: &shelf) else {
      preconditionFailure("a ticket that is opened is always decided")
    }
    let decision = explanation.decision
    return (
      Audit.Treatment(
        isAutomated: decision.action == .resolve || decision.action == .clarify,
        urgency: DecisionMade.Urgency.allCases.firstIndex(of: decision.urgency) ?? 0, queue: decision.queue,
        intent: decision.reading.intents.first?.name ?? "other"), decision.reading.language.tag
    )
  }

  private func event(_ body: Event.Body, _ id: String, _ seconds: Int64) -> Event {
    Event(
      envelope: Envelope(
        id: id, source: "/audit", type: "audit", time: Self.now.adding(seconds: seconds), partitionKey: "audited"),
      body: body)
  }
}
