import ConsoleFixtures
import Events
import Scorecard
import Streams
import Testing

@testable import Console

@Suite struct ConsoleStateTests {
  private let upset = "This is the THIRD time I write!!! My lawyer will call you. Mail me at ann@example.com"

  @Test func aDecisionIsShownWithItsMessageRedactedAndMarked() throws {
    var fleet = Fleet()
    fleet.ticket("T-1", of: "c-1", subject: "Lawyer", upset)
    let state = ConsoleState(reading: fleet.records)
    let decided = try #require(state.newestDecisions.first { _ in true })
    let message = try #require(state.message(of: decided))
    #expect(message.text.contains("THIRD time"))
    #expect(!message.text.contains("ann@example.com"))
    #expect(message.text.contains("[email]"))
    #expect(message.pieces.contains { $0.mark == .signal("legal_threat") })
    #expect(state.summary(of: decided)?.ticket == "T-1")
    #expect(state.totals[.handOff] == 1)
  }

  @Test func topicsMayBeReadInAnyOrder() throws {
    var fleet = Fleet()
    fleet.ticket("T-1", of: "c-1", upset)
    fleet.ticket("T-2", of: "c-2", minutes: 5, "Where is my order?")
    fleet.closes("T-1", of: "c-1", minutes: 30)
    let orders = [fleet.records, fleet.outputs + fleet.events, fleet.records.reversed()]
    for records in orders {
      let state = ConsoleState(reading: records)
      #expect(state.newestDecisions.allSatisfy { state.message(of: $0) != nil })
      #expect(!state.queues.values.joined().contains { $0.view.ticket == "T-1" }, "it is solved")
    }
  }

  @Test func whatComesTwiceCountsOnce() {
    var fleet = Fleet()
    fleet.ticket("T-1", of: "c-1", upset)
    let state = ConsoleState(reading: fleet.records + fleet.records)
    #expect(state.totals.values.reduce(0, +) == 1)
    #expect(state.caseCount == 1)
  }

  @Test func whoeverIsErasedIsForgottenWhateverComesFirst() {
    var fleet = Fleet()
    fleet.ticket("T-1", of: "c-1", upset)
    fleet.happens(.customerErased, "c-1", minutes: 10, #"{"customerId":"c-1"}"#)
    fleet.ticket("T-2", of: "c-2", minutes: 11, upset)
    for records in [fleet.records, fleet.outputs + fleet.events, fleet.records.reversed()] {
      let state = ConsoleState(reading: records)
      #expect(state.newestDecisions.map(\.view.customer) == ["c-2"])
      #expect(state.queues.values.joined().map(\.view.customer) == ["c-2"])
    }
  }

  @Test func memoryIsBoundedInEveryDimension() {
    var fleet = Fleet()
    for index in 0..<300 { fleet.ticket("T-\(index)", of: "c-\(index)", minutes: Int64(index), upset) }
    let limits = ConsoleState.Limits(decisions: 20, cases: 16, alerts: 5, tickets: 40)
    let state = ConsoleState(reading: fleet.records, limits: limits)
    #expect(state.decisionCount == 20)
    #expect(state.caseCount <= 18)
    #expect(state.casesLeftOut + state.caseCount == 300)
    #expect(state.book.count <= 50)
    // Of cases the first to be answered stay, of decisions the newest.
    #expect(state.queues.values.joined().contains { $0.view.ticket == "T-0" })
    #expect(state.newestDecisions.first { _ in true }?.view.ticket == "T-299")
    #expect(state.totals.values.reduce(0, +) == 300)
  }

  @Test func aCustomersDecisionsAreLinkedByTheirDigests() throws {
    var fleet = Fleet()
    fleet.ticket("T-1", of: "c-1", upset)
    fleet.ticket("T-2", of: "c-1", minutes: 9, "Where is my order?")
    let state = ConsoleState(reading: fleet.records)
    let second = try #require(state.decisions(of: "T-2").first)
    #expect(state.link(before: second)?.view.ticket == "T-1")
    let first = try #require(state.decisions(of: "T-1").first)
    #expect(first.view.previous == nil)
  }

  @Test func aDeadLetterIsShownWithoutItsText() throws {
    let original = Record(
      source: TopicPartition("heed.events.v1", 3), offset: 7, key: Array("c-1".utf8), value: Array("{\"secret\":".utf8))
    let letter = DeadLetter(value: original.value!, failure: DecodingFailure(.truncated))
      .record(of: original, group: "heed-triage", in: Catalogue())
    let state = ConsoleState(reading: [
      Record(
        source: TopicPartition(letter.topic, 0), offset: 0, key: letter.key, headers: letter.headers,
        value: letter.value)
    ])
    let rejected = try #require(state.rejected.first)
    #expect(rejected.failure.code == .truncated)
    #expect((rejected.source.partition, rejected.offset) == (3, 7))
    #expect(state.rejectedCount == 1)
  }
}

@Suite struct MarkedTextTests {
  @Test func personalDataIsHiddenWhateverElseIsMarkedInItsPlace() {
    let text = "write to ann@example.com now"
    let all = MarkedText(text, marks: [(Reading.Span(0, text.utf8.count), .cue("anger"))])
    #expect(all.text == "write to [email] now")
    #expect(all.pieces.map(\.mark) == [.cue("anger"), .hidden("email"), .cue("anger")])
  }

