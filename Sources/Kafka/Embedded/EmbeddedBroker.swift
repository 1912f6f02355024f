internal import CRdKafka
public import Streams
internal import Synchronization

/// A small Kafka in this process: librdkafka's mock cluster, reachable over TCP by any client on this machine.
///
/// Good for tests, demonstrations and developing without Docker. It speaks the real protocol, with real groups and
/// rebalances. What it does not do, as measured with librdkafka 2.0.2:
///
/// - **Transactions prove nothing.** All calls succeed, but positions sent with a transaction are not stored, aborted and
///   open transactions are visible to `read_committed`, there are no control records, and a fenced producer commits happily.
///   The same in 2.16. So use it at least once.
/// - It keeps 5 MiB or 100,000 batches a partition and silently drops what is older; nothing is ever compacted.
/// - It has no admin requests: topics are made by ``createTopic(_:partitions:)`` or appear on first use with 4 partitions, so
///   a misspelt topic goes unnoticed.
/// - It cannot look up offsets by time.
/// - A group's first join takes 3 s, and a session shorter than that is never assigned anything.
/// - It answers an empty fetch only after the whole `fetch.wait.max.ms`.
/// - Two assignors in one group end this process by an assertion; all our clients use `range`.
/// - Its port is the kernel's choice: librdkafka binds it before anyone is asked. Tell clients ``bootstrapServers``.
/// - It listens on 127.0.0.1 only, without encryption or authentication.
public final class EmbeddedBroker: Sendable {
  /// Where clients find it: `127.0.0.1:port`.
  public let bootstrapServers: String
  private let cluster: Mutex<MockCluster?>

  /// Starts it, with `topics` made up front (configuration and replicas are ignored).
  ///
  /// - Throws: `BrokerFailure` if there is no port or no memory left.
  public init(topics: [TopicSpecification] = []) throws(BrokerFailure) {
    let cluster = try MockCluster()
    bootstrapServers = cluster.bootstrapServers
    sendWithoutDelay(listenersAt: bootstrapServers)
    for topic in topics { try cluster.createTopic(topic.name, partitions: topic.partitions) }
    self.cluster = Mutex(cluster)
  }

  /// Makes a topic of `partitions` partitions. Any thread may call it.
  ///
  /// - Throws: `BrokerFailure`, `TOPIC_ALREADY_EXISTS` if there is one of that name.
  public func createTopic(_ name: String, partitions: Int32) throws(BrokerFailure) {
    try cluster.withLock { cluster throws(BrokerFailure) in
      try cluster?.createTopic(name, partitions: partitions)
    }
  }

  /// Ends it; clients see a broker that went away. Also done when the last reference is gone.
  public func stop() {
    cluster.withLock { $0 = nil }
  }

  /// Cuts all connections and takes no new ones until ``comeBack()``: a cluster that is away. What it holds stays.
  public func goAway() {
    cluster.withLock { $0?.setReachable(false) }
  }

  /// Takes connections again.
  public func comeBack() {
    cluster.withLock { $0?.setReachable(true) }
  }

  /// Makes the next requests of a kind fail, one for each code; see `Injection.swift`.
  func failNext(_ request: InjectedRequest, with errors: [InjectedError]) {
    cluster.withLock { $0?.push(errors, for: request) }
  }
}

/// Owns the mock cluster and the handle that librdkafka wants for it. Thread-safe in C: every call is a message to the
/// cluster's own thread.
private struct MockCluster: ~Copyable, @unchecked Sendable {
  private let client: OpaquePointer
  private let cluster: OpaquePointer

  init() throws(BrokerFailure) {
    var text = [CChar](repeating: 0, count: 512)
    // The handle is for "internal book keeping" of the cluster only, so its warning that it knows no brokers means nothing.
    let configuration = rd_kafka_conf_new()
    rd_kafka_conf_set(configuration, "log_level", "3", &text, text.count)
    guard let client = rd_kafka_new(RD_KAFKA_PRODUCER, configuration, &text, text.count) else {
      rd_kafka_conf_destroy(configuration)
      throw BrokerFailure(rd_kafka_last_error(), reason: String(terminated: text), isFatal: true)
    }
    guard let cluster = rd_kafka_mock_cluster_new(client, 1) else {
      rd_kafka_destroy(client)
      throw BrokerFailure(RD_KAFKA_RESP_ERR__CRIT_SYS_RESOURCE, reason: "the mock cluster did not start", isFatal: true)
    }
    self.client = client
    self.cluster = cluster
  }

  deinit {
    rd_kafka_mock_cluster_destroy(cluster)
    rd_kafka_destroy(client)
  }

  var bootstrapServers: String { String(cString: rd_kafka_mock_cluster_bootstraps(cluster)) }

  func createTopic(_ name: String, partitions: Int32) throws(BrokerFailure) {
    let code = rd_kafka_mock_topic_create(cluster, name, partitions, 1)
    guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw BrokerFailure(code) }
  }

  /// The cluster's one broker has the number 1.
  func setReachable(_ isReachable: Bool) {
    _ = isReachable ? rd_kafka_mock_broker_set_up(cluster, 1) : rd_kafka_mock_broker_set_down(cluster, 1)
  }

  func push(_ errors: [InjectedError], for request: InjectedRequest) {
    let codes = errors.map { rd_kafka_resp_err_t(rawValue: $0.rawValue) }
    rd_kafka_mock_push_request_errors_array(cluster, request.rawValue, codes.count, codes)
  }
}
