internal import Events

/// The words of a sentence that speak most for an answer, the loudest first: four at most, so that they fit in two vectors.
struct Speakers {
  private var words = SIMD4<Int32>(repeating: -1)
  private var weights = SIMD4<Int32>.zero
  private let most: Int
  /// What a word must weigh more than to be among them.
  private var quietest = 0

  init(most: Int) {
    precondition((1...4).contains(most), "there is room for four")
    self.most = most
  }

  /// What the loudest of them weighs; 0 where nothing speaks for it.
  var loudest: Int { Int(weights[0]) }

  /// Whether a word of this weight speaks for the answer and is among the loudest; of words of one weight the first is.
  @inline(__always)
  func wants(_ weight: Int) -> Bool { weight > quietest }

  /// Takes a word if it is wanted.
  mutating func take(_ word: Int, _ weight: Int) {
    guard wants(weight) else { return }
    var place = most - 1
    while place > 0, weights[place - 1] < weight {
      (words[place], weights[place]) = (words[place - 1], weights[place - 1])
      place -= 1
    }
    (words[place], weights[place]) = (Int32(word), Int32(weight))
    quietest = Int(weights[most - 1])
  }

  /// Where those stand that weigh at least so much, in the order of the text; as one what only function words of one sentence part.
  func spans(in text: borrowing Words, atLeast weight: Int = 1) -> [Reading.Span] {
    var spans: [Reading.Span] = []
    spans.reserveCapacity(most)
    var last = -1
    while let word = next(after: last, weight) {
      let own = text.words[word]
      if last >= 0, text.words[last].sentence == own.sentence,
        text.words[last + 1..<word].allSatisfy({ FunctionWords.all.contains($0.hash) })
      {
        spans[spans.count - 1].end = own.end
      } else {
        spans.append(Reading.Span(own.start, own.end))
      }
      last = word
    }
    return spans
  }

  private func next(after last: Int, _ weight: Int) -> Int? {
    var next: Int?
    for place in 0..<most where weights[place] >= weight && words[place] > last {
      next = min(next ?? .max, Int(words[place]))
    }
    return next
  }
}

extension Weigher {
  /// The words of a sentence, or of all of them, that speak most for a column, function words only where no others do; a pair's
  /// weight is shared between its words. For evidence.
  func speakers(
    for column: Int, in sentence: Int?, of words: borrowing Words, _ judgement: borrowing Judgement, most: Int
  ) -> Speakers {
    var speakers = Speakers(most: most)
    words.words.withUnsafeBufferPointer { words in
      let place = sentence.map { Self.place(of: $0, in: words) } ?? words.indices
      withUnsafeTemporaryAllocation(of: Int.self, capacity: place.count) { weights in
        // All are weighed before any is compared, because a guess that is wrong would wait for a row that is far away.
        weigh(place, words, judgement.said.rows, column, to: weights)
        let functionWords = FunctionWords.all
        // Few are louder than those before them, so few need be looked up.
        for index in weights.indices where speakers.wants(weights[index]) {
          guard !functionWords.contains(words[place.lowerBound + index].hash) else { continue }
          speakers.take(place.lowerBound + index, weights[index])
        }
        // Better a reason that looks odd than none.
        guard speakers.loudest == 0 else { return }
        for index in weights.indices { speakers.take(place.lowerBound + index, weights[index]) }
      }
    }
    return speakers
  }

  private func weigh(
    _ place: Range<Int>, _ words: UnsafeBufferPointer<Words.Word>, _ rows: UnsafeMutableBufferPointer<WordRows>,
    _ column: Int, to weights: UnsafeMutableBufferPointer<Int>
  ) {
    table.weights.withParts { _, bytes in
      func weight(_ row: Int32) -> Int {
        // The first row where there is none: it is in the cache, and nothing need be guessed.
        let none = Int(row &>> 31)
        return (Int(bytes[(Int(row) & ~none) &* Scores.width &+ column]) &- 128) & ~none
      }
      for index in weights.indices {
        let word = place.lowerBound &+ index
        weights.initializeElement(at: index, to: weight(rows[word].own))
        // The pair of a sentence's first word is with its beginning, which is no word.
        guard !words[word].beginsSentence else { continue }
        let shared = weight(rows[word].pair) / 2
        weights[index &- 1] &+= shared
        weights[index] &+= shared
      }
    }
  }

  /// Where the words of a sentence stand.
  private static func place(of sentence: Int, in words: UnsafeBufferPointer<Words.Word>) -> Range<Int> {
    var (low, high) = (0, words.count)
    while low < high {
      let middle = (low + high) / 2
      if words[middle].sentence < sentence { low = middle + 1 } else { high = middle }
    }
    while high < words.count, words[high].sentence == sentence { high += 1 }
    return low..<high
  }
}
