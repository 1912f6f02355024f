import Streams
import Testing

@testable import Worker

/// Copies values; a value "bad" is rejected, and of a value "huge" the output is too large for the cluster.
private struct Rejecting: Processor {
  let input = StreamTopic("in")
  let table: TableTopic? = nil

  func makeState(partition: Int32) -> Int { 0 }
  func restore(_ record: Record, into state: inout Int) {}
  func process(_ record: Record, state: inout Int, outputs: inout [OutgoingRecord]) {
    state += 1
    let tally: Tally? = record.value == Array("bad".utf8) ? .deadLetter(code: "bad") : nil
    outputs.append(OutgoingRecord(topic: "out", key: record.key, value: record.value, tally: tally))
  }
  func substitute(for record: Record, keepingValue: Bool) -> OutgoingRecord? {
    let value = keepingValue ? Array("letter of ".utf8) + record.value! : Array("letter".utf8)
    return OutgoingRecord(topic: "dead", key: record.key, value: value, tally: .deadLetter(code: "output_too_large"))
  }
  func changes(in state: borrowing Int) -> [OutgoingRecord] { [] }
  func accept(_ state: inout Int) {}
  func rewind(_ state: inout Int) {}
}

@Suite struct SafeguardTests {
  let now = ContinuousClock.now

  private func machine(
    recordsMax: Int = 100, _ safeguards: Safeguards = Safeguards(), committed: Offset = 0
  ) -> LaneMachine<Rejecting> {
    var machine = LaneMachine(
      processor: Rejecting(), limits: BatchLimits(recordsMax: recordsMax), safeguards: safeguards)
    _ = machine.on(.assigned([input(0)], committed: [input(0): committed]), at: now)
    return machine
  }

  /// Plays a log through the machine against a cluster that refuses records for which `isRefused` says so, as the loop does.
  private func play(
    _ log: [String], _ machine: inout LaneMachine<Rejecting>, isRefused: (String) -> Bool = { _ in false }
  ) -> (written: [String], commits: Int, reports: [WorkerReport], end: WorkerEnd?) {
    var written: [String] = []
    var (reports, commits, position): ([WorkerReport], Int, Offset) = ([], 0, 0)
    var end: WorkerEnd?
    func perform(_ actions: [WorkerAction]) {
      for action in actions {
        switch action {
        case .assign(let starts):
          if case .offset(let offset)? = starts.first?.place { position = offset }
        case .commit(let commit):
          commits += 1
          let isTaken = !texts(commit.outputs).contains(where: isRefused)
          if isTaken { written += texts(commit.outputs) }
          let refusal = BrokerFailure(code: "MSG_SIZE_TOO_LARGE", reason: "made up")
          perform(machine.on(.commitEnded(isTaken ? .committed : .rewind(refusal)), at: now))
        case .report(let report): reports.append(report)
        case .close(let reason): end = reason
        case .wait: continue
        }
      }
    }
    var steps = 0
    while position < log.count, end == nil, steps < 100 * log.count {
      steps += 1
      let offset = position
      position += 1
      perform(machine.on(.record(record(log[Int(offset)], input(0), offset)), at: now))
      if position == log.count { perform(machine.on(.nothingWaits, at: now + .seconds(1))) }
    }
    return (written, commits, reports, end)
  }

  @Test(arguments: [0, 1, 49, 50, 98, 99])
  func aRecordWhoseOutputIsTooLargeBecomesADeadLetterAndItsNeighboursAreWritten(place: Int) {
    var log = (0..<100).map { "r\($0)" }
    log[place] = "huge"
    var machine = machine()
    let result = play(log, &machine) { $0 == "huge" }
    var expected = log
    expected[place] = "letter of huge"
    #expect(result.written == expected)
    #expect(result.reports.contains(.refused(input(0), Offset(place), instead: .deadLetter)))
    // By halves, not one by one.
    #expect(result.commits < 20)
  }

  @Test func aDeadLetterThatIsTooLargeItselfLeavesTheBytesOut() {
    var machine = machine()
    let result = play(["a", "huge", "b"], &machine) { $0.contains("huge") }
    #expect(result.written == ["a", "letter", "b"])
    #expect(result.reports.contains(.refused(input(0), 1, instead: .deadLetterWithoutBytes)))
  }

  @Test func whereNothingIsTakenForItTheRecordIsPassedOver() {
    var machine = machine()
    let result = play(["a", "huge", "b"], &machine) { $0.contains("huge") || $0 == "letter" }
    #expect(result.written == ["a", "b"])
    #expect(result.reports.contains(.refused(input(0), 1, instead: .nothing)))
  }

  @Test func whenItIsPassedBatchesAreAsLargeAsBefore() {
    var machine = machine(recordsMax: 50)
    let result = play((0..<10).map { $0 == 3 ? "huge" : "r\($0)" } + Array(repeating: "later", count: 200), &machine) {
      $0 == "huge"
    }
    #expect(result.written.count == 210)
    #expect(result.commits < 25)
  }

  @Test func tooManyDeadLettersStopTheWorkerAndNothingOfTheBatchIsCommitted() {
    let breaker = BreakerLimits(window: 10, deadLettersMax: 2, keysMin: 1)
    var machine = machine(recordsMax: 4, Safeguards(breaker: breaker))
    let result = play(["a", "bad", "b", "c", "bad", "d", "bad", "e"], &machine)
    #expect(result.written == ["a", "bad", "b", "c"])
    let trip = BreakerTrip(deadLetters: 3, window: 10, keys: 1)
    #expect(result.end == .tooManyDeadLetters(trip))
    #expect(result.reports.contains(.ended(.tooManyDeadLetters(trip))))
  }

  @Test func withoutABreakerEverythingMayBeADeadLetter() {
    var machine = machine(Safeguards(breaker: nil))
    #expect(play(Array(repeating: "bad", count: 2_000), &machine).end == nil)
  }

  @Test func anOffsetThatIsGoneEndsTheWorkerUnlessThePolicySaysOtherwise() {
    for (committed, kept) in [(Offset(5), Offset(20)..<90), (100, 20..<90)] {
      for (policy, place) in [(OffsetGonePolicy.fail, nil), (.earliest, Offset(20)), (.latest, 90)] {
        var machine = machine(Safeguards(offsetGone: policy), committed: committed)
        let actions = machine.on(.offsetGone(kept: [input(0): kept]), at: now)
        let gone = OffsetGone(source: input(0), position: committed, kept: kept)
        var (starts, end): ([ReadingStart]?, WorkerEnd?)
        for action in actions {
          if case .assign(let assigned) = action { starts = assigned }
          if case .close(let reason) = action { end = reason }
        }
        #expect(starts == place.map { [ReadingStart(input(0), from: .offset($0))] })
        #expect(end == (place == nil ? .offsetGone(gone) : nil))
      }
    }
  }

  @Test func aPositionAtTheEndIsKept() {
    var machine = machine(committed: 90)
    let actions = machine.on(.offsetGone(kept: [input(0): 20..<90]), at: now)
    guard case .assign(let starts)? = actions.first else { return #expect(Bool(false), "\(actions)") }
    #expect(starts == [ReadingStart(input(0), from: .offset(90))])
  }
}
