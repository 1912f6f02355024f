internal import Events

/// How a text feels: weighted words, turned by negations, strengthened by boosters and by capitals and exclamation marks.
///
/// Emphasis strengthens what is negative and never what is positive ("THANK YOU!!!" is no anger), and never lifts the score,
/// so that the same words in capitals are never read as calmer (A8).
struct FeelingReader {
  let sentiment: Reading.Sentiment
  let cues: [Reading.Cue]

  init(_ words: Words, text: String) {
    var cues: [Reading.Cue] = []
    var negative = 0
    var positive = 0
    for found in Self.longest(FeelingWords.book.find(in: words)) {
      var weight = found.meaning.weight * 2
      let before = found.words.lowerBound
      if Self.isNegated(before, words) { weight = weight > 0 ? -weight : -weight / 3 }
      if before > 0, FeelingWords.boosters.contains(words.text(words.words[before - 1])) {
        weight += weight > 0 ? 1 : -1
      }
      if weight < 0 { negative -= weight } else { positive += weight }
      let name = weight < 0 && found.meaning.weight > 0 ? "frustration" : found.meaning.name
      cues.append(Reading.Cue(kind: .feeling, name: name, span: found.span))
    }
    let emojis = Self.emojis(in: text)
    negative += emojis.negative * 4
    positive += emojis.positive * 3
    cues += emojis.cues
    let emphasis = Self.emphasis(words)
    if negative > positive, !emphasis.isEmpty {
      negative += 2 * min(emphasis.count, 3)
      cues += emphasis
    } else if negative == 0, positive == 0, !emphasis.isEmpty {
      // A shouted question without a word of feeling is not calm; one pair of marks alone is a habit.
      negative += min(emphasis.count, 3)
      cues += emphasis
    }
    // Ten points of feeling are half of the scale; more of the same adds less and less.
    let balance = positive - negative
    let score = balance * 1000 / (balance.magnitude == 0 ? 1 : Int(balance.magnitude) + 6)
    sentiment = Reading.Sentiment(level: Self.level(score), score: score)
    self.cues = cues
  }

  private static func level(_ score: Int) -> Int {
    switch score {
    case ..<(-620): -2
    case ..<(-240): -1
    case ..<400: 0
    case ..<620: 1
    default: 2
    }
  }

  /// Of phrases that overlap only the longest counts: "sick and tired" is not also "tired".
  private static func longest(
    _ found: [PhraseBook<FeelingWords.Feeling>.Found]
  ) -> [PhraseBook<FeelingWords.Feeling>.Found] {
    var kept: [PhraseBook<FeelingWords.Feeling>.Found] = []
    for candidate in found.sorted(by: { ($0.words.lowerBound, $1.words.count) < ($1.words.lowerBound, $0.words.count) })
    where candidate.words.lowerBound >= (kept.last?.words.upperBound ?? 0) {
      kept.append(candidate)
    }
    return kept
  }

  private static func isNegated(_ index: Int, _ words: Words) -> Bool {
    for back in 1...3 where index - back >= 0 {
      if words.words[index - back + 1].beginsSentence { return false }
      if FeelingWords.negations.contains(words.text(words.words[index - back])) { return true }
    }
    return false
  }

  private static func emojis(in text: String) -> (negative: Int, positive: Int, cues: [Reading.Cue]) {
    var negative = 0
    var positive = 0
    var cues: [Reading.Cue] = []
    var offset = 0
    for scalar in text.unicodeScalars {
      let width = UTF8.width(scalar)
      defer { offset += width }
      guard scalar.value >= 0x2000 else { continue }
      let span = Reading.Span(offset, offset + width)
      if FeelingWords.angry.contains(scalar) {
        negative += 1
        cues.append(Reading.Cue(kind: .feeling, name: "anger", span: span))
      } else if FeelingWords.sad.contains(scalar) {
        negative += 1
        cues.append(Reading.Cue(kind: .feeling, name: "sadness", span: span))
      } else if FeelingWords.joyful.contains(scalar) {
        positive += 1
        cues.append(Reading.Cue(kind: .feeling, name: "joy", span: span))
      }
    }
    return (min(negative, 3), min(positive, 3), cues)
  }

  /// Shouting: words of four capitals or more that are words and not names of things (a neighbour in capitals or a whole text
  /// of them), and runs of two exclamation marks or more.
  private static func emphasis(_ words: Words) -> [Reading.Cue] {
    var cues: [Reading.Cue] = []
    let capitals = words.words.filter(\.isCapitals)
    let letters = words.words.filter { !$0.hasDigit }
    let mostlyShouted = letters.count >= 3 && capitals.count * 2 > letters.count
    for (index, word) in words.words.enumerated() where word.isCapitals {
      let neighbours = [index - 1, index + 1].filter(words.words.indices.contains).map { words.words[$0].isCapitals }
      let isKnownWord = shoutable.contains(words.text(word))
      if mostlyShouted || isKnownWord || (word.normal.count >= 4 && neighbours.contains(true)) {
        cues.append(Reading.Cue(kind: .emphasis, name: "capitals", span: Reading.Span(word.start, word.end)))
      }
    }
    for run in words.exclamations where run.count >= 2 {
      cues.append(
        Reading.Cue(kind: .emphasis, name: "exclamation", span: Reading.Span(run.lowerBound, run.upperBound)))
    }
    return cues
  }

  /// Words that stand alone in capitals only when somebody raises their voice; `USB` and `DHL` do so always.
  private static let shoutable: Set<String> = [
    "not", "never", "now", "still", "why", "where", "when", "help", "please", "stop", "again", "again", "nothing",
    "worst",
    "refund", "money", "nunca", "ya", "nada", "nicht", "nie", "sofort", "jamais", "rien", "immediatement", "cancel",
    "wrong",
    "twice", "weeks", "days", "hours", "months", "angry", "unacceptable", "ridiculous", "urgent", "asap", "broken",
  ]
}
