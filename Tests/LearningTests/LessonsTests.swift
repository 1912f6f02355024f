import Events
import Foundation
import Testing
import Trainer

@testable import Learning

@Suite struct LessonsTests {
  @Test func aCorrectionBecomesARowThatSaysWhereItComesFrom() throws {
    var desk = Desk()
    let decision = desk.decided(
      "Please call me on +49 151 23456789 about the bill", subject: "Bill", ticket: "T1", signals: ["churn", "press"])
    desk.says("ben", .intent, "payment_issue", about: decision)
    desk.says("ada", .intent, "payment_issue", about: decision)
    desk.says("ada", .sentiment, "-1", about: decision)
    desk.says("ada", .pressure, "pressing", about: decision)
    desk.says("ada", .noSignal, "press", about: decision)
    desk.says("ada", .signal, "wants_human", about: decision)
    let row = try #require(desk.harvest().rows.first)
    #expect(row.labelled.intents == ["payment_issue"] && row.labelled.sentiment == .level(-1))
    #expect(row.labelled.pressure == "pressing" && row.labelled.signals == ["churn", "wants_human"])
    #expect(row.labelled.text == "Please call me on [phone] about the bill")
    #expect(row.agents == ["ada", "ben"] && row.at == minute(7) && row.ticket.text == "T1" && row.decision == decision)
    // The line is one of a label file.
    let read = try LabelledText.rows(of: Data(row.line), source: "")
    #expect(read == [row.labelled])
  }

  @Test func aRerouteTeachesOnlyTheOneMatterOfThatQueueThatWasHeldPossible() {
    func intents(_ possible: [String], to queue: String) -> [String]? {
      var desk = Desk()
      desk.decided("where is the money", ticket: "T1", possible: possible)
      desk.moves("ada", "T1", to: queue)
      return desk.harvest().rows.first?.labelled.intents
    }
    #expect(intents(["invoice", "delivery_issue"], to: "delivery") == ["delivery_issue"])
    #expect(intents(["invoice", "delivery_issue", "order_status"], to: "delivery") == nil)
    #expect(intents(["invoice"], to: "delivery") == nil)
    #expect(intents(["invoice"], to: "billing") == nil)
    #expect(intents(["invoice", "complaint"], to: "no such queue") == nil)
  }

  @Test func whatCannotTeachIsLeftOutAndCounted() {
    var desk = Desk()
    func note(_ body: String, _ ticket: String, _ said: [(String, String)], customer: String? = nil) {
      let decision = desk.decided(body, ticket: ticket, customer: customer)
      for (agent, intent) in said { desk.says(agent, .intent, intent, about: decision) }
    }
    note("one", "T1", [("ada", "complaint"), ("ben", "invoice")])
    note("two", "T2", [("ada", "teleport")])
    note("+49 151 23456789", "T3", [("ada", "complaint")])
    note("?!", "T4", [("ada", "complaint")])
    note("same words", "T5", [("ada", "complaint")])
    note("same words", "T6", [("ada", "complaint")])
    note("other words", "T7", [("ada", "complaint")])
    note("other words", "T8", [("ada", "invoice")])
    note("forgotten words", "T9", [("ada", "complaint")], customer: "gone")
    desk.forget("gone")
    let queue = desk.decided("a queue alone", ticket: "T10")
    desk.says("ada", .boundary, "never", about: queue)
    let harvest = desk.harvest()
    #expect(Set(harvest.rows.map(\.labelled.text)) == ["same words"])
    #expect(
      harvest.omissions == [.contradictory: 3, .unknownLabel: 1, .noWords: 2, .duplicate: 1, .noLabel: 1])
  }

  /// The poisoning guard: one agent who labels everything, one customer who writes everything.
  @Test func nobodySteersTheModelAlone() {
    var desk = Desk()
    for ticket in 0..<200 {
      let decision = desk.decided("message number \(ticket)", ticket: "T\(ticket)", customer: "C\(ticket / 2)")
      desk.says("mallory", .intent, "other", about: decision)
    }
    for ticket in 200..<240 {
      let decision = desk.decided("message number \(ticket)", ticket: "T\(ticket)", customer: "one customer")
      desk.says("agent \(ticket)", .intent, "complaint", about: decision)
    }
    for ticket in 240..<260 {
      let decision = desk.decided("message number \(ticket)", ticket: "T\(ticket)")
      desk.says("mallory", .intent, "invoice", about: decision)
      desk.says("ada", .intent, "invoice", about: decision)
    }
    let harvest = desk.harvest()
    #expect(harvest.rows.count { $0.labelled.intents == ["other"] } == RowLimits().perAgent)
    #expect(harvest.rows.count { $0.customer.text == "one customer" } == RowLimits().perCustomer)
    #expect(harvest.rows.count { $0.labelled.intents == ["invoice"] } == 20)
    #expect(harvest.omissions == [.capped: 150 + 35])
  }

  @Test func theSameCorrectionsGiveTheSameRowsInWhateverOrder() {
    var desk = Desk()
    for ticket in 0..<60 {
      let decision = desk.decided("message number \(ticket % 50)", ticket: "T\(ticket)", customer: "C\(ticket % 7)")
      desk.says("ada", .intent, "complaint", about: decision)
    }
    let limits = RowLimits()
    let harvest = desk.harvest(limits)
    #expect(harvest.rows.count == 35)
    #expect(desk.harvest(limits, order: desk.events.reversed()) == harvest)
  }

  @Test func aTicketIsHeldOutWithAllItsMessages() {
    var desk = Desk()
    for message in 0..<300 {
      let decision = desk.decided("message number \(message)", ticket: "T\(message % 100)")
      desk.says("agent \(message)", .intent, "complaint", about: decision)
    }
    let rows = desk.harvest().rows
    #expect(rows.count == 300)
    #expect(Dictionary(grouping: rows, by: \.ticket).values.allSatisfy { Set($0.map(\.isHeldOut)).count == 1 })
    #expect((30...90).contains(rows.count(where: \.isHeldOut)))
  }
}
