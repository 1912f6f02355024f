import Events
import Testing

@testable import Triage

/// What happens when an order changes: notices before anybody asks, news for the person who has a case, and an answer that is
/// replaced when it no longer holds.
@Suite struct OrderChangeTests {
  private static let late = OrderState.with { $0.promised = -4 }
  private static let held = OrderState.with {
    $0.status = "on_hold"
    $0.carrier = nil
    $0.scanned = nil
    $0.addressProblem = true
  }

  // MARK: Before anybody asks

  @Test func aLateParcelWithANewDateIsToldOnce() throws {
    var desk = Desk()
    #expect(desk.order("LL-1", OrderState()).all.isEmpty)
    let outputs = desk.order("LL-1", Self.late)
    #expect(outputs.action == "notify" && outputs.step == "notice_new_date" && outputs.cause == "carrier_delay_dated")
    let notice = try #require(outputs.resolution)
    #expect(notice.string("kind") == "notice" && notice.string("language") == "en")
    #expect(notice.event.causationID == "e1" && notice.event.key.hasPrefix("notice_"))
    for part in ["acknowledgement", "resolvingFact", "nextStep", "humanExit", "disclosure"] {
      #expect(notice.string("parts", part)?.isEmpty == false, "\(part)")
    }
    #expect(desk.order("LL-1", .with { $0.promised = -5 }).all.isEmpty, "the same cause is no news")
  }

  @Test func aDisruptionIsExplainedAndItsNextUpdateIsOwed() throws {
    var desk = Desk()
    desk.declare(next: 30)
    let outputs = desk.order("LL-1", Self.late)
    #expect(outputs.step == "notice_disruption")
    desk.later(hours: 40)
    #expect(desk.passTime().insights.map { $0.string("kind") } == ["promise_broken"])
  }

  @Test func newsOfAParcelThatCameAreOwedToNobody() {
    var desk = Desk()
    desk.declare(next: 30)
    desk.order("LL-1", Self.late)
    desk.order("LL-1", .with { $0.status = "delivered" })
    desk.later(hours: 40)
    #expect(desk.passTime().all.isEmpty)
  }

  @Test func anAddressProblemGoesToAPersonBeforeTheCustomerNotices() throws {
    var desk = Desk()
    let outputs = desk.order("LL-1", Self.held)
    #expect(outputs.action == "hand_off" && outputs.queue == "orders" && outputs.resolution == nil)
    let summary = try #require(outputs.summary)
    #expect(summary.string("headline")?.contains("nobody has asked yet") == true)
    #expect(summary.string("recommendedAction", "action") == "correct_address")
  }

  @Test func aNoticeIsInTheLanguageTheCustomerWrites() {
    var desk = Desk()
    desk.open("Ich hätte gern eine Rechnung für meine letzte Bestellung, vielen Dank.", ticket: "T9")
    desk.update(ticket: "T9", status: "solved")
    #expect(desk.order("LL-1", Self.late).resolution?.string("language") == "de")
  }

  @Test func whoWantsNoMachineHearsNothing() {
    var desk = Desk()
    desk.open("Thanks, all good!", ticket: "T9", automation: false)
    desk.update(ticket: "T9", status: "solved")
    #expect(desk.order("LL-1", Self.late).all.isEmpty)
  }

  @Test func whoTalksToAPersonHearsItFromThem() {
    var desk = Desk()
    #expect(desk.open("I want to speak to a real person please.", ticket: "T9").action == "hand_off")
    #expect(desk.order("LL-1", Self.late).all.isEmpty)
  }

  @Test func anOlderReportIsNoNews() {
    var desk = Desk()
    let report = Line(
      .orderUpdated, key: "C1", id: "late-report", at: hour(-9),
      Self.late.data.merging(["orderId": "LL-1", "customerId": "C1"]) { $1 })
    desk.order("LL-1", OrderState())
    #expect(desk.tell(report).all.isEmpty)
  }

