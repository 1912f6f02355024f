/// What the words of each sentence say for each column: the sums of their weights.
///
/// Bytes are added up in 16 bits, which hold 257 of the largest, by plain loops over plain memory: the compiler turns them into
/// vector instructions on every machine.
struct Scores: Sendable {
  static let width = 64
  private(set) var sums: [Int32]

  /// Calls `fill` with a function that adds a row to a sentence's sums.
  init(sentences: Int, rows: UnsafePointer<UInt8>, _ fill: (Adder) -> Void) {
    sums = [Int32](repeating: 0, count: sentences * Self.width)
    sums.withUnsafeMutableBufferPointer { sums in
      withUnsafeTemporaryAllocation(of: UInt16.self, capacity: sentences * Self.width) { pending in
        pending.initialize(repeating: 0)
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: sentences) { counts in
          counts.initialize(repeating: 0)
          let adder = Adder(
            rows: rows, sums: sums.baseAddress!, pending: pending.baseAddress!, counts: counts.baseAddress!)
          fill(adder)
          for sentence in 0..<sentences { adder.flush(sentence) }
        }
      }
    }
  }

  struct Adder {
    fileprivate let rows: UnsafePointer<UInt8>
    fileprivate let sums: UnsafeMutablePointer<Int32>
    fileprivate let pending: UnsafeMutablePointer<UInt16>
    fileprivate let counts: UnsafeMutablePointer<Int32>

    @inline(__always)
    func add(row: Int, to sentence: Int) {
      let from = rows + row &* width
      let to = pending + sentence &* width
      for column in 0..<width { to[column] &+= UInt16(truncatingIfNeeded: from[column]) }
      counts[sentence] &+= 1
      if counts[sentence] == 257 { flush(sentence) }
    }

    @inline(never)
    fileprivate func flush(_ sentence: Int) {
      let from = pending + sentence &* width
      let to = sums + sentence &* width
      let bias = 128 &* counts[sentence]
      for column in 0..<width {
        to[column] &+= Int32(truncatingIfNeeded: from[column]) &- bias
        from[column] = 0
      }
      counts[sentence] = 0
    }
  }
}
