import Streams
import Testing

@testable import Worker

/// A lane with several inputs, and one that follows its table.
@Suite struct SeveralInputsTests {
  let now = ContinuousClock.now

  /// Copies both inputs and says what its table said last.
  struct Following: Processor {
    struct State {
      var word = ""
      var count = 0
      var accepted = 0
    }
    let input = StreamTopic("in")
    var inputs: [StreamTopic] { [input, StreamTopic("aside")] }
    let table: TableTopic? = TableTopic("table")
    var followsTable: Bool { true }
    func makeState(partition: Int32) -> State { State() }
    func restore(_ record: Record, into state: inout State) {
      state.word = String(decoding: record.value ?? [], as: UTF8.self)
    }
    func process(_ record: Record, state: inout State, outputs: inout [OutgoingRecord]) {
      state.count += 1
      let value = String(decoding: record.value ?? [], as: UTF8.self)
      outputs.append(OutgoingRecord(topic: "out", key: nil, value: Array("\(value)\(state.word)#\(state.count)".utf8)))
    }
    func changes(in state: borrowing State) -> [OutgoingRecord] { [] }
    func accept(_ state: inout State) { state.accepted = state.count }
    func rewind(_ state: inout State) { state.count = state.accepted }
  }

  private func aside(_ partition: Int32) -> TopicPartition { TopicPartition("aside", partition) }

  private func running(committed: [TopicPartition: Offset] = [:]) -> LaneMachine<Following> {
    var machine = LaneMachine(processor: Following(), limits: BatchLimits())
    _ = machine.on(.assigned([input(0), aside(0)], committed: committed), at: now)
    _ = machine.on(.endOfPartition(EndOfPartition(table(0), next: 3, highWatermark: 3)), at: now)
    return machine
  }

  private func starts(_ actions: [WorkerAction]) -> [ReadingStart]? {
    for case .assign(let starts) in actions.reversed() { return starts }
    return nil
  }

  private func commit(_ actions: [WorkerAction]) -> Commit? {
    for case .commit(let commit) in actions { return commit }
    return nil
  }

  @Test func theTableIsReadToItsEndAndThenBesideAllInputs() {
    var machine = LaneMachine(processor: Following(), limits: BatchLimits())
    let first = machine.on(.assigned([input(0), aside(0)], committed: [aside(0): 7]), at: now)
    #expect(starts(first) == [ReadingStart(table(0), from: .beginning)])
    #expect(machine.partitions == [0])
    _ = machine.on(.record(record("!", table(0), 2)), at: now)
    let second = machine.on(.endOfPartition(EndOfPartition(table(0), next: 3, highWatermark: 3)), at: now)
    #expect(
      starts(second) == [
        ReadingStart(table(0), from: .offset(3)), ReadingStart(input(0), from: .committed),
        ReadingStart(aside(0), from: .offset(7)),
      ])
    _ = machine.on(.record(record("a", input(0), 0)), at: now)
    _ = machine.on(.record(record("?", table(0), 3)), at: now)
    _ = machine.on(.record(record("b", aside(0), 7)), at: now)
    let commit = commit(machine.on(.stop, at: now))!
    #expect(texts(commit.outputs) == ["a!#1", "b?#2"])
    #expect(commit.positions == [Position(aside(0), next: 8), Position(input(0), next: 1)])
  }

  @Test func onlyWhatWasReadIsCommitted() {
    var machine = running(committed: [input(0): 4, aside(0): 7])
    _ = machine.on(.record(record("b", aside(0), 7)), at: now)
    #expect(commit(machine.on(.stop, at: now))?.positions == [Position(aside(0), next: 8)])
  }

  @Test func aRewindGoesBackInEveryInputAndNotInTheTable() {
    var machine = running(committed: [input(0): 4])
    _ = machine.on(.record(record("a", input(0), 4)), at: now)
    _ = machine.on(.record(record("?", table(0), 3)), at: now)
    _ = machine.on(.record(record("b", aside(0), 0)), at: now)
    _ = machine.on(.nothingWaits, at: now + .seconds(60))
    let actions = machine.on(.commitEnded(.rewind(trouble)), at: now)
    #expect(
      starts(actions) == [
        ReadingStart(table(0), from: .offset(4)), ReadingStart(input(0), from: .offset(4)),
        ReadingStart(aside(0), from: .committed),
      ])
    _ = machine.on(.record(record("a", input(0), 4)), at: now)
    #expect(texts(commit(machine.on(.stop, at: now))!.outputs) == ["a?#1"])
  }

  /// What came into the table while another had the partition is read before anything is decided.
  @Test func aLaneThatComesBackReadsOnInItsTableFirst() {
    var machine = running(committed: [input(0): 4, aside(0): 7])
    _ = machine.on(.record(record("!", table(0), 3)), at: now)
    _ = machine.on(.revoked(lost: false), at: now)
    let back = machine.on(.assigned([input(0), aside(0)], committed: [input(0): 4, aside(0): 7]), at: now)
    #expect(starts(back) == [ReadingStart(table(0), from: .offset(4))])
    #expect(!machine.isReady)
    _ = machine.on(.record(record("?", table(0), 4)), at: now)
    _ = machine.on(.endOfPartition(EndOfPartition(table(0), next: 5, highWatermark: 5)), at: now)
    _ = machine.on(.record(record("a", input(0), 4)), at: now)
    #expect(texts(commit(machine.on(.stop, at: now))!.outputs) == ["a?#1"])
  }

  /// One lag for a lane: positions and ends are added up, also where control records stand at an end.
  @Test func progressIsTheSumOfTheInputs() {
    var machine = running(committed: [input(0): 4, aside(0): 7])
    func told(_ actions: [WorkerAction]) -> EndOfPartition? {
      for case .report(.caughtUp(let end)) in actions { return end }
      return nil
    }
    let end = told(machine.on(.endOfPartition(EndOfPartition(input(0), next: 6, highWatermark: 9)), at: now))
    #expect(end == EndOfPartition(input(0), next: 13, highWatermark: 16))
    _ = machine.on(.record(record("b", aside(0), 7)), at: now)
    _ = machine.on(.nothingWaits, at: now + .seconds(60))
    let actions = machine.on(.commitEnded(.committed), at: now)
    var positions: [Int32: Offset]?
    for case .report(.committed(let batch)) in actions { positions = batch.positions }
    #expect(positions == [0: 14])
  }

  /// Two inputs have the same offsets: what one is suspected of is nothing against the other.
  @Test func aRefusedRecordIsOneInputs() {
    var machine = running(committed: [input(0): 4, aside(0): 4])
    let tooLarge = BrokerFailure(code: "MSG_SIZE_TOO_LARGE", reason: "made up")
    _ = machine.on(.record(record("a", input(0), 4)), at: now)
    _ = machine.on(.nothingWaits, at: now + .seconds(60))
    _ = machine.on(.commitEnded(.rewind(tooLarge)), at: now)
    _ = machine.on(.record(record("b", aside(0), 4)), at: now)
    _ = machine.on(.nothingWaits, at: now + .seconds(60))
    _ = machine.on(.commitEnded(.committed), at: now)
    let refused = machine.on(.record(record("a", input(0), 4)), at: now)
    #expect(refused.contains { if case .report(.refused(input(0), 4, _)) = $0 { true } else { false } })
  }
}
