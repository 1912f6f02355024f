import Events
import Testing
import TestSupport

@testable import Scorecard

@Suite struct ScorecardTests {
  /// A small week: an answer that holds, one that does not, a handover that was right, one that was moved, a question nobody answered.
  private static func week() throws -> [Told] {
    Told.opened("t1", by: "c1", at: 0, sentiment: -1)
      + Told.written("t1", by: "c1", at: 2, .none, sentiment: 1, signals: ["settled"])
      + Told.opened("t2", by: "c2", at: 10) + Told.opened("t3", by: "c2", at: 90, .handOff, queue: "delivery")
      + Told.opened("t4", by: "c3", at: 12, .handOff, queue: "refunds", intent: "refund_request", channel: .chat)
      + [Told.moved("t4", to: "payments", at: 13), Told.status(.solved, "t4", by: "c3", at: 36)]
      + Told.opened("t5", by: "c4", at: 20, .clarify, intent: "other")
      + [
        try Told.feedback(#""ticketId":"t3""#, "handoff_verdict", #""needed""#, at: 91),
        try Told.feedback(#""decisionId":"dec-t4-12.0""#, "handoff_verdict", #""not_needed""#, at: 14),
        try Told.feedback(#""decisionId":"dec-t1-0.0""#, "thumbs", "true", at: 3),
        try Told.feedback(#""ticketId":"t2""#, "csat", "2", at: 95),
        try Told.feedback(#""ticketId":"t4""#, "annotation", "7.5", at: 37),
        try Told.feedback(#""ticketId":"t4""#, "annotation", #""rework""#, at: 38),
        .promiseBroken("t3", at: 120),
      ]
  }

  private func value(_ kpi: KPI, _ segment: Scorecard.Segment = .all, at hours: Double = 200) throws -> Measure {
    JourneyBook(try Self.week()).card(at: hours).measure(kpi, segment)
  }

  @Test(arguments: [
    (KPI.taskCompletion, 2, 5), (.misroutes, 1, 2), (.escalationPrecision, 1, 2), (.repeatContact, 1, 3),
    (.abandonedPrompts, 1, 1), (.repetitions, 0, 3), (.rework, 1, 2), (.silentResolutions, 0, 2), (.automated, 2, 5),
    (.brokenPromises, 1, 5),
  ])
  func sharesAreCountedByHand(kpi: KPI, hits: Int, total: Int) throws {
    #expect(try value(kpi) == .share(Share(hits: hits, total: total)))
  }

  @Test func timesAndMeansAreCountedByHand() throws {
    #expect(try value(.timeToResolution) == .seconds(Spread([2 * 3_600, 24 * 3_600])))
    #expect(try value(.satisfaction) == .mean(Spread([1, 0.25])))
    #expect(try value(.turnsAfterReply) == .mean(Spread([1, 0, 0])))
    #expect(try value(.minutesSaved) == .sum(7.5, of: 1))
    #expect(try value(.sentimentLift) == .mean(Spread([2])))
  }

  /// A reader says of every journey they read how it felt; a customer gives a reason only where something was too much.
  @Test func whatIsFoundIntrusiveIsSaidByReadersAndByCustomers() throws {
    let told =
      ["t1", "t2", "t3", "t4"].enumerated().flatMap { number, ticket in
        Told.opened(ticket, by: "c\(number)", at: Double(number))
      } + [
        try Told.feedback(#""ticketId":"t1""#, "annotation", #""intrusive""#, at: 20),
        try Told.feedback(#""ticketId":"t2""#, "annotation", #""helpful""#, at: 21),
        try Told.feedback(#""ticketId":"t3""#, "csat", "1", reason: "creepy", at: 22),
        try Told.feedback(#""ticketId":"t4""#, "csat", "1", reason: "slow", at: 23),
      ]
    let card = JourneyBook(told).card(at: 200)
    #expect(card.measure(.intrusive) == .share(Share(hits: 2, total: 3)))
    let theme = try #require(Report.themes(card).first { $0.kind == "intrusive" })
    #expect(theme.tickets.sorted() == ["t1", "t3"])
  }

  /// Forty answers, two handovers, one question: none of the rare is missing among those that people read.
  @Test func theSampleToReadHasEveryCornerAndIsTheSameEachTime() {
    let answers = (0..<40).flatMap { Told.opened("a\($0)", by: "a\($0)", at: Double($0)) }
    let handovers = (0..<2).flatMap { Told.opened("h\($0)", by: "h\($0)", at: 50, .handOff, queue: "delivery") }
    let told = answers + handovers + Told.opened("q", by: "q", at: 60, .clarify)
    let sample = Report.sample(JourneyBook(told).card(at: 400))
    #expect(sample.count == Report.sampleSize)
    #expect(Set(sample.map(\.ticket)).isSuperset(of: ["h0", "h1", "q"]))
    #expect(Report.sample(JourneyBook(told.reversed()).card(at: 400)) == sample)
  }

  @Test func aSegmentIsItsPart() throws {
    #expect(try value(.taskCompletion, .init(.intent, "refund_request")) == .share(Share(hits: 1, total: 1)))
    #expect(try value(.taskCompletion, .init(.channel, "email")) == .share(Share(hits: 1, total: 4)))
    #expect(try value(.misroutes, .init(.queue, "delivery")) == .share(Share(hits: 0, total: 1)))
  }

  @Test func everyTicketIsInOnePartOfEachAxis() throws {
    let card = JourneyBook(try Self.week()).card(at: 200)
    for axis in Scorecard.Segment.Axis.allCases {
      let parts = card.segments.filter { $0.axis == axis }
      #expect(parts.map { card.measure(.taskCompletion, $0).count }.reduce(0, +) == 5, "\(axis)")
    }
  }

  @Test func ticketsAreCutByTheDeviceThatTheirSourceTells() {
    func opened(_ ticket: String, on device: DeviceClass?) -> Told {
      .event(
        .ticketOpened(
          TicketOpened(
            ticket: TicketID(ticket), customer: CustomerID("c1"), channel: .web, subject: "", body: "", device: device)),
        "\(ticket)-opened", 1, "c1")
    }
    let told = [opened("t1", on: .phone), opened("t2", on: .phone), opened("t3", on: .desktop), opened("t4", on: nil)]
    let card = JourneyBook(told).card(at: 200)
    let counts = card.segments.filter { $0.axis == .device }.map { ($0.name, card.measure(.taskCompletion, $0).count) }
    #expect(counts.map(\.0) == ["desktop", "phone", "unknown"] && counts.map(\.1) == [1, 2, 1])
  }

  @Test func whatWasTrueThenStaysWhatWasTrueThen() throws {
    let told = try Self.week()
    let early = told.filter { item in
      switch item {
      case .event(let event): event.envelope.time <= Told.time(40)
      case .decision(let decision): decision.time <= Told.time(40)
      case .promiseBroken(_, let hours): hours <= 40
      }
    }
    for kpi in KPI.allCases {
      #expect(JourneyBook(told).card(at: 40).measure(kpi) == JourneyBook(early).card(at: 40).measure(kpi), "\(kpi)")
    }
  }

  @Test(arguments: 0..<40) func theOrderOfTellingAndRepeatsChangeNothing(seed: UInt64) throws {
    var random = Dice(seed: seed)
    let told = try Self.week()
    let shuffled = (told + told.filter { _ in random.next() % 3 == 0 }).shuffled(using: &random)
    let (one, other) = (JourneyBook(told).card(at: 200), JourneyBook(shuffled).card(at: 200))
    #expect(one.segments == other.segments)
    for segment in one.segments {
      for kpi in KPI.allCases { #expect(one.measure(kpi, segment) == other.measure(kpi, segment), "\(kpi)") }
    }
  }

  @Test func aForgottenCustomerIsInNoNumber() throws {
    let card = JourneyBook(try Self.week() + [try Told.erased("c2", at: 150)]).card(at: 200)
    #expect(card.journeys.map(\.journey.ticket.text) == ["t1", "t4", "t5"])
  }

  @Test func aForgottenCustomerIsInNoNumberUnderAnyID() throws {
    let linked = Told.linked("c2", to: "c9", at: 140)
    func tickets(_ told: [Told]) throws -> [String] {
      JourneyBook(try Self.week() + told).card(at: 200).journeys.map(\.journey.ticket.text)
    }
    #expect(try tickets([linked, Told.erased("c9", at: 150)]) == ["t1", "t4", "t5"])
    #expect(try tickets([Told.erased("c9", at: 150), linked]) == ["t1", "t4", "t5"], "in whatever order it is told")
    // Who was somebody else at that time was not meant.
    #expect(try tickets([Told.erased("c9", at: 130), linked]) == tickets([]))
  }

  /// What is known of links is bounded like all else, and what it has done stays done.
  @Test func linksAreForgottenWithTheirCustomers() throws {
    var book = JourneyBook(
      Told.opened("t1", by: "c2", at: 1) + Told.opened("t2", by: "c3", at: 900)
        + [Told.linked("c2", to: "c9", at: 2), try Told.erased("c9", at: 500)])
    book.forget(before: Told.time(800))
    #expect(book.journeys(asOf: Told.time(1_000)).map(\.ticket.text) == ["t2"])
  }

  @Test func whatWeToldUnaskedIsNoJourneyOfACustomer() {
    let notice = RecordedDecision(
      id: "n", ticket: TicketID("notice-2"), customer: CustomerID("c1"), time: Told.time(5), action: .notify,
      intent: "other", answersMessage: false)
    #expect(
      JourneyBook(Told.opened("t1", at: 0) + [.decision(notice), .promiseBroken("notice-2", at: 9)]).card(at: 10)
        .journeys.count == 1)
  }

  @Test func noMeasureStandsAlone() {
    for kpi in KPI.allCases {
      #expect(kpi.pair != kpi)
      #expect(!kpi.definition.isEmpty && kpi.definition.hasSuffix("."))
    }
    #expect(KPI.timeToResolution.pair == .repeatContact)
  }

  @Test func aShareKnowsHowSureItIs() throws {
    // Published example of Wilson's interval: 8 of 10 gives 0.490 to 0.943.
    let interval = try #require(Share(hits: 8, total: 10).interval)
    #expect(abs(interval.lowerBound - 0.490) < 0.001 && abs(interval.upperBound - 0.943) < 0.001)
    #expect(Share().interval == nil)
    #expect(try #require(Share(hits: 0, total: 5).interval).lowerBound == 0)
  }

  @Test func aTicketFullOfMachinesWordsKeepsItsBeginning() {
    let noise = (0..<2_500).map { Told.written("t1", at: 1 + Double($0), .none)[0] }
    let book = JourneyBook(Told.opened("t1", at: 0) + noise.reversed())
    let moments = book.journeys(asOf: Told.time(9_000))[0].moments
    #expect(moments.count == JourneyBook.momentsMax)
    #expect(moments[0].kind == .opened(.email, source: "/test"))
  }
}
