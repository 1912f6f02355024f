/// What the words of feeling in a text weigh together, from -1 to 1: what is known of feelings before anything is learned.
///
/// Words have weights from -3 to 3; a negation before a friendly word turns it round and before an unfriendly one softens it
/// ("not happy", "not bad"), a booster strengthens it ("very angry"). More of the same adds less and less.
enum FeelingBalance {
  /// Phrases of feeling, each with what it weighs here; of phrases that overlap only the longest, the first first.
  static func weighed(
    _ found: [CueBook.Found], in words: Words
  ) -> [(cue: CueBook.Found, feeling: FeelingWords.Entry, weight: Int)] {
    var weighed: [(cue: CueBook.Found, feeling: FeelingWords.Entry, weight: Int)] = []
    var end = 0
    for (place, cue) in found.enumerated() where cue.words.lowerBound >= end {
      guard case .feeling(let number) = cue.meaning else { continue }
      // Found by the place of their first word: a longer one from the same place follows.
      let isLonger = found[(place + 1)...].prefix { $0.words.lowerBound == cue.words.lowerBound }.contains {
        if case .feeling = $0.meaning { return $0.words.count > cue.words.count }
        return false
      }
      if isLonger { continue }
      end = cue.words.upperBound
      let feeling = FeelingWords.all[number]
      var weight = feeling.weight * 2
      if cue.isNegated { weight = weight > 0 ? -weight : -weight / 3 }
      if cue.words.lowerBound > 0, boosters.contains(words.words[cue.words.lowerBound - 1].hash) {
        weight += weight.signum()
      }
      weighed.append((cue, feeling, weight))
    }
    return weighed
  }

  static func of(_ found: [CueBook.Found], in words: Words) -> Float {
    let sum = weighed(found, in: words).reduce(0) { $0 + $1.weight }
    return Float(sum) / Float(abs(sum) + 6)
  }

  private static let boosters = Set(FeelingWords.boosters.map { Words($0).words[0].hash })
}
