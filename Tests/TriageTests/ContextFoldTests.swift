import Events
import Testing

@testable import Triage

/// Events into contexts: nothing old wins, nothing grows without bound, and people's word stays.
@Suite struct ContextFoldTests {
  private func order(_ desk: Desk, _ id: String = "LL-20411") -> KnownOrder? {
    desk.context()?.orders.first { $0.order.text == id }
  }

  @Test func anOlderStateOfAnOrderIsNotTaken() {
    var desk = Desk()
    func line(_ id: String, _ status: String, at hours: Int) -> Line {
      Line(
        .orderUpdated, key: "C1", id: id, at: hour(hours), ["orderId": "LL-1", "customerId": "C1", "status": status])
    }
    desk.tell(line("a", "packed", at: 1))
    desk.tell(line("b", "delivered", at: 5))
    desk.tell(line("c", "in_transit", at: 3))
    #expect(order(desk, "LL-1")?.status == .delivered)
    #expect(order(desk, "LL-1")?.asOf == hour(5))
    // Of two states of one moment the later in the log counts.
    desk.tell(line("d", "returning", at: 5))
    #expect(order(desk, "LL-1")?.status == .returning)
  }

  @Test func aRepeatOfAnEventChangesNothingAndSaysNothing() {
    var desk = Desk()
    desk.order()
    let first = desk.open("Where is my order LL-20411?")
    #expect(!first.all.isEmpty)
    let before = desk.context()
    for line in desk.lines { #expect(desk.tell(line).all.isEmpty) }
    #expect(desk.context() == before)
  }

  @Test func theSameIdFromAnotherSourceIsAnotherEvent() {
    var desk = Desk()
    for source in ["/a", "/b"] {
      let data = ["ticketId": "T" + source, "customerId": "C1", "channel": "web", "body": "hello"]
      let outputs = desk.tell(Line(.ticketOpened, key: "C1", id: "1", at: hour(0), source: source, data))
      #expect(outputs.decision != nil)
    }
  }

  @Test func everyListIsBounded() throws {
    var desk = Desk()
    for index in 0..<60 {
      desk.order(
        "LL-\(10_000 + index)",
        .with { $0.items = (0..<9).map { "\(index) item \($0) " + String(repeating: "ü", count: 200) } })
      desk.open("Hello there", ticket: "T\(index)")
      for _ in 0..<4 { desk.write("more", ticket: "T\(index)") }
    }
    let context = try #require(desk.context())
    #expect(context.orders.count == 12 && context.cases.count == 8 && context.applied.count == 48)
    #expect(context.cases.allSatisfy { $0.said.count <= 8 })
    #expect(context.orders.flatMap(\.titles).allSatisfy { $0.text.utf8.count <= 120 && !$0.isEmpty })
    #expect(context.orders.allSatisfy { $0.titles.count == 3 })
    #expect(context.orders.last?.order.text == "LL-10059" && context.cases.last?.ticket.text == "T59")
    #expect(context.encoded().count < 16_384)
  }

  @Test func whatWeAskedAndAnsweredIsRememberedThroughALongCase() throws {
    var desk = Desk()
    desk.order()
    desk.open("Where is my order LL-20411?")
    for _ in 0..<20 { desk.write("Hello, is anybody there?") }
    let said = try #require(desk.theCase()).said
    #expect(said.count == 8 && said.contains { $0.kind == .automationAnswered } && said.last?.kind == .handedOff)
    #expect(said.contains { $0.kind == .customerWrote })
  }

  @Test func closedOrdersAndCasesGoFirst() throws {
    var desk = Desk()
    desk.order("open-1")
    for index in 0..<12 { desk.order("done-\(index)", .with { $0.status = "delivered" }) }
    #expect(order(desk, "open-1") != nil && order(desk, "done-0") == nil)
    desk.open("Hello there", ticket: "kept")
    for index in 0..<8 {
      desk.open("Hello there", ticket: "T\(index)")
      desk.update(ticket: "T\(index)", status: "solved", by: "automation")
    }
    #expect(desk.theCase("kept") != nil && desk.theCase("T0") == nil && desk.theCase("T7") != nil)
  }

  @Test(arguments: ["agent", "martian"])
  func aReplyOfOursIsATakeoverForEver(author: String) throws {
    var desk = Desk()
    desk.order()
    desk.open("Hello there")
    #expect(try #require(desk.theCase()).humanHasCase == false)
    desk.write("I am looking into it", author: author)
    #expect(desk.theCase()?.humanHasCase == true && desk.theCase()?.epoch == 1)
    desk.write("and again", author: author)
    #expect(desk.theCase()?.epoch == 1)
    desk.update(status: "solved", by: "automation")
    desk.write("Where is my order LL-20411?")
    #expect(desk.theCase()?.humanHasCase == true)
  }

  @Test func theAutomationsOwnReplyIsNoTakeover() {
    var desk = Desk()
    desk.open("Hello there")
    let before = desk.theCase()
    desk.write("Hello, I am a machine", author: "automation")
    #expect(desk.theCase() == before)
    desk.update(status: "pending", by: "automation")
    #expect(desk.theCase()?.humanHasCase == false)
  }

  @Test(arguments: ["human", "martian"])
  func aChangeByAPersonIsATakeoverWithItsQueue(author: String) {
    var desk = Desk()
    desk.open("Hello there")
    desk.update(queue: "returns", assignee: "sam", by: author)
    #expect(desk.theCase()?.humanHasCase == true && desk.theCase()?.humanQueue == "returns")
    desk.update(assignee: "kim", by: author)
    #expect(desk.theCase()?.humanQueue == "returns")
  }

  @Test func aSolvedCaseThatOpensAgainHasANewBudgetAndItsMemory() throws {
    var desk = Desk()
    desk.order()
    #expect(desk.open("Where is my order LL-20411?").action == "resolve")
    #expect(desk.theCase()?.answersGiven == 1)
    desk.update(status: "solved", by: "automation")
    #expect(desk.theCase()?.isSolved == true)
    desk.later(hours: 1)
    let again = desk.write("Thanks. And when will it arrive?")
    #expect(again.fact("moment") == "reopened" && desk.theCase()?.answersGiven == 0)
    // The same answer would help no better (C17).
    #expect(again.action == "hand_off" && again.tripwires == ["repeat_contact"])
    let said = try #require(desk.theCase()).said.map(\.kind)
    #expect(said.prefix(4) == [.customerWrote, .automationAnswered, .solved, .reopened])
  }

  @Test func anErasedCustomerLeavesATombstoneAndIsNewAfterwards() throws {
    var desk = Desk()
    desk.order()
    desk.open("Where is my order LL-20411?", name: "Maren")
    #expect(desk.erase().all.isEmpty)
    #expect(desk.context() == nil && desk.shelf.customerCount == 0)
    let outputs = desk.open("Where is my order LL-20411?", ticket: "T2")
    #expect(outputs.decision?.string("orderId") == nil && outputs.decision?.string("previous") == nil)
    #expect(outputs.fact("order") == "unknown_number")
  }

  @Test func consentIsKeptUntilItIsChanged() {
    var desk = Desk()
    desk.open("Hello there", automation: false, tier: "vip")
    desk.open("Hello there", ticket: "T2")
    #expect(desk.context()?.consent.automation == false && desk.context()?.tier == "vip")
    desk.change(automation: true)
    #expect(desk.context()?.consent.automation == true && desk.context()?.tier == "vip")
  }

  @Test func aCustomerNotSeenForHalfAYearIsForgotten() {
    var desk = Desk()
    desk.order()
    desk.later(hours: 24 * 179)
    desk.passTime()
    #expect(desk.context() != nil)
    desk.later(hours: 48)
    desk.passTime()
    #expect(desk.context() == nil)
  }

  @Test func disruptionsAreReplacedEndedAndBounded() {
    var desk = Desk()
    desk.declare(next: 30)
    desk.declare(next: 60)
    #expect(desk.shelf.shared.disruptions.map(\.nextUpdateBy) == [hour(60)])
    desk.declare("short", until: 1)
    desk.later(hours: 2)
    for index in 0..<70 { desk.declare("d\(index)") }
    #expect(desk.shelf.shared.disruptions.count == SharedContext.disruptionsMax)
    #expect(!desk.shelf.shared.disruptions.contains { $0.disruption == "short" })
  }

  @Test func timeDoesNotGoBack() {
    var desk = Desk()
    desk.tell(Line(.timePassed, key: "*", id: "a", at: hour(5), [:]))
    desk.tell(Line(.timePassed, key: "*", id: "b", at: hour(3), [:]))
    #expect(desk.shelf.shared.time == hour(5))
  }

  @Test(arguments: [
    ("abc", 3, "abc"), ("abc", 2, "ab"), ("aé", 2, "a"), ("é", 1, ""), ("👩‍👩‍👧x", 10, ""), ("", 0, ""), ("ab", 9, "ab"),
  ])
  func aTextIsCutBetweenCharacters(text: String, count: Int, cut: String) {
    #expect(text.prefix(bytes: count) == cut)
  }
}
