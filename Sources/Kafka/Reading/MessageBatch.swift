internal import CRdKafka
public import Streams

/// Messages lent by a consumer: C's own memory, nothing copied. For loops where copying would show.
///
/// It cannot be kept: it is lent to a closure and cannot be copied. The pointers it gives must not be kept either; they are
/// good until the closure returns.
public struct MessageBatch: ~Copyable {
  typealias Messages = Slice<UnsafeMutableBufferPointer<UnsafeMutablePointer<rd_kafka_message_t>?>>

  /// What stands at a place in the batch.
  public enum Kind: Sendable, Equatable {
    /// A record.
    case record
    /// The end of a partition, as of now.
    case endOfPartition
    /// A failure, of the partition it names or of the client.
    case failed(BrokerFailure)
  }

  private let client: OpaquePointer
  private let messages: Messages

  init(client: OpaquePointer, messages: Messages) {
    self.client = client
    self.messages = messages
  }

  deinit {
    for message in messages { rd_kafka_message_destroy(message) }
  }

  /// How many messages there are, failures and ends of partitions included.
  public var count: Int { messages.count }

  private func message(_ index: Int) -> UnsafeMutablePointer<rd_kafka_message_t> {
    messages[index].unsafelyUnwrapped
  }

  /// What stands at `index`. Look before reading key and value: a failure has its text there.
  public func kind(_ index: Int) -> Kind {
    let message = message(index)
    switch message.pointee.err {
    case RD_KAFKA_RESP_ERR_NO_ERROR: return .record
    case RD_KAFKA_RESP_ERR__PARTITION_EOF: return .endOfPartition
    case let code:
      let reason = rd_kafka_message_errstr(message).map { String(cString: $0) }
      return .failed(BrokerFailure(code, of: client, reason: reason))
    }
  }

  /// Whether a record stands at `index`; cheaper than ``kind(_:)``.
  public func isRecord(_ index: Int) -> Bool { message(index).pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR }
  /// The number of its partition.
  public func partition(_ index: Int) -> Int32 { message(index).pointee.partition }
  /// Where it stands in its partition.
  public func offset(_ index: Int) -> Offset { message(index).pointee.offset }

  /// Its value in C's memory, good until the closure returns; `nil` is a tombstone.
  public func value(_ index: Int) -> UnsafeRawBufferPointer? {
    let message = message(index)
    return message.pointee.payload.map { UnsafeRawBufferPointer(start: $0, count: message.pointee.len) }
  }

  /// Its key in C's memory, good until the closure returns; `nil` is Kafka's null key.
  public func key(_ index: Int) -> UnsafeRawBufferPointer? {
    let message = message(index)
    return message.pointee.key.map { UnsafeRawBufferPointer(start: $0, count: message.pointee.key_len) }
  }

  /// The name of its topic; empty for a failure of the client.
  public func topic(_ index: Int) -> String {
    topicHandle(index).map { String(cString: rd_kafka_topic_name($0)) } ?? ""
  }

  /// The time in its envelope, milliseconds since 1970, or -1 if it has none.
  public func timestampMilliseconds(_ index: Int) -> Int64 { rd_kafka_message_timestamp(message(index), nil) }

  /// Its headers, copied.
  public func headers(_ index: Int) -> Headers {
    var headers = Headers()
    var raw: OpaquePointer?
    // "The returned pointer in *hdrsp is associated with the rkmessage and must not be used after destruction of the
    // message object or the header list is replaced" (rdkafka.h): so it is not ours to destroy.
    guard rd_kafka_message_headers(message(index), &raw) == RD_KAFKA_RESP_ERR_NO_ERROR, let raw else { return headers }
    var position = 0
    var name: UnsafePointer<CChar>?
    var value: UnsafeRawPointer?
    var length = 0
    while rd_kafka_header_get_all(raw, position, &name, &value, &length) == RD_KAFKA_RESP_ERR_NO_ERROR {
      guard let start = name else { break }
      if position == 0 { headers.reserve(bytes: 40 * rd_kafka_header_cnt(raw)) }
      var end = start
      while end.pointee != 0 { end += 1 }
      headers.append(
        name: UnsafeRawBufferPointer(start: start, count: end - start),
        bytes: value.map { UnsafeRawBufferPointer(start: $0, count: length) })
      position += 1
    }
    return headers
  }

  /// The offset after the last record of `source`, open transactions included, as the last fetch told it.
  func lastKnownEnd(of source: TopicPartition) -> Offset? { highWatermark(of: source, by: client) }

  /// C's handle of its topic, to see without comparing text whether two messages have the same. Good as long as the batch.
  func topicHandle(_ index: Int) -> OpaquePointer? { message(index).pointee.rkt }
}
