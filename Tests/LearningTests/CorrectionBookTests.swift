import Events
import Testing

@testable import Learning

@Suite struct CorrectionBookTests {
  private func agreement(_ desk: Desk, _ aspect: Claim.Aspect) -> Agreement? { desk.judged.first?.agreements[aspect] }

  @Test func mostAgentsAreBelievedAndEachHasOneVoice() {
    var desk = Desk()
    let decision = desk.decided(ticket: "T1")
    for _ in 0..<5 { desk.says("ada", .intent, "complaint", about: decision) }
    desk.says("ben", .intent, "refund_request", about: decision)
    desk.says("cem", .intent, "refund_request", about: decision)
    guard case .agreed(let claim, let agents, let at) = agreement(desk, .intent) else {
      return #expect(Bool(false), "two against one agree")
    }
    #expect(claim == .intent("refund_request") && agents == ["ben", "cem"] && at == minute(8))
  }

  @Test func whoSaysSomethingElseLaterHasChangedTheirMind() {
    var desk = Desk()
    let decision = desk.decided(ticket: "T1")
    desk.says("ada", .intent, "complaint", about: decision)
    desk.says("ada", .intent, "invoice", about: decision)
    #expect(agreement(desk, .intent) == .agreed(.intent("invoice"), agents: ["ada"], at: minute(3)))
  }

  @Test func oneAgainstOneIsAContradiction() {
    var desk = Desk()
    let decision = desk.decided(ticket: "T1")
    desk.says("ada", .intent, "complaint", about: decision)
    desk.says("ben", .intent, "invoice", about: decision)
    #expect(agreement(desk, .intent) == .contradictory)
  }

  @Test func thoseWhoAreNotNamedAreOnePerson() {
    var desk = Desk()
    let decision = desk.decided(ticket: "T1")
    for _ in 0..<9 { desk.says(nil, .intent, "complaint", about: decision) }
    desk.says("ben", .intent, "invoice", about: decision)
    #expect(agreement(desk, .intent) == .contradictory)
  }

  @Test func customersAndBotsCorrectNothing() {
    var desk = Desk()
    let decision = desk.decided(ticket: "T1")
    desk.says("x", .intent, "complaint", about: decision, as: .customer)
    desk.says("x", .intent, "complaint", about: decision, as: .unknown)
    desk.moves("x", "T1", to: "care", by: .automation)
    desk.moves("x", "T1", to: "care", by: .unknown)
    desk.says("x", .sentiment, "7", about: decision)
    desk.says("x", .signal, "sunshine", about: decision)
    desk.says("x", .deadline, "soon", about: decision)
    #expect(desk.judged.count == 1 && desk.judged.allSatisfy { !$0.isJudged })
  }

  @Test func aMovedTicketCorrectsTheLastDecisionOnIt() {
    var desk = Desk()
    desk.decided(ticket: "T1")
    let second = desk.decided(ticket: "T1")
    desk.moves("ada", "T1", to: "orders")
    desk.decided(ticket: "T1")
    let corrected = desk.judged.filter(\.isJudged)
    #expect(corrected.map(\.decided.id) == [second])
    #expect(corrected.first?.agreements == [.queue: .agreed(.queue("orders"), agents: ["ada"], at: minute(3))])
  }

  @Test func whoAskedToBeForgottenIsInNothing() {
    var desk = Desk()
    let decision = desk.decided(ticket: "T1", customer: "gone")
    desk.says("ada", .intent, "complaint", about: decision)
    #expect(desk.judged.count == 1)
    desk.forget("gone")
    #expect(desk.judged.isEmpty)
  }

  /// Under whatever id they ask, and in whatever order it is told; an id of two customers joins nobody.
  @Test(arguments: ["desk:7", "shop:8", "mail"]) func whoIsLinkedIsForgottenUnderAllIDs(asks: String) {
    var desk = Desk()
    for id in ["desk:7", "shop:8", "mail", "other"] {
      desk.says("ada", .intent, "complaint", about: desk.decided(ticket: "T of \(id)", customer: id))
    }
    desk.link("desk:7", to: "mail")
    desk.link("shop:8", to: "mail")
    desk.link("phone", to: "mail")
    desk.link("phone", to: "other")
    desk.forget(asks)
    #expect(desk.judged.map(\.decided.customer.text) == ["other"])
    #expect(Desk.judged(desk.events.reversed(), desk.decisions) == desk.judged)
  }

  @Test func theOrderInWhichItIsToldDoesNotMatter() {
    var desk = Desk()
    for ticket in 0..<20 {
      let decision = desk.decided(ticket: "T\(ticket)")
      desk.says("ada", .intent, ticket % 2 == 0 ? "complaint" : "invoice", about: decision)
      desk.says("ben", .intent, ticket % 3 == 0 ? "complaint" : "invoice", about: decision)
      desk.moves("cem", "T\(ticket)", to: "care")
    }
    let judged = desk.judged
    #expect(judged.contains { $0.agreements[.intent] == .contradictory })
    #expect(Desk.judged(desk.events.reversed() + desk.events, desk.decisions.reversed() + desk.decisions) == judged)
  }

  @Test func aRecordedDecisionIsRead() throws {
    let line = """
      {"specversion":"1.0","id":"d","type":"heed.decision.made.v1","time":"2026-03-02T10:00:00Z","data":{"decisionId":"d","ticketId":"t",\
      "customerId":"c","action":"hand_off","step":"refund","queue":"billing","urgency":"high","reading":{"intents":[{"name":"refund_request",\
      "probability":0.9,"band":"high"}],"candidates":["refund_request","refund_status"],"signals":[{"name":"churn","spans":[]}]},\
      "facts":{"intent":"none"},"rule":"default","versions":{"policy":"7+abc"}}}
      """
    let decided = try #require(try DecidedCase(structured: Array(line.utf8)))
    #expect(decided.intent == "none" && decided.possible == ["refund_request", "refund_status"])
    #expect(
      decided.band == .high && decided.queue == "billing" && decided.urgency == .high && decided.policy == "7+abc")
    #expect(decided.signals == ["churn"])
    let other = line.replacing("heed.decision.made.v1", with: "heed.insight.raised.v1")
    #expect(try DecidedCase(structured: Array(other.utf8)) == nil)
    #expect(throws: DecodingFailure.self) {
      try DecidedCase(structured: Array(line.replacing("\"ticketId\":\"t\",", with: "").utf8))
    }
  }
}
