internal import Events

/// How a text feels: the model's mean of five levels, lowered by shouting where the words are not friendly.
///
/// The words themselves are read without their case and marks, and shouting only ever lowers the score, so that the same
/// words in capitals are never read as calmer (A8).
struct FeelingReading {
  let sentiment: Reading.Sentiment
  let cues: [Reading.Cue]

  /// How much one mark of emphasis lowers the score, in thousandths, and how many count.
  private static let emphasisStep = 75
  private static let emphasisMax = 4
  /// What a word that names a bad feeling weighs, unless it is negated.
  private static let badWeight = -4
  /// How much one face moves it.
  private static let faceStep = 160

  init(
    _ words: borrowing Words, _ feelings: [FeelingBalance.Weighed], _ judgement: borrowing Judgement, levels: [Int]
  ) {
    var cues = Self.named(feelings)
    cues += Self.emojis(words)
    var score = min(judgement.feeling, Self.highest(feelings, levels))
    // A picture of a face says it plainly, whatever the words.
    let faces = cues.reduce(0) { sum, cue in
      guard words.emojis.contains(where: { $0.start == cue.span.start }), cue.name != "contentment" else { return sum }
      return sum + (cue.name == "joy" ? 1 : -1)
    }
    score = max(-1000, min(1000, score + Self.faceStep * max(-3, min(3, faces))))
    let emphasis = Self.emphasis(words)
    if score < levels[2], !emphasis.isEmpty {
      // Less and less towards the end of the scale, so that it is never left.
      let step = Self.emphasisStep * min(emphasis.count, Self.emphasisMax)
      score -= score < 0 ? step * (1000 + score) / 1000 : step
      cues += emphasis
    }
    sentiment = Reading.Sentiment(level: -2 + levels.count { score >= $0 }, score: max(-1000, min(1000, score)))
    self.cues = cues
  }

  private static func named(_ feelings: [FeelingBalance.Weighed]) -> [Reading.Cue] {
    feelings.compactMap { one in
      // "Not angry" shows no anger.
      if one.cue.isNegated, one.feeling.weight < 0 { return nil }
      return Reading.Cue(
        kind: .feeling, name: one.cue.isNegated ? "frustration" : one.feeling.name, span: one.cue.span)
    }
  }

  /// What the words of feeling leave possible, whatever the other words are used for: who names a bad feeling, and no good one, is not
  /// neutral; who names both, but more of the bad, is not glad ("very disappointed ... please and thank you"). Troubles are no feelings.
  private static func highest(_ feelings: [FeelingBalance.Weighed], _ levels: [Int]) -> Int {
    guard feelings.contains(where: { $0.weight <= badWeight && $0.feeling.name != "trouble" }) else { return 1000 }
    if feelings.allSatisfy({ $0.weight <= 0 }) { return levels[1] - 1 }
    return feelings.reduce(0) { $0 + $1.weight } < 0 ? levels[2] - 1 : 1000
  }

  /// Who is fed up, or insults, is not glad: their words of praise are sarcasm, or stand beside a grievance.
  static func sobered(_ sentiment: Reading.Sentiment, by signals: [Reading.Signal], levels: [Int]) -> Reading.Sentiment
  {
    guard sentiment.level > 0, signals.contains(where: { $0.name == "frustration" || $0.name == "abuse" }) else {
      return sentiment
    }
    return Reading.Sentiment(level: 0, score: levels[2] - 1)
  }

  private static func emojis(_ words: borrowing Words) -> [Reading.Cue] {
    words.emojis.compactMap { emoji in
      let name: String
      if FeelingWords.angry.contains(emoji.scalar) {
        name = "anger"
      } else if FeelingWords.sad.contains(emoji.scalar) {
        name = "sadness"
      } else if FeelingWords.joyful.contains(emoji.scalar) {
        name = "joy"
      } else {
        return nil
      }
      return Reading.Cue(kind: .feeling, name: name, span: Reading.Span(emoji.start, emoji.end))
    }
  }

  /// Shouting: words of four capitals or more that are words and not names of things (a neighbour in capitals or a whole text
  /// of them), and runs of two exclamation marks or more.
  static func emphasis(_ words: borrowing Words) -> [Reading.Cue] {
    var cues: [Reading.Cue] = []
    if words.capitals > 0 {
      let letters = words.words.count { !$0.hasDigit }
      let mostlyShouted = letters >= 3 && words.capitals * 2 > letters
      for (index, word) in words.words.enumerated() where word.isCapitals {
        let hasNeighbour =
          (index > 0 && words.words[index - 1].isCapitals)
          || (index + 1 < words.words.count && words.words[index + 1].isCapitals)
        if mostlyShouted || (word.normal.count >= 4 && hasNeighbour) || shoutable.contains(word.hash) {
          cues.append(Reading.Cue(kind: .emphasis, name: "capitals", span: Reading.Span(word.start, word.end)))
        }
      }
    }
    for run in words.exclamations where run.count >= 2 {
      cues.append(
        Reading.Cue(kind: .emphasis, name: "exclamation", span: Reading.Span(run.lowerBound, run.upperBound)))
    }
    return cues
  }

  /// Words that stand alone in capitals only when somebody raises their voice; `USB` and `DHL` do so always.
  private static let shoutable = WordSet(
    """
    not never now still why where when help please stop again nothing worst refund money cancel wrong twice weeks days
    hours months angry unacceptable ridiculous urgent asap broken nunca ya nada nicht nie sofort jamais rien
    immediatement
    """)
}
