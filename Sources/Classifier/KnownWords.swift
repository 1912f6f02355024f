/// Words that are known before any text is read: those of our phrases and the usual ones. Each has a number, by which what it
/// says can be kept.
struct KnownWords: Sendable {
  static let all = KnownWords(
    [UsualWords.all] + SignalPhrases.all.map(\.phrases) + FeelingWords.all.map(\.phrases)
      + PressurePhrases.all.map(\.phrases) + IntentPhrases.all.map(\.phrases))

  /// None is longer, in bytes: so what it says fits in 16 bits.
  static let bytesMax = 16

  /// The hashes of their normal forms. Open addressing; 0 is an empty place.
  private let places: [UInt64]
  /// The number of the word at each place.
  private let numbers: [UInt16]
  /// The words themselves, by number, each with the text it was taken from.
  let words: [(word: Words.Word, text: Words)]

  init(_ lists: [String]) {
    var seen: Set<UInt64> = []
    words = lists.map(Words.init(whole:)).flatMap { text in
      text.words.filter { word in
        !word.hasDigit && word.normal.count <= Self.bytesMax && seen.insert(word.hash).inserted
      }.map { ($0, text) }
    }
    var size = 8
    while size < words.count * 2 { size *= 2 }
    var (places, numbers) = ([UInt64](repeating: 0, count: size), [UInt16](repeating: 0, count: size))
    for (number, known) in words.enumerated() {
      var at = Int(truncatingIfNeeded: known.word.hash) & (size - 1)
      while places[at] != 0 { at = (at + 1) & (size - 1) }
      (places[at], numbers[at]) = (known.word.hash, UInt16(number))
    }
    (self.places, self.numbers) = (places, numbers)
  }

  /// Calls `body` with something that can be asked for words without counting references.
  @inline(__always)
  func withLookup<Result>(_ body: (Lookup) -> Result) -> Result {
    places.withUnsafeBufferPointer { places in
      numbers.withUnsafeBufferPointer { body(Lookup(places: places, numbers: $0)) }
    }
  }

  /// Lives within `withLookup` only.
  struct Lookup {
    fileprivate let places: UnsafeBufferPointer<UInt64>
    fileprivate let numbers: UnsafeBufferPointer<UInt16>

    /// The number of a word; `nil` if it is not known.
    @inline(__always)
    func number(of hash: UInt64) -> UInt16? {
      var at = Int(truncatingIfNeeded: hash) & (places.count &- 1)
      while places[at] != hash {
        if places[at] == 0 { return nil }
        at = (at &+ 1) & (places.count &- 1)
      }
      return numbers[at]
    }
  }
}
