import Events
import TestSupport
import Testing

@testable import Scorecard

/// Alerts are judged by what came after them, in event time.
@Suite struct AlertPrecisionTests {
  private func alert(
    _ kind: InsightRaised.Kind, _ ticket: String, by customer: String = "c1", at hours: Double, sign: String? = nil
  ) -> RecordedAlert {
    RecordedAlert(
      id: "ins-\(kind)-\(ticket)-\(hours)", kind: kind, sign: sign, ticket: TicketID(ticket),
      customer: CustomerID(customer), time: Told.time(hours))
  }

  private func precision(_ told: [Told], _ alerts: [RecordedAlert], asOf days: Double) throws -> Share {
    var book = JourneyBook(told)
    for alert in alerts { book.take(alert) }
    let rows = book.alertPrecision(until: Told.time(10_000), asOf: Told.time(24 * days))
    let row = try #require(rows.first { $0.kind == alerts[0].kind && $0.sign == nil })
    #expect(row.raised == alerts.count)
    return row.right
  }

  private let right = Share(hits: 1, total: 1)
  private let wrong = Share(hits: 0, total: 1)
  private let open = Share()

  /// A case that must be answered within eight hours, and the alert after six.
  private func handedOver() -> [Told] {
    Told.opened("t1", by: "c1", at: 0, .handOff, queue: "delivery")
      + [
        .decision(
          RecordedDecision(
            id: "dec-due", ticket: TicketID("t1"), customer: CustomerID("c1"), time: Told.time(0.1), action: .handOff,
            queue: "delivery", intent: "order_status", dueBy: Told.time(8)))
      ]
  }

  private func agent(_ ticket: String, at hours: Double) -> Told {
    Told.event(
      .ticketMessage(
        TicketMessage(ticket: TicketID(ticket), customer: CustomerID("c1"), author: .agent, body: "")),
      "agent-\(hours)", hours, "c1")
  }

  // MARK: Escalation

  @Test func aDeadlineThatPassesInSilenceWasRightlyFeared() throws {
    let alerts = [alert(.escalationRisk, "t1", at: 6, sign: "deadline_near")]
    #expect(try precision(handedOver(), alerts, asOf: 0.3) == open)
    #expect(try precision(handedOver(), alerts, asOf: 0.5) == right)
    #expect(try precision(handedOver() + [agent("t1", at: 9)], alerts, asOf: 30) == right)
  }

  @Test func anAnswerInTimeMakesItWrongUnlessTheCustomerComesBackAngry() throws {
    let alerts = [alert(.escalationRisk, "t1", at: 6)]
    let answered = handedOver() + [agent("t1", at: 7)]
    #expect(try precision(answered, alerts, asOf: 6) == open)
    #expect(try precision(answered, alerts, asOf: 8) == wrong)
    #expect(try precision(answered + [Told.status(.solved, "t1", at: 7.5)], alerts, asOf: 8) == wrong)
    let angry = Told.written("t1", by: "c1", at: 30, .handOff, queue: "delivery", sentiment: -2)
    #expect(try precision(answered + angry, alerts, asOf: 8) == right)
    let asking = Told.written("t1", by: "c1", at: 30, .handOff, queue: "delivery", signals: ["wants_human"])
    #expect(try precision(answered + asking, alerts, asOf: 8) == right)
    let late = Told.written("t1", by: "c1", at: 24 * 8, .handOff, queue: "delivery", sentiment: -2)
    #expect(try precision(answered + late, alerts, asOf: 30) == wrong)
  }

  // MARK: Leaving

  @Test(arguments: ["cancel_order", "delete_account"])
  func whoCancelsWithinAMonthHadSaidSo(intent: String) throws {
    let alerts = [alert(.churnRisk, "t1", at: 1)]
    let story = Told.opened("t1", by: "c1", at: 1, .handOff, queue: "care")
    #expect(try precision(story, alerts, asOf: 20) == open)
    #expect(try precision(story, alerts, asOf: 31) == wrong)
    let leaves = Told.opened("t2", by: "c1", at: 24 * 20, .handOff, queue: "orders", intent: intent)
    #expect(try precision(story + leaves, alerts, asOf: 21) == right)
    let another = Told.opened("t2", by: "c2", at: 24 * 20, .handOff, queue: "orders", intent: intent)
    #expect(try precision(story + another, alerts, asOf: 31) == wrong)
    let later = Told.opened("t2", by: "c1", at: 24 * 32, .handOff, queue: "orders", intent: intent)
    #expect(try precision(story + later, alerts, asOf: 40) == wrong)
  }

