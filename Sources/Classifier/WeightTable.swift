/// Weights of features, one row of bytes each, in sets of four.
///
/// A feature's hash names a set and a tag of 16 bits; the row whose tag is the feature's holds its weights, and a feature that
/// is in no row says nothing. So words never seen in training add no noise, and most of them cost one look at eight bytes.
/// All tasks share a row: one line of the cache per feature answers every question. A byte `b` stands for `b - 128`; a column
/// has its own scale.
package struct WeightTable: Sendable {
  package static let ways = 4
  /// Weights in a row. What no task uses is 128 everywhere.
  package let width: Int
  package let setCount: Int
  /// Four tags a set; 0 is an empty row.
  package let tags: [UInt64]
  private let lines: CacheLines

  /// A table of these parts; `nil` unless their sizes fit together.
  package init?(width: Int, tags: [UInt64], rows: [UInt8]) {
    guard width == 64 || width == 32, !tags.isEmpty, tags.count <= 1 << 16,
      rows.count == tags.count * Self.ways * width
    else { return nil }
    self.width = width
    setCount = tags.count
    self.tags = tags
    lines = CacheLines(rows)
  }

  /// The bytes of all rows, in order.
  package var rows: [UInt8] { lines.withBytes { Array($0) } }

  /// Calls `body` with the tags and the bytes of the rows.
  @inline(__always)
  func withParts<Result>(
    _ body: (_ tags: UnsafeBufferPointer<UInt64>, _ rows: UnsafePointer<UInt8>) -> Result
  ) -> Result {
    tags.withUnsafeBufferPointer { tags in
      lines.withBytes { body(tags, $0.baseAddress!.assumingMemoryBound(to: UInt8.self)) }
    }
  }

  /// Where a feature is looked for. The high bits choose the set, the low ones are the tag.
  @inline(__always)
  private static func place(of feature: UInt64, setCount: Int) -> (set: Int, tag: UInt16) {
    let set = Int(truncatingIfNeeded: ((feature >> 32) &* UInt64(truncatingIfNeeded: setCount)) >> 32)
    return (set, UInt16(truncatingIfNeeded: feature) | 1)
  }

  /// Takes a row for a feature, while a table is made; `nil` if its set is full, or if another feature has its tag there and would be
  /// found in its place.
  package static func takeRow(for feature: UInt64, _ tags: inout [UInt64]) -> Int? {
    let (set, tag) = place(of: feature, setCount: tags.count)
    let taken = (0..<ways).map { UInt16(truncatingIfNeeded: tags[set] >> (16 * $0)) }
    guard let way = taken.firstIndex(of: 0), !taken.contains(tag) else { return nil }
    tags[set] |= UInt64(tag) << (16 * way)
    return set * ways + way
  }

  /// The row of a feature and whether it is one; without a branch.
  @inline(__always)
  static func look(for feature: UInt64, _ tags: UnsafeBufferPointer<UInt64>) -> (row: Int, isFound: Bool) {
    let (set, tag) = place(of: feature, setCount: tags.count)
    // The lane that becomes zero is the one that was equal; of several, the lowest is true.
    let difference = tags[set] ^ (UInt64(tag) &* 0x0001_0001_0001_0001)
    let zero = (difference &- 0x0001_0001_0001_0001) & ~difference & 0x8000_8000_8000_8000
    return (set &* ways &+ (zero.trailingZeroBitCount >> 4 & 3), zero != 0)
  }

  /// The row of a feature, if it has one. For what is not hot.
  func row(of feature: UInt64) -> Int? {
    tags.withUnsafeBufferPointer { tags in
      let (row, isFound) = Self.look(for: feature, tags)
      return isFound ? row : nil
    }
  }

  /// The weights of a feature as signed numbers; `nil` if it has no row. For explanations, not for reading.
  package func weights(of feature: UInt64) -> [Int]? { row(of: feature).map(weights(inRow:)) }

  /// The weights in a row as signed numbers.
  func weights(inRow row: Int) -> [Int] {
    withParts { _, rows in (0..<width).map { Int(rows[row * width + $0]) - 128 } }
  }
}
