public import Streams

/// Writes records into topics, outside of any worker: for `heed produce`, sample traffic and tests. Owned by one thread.
///
/// Keys choose partitions as everywhere (`murmur2_random`); a record of every partition is written by ``broadcast(_:)``.
public struct LogWriter: ~Copyable {
  private var producer: Producer
  private var partitionCounts: [String: Int32] = [:]
  private let timeout: Duration

  /// A writer; it connects in the background. `timeout` bounds every wait.
  ///
  /// - Throws: `BrokerFailure` if librdkafka refuses the settings.
  public init(
    _ client: ClientSettings, _ settings: ProducerSettings = ProducerSettings(), timeout: Duration = .seconds(35)
  ) throws(BrokerFailure) {
    var settings = settings
    settings.transactionalID = nil
    // Nobody is there to write again what failed.
    settings.batchesInFlightMax = 1
    producer = try Producer(client, settings)
    self.timeout = timeout
  }

  /// Hands `record` to the sender; it is written for sure only after ``finish()``.
  ///
  /// - Throws: as `Producer.produce`.
  public mutating func write(_ record: OutgoingRecord) throws(BrokerFailure) {
    try producer.produce(record, within: timeout)
  }

  /// Writes `record` once into every partition of its topic, whatever partition it names.
  ///
  /// - Throws: as `Producer.produce`; `_UNKNOWN_TOPIC` if there is no such topic.
  public mutating func broadcast(_ record: OutgoingRecord) throws(BrokerFailure) {
    for partition in 0..<(try partitionCount(of: record.topic)) {
      try write(
        OutgoingRecord(
          topic: record.topic, partition: partition, key: record.key, headers: record.headers, value: record.value))
    }
  }

  /// How many partitions `topic` has. Asked once: a topic that grows is seen by the next writer.
  public mutating func partitionCount(of topic: String) throws(BrokerFailure) -> Int32 {
    if let count = partitionCounts[topic] { return count }
    guard let found = try listTopics(by: producer.client, within: timeout).first(where: { $0.name == topic }) else {
      throw BrokerFailure(
        code: "_UNKNOWN_TOPIC", reason: "there is no topic \(topic)", hint: "compare with `heed topics plan`")
    }
    partitionCounts[topic] = found.partitions
    return found.partitions
  }

  /// Waits until everything is acknowledged.
  ///
  /// - Throws: `BrokerFailure`, the first failure of a record since the last call.
  public mutating func finish() throws(BrokerFailure) {
    try producer.flush(within: timeout)
  }
}
