/// Bytes that grow at their end. They have one owner, so nobody asks at every byte whether somebody else holds them, as an array
/// must: what is written are thousands of short pieces.
package struct GrowingBytes: ~Copyable {
  @usableFromInline var start: UnsafeMutablePointer<UInt8>
  @usableFromInline var capacity: Int
  @usableFromInline var written = 0

  /// None yet, with room for `capacity` of them.
  package init(capacity: Int) {
    self.capacity = max(16, capacity)
    start = .allocate(capacity: self.capacity)
  }

  deinit { start.deallocate() }

  /// How many there are.
  package var count: Int { written }

  /// A copy of all of them.
  package var array: [UInt8] { Array(UnsafeBufferPointer(start: start, count: written)) }

  /// Makes room for `count` more and gives the place of the first; they count as written.
  ///
  /// - Precondition: all of them are set before anything else is written.
  @inlinable @inline(__always)
  package mutating func grow(by count: Int) -> UnsafeMutablePointer<UInt8> {
    if capacity - written < count { enlarge(by: count) }
    written += count
    return start + (written - count)
  }

  /// Appends one.
  @inlinable @inline(__always)
  package mutating func append(_ byte: UInt8) { grow(by: 1).pointee = byte }

  /// Appends what is borrowed.
  @inlinable @inline(__always)
  package mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let source = bytes.baseAddress else { return }
    grow(by: bytes.count).update(from: source, count: bytes.count)
  }

  /// Appends a constant.
  @inlinable @inline(__always)
  package mutating func append(_ text: StaticString) {
    grow(by: text.utf8CodeUnitCount).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
  }

  /// Takes the last ones away again.
  package mutating func drop(_ count: Int) {
    precondition(count <= written, "no more than there are")
    written -= count
  }

  @usableFromInline @inline(never)
  mutating func enlarge(by count: Int) {
    capacity = max(capacity * 2, written + count)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: start, count: written)
    start.deallocate()
    start = larger
  }
}

extension String {
  /// Lends the bytes, without a copy for texts that Swift keeps as UTF-8, which is all of them but those of Objective-C.
  @inlinable @inline(__always)
  package func lendingUTF8<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
    var copy = self
    return copy.withUTF8(body)
  }
}
