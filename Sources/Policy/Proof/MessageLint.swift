internal import Events

/// Reads every message of a policy as its customers would, and says what must not stand there (E1 to E12): claimed feelings,
/// false certainty, jargon, an apology without a fact and a step, too many words, a part that is missing, a fact that the
/// step may not tell.
enum MessageLint {
  /// A text to read on a phone in half a minute.
  private static let wordsMax = 130
  /// A sentence to understand at once.
  private static let sentenceMax = 32

  /// What a machine must not say about itself or the customer, in small letters, by what is wrong with it.
  private static let banned: [(check: String, words: String, phrases: [String])] = [
    (
      "feeling", "a machine has no feelings and does not know the customer's: say what is known and what happens next",
      [
        "i know how you feel", "know how you feel", "i feel your", "we feel your", "i understand how you feel",
        "i know that it feels", "i'm so happy", "i am happy to", "i'm happy to", "delighted", "thrilled", "heartbroken",
        "our hearts", "i share your", "sé cómo se siente", "sé cómo te sientes", "comparto su", "estoy encantado",
        "ich weiß, wie sie sich fühlen", "ich fühle mit", "wir fühlen mit", "ich freue mich", "es bricht mir",
        "je sais ce que vous ressentez", "je ressens", "je partage votre", "je suis ravi",
      ]
    ),
    (
      "certainty", "nothing is that certain: name the source and the date instead",
      [
        "guarantee", "definitely", "certainly will", "100 %", "100%", "without any doubt", "we promise", "i promise",
        "garantiz", "sin ninguna duda", "prometemos", "garantier", "ganz sicher", "auf jeden fall", "versprechen ihnen",
        "garantiss", "sans aucun doute", "promettons",
      ]
    ),
    (
      "jargon", "customers do not speak like that: use a plain word",
      [
        "escalat", "sla", "backend", "sku", "ticket", "workflow", "tripwire", "pipeline", "processed by the system",
        "kindly do the needful", "as per", "utilize", "escalad", "eskal", "tracking-id", "escalade",
      ]
    ),
    (
      "blame", "the customer is not to blame for writing: do not ask for patience or understanding",
      [
        "thank you for your patience", "be patient", "for your understanding", "gracias por su paciencia",
        "tenga paciencia",
        "für ihr verständnis", "für ihre geduld", "merci de votre patience", "de votre compréhension",
      ]
    ),
  ]
  private static let apologies = [
    "sorry", "apolog", "lo sentimos", "disculp", "tut uns leid", "entschuldig", "désolé", "excus",
  ]

  static func faults(of policy: PolicyDocument) -> [PolicyProof.Fault] {
    var faults: [PolicyProof.Fault] = []
    for (tag, language) in policy.languages.sorted(by: { $0.key < $1.key }) {
      for frame in PolicyDocument.Form.allCases.map(language.frame.form) {
        let exit = frame.humanExit.render([:]).lowercased()
        guard !frame.exitWords.contains(where: { isThere($0, in: exit) }) else { continue }
        faults.append(
          .init(
            check: "exit", words: "it offers no word that is among exitWords, so taking the offer would not work",
            blames: "frame \(tag).humanExit", example: [:], line: frame.line))
      }
      for (name, step) in policy.steps.sorted(by: { $0.key < $1.key }) where policy.sends(name) {
        guard let message = language.messages[name] else { continue }  // The loader refuses it.
        for form in PolicyDocument.Form.allCases {
          let place = "message \(tag).\(name)" + (form == .full ? "" : ".\(form.rawValue)")
          let known = Set(faults.map { [$0.check, $0.words] })
          // What a form has from the full one is wrong there.
          faults += Self.faults(message.form(form), step, form, language.frame.form(form), place)
            .filter { !known.contains([$0.check, $0.words]) }
        }
      }
    }
    return faults
  }

  private static func faults(
    _ message: PolicyDocument.Message, _ step: PolicyDocument.Step, _ form: PolicyDocument.Form,
    _ frame: PolicyDocument.Frame, _ blames: String
  ) -> [PolicyProof.Fault] {
    var faults: [PolicyProof.Fault] = []
    func blame(_ check: String, _ words: String) {
      guard !faults.contains(where: { $0.check == check && $0.blames == blames }) else { return }
      faults.append(.init(check: check, words: words, blames: blames, example: [:], line: message.line))
    }
    for template in [message.calm, message.upset, message.fact, message.nextStep] {
      let own = template.names.filter { !Template.isFlag($0) && $0 != "name" }
      if let foreign = own.subtracting(step.places).sorted().first {
        blame("places", "{{\(foreign)}} may not stand here: it is not among the step's places")
      }
    }
    for facts in Self.samples.map({ form.told($0) }) {
      let parts = [
        ("acknowledgement", message.calm), ("acknowledgement", message.upset), ("resolving fact", message.fact),
        ("next step", message.nextStep), ("human exit", frame.humanExit), ("disclosure", frame.disclosure),
        ("basis", frame.basis),
      ].map { (name: $0.0, text: $0.1.render(facts)) }
      for part in parts where !part.text.contains(where: \.isLetter) {
        blame("parts", "the \(part.name) is empty where \(facts.isEmpty ? "nothing is known" : "the facts are known")")
      }
      for tone in [parts[0], parts[1]] {
        let whole = ([tone] + parts[2...]).map(\.text).joined(separator: " ")
        let plain = " " + whole.lowercased().replacing("’", with: "'") + " "
        for rule in banned {
          if let phrase = rule.phrases.first(where: { isThere($0, in: plain) }) {
            blame(rule.check, "“\(phrase)”: \(rule.words)")
          }
        }
        if apologies.contains(where: { tone.text.lowercased().contains($0) }),
          parts[2].text.isEmpty || parts[3].text.isEmpty
        {
          blame("apology", "an apology without a fact and a next step is hollow")
        }
        let words = whole.split(whereSeparator: \.isWhitespace).count
        if words > wordsMax { blame("length", "\(words) words are too many: at most \(wordsMax)") }
        for sentence in whole.split(whereSeparator: { ".!?".contains($0) }) {
          let count = sentence.split(whereSeparator: \.isWhitespace).count
          if count > sentenceMax {
            blame("length", "a sentence of \(count) words is hard to read: at most \(sentenceMax)")
          }
        }
      }
    }
    return faults
  }

  /// Short names of things are words of their own: `sla` is not in `slate`.
  private static func isThere(_ phrase: String, in text: String) -> Bool {
    guard phrase.count <= 4 else { return text.contains(phrase) }
    return text.split { !$0.isLetter && !$0.isNumber }.contains { $0 == phrase }
  }

  /// Nothing known, everything known, and everything known of an order that was delivered.
  static let samples: [[String: String]] = {
    let known = [
      "name": "Ada", "hasName": "true", "order": "LL-20411", "hasOrder": "true", "status": "on its way",
      "carrier": "NordPost",
      "tracking": "NO3645501105", "hasTracking": "true", "promised": "Monday 2 March", "estimated": "Tuesday 3 March",
      "hasEstimate": "true", "lastScan": "Sunday 1 March", "cause": "severe weather", "region": "North",
      "nextUpdate": "Tuesday 3 March, 18:00 UTC", "refundAmount": "49.90 EUR", "refundDate": "Friday 27 February",
      "items": "a lamp", "hasItems": "true", "late": "true",
    ]
    return [[:], known, known.merging(["delivered": "Sunday 1 March"]) { _, new in new }]
  }()
}
