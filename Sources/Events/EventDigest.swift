internal import Crypto
public import Streams

/// What an event says, in 128 bits: so that who has the event can show that it is the one a decision was made on, and that not a
/// byte of it has changed since.
///
/// The same for CloudEvents' two modes, and for whatever order attributes stand in: the beginning of the SHA-256 of each attribute
/// in the order of the names' bytes, name and value, and of the SHA-256 of the data as it stands, each as `length:bytes,`. So a
/// second program needs a dozen lines to compute it; `Chain` is one.
public struct EventDigest: Sendable, Hashable {
  private let high: UInt64
  private let low: UInt64

  /// How many bytes it has.
  public static let count = 16

  /// The digest of a structured event, such as a line of NDJSON; `nil` if it is no JSON object.
  public init?(structured line: [UInt8]) {
    guard (try? UTF8Span(validating: line.span)) != nil else { return nil }
    let form = line.withUnsafeBytes { try? Form(structured: $0) }
    guard let form else { return nil }
    self.init(form)
  }

  /// The digest of a record of `heed.events.v1` in either mode; `nil` if it is no event.
  public init?(_ record: Record) {
    guard let value = record.value else { return nil }
    if EventDecoder.isStructured(record) {
      self.init(structured: value)
    } else {
      self.init(Form(binary: record.headers, value))
    }
  }

  /// The digest of what is written under these attributes.
  init(attributes: [(name: String, value: String)], contentType: String, data: Digest256) {
    self.init(Form(attributes: attributes + [(Form.contentType, contentType)], data: data.hex))
  }

  private init(_ form: Form) { self.init(SHA256.hash(data: form.bytes)) }

  /// The digest of two others: what stands for both where there is room for one.
  public init(rolling first: EventDigest, _ second: EventDigest) {
    self.init(SHA256.hash(data: first.bytes + second.bytes))
  }

  private init(_ digest: some Sequence<UInt8>) {
    var words: [UInt64] = [0, 0]
    for (index, byte) in digest.prefix(Self.count).enumerated() {
      words[index / 8] = words[index / 8] << 8 | UInt64(byte)
    }
    (high, low) = (words[0], words[1])
  }

  /// A digest that was computed before; `nil` unless it has 16 bytes.
  public init?(bytes: [UInt8]) {
    guard bytes.count == Self.count else { return nil }
    self.init(bytes)
  }

  /// Reads 32 hexadecimal digits; `nil` if they are none.
  public init?(hex: String) {
    guard hex.utf8.count == 2 * Self.count, let high = UInt64(hex.prefix(16), radix: 16),
      let low = UInt64(hex.suffix(16), radix: 16)
    else { return nil }
    (self.high, self.low) = (high, low)
  }

  /// 16 bytes.
  public var bytes: [UInt8] {
    [high, low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * UInt64($0))) } }
  }

  /// Lower-case hexadecimal, 32 characters.
  public var hex: String { HexDigits.text(of: bytes) }
}

/// An event as it is hashed.
private struct Form {
  static let contentType = "datacontenttype"

  private(set) var bytes: [UInt8] = []

  init(attributes: [(name: String, value: String)], data: String?) {
    bytes.reserveCapacity(768)
    for (name, value) in attributes.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
      append(name)
      append(value)
    }
    if let data {
      append("data")
      append(data)
    }
  }

  init(structured line: UnsafeRawBufferPointer) throws(DecodingFailure) {
    var scanner = JSONScanner(line)
    var attributes: [(name: String, value: String)] = []
    var data: Digest256?
    try scanner.object { (key, scanner) throws(DecodingFailure) in
      if try scanner.null() { return }  // `null` is an attribute that is not there.
      let isText = try scanner.peek() == UInt8(ascii: "\"")
      if "data" ~= key {
        data = Digest256(of: line[try scanner.skip()])
      } else if isText {
        attributes.append((key.name, try scanner.text()))
      } else {
        attributes.append((key.name, String(decoding: line[try scanner.skip()], as: UTF8.self)))
      }
    }
    try scanner.end()
    self.init(attributes: Self.complete(attributes), data: data?.hex)
  }

  init(binary headers: Headers, _ value: [UInt8]) {
    var attributes: [(name: String, value: String)] = []
    for (name, value) in headers where name.hasPrefix("ce_") {
      guard let value else { continue }
      attributes.append((String(name.dropFirst(3)), String(decoding: value, as: UTF8.self)))
    }
    if let type = headers.text("content-type") { attributes.append((Self.contentType, type)) }
    // Tracing libraries write under the bare names, and what they wrote is what goes on into the outputs.
    for name in ["traceparent", "tracestate"] {
      guard let value = headers.text(name) else { continue }
      attributes.removeAll { $0.name == name }
      attributes.append((name, value))
    }
    self.init(attributes: Self.complete(attributes), data: value.isEmpty ? nil : Digest256(of: value).hex)
  }

  /// JSON goes without saying.
  private static func complete(_ attributes: [(name: String, value: String)]) -> [(name: String, value: String)] {
    attributes.contains { $0.name == contentType } ? attributes : attributes + [(contentType, "application/json")]
  }

  private mutating func append(_ text: String) {
    bytes.append(contentsOf: String(text.utf8.count).utf8)
    bytes.append(UInt8(ascii: ":"))
    bytes.append(contentsOf: text.utf8)
    bytes.append(UInt8(ascii: ","))
  }
}
