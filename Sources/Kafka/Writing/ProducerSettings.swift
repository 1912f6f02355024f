/// How records are written.
public struct ProducerSettings: Sendable {
  /// How batches are compressed.
  public enum Compression: String, Sendable {
    /// Not at all.
    case none
    /// Fast, a third of the bytes of JSON: the default.
    case lz4
    /// Half of lz4's bytes at several times its cost.
    case zstd
    /// For consumers that know nothing else.
    case gzip, snappy
  }

  /// The name under which transactions are made; `nil` makes a plain idempotent producer. The next producer of this name
  /// fences this one, so it must be one per worker and the same after a restart.
  public var transactionalID: String?
  /// After this long the broker aborts a transaction by itself. Not above the broker's `transaction.max.timeout.ms`.
  public var transactionTimeout: Duration
  /// After this long a record that is not acknowledged has failed. Not above `transactionTimeout`.
  public var deliveryTimeout: Duration
  /// How long a record waits for others to share a batch with. A flush or a commit does not wait.
  public var linger: Duration
  /// How batches are compressed.
  public var compression: Compression
  /// How many batches may be on their way to one broker at once, 1 to 5.
  ///
  /// With more than one there is a moment in which a record can be lost (``BrokerFailure/unplaced``), which then fails. With one none is,
  /// and each batch waits for the answer to the one before.
  public var batchesInFlightMax: Int

  /// Settings of a producer.
  public init(
    transactionalID: String? = nil, transactionTimeout: Duration = .seconds(60),
    deliveryTimeout: Duration = .seconds(30),
    linger: Duration = .milliseconds(5), compression: Compression = .lz4, batchesInFlightMax: Int = 5
  ) {
    self.transactionalID = transactionalID
    self.transactionTimeout = transactionTimeout
    self.deliveryTimeout = deliveryTimeout
    self.linger = linger
    self.compression = compression
    self.batchesInFlightMax = batchesInFlightMax
  }

  /// Says all of it, also what is the default today.
  var values: [(key: String, value: String)] {
    var values = [
      // What Java clients do. librdkafka's own default is CRC32, which would put a customer's events into another log.
      ("partitioner", "murmur2_random"),
      ("enable.idempotence", "true"),
      ("acks", "all"),
      ("max.in.flight.requests.per.connection", String(batchesInFlightMax)),
      ("message.timeout.ms", String(deliveryTimeout.wholeMilliseconds)),
      ("linger.ms", String(linger.wholeMilliseconds)),
      ("compression.codec", compression.rawValue),
    ]
    if let transactionalID {
      values.append(("transactional.id", transactionalID))
      values.append(("transaction.timeout.ms", String(transactionTimeout.wholeMilliseconds)))
    }
    return values
  }
}
