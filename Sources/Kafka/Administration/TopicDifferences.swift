internal import CRdKafka
public import Streams

/// How the cluster differs from what a topic should be.
public enum TopicDifference: Sendable, Hashable {
  /// There is no such topic: create it.
  case missing(TopicSpecification)
  /// It has another number of partitions. Nobody changes that by himself: it would give keys other partitions.
  case partitions(topic: String, found: Int32, wanted: Int32)
  /// A configuration our promises need has another value; `nil` if the cluster does not say it.
  case configuration(topic: String, key: String, found: String?, wanted: String)
}

extension TopicAdministration {
  /// What is missing or different on the cluster, in the order of `topics`.
  ///
  /// Asks for configurations only if a topic that exists has some, so that it also works where the cluster does not tell them.
  public func differences(
    from topics: [TopicSpecification]
  ) throws(AdministrationError) -> [TopicDifference] {
    let found = Dictionary(try self.topics().map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let asked = topics.filter { !$0.configuration.isEmpty && found[$0.name] != nil }
    let configurations = try configurations(of: asked.map(\.name))
    var differences: [TopicDifference] = []
    for topic in topics {
      guard let existing = found[topic.name] else {
        differences.append(.missing(topic))
        continue
      }
      if existing.partitions != topic.partitions {
        differences.append(.partitions(topic: topic.name, found: existing.partitions, wanted: topic.partitions))
      }
      for (key, wanted) in topic.configuration.sorted(by: { $0.key < $1.key }) {
        let value = configurations[topic.name]?[key]
        guard value != wanted else { continue }
        differences.append(.configuration(topic: topic.name, key: key, found: value, wanted: wanted))
      }
    }
    return differences
  }

  /// The configurations of topics that exist, by Kafka's names, defaults included.
  public func configurations(of topics: [String]) throws(AdministrationError) -> [String: [String: String]] {
    guard !topics.isEmpty else { return [:] }
    var raw: [OpaquePointer?] = topics.map { rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, $0) }
    defer { rd_kafka_ConfigResource_destroy_array(&raw, raw.count) }
    let event = try ask(RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS) { options, queue in
      rd_kafka_DescribeConfigs(client, &raw, raw.count, options, queue)
    }
    return try event.withPointer { event throws(AdministrationError) in
      var count = 0
      let resources = rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(event), &count)
      var configurations: [String: [String: String]] = [:]
      for index in 0..<count {
        let (name, entries) = try entries(of: resources![index])
        configurations[name] = entries
      }
      return configurations
    }
  }

  private func entries(
    of resource: OpaquePointer?
  ) throws(AdministrationError) -> (topic: String, entries: [String: String]) {
    let name = String(cString: rd_kafka_ConfigResource_name(resource))
    let code = rd_kafka_ConfigResource_error(resource)
    guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
      let reason = rd_kafka_ConfigResource_error_string(resource).map { String(cString: $0) }
      throw .refused(topic: name, BrokerFailure(code, reason: reason))
    }
    var count = 0
    let raw = rd_kafka_ConfigResource_configs(resource, &count)
    var entries: [String: String] = [:]
    for index in 0..<count {
      guard let value = rd_kafka_ConfigEntry_value(raw![index]) else { continue }
      entries[String(cString: rd_kafka_ConfigEntry_name(raw![index]))] = String(cString: value)
    }
    return (name, entries)
  }
}
