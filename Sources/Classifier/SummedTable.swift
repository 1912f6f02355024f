/// A table of weights, and beside it what each known word says there: the sum of the rows of its features. They are whole
/// numbers, so adding them up beforehand gives the same. A class, because its parts would be counted one by one otherwise.
final class SummedTable: Sendable {
  let weights: WeightTable
  private let known = KnownWords.all
  /// By the number of the word, then by column.
  private let sums: CacheLines
  /// The row of the first feature of each known word; -1 where it has none.
  private let firstRows: [Int32]

  /// - Parameter features: calls back with the features of a word; no more than one for each of its bytes and one besides.
  init(
    _ weights: WeightTable,
    features: (_ word: Words.Word, _ normal: UnsafeBufferPointer<UInt8>, _ body: (UInt64) -> Void) -> Void
  ) {
    self.weights = weights
    let width = weights.width
    var sums = [Int16](repeating: 0, count: known.words.count * width)
    var firstRows: [Int32] = []
    for (number, (word, normal)) in known.words.enumerated() {
      normal.withUnsafeBufferPointer { normal in
        features(word, normal) { feature in
          let row = weights.row(of: feature)
          if firstRows.count == number { firstRows.append(Int32(row ?? -1)) }
          guard let row else { return }
          let own = weights.weights(inRow: row)
          for column in own.indices { sums[number * width + column] += Int16(own[column]) }
        }
      }
    }
    self.sums = CacheLines(sums)
    self.firstRows = firstRows
  }

  /// Calls `body` with a sum of nothing.
  func withSum(_ body: (inout RowSum) -> Void) {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: weights.width) { total in
      total.initialize(repeating: 0)
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: RowSum.rowsMax) { rows in
        withUnsafeTemporaryAllocation(of: UInt16.self, capacity: RowSum.wordsMax) { words in
          withParts { parts in
            var sum = RowSum(parts, total: total.baseAddress!, rows: rows.baseAddress!, words: words.baseAddress!)
            body(&sum)
          }
        }
      }
    }
  }

  /// What a sum looks at, without counting references.
  struct Parts {
    let width: Int
    let tags: UnsafeBufferPointer<UInt64>
    let rows: UnsafeRawPointer
    let known: KnownWords.Lookup
    let sums: UnsafeRawPointer
    let firstRows: UnsafePointer<Int32>
  }

  private func withParts(_ body: (Parts) -> Void) {
    weights.withParts { tags, rows in
      known.withLookup { known in
        sums.withBytes { sums in
          firstRows.withUnsafeBufferPointer { firstRows in
            body(
              Parts(
                width: weights.width, tags: tags, rows: UnsafeRawPointer(rows), known: known, sums: sums.baseAddress!,
                firstRows: firstRows.baseAddress!))
          }
        }
      }
    }
  }
}
