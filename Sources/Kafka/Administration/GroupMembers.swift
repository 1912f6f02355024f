internal import CRdKafka
internal import Glibc
public import Streams

/// A member of a consumer group, as the cluster knows it.
public struct GroupMember: Sendable, Hashable {
  /// What its client calls itself: `client.id`.
  public let client: String
  /// Its name that outlives restarts, `group.instance.id`; `nil` if it has none.
  public let instance: String?
  /// Where it connects from, as the broker sees it.
  public let host: String
  /// What the group gave it, in order.
  public let partitions: [TopicPartition]
}

/// Asks a cluster who is in a group.
///
/// librdkafka 2.0.2 never comes back from that request where the broker does not know it: its main thread waits for a lock that it holds
/// itself, and with it whoever destroys the client and other clients of the process. Every real broker knows the request, the embedded one
/// does not. So it is first asked for the group by the older request, which is refused in good order where neither is known.
///
/// One thread at a time.
public final class GroupWatch {
  private let administration: TopicAdministration
  private var isKnown = false

  /// Asks the cluster of `settings`, each time for at most `timeout`; connects in the background.
  ///
  /// - Throws: `BrokerFailure` if librdkafka refuses the settings.
  public init(_ settings: ClientSettings, timeout: Duration = .seconds(5)) throws(BrokerFailure) {
    administration = try TopicAdministration(settings, timeout: timeout)
  }

  /// The members of `group` now, by name. A group that nobody is in has none.
  ///
  /// - Throws: `.unanswered` if the cluster does not answer, does not let us look, or does not know the request.
  public func members(of group: String) throws(AdministrationError) -> [GroupMember] {
    if !isKnown {
      try administration.checkListing(of: group)
      isKnown = true
    }
    return try administration.members(of: group)
  }
}

extension TopicAdministration {
  /// Fails where the cluster does not list groups.
  fileprivate func checkListing(of group: String) throws(AdministrationError) {
    var list: UnsafePointer<rd_kafka_group_list>?
    let code = rd_kafka_list_groups(client, group, &list, max(1, timeout.wholeMilliseconds))
    if let list { rd_kafka_group_list_destroy(list) }
    if code != RD_KAFKA_RESP_ERR_NO_ERROR { throw .unanswered(BrokerFailure(code, of: client)) }
  }

  fileprivate func members(of group: String) throws(AdministrationError) -> [GroupMember] {
    let name = strdup(group)
    defer { free(name) }
    var names: [UnsafePointer<CChar>?] = [UnsafePointer(name)]
    let event = try ask(RD_KAFKA_ADMIN_OP_DESCRIBECONSUMERGROUPS) { options, queue in
      rd_kafka_DescribeConsumerGroups(client, &names, names.count, options, queue)
    }
    return try event.withPointer { event throws(AdministrationError) in
      var count = 0
      let groups = rd_kafka_DescribeConsumerGroups_result_groups(
        rd_kafka_event_DescribeConsumerGroups_result(event), &count)
      guard count == 1, let answer = groups?[0] else { return [] }
      // "The lifetime of the returned memory is the same as the lifetime of the result object" (rdkafka.h): it is copied, not destroyed.
      if let error = rd_kafka_ConsumerGroupDescription_error(answer),
        rd_kafka_error_code(error) != RD_KAFKA_RESP_ERR_NO_ERROR
      {
        let reason = String(cString: rd_kafka_error_string(error))
        throw .unanswered(BrokerFailure(rd_kafka_error_code(error), reason: reason))
      }
      return (0..<rd_kafka_ConsumerGroupDescription_member_count(answer))
        .compactMap { rd_kafka_ConsumerGroupDescription_member(answer, $0).map { GroupMember(copying: $0) } }
        .sorted { ($0.instance ?? $0.client, $0.host) < ($1.instance ?? $1.client, $1.host) }
    }
  }
}

extension GroupMember {
  fileprivate init(copying member: OpaquePointer) {
    func text(_ pointer: UnsafePointer<CChar>?) -> String? { pointer.map { String(cString: $0) } }
    client = text(rd_kafka_MemberDescription_client_id(member)) ?? ""
    instance = text(rd_kafka_MemberDescription_group_instance_id(member))
    host = text(rd_kafka_MemberDescription_host(member)) ?? ""
    let assignment = rd_kafka_MemberDescription_assignment(member)
    partitions = [TopicPartition](copying: assignment.flatMap { rd_kafka_MemberAssignment_partitions($0) }).sorted()
  }
}
