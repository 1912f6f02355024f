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

  /// Takes a word if it speaks for the answer and is among the loudest; of words of one weight the first.
  mutating func take(_ word: Int, _ weight: Int) {
    guard weight > quietest else { return }
    var place = most - 1
    while place > 0, weights[place - 1] < weight {
      (words[place], weights[place]) = (words[place - 1], weights[place - 1])
      place -= 1
    }
    (words[place], weights[place]) = (Int32(word), Int32(weight))
    quietest = Int(weights[most - 1])
  }

  /// Where those stand that weigh at least so much, in the order of the text; words beside each other as one.
  func spans(in text: borrowing Words, atLeast weight: Int = 1) -> [Reading.Span] {
    var spans: [Reading.Span] = []
    spans.reserveCapacity(most)
    var last = -1
    while let word = next(after: last, weight) {
      let own = text.words[word]
      if last >= 0, last + 1 == word {
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
