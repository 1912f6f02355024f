internal import Events

/// What must be noticed whatever else a message says: recall first. Phrases and the model look for it together; policy decides
/// what follows.
enum SignalReading {
  /// Words that end a conversation where nothing else is said.
  private static let closings = WordSet(
    """
    ok okay oki ta cheers thanks thank you great perfect lovely brilliant cool super nice sweet noted vale genial perfecto
    gracias gut prima danke passt parfait merci entendu daccord
    """)
  /// Our messages end with "reply agent for a person", so that word alone must do it.
  private static let exits = WordSet(
    "agent human person agente persona humano mitarbeiter mitarbeiterin mensch conseiller conseillere humain personne")
  private static let speakersMax = 3

  static func signals(
    _ words: borrowing Words, _ cues: [CueBook.Found], _ feelings: [FeelingBalance.Weighed],
    _ judgement: borrowing Judgement,
    _ weigher: Weigher, asksNothing: Bool
  ) -> [Reading.Signal] {
    var found: [Reading.Signal] = []
    for number in weigher.signals.indices where judgement.signals[number] >= weigher.signals[number].threshold {
      let signal = weigher.signals[number]
      var spans = phrases(signal.name, cues)
      if spans.isEmpty {
        let sentence = judgement.signalSentences[number]
        spans = weigher.speakers(for: signal.column, in: sentence, of: words, judgement, most: speakersMax).spans(
          in: words)
      }
      found.append(Reading.Signal(name: signal.name, spans: spans))
    }
    for cue in cues {
      guard case .signal(let place) = cue.meaning, weigher.signalNumbers[place] == nil else { continue }
      let name = SignalPhrases.all[place].signal
      if !found.contains(where: { $0.name == name }) {
        found.append(Reading.Signal(name: name, spans: phrases(name, cues)))
      }
    }
    let hasTrouble = feelings.contains { $0.weight < 0 }
    closing(words, judgement, asksNothing: asksNothing && !hasTrouble, &found)
    if found.count > 1 { found.sort { $0.name < $1.name } }
    return found
  }

  /// Where the phrases of a signal stand.
  private static func phrases(_ name: String, _ cues: [CueBook.Found]) -> [Reading.Span] {
    var spans: [Reading.Span] = []
    for cue in cues {
      if case .signal(let place) = cue.meaning, SignalPhrases.all[place].signal == name { spans.append(cue.span) }
    }
    return spans.count > 1 ? Array(Set(spans)).sorted() : spans
  }

  private static func closing(
    _ words: borrowing Words, _ judgement: borrowing Judgement, asksNothing: Bool, _ found: inout [Reading.Signal]
  ) {
    // A short "thank you" without question, wish or worry closes a conversation.
    let thanks = found.filter { $0.name == "thanks" || $0.name == "settled" }
    if !thanks.isEmpty, thanks.count == found.count, asksNothing, judgement.feeling > -100, words.questionMarks == 0,
      words.words.count <= 14, !words.words.contains(where: \.hasDigit)
    {
      found.append(Reading.Signal(name: "closing", spans: Array(Set(thanks.flatMap(\.spans))).sorted()))
    }
    guard words.words.count <= 3, words.questionMarks == 0 else { return }
    if words.words.allSatisfy({ closings.contains($0.hash) }), !found.contains(where: { $0.name == "closing" }) {
      found.append(
        Reading.Signal(name: "closing", spans: words.words.map { Reading.Span($0.start, $0.end) }))
    }
    if let word = words.words.first(where: { exits.contains($0.hash) }),
      !found.contains(where: { $0.name == "wants_human" })
    {
      found.append(Reading.Signal(name: "wants_human", spans: [Reading.Span(word.start, word.end)]))
    }
  }
}
