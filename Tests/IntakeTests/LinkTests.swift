import Events
import Testing

@testable import Intake

/// Ids that come together are told as one customer's.
@Suite struct LinkTests {
  private func shop(_ links: CustomerIdentity.Links) -> IntakeSettings {
    IntakeSettings(identity: CustomerIdentity(.plain), links: links)
  }

  private func links(_ events: [Event]) -> [String] {
    events.compactMap { event in
      guard case .customerLinked(let link) = event.body else { return nil }
      return "\(link.customer.text) > \(link.linkedTo.text)"
    }
  }

  private func links(_ which: CustomerIdentity.Links, _ person: Person) -> [String] {
    CustomerIdentity(.plain).links(of: person, which).map { "\($0.customer.text) > \($0.linkedTo.text)" }
  }

  @Test func onlyAnAddressIsLinkedToAndPhonesOnlyIfTheShopWants() {
    let all = Person(email: "Mara@shop.example", phone: "+442079460958", id: "7", system: "desk")
    #expect(links(.none, all).isEmpty)
    #expect(links(.accounts, all) == ["desk:7 > email:mara@shop.example"])
    #expect(
      links(.accountsAndPhones, all) == [
        "phone:+442079460958 > email:mara@shop.example", "desk:7 > email:mara@shop.example",
      ])
    let nobody = Person(phone: "+442079460958", id: "7", system: "desk")
    #expect(links(.accountsAndPhones, nobody).isEmpty, "a number may be another's tomorrow")
    #expect(links(.accountsAndPhones, Person(email: "mara@shop.example", system: "desk")).isEmpty)
  }

  @Test func aPayloadWithTwoIDsTellsTheLinkFirstAndOnce() throws {
    let name = "zendesk_trigger_created"
    let bytes = Fixture(name).bytes
    var intake = Intake(.zendesk, settings: shop(.accounts))
    let events = try intake.take(bytes)
    #expect(links(events) == ["zendesk:9001 > email:mara.lind@shop-customer.example"])
    guard case .customerLinked = events.first?.body else { return #expect(Bool(false)) }
    #expect(events.first?.envelope.partitionKey == "zendesk:9001" && events.first?.envelope.source == "/zendesk")
    #expect(events.first?.envelope.time == events.last?.envelope.time)
    #expect(Array(events.dropFirst()) == (try told(name)), "what it tells else is the same")
    #expect(links(try intake.take(bytes)).isEmpty)
  }

  @Test func aLinkThatWasTakenBackIsToldAgain() throws {
    let bytes = Fixture("zendesk_trigger_created").bytes
    var intake = Intake(.zendesk, settings: shop(.accounts))
    let first = try intake.take(bytes)
    intake.rewind()
    #expect(try intake.take(bytes) == first)
    intake.accept()
    intake.rewind()
    #expect(links(try intake.take(bytes)).isEmpty)
  }

  @Test func theMemoryOfLinksIsBoundedAndTellsAgainWhatIsOld() {
    let start = Timestamp(rfc3339: "2026-03-02T10:00:00Z")!
    var memory = LinkMemory()
    func isNews(_ number: Int, days: Int64 = 0) -> Bool {
      let link = CustomerLinked(customer: CustomerID("desk:\(number)"), linkedTo: CustomerID("mail"))
      return memory.isNews(link, at: start.adding(seconds: days * 86_400))
    }
    #expect(isNews(0) && !isNews(0, days: 29))
    #expect(isNews(0, days: 31))
    for number in 1...LinkMemory.linksMin { #expect(isNews(number)) }
    #expect(!isNews(LinkMemory.linksMin), "the newest are remembered")
    for number in 1...2 * LinkMemory.linksMin { _ = isNews(-number) }
    #expect(isNews(LinkMemory.linksMin), "and the oldest are not")
  }

  @Test func anAccountTooLongForAnIDIsNotLinkedAndStopsNothing() throws {
    let id = String(repeating: "7", count: 300)
    let payload = #"""
      {"event":"ticket.created","ticket":{"id":7,"description":"Hi","created_at":"2026-03-04T09:15:00Z",
      "requester":{"id":"\#(id)","email":"mara@shop.example"}}}
      """#
    var intake = Intake(.zendesk, settings: shop(.accounts))
    #expect(try intake.take(Array(payload.utf8)).map(\.envelope.type) == ["heed.ticket.opened.v1"])
  }

  @Test func everyVendorTellsTheLinkOfItsAccounts() throws {
    for name in ["zendesk_trigger_created", "zammad_created", "intercom_created", "shopify_order"] {
      let events = try told(name, settings: shop(.accounts))
      #expect(links(events).allSatisfy { $0.hasSuffix("> email:mara.lind@shop-customer.example") }, "\(name)")
      #expect(links(events).count == 1, "\(name)")
    }
  }
}
