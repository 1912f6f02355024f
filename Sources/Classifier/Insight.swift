internal import Events
internal import Foundation

/// Why a model answers as it does, for people who look into it: which sentences count, and which features speak for the answer.
public struct Insight: Sendable {
  /// `intent`, `sentiment`, `pressure` or `signal`.
  public let question: String
  /// The label it is about.
  public let answer: String
  /// Thousandths, before calibration.
  public let probability: Int
  /// The sentences and how far they count, thousandths.
  public let sentences: [(words: String, share: Int)]
  /// The loudest features, by what they add to the answer's score, in thousandths; those against it are negative.
  public let speakers: [(words: String, weight: Int)]
}

extension ModelReader {
  /// Explains the two likeliest intents, the feeling and every signal that is claimed.
  public func insights(_ message: Message, top: Int) -> [Insight] {
    let text = message.text
    let words = Words(text)
    guard !words.words.isEmpty else { return [] }
    let cues = CueBook.find(in: words)
    let judgement = weigher.judge(words, cues, FeelingBalance.weighed(cues, in: words))
    let header = weigher.header
    let lengths = (0..<words.sentenceCount).map { sentence in words.words.count { $0.sentence == sentence } }
    let named = Self.named(words, cues)
    func sentence(_ number: Int) -> String {
      let own = words.words.filter { $0.sentence == number }
      return String(decoding: Array(text.utf8)[own[0].start..<own[own.count - 1].end], as: UTF8.self)
    }
    func speakers(_ column: Int, _ scale: Double, _ shares: [Float]) -> [(words: String, weight: Int)] {
      var sums: [String: Double] = [:]
      for one in named {
        guard let weight = weigher.table.weights.weights(of: one.feature)?[column], weight != 0 else { continue }
        let factor = Double(shares[one.sentence] * Features.scale(words: lengths[one.sentence]))
        sums[one.name, default: 0] += Double(weight) * scale * factor
      }
      return sums.map { (words: $0.key, weight: Int(($0.value * 1000).rounded())) }.filter { $0.weight != 0 }
        .sorted { (abs($0.weight), $1.words) > (abs($1.weight), $0.words) }.prefix(top).map { $0 }
    }
    // What a sentence's words count for as words of the whole.
    let scale = Features.scale(words: lengths.reduce(0, +))
    let ofWhole = lengths.map { scale / Features.scale(words: $0) }
    let wanted = zip(judgement.attention, ofWhole).map {
      $0 * (1 - judgement.wholeShare) + $1 * judgement.wholeShare
    }
    var insights: [Insight] = []
    let ranked = judgement.intents.indices.sorted { judgement.intents[$0] > judgement.intents[$1] }
    for label in ranked.prefix(2) {
      insights.append(
        Insight(
          question: "intent", answer: header.intents.labels[label],
          probability: Int(judgement.intents[label] * 1000),
          sentences: label == ranked[0]
            ? judgement.attention.indices.map { (sentence($0), Int(judgement.attention[$0] * 1000)) } : [],
          speakers: speakers(header.intents.column + label, header.intents.scales[label], wanted)))
    }
    let even = [Float](repeating: 1, count: lengths.count)
    let level = judgement.sentiment.indices.max { judgement.sentiment[$0] < judgement.sentiment[$1] }!
    insights.append(
      Insight(
        question: "sentiment", answer: header.sentiment.labels[level],
        probability: Int(judgement.sentiment[level] * 1000),
        sentences: [],
        speakers: speakers(header.sentiment.column + level, header.sentiment.scales[level], even)))
    for (number, signal) in header.signals.enumerated() where read(message).has(signal: signal.name) {
      let shares =
        judgement.signalSentences[number].map { only in lengths.indices.map { $0 == only ? 1 : 0 } } ?? ofWhole
      insights.append(
        Insight(
          question: "signal", answer: signal.name,
          probability: Int(1000 / (1 + exp(-Double(judgement.signals[number])))), sentences: [],
          speakers: speakers(signal.column, signal.scale, shares)))
    }
    return insights
  }

  /// The features of a text with words for them.
  private static func named(
    _ words: borrowing Words, _ cues: [CueBook.Found]
  ) -> [(feature: UInt64, sentence: Int, name: String)] {
    var names: [UInt64: String] = [:]
    for (index, word) in words.words.enumerated() {
      let own = words.text(word)
      names[Features.unigram(word)] = own
      if index > 0 {
        let before = words.words[index - 1]
        names[Features.pair(Features.unigram(before), Features.unigram(word))] = words.text(before) + " " + own
      }
    }
    for cue in cues { names[cue.feature] = "a phrase of ours" }
    var all: [(feature: UInt64, sentence: Int, name: String)] = []
    Features.forEach(in: words) { sentence, feature in
      all.append((feature, sentence, names[feature] ?? "letters and marks"))
    }
    for cue in cues { all.append((cue.feature, cue.sentence, "a phrase of ours")) }
    return all
  }
}

extension Model {
  /// What the model says about itself, as JSON.
  public func headerJSON() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(header), as: UTF8.self)
  }
}
