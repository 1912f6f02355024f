public import Streams

/// Reads topics from beginning to end, without a group: for `heed consume`, reports and tests. Owned by one thread.
public struct LogReader: ~Copyable {
  private var consumer: Consumer
  private var unfinished: Set<TopicPartition> = []

  /// A reader that reads nothing yet. It joins no group and commits nothing; librdkafka wants a group's name all the same,
  /// and on a cluster with access control the principal must be allowed to describe it.
  ///
  /// - Throws: `BrokerFailure` if librdkafka refuses the settings.
  public init(_ client: ClientSettings, group: String = "heed.reader") throws(BrokerFailure) {
    consumer = try Consumer(client, ConsumerSettings(group: group, fallback: .earliest))
  }

  /// The partitions of these topics, in order.
  ///
  /// - Throws: `BrokerFailure` if the cluster does not answer in time, or `_UNKNOWN_TOPIC` if one of them is not there.
  public func partitions(of topics: [String], within timeout: Duration) throws(BrokerFailure) -> [TopicPartition] {
    let known = try listTopics(by: consumer.client, within: timeout)
    var partitions: [TopicPartition] = []
    for name in topics {
      guard let topic = known.first(where: { $0.name == name }) else {
        throw BrokerFailure(
          code: "_UNKNOWN_TOPIC", reason: "there is no topic \(name)", hint: "compare with `heed topics plan`")
      }
      partitions += topic.all
    }
    return partitions
  }

  /// Reads these partitions from now on and no others.
  public mutating func open(_ starts: [ReadingStart]) throws(BrokerFailure) {
    unfinished = Set(starts.map(\.source))
    try consumer.assign(starts)
  }

  /// Whether the end of every partition has been seen since ``open(_:)``.
  public var isAtEnd: Bool { unfinished.isEmpty }

  /// Records, ends of partitions and failures since the last call. Waits up to `timeout` if there were none.
  public mutating func next(waiting timeout: Duration) -> [BrokerEvent] {
    let events = consumer.poll(waiting: timeout)
    for case .endOfPartition(let end) in events { unfinished.remove(end.source) }
    return events
  }

  /// Gives every record in these topics to `body`, partition by partition in order, up to the ends as they are when they are
  /// reached.
  ///
  /// - Throws: `BrokerFailure`: a failure of a partition, or `_TIMED_OUT` if the ends are not reached in time.
  public mutating func readToEnd(
    of topics: [String], within timeout: Duration, _ body: (Record) -> Void
  ) throws(BrokerFailure) {
    let deadline = Deadline(in: timeout)
    try open(partitions(of: topics, within: timeout).map { ReadingStart($0, from: .beginning) })
    defer { try? open([]) }
    while !isAtEnd {
      if deadline.isPast {
        throw BrokerFailure(code: "_TIMED_OUT", reason: "\(unfinished.count) partitions were not read to their ends")
      }
      for event in next(waiting: min(deadline.remaining, .milliseconds(100))) {
        switch event {
        case .record(let record): body(record)
        case .failed(let failure) where !failure.isPassing: throw failure
        case .failed, .endOfPartition, .assigned, .revoked: continue
        }
      }
    }
  }

  /// Every record in these topics, in memory: for tests and small topics.
  ///
  /// - Throws: as ``readToEnd(of:within:_:)``.
  public mutating func records(in topics: [String], within timeout: Duration) throws(BrokerFailure) -> [Record] {
    var records: [Record] = []
    try readToEnd(of: topics, within: timeout) { records.append($0) }
    return records
  }
}

extension BrokerFailure {
  /// Whether librdkafka goes on trying by itself.
  fileprivate var isPassing: Bool {
    ["_TRANSPORT", "_ALL_BROKERS_DOWN", "_RESOLVE", "_TIMED_OUT", "LEADER_NOT_AVAILABLE"].contains(code)
  }
}
