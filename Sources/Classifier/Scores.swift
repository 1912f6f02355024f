/// What the words of each sentence say for each column: the sums of their weights.
///
/// First all rows are looked up, which is where the time for memory goes, then they are added up: bytes in 16 bits, which hold
/// 257 of the largest, in vectors that stay in registers.
struct Scores: Sendable {
  static let width = 64
  private(set) var sums: [Int32]

  init(_ words: Words, _ cues: [CueBook.Found], _ table: WeightTable) {
    let sentences = max(words.sentenceCount, 1)
    sums = Array(repeating: 0, count: sentences * Self.width)
    let rowsMax = Features.countMax(words) + cues.count
    sums.withUnsafeMutableBufferPointer { sums in
      table.tags.withUnsafeBufferPointer { tags in
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: rowsMax) { rows in
          table.rows.withUnsafeBufferPointer { weights in
            let lookup = Lookup(tags: tags, rows: rows.baseAddress!)
            var pending = Pending()
            Features.forEach(in: words) { sentence, feature in
              if sentence != pending.sentence {
                lookup.take(cues, &pending)
                Self.add(
                  rows.baseAddress!, pending.count, weights.baseAddress!,
                  sums.baseAddress! + pending.sentence &* Self.width)
                pending.sentence = sentence
                pending.count = 0
              }
              lookup.append(feature, &pending)
            }
            lookup.take(cues, &pending)
            Self.add(
              rows.baseAddress!, pending.count, weights.baseAddress!, sums.baseAddress! + pending.sentence &* Self.width
            )
          }
        }
      }
    }
  }

  /// The sentence whose rows are being looked up.
  private struct Pending {
    var sentence = 0
    var count = 0
    var cue = 0
  }

  private struct Lookup {
    let tags: UnsafeBufferPointer<UInt64>
    let rows: UnsafeMutablePointer<Int32>

    /// Written whether there is a row or not, and kept if there is, so that there is nothing to guess.
    @inline(__always)
    func append(_ feature: UInt64, _ pending: inout Pending) {
      let (row, isFound) = WeightTable.look(for: feature, tags)
      rows[pending.count] = Int32(truncatingIfNeeded: row)
      pending.count &+= isFound ? 1 : 0
    }

    /// The phrases of the sentence.
    @inline(__always)
    func take(_ cues: [CueBook.Found], _ pending: inout Pending) {
      while pending.cue < cues.count, cues[pending.cue].sentence <= pending.sentence {
        append(cues[pending.cue].feature, &pending)
        pending.cue += 1
      }
    }
  }

  private typealias Vector = SIMD8<UInt16>

  private static func add(
    _ rows: UnsafePointer<Int32>, _ count: Int, _ weights: UnsafePointer<UInt8>, _ sums: UnsafeMutablePointer<Int32>
  ) {
    var from = 0
    while from < count {
      let to = min(from + 257, count)
      // Two bytes lie in 16 bits; the low ones are the even columns, the high ones the odd.
      var even = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
      var odd = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
      let low = Vector(repeating: 0xFF)
      for index in from..<to {
        let row = UnsafeRawPointer(weights + Int(rows[index]) &* width)
        let (a, b, c, d) = (
          row.loadUnaligned(as: Vector.self), row.loadUnaligned(fromByteOffset: 16, as: Vector.self),
          row.loadUnaligned(fromByteOffset: 32, as: Vector.self), row.loadUnaligned(fromByteOffset: 48, as: Vector.self)
        )
        even.0 &+= a & low
        even.1 &+= b & low
        even.2 &+= c & low
        even.3 &+= d & low
        odd.0 &+= a &>> 8
        odd.1 &+= b &>> 8
        odd.2 &+= c &>> 8
        odd.3 &+= d &>> 8
      }
      let bias = Int32(128 &* (to - from))
      for (block, (even, odd)) in [(even.0, odd.0), (even.1, odd.1), (even.2, odd.2), (even.3, odd.3)].enumerated() {
        for lane in 0..<8 {
          sums[block &* 16 &+ lane &* 2] &+= Int32(even[lane]) &- bias
          sums[block &* 16 &+ lane &* 2 &+ 1] &+= Int32(odd[lane]) &- bias
        }
      }
      from = to
    }
  }
}
