import Console
import Testing

@Suite struct DiffViewTests {
  static func json(changes: Int = 1, flips: Int = 3) -> String {
    let moves = (0..<changes).map { #"{"from":"a\#($0)","to":"b","count":\#($0)}"# }.joined(separator: ",")
    return """
      {"before":"shop 1+aa, model","after":"shop 2+bb, model","decisions":10,"flips":\(flips),"otherReasons":1,"days":2,
      "changes":{"intent":[{"from":"order_status","to":"order_status","count":3}],"queue":[\(moves)],"reason":[]},
      "examples":[{"decisionId":"d-1","ticketId":"T-1","eventId":"e-1","intent":"order_status",
      "before":{"action":"hand_off","queue":"delivery","step":"","urgency":"low","rule":"late"},
      "after":{"action":"resolve","queue":"","step":"tell","urgency":"low","rule":"told"}}],
      "load":[{"queue":"delivery","casesBefore":9,"casesAfter":6,"perDayBefore":4.5,"perDayAfter":3}]}
      """
  }

  @Test func aComparisonIsReadBack() throws {
    let diff = try #require(DiffView(data: Array(Self.json().utf8)))
    #expect((diff.decisions, diff.flips, diff.otherReasons, diff.days) == (10, 3, 1, 2))
    #expect(diff.groups.map(\.kind) == ["intent", "queue"], "what did not change is left out")
    #expect(diff.examples.first?.after.action == "resolve")
    #expect(diff.load.map(\.queue) == ["delivery"] && diff.load[0].before == 9 && diff.load[0].after == 6)
  }

  @Test func longListsAreCutAndItIsSaid() throws {
    let diff = try #require(DiffView(data: Array(Self.json(changes: 1_000).utf8)))
    let queue = try #require(diff.groups.first { $0.kind == "queue" })
    #expect(queue.changes.count + queue.leftOut == 1_000)
    #expect(queue.changes.count < 100)
  }

  @Test(arguments: [
    "", "no json", "[]", "{}", #"{"before":"a","after":"b"}"#, json(flips: 11), json(flips: -1),
    json().replacing("\"days\":2", with: "\"days\":\"two\""), String(json().dropLast()),
  ])
  func whatIsNoComparisonIsNone(text: String) {
    #expect(DiffView(data: Array(text.utf8)) == nil)
  }
}
