public import Events

/// Reads a ticket by phrases and cues: no statistics, every claim points at its words.
///
/// What it is good for: it never claims what no word says, and its reading can be checked by eye. What it cannot do: find a
/// wish that is put in words nobody listed. It then abstains, and the case goes to a person.
public struct KeywordReader: TicketReader {
  /// Changes whenever its phrases or weights do.
  public let version = "keywords-2"

  /// A reader with the phrases that are compiled in.
  public init() {}

  /// Reads a message.
  public func read(_ message: Message) -> Reading {
    let text = message.text
    let words = Words(text)
    guard !words.words.isEmpty || words.questionMarks > 0 else { return readMarks(text) }
    let wishes = Wishes(words)
    let feeling = FeelingReader(words, text: text)
    var reading = Reading(abstention: .unclear)
    reading.language = LanguageGuess.guess(words, locale: message.locale)
    reading.signals = signals(in: words, wishes: wishes)
    reading.sentiment = feeling.sentiment
    reading.entities = Entities.find(in: text)
    let pressing = PressurePhrases.book.find(in: words)
    reading.pressure =
      reading.has(signal: "safety") || reading.has(signal: "self_harm")
      ? .danger : pressing.map(\.meaning).max() ?? .none
    reading.cues =
      (wishes.cues + feeling.cues
      + pressing.map { Reading.Cue(kind: .urgency, name: $0.meaning.rawValue, span: $0.span) })
      .sorted { ($0.span, $0.name) < ($1.span, $1.name) }
    if LanguageGuess.supported.contains(reading.language.tag) {
      reading.intents = wishes.intents
      reading.abstention = wishes.abstention
    } else {
      // Its words may look like ours by accident, so what they seem to say is not claimed.
      reading.abstention = .unsupportedLanguage
      reading.cues.removeAll { $0.kind == .intent }
    }
    return reading
  }

  /// Words that end a conversation where nothing else is said.
  private static let closings: Set<String> = [
    "ok", "okay", "oki", "ta", "cheers", "thanks", "thank", "you", "great", "perfect", "lovely", "brilliant", "cool",
    "super",
    "nice", "sweet", "noted", "vale", "genial", "perfecto", "gracias", "gut", "prima", "danke", "passt", "parfait",
    "merci",
    "entendu", "daccord",
  ]

  private static let exits: Set<String> = [
    "agent", "human", "person", "agente", "persona", "humano", "mitarbeiter", "mitarbeiterin", "mensch", "conseiller",
    "conseillere", "humain", "personne",
  ]

  /// A message of emojis only still says how somebody feels.
  private func readMarks(_ text: String) -> Reading {
    var reading = Reading(abstention: .empty)
    let feeling = FeelingReader(Words(text), text: text)
    reading.sentiment = feeling.sentiment
    reading.cues = feeling.cues
    return reading
  }

  private func signals(in words: Words, wishes: Wishes) -> [Reading.Signal] {
    var spans: [String: [Reading.Span]] = [:]
    for found in SignalPhrases.book.find(in: words) { spans[found.meaning, default: []].append(found.span) }
    // A short "thank you" without question, wish or worry closes a conversation.
    let isThanks = spans["thanks"] != nil || spans["settled"] != nil
    let onlyThanks = spans.keys.allSatisfy { $0 == "thanks" || $0 == "settled" }
    let asksNothing = words.questionMarks == 0 && wishes.asksNothing
    if isThanks, onlyThanks, asksNothing, words.words.count <= 14 {
      spans["closing"] = (spans["thanks"] ?? []) + (spans["settled"] ?? [])
    }
    if !words.words.isEmpty, words.words.count <= 3, words.words.allSatisfy({ Self.closings.contains(words.text($0)) })
    {
      spans["closing"] = words.words.map { Reading.Span($0.start, $0.end) }
    }
    // Our messages end with "reply agent for a person", so that word alone must do it.
    if words.words.count <= 3, let word = words.words.first(where: { Self.exits.contains(words.text($0)) }) {
      spans["wants_human", default: []].append(Reading.Span(word.start, word.end))
    }
    return spans.keys.sorted().map { name in
      Reading.Signal(name: name, spans: Array(Set(spans[name] ?? [])).sorted())
    }
  }
}

