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
      self.init(binary: record.headers, value)
    }
  }

  /// The digest of an event in binary mode.
  init(binary headers: Headers, _ value: [UInt8]) {
    self.init(binary: headers, data: value.isEmpty ? nil : Digest256(of: value))
  }

  /// The digest of what is written in binary mode under these headers, with data of this digest.
  init(binary headers: Headers, data: Digest256?) {
    var form = EventForm()
    headers.forEachBytes { name, value in
      guard let value, name.starts(with: "ce_".utf8) else { return }
      UnsafeRawBufferPointer(rebasing: name[3...]).lendingText { name in value.lendingText { form.add(name, $0) } }
    }
    if let type = headers.text("content-type") { form.add(EventForm.contentType, type) }
    // Tracing libraries write under the bare names, and what they wrote is what goes on into the outputs.
    for name in ["traceparent", "tracestate"] {
      guard let value = headers.text(name) else { continue }
      form.remove(name)
      form.add(name, value)
    }
    form.data = data
    self = form.digest()
  }

  /// - Precondition: `line` is valid UTF-8.
  private init(scanning line: UnsafeRawBufferPointer) throws(DecodingFailure) {
    var scanner = JSONScanner(line)
    var form = EventForm()
    try scanner.object { (key, scanner) throws(DecodingFailure) in form.add(key, value: try scanner.skip()) }
    try scanner.end()
    self = form.digest()
  }

  /// The digest of two others: what stands for both where there is room for one.
  public init(rolling first: EventDigest, _ second: EventDigest) {
    self.init(beginning: Digest256(of: first.bytes + second.bytes))
  }

  init(beginning digest: Digest256) {
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

extension UnsafeRawBufferPointer {
  /// Lends the bytes as UTF-8: as they are where they are ASCII, as nearly all are, and repaired where they are not valid.
  fileprivate func lendingText(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    if allSatisfy({ $0 < 0x80 }) { return withMemoryRebound(to: UInt8.self, body) }
    String(decoding: self, as: UTF8.self).lendingUTF8(body)
  }
}
