import Testing

@testable import Classifier

/// Words that are added up beforehand.
struct KnownWordsTests {
  private let texts = [
    "Where is my order? It should have been delivered on Monday.",
    "Wo ist meine Bestellung? I have not received anything since 12 March, and nobody answers!",
    "qwertzu asdfgh 4711 yxcvbn the the the the the the the the the the the the the the the the the the the the",
    String(repeating: "Please cancel the subscription immediately and refund the payment for my order ", count: 9),
  ]

  @Test func usualWordsAndThoseOfOurPhrasesAreKnown() {
    KnownWords.all.withLookup { lookup in
      for word in Words("where package appreciate livraison bestellung").words {
        #expect(lookup.number(of: word.hash) != nil)
      }
      for word in Words("qwertzu 4711").words { #expect(lookup.number(of: word.hash) == nil) }
    }
  }

  @Test func everyKnownWordFindsItsNumber() {
    let known = KnownWords.all
    known.withLookup { lookup in
      let numbers = known.words.map { lookup.number(of: $0.word.hash).map(Int.init) }
      #expect(numbers == Array(known.words.indices))
    }
  }

  @Test func aTextSaysWhatTheRowsOfAllItsFeaturesSay() {
    let table = shippedReader.weigher.table
    for text in texts {
      let words = Words(text)
      let cues = CueBook.find(in: words)
      var expected = [[Int]](repeating: [Int](repeating: 0, count: Scores.width), count: words.sentenceCount)
      func add(_ sentence: Int, _ feature: UInt64) {
        for (column, weight) in (table.weights.weights(of: feature) ?? []).enumerated() {
          expected[sentence][column] += weight
        }
      }
      Features.forEach(in: words) { add($0, $1) }
      for cue in cues { add(cue.sentence, cue.feature) }
      let scores = Scores(words, cues, table, scales: [Float](repeating: 1, count: Scores.width))
      for sentence in expected.indices {
        let count = words.words.count { $0.sentence == sentence }
        let factor = 1 / Float(count + 1).squareRoot()
        let said = scores.values[(sentence * Scores.width)..<((sentence + 1) * Scores.width)]
        #expect(Array(said) == expected[sentence].map { Float($0) * factor }, "sentence \(sentence) of \(text)")
      }
    }
  }
}
