import Events
import Testing

@testable import Scorecard

@Suite struct ResolutionTests {
  private func resolution(_ told: [Told], at hours: Double) -> Resolution? {
    JourneyBook(told).card(at: hours).journeys.first?.resolution
  }

  @Test func anAnswerIsResolvedOnlyAfterThreeDaysOfSilence() {
    let told = Told.opened("t1", at: 0)
    #expect(resolution(told, at: 71) == .open)
    #expect(resolution(told, at: 72) == .silent(since: Told.time(0)))
  }

  @Test func aHandoverIsNotResolvedBySilence() {
    #expect(resolution(Told.opened("t1", at: 0, .handOff, queue: "delivery"), at: 500) == .open)
  }

  @Test func aQuestionIsNotResolvedBySilence() {
    #expect(resolution(Told.opened("t1", at: 0, .clarify), at: 500) == .open)
  }

  @Test func theStateOfTheTicketConfirms() {
    let told = Told.opened("t1", at: 0, .handOff, queue: "delivery") + [Told.status(.solved, "t1", at: 5)]
    #expect(resolution(told, at: 5) == .confirmed(at: Told.time(5)))
    #expect(resolution(told, at: 4) == .open)
  }

  @Test func aReopenedTicketWasNotResolved() {
    let told =
      Told.opened("t1", at: 0, .handOff, queue: "delivery")
      + [Told.status(.solved, "t1", at: 5), Told.status(.open, "t1", at: 9)]
    #expect(resolution(told, at: 10) == .takenBack(at: Told.time(9), resolved: Told.time(5)))
  }

  @Test func whoWritesAgainTakesTheAnswerBack() {
    let told = Told.opened("t1", at: 0) + Told.written("t1", at: 20, .handOff, queue: "delivery")
    #expect(resolution(told, at: 100) == .takenBack(at: Told.time(20), resolved: Told.time(0)))
  }

  @Test func thanksTakeNothingBack() {
    let told = Told.opened("t1", at: 0) + Told.written("t1", at: 20, .none, signals: ["thanks"])
    #expect(resolution(told, at: 100) == .silent(since: Told.time(0)))
  }

  @Test func theCustomerSaysThatItIsSettled() {
    let told = Told.opened("t1", at: 0) + Told.written("t1", at: 20, .none, signals: ["settled"])
    #expect(resolution(told, at: 21) == .confirmed(at: Told.time(20)))
  }

  @Test func comingBackWithTheSameMatterTakesBackAtThatTime() {
    let told = Told.opened("t1", at: 0) + Told.opened("t2", at: 100)
    #expect(resolution(told, at: 99) == .silent(since: Told.time(0)))
    #expect(resolution(told, at: 100) == .takenBack(at: Told.time(100), resolved: Told.time(0)))
  }

  @Test func comingBackAfterAWeekIsAnotherMatter() {
    let told = Told.opened("t1", at: 0) + Told.opened("t2", at: 7 * 24 + 1)
    #expect(resolution(told, at: 200) == .silent(since: Told.time(0)))
  }

  @Test(arguments: [("refund_status", "o1"), ("order_status", "o2")])
  func anotherMatterOrAnotherOrderIsNoRepeat(intent: String, order: String) {
    let told = Told.opened("t1", at: 0, order: "o1") + Told.opened("t2", at: 100, intent: intent, order: order)
    #expect(resolution(told, at: 200) == .silent(since: Told.time(0)))
  }

  @Test func anotherCustomerIsNoRepeat() {
    let told = Told.opened("t1", at: 0) + Told.opened("t2", by: "c2", at: 100)
    #expect(resolution(told, at: 200) == .silent(since: Told.time(0)))
  }

  @Test func anOutcomeSaysWhichItIs() throws {
    let opened = Told.opened("t1", at: 0, .handOff, queue: "delivery")
    let reached = try Told.feedback(#""ticketId":"t1""#, "outcome", #""refunded""#, at: 4)
    let missed = try Told.feedback(#""ticketId":"t1""#, "outcome", #""not_solved""#, at: 6)
    #expect(resolution(opened + [reached], at: 5) == .confirmed(at: Told.time(4)))
    #expect(resolution(opened + [reached, missed], at: 7) == .takenBack(at: Told.time(6), resolved: Told.time(4)))
  }
}
