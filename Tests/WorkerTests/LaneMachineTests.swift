import Streams
import Testing

@testable import Worker

@Suite struct LaneMachineTests {
  let now = ContinuousClock.now

  /// A machine with partition 0, restored and running.
  func running(_ limits: BatchLimits = BatchLimits(), committed: Offset? = nil) -> LaneMachine<Copying> {
    var machine = LaneMachine(processor: Copying(), limits: limits)
    _ = machine.on(.assigned([input(0)], committed: committed.map { [input(0): $0] } ?? [:]), at: now)
    _ = machine.on(.endOfPartition(EndOfPartition(table(0), next: 0, highWatermark: 0)), at: now)
    return machine
  }

  func commit(in actions: [WorkerAction]) -> Commit? {
    for case .commit(let commit) in actions { return commit }
    return nil
  }

  func assigned(in actions: [WorkerAction]) -> [ReadingStart]? {
    for case .assign(let starts) in actions.reversed() { return starts }
    return nil
  }

  func end(in actions: [WorkerAction]) -> WorkerEnd? {
    for case .close(let end) in actions { return end }
    return nil
  }

  @Test func tablesAreReadBeforeInput() {
    var machine = LaneMachine(processor: Copying(), limits: BatchLimits())
    let first = machine.on(.assigned([input(0), input(1)], committed: [input(1): 7]), at: now)
    #expect(
      assigned(in: first) == [ReadingStart(table(0), from: .beginning), ReadingStart(table(1), from: .beginning)])
    #expect(machine.phase == .restoring)
    _ = machine.on(.record(record("41", table(1), 3)), at: now)
    #expect(
      assigned(in: machine.on(.endOfPartition(EndOfPartition(table(0), next: 0, highWatermark: 0)), at: now)) == nil)
    let second = machine.on(.endOfPartition(EndOfPartition(table(1), next: 4, highWatermark: 4)), at: now)
    #expect(
      assigned(in: second) == [ReadingStart(input(0), from: .committed), ReadingStart(input(1), from: .offset(7))])
    #expect(machine.phase == .running)
    _ = machine.on(.record(record("a", input(1), 7)), at: now)
    #expect(texts(commit(in: machine.on(.stop, at: now))!.outputs) == ["a#42"])
  }

  @Test func anEndThatHidesAnOpenTransactionIsWaitedBehind() {
    var machine = LaneMachine(processor: Copying(), limits: BatchLimits())
    _ = machine.on(.assigned([input(0)], committed: [:]), at: now)
    let hidden = machine.on(.endOfPartition(EndOfPartition(table(0), next: 4, highWatermark: 6)), at: now)
    #expect(assigned(in: hidden) == nil)
    #expect(machine.phase == .restoring)
    let whole = machine.on(.endOfPartition(EndOfPartition(table(0), next: 6, highWatermark: 6)), at: now)
    #expect(assigned(in: whole) == [ReadingStart(input(0), from: .committed)])
  }

  @Test func aCommitHoldsOutputsTablesAndTheNextOffset() {
    var machine = running()
    _ = machine.on(.record(record("a", input(0), 5)), at: now)
    _ = machine.on(.record(record("silent", input(0), 6)), at: now)
    _ = machine.on(.record(record("b", input(0), 9)), at: now)
    let commit = commit(in: machine.on(.stop, at: now))!
    #expect(texts(commit.outputs) == ["a#1", "b#3"])
    #expect(texts(commit.tables) == ["3"])
    #expect(commit.positions == [Position(input(0), next: 10)])
  }

  @Test func aBatchEndsByCountBytesOrTime() {
    var byCount = running(BatchLimits(recordsMax: 2))
    #expect(commit(in: byCount.on(.record(record("a", input(0), 0)), at: now)) == nil)
    #expect(commit(in: byCount.on(.record(record("b", input(0), 1)), at: now)) != nil)

    var byBytes = running(BatchLimits(outputBytesMax: 8))
    #expect(commit(in: byBytes.on(.record(record("a", input(0), 0)), at: now)) == nil)
    #expect(commit(in: byBytes.on(.record(record("abcdef", input(0), 1)), at: now)) != nil)

    var byTime = running(BatchLimits(delay: .milliseconds(100)))
    _ = byTime.on(.record(record("a", input(0), 0)), at: now)
    #expect(byTime.deadline == now + .milliseconds(100))
    #expect(commit(in: byTime.on(.nothingWaits, at: now + .milliseconds(99))) == nil)
    #expect(commit(in: byTime.on(.nothingWaits, at: now + .milliseconds(100))) != nil)
  }

  @Test func aBatchGrowsForHalfASecondWhileThereIsMoreToRead() {
    var machine = running(BatchLimits(delay: .milliseconds(20)))
    for (offset, milliseconds) in [0, 20, 499].enumerated() {
      let record = record("a", input(0), Offset(offset))
      #expect(commit(in: machine.on(.record(record), at: now + .milliseconds(milliseconds))) == nil)
    }
    var behindABacklog = machine
    #expect(commit(in: machine.on(.nothingWaits, at: now + .milliseconds(499))) != nil)
    #expect(commit(in: behindABacklog.on(.record(record("a", input(0), 3)), at: now + .milliseconds(500))) != nil)
  }

  @Test func nothingReadMeansNothingToCommit() {
    var machine = running()
    #expect(machine.on(.nothingWaits, at: now + .seconds(60)).isEmpty)
    #expect(end(in: machine.on(.stop, at: now)) == .stopped)
  }

  @Test func aRewindGoesBackToTheLastCommitAndWaitsLongerEachTime() {
    var machine = running(BatchLimits(recordsMax: 1))
    _ = machine.on(.record(record("a", input(0), 0)), at: now)
    _ = machine.on(.commitEnded(.committed), at: now)
    var waits: [Duration] = []
    for _ in 0..<9 {
      _ = machine.on(.record(record("b", input(0), 1)), at: now)
      let actions = machine.on(.commitEnded(.rewind(trouble)), at: now)
      #expect(assigned(in: actions) == [ReadingStart(input(0), from: .offset(1))])
      for case .wait(let duration) in actions { waits.append(duration) }
    }
    #expect(waits.prefix(3) == [.milliseconds(50), .milliseconds(100), .milliseconds(200)])
    #expect(waits.max() == .milliseconds(3_200))
    // The state went back too: the same record gives the same bytes.
    let again = machine.on(.record(record("b", input(0), 1)), at: now)
    #expect(texts(commit(in: again)!.outputs) == ["b#2"])
  }

  @Test func aRewindBeforeTheFirstCommitStartsFromTheGroupsPosition() {
    var machine = running(BatchLimits(recordsMax: 1))
    _ = machine.on(.record(record("a", input(0), 0)), at: now)
    let actions = machine.on(.commitEnded(.rewind(trouble)), at: now)
    #expect(assigned(in: actions) == [ReadingStart(input(0), from: .committed)])
  }

  @Test func whatIsWrittenStaysWrittenWhenOnlyThePositionIsRefused() {
    var machine = running(BatchLimits(recordsMax: 1))
    _ = machine.on(.record(record("a", input(0), 0)), at: now)
    let actions = machine.on(.commitEnded(.writtenWithoutPosition(trouble)), at: now)
    #expect(assigned(in: actions) == nil)
    let next = machine.on(.record(record("b", input(0), 1)), at: now)
    #expect(texts(commit(in: next)!.outputs) == ["b#2"])
  }

  @Test func fencedAndFailedEndTheWorker() {
    for (outcome, expected) in [
      (CommitOutcome.fenced(trouble), WorkerEnd.fenced(trouble)), (.failed(trouble), .failed(trouble)),
    ] {
      var machine = running(BatchLimits(recordsMax: 1))
      _ = machine.on(.record(record("a", input(0), 0)), at: now)
      #expect(end(in: machine.on(.commitEnded(outcome), at: now)) == expected)
      #expect(machine.on(.record(record("b", input(0), 1)), at: now).isEmpty)
    }
  }

  @Test func aRevocationCommitsWhatIsOpenBeforeItIsAnswered() {
    var machine = running()
    _ = machine.on(.record(record("a", input(0), 0)), at: now)
    let first = machine.on(.revoked(lost: false), at: now)
    #expect(commit(in: first)?.positions == [Position(input(0), next: 1)])
    #expect(assigned(in: first) == nil)
    #expect(assigned(in: machine.on(.commitEnded(.committed), at: now)) == [])
    #expect(machine.phase == .idle)
  }

  @Test func aRevocationIsAnsweredAlsoWhenItsCommitFails() {
    var machine = running()
    _ = machine.on(.record(record("a", input(0), 0)), at: now)
    _ = machine.on(.revoked(lost: false), at: now)
    #expect(assigned(in: machine.on(.commitEnded(.rewind(trouble)), at: now)) == [])
  }

  @Test func lostPartitionsAreNotCommitted() {
    var machine = running()
    _ = machine.on(.record(record("a", input(0), 0)), at: now)
    let actions = machine.on(.revoked(lost: true), at: now)
    #expect(commit(in: actions) == nil)
    #expect(assigned(in: actions) == [])
    #expect(machine.on(.nothingWaits, at: now + .seconds(60)).isEmpty)
  }

  @Test func aLaneThatComesBackUntouchedKeepsItsState() {
    var machine = running(BatchLimits(recordsMax: 1))
    _ = machine.on(.record(record("a", input(0), 0)), at: now)
    _ = machine.on(.commitEnded(.committed), at: now)
    _ = machine.on(.revoked(lost: false), at: now)
    let back = machine.on(.assigned([input(0)], committed: [input(0): 1]), at: now)
    #expect(assigned(in: back) == [ReadingStart(input(0), from: .offset(1))])
    let next = machine.on(.record(record("b", input(0), 1)), at: now)
    #expect(texts(commit(in: next)!.outputs) == ["b#2"])
  }

  @Test func aLaneThatSomebodyElseWorkedOnIsRestored() {
    var machine = running(BatchLimits(recordsMax: 1))
    _ = machine.on(.record(record("a", input(0), 0)), at: now)
    _ = machine.on(.commitEnded(.committed), at: now)
    _ = machine.on(.revoked(lost: false), at: now)
    let back = machine.on(.assigned([input(0)], committed: [input(0): 5]), at: now)
    #expect(assigned(in: back) == [ReadingStart(table(0), from: .beginning)])
  }

  @Test func recordsOfOthersAreNotTaken() {
    var machine = running(BatchLimits(recordsMax: 1))
    #expect(machine.on(.record(record("a", input(3), 0)), at: now).isEmpty)
    #expect(machine.on(.record(record("9", table(0), 0)), at: now).isEmpty)
    let next = machine.on(.record(record("b", input(0), 0)), at: now)
    #expect(texts(commit(in: next)!.outputs) == ["b#1"])
  }

  @Test func withoutATableWorkBeginsAtOnce() {
    var machine = LaneMachine(processor: Copying(hasTable: false), limits: BatchLimits())
    let actions = machine.on(.assigned([input(0)], committed: [input(0): 2]), at: now)
    #expect(assigned(in: actions) == [ReadingStart(input(0), from: .offset(2))])
    #expect(machine.isReady)
  }

  @Test func aFatalFailureThatIsATakeoverFencesTheWorker() {
    let taken = BrokerFailure(code: "FENCED_INSTANCE_ID", reason: "made up", isFatal: true)
    var machine = running()
    #expect(end(in: machine.on(.failed(taken), at: now)) == .fenced(taken))
  }

  @Test func aFatalFailureEndsTheWorker() {
    var machine = running()
    #expect(end(in: machine.on(.failed(trouble), at: now)) == .failed(trouble))
  }
}
