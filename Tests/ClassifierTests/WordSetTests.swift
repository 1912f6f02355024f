import Events
import Testing

@testable import Classifier

@Suite struct WordSetTests {
  @Test func holdsItsWordsAndNoOthers() {
    let months = WordSet("january february march april may june july august september october november december")
    for word in Words("March JULY december").words { #expect(months.contains(word.hash)) }
    for word in Words("monday marching dec a of 12").words { #expect(!months.contains(word.hash)) }
    #expect(!months.contains(0))
  }

  @Test func aUnionHoldsTheWordsOfBoth() {
    let both = WordSet("one two").union(WordSet("two three"))
    #expect(Words("one two three four").words.map { both.contains($0.hash) } == [true, true, true, false])
  }

  @Test func eachWordHasAPlaceOfItsOwn() {
    let set = WordSet("alpha beta gamma delta epsilon zeta eta theta")
    let places = Words("alpha beta gamma delta epsilon zeta eta theta").words.compactMap { set.place(of: $0.hash) }
    #expect(Set(places).count == 8)
    #expect(places.allSatisfy { $0 < set.placeCount })
  }
}

@Suite struct SpeakersTests {
  private var text: Words { Words("one two three four five six") }

  @Test func wordsBesideEachOtherAreOneSpan() {
    var speakers = Speakers(most: 3)
    for (word, weight) in [(4, 10), (0, 30), (1, 20)] { speakers.take(word, weight) }
    #expect(speakers.loudest == 30)
    #expect(speakers.spans(in: text).map { [$0.start, $0.end] } == [[0, 7], [19, 23]])
    #expect(speakers.spans(in: text, atLeast: 20).map { [$0.start, $0.end] } == [[0, 7]])
  }

  @Test func functionWordsPartNothing() {
    let text = Words("they put it right by Friday")
    var speakers = Speakers(most: 2)
    for (word, weight) in [(3, 10), (5, 20)] { speakers.take(word, weight) }
    #expect(speakers.spans(in: text).map { [$0.start, $0.end] } == [[12, 27]])
  }

  @Test func ofEqualWeightsTheFirstStaysAndSilenceIsNoWord() {
    var speakers = Speakers(most: 1)
    for (word, weight) in [(5, 0), (2, 7), (3, 7)] { speakers.take(word, weight) }
    #expect(speakers.spans(in: text).map { [$0.start, $0.end] } == [[8, 13]])
  }
}
