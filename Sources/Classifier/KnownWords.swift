/// Words that are known before any text is read: those of our phrases and the usual ones. Each has a number, by which what it
/// says can be kept.
struct KnownWords: Sendable {
  static let all = KnownWords(
    [UsualWords.all] + SignalPhrases.all.map(\.phrases) + FeelingWords.all.map(\.phrases)
      + PressurePhrases.all.map(\.phrases) + IntentPhrases.all.map(\.phrases))

  /// None is longer, in bytes: so what it says fits in 16 bits.
  static let bytesMax = 16

  /// Where hashes are looked for: as rows are, without a branch, because how far one would have to look cannot be guessed.
  private let tags: [UInt64]
  /// The word at each place: its hash, with its number for the lowest bits, which the tag says.
  private let places: [UInt64]
  /// The words themselves, by number, each with the normal forms of the text it was taken from.
  let words: [(word: Words.Word, normal: [UInt8])]

  /// A word for which there is no place left, or whose tag is another's, is not known; the first ones have theirs.
  init(_ lists: [String]) {
    var seen: Set<UInt64> = []
    let all = lists.flatMap { list in
      let text = Words(whole: list)
      return text.words.filter { word in
        !word.hasDigit && word.normal.count <= Self.bytesMax && seen.insert(word.hash).inserted
      }.map { (word: $0, normal: text.normal) }
    }
    var tags = [UInt64](repeating: 0, count: max(all.count, 1))
    var places = [UInt64](repeating: 0, count: tags.count * WeightTable.ways)
    var words: [(word: Words.Word, normal: [UInt8])] = []
    for known in all {
      guard let place = WeightTable.takeRow(for: known.word.hash, &tags) else { continue }
      places[place] = known.word.hash & ~0xFFFF | UInt64(UInt16(words.count))
      words.append(known)
    }
    (self.tags, self.places, self.words) = (tags, places, words)
  }

  /// Calls `body` with something that can be asked for words without counting references.
  @inline(__always)
  func withLookup<Result>(_ body: (Lookup) -> Result) -> Result {
    tags.withUnsafeBufferPointer { tags in
      places.withUnsafeBufferPointer { body(Lookup(tags: tags, places: $0)) }
    }
  }

  /// Lives within `withLookup` only.
  struct Lookup {
    fileprivate let tags: UnsafeBufferPointer<UInt64>
    fileprivate let places: UnsafeBufferPointer<UInt64>

    /// The number of a word; `nil` if it is not known.
    @inline(__always)
    func number(of hash: UInt64) -> UInt16? {
      let (place, isFound) = WeightTable.look(for: hash, tags)
      // The tag is near and nearly always right; the word itself may be far away, and need not be waited for.
      guard isFound else { return nil }
      let known = places[place]
      return (known ^ hash) >> 16 == 0 ? UInt16(truncatingIfNeeded: known) : nil
    }
  }
}
