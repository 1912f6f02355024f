internal import Classifier
internal import Events
internal import Policy

/// A reply that takes us at our word: one of the choices of our question, or the word for a person that every message of ours
/// ends with. What we offered ourselves needs no reading.
enum OfferedReply: Equatable {
  /// It is about this, by the intent's name.
  case matter(String)
  /// A person is wanted.
  case person

  /// What `message` takes up in `case`; `nil` for words that we did not offer there.
  init?(_ message: IncomingMessage, in case: Case, _ policy: PolicyDocument) {
    let ours = `case`.said.last { $0.kind != .customerWrote }
    guard let ours, [.automationAsked, .automationAnswered, .automationTold].contains(ours.kind) else { return nil }
    let words = message.text.body.lowercased().trimmingMarks
    if policy.languages.values.contains(where: { $0.frame.exitWords.contains(words) }) {
      self = .person
    } else if ours.step.text == Renderer.whichMatter, let intent = Self.matter(words, policy) {
      self = .matter(intent)
    } else {
      return nil
    }
  }

  /// The choice as it was offered: its value or its words.
  private static func matter(_ words: String, _ policy: PolicyDocument) -> String? {
    policy.intents.keys.sorted().first { intent in
      intent == words
        || policy.languages.values.contains { $0.terms["intent"]?[intent]?.lowercased().trimmingMarks == words }
    }
  }

  /// What is known of such a reply: the language and the feeling are those of the case.
  func reading(in case: Case) -> Reading {
    var reading = Reading(abstention: .sparse)
    reading.language = Reading.Language(tag: `case`.language, probability: 1000)
    reading.sentiment = Reading.Sentiment(level: `case`.lastSentiment ?? 0, score: 0)
    switch self {
    case .matter(let intent):
      reading.abstention = nil
      reading.intents = [Reading.Intent(name: intent, probability: 1000, band: .high)]
      reading.candidates = [intent]
    case .person: reading.signals = [Reading.Signal(name: "wants_human", spans: [])]
    }
    return reading
  }
}

extension String {
  /// Without blanks, quotes and full stops at its ends.
  fileprivate var trimmingMarks: String {
    func isMark(_ character: Character) -> Bool {
      character.isWhitespace || character.isPunctuation
    }
    var rest = drop(while: isMark)
    while let last = rest.last, isMark(last) { rest.removeLast() }
    return String(rest)
  }
}
