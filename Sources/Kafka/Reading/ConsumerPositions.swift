internal import CRdKafka
public import Streams

extension Consumer {
  /// Stores positions for the group and waits for the coordinator's word. Trouble on the way to the coordinator is retried in
  /// here until `timeout`: storing the same positions twice changes nothing.
  ///
  /// - Throws: `BrokerFailure`. `REBALANCE_IN_PROGRESS`, `ILLEGAL_GENERATION` or `UNKNOWN_MEMBER_ID` say that the partitions
  ///   are or will be somebody else's; `_TIMED_OUT` leaves open whether they were stored. In both cases go on from what
  ///   is committed.
  public func commit(_ positions: [Position], within timeout: Duration) throws(BrokerFailure) {
    guard !positions.isEmpty else { return }
    let list = PartitionList(positions)
    let deadline = Deadline(in: timeout)
    // `rd_kafka_commit` itself would wait without a limit; its answer through a queue of our own can be waited for with one.
    let answers = QueueHandle(of: client)
    while true {
      let code = commitOnce(list, answers, until: deadline)
      guard isOnTheWay(code), !deadline.isPast else { return try check(code) }
      _ = answers.next(waiting: .milliseconds(100))
    }
  }

  private func commitOnce(
    _ list: borrowing PartitionList, _ answers: borrowing QueueHandle, until deadline: Deadline
  ) -> rd_kafka_resp_err_t {
    let code = list.withPointer { list in
      answers.withPointer { rd_kafka_commit_queue(client, list, $0, nil, nil) }
    }
    guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { return code }
    guard let answer = answers.next(waiting: deadline.remaining) else { return RD_KAFKA_RESP_ERR__TIMED_OUT }
    guard answer.code == RD_KAFKA_RESP_ERR_NO_ERROR else { return answer.code }
    // The request as a whole can succeed while one partition is refused.
    return answer.withPointer { answer in
      let offsets = rd_kafka_event_topic_partition_list(answer)?.pointee
      let codes = (0..<Int(offsets?.cnt ?? 0)).lazy.map { offsets!.elems[$0].err }
      return codes.first { $0 != RD_KAFKA_RESP_ERR_NO_ERROR } ?? RD_KAFKA_RESP_ERR_NO_ERROR
    }
  }

  /// Whether the failure says nothing about us: the coordinator is away, moving or loading.
  private func isOnTheWay(_ code: rd_kafka_resp_err_t) -> Bool {
    switch code {
    case RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR__WAIT_COORD, RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS,
      RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NOT_COORDINATOR,
      RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
      true
    default: false
    }
  }

  /// What the group committed last; partitions for which it committed nothing are left out.
  ///
  /// - Throws: `BrokerFailure` if the coordinator does not answer in time; try again.
  public func committed(
    _ partitions: [TopicPartition], within timeout: Duration
  ) throws(BrokerFailure) -> [TopicPartition: Offset] {
    guard !partitions.isEmpty else { return [:] }
    let list = PartitionList(partitions)
    try check(list.withPointer { rd_kafka_committed(client, $0, timeout.wholeMilliseconds) })
    if let error = list.firstError { try check(error.code) }
    return list.offsets
  }

  /// The first offset kept and the offset after the last one visible under `read_committed`.
  ///
  /// - Throws: `BrokerFailure` if the leader does not answer in time; try again.
  public func bounds(of source: TopicPartition, within timeout: Duration) throws(BrokerFailure) -> Range<Offset> {
    try offsetBounds(of: source, by: client, within: timeout)
  }
}

extension Consumer {
  /// The offset after the last record, open transactions included, as the last fetch told it; `nil` before the first fetch.
  ///
  /// Far above the end of ``bounds(of:within:)`` it says that a transaction hangs upstream: what stands behind it is there
  /// and cannot be read. Asks nobody and returns at once.
  public func lastKnownEnd(of source: TopicPartition) -> Offset? {
    highWatermark(of: source, by: client)
  }
}

/// The offset after the last record as the last fetch of `client` told it; `nil` before the first.
func highWatermark(of source: TopicPartition, by client: OpaquePointer) -> Offset? {
  var low: Int64 = 0
  var high: Int64 = 0
  // "Get last known low and high watermark offsets for partition"; -1001 if nothing is known. Unlike the query, it does
  // not look at the isolation level.
  let code = rd_kafka_get_watermark_offsets(client, source.topic, source.partition, &low, &high)
  return code == RD_KAFKA_RESP_ERR_NO_ERROR && high >= 0 ? high : nil
}

/// Asks the leader of `source`, through any client, where its log begins and ends.
func offsetBounds(
  of source: TopicPartition, by client: OpaquePointer, within timeout: Duration
) throws(BrokerFailure) -> Range<Offset> {
  var low: Int64 = 0
  var high: Int64 = 0
  let code = rd_kafka_query_watermark_offsets(
    client, source.topic, source.partition, &low, &high, timeout.wholeMilliseconds)
  guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw BrokerFailure(code, of: client) }
  return low..<max(low, high)
}
