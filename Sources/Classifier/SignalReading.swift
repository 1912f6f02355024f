internal import Events

/// What must be noticed whatever else a message says: recall first. Phrases and the model look for it together; policy decides
/// what follows.
enum SignalReading {
  /// Words that end a conversation where nothing else is said.
  private static let closings = hashes(
    """
    ok okay oki ta cheers thanks thank you great perfect lovely brilliant cool super nice sweet noted vale genial perfecto
    gracias gut prima danke passt parfait merci entendu daccord
    """)
  /// Our messages end with "reply agent for a person", so that word alone must do it.
  private static let exits = hashes(
    "agent human person agente persona humano mitarbeiter mitarbeiterin mensch conseiller conseillere humain personne")
  private static let speakersMax = 3

  static func signals(
    _ words: Words, _ cues: [CueBook.Found], _ judgement: Judgement, _ weigher: Weigher, asksNothing: Bool
  ) -> [Reading.Signal] {
    var phrases: [String: [Reading.Span]] = [:]
    for cue in cues {
      if case .signal(let number) = cue.meaning {
        phrases[SignalPhrases.all[number].signal, default: []].append(cue.span)
      }
    }
    var spans: [String: [Reading.Span]] = [:]
    var judged: Set<String> = []
    for (number, signal) in weigher.header.signals.enumerated() {
      judged.insert(signal.name)
      let said = phrases[signal.name]
      guard judgement.signals[number] >= Float(signal.threshold) else { continue }
      spans[signal.name] = said ?? speakers(signal.column, judgement.signalSentences[number], words, weigher)
    }
    for (name, said) in phrases where !judged.contains(name) { spans[name] = said }
    // A short "thank you" without question, wish or worry closes a conversation.
    let isThanks = spans["thanks"] != nil || spans["settled"] != nil
    let onlyThanks = spans.keys.allSatisfy { $0 == "thanks" || $0 == "settled" }
    if isThanks, onlyThanks, asksNothing, judgement.feeling > -100, words.questionMarks == 0, words.words.count <= 14 {
      spans["closing"] = (spans["thanks"] ?? []) + (spans["settled"] ?? [])
    }
    if words.words.count <= 3, words.questionMarks == 0 {
      if words.words.allSatisfy({ closings.contains($0.hash) }) {
        spans["closing"] = words.words.map { Reading.Span($0.start, $0.end) }
      }
      if let word = words.words.first(where: { exits.contains($0.hash) }) {
        spans["wants_human", default: []].append(Reading.Span(word.start, word.end))
      }
    }
    return spans.keys.sorted().map { Reading.Signal(name: $0, spans: Array(Set(spans[$0] ?? [])).sorted()) }
  }

  private static func speakers(_ column: Int, _ sentence: Int, _ words: Words, _ weigher: Weigher) -> [Reading.Span] {
    weigher.speakers(for: column, in: sentence, of: words).prefix(speakersMax).map(\.word).sorted().runs.map {
      Reading.Span(words.words[$0.lowerBound].start, words.words[$0.upperBound].end)
    }
  }

  private static func hashes(_ words: String) -> Set<UInt64> { Set(Words(words).words.map(\.hash)) }
}
