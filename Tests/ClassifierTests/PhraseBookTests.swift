import Events
import Testing

@testable import Classifier

/// Phrases are words, beginnings of words, and gaps.
@Suite struct PhraseBookTests {
  private func found(_ phrases: String, in text: String) -> [String] {
    PhraseBook([(phrases, ())]).find(in: Words(text)).map { $0.span.words(in: text) }
  }

  @Test func aPhraseIsFoundInTheWayPeopleWrite() {
    #expect(found("cant log in", in: "I CAN’T  log-in, can't\nlog in!") == ["CAN’T  log-in", "can't\nlog in"])
    #expect(found("für größe", in: "Fur GROSSE, für Größe") == ["Fur GROSSE", "für Größe"])
    #expect(found("my order", in: "my ordering, my, order? tommy order").count == 1)
  }

  @Test func aStarIsAnyEnding() {
    #expect(found("refund*", in: "Refunds, refund; refunding. prefund re fund") == ["Refunds", "refund", "refunding"])
    #expect(found("a very bad*", in: "a very badly made") == ["a very badly"])
  }

  @Test(arguments: zip(0...6, [true, true, true, true, true, false, false]))
  func aGapIsUpToFourWords(count: Int, fits: Bool) {
    let text = "where " + String(repeating: "ever ", count: count) + "order"
    #expect(found("where .. order", in: text).isEmpty != fits)
  }

  @Test func aGapEndsAtTheFirstWordThatFits() {
    #expect(found("a .. b", in: "a x b y b") == ["a x b"])
    #expect(found("a .. b c", in: "a b x b c") == ["a b x b c"])
    #expect(found("a .. b", in: "a a b") == ["a a b", "a b"])
  }

  @Test func aPhraseAtTheEndOfTheTextDoesNotReachBeyondIt() {
    #expect(found("my order now", in: "where is my order").isEmpty)
    #expect(found("my .. now", in: "where is my").isEmpty)
    #expect(found("i", in: "so am I") == ["I"])
  }

  @Test func linesAndBarsSeparatePhrasesAndEachKnowsItsMeaning() {
    let book = PhraseBook([("one|two words\nthree", "a"), ("two", "b")])
    let meanings = book.find(in: Words("three two words one")).map { book.meanings[$0.phrase] }
    #expect(meanings == ["a", "a", "b", "a"])
  }

  @Test func ofFeelingsThatOverlapTheLongestCounts() {
    let feelings = read("I am sick and tired of it").cues.filter { $0.kind == .feeling }
    #expect(feelings.map(\.name) == ["anger"])
  }
}
