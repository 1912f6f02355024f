public import Streams

/// A record of the dead letters read back: what was rejected, why and where it stood. What `heed dead-letters` works with.
public struct RejectedRecord: Sendable, Hashable {
  /// The record of the dead letters itself.
  public let letter: Record
  /// Why it was rejected.
  public let failure: DecodingFailure
  /// Where the original stood.
  public let source: TopicPartition
  /// Where it stood there.
  public let offset: Offset
  /// How often it was put back before it was rejected this time.
  public let redriven: Int
  /// How many bytes were left out because nobody took them; `nil` if the original's bytes are there.
  public let bytesLeftOut: Int?

  /// Reads back what ``DeadLetter`` wrote; `nil` for a record that is none of ours.
  public init?(_ letter: Record) {
    let headers = letter.headers
    guard let code = headers.text("heed_code").flatMap({ DecodingFailure.Code(rawValue: $0) }),
      let topic = headers.text("__connect.errors.topic"),
      let partition = headers.text("__connect.errors.partition").flatMap({ Int32($0) }),
      let offset = headers.text("__connect.errors.offset").flatMap({ Offset($0) })
    else { return nil }
    self.letter = letter
    failure = DecodingFailure(code, path: headers.text("heed_path") ?? "")
    source = TopicPartition(topic, partition)
    self.offset = offset
    redriven = headers.text(DeadLetter.redrivenHeader).flatMap { Int($0) } ?? 0
    bytesLeftOut = headers.text("heed_bytes_left_out").flatMap { Int($0) }
  }

  /// The original as it was, bytes, key and headers, for the topic it came from, with one header more that counts how often
  /// it was put back. A customer's key chooses the partition, as it did the first time; a broadcast and a record without a key
  /// go to the partition they were in, since each of the others has its own.
  public func redrive() -> OutgoingRecord {
    var headers = Headers()
    for (name, value) in DeadLetter.originalHeaders(of: letter.headers) where name != DeadLetter.redrivenHeader {
      headers.append(name, bytes: value.map(Array.init))
    }
    headers.append(DeadLetter.redrivenHeader, String(redriven + 1))
    let isCustomers = letter.key.map { $0 != Array(broadcastKey.utf8) } ?? false
    return OutgoingRecord(
      topic: source.topic, partition: isCustomers ? nil : source.partition, key: letter.key, headers: headers,
      value: letter.value)
  }
}

extension DeadLetter {
  /// Counts how often the record was put back by `heed dead-letters redrive`.
  public static let redrivenHeader = "heed_redriven"

  /// `headers` without what a dead letter adds to them.
  static func originalHeaders(of headers: Headers) -> Headers {
    // Nearly no record was a dead letter before, and copying headers one by one is for those that were.
    guard headers.value("heed_code") != nil else { return headers }
    var original = Headers()
    for (name, value) in headers where !isAdded(name) { original.append(name, bytes: value.map(Array.init)) }
    return original
  }

  private static func isAdded(_ name: String) -> Bool {
    ["heed_code", "heed_path", "heed_id", "heed_bytes_left_out"].contains(name) || name.hasPrefix("kafka_dlt-")
      || name.hasPrefix("__connect.errors.")
  }
}
