internal import CRdKafka
public import Streams

/// Writes records, once and in order, in transactions or without. Owned by one thread, like everything in it.
///
/// Records are copied when they are produced, sent in the background, and counted when they are acknowledged; nothing is
/// known to be written before ``flush(within:)`` or ``commitTransaction()`` says so.
public struct Producer: ~Copyable {
  let client: OpaquePointer
  let callbacks: ProducerCallbacks
  /// Handles of the topics written to; they must be destroyed before the client.
  private var topics: [String: OpaquePointer] = [:]
  /// The last topic asked for: records come in runs of one topic, and this saves the dictionary.
  private var last: (name: String, topic: ProducerTopic)?
  let settings: ProducerSettings

  /// A producer; connects in the background. With a `transactionalID`, call ``initTransactions(within:)`` next.
  ///
  /// - Throws: `BrokerFailure` if librdkafka refuses the settings; it cannot be cured by trying again.
  public init(_ client: ClientSettings, _ settings: ProducerSettings = ProducerSettings()) throws(BrokerFailure) {
    let callbacks = ProducerCallbacks(log: client.log)
    self.client = try ConfigurationHandle.makeClient(
      RD_KAFKA_PRODUCER, client, settings.values, callbacks: callbacks)
    self.callbacks = callbacks
    self.settings = settings
  }

  /// Frees everything, in the order C asks for. What was not flushed is lost, as in a crash.
  deinit {
    for topic in topics.values { rd_kafka_topic_destroy(topic) }
    rd_kafka_destroy(client)
    callbacks.releaseFromClient()
  }

  /// The topic `name`, to be looked up once before a hot loop. Good as long as the producer.
  public mutating func topic(_ name: String) throws(BrokerFailure) -> ProducerTopic {
    if let last, last.name == name { return last.topic }
    let raw: OpaquePointer
    if let known = topics[name] {
      raw = known
    } else {
      guard let new = rd_kafka_topic_new(client, name, nil) else {
        throw BrokerFailure(rd_kafka_last_error(), of: client)
      }
      topics[name] = new
      raw = new
    }
    let topic = ProducerTopic(raw: raw)
    last = (name, topic)
    return topic
  }

  /// Hands `record` to the sender. Its partition is its own if it has one, else the one that its key gives.
  ///
  /// Waits up to `timeout` while the queue of unsent records is full.
  ///
  /// - Throws: `BrokerFailure`: `_QUEUE_FULL` after the timeout (the broker is slow or away); `MSG_SIZE_TOO_LARGE`, which no
  ///   retry cures; others as librdkafka names them. In a transaction, abort it.
  public mutating func produce(
    _ record: OutgoingRecord, within timeout: Duration = .seconds(30)
  ) throws(BrokerFailure) {
    let topic = try topic(record.topic)
    try untilQueued(timeout) { enqueue(record, to: topic) }
  }

  /// Hands a record in borrowed memory to the sender, which copies it; for loops where owned values would show.
  ///
  /// - Throws: as ``produce(_:within:)``.
  public mutating func produce(
    to topic: ProducerTopic, partition: Int32? = nil, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?,
    within timeout: Duration = .seconds(30)
  ) throws(BrokerFailure) {
    try untilQueued(timeout) { topic.enqueue(partition, key, value) }
  }

