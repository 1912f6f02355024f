internal import Events

/// Writes values one after another: counts as LEB128, times as eight bytes, texts with their length before them.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  init() { bytes.reserveCapacity(512) }

  mutating func byte(_ value: UInt8) { bytes.append(value) }
  mutating func raw(_ value: [UInt8]) { bytes.append(contentsOf: value) }
  mutating func flag(_ value: Bool) { bytes.append(value ? 1 : 0) }

  mutating func fixed(_ value: Int64) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// - Precondition: not negative.
  mutating func count(_ value: Int) {
    precondition(value >= 0, "counts are not negative")
    var rest = UInt(value)
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func text(_ value: String) {
    count(value.utf8.count)
    bytes.append(contentsOf: value.utf8)
  }

  mutating func money(_ value: Money) {
    text(value.amount)
    text(value.currency)
  }

  mutating func optional<Value>(_ value: Value?, _ write: (inout ByteWriter, Value) -> Void) {
    flag(value != nil)
    if let value { write(&self, value) }
  }

  mutating func list<Value>(_ values: [Value], _ write: (inout ByteWriter, Value) -> Void) {
    count(values.count)
    for value in values { write(&self, value) }
  }
}

/// Reads what `ByteWriter` wrote. The first thing that does not fit fails this and everything after it.
struct ByteReader {
  private let bytes: [UInt8]
  private var at = 0
  private var hasFailed = false

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { !hasFailed && at == bytes.count }

  mutating func byte() -> UInt8? {
    guard !hasFailed, at < bytes.count else { return fail() }
    at += 1
    return bytes[at - 1]
  }

  mutating func raw(_ count: Int) -> [UInt8]? {
    guard !hasFailed, count >= 0, count <= bytes.count - at else { return fail() }
    at += count
    return Array(bytes[at - count..<at])
  }

  mutating func flag() -> Bool? {
    switch byte() {
    case 0: false
    case 1: true
    default: fail()
    }
  }

  mutating func fixed() -> Int64? {
    guard !hasFailed, bytes.count - at >= 8 else { return fail() }
    let value = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: at, as: Int64.self) }
    at += 8
    return Int64(littleEndian: value)
  }

  mutating func time() -> Timestamp? { fixed().map { Timestamp(nanoseconds: $0) } }

  mutating func count() -> Int? {
    var value: UInt = 0
    for shift in stride(from: UInt(0), through: 56, by: 7) {
      guard let next = byte() else { return nil }
      value |= UInt(next & 0x7F) << shift
      if next & 0x80 == 0 { return Int(value) }
    }
    return fail()
  }

  mutating func text() -> String? {
    guard let length = count(), length <= bytes.count - at else { return fail() }
    guard let text = String(validating: bytes[at..<at + length], as: UTF8.self) else { return fail() }
    at += length
    return text
  }

  mutating func money() -> Money? {
    guard let amount = text(), let currency = text() else { return nil }
    guard let money = Money(amount: amount, currency: currency) else { return fail() }
    return money
  }

  mutating func optional<Value>(_ read: (inout ByteReader) -> Value?) -> Value? {
    guard flag() == true else { return nil }
    guard let value = read(&self) else { return fail() }
    return value
  }

  mutating func list<Value>(max: Int, _ read: (inout ByteReader) -> Value?) -> [Value] {
    guard let count = count(), count <= max else {
      hasFailed = true
      return []
    }
    var values: [Value] = []
    for _ in 0..<count {
      guard let value = read(&self) else {
        hasFailed = true
        return values
      }
      values.append(value)
    }
    return values
  }

  private mutating func fail<Value>() -> Value? {
    hasFailed = true
    return nil
  }
}
