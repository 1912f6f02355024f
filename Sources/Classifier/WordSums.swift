/// What each known word says in a table: the sum of the rows of its features, which are whole numbers, so that adding them
/// beforehand gives the same.
struct WordSums: Sendable {
  private let width: Int
  /// By the number of the word, then by column.
  private let sums: [Int16]

  /// - Parameter features: calls back with the features of a word; no more than one for each of its bytes and one besides.
  init(
    _ known: KnownWords, _ table: WeightTable,
    features: (_ word: Words.Word, _ text: Words, _ body: (UInt64) -> Void) -> Void
  ) {
    width = table.width
    var sums = [Int16](repeating: 0, count: known.words.count * table.width)
    for (number, (word, text)) in known.words.enumerated() {
      features(word, text) { feature in
        guard let weights = table.weights(of: feature) else { return }
        for column in weights.indices { sums[number * table.width + column] += Int16(weights[column]) }
      }
    }
    self.sums = sums
  }

  /// Adds what the words of these numbers say to `total`.
  func add(_ numbers: UnsafeBufferPointer<UInt16>, to total: UnsafeMutablePointer<Int32>) {
    sums.withUnsafeBytes { sums in
      var from = 0
      while from < numbers.count {
        let to = min(from &+ Self.wordsMax, numbers.count)
        let some = UnsafeBufferPointer(rebasing: numbers[from..<to])
        if width == 2 * Columns.count {
          add(some, sums.baseAddress!, to: total)
        } else {
          addNarrow(some, sums.baseAddress!, to: total)
        }
        from = to
      }
    }
  }

  /// So many words can be added in 16 bits: each has at most 17 rows, and none of their numbers is beyond 128.
  private static let wordsMax = Int(Int16.max) / (128 * (KnownWords.bytesMax + 1))

  private func add(
    _ numbers: UnsafeBufferPointer<UInt16>, _ sums: UnsafeRawPointer, to total: UnsafeMutablePointer<Int32>
  ) {
    var (left, right) = (Columns(), Columns())
    for number in numbers {
      let row = sums + Int(number) &* (4 * Columns.count)
      left.add(row)
      right.add(row + 2 * Columns.count)
    }
    left.write(to: total)
    right.write(to: total + Columns.count)
  }

  private func addNarrow(
    _ numbers: UnsafeBufferPointer<UInt16>, _ sums: UnsafeRawPointer, to total: UnsafeMutablePointer<Int32>
  ) {
    var columns = Columns()
    for number in numbers { columns.add(sums + Int(number) &* (2 * Columns.count)) }
    columns.write(to: total)
  }

  /// 32 columns that lie beside each other. Vectors of twice that size are not kept in registers.
  private struct Columns {
    static let count = 32
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
        for lane in 0..<Self.count { total[lane] &+= Int32(lanes[lane]) }
      }
    }
  }
}
