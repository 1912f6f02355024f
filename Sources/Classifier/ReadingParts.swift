internal import Events

/// The parts of a reading, one by one, for the benchmark: what each costs.
public struct ReadingParts: Sendable {
  /// Their names, in order.
  public static let names = ["words", "phrases", "scores", "language", "entities"]
  private let reader: ModelReader

  /// The parts of this reader.
  public init(_ reader: ModelReader) { self.reader = reader }

  /// Runs the part `number` and those before it on which it depends; returns something, so that nothing is left out.
  public func run(_ number: Int, _ message: Message) -> Int {
    let text = message.text
    let words = Words(text)
    if number == 4 { return Entities.find(in: text, words).count }
    if number == 0 { return words.words.count }
    if number == 3 { return reader.languages.read(words, locale: nil).probability }
    let cues = CueBook.find(in: words)
    if number == 1 { return cues.count }
    return reader.weigher.judge(words, cues, FeelingBalance.weighed(cues, in: words)).intents.count
  }
}
