import Streams
import Synchronization
import Testing

@testable import Worker

@Suite struct ThrottledBrokerTests {
  private static let source = TopicPartition("t", 0)

  /// Has a hundred records at once, then nothing.
  private struct Full: Broker {
    var events: [BrokerEvent] = (0..<100).map {
      .record(Record(source: ThrottledBrokerTests.source, offset: Offset($0), key: nil, value: []))
    }
    mutating func poll(timeout: Duration) -> [BrokerEvent] {
      defer { events = [] }
      return events
    }
    mutating func assign(_ starts: [ReadingStart]) throws(BrokerFailure) {}
    mutating func commit(_ commit: Commit) -> CommitOutcome { .committed }
    mutating func committed(_ sources: [TopicPartition]) throws(BrokerFailure) -> [TopicPartition: Offset] { [:] }
    mutating func bounds(of source: TopicPartition) throws(BrokerFailure) -> Range<Offset> { 0..<100 }
    mutating func close() {}
  }

  /// A clock that only waiting moves.
  private final class Clock: Sendable {
    private let start = ContinuousClock.now
    private let passed = Mutex(Duration.zero)
    var time: WorkerTime {
      WorkerTime(
        now: { self.start + self.passed.withLock { $0 } }, wait: { duration in self.passed.withLock { $0 += duration } }
      )
    }
    var seconds: Double { passed.withLock { $0 / .seconds(1) } }
  }

  @Test func recordsComeNoFasterThanTheyMayAndAllOfThemInOrder() {
    let clock = Clock()
    var broker = ThrottledBroker(Full(), recordsPerSecond: 20, time: clock.time)
    var offsets: [Offset] = []
    while offsets.count < 100 {
      for case .record(let record) in broker.poll(timeout: .milliseconds(100)) { offsets.append(record.offset) }
      #expect(Double(offsets.count) <= 20 * clock.seconds + 3)
    }
    #expect(offsets == Array(0..<100))
    #expect(clock.seconds > 4.7 && clock.seconds < 5.5)
  }

  @Test func withoutALimitNothingIsHeldBack() {
    var broker = ThrottledBroker(Full(), recordsPerSecond: nil, time: Clock().time)
    #expect(broker.poll(timeout: .milliseconds(100)).count == 100)
  }

  @Test func whatWasHeldBackOfAnEarlierAssignmentIsDropped() throws {
    var broker = ThrottledBroker(Full(), recordsPerSecond: 20, time: Clock().time)
    #expect(broker.poll(timeout: .milliseconds(100)).count < 10)
    try broker.assign([])
    #expect(broker.poll(timeout: .seconds(60)).isEmpty)
  }
}
