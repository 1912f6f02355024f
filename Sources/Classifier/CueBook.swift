internal import Events

/// All phrases we know, in one book, so that a text is searched once: those of signals, of feelings, of pressure and of intents.
///
/// A phrase alone decides nothing about intents and feelings: it is a feature among others, and the model learns how far it
/// can be trusted. It is what a person sees as the reason.
enum CueBook {
  /// What a phrase stands for; numbers are places in the lists of phrases.
  enum Meaning: Sendable {
    case signal(Int)
    case feeling(Int)
    case pressure(Reading.Pressure)
    case intent(Int)
  }

  struct Found: Sendable {
    let meaning: Meaning
    let words: Range<Int>
    let span: Reading.Span
    let sentence: Int
    /// A negation stands up to three words before it, in its sentence: `not happy`.
    let isNegated: Bool
    /// The feature it is for the model.
    let feature: UInt64
  }

  static func find(in text: borrowing Words) -> [Found] {
    book.find(in: text).map { found in
      let entry = book.meanings[found.phrase]
      let isNegated = entry.canBeNegated && isNegated(found.words.lowerBound, text)
      return Found(
        meaning: entry.meaning, words: found.words, span: found.span,
        sentence: text.words[found.words.lowerBound].sentence, isNegated: isNegated,
        feature: isNegated ? entry.negated : entry.feature)
    }
  }

  private struct Entry: Sendable {
    let meaning: Meaning
    let canBeNegated: Bool
    let feature: UInt64
    let negated: UInt64

    init(_ meaning: Meaning, name: String, canBeNegated: Bool = false) {
      self.meaning = meaning
      self.canBeNegated = canBeNegated
      feature = Features.phrase(name)
      negated = Features.phrase("not " + name)
    }
  }

  private static let book: PhraseBook<Entry> = {
    var entries: [(text: String, meaning: Entry)] = []
    for (number, one) in SignalPhrases.all.enumerated() {
      entries.append((one.phrases, Entry(.signal(number), name: "signal " + one.signal)))
    }
    for (number, one) in FeelingWords.all.enumerated() {
      entries.append((one.phrases, Entry(.feeling(number), name: "feeling " + one.name, canBeNegated: true)))
    }
    for one in PressurePhrases.all {
      entries.append((one.phrases, Entry(.pressure(one.pressure), name: "pressure " + one.pressure.rawValue)))
    }
    for (number, one) in IntentPhrases.all.enumerated() {
      entries.append((one.phrases, Entry(.intent(number), name: "intent " + one.intent)))
    }
    return PhraseBook(entries)
  }()

  private static let negations = WordSet(FeelingWords.negations.map { Words($0).words[0].hash })

  private static func isNegated(_ index: Int, _ text: borrowing Words) -> Bool {
    for back in 1...3 where index - back >= 0 {
      if text.words[index - back + 1].beginsSentence { return false }
      if negations.contains(text.words[index - back].hash) { return true }
    }
    return false
  }
}

/// The features of phrases, for the trainer, which sees texts and nothing of our books.
package struct PhraseFeatures: Sendable {
  package init() {}
  package func forEach(in text: borrowing Words, _ body: (_ sentence: Int, _ feature: UInt64) -> Void) {
    for found in CueBook.find(in: text) { body(found.sentence, found.feature) }
  }

  /// What the words of feeling weigh together, from -1 to 1.
  package func feeling(in text: borrowing Words) -> Float {
    FeelingBalance.of(FeelingBalance.weighed(CueBook.find(in: text), in: text))
  }

  /// The signals for which a phrase of ours stands in the text, by sentence.
  package func signals(in text: borrowing Words) -> [(sentence: Int, signal: String)] {
    CueBook.find(in: text).compactMap { found in
      guard case .signal(let number) = found.meaning else { return nil }
      return (found.sentence, SignalPhrases.all[number].signal)
    }
  }
}
