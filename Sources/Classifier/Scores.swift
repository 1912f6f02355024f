/// What each sentence says for each column, without biases: the sum of its weights by the column's scale and by the root of its
/// length.
struct Scores: Sendable {
  static let width = 64
  let sentences: Int
  /// By sentence, then by column.
  let values: [Float]

  init(_ words: borrowing Words, _ cues: [CueBook.Found], _ table: borrowing WeightTable, scales: [Float]) {
    let sentences = max(words.sentenceCount, 1)
    self.sentences = sentences
    values = Array(unsafeUninitializedCapacity: sentences * Self.width) { values, count in
      values.initialize(repeating: 0)
      count = values.count
      scales.withUnsafeBufferPointer { scales in
        words.words.withUnsafeBufferPointer { own in
          withUnsafeTemporaryAllocation(of: Int32.self, capacity: Features.countMax(words) + cues.count) { rows in
            table.withParts { tags, weights in
              var writer = Writer(
                words: own, cues: cues, scales: scales.baseAddress!, values: values.baseAddress!,
                rows: RowSum(tags, weights, width: Scores.width, rows: rows.baseAddress!))
              Features.forEach(in: words) { sentence, feature in
                if sentence != writer.sentence { writer.finish(before: sentence) }
                writer.rows.append(feature)
              }
              writer.finish(before: sentences)
            }
          }
        }
      }
    }
  }

  /// The sentence whose rows are being looked up.
  private struct Writer {
    let words: UnsafeBufferPointer<Words.Word>
    let cues: [CueBook.Found]
    let scales: UnsafePointer<Float>
    let values: UnsafeMutablePointer<Float>
    var rows: RowSum
    var sentence = 0
    private var word = 0
    private var cue = 0

    init(
      words: UnsafeBufferPointer<Words.Word>, cues: [CueBook.Found], scales: UnsafePointer<Float>,
      values: UnsafeMutablePointer<Float>, rows: RowSum
    ) {
      self.words = words
      self.cues = cues
      self.scales = scales
      self.values = values
      self.rows = rows
    }

    /// Adds the phrases of the sentence, and writes what it says.
    @inline(never)
    mutating func finish(before next: Int) {
      while cue < cues.count, cues[cue].sentence <= sentence {
        rows.append(cues[cue].feature)
        cue += 1
      }
      let first = word
      while word < words.count, words[word].sentence == sentence { word += 1 }
      let factor = 1 / Float(word - first + 1).squareRoot()
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: Scores.width) { sums in
        sums.initialize(repeating: 0)
        rows.add(to: sums.baseAddress!)
        let said = values + sentence &* Scores.width
        for column in 0..<Scores.width { said[column] = Float(sums[column]) * scales[column] * factor }
      }
      sentence = next
    }
  }
}
