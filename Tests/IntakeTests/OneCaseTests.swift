import Classifier
import Events
import Foundation
import Policy
import Testing
import Triage
import Shipped

@testable import Intake

/// One case told by five systems is one case: what is decided is the same to the byte, but for the names that systems give.
@Suite struct OneCaseTests {
  private static let pipeline = TicketPipeline(
    reader: ModelReader(try! Model(bytes: Shipped.model)), policy: try! PolicyDocument(yaml: Shipped.policy))

  /// What the fleet writes about the ticket, ids taken out, and digests, which cover the ids.
  private func outputs(of ticket: String) throws -> [String] {
    let settings = IntakeSettings(identity: CustomerIdentity(.keyed([UInt8](repeating: 7, count: 32))))
    var filter = TriageFilter(pipeline: Self.pipeline)
    let shop = try told(
      "shopify_order", "shopify_hold_released", "shopify_fulfillment", "shopify_fulfillment_event", settings: settings)
    for event in shop { _ = filter.process(line: EventEncoder.structured(event)) }
    let events = try told(ticket, settings: settings)
    let event = try #require(events.first).envelope.id
    let id = try #require(opened(events.first)?.ticket.text)
    return events.flatMap { filter.process(line: EventEncoder.structured($0)) }.map { line in
      String(decoding: line, as: UTF8.self).replacing(event, with: "EVENT").replacing(id, with: "TICKET")
        .replacing(/(dec|case|res|ins)_[0-9a-f]{32}/, with: "ID").replacing(/"[0-9a-f]{32}"/, with: "DIGEST")
    }
  }

  @Test func fiveSystemsOneDecision() throws {
    let tellers = [
      "zendesk_trigger_created", "freshdesk_created", "freshdesk_created_codes", "zammad_created", "intercom_created",
      "mapping_created",
    ]
    let first = try outputs(of: tellers[0])
    let decision = try #require(first.first { $0.contains("heed.decision.made.v1") })
    #expect(decision.contains("order_status") && decision.contains("1047"), "\(decision)")
    for teller in tellers.dropFirst() { #expect(try outputs(of: teller) == first, "\(teller)") }
  }
}
