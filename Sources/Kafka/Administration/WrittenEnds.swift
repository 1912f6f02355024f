internal import CRdKafka
public import Streams

/// Asks where logs end for a reader of everything, transactions that are open included.
///
/// A client of its own: which end the cluster tells follows from the isolation level, and a client has one. It asks and never
/// reads, so no record of an open or aborted transaction can come through it. Nor does a reader's own last fetch do instead: a
/// client that waits at an end hears of nothing behind it.
public struct WrittenEnds: ~Copyable {
  private let client: OpaquePointer
  private let callbacks: ClientCallbacks
  private let timeout: Duration

  /// Asks the cluster of `settings`; connects in the background.
  ///
  /// - Throws: `BrokerFailure` if librdkafka refuses the settings.
  public init(_ settings: ClientSettings, timeout: Duration) throws(BrokerFailure) {
    callbacks = ClientCallbacks(log: settings.log)
    // A consumer, though it is in no group: producers have no isolation level.
    client = try ConfigurationHandle.makeClient(
      RD_KAFKA_CONSUMER, settings, [("isolation.level", "read_uncommitted")], callbacks: callbacks)
    self.timeout = timeout
  }

  deinit {
    rd_kafka_destroy(client)
    callbacks.releaseFromClient()
  }

  /// The offset after the last record of each partition, be it visible or not, by one request to each leader.
  ///
  /// - Throws: `.unanswered` if one of them is not known in time.
  public func ends(of partitions: [TopicPartition]) throws(AdministrationError) -> [TopicPartition: Offset] {
    try logEnds(of: partitions, by: client, within: timeout)
  }
}
