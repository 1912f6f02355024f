/// One partition of one topic.
public struct TopicPartition: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The topic's full name, prefix included.
  public let topic: String
  /// The partition's number, from 0.
  public let partition: Int32

  /// Partition `partition` of `topic`.
  public init(_ topic: String, _ partition: Int32) {
    self.topic = topic
    self.partition = partition
  }

  /// By topic, then by number.
  public static func < (a: Self, b: Self) -> Bool { (a.topic, a.partition) < (b.topic, b.partition) }
  /// As operators write it: `topic[3]`.
  public var description: String { "\(topic)[\(partition)]" }
}

/// Where a record stands in its partition.
public typealias Offset = Int64

/// Where to go on reading: the offset of the *next* record, never of the last one. This is what Kafka commits.
public struct Position: Sendable, Hashable {
  /// Which partition.
  public let source: TopicPartition
  /// The offset of the next record to read.
  public let next: Offset

  /// Reading goes on at `next` in `source`.
  public init(_ source: TopicPartition, next: Offset) {
    self.source = source
    self.next = next
  }
}

/// A record read from a log. It owns its bytes: nothing in it points into the client.
public struct Record: Sendable, Hashable {
  /// The topic and partition it was read from.
  public let source: TopicPartition
  /// Where it stands there.
  public let offset: Offset
  /// The time in its envelope, milliseconds since 1970. Triage never looks at it: time is the event's own.
  public let timestampMilliseconds: Int64
  /// The key's bytes; `nil` is Kafka's null key.
  public let key: [UInt8]?
  /// The headers, in order.
  public let headers: Headers
  /// The value's bytes; `nil` is a tombstone.
  public let value: [UInt8]?

  /// A record as it stands in the log.
  public init(
    source: TopicPartition, offset: Offset, timestampMilliseconds: Int64 = 0,
    key: [UInt8]?, headers: Headers = Headers(), value: [UInt8]?
  ) {
    self.source = source
    self.offset = offset
    self.timestampMilliseconds = timestampMilliseconds
    self.key = key
    self.headers = headers
    self.value = value
  }
}

/// A record to be written.
public struct OutgoingRecord: Sendable, Hashable {
  /// The topic's full name, prefix included.
  public let topic: String
  /// A fixed partition, as tables need that lie beside a partition of a stream; `nil` lets the key decide (`murmur2_random`).
  public let partition: Int32?
  /// The key's bytes; `nil` is Kafka's null key.
  public let key: [UInt8]?
  /// The headers, in order.
  public let headers: Headers
  /// The value's bytes; `nil` is a tombstone.
  public let value: [UInt8]?
  /// What it counts as; it is not written.
  public let tally: Tally?

  /// A record for `topic`.
  public init(
    topic: String, partition: Int32? = nil, key: [UInt8]?, headers: Headers = Headers(), value: [UInt8]?,
    tally: Tally? = nil
  ) {
    self.topic = topic
    self.partition = partition
    self.key = key
    self.headers = headers
    self.value = value
    self.tally = tally
  }
}