/// The intents that a text's phrases speak for, weighed against each other and against "something else".
private struct Wishes {
  let intents: [Reading.Intent]
  let abstention: Reading.Abstention?
  let cues: [Reading.Cue]

  /// Whether no phrase asks for anything. Praise is no request.
  var asksNothing: Bool { abstention != nil || intents.first?.name == "feedback_review" }

  /// How much evidence "something else" has from the start, squared like the others.
  private static let otherWeight = 5
  /// What a probability must be for its band. The probabilities weigh evidence and are not calibrated: on 1,102 labelled rows
  /// of customer service the reader claimed an intent for 56 %, and was right in 91 % of those above `highFrom` and 95 % of
  /// those between the two; on banking and small talk, which it was not written for, in 62 %.
  static let highFrom = 700
  static let mediumFrom = 400
  /// Up to so many words a message is a few words.
  private static let sparseWords = 6

  init(_ words: Words) {
    let found = Self.longest(IntentPhrases.book.find(in: words))
    var scores: [String: Int] = [:]
    var seen: Set<Int> = []
    for match in found where seen.insert(match.phrase).inserted {
      scores[match.meaning.intent, default: 0] += match.meaning.weight
    }
    let squares = scores.mapValues { min($0, 12) * min($0, 12) }
    let total = squares.values.reduce(Self.otherWeight, +)
    let ranked = squares.map { (name: $0.key, probability: $0.value * 1000 / total) }
      .sorted { ($1.probability, $0.name) < ($0.probability, $1.name) }
    intents = ranked.prefix(4).filter { $0.probability >= 50 }.map {
      Reading.Intent(name: $0.name, probability: $0.probability, band: Self.band($0.probability))
    }
    if let best = ranked.first, (scores[best.name] ?? 0) >= 2 {
      let second = ranked.count > 1 ? ranked[1].probability : 0
      let isClose = ranked.count > 1 && best.probability - second < 40
      abstention = isClose && !Self.areSiblings(best.name, ranked[1].name) ? .ambiguous : nil
    } else {
      abstention = words.words.count <= Self.sparseWords ? .sparse : .unclear
    }
    let claimed = Set(intents.map(\.name))
    cues = found.filter { $0.meaning.weight > 1 && claimed.contains($0.meaning.intent) }.map {
      Reading.Cue(kind: .intent, name: $0.meaning.intent, span: $0.span)
    }
  }

  /// "It was due Tuesday, where is it?" asks and complains at once; both lead to the same look at the order.
  private static func areSiblings(_ a: String, _ b: String) -> Bool {
    Set([a, b]) == ["order_status", "delivery_issue"]
  }

  /// Leaves out what stands inside a longer phrase for another wish: "where is my refund" does not ask where something is.
  private static func longest(
    _ found: [PhraseBook<IntentPhrases.Weighted>.Found]
  ) -> [PhraseBook<IntentPhrases.Weighted>.Found] {
    // They come by the place of their first word, and no phrase is longer than this, gaps included.
    let lengthMax = found.map(\.words.count).max() ?? 0
    return found.indices.filter { index in
      let (words, intent) = (found[index].words, found[index].meaning.intent)
      func isCovered(by other: PhraseBook<IntentPhrases.Weighted>.Found) -> Bool {
        other.meaning.intent != intent && other.words.count > words.count
          && other.words.lowerBound <= words.lowerBound && other.words.upperBound >= words.upperBound
      }
      let before = found[..<index].reversed().prefix { $0.words.lowerBound + lengthMax > words.lowerBound }
      let beside = found[(index + 1)...].prefix { $0.words.lowerBound == words.lowerBound }
      return !before.contains(where: isCovered) && !beside.contains(where: isCovered)
    }.map { found[$0] }
  }

  private static func band(_ probability: Int) -> Reading.Band {
    probability >= highFrom ? .high : probability >= mediumFrom ? .medium : .low
  }
}
