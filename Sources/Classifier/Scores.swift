/// What each sentence says for each column, without biases, and what all of them say as one: the sum of weights by the column's
/// scale and by the root of the length.
///
/// Owns its memory, because an array asks for its type each time that it is made.
struct Scores: ~Copyable {
  static let width = 64
  let sentences: Int
  /// By sentence, then by column; the text as a whole behind the sentences.
  let values: UnsafeMutableBufferPointer<Float>
  /// Where each word's weights are, for who asks which words speak for an answer.
  let rows: UnsafeMutableBufferPointer<WordRows>

  /// - Parameter scales: what a sum of each column is multiplied by.
  init(_ words: borrowing Words, _ cues: [CueBook.Found], _ table: SummedTable, scales: [Float]) {
    sentences = max(words.sentenceCount, 1)
    values = .allocate(capacity: (sentences + 1) * Self.width)
    rows = .allocate(capacity: words.words.count + 1)
    let (values, rows, whole) = (values.baseAddress!, rows.baseAddress!, sentences * Self.width)
    scales.withUnsafeBufferPointer { scales in
      table.withSum { sum in
        var writer = Writer(
          cues: cues, scales: scales.baseAddress!, values: values, whole: values + whole, rows: rows, sum: sum)
        writer.write(words)
      }
    }
  }

  deinit {
    values.deallocate()
    rows.deallocate()
  }

  /// The sentence whose rows are being looked up.
  private struct Writer {
    let cues: [CueBook.Found]
    let scales: UnsafePointer<Float>
    let values: UnsafeMutablePointer<Float>
    /// What all sentences say, one by one added up.
    let whole: UnsafeMutablePointer<Float>
    /// Where the rows of the next word go.
    var rows: UnsafeMutablePointer<WordRows>
    var sum: RowSum
    private var wordCount = 0
    private var wholeCount = 0
    private var sentence = 0
    private var cue = 0

    init(
      cues: [CueBook.Found], scales: UnsafePointer<Float>, values: UnsafeMutablePointer<Float>,
      whole: UnsafeMutablePointer<Float>, rows: UnsafeMutablePointer<WordRows>, sum: RowSum
    ) {
      self.cues = cues
      self.scales = scales
      self.values = values
      self.whole = whole
      self.rows = rows
      self.sum = sum
    }

    mutating func write(_ words: borrowing Words) {
      whole.initialize(repeating: 0, count: Scores.width)
      Features.forEach(in: words) { sentence, word, unigram, pair in
        if sentence != self.sentence { finish(before: sentence) }
        wordCount &+= 1
        let known = sum.take(word)
        rows.initialize(to: WordRows(own: known ?? sum.append(unigram), pair: sum.append(pair)))
        rows += 1
        return known != nil
      } _: { sentence, feature in
        if sentence != self.sentence { finish(before: sentence) }
        sum.append(feature)
      }
      finish(before: sentence + 1)
      let factor = Features.scale(words: wholeCount)
      for column in 0..<Scores.width { whole[column] *= factor }
    }

    /// Adds the phrases of the sentence, and writes what it says.
    @inline(never)
    mutating func finish(before next: Int) {
      while cue < cues.count, cues[cue].sentence <= sentence {
        sum.append(cues[cue].feature)
        cue += 1
      }
      sum.finish()
      let factor = Features.scale(words: wordCount)
      let said = values + sentence &* Scores.width
      for column in 0..<Scores.width {
        let value = Float(sum.total[column]) * scales[column]
        whole[column] += value
        said[column] = value * factor
      }
      sum.total.update(repeating: 0, count: Scores.width)
      sentence = next
      wholeCount &+= wordCount
      wordCount = 0
    }
  }
}

/// The rows of a word and of the pair that it is with the word before it; -1 where there is none.
struct WordRows {
  let own: Int32
  let pair: Int32
}
