import Glibc
import Kafka
import Streams
import Testing

/// What a test waited for and did not get.
struct NotInTime: Error, CustomStringConvertible {
  let description: String
}

/// Lets time pass that is itself under test, such as a timeout of the group. Never used to wait for something.
func wait(_ duration: Duration) {
  usleep(UInt32(duration / .microseconds(1)))
}

/// Asks again and again until `isDone` says so.
func eventually(_ what: String, within timeout: Duration = .seconds(60), _ isDone: () throws -> Bool) throws {
  let deadline = ContinuousClock.now + timeout
  while try !isDone() {
    guard .now < deadline else { throw NotInTime(description: what) }
    usleep(10_000)
  }
}

/// What hangs waits for a poll that never comes, and on a busy machine much else takes its time.
func expectNoHang(_ body: () -> Void, sourceLocation: SourceLocation = #_sourceLocation) {
  let start = ContinuousClock.now
  body()
  #expect(ContinuousClock.now - start < .seconds(60), sourceLocation: sourceLocation)
}

extension KafkaBroker {
  /// Polls until `isDone` says so of all events so far, and gives them.
  @discardableResult
  func events(
    _ what: String, within timeout: Duration = .seconds(60), until isDone: ([BrokerEvent]) -> Bool
  ) throws -> [BrokerEvent] {
    let deadline = ContinuousClock.now + timeout
    var events: [BrokerEvent] = []
    while !isDone(events) {
      guard .now < deadline else {
        throw NotInTime(description: "\(what); got \(events.count) events: \(events.suffix(3))")
      }
      events += poll(timeout: .milliseconds(50))
    }
    return events
  }

  /// Joins the group and gives what it gave; not answered.
  func waitForAssignment(within timeout: Duration = .seconds(60)) throws -> [TopicPartition] {
    try events("assigned", within: timeout) { $0.assignment != nil }.assignment!
  }

  /// Joins the group and reads what it gave from what is committed.
  @discardableResult
  func join() throws -> [TopicPartition] {
    let partitions = try waitForAssignment()
    try assign(partitions.map { ReadingStart($0, from: .committed) })
    return partitions
  }
}

extension [BrokerEvent] {
  var records: [Record] { compactMap { if case .record(let record) = $0 { record } else { nil } } }
  var ends: [TopicPartition] { compactMap { if case .endOfPartition(let end) = $0 { end.source } else { nil } } }
  var failures: [BrokerFailure] { compactMap { if case .failed(let failure) = $0 { failure } else { nil } } }
  var assignment: [TopicPartition]? {
    lazy.compactMap { if case .assigned(let partitions) = $0 { partitions } else { nil } }.last
  }
  var revocation: [TopicPartition]? {
    lazy.compactMap { if case .revoked(let partitions, _) = $0 { partitions } else { nil } }.last
  }
}

extension [Record] {
  /// The values as text, in order.
  var texts: [String] { map { String(decoding: $0.value ?? [], as: UTF8.self) } }
}

extension OutgoingRecord {
  /// A record of text.
  init(_ topic: String, in partition: Int32? = nil, key: String? = nil, text value: String) {
    self.init(topic: topic, partition: partition, key: key.map { Array($0.utf8) }, value: Array(value.utf8))
  }
}
