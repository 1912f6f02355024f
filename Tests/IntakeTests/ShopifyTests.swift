import Events
import Testing
import TestSupport

@testable import Intake

@Suite struct ShopifyTests {
  @Test func anOrderIsToldWhole() throws {
    let event = try told("shopify_order")[0]
    let state = try #require(order(event))
    #expect(state.order.text == "1047" && state.status == .confirmed && state.region == "GB-ENG")
    #expect(state.customer.text == "email:mara.lind@shop-customer.example")
    #expect(state.total == Money(amount: "59.90", currency: "GBP"))
    #expect(state.items.map(\.title) == ["Copper kettle"])
    #expect(event.envelope.id == "order/820982911946154508/2026-02-27T08:00:00Z")
  }

  @Test(arguments: [
    ("shopify_order", "shopify_order_rest"), ("shopify_fulfillment", "shopify_fulfillment_rest"),
  ])
  func wrappedAndBareAreOne(bare: String, wrapped: String) throws {
    #expect(try told("shopify_order", bare).last == told("shopify_order", wrapped).last)
  }

  @Test func piecesMakeTheWholeState() throws {
    let events = try told("shopify_order", "shopify_hold", "shopify_hold_released", "shopify_fulfillment")
    #expect(events.compactMap { order($0)?.status } == [.confirmed, .onHold, .confirmed, .shipped])
    #expect(order(events[1])?.holds == ["incorrect_address"] && order(events[1])?.hasAddressProblem == true)
    #expect(order(events[2])?.holds == [])
    let state = try #require(
      order(
        try told(
          "shopify_order", "shopify_hold_released", "shopify_fulfillment", "shopify_fulfillment_event", "shopify_refund"
        ).last))
    #expect(state.status == .inTransit && state.carrier == "Swift Parcel" && state.trackingNumber == "JD0146000038283")
    #expect(state.lastScanAt?.rfc3339 == "2026-03-03T07:00:00Z")
    #expect(state.estimatedDelivery?.rfc3339 == "2026-03-06T18:00:00Z")
    #expect(state.promisedBy?.rfc3339 == "2026-03-05T23:59:59Z")
    #expect(state.total != nil && state.items.count == 1)
    #expect(state.refunds.map(\.status) == ["completed"])
  }

  @Test func aScanNobodyKnowsIsNotFine() throws {
    let events = try told(
      "shopify_order", "shopify_fulfillment", "shopify_fulfillment_event", "shopify_fulfillment_event_rest")
    #expect(order(events.last)?.status == .unknown)
  }

  @Test(arguments: [
    ("fulfillment_status", #""teleported""#, OrderUpdated.Status.unknown),
    ("financial_status", #""bartered""#, .unknown),
    ("cancelled_at", #""2026-02-28T00:00:00Z""#, .cancelled), ("fulfillment_status", #""partial""#, .processing),
    ("fulfillment_status", #""fulfilled""#, .shipped), ("financial_status", #""pending""#, .placed),
  ])
  func theStatusFollowsTheWords(field: String, json: String, status: OrderUpdated.Status) throws {
    var intake = Intake(.shopify, settings: plainShop)
    let payload = Fixture("shopify_order").replacing(field, with: try JSONTree(reading: json.utf8))
    #expect(order(try intake.take(payload).first)?.status == status)
  }

  @Test func whatWasTakenOutOfAnOrderIsNotInIt() throws {
    let lines = #"""
      [{"id":1,"title":"Copper kettle","quantity":2,"current_quantity":1,"price":"59.90"},
      {"id":2,"title":"Lid","quantity":1,"current_quantity":0,"price":"9.90"},{"id":3,"title":"Spoon","quantity":3,"price":"2.00"}]
      """#
    var intake = Intake(.shopify, settings: plainShop)
    let payload = Fixture("shopify_order").replacing("line_items", with: try JSONTree(reading: lines.utf8))
    let items = try #require(order(try intake.take(payload).first)).items
    #expect(items.map(\.title) == ["Copper kettle", "Spoon"] && items.map(\.quantity) == [1, 3])
  }

  @Test func anAmountThatCannotBeReadIsRefused() {
    var intake = Intake(.shopify, settings: plainShop)
    let payload = Fixture("shopify_order").replacing("current_total_price", with: .string("many"))
    #expect(throws: IntakeFailure(.badValue, path: "/current_total_price")) { try intake.take(payload) }
  }

  /// Connectors deliver late, twice and in any order: when all has come, the state is the same.
  @Test(arguments: 0..<40) func theOrderOfDeliveryDoesNotMatter(seed: UInt64) throws {
    let pieces = [
      "shopify_order", "shopify_hold", "shopify_hold_released", "shopify_fulfillment", "shopify_fulfillment_event",
      "shopify_refund",
    ]
    func last(of names: [String]) -> Event? {
      var intake = Intake(.shopify, settings: plainShop)
      return names.compactMap { try? intake.take(Fixture($0).bytes).last }.last
    }
    var dice = Dice(seed: seed)
    let shuffled = (pieces + pieces.shuffled(using: &dice).prefix(3)).shuffled(using: &dice)
    let (one, other) = (last(of: pieces), last(of: shuffled))
    #expect(order(other) == order(one))
    #expect(other?.envelope.time == one?.envelope.time)
  }

  @Test func aPieceOfAnOrderNobodyToldIsRefusedAndKept() throws {
    var intake = Intake(.shopify, settings: plainShop)
    #expect(throws: IntakeFailure(.unknownOrder, path: "/order_id")) {
      try intake.take(Fixture("shopify_fulfillment").bytes)
    }
    #expect(order(try intake.take(Fixture("shopify_order").bytes).first)?.status == .shipped)
  }
}

extension Fixture {
  /// The payload with another value in one field of its outermost object.
  func replacing(_ name: String, with value: JSONTree) -> [UInt8] {
    guard case .object(let fields) = tree else { return bytes }
    var writer = JSONWriter()
    JSONTree.object(fields.filter { $0.name != name } + [JSONTree.Field(name, value)]).write(to: &writer)
    return writer.bytes
  }
}
