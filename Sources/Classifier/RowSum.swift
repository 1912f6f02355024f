/// Rows of a table that are to be added up, and their sums by column.
///
/// First all rows are looked up, then they are added: bytes in 16 bits, in vectors that stay in registers.
struct RowSum {
  private let tags: UnsafeBufferPointer<UInt64>
  private let weights: UnsafePointer<UInt8>
  /// The rows looked up so far; room for as many features as there are.
  private let rows: UnsafeMutablePointer<Int32>
  private var count = 0
  private let width: Int

  /// So many of the largest bytes can be added in 16 bits.
  private static let rowsMax = 257

  init(
    _ tags: UnsafeBufferPointer<UInt64>, _ weights: UnsafePointer<UInt8>, width: Int, rows: UnsafeMutablePointer<Int32>
  ) {
    self.width = width
    self.tags = tags
    self.weights = weights
    self.rows = rows
  }

  /// Written whether there is a row or not, and kept if there is, so that there is nothing to guess.
  @inline(__always)
  mutating func append(_ feature: UInt64) {
    let (row, isFound) = WeightTable.look(for: feature, tags)
    rows[count] = Int32(truncatingIfNeeded: row)
    count &+= isFound ? 1 : 0
  }

  /// Adds the rows to `sums`, and begins anew.
  mutating func add(to sums: UnsafeMutablePointer<Int32>) {
    var from = 0
    while from < count {
      let to = min(from + Self.rowsMax, count)
      add(from, to, sums)
      from = to
    }
    count = 0
  }

  private func add(_ from: Int, _ to: Int, _ sums: UnsafeMutablePointer<Int32>) {
    var (left, right) = (Columns(), Columns())
    if width == 2 * Columns.count {
      for index in from..<to {
        let row = UnsafeRawPointer(weights + Int(rows[index]) &* width)
        left.add(row)
        right.add(row + Columns.count)
      }
      right.write(to: sums + Columns.count, rows: to &- from)
    } else {
      for index in from..<to { left.add(UnsafeRawPointer(weights + Int(rows[index]) &* width)) }
    }
    left.write(to: sums, rows: to &- from)
  }

  /// The sums of 32 columns that lie beside each other. Vectors of twice that size are not kept in registers.
  private struct Columns {
    static let count = 32
    // Two bytes lie in 16 bits. The high ones, of the odd columns, are added by themselves; what both together give less those is
    // the sum of the low ones, of the even columns, whatever was carried between them.
    private var both = SIMD16<UInt16>.zero
    private var odd = SIMD16<UInt16>.zero

    @inline(__always)
    mutating func add(_ row: UnsafeRawPointer) {
      let bytes = row.loadUnaligned(as: SIMD16<UInt16>.self)
      both &+= bytes
      odd &+= bytes &>> 8
    }

    @inline(__always)
    func write(to sums: UnsafeMutablePointer<Int32>, rows: Int) {
      let bias = Int32(truncatingIfNeeded: 128 &* rows)
      withUnsafeBytes(of: (even: both &- odd &<< 8, odd: odd)) { lanes in
        let lanes = lanes.assumingMemoryBound(to: UInt16.self)
        for lane in 0..<16 {
          sums[lane &* 2] &+= Int32(lanes[lane]) &- bias
          sums[lane &* 2 &+ 1] &+= Int32(lanes[lane &+ 16]) &- bias
        }
      }
    }
  }
}