  @Test func personalDataInQuotedHistoryIsHiddenToo() {
    #expect(!MarkedText("Hello\n> my mail is ann@example.com\n", marks: []).text.contains("ann@"))
  }

  @Test(arguments: [(-5, 3), (3, 900), (900, 905), (4, 4)]) func placesThatAreNoneHarmNobody(_ start: Int, _ end: Int) {
    #expect(MarkedText("some words", marks: [(Reading.Span(start, end), .cue("x"))]).text == "some words")
  }

  @Test func aLongTextIsCut() {
    let text = MarkedText(String(repeating: "word ", count: 20_000), marks: [])
    #expect(text.isCut)
    #expect(text.text.utf8.count <= MarkedText.bytesMax)
  }
}

@Suite struct RatesAndProgressTests {
  private func at(_ seconds: Int64) -> Timestamp { Timestamp(nanoseconds: seconds * 1_000_000_000) }

  @Test func theWindowMovesWithWhatIsCounted() {
    var rates = Rates()
    for second in 0..<1_200 { rates.count(.resolve, at: Int64(second) * 1_000) }
    #expect(rates.perSecond(until: at(1_200)) == 1)
    #expect(rates.counts(until: at(1_200)).count == Rates.steps - 1)
    #expect(rates.perSecond(until: at(90_000)) == 0, "what was long ago is no rate")
    rates.count(.resolve, at: 100_000)
    #expect(rates.perSecond(until: at(1_200)) == 1, "what is older than the window is not counted")
  }

  @Test func aPartitionThatStandsStillThoughRecordsWaitIsStuck() {
    var progress = Progress()
    for second in stride(from: Int64(0), through: 120, by: 10) {
      progress.take(ends: [0: 100 + second, 1: 500], committed: [0: 90 + second, 1: 400], at: at(second))
    }
    #expect(progress.stuck(at: at(120)) == [1])
    #expect(progress.lag == 110)
    #expect(progress.timeToClear == 110, "one record a second")
    progress.take(ends: [0: 220, 1: 500], committed: [0: 220, 1: 500], at: at(130))
    #expect(progress.stuck(at: at(500)).isEmpty)
    #expect(progress.timeToClear == 0)
  }
}

@Suite struct BoundedTests {
  @Test func theOldestGoFirstAndRemovalsDoNotPileUp() {
    var kept = Bounded<Int, Int>(limit: 10)
    for index in 0..<10_000 {
      kept.put(index, for: index)
      if index.isMultiple(of: 3) { kept.removeAll { $0 == index } }
    }
    #expect(kept.count == 9, "ten were kept, and the last of them was removed")
    #expect(kept.newest.map(\.key).first == 9_998)
  }
}
