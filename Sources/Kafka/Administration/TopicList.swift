internal import CRdKafka
public import Streams

/// A topic as the cluster has it.
public struct TopicDescription: Sendable, Hashable {
  /// The full name.
  public let name: String
  /// How many partitions it has.
  public let partitions: Int32
  /// How many copies of its first partition there are.
  public let replicas: Int

  /// Its partitions, by number.
  public var all: [TopicPartition] { (0..<partitions).map { TopicPartition(name, $0) } }
}

/// All topics of the cluster, by any client.
///
/// Always all of them: asking for one by its name would create it on clusters that create topics automatically.
func listTopics(by client: OpaquePointer, within timeout: Duration) throws(BrokerFailure) -> [TopicDescription] {
  var answer: UnsafePointer<rd_kafka_metadata>?
  let code = rd_kafka_metadata(client, 1, nil, &answer, timeout.wholeMilliseconds)
  guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let answer else { throw BrokerFailure(code, of: client) }
  defer { rd_kafka_metadata_destroy(answer) }
  return (0..<Int(answer.pointee.topic_cnt)).compactMap { index in
    let topic = answer.pointee.topics[index]
    guard topic.err == RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
    let replicas = topic.partition_cnt > 0 ? Int(topic.partitions[0].replica_cnt) : 0
    return TopicDescription(name: String(cString: topic.topic), partitions: topic.partition_cnt, replicas: replicas)
  }
}
