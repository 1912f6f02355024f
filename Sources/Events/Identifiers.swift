internal import Crypto

// Identifiers are opaque: two are the same only if their bytes are. Swift's `String` takes `é` for the same as `e` with a
// combining accent, while Kafka puts the two into different partitions: whether they were one customer would depend on how
// many partitions there are.

extension String {
  fileprivate func hashBytes(into hasher: inout Hasher) {
    var text = self
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    hasher.combine(UInt8(0xFF))  // Cannot stand in UTF-8: it ends the text.
  }
}

/// A customer: the key of `heed.events.v1`. Opaque to us.
public struct CustomerID: Sendable, Hashable, Comparable {
  /// The identifier as it came.
  public let text: String
  /// A customer called `text`.
  public init(_ text: String) { self.text = text }
  /// The same bytes.
  public static func == (a: Self, b: Self) -> Bool { a.text.utf8.elementsEqual(b.text.utf8) }
  /// By bytes, as equality is.
  public func hash(into hasher: inout Hasher) { text.hashBytes(into: &hasher) }
  /// Alphabetical by bytes, so that lists come out in one order everywhere.
  public static func < (a: Self, b: Self) -> Bool { a.text.utf8.lexicographicallyPrecedes(b.text.utf8) }
}

/// A ticket in the ticketing system it came from.
public struct TicketID: Sendable, Hashable, Comparable {
  /// The identifier as it came.
  public let text: String
  /// A ticket called `text`.
  public init(_ text: String) { self.text = text }
  /// The same bytes.
  public static func == (a: Self, b: Self) -> Bool { a.text.utf8.elementsEqual(b.text.utf8) }
  /// By bytes, as equality is.
  public func hash(into hasher: inout Hasher) { text.hashBytes(into: &hasher) }
  /// Alphabetical by bytes, so that lists come out in one order everywhere.
  public static func < (a: Self, b: Self) -> Bool { a.text.utf8.lexicographicallyPrecedes(b.text.utf8) }
}

/// An order in the shop it came from.
public struct OrderID: Sendable, Hashable, Comparable {
  /// The identifier as it came.
  public let text: String
  /// An order called `text`.
  public init(_ text: String) { self.text = text }
  /// The same bytes.
  public static func == (a: Self, b: Self) -> Bool { a.text.utf8.elementsEqual(b.text.utf8) }
  /// By bytes, as equality is.
  public func hash(into hasher: inout Hasher) { text.hashBytes(into: &hasher) }
  /// Alphabetical by bytes, so that lists come out in one order everywhere.
  public static func < (a: Self, b: Self) -> Bool { a.text.utf8.lexicographicallyPrecedes(b.text.utf8) }
}

/// A SHA-256 digest.
public struct Digest256: Sendable, Hashable {
  /// 32 bytes.
  public let bytes: [UInt8]

  /// The digest of `bytes`.
  public init(of bytes: some Sequence<UInt8>) {
    self.bytes = Array(SHA256.hash(data: Array(bytes)))
  }

  /// A digest that was computed before; `nil` unless it has 32 bytes.
  public init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  /// Lower-case hexadecimal, 64 characters.
  public var hex: String { Self.hex(bytes) }

  static func hex(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(64)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}

/// Identifiers of outputs are derived from the input, so the same event gives the same identifier in any fleet, on any day.
public enum DerivedID {
  /// The identifier of what `purpose` makes of the event `id` from `source`: the purpose and 128 bits of SHA-256.
  ///
  /// The policy is left out on purpose: if a repeat after a crash is decided by a newer policy, a reader that drops repeats by
  /// id still answers the customer once.
  public static func make(_ purpose: String, source: String, id: String, part: String = "") -> String {
    // 0x1F, the unit separator, cannot stand in an identifier, so no two inputs run together.
    let input = [purpose, source, id, part].joined(separator: "\u{1F}")
    return purpose + "_" + Digest256.hex(SHA256.hash(data: Array(input.utf8)).prefix(16))
  }
}
