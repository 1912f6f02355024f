import Events
import TestSupport
import Testing

@testable import Scorecard

@Suite struct TrendAlertTests {
  /// One ticket a day, and surges.
  private static func story(days: Int, surges: [Int: Int]) -> [Told] {
    (0..<days).flatMap { day in
      (0..<(surges[day] ?? 1)).flatMap { number in
        Told.opened("t\(day)-\(number)", by: "c\(day)-\(number)", at: Double(day) * 24 + 1, intent: "product_issue")
      }
    }
  }

  private static func insights(_ told: [Told], days: Int) throws -> [JSONTree] {
    var card = LiveScorecard()
    for item in told { card.take(item) }
    var insights: [JSONTree] = []
    while let midnight = card.midnightToClose(upTo: Told.time(Double(days) * 24)) {
      for output in card.close(at: midnight) where output.type == .insightRaised {
        insights.append(try JSONTree(reading: output.structured()))
      }
    }
    return insights
  }

  @Test func aTrendIsRaisedOnceAtTheEndOfItsDayAndSaysWhy() throws {
    let insights = try Self.insights(Self.story(days: 36, surges: [33: 14]), days: 40)
    #expect(insights.count == 1)
    let data = try #require(insights.first?["data"])
    #expect(insights.first?["time"]?.text == Told.time(34 * 24).rfc3339)
    #expect(data["kind"]?.text == "trend" && data["subject"]?.text == "product_issue")
    let reason = try #require(data["reason"]?.text)
    #expect(reason.contains("14 tickets about product_issue on 1970-02-03, where 1 a day were usual"))
    #expect(reason.hasSuffix("No such alert before can be judged yet."))
  }

  @Test func anAlertSaysHowOftenSuchAlertsWereRightBefore() throws {
    // A surge that went on, one that was over the next day, and then one more.
    let surges = [33: 14, 34: 9, 35: 9, 36: 9, 60: 30, 70: 40]
    let insights = try Self.insights(Self.story(days: 72, surges: surges), days: 75)
    let reason = try #require(insights.last?["data"]?["reason"]?.text)
    #expect(reason.hasSuffix("went on in the three days after."))
    var card = LiveScorecard()
    for item in Self.story(days: 72, surges: surges) { card.take(item) }
    let alerts = TrendAlerts(Scorecard(of: card.book, asOf: Told.time(71 * 24)), card.book)
    let record = alerts.record(before: 70, since: 28)
    #expect(record.total >= 2 && record.hits >= 1 && record.hits < record.total)
    #expect(reason.contains("Of \(record.total) such alerts before, \(record.hits) "))
  }

  @Test func whatWasRaisedBeforeARestartIsNotRaisedAgain() throws {
    let told = Self.story(days: 36, surges: [33: 14])
    var card = LiveScorecard()
    for item in told { card.take(item) }
    var lines: [[UInt8]] = []
    while let midnight = card.midnightToClose(upTo: Told.time(36 * 24)) {
      lines += card.close(at: midnight).filter { $0.type == .insightRaised }.map { $0.structured() }
    }
    #expect(lines.count == 1)
    var restarted = LiveScorecard()
    for line in lines { try restarted.take(output: line) }
    for item in told { restarted.take(item) }
    while let midnight = restarted.midnightToClose(upTo: Told.time(36 * 24)) {
      #expect(!restarted.close(at: midnight).contains { $0.type == .insightRaised })
    }
  }
}

@Suite struct ShadowAuditTests {
  private static func treatment(_ isAutomated: Bool) -> Audit.Treatment {
    Audit.Treatment(isAutomated: isAutomated, urgency: 1, queue: isAutomated ? nil : "general", intent: "order_status")
  }

  /// A period of 28 days with so many sampled tickets a day. A twin is treated otherwise with the chance `noise`; one with a foreign name loses
  /// automation with the chance `bias`. Whether an alarm was raised on any of the days.
  private static func alarms(perDay: Int, noise: Double, bias: Double, seed: UInt64) -> Set<String> {
    var random = Dice(seed: seed)
    var audit = ShadowAudit()
    var subjects: Set<String> = []
    for day in 4..<32 {
      for number in 0..<perDay {
        let pairs = Twin.allCases.map { twin -> ShadowAudit.Pair in
          let isAutomated = Bool.random(using: &random)
          var other = Double.random(in: 0..<1, using: &random) < noise ? Bool.random(using: &random) : isAutomated
          if twin == .origin, Double.random(in: 0..<1, using: &random) < bias { other = false }
          return (twin, treatment(isAutomated), treatment(other))
        }
        audit.take(pairs, of: TicketID("\(day)-\(number)"), at: Told.time(Double(day) * 24 + 1))
      }
      subjects.formUnion(audit.insights(at: Told.time(Double(day + 1) * 24)).map(\.subject.text))
    }
    return subjects
  }

  @Test func aPlantedBiasIsFound() {
    let found = (0..<60).count {
      Self.alarms(perDay: 30, noise: 0.1, bias: 0.15, seed: UInt64($0)).contains("origin/automation")
    }
    #expect(found >= 54, "\(found) of 60")
  }

  @Test func withoutBiasAtMostOnePeriodInTwentyRaisesAnAlarmThoughEachDayIsLookedAt() {
    let alarms = (0..<200).count { !Self.alarms(perDay: 20, noise: 0.2, bias: 0, seed: UInt64($0)).isEmpty }
    #expect(alarms <= 10, "\(alarms) of 200")
  }

