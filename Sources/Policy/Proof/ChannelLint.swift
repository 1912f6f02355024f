internal import Events

/// Reads every message of a policy as it goes out on every channel, with the longest facts that are likely to come, and says
/// what does not fit there: too many characters, sentences that are too long (E6), a link that is read aloud, a form that tells
/// less than the full one (E11), and what is the customer's own where everybody reads (E10).
enum ChannelLint {
  static func faults(of policy: PolicyDocument) -> [PolicyProof.Fault] {
    var faults = audienceFaults(of: policy)
    for (tag, language) in policy.languages.sorted(by: { $0.key < $1.key }) {
      let frame = language.frame.form(.public)
      faults += ownFaults(
        in: [frame.humanExit, frame.disclosure, frame.basis], "frame \(tag).public", line: frame.line)
      for (name, message) in language.messages.sorted(by: { $0.key < $1.key }) where policy.sends(name) {
        let blames = "message \(tag).\(name)"
        let open = message.form(.public)
        faults += ownFaults(
          in: [open.calm, open.upset, open.fact, open.nextStep], blames + ".public", line: open.line)
        faults += untoldFaults(of: message, blames)
        for channel in Channel.allCases {
          guard let rule = policy.channels[channel] else { continue }  // The loader refuses it.
          faults += fitFaults(of: message, on: channel, rule, language, blames)
        }
      }
    }
    return faults
  }

  /// Channels that others read, whatever a policy says of them.
  private static let readByAll: [Channel] = [.social]

  private static func audienceFaults(of policy: PolicyDocument) -> [PolicyProof.Fault] {
    readByAll.compactMap { channel in
      guard let rule = policy.channels[channel], rule.form != .public else { return nil }
      return PolicyProof.Fault(
        check: "public", words: "others read what is written there: set form to public",
        blames: "channel \(channel.rawValue)", example: [:], line: rule.line)
    }
  }

  /// In the public form nothing may stand that is the customer's own.
  private static func ownFaults(in parts: [Template], _ blames: String, line: Int) -> [PolicyProof.Fault] {
    let names = Set(parts.flatMap(\.names)).subtracting(Template.impersonal).sorted()
    guard let own = names.first(where: { !Template.isFlag($0) }) ?? names.first else { return [] }
    return [
      PolicyProof.Fault(
        check: "public", words: "{{\(own)}} is the customer's own and must not stand where everybody reads",
        blames: blames, example: [:], line: line)
    ]
  }

  /// What the full form tells, the brief one tells; only the greeting may be without a name.
  private static func untoldFaults(of message: PolicyDocument.Message, _ blames: String) -> [PolicyProof.Fault] {
    let brief = message.form(.brief)
    for sample in MessageLint.samples {
      // Values that stand for themselves: a day may be part of another value.
      let facts = Dictionary(
        uniqueKeysWithValues: sample.map { ($0.key, Template.isFlag($0.key) ? $0.value : "⟦\($0.key)⟧") })
      for tone in [\PolicyDocument.Message.calm, \PolicyDocument.Message.upset] {
        func told(_ form: PolicyDocument.Message) -> String {
          [form[keyPath: tone], form.fact, form.nextStep].map { $0.render(facts) }.joined(separator: "\n")
        }
        let (long, short) = (told(message), told(brief))
        let untold = facts.keys.sorted().first {
          $0 != "name" && long.contains("⟦\($0)⟧") && !short.contains("⟦\($0)⟧")
        }
        guard let untold else { continue }
        return [
          PolicyProof.Fault(
            check: "facts", words: "{{\(untold)}} is told in the full form and not in this one",
            blames: blames + ".brief", example: [:], line: brief.line)
        ]
      }
    }
    return []
  }

  private static func fitFaults(
    of message: PolicyDocument.Message, on channel: Channel, _ rule: PolicyDocument.ChannelRule,
    _ language: PolicyDocument.Language, _ blames: String
  ) -> [PolicyProof.Fault] {
    let words = message.form(rule.form)
    let texts = LongestFacts.samples(in: language).flatMap { facts in
      words.texts(language.frame.form(rule.form), rule.form.told(facts))
    }
    func fault(_ check: String, _ what: String) -> PolicyProof.Fault {
      PolicyProof.Fault(
        check: check, words: "on \(channel.rawValue): \(what)", blames: blames, example: [:], line: words.line)
    }
    var faults: [PolicyProof.Fault] = []
    let characters = texts.map(\.count).max() ?? 0
    if characters > rule.charactersMax {
      faults.append(
        fault(
          "length",
          "\(characters) characters with the longest facts, at most \(rule.charactersMax): shorten its \(rule.form.rawValue) form"
        ))
    }
    let sentence = texts.flatMap(\.sentences).map { $0.split(whereSeparator: \.isWhitespace).count }.max() ?? 0
    if sentence > rule.sentenceWordsMax {
      faults.append(
        fault("length", "a sentence of \(sentence) words is hard to read: at most \(rule.sentenceWordsMax)"))
    }
    if channel == .phone, texts.contains(where: \.hasLink) {
      faults.append(fault("link", "a link cannot be heard: say where it is found, or what to ask for"))
    }
    return faults
  }
}

extension PolicyDocument.Message {
  /// The whole message as it is sent: for a customer who is calm, and for one who is upset.
  fileprivate func texts(_ frame: PolicyDocument.Frame, _ facts: [String: String]) -> [String] {
    [calm, upset].map { acknowledgement in
      ResolutionProposed.Parts(
        acknowledgement: acknowledgement.render(facts), fact: fact.render(facts), nextStep: nextStep.render(facts),
        humanExit: frame.humanExit.render(facts), disclosure: frame.disclosure.render(facts)
      ).text
    }
  }
}

extension String {
  var sentences: [Substring] { split { ".!?\n".contains($0) } }

  fileprivate var hasLink: Bool { ["://", "www.", "http"].contains { lowercased().contains($0) } }
}