  /// Repeats `attempt` while the queue is full, serving delivery reports, which is what empties it.
  private func untilQueued(
    _ timeout: Duration, _ attempt: () -> rd_kafka_resp_err_t
  ) throws(BrokerFailure) {
    var code = attempt()
    guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return }
    let deadline = Deadline(in: timeout)
    while code == RD_KAFKA_RESP_ERR__QUEUE_FULL, !deadline.isPast {
      rd_kafka_poll(client, min(100, deadline.remaining.wholeMilliseconds))
      code = attempt()
    }
    guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return }
    throw cause(behind: code) ?? BrokerFailure(code, of: client)
  }

  /// `_STATE` says only that the transaction has failed; why, the delivery report of the record that failed it knows.
  func cause(behind code: rd_kafka_resp_err_t) -> BrokerFailure? {
    guard code == RD_KAFKA_RESP_ERR__STATE else { return nil }
    rd_kafka_poll(client, 0)
    return callbacks.firstFailure
  }

  private func enqueue(_ record: OutgoingRecord, to topic: ProducerTopic) -> rd_kafka_resp_err_t {
    withBytes(record.key) { key in
      withBytes(record.value) { value in
        // Without headers the call without a list of arguments is the cheaper one.
        record.headers.count == 0
          ? topic.enqueue(record.partition, key, value)
          : topic.enqueue(record.partition, key, value, HeadersHandle(record.headers), client)
      }
    }
  }

  /// Counts what was acknowledged since the last call and hears of errors. Returns at once.
  public mutating func serve() {
    rd_kafka_poll(client, 0)
  }

  /// Records acknowledged and failed since the producer was made, as far as they were served.
  public var deliveries: (acknowledged: Int, failed: Int) { (callbacks.delivered, callbacks.failed) }

  /// Errors of the client since the last call, such as brokers that cannot be reached; librdkafka goes on trying unless they
  /// are fatal.
  public mutating func takeErrors() -> [BrokerFailure] {
    callbacks.takeErrors()
  }

  /// Waits until everything produced so far is acknowledged, or has failed.
  ///
  /// - Throws: `BrokerFailure`: the first failure of a record since the last flush or transaction; or `_TIMED_OUT`, and then
  ///   what was not sent yet is thrown away. What else was produced may or may not be in the log.
  public mutating func flush(within timeout: Duration) throws(BrokerFailure) {
    defer { callbacks.forgetFailure() }
    let code = rd_kafka_flush(client, timeout.wholeMilliseconds)
    if code != RD_KAFKA_RESP_ERR_NO_ERROR {
      // Only what waits: records on their way cannot be called back, and their numbers must stay gapless.
      rd_kafka_purge(client, RD_KAFKA_PURGE_F_QUEUE)
      rd_kafka_poll(client, 0)
      throw callbacks.firstFailure ?? BrokerFailure(code, of: client)
    }
    if let failure = callbacks.firstFailure { throw failure }
  }
}

@available(*, unavailable)
extension Producer: Sendable {}

/// A topic of a producer, good as long as the producer.
public struct ProducerTopic {
  let raw: OpaquePointer

  /// `rd_kafka_produce` copies key and value (`RD_KAFKA_MSG_F_COPY`), so nothing has to outlive the call.
  func enqueue(
    _ partition: Int32?, _ key: UnsafeRawBufferPointer?, _ value: UnsafeRawBufferPointer?
  ) -> rd_kafka_resp_err_t {
    let result = rd_kafka_produce(
      raw, partition ?? RD_KAFKA_PARTITION_UA, RD_KAFKA_MSG_F_COPY, value.start, value?.count ?? 0,
      key.start, key?.count ?? 0, nil)
    return result == 0 ? RD_KAFKA_RESP_ERR_NO_ERROR : rd_kafka_last_error()
  }
}

extension UnsafeRawBufferPointer? {
  /// Where the bytes begin, for C: null only for Kafka's null, never for no bytes.
  var start: UnsafeMutableRawPointer? {
    guard let self else { return nil }
    return UnsafeMutableRawPointer(mutating: self.baseAddress ?? UnsafeRawPointer(bitPattern: 1))
  }
}

/// Lends the bytes of an optional array; `nil` stays `nil`.
private func withBytes<R>(_ bytes: [UInt8]?, _ body: (UnsafeRawBufferPointer?) -> R) -> R {
  guard let bytes else { return body(nil) }
  return bytes.withUnsafeBytes { body($0) }
}
