import Classifier
import Events
import Policy
import Streams
import Testing

@testable import Triage

/// What one customer's story shows before it becomes worse, whatever model read it: signals, each once, and never an action.
@Suite struct StoryAlertsTests {
  private struct GivenReader: TicketReader {
    let version = "given"
    let readings: [String: Reading]
    func read(_ message: Message) -> Reading { readings[message.body] ?? Reading(abstention: .unclear) }
  }

  private func reading(_ intent: String?, feels level: Int = 0, _ signals: String...) -> Reading {
    var reading = Reading(abstention: .unclear)
    reading.language = Reading.Language(tag: "en", probability: 1000)
    if let intent {
      reading.abstention = nil
      reading.intents = [Reading.Intent(name: intent, probability: 900, band: .high)]
    }
    reading.sentiment = Reading.Sentiment(level: level, score: level * 400)
    reading.signals = signals.map { Reading.Signal(name: $0, spans: []) }
    return reading
  }

  private func desk() -> Desk {
    let readings = [
      "broken": reading("product_issue"), "still broken": reading("product_issue", feels: -1),
      "answer me": reading("product_issue", "frustration"), "any news": reading("product_issue"),
      "where": reading("order_status"), "where, angrily": reading("order_status", feels: -1),
      "leaving": reading("complaint", feels: -1, "churn"), "cancel": reading("cancel_order"),
      "close it": reading("delete_account"), "invoice": reading("invoice", feels: -1),
      "coupon": reading("coupon_promo", feels: -1), "refund": reading("refund_status"),
      "lost": reading("order_status", "confusion"),
      "hm": reading(nil),
    ]
    return Desk(TicketPipeline(reader: GivenReader(readings: readings), policy: pipeline.policy))
  }

  private func signs(_ outputs: Outputs) -> [String] { outputs.insights.compactMap { $0.string("sign") } }
  private func due(_ outputs: Outputs) throws -> Timestamp {
    try #require(outputs.decision?.string("dueBy").flatMap { Timestamp(rfc3339: $0) })
  }

  // MARK: Escalation

  @Test func aDeadlineThatComesNearIsRaisedOnceAndTheWaitBeyondItOnce() throws {
    var desk = desk()
    let outputs = desk.open("broken")
    let due = try due(outputs)
    let hours = Int(due.seconds(since: desk.now) / 3_600)
    #expect(outputs.action == "hand_off" && outputs.insights.isEmpty && hours >= 8)
    desk.later(hours: hours - 6)
    #expect(desk.passTime().insights.isEmpty)
    desk.later(hours: 3)
    let near = desk.passTime()
    #expect(signs(near) == ["deadline_near"] && near.insights.first?.string("kind") == "escalation_risk")
    let reason = try #require(near.insights.first?.string("reason"))
    #expect(reason.hasSuffix("must answer by \(due.rfc3339), and nobody has written yet."))
    #expect(near.insights.first?.string("decisionId") == outputs.decision?.string("decisionId"))
    #expect(desk.passTime().insights.isEmpty)
    desk.later(hours: 4)
    let long = desk.passTime()
    #expect(signs(long) == ["long_wait"] && long.insights.first?.string("kind") == "friction")
    desk.later(hours: 90)
    #expect(desk.passTime().insights.isEmpty)
  }

  @Test(arguments: ["agent", "solved", "erased"])
  func whoIsAnsweredOrGoneWaitsNoMore(how: String) {
    var desk = desk()
    desk.open("broken")
    switch how {
    case "agent": desk.write("I see to it", author: "agent")
    case "solved": desk.update(status: "solved")
    default: desk.erase()
    }
    for _ in 0..<6 {
      desk.later(hours: 20)
      #expect(desk.passTime().insights.isEmpty)
    }
  }

  @Test func aDeadlineOfAnEarlierWaitIsNoDeadlineOfTheNext() {
    var desk = desk()
    desk.open("broken")
    desk.write("I see to it", author: "agent")
    desk.later(hours: 100)
    desk.passTime()
    desk.write("any news")
    desk.later(hours: 30)
    #expect(desk.passTime().insights.isEmpty)
  }

  @Test func aTickThatComesTooLateTellsOfTheWaitAlone() throws {
    var desk = desk()
    desk.open("broken")
    desk.later(hours: 200)
    #expect(signs(desk.passTime()) == ["long_wait"])
    #expect(desk.passTime().insights.isEmpty)
  }

  @Test func whoWaitsAndGetsMoreUpsetIsRaisedBeforeTheDeadline() throws {
    var desk = desk()
    desk.open("broken")
    #expect(desk.write("any news").insights.isEmpty)
    let outputs = desk.write("still broken")
    #expect(signs(outputs) == ["more_upset"])
    #expect(outputs.insights.first?.string("reason")?.contains("has written again, and is more upset") == true)
    #expect(desk.write("answer me").insights.isEmpty)
  }

  @Test func impatienceIsEnough() {
    var desk = desk()
    desk.open("broken")
    #expect(signs(desk.write("answer me")) == ["more_upset"])
  }

  @Test func whoHasAnAnswerIsNotWaiting() {
    var desk = desk()
    desk.open("broken")
    desk.write("I see to it", author: "agent")
    #expect(desk.write("still broken").insights.isEmpty)
  }

  // MARK: Leaving

