internal import Events

/// Writes values one after another: counts as LEB128, times as eight bytes, texts with their length before them.
struct ByteWriter: ~Copyable {
  private var output = GrowingBytes(capacity: 1024)

  /// What was written so far.
  var bytes: [UInt8] { output.array }

  mutating func byte(_ value: UInt8) { output.append(value) }
  mutating func flag(_ value: Bool) { output.append(value ? 1 : 0) }

  mutating func raw(_ value: [UInt8]) {
    value.withUnsafeBufferPointer { output.append($0) }
  }

  mutating func fixed(_ value: Int64) {
    UnsafeMutableRawPointer(output.grow(by: 8)).storeBytes(of: value.littleEndian, as: Int64.self)
  }

  /// - Precondition: not negative.
  mutating func count(_ value: Int) {
    precondition(value >= 0, "counts are not negative")
    var rest = UInt(value)
    while rest >= 0x80 {
      output.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    output.append(UInt8(rest))
  }

  mutating func text(_ value: String) {
    value.lendingUTF8 { bytes in
      count(bytes.count)
      output.append(bytes)
    }
  }

  mutating func money(_ value: Money) {
    text(value.amount)
    text(value.currency)
  }

  @inline(__always)
  mutating func optional<Value>(_ value: Value?, _ write: (inout ByteWriter, Value) -> Void) {
    flag(value != nil)
    if let value { write(&self, value) }
  }

  @inline(__always)
  mutating func list<Value>(_ values: [Value], _ write: (inout ByteWriter, Value) -> Void) {
    count(values.count)
    for value in values { write(&self, value) }
  }
}

/// Reads what `ByteWriter` wrote. The first thing that does not fit fails this and everything after it.
struct ByteReader {
  private let bytes: UnsafeRawBufferPointer
  private var at = 0
  private var hasFailed = false

  /// - Precondition: `bytes` outlive the reader.
  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { !hasFailed && at == bytes.count }

  mutating func byte() -> UInt8? {
    guard let place = take(1) else { return nil }
    return bytes[place]
  }

  mutating func raw(_ count: Int) -> UnsafeRawBufferPointer? {
    guard let place = take(count) else { return nil }
    return UnsafeRawBufferPointer(rebasing: bytes[place..<place + count])
  }

  mutating func flag() -> Bool? {
    switch byte() {
    case 0: false
    case 1: true
    default: fail()
    }
  }

  mutating func fixed() -> Int64? {
    guard let place = take(8) else { return nil }
    return Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: Int64.self))
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
    guard let length = count(), let text = raw(length) else { return nil }
    // Nearly all are ASCII, of which there is nothing to check.
    let isASCII = text.reduce(0, |) < 0x80
    return isASCII ? String(decoding: text, as: UTF8.self) : String(validating: text, as: UTF8.self) ?? fail()
  }

  mutating func money() -> Money? {
    guard let amount = text(), let currency = text() else { return nil }
    guard let money = Money(amount: amount, currency: currency) else { return fail() }
    return money
  }

  @inline(__always)
  mutating func optional<Value>(_ read: (inout ByteReader) -> Value?) -> Value? {
    guard flag() == true else { return nil }
    guard let value = read(&self) else { return fail() }
    return value
  }

  @inline(__always)
  mutating func list<Value>(max: Int, _ read: (inout ByteReader) -> Value?) -> [Value] {
    guard let count = count(), count <= max else {
      hasFailed = true
      return []
    }
    var values: [Value] = []
    values.reserveCapacity(count)
    for _ in 0..<count {
      guard let value = read(&self) else {
        hasFailed = true
        return values
      }
      values.append(value)
    }
    return values
  }

  /// The place of the next `count` bytes, which count as read.
  @inline(__always)
  private mutating func take(_ count: Int) -> Int? {
    guard !hasFailed, count >= 0, count <= bytes.count - at else { return fail() }
    at += count
    return at - count
  }

  private mutating func fail<Value>() -> Value? {
    hasFailed = true
    return nil
  }
}
