import Events
import TestSupport
import Testing

@testable import Scorecard

@Suite struct LiveScorecardTests {
  /// Weeks of made-up tickets: customers who come back, agents who judge, tickets that move, people who ask to be forgotten.
  private static func story(_ seed: UInt64, days: Int = 40) throws -> [Told] {
    var random = Dice(seed: seed)
    var told: [Told] = []
    let intents = ["order_status", "refund_request", "product_issue", "other"]
    for day in 0..<days {
      for number in 0..<Int.random(in: 1...3, using: &random) {
        let (ticket, customer) = ("t\(day)-\(number)", "c\(Int.random(in: 0..<40, using: &random))")
        let hour = Double(day) * 24 + Double.random(in: 0..<24, using: &random)
        let isAnswered = Bool.random(using: &random)
        told += Told.opened(
          ticket, by: customer, at: hour, isAnswered ? .resolve : .handOff, queue: isAnswered ? nil : "delivery",
          intent: intents.randomElement(using: &random)!, sentiment: Int.random(in: -2...2, using: &random),
          channel: [.email, .chat].randomElement(using: &random)!)
        func later(_ most: Double) -> Double { hour + Double.random(in: 1..<most, using: &random) }
        switch Int.random(in: 0..<8, using: &random) {
        case 0:
          told += Told.written(ticket, by: customer, at: later(90), .handOff, queue: "care", signals: ["confusion"])
        case 1: told.append(Told.status(.solved, ticket, by: customer, at: later(200)))
        case 2: told.append(Told.moved(ticket, to: "billing", at: later(30)))
        case 3:
          told.append(
            try Told.feedback(
              #""ticketId":"\#(ticket)""#, "csat", "\(Int.random(in: 1...5, using: &random))", at: later(300)))
        case 4: told.append(try Told.feedback(#""ticketId":"\#(ticket)""#, "annotation", #""2.5""#, at: later(20)))
        case 5:
          told.append(try Told.feedback(#""ticketId":"\#(ticket)""#, "handoff_verdict", #""needed""#, at: later(60)))
        // Long after everything is forgotten.
        case 6: told += Told.written(ticket, by: customer, at: hour + 40 * 24, .resolve)
        default: break
        }
      }
    }
    told.append(try Told.erased("c3", at: Double(days) * 12))
    return told.sorted { $0.time < $1.time }
  }

  /// All that is written when `told` is read by partitions of which any may be ahead, but none is behind a midnight that is closed.
  private static func written(_ told: [Told], days: Int, interleaving seed: UInt64, _ card: inout LiveScorecard)
    -> [[UInt8]]
  {
    var random = Dice(seed: seed)
    var partitions = Array(repeating: [Told](), count: 5)
    for item in told { partitions[item.partition % 5].append(item) }
    var lines: [[UInt8]] = []
    for day in 1...days {
      let midnight = Told.time(Double(day) * 24)
      while let index = partitions.indices.filter({ (partitions[$0].first?.time ?? .far) <= midnight }).randomElement(
        using: &random)
      {
        card.take(partitions[index].removeFirst())
        // Another one runs ahead, and some of it comes twice.
        let other = Int.random(in: 0..<5, using: &random)
        if random.next() % 3 == 0, let ahead = partitions[other].first, ahead.time.seconds(since: midnight) < 86_400 * 3
        {
          card.take(ahead)
          if random.next() % 2 == 0 { partitions[other].removeFirst() }
        }
      }
      while let due = card.midnightToClose(upTo: midnight) { lines += card.close(at: due).map { $0.structured() } }
    }
    return lines
  }

  private static func written(_ told: [Told], days: Int, interleaving seed: UInt64 = 0) -> [[UInt8]] {
    var card = LiveScorecard()
    return written(told, days: days, interleaving: seed, &card)
  }

  @Test(arguments: 1...3) func whatIsWrittenDependsOnNothingButTheLog(seed: UInt64) throws {
    let told = try Self.story(seed, days: 15)
    let first = Self.written(told, days: 30)
    #expect(first.count > 1_000)
    #expect(Self.written(told, days: 30, interleaving: seed + 100) == first)
    #expect(Set(try first.map { try #require(try JSONTree(reading: $0)["id"]?.text) }).count == first.count)
  }

  /// The promise of the whole: the last revision of each window is what anybody gets who computes it from the whole log.
  @Test(arguments: 1...2) func theLastRevisionIsWhatARecomputationGives(seed: UInt64) throws {
    let days = 90
    let told = try Self.story(seed)
    let book = JourneyBook(told)
    var last: [String: RecordedMeasurement] = [:]
    for line in Self.written(told, days: days, interleaving: seed) {
      let tree = try JSONTree(reading: line)
      guard let measured = RecordedMeasurement(tree) else { continue }
      let subject = try #require(tree["subject"]?.text)
      #expect(measured.revision == (last[subject]?.revision ?? -1) + 1)
      #expect(tree["data"]?["supersedes"]?.text == last[subject]?.id)
      #expect(tree["causationid"]?.text == last[subject]?.id ?? "time/\(measured.window.until.rfc3339)")
      last[subject] = measured
    }
    #expect(last.count > 1_500)
    // Windows of every age, and all their parts.
    for day in stride(from: 0, to: days - 30, by: 7) {
      for (length, span) in [(KPIMeasured.Window.Length.day, 1), (.week, 7)] {
        // The first Monday of 1970 was the fifth of January.
        let from = length == .day ? day : day + 4
        let window = KPIMeasured.Window(
          length, from: Told.time(Double(from) * 24), until: Told.time(Double(from + span) * 24))
        let asOf = window.until.adding(seconds: Int64(Ledger.followedDays - 1) * 86_400)
        let card = Scorecard(of: book, from: window.from, until: window.until, asOf: asOf)
        for segment in card.segments {
          for kpi in KPI.allCases {
            let (measure, pair) = card.pair(kpi, segment)
            let expected = KPIMeasured(
              window: window, segment: .init(segment), measure: .init(kpi, measure), pair: .init(kpi.pair, pair),
              definition: 1, asOf: asOf)
            if let measured = last[expected.subject] {
              #expect(measured.figures == expected.figures, "\(expected.subject)")
            } else {
              #expect(measure.count == 0 && pair.count == 0, "\(expected.subject)")
            }
          }
        }
      }
    }
  }

  @Test func aRestartWritesNothingAgainAndThenGoesOnAsIfThereWereNone() throws {
    let told = try Self.story(11, days: 15)
    let whole = Self.written(told, days: 30)
    var card = LiveScorecard()
    let before = Self.written(told.filter { $0.time <= Told.time(12 * 24) }, days: 12, interleaving: 1, &card)
    var restarted = LiveScorecard()
    for line in before.reversed() { try restarted.take(output: line) }
    for item in told.reversed() { restarted.take(item) }
    #expect(restarted.midnightToClose(upTo: Told.time(12 * 24)) == nil)
    var after: [[UInt8]] = []
    while let midnight = restarted.midnightToClose(upTo: Told.time(30 * 24)) {
      after += restarted.close(at: midnight).map { $0.structured() }
    }
    #expect(before + after == whole)
  }

  @Test func aCrashAmidWritingIsMadeGoodAtTheNextMidnight() throws {
    let told = try Self.story(12, days: 10)
    let whole = Self.written(told, days: 25)
    let torn = whole.enumerated().filter { $0.offset < 400 && $0.offset % 3 != 0 }.map(\.element)
    var restarted = LiveScorecard()
    for line in torn { try restarted.take(output: line) }
    for item in told { restarted.take(item) }
    var lines = torn
    while let midnight = restarted.midnightToClose(upTo: Told.time(25 * 24)) {
      lines += restarted.close(at: midnight).map { $0.structured() }
    }
    func last(_ lines: [[UInt8]]) throws -> [String: [UInt8]] {
      var last: [String: [UInt8]] = [:]
      for line in lines {
        let tree = try JSONTree(reading: line)
        guard let measured = RecordedMeasurement(tree) else { continue }
        last[tree["subject"]?.text ?? ""] = measured.figures
      }
      return last
    }
    #expect(try last(lines) == last(whole))
  }

  @Test func aCustomerWhoComesBackCorrectsTheDayThatWasOver() throws {
    let told = Told.opened("t1", at: 1) + Told.opened("t2", at: 100)
    let lines = Self.written(told, days: 12).compactMap {
      line -> (revision: Int, asOf: Timestamp, hits: Int, count: Int)? in
      guard let tree = try? JSONTree(reading: line), let measured = RecordedMeasurement(tree),
        tree["subject"]?.text == "repeat_contact/all/day/1970-01-01", let measure = tree["data"]?["measure"]
      else { return nil }
      return (measured.revision, measured.asOf, measure["hits"]?.integer ?? -1, measure["count"]?.integer ?? -1)
    }
    // Nothing is resolved at first, and so nothing said; after three days of silence it is; then the customer is back.
    #expect(lines.map(\.revision) == [0, 1])
    #expect(lines.map(\.hits) == [0, 1] && lines.map(\.count) == [1, 1])
    #expect(lines.map { $0.asOf.day } == ["1970-01-05", "1970-01-06"])
  }

  @Test func noMeasureIsWrittenWithoutItsPair() throws {
    for line in Self.written(try Self.story(2, days: 10), days: 12) {
      let data = try #require(try JSONTree(reading: line)["data"])
      let kpi = try #require(data["measure"]?["kpi"]?.text.flatMap { KPI(rawValue: $0) })
      #expect(data["pair"]?["kpi"]?.text == kpi.pair.rawValue)
      #expect(data["pair"]?["count"]?.integer != nil && data["definition"]?.integer == KPI.definitionVersion)
    }
  }

  @Test func whatIsKeptIsBoundedInTime() throws {
    var card = LiveScorecard()
    for item in try Self.story(4, days: 120) { card.take(item) }
    _ = card.close(at: Told.time(170 * 24))
    #expect(card.book.count <= LiveScorecard.keptDays * 3 && card.book.count > 0)
    _ = card.close(at: Told.time(400 * 24))
    #expect(card.book.count == 0)
  }

  @Test func partsOfAnAxisAreBoundedAndNothingIsLost() throws {
    let told = (0..<60).flatMap { number in
      Told.opened("t\(number)", by: "c\(number)", at: 1, intent: number < 30 ? "i\(number % 10)" : "rare-\(number)")
    }
    let card = Scorecard(of: JourneyBook(told), asOf: Told.time(24))
    let parts = card.parts(atMost: 12).filter { $0.key.axis == .intent }
    #expect(parts.count == 13)
    #expect(parts.values.map(\.count).reduce(0, +) == 60)
    #expect(parts[.init(.intent, "other")]?.count == 28)
  }

  @Test func aNumberBeyondAllReasonIsCutOff() throws {
    let told = Told.opened("t1", at: 1) + [try Told.feedback(#""ticketId":"t1""#, "annotation", #""1e300""#, at: 2)]
    #expect(!Self.written(told, days: 2).isEmpty)
  }

  @Test func aTicketThatWasSilentForFiveWeeksBeginsAnew() {
    let told = Told.opened("t1", at: 0) + Told.written("t1", at: 36 * 24, .resolve)
    let journeys = JourneyBook(told).journeys(asOf: Told.time(40 * 24))
    #expect(journeys.map(\.began) == [Told.time(0), Told.time(36 * 24)])
    let sooner = Told.opened("t1", at: 0) + Told.written("t1", at: 34 * 24, .resolve)
    #expect(JourneyBook(sooner).journeys(asOf: Told.time(40 * 24)).count == 1)
  }

  @Test func timeIsTheLeastThatAnyPartitionWasTold() {
    func time(_ hours: Double) -> Event {
      Event(
        envelope: Envelope(id: "time-\(hours)", source: "/clock", type: "heed.time.passed.v1", time: Told.time(hours)),
        body: .timePassed)
    }
    var clock = EventClock(partitions: 2)
    #expect(clock.time == nil)
    guard case .event(let opened) = Told.opened("t1", at: 50)[0] else { return }
    clock.take(opened, in: 0)
    #expect(clock.time == Told.time(50), "nobody tells the time: the newest event does")
    clock.take(time(10), in: 0)
    #expect(clock.time == nil, "the other partition was told nothing yet")
    clock.take(time(7), in: 1)
    clock.take(time(12), in: 0)
    #expect(clock.time == Told.time(7))
    clock.take(time(5), in: 1)
    #expect(clock.time == Told.time(7), "time does not go back")
  }
}

extension Timestamp {
  fileprivate static let far = Timestamp(nanoseconds: .max)
}

extension Told {
  var time: Timestamp {
    switch self {
    case .event(let event): event.envelope.time
    case .decision(let decision): decision.time
    case .promiseBroken(_, let hours): Told.time(hours)
    }
  }

  /// Events by customer, decisions by ticket: the two topics have nothing to do with each other.
  fileprivate var partition: Int {
    let key: String =
      switch self {
      case .event(let event): "e" + (event.envelope.partitionKey ?? "")
      case .decision(let decision): decision.ticket.text
      case .promiseBroken(let ticket, _): ticket
      }
    return key.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF }
  }
}

extension LiveScorecard {
  mutating func take(_ told: Told) {
    switch told {
    case .event(let event): take(event)
    case .decision(let decision): take(decision)
    case .promiseBroken: break
    }
  }
}