  @Test func theStakeIsTheBetaFunctionTimesThePowerOfTwo() {
    #expect(abs(ShadowAudit.stake(0, 0) - 1) < 1e-12)
    // 2^3 / 4 and 2^2 * B(2, 2).
    #expect(abs(ShadowAudit.stake(3, 0) - 2) < 1e-12)
    #expect(abs(ShadowAudit.stake(1, 1) - 4.0 / 6) < 1e-12)
  }

  @Test func whoIsSampledDependsOnTheTicketAlone() {
    let sampled = (0..<10_000).count { ShadowAudit.samples(TicketID("t\($0)"), oneOf: 100) }
    #expect((60...140).contains(sampled), "\(sampled)")
    #expect(!ShadowAudit.samples(TicketID("t"), oneOf: 0) && ShadowAudit.samples(TicketID("t"), oneOf: 1))
  }

  @Test func aTicketThatIsToldTwiceCountsOnceAndTheOrderDoesNotMatter() throws {
    func findings(_ told: [Told]) -> [Audit.Finding] {
      var card = LiveScorecard(auditEvery: 1) { ticket, number in
        [(.origin, Self.treatment(true), Self.treatment(ticket.ticket.text.hasSuffix("7") ? false : number >= 0))]
      }
      for item in told { card.take(item) }
      return card.findings(before: Told.time(40 * 24))
    }
    let told = (0..<40).flatMap { Told.opened("t\($0)", by: "c\($0)", at: 32 * 24 + Double($0)) }
    let one = findings(told)
    #expect(one.first { $0.aspect == "automation" }?.pairs == 40 && one.first { $0.aspect == "automation" }?.less == 4)
    #expect(findings(told.reversed() + told) == one)
  }

  @Test func anAlarmIsRaisedOnceInItsPeriodAndNamesWhatLeans() throws {
    var card = LiveScorecard(auditEvery: 1) { _, _ in [(.dialect, Self.treatment(true), Self.treatment(false))] }
    for number in 0..<60 {
      for item in Told.opened("t\(number)", by: "c\(number)", at: Double(100 + number * 6)) { card.take(item) }
    }
    var insights: [JSONTree] = []
    while let midnight = card.midnightToClose(upTo: Told.time(26 * 24)) {
      for output in card.close(at: midnight) where output.type == .insightRaised {
        insights.append(try JSONTree(reading: output.structured()))
      }
    }
    #expect(insights.count == 1)
    #expect(insights.first?["data"]?["kind"]?.text == "unequal_treatment")
    #expect(insights.first?["data"]?["subject"]?.text == "dialect/automation")
    #expect(insights.first?["data"]?["reason"]?.text?.contains("got a person where the other was answered") == true)
  }
}

@Suite struct ExperimentStopTests {
  /// Customers of both arms, of whom a share comes back after an answer.
  private static func story(treatmentBack: Int, baselineBack: Int, of hundred: Int = 400) -> [Told] {
    (0..<hundred).flatMap { number -> [Told] in
      ["treatment", "baseline"].flatMap { arm -> [Told] in
        let customer = "\(arm)-\(number)"
        let back = number % 100 < (arm == "treatment" ? treatmentBack : baselineBack)
        func decided(_ ticket: String, _ hour: Double) -> Told {
          .decision(
            RecordedDecision(
              id: "dec-\(ticket)", ticket: TicketID(ticket), customer: CustomerID(customer), time: Told.time(hour),
              action: .resolve, intent: "order_status", arm: arm, experiment: "first-try"))
        }
        let hour = Double(number % 240)
        return [decided("\(customer)-1", hour)] + (back ? [decided("\(customer)-2", hour + 100)] : [])
      }
    }
  }

  private static func stops(_ told: [Told], days: Int = 40, partitions: Int = 2, stoppedIn: [Int] = []) -> [[Event]] {
    var card = LiveScorecard(partitions: partitions)
    for item in told { card.take(item) }
    var stops: [[Event]] = []
    while let midnight = card.midnightToClose(upTo: Told.time(Double(days) * 24)) {
      _ = card.close(at: midnight)
      if !card.stops.isEmpty {
        stops.append(card.stops)
        for partition in stoppedIn { card.take(card.stops[0], in: partition) }
      }
    }
    return stops
  }

  @Test func aTreatmentThatBringsCustomersBackIsStoppedWithItsReason() throws {
    let stops = Self.stops(Self.story(treatmentBack: 30, baselineBack: 5), stoppedIn: [0, 1])
    #expect(stops.count == 1, "once it stands everywhere it is not told again")
    let event = try #require(stops.first?.first)
    guard case .experimentStopped(let stop) = event.body else { return #expect(Bool(false)) }
    #expect(stop.experiment == "first-try" && stop.at == event.envelope.time)
    #expect(stop.reason.hasPrefix("Customers of the treatment come back more often: "))
    #expect(try EventDecoder.decode(structured: EventEncoder.structured(event)) == event)
  }

  @Test func amidItsWritingItIsToldAgainInTheSameBytes() {
    let stops = Self.stops(Self.story(treatmentBack: 30, baselineBack: 5), stoppedIn: [0])
    #expect(stops.count > 1)
    #expect(Set(stops).count == 1)
  }

  @Test func whereBothFareAlikeNothingIsStopped() {
    #expect(Self.stops(Self.story(treatmentBack: 8, baselineBack: 8)).isEmpty)
    #expect(Self.stops(Self.story(treatmentBack: 3, baselineBack: 20)).isEmpty, "a treatment that is better goes on")
  }
}