  @Test func whoAsksToBeForgottenHasLeft() throws {
    let alerts = [alert(.churnRisk, "t1", at: 1)]
    let story = Told.opened("t1", by: "c1", at: 1, .handOff, queue: "care")
    #expect(try precision(story + [try Told.erased("c1", at: 24 * 3)], alerts, asOf: 4) == right)
    #expect(try precision(story + [try Told.erased("c1", at: 24 * 3)], alerts, asOf: 2) == open)
  }

  // MARK: Friction

  @Test func frictionThatIsFeltIsSeenInTheWeekAfter() throws {
    let alerts = [alert(.friction, "t1", at: 10, sign: "question_left")]
    let story = Told.opened("t1", by: "c1", at: 1, .clarify)
    #expect(try precision(story, alerts, asOf: 5) == open)
    #expect(try precision(story, alerts, asOf: 9) == wrong)
    #expect(try precision(story + Told.opened("t2", by: "c1", at: 60, .handOff, queue: "d"), alerts, asOf: 9) == right)
    let otherMatter = Told.opened("t2", by: "c1", at: 60, .handOff, queue: "d", intent: "invoice")
    #expect(try precision(story + otherMatter, alerts, asOf: 9) == wrong)
    let thumb = try Told.feedback(#""ticketId":"t1""#, "thumbs", #""down""#, at: 40)
    #expect(try precision(story + [thumb], alerts, asOf: 9) == right)
    #expect(try precision(story + Told.written("t1", by: "c1", at: 30, .none, sentiment: 1), alerts, asOf: 9) == wrong)
  }

  @Test func ofWhoIsForgottenNobodyCanSayThatNothingCame() throws {
    let alerts = [alert(.friction, "t1", at: 10)]
    let told = Told.opened("t1", by: "c1", at: 1) + [try Told.erased("c1", at: 40)]
    #expect(try precision(told, alerts, asOf: 30) == open)
  }

  // MARK: The whole

  @Test(arguments: 0..<20) func theOrderOfTellingAndRepeatsChangeNothing(seed: UInt64) throws {
    var random = Dice(seed: seed)
    let told =
      handedOver() + Told.opened("t2", by: "c2", at: 5) + Told.opened("t3", by: "c2", at: 50, intent: "cancel_order")
    let alerts = [
      alert(.escalationRisk, "t1", at: 6, sign: "deadline_near"), alert(.friction, "t1", at: 8, sign: "long_wait"),
      alert(.churnRisk, "t2", by: "c2", at: 5, sign: "words_of_leaving"), alert(.promiseBroken, "t2", by: "c2", at: 9),
    ]
    var (one, other) = (JourneyBook(told), JourneyBook(told.shuffled(using: &random)))
    for alert in alerts { one.take(alert) }
    for alert in (alerts + alerts).shuffled(using: &random) { other.take(alert) }
    let expected = one.alertPrecision(until: Told.time(1_000), asOf: Told.time(1_000))
    #expect(expected.count == 7 && expected.first { $0.kind == .promiseBroken }?.raised == 1)
    #expect(other.alertPrecision(until: Told.time(1_000), asOf: Told.time(1_000)) == expected)
  }

  @Test func theReportShowsPrecisionWithItsDefinition() throws {
    var book = JourneyBook(handedOver())
    book.take(alert(.escalationRisk, "t1", at: 6, sign: "deadline_near"))
    let report = Report(of: book, from: Told.time(0), until: Told.time(24), asOf: Told.time(24))
    #expect(report.alerts.map(\.sign) == [nil, "deadline_near"])
    #expect(report.alerts.allSatisfy { $0.precision == 1 && $0.judged == 1 && $0.raised == 1 })
    #expect(report.alerts[0].definition.contains("deadline passed"))
    for kind in InsightRaised.Kind.allCases { #expect(AlertPrecision.definition(of: kind).hasSuffix(".")) }
  }

  @Test func anAlertIsReadAsItIsWritten() throws {
    let insight = InsightRaised(
      insight: "ins_1", kind: .friction, sign: .longWait, subject: "t1", customer: CustomerID("c1"),
      ticket: TicketID("t1"), reason: "Long.", decision: nil)
    let cause = Envelope(id: "e", source: "/clock", type: "heed.time.passed.v1", time: Told.time(3))
    let output = OutputEvent(
      to: .insights, type: .insightRaised, id: "ins_1", key: "t1", correlationID: "t1", cause: cause,
      data: insight.encoded())
    let read = RecordedAlert(try JSONTree(reading: output.structured()))
    #expect(
      read
        == RecordedAlert(
          id: "ins_1", kind: .friction, sign: "long_wait", ticket: TicketID("t1"), customer: CustomerID("c1"),
          time: Told.time(3)))
  }
}
