/// The headers of a record, in order, kept as one flat buffer.
///
/// A record of a CloudEvent has eight headers or more. As an array of pairs they would cost two allocations each; flat,
/// they cost one in all. Names may repeat, as Kafka allows; look-ups give the first.
public struct Headers: Sendable, Hashable {
  /// `nameLength: UInt16, valueLength: Int32 (-1 is null), name, value`, repeated; little endian.
  private var bytes: [UInt8] = []

  /// How many headers there are.
  public private(set) var count = 0

  /// No headers.
  public init() {}

  /// Room for `bytes` bytes of names and values is set aside.
  public mutating func reserve(bytes count: Int) {
    bytes.reserveCapacity(bytes.count + count)
  }

  /// Appends a header with a text value.
  public mutating func append(_ name: String, _ value: String) {
    var value = value
    value.withUTF8 { append(name, bytes: UnsafeRawBufferPointer($0)) }
  }

  /// Appends a header with a constant name and a text value.
  public mutating func append(_ name: StaticString, _ value: String) {
    let name = UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    var value = value
    value.withUTF8 { append(name: name, bytes: UnsafeRawBufferPointer($0)) }
  }

  /// Appends a header with a value of bytes; `nil` is Kafka's null value.
  public mutating func append(_ name: String, bytes value: [UInt8]?) {
    guard let value else { return append(name, bytes: Optional<UnsafeRawBufferPointer>.none) }
    value.withUnsafeBytes { append(name, bytes: $0) }
  }

  /// Appends a header whose value is copied from borrowed memory; `nil` is Kafka's null value.
  public mutating func append(_ name: String, bytes value: UnsafeRawBufferPointer?) {
    var name = name
    name.withUTF8 { append(name: UnsafeRawBufferPointer($0), bytes: value) }
  }

  /// Appends a header, name and value copied from borrowed memory.
  ///
  /// - Precondition: the name is shorter than 64 KiB, which Kafka's own limit on a record already implies in practice.
  public mutating func append(name: UnsafeRawBufferPointer, bytes value: UnsafeRawBufferPointer?) {
    precondition(name.count <= Int(UInt16.max), "a header's name is shorter than 64 KiB")
    let start = bytes.count
    let end = start + 6 + name.count + (value?.count ?? 0)
    bytes.append(contentsOf: repeatElement(0, count: end - start))
    bytes.withUnsafeMutableBytes { bytes in
      bytes.storeBytes(of: UInt16(name.count).littleEndian, toByteOffset: start, as: UInt16.self)
      bytes.storeBytes(of: Int32(value?.count ?? -1).littleEndian, toByteOffset: start + 2, as: Int32.self)
      UnsafeMutableRawBufferPointer(rebasing: bytes[(start + 6)...]).copyMemory(from: name)
      if let value { UnsafeMutableRawBufferPointer(rebasing: bytes[(end - value.count)...]).copyMemory(from: value) }
    }
    count += 1
  }

  /// The first value under `name` as text; `nil` if there is none, if it is null or if it is not UTF-8.
  public func text(_ name: String) -> String? {
    value(name).flatMap { String(validating: $0, as: UTF8.self) }
  }

  /// The first value under `name`; `nil` if there is none or if it is null.
  public func value(_ name: String) -> ArraySlice<UInt8>? {
    var name = name
    return name.withUTF8 { wanted in
      var cursor = 0
      while let entry = entry(at: cursor) {
        if entry.name.count == wanted.count, bytes[entry.name].elementsEqual(wanted) {
          return entry.value.map { bytes[$0] }
        }
        cursor = entry.end
      }
      return nil
    }
  }

  /// Lends each name and value to `body` in order, without copying or allocating: for writers. The pointers are good until
  /// `body` returns.
  public func forEachBytes(_ body: (_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer?) -> Void) {
    bytes.withUnsafeBytes { raw in
      var cursor = 0
      while let entry = entry(at: cursor) {
        let value = entry.value.map { UnsafeRawBufferPointer(rebasing: raw[$0]) }
        body(UnsafeRawBufferPointer(rebasing: raw[entry.name]), value)
        cursor = entry.end
      }
    }
  }

  private func entry(at start: Int) -> (name: Range<Int>, value: Range<Int>?, end: Int)? {
    guard start < bytes.count else { return nil }
    return bytes.withUnsafeBytes { raw in
      let nameLength = Int(UInt16(littleEndian: raw.loadUnaligned(fromByteOffset: start, as: UInt16.self)))
      let valueLength = Int(Int32(littleEndian: raw.loadUnaligned(fromByteOffset: start + 2, as: Int32.self)))
      let name = start + 6..<start + 6 + nameLength
      let end = name.upperBound + Swift.max(0, valueLength)
      return (name, valueLength < 0 ? nil : name.upperBound..<end, end)
    }
  }
}

extension Headers: Sequence {
  /// One header: its name and its value, `nil` where Kafka's value is null.
  public typealias Element = (name: String, value: ArraySlice<UInt8>?)

  /// The headers in order.
  public func makeIterator() -> AnyIterator<Element> {
    var cursor = 0
    return AnyIterator {
      guard let entry = entry(at: cursor) else { return nil }
      cursor = entry.end
      return (String(decoding: bytes[entry.name], as: UTF8.self), entry.value.map { bytes[$0] })
    }
  }
}
