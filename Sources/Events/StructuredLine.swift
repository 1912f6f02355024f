public import Streams

/// Records of any of our topics as lines of NDJSON: what was written in binary mode comes out as the structured event that
/// the filter writes for the same input, byte for byte.
public enum StructuredLine {
  /// The line for `record`; `nil` for what is no event, such as a context.
  public static func make(from record: Record) -> [UInt8]? {
    guard let value = record.value else { return nil }
    if let code = record.headers.text("heed_code").flatMap({ DecodingFailure.Code(rawValue: $0) }) {
      let failure = DecodingFailure(code, path: record.headers.text("heed_path") ?? "")
      return DeadLetter(value: value, failure: failure).structured()
    }
    if record.headers.text("content-type")?.hasPrefix("application/cloudevents") == true { return value }
    guard record.headers.text("ce_id") != nil else { return nil }
    return make(from: record.headers, value)
  }

  /// The line for an event whose attributes are these headers.
  static func make(from headers: Headers, _ value: [UInt8]) -> [UInt8] {
    var writer = JSONWriter(capacity: value.count + 768)
    writer.object { writer in
      for (name, value) in headers where name.hasPrefix("ce_") {
        guard let value else { continue }
        writer.key(String(name.dropFirst(3)))
        writer.string(String(decoding: value, as: UTF8.self))
      }
      writer.field("datacontenttype", "application/json")
      writer.key("data")
      writer.raw(value)
    }
    return writer.bytes
  }
}
