internal import Crypto

// Identifiers are opaque: two are the same only if their bytes are. Swift's `String` takes `é` for the same as `e` with a
// combining accent, while Kafka puts the two into different partitions: whether they were one customer would depend on how
// many partitions there are.

extension String {
  package func hashBytes(into hasher: inout Hasher) {
    lendingUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    hasher.combine(UInt8(0xFF))  // Cannot stand in UTF-8: it ends the text.
  }

  package func hasBytes(of other: String) -> Bool {
    guard utf8.count == other.utf8.count else { return false }
    return lendingUTF8 { a in other.lendingUTF8 { b in a.elementsEqual(b) } }
  }

  fileprivate func precedesByBytes(_ other: String) -> Bool {
    lendingUTF8 { a in other.lendingUTF8 { b in a.lexicographicallyPrecedes(b) } }
  }
}

/// A customer: the key of `heed.events.v1`. Opaque to us.
public struct CustomerID: Sendable, Hashable, Comparable {
  /// The identifier as it came.
  public let text: String
  /// A customer called `text`.
  public init(_ text: String) { self.text = text }
  /// The same bytes.
  public static func == (a: Self, b: Self) -> Bool { a.text.hasBytes(of: b.text) }
  /// By bytes, as equality is.
  public func hash(into hasher: inout Hasher) { text.hashBytes(into: &hasher) }
  /// Alphabetical by bytes, so that lists come out in one order everywhere.
  public static func < (a: Self, b: Self) -> Bool { a.text.precedesByBytes(b.text) }
}

/// A ticket in the ticketing system it came from.
public struct TicketID: Sendable, Hashable, Comparable {
  /// The identifier as it came.
  public let text: String
  /// A ticket called `text`.
  public init(_ text: String) { self.text = text }
  /// The same bytes.
  public static func == (a: Self, b: Self) -> Bool { a.text.hasBytes(of: b.text) }
  /// By bytes, as equality is.
  public func hash(into hasher: inout Hasher) { text.hashBytes(into: &hasher) }
  /// Alphabetical by bytes, so that lists come out in one order everywhere.
  public static func < (a: Self, b: Self) -> Bool { a.text.precedesByBytes(b.text) }
}

/// An order in the shop it came from.
public struct OrderID: Sendable, Hashable, Comparable {
  /// The identifier as it came.
  public let text: String
  /// An order called `text`.
  public init(_ text: String) { self.text = text }
  /// The same bytes.
  public static func == (a: Self, b: Self) -> Bool { a.text.hasBytes(of: b.text) }
  /// By bytes, as equality is.
  public func hash(into hasher: inout Hasher) { text.hashBytes(into: &hasher) }
  /// Alphabetical by bytes, so that lists come out in one order everywhere.
  public static func < (a: Self, b: Self) -> Bool { a.text.precedesByBytes(b.text) }
}

/// A SHA-256 digest.
public struct Digest256: Sendable, Hashable {
  /// The 32 bytes, in the order of memory.
  let words: SIMD4<UInt64>

  /// The digest of `bytes`.
  public init(of bytes: some Collection<UInt8>) {
    self =
      bytes.withContiguousStorageIfAvailable { Digest256(of: UnsafeRawBufferPointer($0)) }
      ?? Digest256(of: Array(bytes))
  }

  /// The digest of `bytes`.
  public init(of bytes: [UInt8]) {
    self = bytes.withUnsafeBytes { Digest256(of: $0) }
  }

  init(of bytes: UnsafeRawBufferPointer) {
    var hash = SHA256()
    hash.update(bufferPointer: bytes)
    words = hash.finalize().withUnsafeBytes { $0.loadUnaligned(as: SIMD4<UInt64>.self) }
  }

  /// The digest of `texts`, one after another with 0x1F between them: the unit separator cannot stand in an identifier, so no two
  /// lists of identifiers run together.
  public init(joining texts: String...) {
    var input = GrowingBytes(capacity: 256)
    for (index, text) in texts.enumerated() {
      if index > 0 { input.append(0x1F) }
      text.lendingUTF8 { input.append($0) }
    }
    self.init(of: UnsafeRawBufferPointer(start: input.start, count: input.count))
  }

  /// A digest that was computed before; `nil` unless it has 32 bytes.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 32 else { return nil }
    words = Array(bytes).withUnsafeBytes { $0.loadUnaligned(as: SIMD4<UInt64>.self) }
  }

  /// 32 bytes.
  public var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }

  /// The first eight bytes as a number.
  public var leading: UInt64 { UInt64(bigEndian: UInt64(littleEndian: words[0])) }

  /// Lower-case hexadecimal, 64 characters.
  public var hex: String { hex(bytes: 32) }

  /// The first bytes in lower-case hexadecimal.
  func hex(bytes count: Int) -> String { withUnsafeBytes(of: words) { HexDigits.text(of: $0.prefix(count)) } }
}

enum HexDigits {
  /// The digit of a number below 16.
  @inline(__always)
  static func of(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

  /// `bytes` in lower-case hexadecimal.
  static func text(of bytes: some Collection<UInt8>) -> String {
    String(unsafeUninitializedCapacity: 2 * bytes.count) { text in
      write(bytes, to: text.baseAddress!)
      return 2 * bytes.count
    }
  }

  /// Writes `bytes` in lower-case hexadecimal where there is room for two digits of each.
  fileprivate static func write(_ bytes: some Collection<UInt8>, to text: UnsafeMutablePointer<UInt8>) {
    var place = text
    for byte in bytes {
      place[0] = of(byte >> 4)
      place[1] = of(byte & 15)
      place += 2
    }
  }
}

extension GrowingBytes {
  /// Appends a digest in lower-case hexadecimal.
  mutating func append(hex digest: Digest256) {
    let place = grow(by: 64)
    withUnsafeBytes(of: digest.words) { HexDigits.write($0, to: place) }
  }
}

/// Identifiers of outputs are derived from the input, so the same event gives the same identifier in any fleet, on any day.
public enum DerivedID {
  /// The identifier of what `purpose` makes of the event `id` from `source`: the purpose and 128 bits of SHA-256.
  ///
  /// The policy is left out on purpose: if a repeat after a crash is decided by a newer policy, a reader that drops repeats by
  /// id still answers the customer once.
  public static func make(_ purpose: String, source: String, id: String, part: String = "") -> String {
    purpose + "_" + Digest256(joining: purpose, source, id, part).hex(bytes: 16)
  }
}
