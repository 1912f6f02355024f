internal import CRdKafka
internal import Streams

/// Owns a `rd_kafka_topic_partition_list_t`.
///
/// As all owners here it lends its pointer to a closure and never gives it out: Swift may end a value's life after its last
/// use, and C's use of a pointer taken out of it does not count as one. (A list was freed before C read it.)
struct PartitionList: ~Copyable {
  private let raw: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

  /// An empty list with room for `capacity` partitions.
  init(capacity: Int) {
    raw = rd_kafka_topic_partition_list_new(Int32(capacity))
  }

  /// Partitions without offsets.
  init(_ partitions: [TopicPartition]) {
    self.init(capacity: partitions.count)
    for partition in partitions { add(partition) }
  }

  /// Partitions that all have this offset, such as one of C's that stand for a place.
  init(_ partitions: [TopicPartition], offset: Offset) {
    self.init(capacity: partitions.count)
    for partition in partitions { add(partition, offset: offset) }
  }

  /// Positions to commit.
  init(_ positions: [Position]) {
    self.init(capacity: positions.count)
    for position in positions { add(position.source, offset: position.next) }
  }

  deinit {
    rd_kafka_topic_partition_list_destroy(raw)
  }

  func withPointer<R>(_ body: (UnsafeMutablePointer<rd_kafka_topic_partition_list_t>) -> R) -> R {
    body(raw)
  }

  func add(_ partition: TopicPartition, offset: Offset? = nil) {
    let element = rd_kafka_topic_partition_list_add(raw, partition.topic, partition.partition)
    if let offset { element!.pointee.offset = offset }
  }

  /// The first error that a call left on one of the partitions.
  var firstError: (code: rd_kafka_resp_err_t, partition: TopicPartition)? { Self.firstError(in: raw) }

  /// The first error in a list, whoever owns it.
  static func firstError(
    in list: UnsafePointer<rd_kafka_topic_partition_list_t>
  ) -> (code: rd_kafka_resp_err_t, partition: TopicPartition)? {
    for index in 0..<Int(list.pointee.cnt) {
      let element = list.pointee.elems[index]
      guard element.err != RD_KAFKA_RESP_ERR_NO_ERROR else { continue }
      return (element.err, TopicPartition(String(cString: element.topic), element.partition))
    }
    return nil
  }

  /// Partitions with the offsets a call left in them; those without one are left out.
  var offsets: [TopicPartition: Offset] { Self.offsets(in: raw) }

  /// The offsets in a list, whoever owns it.
  static func offsets(in list: UnsafePointer<rd_kafka_topic_partition_list_t>) -> [TopicPartition: Offset] {
    var offsets: [TopicPartition: Offset] = [:]
    for index in 0..<Int(list.pointee.cnt) where list.pointee.elems[index].offset >= 0 {
      let element = list.pointee.elems[index]
      offsets[TopicPartition(String(cString: element.topic), element.partition)] = element.offset
    }
    return offsets
  }
}

extension [TopicPartition] {
  /// The partitions of a list that C still owns, copied.
  init(copying list: UnsafePointer<rd_kafka_topic_partition_list_t>?) {
    guard let list = list?.pointee else {
      self = []
      return
    }
    self = (0..<Int(list.cnt)).map { index in
      TopicPartition(String(cString: list.elems[index].topic), list.elems[index].partition)
    }
  }
}
