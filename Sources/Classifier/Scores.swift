/// What each sentence says for each column, without biases: the sum of its weights by the column's scale and by the root of its
/// length.
struct Scores: Sendable {
  static let width = 64
  let sentences: Int
  /// By sentence, then by column.
  let values: [Float]

  init(_ words: borrowing Words, _ cues: [CueBook.Found], _ table: ScoreTable) {
    let sentences = max(words.sentenceCount, 1)
    self.sentences = sentences
    values = Array(unsafeUninitializedCapacity: sentences * Self.width) { values, count in
      count = values.count
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: Features.countMax(words) + cues.count) { rows in
        withUnsafeTemporaryAllocation(of: UInt16.self, capacity: words.words.count) { known in
          table.weights.withParts { tags, weights in
            var writer = Writer(
              cues: cues, table: table, values: values.baseAddress!,
              rows: RowSum(tags, weights, width: Self.width, rows: rows.baseAddress!), known: known.baseAddress!)
            table.known.withLookup { writer.write(words, $0) }
          }
        }
      }
    }
  }

  /// The sentence whose rows are being looked up.
  private struct Writer {
    let cues: [CueBook.Found]
    let table: ScoreTable
    let values: UnsafeMutablePointer<Float>
    var rows: RowSum
    /// The numbers of the words that are known.
    let known: UnsafeMutablePointer<UInt16>
    private var knownCount = 0
    private var wordCount = 0
    private var sentence = 0
    private var cue = 0

    init(
      cues: [CueBook.Found], table: ScoreTable, values: UnsafeMutablePointer<Float>, rows: RowSum,
      known: UnsafeMutablePointer<UInt16>
    ) {
      self.cues = cues
      self.table = table
      self.values = values
      self.rows = rows
      self.known = known
    }

    mutating func write(_ words: borrowing Words, _ lookup: KnownWords.Lookup) {
      Features.forEach(in: words) { sentence, word in
        if sentence != self.sentence { finish(before: sentence) }
        wordCount &+= 1
        guard let number = lookup.number(of: word.hash) else { return false }
        known[knownCount] = UInt16(truncatingIfNeeded: number)
        knownCount &+= 1
        return true
      } _: { sentence, feature in
        if sentence != self.sentence { finish(before: sentence) }
        rows.append(feature)
      }
      finish(before: sentence + 1)
    }

    /// Adds the phrases of the sentence, and writes what it says.
    @inline(never)
    mutating func finish(before next: Int) {
      while cue < cues.count, cues[cue].sentence <= sentence {
        rows.append(cues[cue].feature)
        cue += 1
      }
      let factor = 1 / Float(wordCount + 1).squareRoot()
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: Scores.width) { sums in
        sums.initialize(repeating: 0)
        rows.add(to: sums.baseAddress!)
        table.sums.add(UnsafeBufferPointer(start: known, count: knownCount), to: sums.baseAddress!)
        let said = values + sentence &* Scores.width
        table.scales.withUnsafeBufferPointer { scales in
          for column in 0..<Scores.width { said[column] = Float(sums[column]) * scales[column] * factor }
        }
      }
      sentence = next
      wordCount = 0
      knownCount = 0
    }
  }
}

/// What a model knows about scores.
final class ScoreTable: Sendable {
  let weights: WeightTable
  /// What a sum of each column is multiplied by.
  let scales: [Float]
  let known = KnownWords.all
  let sums: WordSums

  init(_ weights: WeightTable, scales: [Float]) {
    self.weights = weights
    self.scales = scales
    sums = WordSums(known, weights) { word, text, body in
      text.normal.withUnsafeBufferPointer { Features.forEach(of: word, $0, body) }
    }
  }
}
