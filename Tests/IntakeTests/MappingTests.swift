import Events
import Testing

@testable import Intake

@Suite struct MappingTests {
  private func events(_ json: String) throws -> [Event] {
    var intake = Intake(.mapping(exampleMapping), settings: plainShop)
    return try intake.take(Array(json.utf8))
  }

  @Test func anOrderIsMappedWithItsListsAndTables() throws {
    let event = try events(
      #"""
      {"kind":"order.new","order":{"number":9007199254740993,"state":"MOVING","changed":"2026-03-04T09:15:00Z","buyer":{"id":7},
      "total":"12.50","lines":[{"name":"Kettle"},{"name":"Shelf","count":2}],"parcel":{"carrier":"Swift"}}}
      """#)[0]
    let state = try #require(order(event))
    #expect(state.order.text == "9007199254740993" && state.status == .inTransit && state.carrier == "Swift")
    #expect(state.items.map(\.title) == ["Kettle", "Shelf"] && state.items.map(\.quantity) == [1, 2])
    #expect(state.total == Money(amount: "12.50", currency: "EUR") && state.customer.text == "my-desk:7")
  }

  @Test func aChangeSaysWhoMadeIt() throws {
    func agent(_ editor: String) throws -> String? {
      let event = try events(
        #"{"kind":"ticket.changed","sent":1772615700,"client":{"id":7},"ticket":{"id":1,"state":"done","editor":EDITOR}}"#
          .replacing("EDITOR", with: editor))[0]
      return updated(event)?.agent
    }
    #expect(try agent("43001234567890123") == "agent/my-desk:43001234567890123")
    #expect(try agent("null") == nil)
    #expect(try agent(#""\#(String(repeating: "7", count: 2_000))""#) == nil)
  }

  @Test func aWordThatNoTableKnowsIsUnknown() throws {
    let event = try events(
      #"{"kind":"order.new","order":{"number":1,"state":"delivered","changed":1772615700,"buyer":{"id":7}}}"#)[0]
    #expect(order(event)?.status == .unknown)
  }

  @Test func whatIsIgnoredIsSilentAndWhatIsUnknownIsNot() throws {
    #expect(try events(#"{"kind":"ping"}"#).isEmpty)
    #expect(try events(#"{"kind":"ticket.message","message":{"internal":true}}"#).isEmpty)
    #expect(throws: IntakeFailure(.unsupportedEvent)) { try events(#"{"kind":"surprise"}"#) }
  }

  @Test(arguments: [
    ("/a~1b/~0c", #"{"a/b":{"~c":1}}"#), ("/list/1", #"{"list":[0,1]}"#), ("", "1"), ("/", #"{"":1}"#),
  ])
  func aPointerFindsItsPlace(pointer: String, json: String) throws {
    #expect(JSONPointer(pointer)?.find(in: Foreign(try JSONTree(reading: json.utf8))).id == "1")
  }

  @Test(arguments: ["a", "/~", "/~2"]) func whatIsNoPointerIsRefused(text: String) { #expect(JSONPointer(text) == nil) }

  private static let head =
    "mapping: x\ncustomer: { id: /c }\nevents:\n  - type: heed.customer.changed.v1\n    id: /i\n    time: /t\n"

  @Test(arguments: [
    ("mapping: X\nevents: []", 1, "must be a name"), ("mapping: x", 1, "events is missing"),
    ("mapping: x\nevents: []", 2, "at least one"), ("mapping: x\nfoo: 1\nevents: []", 2, "no such field"),
    ("mapping: [", 2, "no YAML"), ("", 0, "empty"),
    (head + "    data: { tier: { at: c } }", 7, "no JSON Pointer"),
    (head + "    data: { teir: gold }", 7, "no such field"),
    (head + "    data: { tier: { at: /c, table: t } }", 7, "no such table"),
    (head + "    data: { consent: { automation: perhaps } }", 7, "cannot stand here"),
    (head + "    data: {}\n    when: [{ at: /k }]", 8, "one of is and exists"),
    ("mapping: x\nevents:\n  - { type: heed.time.passed.v1 }", 3, "is none of"),
    ("mapping: x\ncustomer: {}\nevents: []", 2, "needs email, phone or id"),
    (
      head.replacing("heed.customer.changed.v1", with: "heed.ticket.updated.v1") + "    data: { ticketId: { at: /t } }",
      7, "changedBy is missing"
    ),
  ])
  func aMistakeIsToldWithItsLine(yaml: String, line: Int, words: String) {
    do throws(MappingProblem) {
      _ = try SourceMapping(yaml: yaml)
      Issue.record("it was taken")
    } catch {
      #expect(error.line == line && error.words.contains(words), "\(error)")
    }
  }
}
