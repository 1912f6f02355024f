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
    let digest = line.withUnsafeBytes { try? EventDigest(scanning: $0) }
    guard let digest else { return nil }
    self = digest
  }

  /// The digest of a record of `heed.events.v1` in either mode; `nil` if it is no event.
  public init?(_ record: Record) {
    guard let value = record.value else { return nil }
    if EventDecoder.isStructured(record) {
      self.init(structured: value)
    } else {
      self.init(binary: record.headers, data: value.isEmpty ? nil : Digest256(of: value))
    }
  }

  /// The digest of what is written in binary mode under these headers, with data of this digest.
  init(binary headers: Headers, data: Digest256?) {
    var form = Form()
    headers.forEachBytes { name, value in
      guard let value, name.starts(with: "ce_".utf8) else { return }
      UnsafeRawBufferPointer(rebasing: name[3...]).lendingText { name in value.lendingText { form.add(name, $0) } }
    }
    if let type = headers.text("content-type") { form.add(Form.contentType, type) }
    // Tracing libraries write under the bare names, and what they wrote is what goes on into the outputs.
    for name in ["traceparent", "tracestate"] {
      guard let value = headers.text(name) else { continue }
      form.remove(name)
      form.add(name, value)
    }
    self = form.digest(data: data)
  }

  /// - Precondition: `line` is valid UTF-8.
  private init(scanning line: UnsafeRawBufferPointer) throws(DecodingFailure) {
    var scanner = JSONScanner(line)
    var form = Form()
    var data: Digest256?
    try scanner.object { (key, scanner) throws(DecodingFailure) in
      if try scanner.null() { return }  // `null` is an attribute that is not there.
      if "data" ~= key {
        data = Digest256(of: UnsafeRawBufferPointer(rebasing: line[try scanner.skip()]))
        return
      }
      let isText = try scanner.peek() == UInt8(ascii: "\"")
      let value = isText ? try scanner.string() : JSONText(range: try scanner.skip(), isEscaped: false)
      key.text.lendingUTF8(in: line) { name in value.lendingUTF8(in: line) { form.add(name, $0) } }
    }
    try scanner.end()
    self = form.digest(data: data)
  }

  /// The digest of two others: what stands for both where there is room for one.
  public init(rolling first: EventDigest, _ second: EventDigest) {
    self.init(beginning: Digest256(of: first.bytes + second.bytes))
  }

  fileprivate init(beginning digest: Digest256) {
    (high, low) = (UInt64(bigEndian: digest.words[0]), UInt64(bigEndian: digest.words[1]))
  }

  /// A digest that was computed before; `nil` unless it has 16 bytes.
  public init?(bytes: [UInt8]) {
    guard let digest = bytes.withUnsafeBytes({ EventDigest(bytes: $0) }) else { return nil }
    self = digest
  }

  /// The same of bytes that are borrowed.
  public init?(bytes: UnsafeRawBufferPointer) {
    guard bytes.count == Self.count else { return nil }
    high = UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))
    low = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
  }

  /// Reads 32 hexadecimal digits; `nil` if they are none.
  public init?(hex: String) {
    guard hex.utf8.count == 2 * Self.count, let high = UInt64(hex.prefix(16), radix: 16),
      let low = UInt64(hex.suffix(16), radix: 16)
    else { return nil }
    (self.high, self.low) = (high, low)
  }

  /// 16 bytes.
  public var bytes: [UInt8] { withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0) } }

  /// Lower-case hexadecimal, 32 characters.
  public var hex: String { withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { HexDigits.text(of: $0) } }
}

/// An event as it is hashed. Attributes are written where they are found and put into order afterwards, so that none of them becomes a
/// `String` of its own.
private struct Form: ~Copyable {
  static let contentType = "datacontenttype"

  /// Where an attribute stands in what is written, and where in that its name does.
  private struct Attribute {
    let place: Range<Int>
    let namePlace: Range<Int>

    func name(in start: UnsafeMutablePointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
      UnsafeBufferPointer(start: start + namePlace.lowerBound, count: namePlace.count)
    }
  }

  private var written = GrowingBytes(capacity: 768)
  private var attributes: [Attribute] = []

  init() { attributes.reserveCapacity(16) }

  mutating func add(_ name: String, _ value: String) {
    name.lendingUTF8 { name in value.lendingUTF8 { add(name, $0) } }
  }

  mutating func add(_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>) {
    let start = written.count
    written.append(netstring: name)
    let nameEnd = written.count - 1
    written.append(netstring: value)
    attributes.append(Attribute(place: start..<written.count, namePlace: nameEnd - name.count..<nameEnd))
  }

  mutating func remove(_ name: String) {
    let start = written.start
    attributes.removeAll { $0.name(in: start).elementsEqual(name.utf8) }
  }

  /// With data of this digest, if there are any.
  mutating func digest(data: Digest256?) -> EventDigest {
    let isTyped = attributes.contains { $0.name(in: written.start).elementsEqual(Self.contentType.utf8) }
    if !isTyped { add(Self.contentType, "application/json") }  // JSON goes without saying.
    let start = written.start
    attributes.sort { $0.name(in: start).lexicographicallyPrecedes($1.name(in: start)) }
    var form = GrowingBytes(capacity: written.count + 80)
    for attribute in attributes {
      form.append(UnsafeBufferPointer(start: start + attribute.place.lowerBound, count: attribute.place.count))
    }
    if let data {
      form.append("4:data,64:")
      form.append(hex: data)
      form.append(",")
    }
    return EventDigest(beginning: Digest256(of: UnsafeRawBufferPointer(start: form.start, count: form.count)))
  }
}

extension GrowingBytes {
  /// Appends `5:bytes,`.
  fileprivate mutating func append(netstring bytes: UnsafeBufferPointer<UInt8>) {
    append(decimal: UInt64(bytes.count))
    append(UInt8(ascii: ":"))
    append(bytes)
    append(UInt8(ascii: ","))
  }
}

extension UnsafeRawBufferPointer {
  /// Lends the bytes as UTF-8: as they are where they are ASCII, as nearly all are, and repaired where they are not valid.
  fileprivate func lendingText(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    if allSatisfy({ $0 < 0x80 }) { return withMemoryRebound(to: UInt8.self, body) }
    String(decoding: self, as: UTF8.self).lendingUTF8(body)
  }
}