  @Test func whoAsksAfterANoticeDidNotComeTwice() {
    var desk = Desk()
    desk.order("LL-1", Self.late)
    let outputs = desk.open("Where is my order LL-1?")
    #expect(outputs.action == "resolve" && outputs.step == "tell_new_date" && outputs.tripwires.isEmpty)
  }

  // MARK: A case that a person has

  @Test func thePersonWithTheCaseGetsTheNewFactsAndNoMoreTime() throws {
    var desk = Desk()
    desk.order("LL-1", .with { $0.items = ["lamp"] })
    let first = desk.open("Please cancel my order LL-1, I no longer need it.")
    #expect(first.action == "hand_off" && first.queue == "orders")
    desk.later(hours: 2)
    let outputs = desk.order("LL-1", Self.held)
    #expect(outputs.action == "hand_off" && outputs.queue == "orders" && outputs.resolution == nil)
    let summary = try #require(outputs.summary)
    #expect(summary.string("supersedes") == first.decision?.string("decisionId"))
    #expect(summary.string("dueBy") == first.summary?.string("dueBy"))
    #expect(summary.string("headline")?.hasPrefix("Update: ") == true)
    #expect(summary.string("ticketId") == "T1" && summary.event.causationID == "e2")
    #expect(desk.order("LL-1", Self.held).all.isEmpty, "nothing changed")
  }

  @Test func newFactsMakeACaseNoLessUrgent() {
    var desk = Desk()
    desk.order("LL-1", OrderState())
    #expect(desk.open("The kettle from LL-1 caught fire and burned my hand.").urgency == "critical")
    let update = desk.order("LL-1", .with { $0.status = "delivered" })
    #expect(update.urgency == "critical" && update.summary?.string("reason")?.contains("has changed") == true)
  }

  @Test func aLaterMessageGivesNobodyMoreTime() {
    var desk = Desk()
    let first = desk.open("Please cancel my order, I no longer need it.")
    desk.later(hours: 2)
    let second = desk.write("Did you see my message? I also want to know about the voucher.")
    #expect(second.action == "hand_off")
    #expect(second.summary!.string("dueBy")! <= first.summary!.string("dueBy")!)
  }

  @Test func aSolvedCaseGetsNoNews() {
    var desk = Desk()
    desk.order("LL-1", OrderState())
    desk.open("Please cancel my order LL-1, I no longer need it.")
    desk.update(status: "solved")
    #expect(desk.order("LL-1", .with { $0.status = "delivered" }).all.isEmpty)
  }

  // MARK: An answer that no longer holds

  @Test func anAnswerIsReplacedWhenTheParcelIsHeldUp() throws {
    var desk = Desk()
    desk.order("LL-1", OrderState())
    let answer = desk.open("Where is my order LL-1?")
    #expect(answer.step == "tell_order_status")
    let outputs = desk.order("LL-1", Self.late)
    #expect(outputs.action == "notify" && outputs.step == "notice_new_date")
    #expect(outputs.decision?.string("supersedes") == answer.decision?.string("decisionId"))
    #expect(outputs.decision?.string("ticketId") == "T1")
  }

  @Test func anAnswerGoesToAPersonWhenTheOrderCannotLeave() {
    var desk = Desk()
    desk.order(
      "LL-1",
      .with {
        $0.status = "processing"; $0.carrier = nil; $0.scanned = nil
      })
    #expect(desk.open("Where is my order LL-1?").action == "resolve")
    let outputs = desk.order("LL-1", Self.held)
    #expect(outputs.action == "hand_off" && outputs.queue == "orders")
    #expect(outputs.decision?.string("ticketId") == "T1" && outputs.decision?.string("supersedes") != nil)
  }

  // MARK: Wishes that stay

  @Test func whoAsksForNoMachineIsRemembered() {
    var desk = Desk()
    desk.open("Please don't answer me with automated messages, I don't want a bot to handle my emails.", ticket: "T9")
    desk.update(ticket: "T9", status: "solved")
    desk.order("LL-1", OrderState())
    #expect(desk.open("Where is my order LL-1?").tripwires.contains("opt_out"))
    #expect(desk.order("LL-2", Self.late).all.isEmpty)
  }
}
