internal import CRdKafka
internal import Streams

/// Owns a queue made for one purpose, such as the answer to one request.
///
/// It must be gone before its client is; as a local variable of a function that borrows the client it always is. What
/// arrives afterwards, C throws away.
struct QueueHandle: ~Copyable {
  private let raw: OpaquePointer

  init(of client: OpaquePointer) {
    raw = rd_kafka_queue_new(client)
  }

  deinit {
    rd_kafka_queue_destroy(raw)
  }

  func withPointer<R>(_ body: (OpaquePointer) -> R) -> R {
    body(raw)
  }

  /// The next event, or `nil` after `timeout`.
  func next(waiting timeout: Duration) -> EventHandle? {
    rd_kafka_queue_poll(raw, timeout.wholeMilliseconds).map { EventHandle(owning: $0) }
  }
}

/// Owns one event taken from a queue. What it points to is copied out while it lives.
struct EventHandle: ~Copyable {
  private let raw: OpaquePointer

  init(owning raw: OpaquePointer) {
    self.raw = raw
  }

  deinit {
    rd_kafka_event_destroy(raw)
  }

  func withPointer<R, E: Error>(_ body: (OpaquePointer) throws(E) -> R) throws(E) -> R {
    try body(raw)
  }

  var code: rd_kafka_resp_err_t { rd_kafka_event_error(raw) }
  /// The failure of the whole request, if it failed.
  var failure: BrokerFailure? {
    guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
    return BrokerFailure(code, reason: rd_kafka_event_error_string(raw).map { String(cString: $0) })
  }
}