  @Test func whoSpeaksOfLeavingIsRaisedOnceAMonthAndNothingIsDoneAboutIt() throws {
    var desk = desk()
    let outputs = desk.open("leaving")
    #expect(signs(outputs) == ["words_of_leaving"] && outputs.insights.first?.string("kind") == "churn_risk")
    #expect(outputs.action == "hand_off" && outputs.resolution == nil)
    #expect(desk.open("leaving", ticket: "T2").insights.allSatisfy { $0.string("kind") != "churn_risk" })
    desk.later(hours: 31 * 24)
    desk.passTime()
    #expect(signs(desk.open("leaving", ticket: "T3")).contains("words_of_leaving"))
  }

  @Test func cancellingIsASignAfterTroubleAndNotByItself() {
    var desk = desk()
    desk.order()
    #expect(desk.open("cancel").insights.isEmpty)
    var other = self.desk()
    other.order("LL-20411", .with { $0.status = "exception" })
    let outputs = other.open("cancel")
    #expect(signs(outputs) == ["cancels_after_trouble"])
    #expect(outputs.insights.first?.string("reason")?.contains("the order is in trouble (exception)") == true)
    var upset = self.desk()
    upset.open("where, angrily", ticket: "T1")
    #expect(signs(upset.open("close it", ticket: "T2")) == ["cancels_after_trouble"])
  }

  @Test func theThirdUpsetTicketWithinAMonthIsASign() throws {
    var desk = desk()
    #expect(desk.open("invoice", ticket: "T1").insights.isEmpty)
    #expect(desk.open("coupon", ticket: "T2").insights.isEmpty)
    let outputs = desk.open("where, angrily", ticket: "T3")
    #expect(signs(outputs) == ["keeps_coming"])
    #expect(outputs.insights.first?.string("reason")?.contains("3 tickets within a month") == true)
    var slow = self.desk()
    for (ticket, body) in [("T1", "invoice"), ("T2", "coupon"), ("T3", "where, angrily")] {
      #expect(slow.open(body, ticket: ticket).insights.allSatisfy { $0.string("kind") != "churn_risk" })
      slow.later(hours: 20 * 24)
    }
  }

  // MARK: Friction

  @Test func whoMustSayItAgainIsRaisedOnce() {
    var desk = desk()
    desk.order()
    #expect(desk.open("where").action == "resolve")
    let outputs = desk.write("lost")
    #expect(signs(outputs) == ["said_again"])
    #expect(desk.write("lost").insights.allSatisfy { $0.string("sign") != "said_again" })
  }

  @Test func aQuestionAskedInTwoTicketsIsFriction() {
    var desk = desk()
    let asked = desk.open("where", ticket: "T1")
    desk.later(hours: 2)
    let again = desk.open("refund", ticket: "T2")
    #expect(asked.action == "clarify" && again.action == "clarify" && asked.step == again.step)
    #expect(asked.insights.isEmpty && signs(again) == ["asked_again"])
  }

  @Test func anAnswerWeCannotUseMakesAPersonAskAgain() {
    var desk = desk()
    #expect(desk.open("where").action == "clarify")
    let outputs = desk.write("hm")
    #expect(outputs.action == "hand_off" && signs(outputs) == ["asked_again"])
    // With the shipped model, which sees the number.
    var other = Desk()
    other.order()
    other.order("LL-20412")
    #expect(other.open("Where is my order?").action == "clarify")
    #expect(signs(other.write("LL-20412")) == [])
  }

  @Test func aQuestionThatIsLeftForThreeDaysIsRaisedOnce() {
    var desk = desk()
    #expect(desk.open("where").action == "clarify")
    desk.later(hours: 71)
    #expect(desk.passTime().insights.isEmpty)
    desk.later(hours: 2)
    #expect(signs(desk.passTime()) == ["question_left"])
    desk.later(hours: 200)
    #expect(desk.passTime().insights.isEmpty)
  }

  // MARK: The same everywhere

  @Test func aReopenedCaseCanBeRaisedAgain() throws {
    var desk = desk()
    desk.open("broken")
    desk.later(hours: 200)
    #expect(signs(desk.passTime()) == ["long_wait"])
    desk.update(status: "solved")
    desk.write("still broken")
    desk.later(hours: 200)
    #expect(signs(desk.passTime()).contains("long_wait"))
  }

  /// Each alert has an id of its own that depends on the log alone; and no words of the customer are in it.
  @Test func everyAlertHasItsOwnIDAndTellsNothingOfWhatWasWritten() {
    var desks = [desk(), desk()]
    var ids: [[String]] = [[], []]
    for index in desks.indices {
      for customer in ["C1", "C2", "C3"] {
        desks[index].open("broken", ticket: "T-\(customer)", by: customer)
        desks[index].open("leaving", ticket: "L-\(customer)", by: customer)
      }
      desks[index].later(hours: 200)
      let insights = desks[index].passTime().insights
      ids[index] = insights.map(\.event.id)
      #expect(insights.count == 6)
      for insight in insights {
        #expect(insight.string("insightId") == insight.event.id && insight.string("customerId") != nil)
        for word in ["broken", "leaving"] { #expect(insight.string("reason")?.contains(word) == false) }
      }
    }
    #expect(Set(ids[0]).count == 6 && ids[0] == ids[1])
  }

  @Test func whatWasRaisedCostsAContextAFewBytes() {
    var desk = desk()
    desk.open("leaving")
    var before = desk.context()!
    let bytes = before.encoded().count
    before.churnRaisedAt = nil
    before.cases[0].raised = []
    #expect(bytes - before.encoded().count <= 10)
  }
}
