internal import CPrefetch

/// What features and words say together in a table, by column.
///
/// First rows are looked up, then they are added: bytes in 16 bits, in vectors that stay in registers. Words that are known have
/// been added up before, so each is one row of wider numbers. Lives within `SummedTable.withSum` only.
struct RowSum {
  private let table: SummedTable.Parts
  /// What was added so far. Whoever reads it clears it.
  let total: UnsafeMutablePointer<Int32>
  private let rows: UnsafeMutablePointer<Int32>
  private var rowCount = 0
  private let words: UnsafeMutablePointer<UInt16>
  private var wordCount = 0

  /// So many rows are looked up before they are added. No more than 257 of the largest bytes can be added in 16 bits.
  static let rowsMax = 250
  /// So many words can be added in 16 bits: each has at most one row for each of its bytes and one besides, of which no number is
  /// beyond 128.
  static let wordsMax = Int(Int16.max) / (128 * (KnownWords.bytesMax + 1))

  init(
    _ table: SummedTable.Parts, total: UnsafeMutablePointer<Int32>, rows: UnsafeMutablePointer<Int32>,
    words: UnsafeMutablePointer<UInt16>
  ) {
    self.table = table
    self.total = total
    self.rows = rows
    self.words = words
  }

  /// Takes a feature. Returns its row; -1 where it has none.
  ///
  /// Written whether there is a row or not, and kept if there is, so that there is nothing to guess.
  @inline(__always)
  @discardableResult
  mutating func append(_ feature: UInt64) -> Int32 {
    if rowCount == Self.rowsMax { addRows() }
    let (row, isFound) = WeightTable.look(for: feature, table.tags)
    heed_prefetch(table.rows + (isFound ? row : 0) &* table.width)
    rows[rowCount] = Int32(truncatingIfNeeded: row)
    rowCount &+= isFound ? 1 : 0
    return isFound ? Int32(truncatingIfNeeded: row) : -1
  }

  /// Takes all that a word says by itself, if it is known. Returns the row of its first feature, -1 where that has none; `nil`
  /// if the word is not known.
  @inline(__always)
  mutating func take(_ word: Words.Word) -> Int32? {
    guard let number = table.known.number(of: word.hash) else { return nil }
    if wordCount == Self.wordsMax { addWords() }
    let sum = table.sums + Int(number) &* (2 &* table.width)
    heed_prefetch(sum)
    heed_prefetch(sum + 64)
    words[wordCount] = number
    wordCount &+= 1
    return table.firstRows[Int(number)]
  }

  /// Adds what was looked up.
  @inline(__always)
  mutating func finish() {
    addRows()
    addWords()
  }

  @inline(never)
  private mutating func addRows() {
    let width = table.width
    var (left, right) = (ByteColumns(), ByteColumns())
    if width == 2 * Self.columnCount {
      for index in 0..<rowCount {
        let row = table.rows + Int(rows[index]) &* (2 * Self.columnCount)
        left.add(row)
        right.add(row + Self.columnCount)
      }
      right.write(to: total + Self.columnCount, rows: rowCount)
    } else {
      for index in 0..<rowCount { left.add(table.rows + Int(rows[index]) &* width) }
    }
    left.write(to: total, rows: rowCount)
    rowCount = 0
  }

  @inline(never)
  private mutating func addWords() {
    let width = table.width
    var (left, right) = (WideColumns(), WideColumns())
    if width == 2 * Self.columnCount {
      for index in 0..<wordCount {
        let row = table.sums + Int(words[index]) &* (4 * Self.columnCount)
        left.add(row)
        right.add(row + 2 * Self.columnCount)
      }
      right.write(to: total + Self.columnCount)
    } else {
      for index in 0..<wordCount { left.add(table.sums + Int(words[index]) &* (2 * width)) }
    }
    left.write(to: total)
    wordCount = 0
  }

  /// Columns that lie beside each other are added in vectors. Twice as many would not be kept in registers.
  private static let columnCount = 32

  /// The sums of 32 columns of bytes.
  private struct ByteColumns {
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
    func write(to total: UnsafeMutablePointer<Int32>, rows: Int) {
      let bias = Int32(truncatingIfNeeded: 128 &* rows)
      withUnsafeBytes(of: (even: both &- odd &<< 8, odd: odd)) { lanes in
        let lanes = lanes.assumingMemoryBound(to: UInt16.self)
        for lane in 0..<16 {
          total[lane &* 2] &+= Int32(lanes[lane]) &- bias
          total[lane &* 2 &+ 1] &+= Int32(lanes[lane &+ 16]) &- bias
        }
      }
    }
  }

  /// The sums of 32 columns of 16 bits.
  private struct WideColumns {
    private var first = SIMD16<Int16>.zero
    private var second = SIMD16<Int16>.zero

    @inline(__always)
    mutating func add(_ row: UnsafeRawPointer) {
      first &+= row.loadUnaligned(as: SIMD16<Int16>.self)
      second &+= row.loadUnaligned(fromByteOffset: 32, as: SIMD16<Int16>.self)
    }

    @inline(__always)
    func write(to total: UnsafeMutablePointer<Int32>) {
      withUnsafeBytes(of: (first, second)) { lanes in
        let lanes = lanes.assumingMemoryBound(to: Int16.self)
        for lane in 0..<32 { total[lane] &+= Int32(lanes[lane]) }
      }
    }
  }
}
