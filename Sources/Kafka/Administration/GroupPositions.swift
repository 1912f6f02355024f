internal import CRdKafka
public import Streams

extension TopicAdministration {
  /// What `group` committed last, without being a member; partitions for which it committed nothing are left out.
  ///
  /// A transaction is committed before all of its marks are written, and until then the cluster would tell the position before
  /// it; so stable ones are asked for, which are waited for.
  public func committed(
    of group: String, in partitions: [TopicPartition]
  ) throws(AdministrationError) -> [TopicPartition: Offset] {
    guard !partitions.isEmpty else { return [:] }
    let list = PartitionList(partitions)
    var request: OpaquePointer? = list.withPointer { rd_kafka_ListConsumerGroupOffsets_new(group, $0) }
    defer { rd_kafka_ListConsumerGroupOffsets_destroy(request) }
    let event = try ask(RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS) { options, queue in
      rd_kafka_AdminOptions_set_require_stable_offsets(options, 1)
      rd_kafka_ListConsumerGroupOffsets(client, &request, 1, options, queue)
    }
    return try event.withPointer { event throws(AdministrationError) in
      var count = 0
      let groups = rd_kafka_ListConsumerGroupOffsets_result_groups(
        rd_kafka_event_ListConsumerGroupOffsets_result(event), &count)
      guard count == 1, let answer = groups?[0] else { return [:] }
      // It belongs to the event, so it is copied and not destroyed.
      if let error = rd_kafka_group_result_error(answer) {
        let reason = String(cString: rd_kafka_error_string(error))
        throw .unanswered(BrokerFailure(rd_kafka_error_code(error), reason: reason))
      }
      guard let partitions = rd_kafka_group_result_partitions(answer) else { return [:] }
      if let error = PartitionList.firstError(in: partitions) { throw .unanswered(BrokerFailure(error.code)) }
      return PartitionList.offsets(in: partitions)
    }
  }

  /// The offset after the last record of each partition that is visible under `read_committed`, by one request to each leader.
  ///
  /// Unlike the look-up of one partition's bounds it heeds the timeout: that one waits for a cluster that is away as long as
  /// it is away (2.0.2).
  ///
  /// - Throws: `.unanswered` if one of them is not known in time.
  public func ends(of partitions: [TopicPartition]) throws(AdministrationError) -> [TopicPartition: Offset] {
    try logEnds(of: partitions, by: client, within: timeout)
  }

  /// How many offsets `group` has still to read, per partition. Partitions without a committed position count from the first
  /// offset kept.
  ///
  /// An upper bound: control records and aborted records count though nobody reads them, so 0 is reached only by a reader
  /// whose position passed them, and "caught up" is never decided by this.
  public func lag(
    of group: String, in partitions: [TopicPartition]
  ) throws(AdministrationError) -> [TopicPartition: Int64] {
    let committed = try committed(of: group, in: partitions)
    var lag: [TopicPartition: Int64] = [:]
    for partition in partitions {
      let bounds = try bounds(of: partition)
      let position = max(committed[partition] ?? bounds.lowerBound, bounds.lowerBound)
      lag[partition] = max(0, bounds.upperBound - position)
    }
    return lag
  }
}

/// Asks the leaders, through any client, where logs end under the isolation level of that client.
func logEnds(
  of partitions: [TopicPartition], by client: OpaquePointer, within timeout: Duration
) throws(AdministrationError) -> [TopicPartition: Offset] {
  if partitions.isEmpty { return [:] }
  // "The timestamp(s) to query are represented as `offset` on input, and the offset(s) will be returned as `offset`"
  // (rdkafka.h); Kafka's own number for "the latest" is the same as librdkafka's for the end.
  let list = PartitionList(partitions, offset: Offset(RD_KAFKA_OFFSET_END))
  let code = list.withPointer { rd_kafka_offsets_for_times(client, $0, max(1, timeout.wholeMilliseconds)) }
  if code != RD_KAFKA_RESP_ERR_NO_ERROR { throw .unanswered(BrokerFailure(code, of: client)) }
  if let error = list.firstError { throw .unanswered(BrokerFailure(error.code, of: client)) }
  let ends = list.offsets
  guard ends.count == partitions.count else { throw .unanswered(BrokerFailure(RD_KAFKA_RESP_ERR__TIMED_OUT)) }
  return ends
}
