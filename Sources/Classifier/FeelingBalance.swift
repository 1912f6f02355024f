/// What the words of feeling in a text weigh together, from -1 to 1: what is known of feelings before anything is learned.
///
/// Words have weights from -3 to 3; a negation before a friendly word turns it round and before an unfriendly one softens it
/// ("not happy", "not bad"), a booster strengthens it ("very angry"). More of the same adds less and less.
enum FeelingBalance {
  /// A phrase of feeling with what it weighs here.
  struct Weighed {
    let cue: CueBook.Found
    let weight: Int
    /// Its place in `FeelingWords.all`.
    let number: Int

    var feeling: FeelingWords.Entry { FeelingWords.all[number] }
  }

  /// Phrases of feeling; of phrases that overlap only the longest, the first first.
  static func weighed(_ found: [CueBook.Found], in words: borrowing Words) -> [Weighed] {
    var weighed: [Weighed] = []
    var end = 0
    for (place, cue) in found.enumerated() where cue.words.lowerBound >= end {
      guard case .feeling(let number) = cue.meaning, !hasLonger(place, found) else { continue }
      end = cue.words.upperBound
      var weight = weights[number] * 2
      if cue.isNegated { weight = weight > 0 ? -weight : -weight / 3 }
      if cue.words.lowerBound > 0, boosters.contains(words.words[cue.words.lowerBound - 1].hash) {
        weight += weight.signum()
      }
      weighed.append(Weighed(cue: cue, weight: weight, number: number))
    }
    return weighed
  }

  /// Whether a longer phrase of feeling begins at the same word. They are found by the place of their first word, so it follows.
  private static func hasLonger(_ place: Int, _ found: [CueBook.Found]) -> Bool {
    let words = found[place].words
    var next = place + 1
    while next < found.count, found[next].words.lowerBound == words.lowerBound {
      if case .feeling = found[next].meaning, found[next].words.count > words.count { return true }
      next += 1
    }
    return false
  }

  static func of(_ weighed: [Weighed]) -> Float {
    let sum = weighed.reduce(0) { $0 + $1.weight }
    return Float(sum) / Float(abs(sum) + 6)
  }

  private static let weights = FeelingWords.all.map(\.weight)
  private static let boosters = WordSet(FeelingWords.boosters.map { Words($0).words[0].hash })
}
