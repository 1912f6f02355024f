internal import CRdKafka
internal import Glibc
public import Streams

/// Looks at a cluster's topics and makes them: what `heed topics plan`, `apply` and `check` do.
///
/// Every call asks the cluster and blocks for at most the timeout given at the start. One thread at a time.
public struct TopicAdministration: ~Copyable {
  /// librdkafka's admin requests go through any client; a producer is one that has no group.
  private let producer: Producer
  let timeout: Duration
  var client: OpaquePointer { producer.client }

  /// Administers the cluster of `settings`; connects in the background.
  ///
  /// - Throws: `BrokerFailure` if librdkafka refuses the settings.
  public init(_ settings: ClientSettings, timeout: Duration = .seconds(15)) throws(BrokerFailure) {
    producer = try Producer(settings)
    self.timeout = timeout
  }

  /// All topics of the cluster.
  public func topics() throws(AdministrationError) -> [TopicDescription] {
    do {
      return try listTopics(by: client, within: timeout)
    } catch {
      throw .unanswered(error)
    }
  }

  /// How many partitions `topic` has; `nil` if there is none of that name.
  public func partitionCount(of topic: String) throws(AdministrationError) -> Int32? {
    try topics().first { $0.name == topic }?.partitions
  }

  /// The first offset kept and the offset after the last one.
  public func bounds(of source: TopicPartition) throws(AdministrationError) -> Range<Offset> {
    do {
      return try offsetBounds(of: source, by: client, within: timeout)
    } catch {
      throw .unanswered(error)
    }
  }

  /// Makes topics, and returns when each of their partitions can be written. Those that exist already make it fail, so create what
  /// ``differences(from:)`` says is missing.
  ///
  /// - Throws: `.refused` for the first topic that the cluster refuses (others may exist by then); `.unanswered` if the
  ///   broker does not answer, does not know the request, as the embedded one, or does not serve them in time.
  public func create(_ topics: [TopicSpecification]) throws(AdministrationError) {
    guard !topics.isEmpty else { return }
    try order(topics)
    try waitUntilReady(topics)
  }

  private func order(_ topics: [TopicSpecification]) throws(AdministrationError) {
    var text = [CChar](repeating: 0, count: 512)
    var raw: [OpaquePointer?] = []
    defer { rd_kafka_NewTopic_destroy_array(&raw, raw.count) }
    for topic in topics {
      guard
        let new = rd_kafka_NewTopic_new(topic.name, topic.partitions, Int32(topic.replicas), &text, text.count)
      else {
        let failure = BrokerFailure(RD_KAFKA_RESP_ERR__INVALID_ARG, reason: String(terminated: text))
        throw .refused(topic: topic.name, failure)
      }
      raw.append(new)
      for (key, value) in topic.configuration { rd_kafka_NewTopic_set_config(new, key, value) }
    }
    let event = try ask(RD_KAFKA_ADMIN_OP_CREATETOPICS) { options, queue in
      rd_kafka_CreateTopics(client, &raw, raw.count, options, queue)
    }
    try event.withPointer { event throws(AdministrationError) in
      var count = 0
      try check(rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count), count)
    }
  }

  /// The controller answers when the order stands in its log, and each broker follows that log on its own, a little later. Until
  /// then a broker answers as if there were no such topic, knows it and not its configuration, or does not lead the partition yet.
  ///
  /// To write in that moment is worse than to be refused (``BrokerFailure/unplaced``), so each leader is asked.
  private func waitUntilReady(_ topics: [TopicSpecification]) throws(AdministrationError) {
    let deadline = Deadline(in: timeout)
    while try !areReady(topics) {
      guard !deadline.isPast else {
        let reason = "the topics were created, but the cluster does not serve them yet"
        throw .unanswered(BrokerFailure(RD_KAFKA_RESP_ERR__TIMED_OUT, reason: reason))
      }
      usleep(50_000)
    }
  }

  private func areReady(_ topics: [TopicSpecification]) throws(AdministrationError) -> Bool {
    do {
      guard try differences(from: topics).allSatisfy({ if case .missing = $0 { false } else { true } }) else {
        return false
      }
      _ = try ends(of: topics.flatMap { topic in (0..<topic.partitions).map { TopicPartition(topic.name, $0) } })
      return true
    } catch {
      switch error {
      case .refused(_, let failure), .unanswered(let failure):
        guard ["UNKNOWN_TOPIC_OR_PART", "NOT_LEADER_FOR_PARTITION", "LEADER_NOT_AVAILABLE"].contains(failure.code)
        else {
          throw error
        }
        return false
      }
    }
  }

  /// Deletes topics and everything in them. Returns when the cluster has taken the order; it carries it out soon after.
  ///
  /// - Throws: as ``create(_:)``.
  public func delete(_ topics: [String]) throws(AdministrationError) {
    guard !topics.isEmpty else { return }
    var raw: [OpaquePointer?] = topics.map { rd_kafka_DeleteTopic_new($0) }
    defer { rd_kafka_DeleteTopic_destroy_array(&raw, raw.count) }
    let event = try ask(RD_KAFKA_ADMIN_OP_DELETETOPICS) { options, queue in
      rd_kafka_DeleteTopics(client, &raw, raw.count, options, queue)
    }
    try event.withPointer { event throws(AdministrationError) in
      var count = 0
      try check(rd_kafka_DeleteTopics_result_topics(rd_kafka_event_DeleteTopics_result(event), &count), count)
    }
  }

  /// Each topic has an answer of its own within the answer.
  private func check(_ topics: UnsafeMutablePointer<OpaquePointer?>?, _ count: Int) throws(AdministrationError) {
    for index in 0..<count {
      let code = rd_kafka_topic_result_error(topics![index])
      guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { continue }
      let reason = rd_kafka_topic_result_error_string(topics![index]).map { String(cString: $0) }
      let name = String(cString: rd_kafka_topic_result_name(topics![index]))
      throw .refused(topic: name, BrokerFailure(code, reason: reason))
    }
  }

  /// Sends an admin request and waits for its answer, which lives as long as the event.
  func ask(
    _ operation: rd_kafka_admin_op_t, _ request: (_ options: OpaquePointer?, _ queue: OpaquePointer) -> Void
  ) throws(AdministrationError) -> EventHandle {
    let options = rd_kafka_AdminOptions_new(client, operation)
    defer { rd_kafka_AdminOptions_destroy(options) }
    var text = [CChar](repeating: 0, count: 512)
    rd_kafka_AdminOptions_set_request_timeout(options, max(1, timeout.wholeMilliseconds), &text, text.count)
    let queue = QueueHandle(of: client)
    queue.withPointer { request(options, $0) }
    // The request has a timeout of its own, and librdkafka reports it; this one only makes sure that we return.
    guard let event = queue.next(waiting: timeout + .seconds(2)) else {
      throw .unanswered(BrokerFailure(RD_KAFKA_RESP_ERR__TIMED_OUT))
    }
    if let failure = event.failure { throw .unanswered(failure) }
    return event
  }
}

/// Why a cluster's topics could not be looked at or changed.
public enum AdministrationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The cluster did not answer, or does not know the request. Check the address, or try again later.
  case unanswered(BrokerFailure)
  /// The cluster refused this topic: it exists already, the rights are missing, a value is not allowed.
  case refused(topic: String, BrokerFailure)

  /// What happened, on one line.
  public var description: String {
    switch self {
    case .unanswered(let failure): "the cluster did not answer: \(failure)"
    case .refused(let topic, let failure): "the cluster refused topic \(topic): \(failure)"
    }
  }
}
