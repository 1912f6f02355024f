/// What a worker is promised when it or the cluster fails.
public enum ProcessingGuarantee: Sendable, Hashable {
  /// Outputs, tables and positions become visible together or not at all. The id must be this worker's own, and the same
  /// after a restart. Needs a broker with transactions, which the embedded one has not.
  case exactlyOnce(transactionalID: String)
  /// Outputs, then tables, then positions, each acknowledged before the next: a crash repeats and never loses.
  case atLeastOnce
}

/// What a ``KafkaBroker`` needs to know.
public struct KafkaBrokerSettings: Sendable {
  /// The cluster.
  public var client: ClientSettings
  /// How to read.
  public var consumer: ConsumerSettings
  /// How to write. Its transactional id is set by the guarantee.
  public var producer: ProducerSettings
  /// What is promised.
  public var guarantee: ProcessingGuarantee
  /// The longest wait for one answer of the cluster, where nothing more exact is said.
  public var requestTimeout: Duration
  /// The longest wait for leaving the group.
  public var closeTimeout: Duration

  /// Settings of one worker's broker.
  public init(
    client: ClientSettings, consumer: ConsumerSettings, producer: ProducerSettings = ProducerSettings(),
    guarantee: ProcessingGuarantee, requestTimeout: Duration = .seconds(30), closeTimeout: Duration = .seconds(10)
  ) {
    self.client = client
    self.consumer = consumer
    self.producer = producer
    self.guarantee = guarantee
    self.requestTimeout = requestTimeout
    self.closeTimeout = closeTimeout
  }
}
