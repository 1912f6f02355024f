internal import FoundationEssentials
public import Streams

/// Something that could not be read, kept whole so that it can be mended and sent again.
///
/// Carries the original bytes, and of the failure its code, its place and a hint: nothing a customer wrote is copied out of
/// the value.
public struct DeadLetter: Sendable, Hashable {
  /// The bytes that could not be read.
  public let value: [UInt8]
  /// Why.
  public let failure: DecodingFailure

  /// `value` could not be read because of `failure`.
  public init(value: [UInt8], failure: DecodingFailure) {
    self.value = value
    self.failure = failure
  }

  /// Derived from the bytes: the only thing about them that is certain.
  public var id: String { DerivedID.make("dead", source: outputSource, id: Digest256(of: value).hex) }

  /// The record for the dead letters: the original key, headers and value, with the failure in added headers, under the
  /// names that Spring Kafka (`kafka_dlt-*`) and Kafka Connect (`__connect.errors.*`) use, so that their viewers read it.
  /// What an earlier dead letter of the same event added is replaced.
  ///
  /// Spring writes partition, offset and timestamp as big-endian binary, Connect as text. Sources: `KafkaHeaders.java`,
  /// `DeadLetterPublishingRecoverer.java`; KIP-298.
  ///
  /// - Parameter keepingValue: `false` leaves the bytes out, where they are what nobody takes; the position says where they
  ///   stand as long as the log keeps them.
  public func record(
    of original: Record, group: String, in catalogue: Catalogue, keepingValue: Bool = true
  ) -> OutgoingRecord {
    var headers = Self.originalHeaders(of: original.headers)
    let message = failure.code.rawValue + (failure.path.isEmpty ? "" : " at " + failure.path) + ": " + failure.hint
    let partition = original.source.partition
    headers.append("heed_code", failure.code.rawValue)
    headers.append("heed_path", failure.path)
    headers.append("heed_id", id)
    if !keepingValue { headers.append("heed_bytes_left_out", String(value.count)) }
    headers.append("kafka_dlt-original-topic", original.source.topic)
    headers.append("kafka_dlt-original-partition", bytes: bigEndian(partition))
    headers.append("kafka_dlt-original-offset", bytes: bigEndian(original.offset))
    headers.append("kafka_dlt-original-timestamp", bytes: bigEndian(original.timestampMilliseconds))
    headers.append("kafka_dlt-original-timestamp-type", "CreateTime")
    headers.append("kafka_dlt-original-consumer-group", group)
    headers.append("kafka_dlt-exception-fqcn", "heed.DecodingFailure")
    headers.append("kafka_dlt-exception-message", message)
    headers.append("__connect.errors.topic", original.source.topic)
    headers.append("__connect.errors.partition", String(partition))
    headers.append("__connect.errors.offset", String(original.offset))
    headers.append("__connect.errors.connector.name", group)
    headers.append("__connect.errors.task.id", String(partition))
    headers.append("__connect.errors.stage", "VALUE_CONVERTER")
    headers.append("__connect.errors.class.name", "heed.EventDecoder")
    headers.append("__connect.errors.exception.class.name", "heed.DecodingFailure")
    headers.append("__connect.errors.exception.message", message)
    return OutgoingRecord(
      topic: catalogue.deadLetters.name, key: original.key, headers: headers,
      value: keepingValue ? original.value : nil, tally: .deadLetter(code: failure.code.rawValue))
  }

  /// The dead letter as a structured CloudEvent for files: the bytes in `data_base64`, the failure in extension attributes.
  public func structured() -> [UInt8] {
    var writer = JSONWriter(capacity: value.count * 4 / 3 + 512)
    writer.object { writer in
      writer.field("specversion", "1.0")
      writer.field("id", id)
      writer.field("source", outputSource)
      writer.field("type", EventType.deadLetter.rawValue)
      writer.field("code", failure.code.rawValue)
      if !failure.path.isEmpty { writer.field("path", failure.path) }
      writer.field("hint", failure.hint)
      writer.field("datacontenttype", "application/octet-stream")
      writer.field("data_base64", Data(value).base64EncodedString())
    }
    return writer.bytes
  }

  private func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.bigEndian) { Array($0) }
  }
}
