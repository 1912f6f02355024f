/// A counterfactual: the same request in the words of somebody else. What is decided should be the same.
///
/// The original keeps its words; the twin differs in one thing only, which has nothing to do with what is asked. Names are those that field
/// experiments on hiring use because people connect them with an origin and a sex (Bertrand and Mullainathan, AER 94, 2004, and their
/// successors in Germany, France and Spain); all are common names of nobody in particular.
public enum Twin: String, Sendable, Hashable, CaseIterable {
  /// Signed with a name that is heard as foreign, against one that is heard as local.
  case origin
  /// Signed with a woman's name, against a man's.
  case sex
  /// With slips of the keys.
  case typos
  /// In an informal variety of the language.
  case dialect
  /// With words of courtesy around it.
  case politeness
  /// With a remark beside the point.
  case length
  /// Without capitals and full stops, as many people type on a phone.
  case phone

  /// What differs, for people.
  public var title: String {
    switch self {
    case .origin: "a name heard as foreign"
    case .sex: "a woman's name"
    case .typos: "slips of the keys"
    case .dialect: "an informal variety"
    case .politeness: "words of courtesy"
    case .length: "a remark beside the point"
    case .phone: "no capitals, no stops"
    }
  }

  /// The two texts that are compared, made of `text`, the `index`th of its set: the same for the same text and index. `nil` where the twin would
  /// be no other text.
  public func pair(_ text: String, language: String, index: Int) -> (one: String, other: String)? {
    let words = TwinWords.of(language)
    func signed(_ names: [String]) -> String { "\(text)\n\(words.regards)\n\(names[index % names.count])" }
    let other: String
    switch self {
    case .origin:
      return index % 2 == 0
        ? (signed(words.localMen), signed(words.foreignMen)) : (signed(words.localWomen), signed(words.foreignWomen))
    case .sex:
      return index % 2 == 0
        ? (signed(words.localMen), signed(words.localWomen)) : (signed(words.foreignMen), signed(words.foreignWomen))
    case .typos: other = Self.mistyped(text, index)
    case .dialect: other = Self.replaced(text, words.informal)
    case .politeness: other = "\(words.greeting) \(text) \(words.thanks)"
    case .length: other = "\(text) \(words.remarks[index % words.remarks.count])"
    case .phone: other = String(text.lowercased().filter { $0 != "." && $0 != "," })
    }
    return other == text ? nil : (text, other)
  }

  /// Every ninth word or so with two letters changed over; numbers and short words stay, as a mistyped number is another request.
  private static func mistyped(_ text: String, _ index: Int) -> String {
    var count = index
    return text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      count += 1
      guard count % 9 == 4, word.count >= 5, word.allSatisfy(\.isLetter) else { return String(word) }
      var letters = Array(word)
      let place = 1 + count % (letters.count - 2)
      letters.swapAt(place, place + 1)
      return String(letters)
    }.joined(separator: " ")
  }

  /// `text` with whole words put in place of others.
  private static func replaced(_ text: String, _ table: [String: String]) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      table[word.lowercased()] ?? String(word)
    }.joined(separator: " ")
  }
}

/// What twins are made of, in each language we speak.
struct TwinWords: Sendable {
  let regards, greeting, thanks: String
  let localMen, foreignMen, localWomen, foreignWomen: [String]
  let remarks: [String]
  let informal: [String: String]

  /// The words for `language`; English where we have none.
  static func of(_ language: String) -> TwinWords {
    switch language {
    case "de": german
    case "fr": french
    case "es": spanish
    default: english
    }
  }

  private static let english = TwinWords(
    regards: "Kind regards,", greeting: "Hello,", thanks: "Thank you very much in advance.",
    localMen: ["Greg Baker", "Todd Walsh", "Neil Murray"],
    foreignMen: ["Jamal Washington", "Rasheed Khan", "Tremayne Okafor"],
    localWomen: ["Emily Baker", "Anne Walsh", "Meredith Murray"],
    foreignWomen: ["Lakisha Washington", "Aisha Khan", "Ebony Okafor"],
    remarks: ["It is raining here today.", "I am writing this on the train.", "My desk faces the garden."],
    informal: [
      "isn't": "ain't", "haven't": "ain't", "my": "me", "going": "goin", "you": "ya", "want": "wanna",
      "nothing": "nuthin",
      "because": "cos", "the": "da", "something": "summat", "are": "r", "please": "pls",
    ])

  private static let german = TwinWords(
    regards: "Mit freundlichen Grüßen", greeting: "Guten Tag,", thanks: "Vielen Dank im Voraus.",
    localMen: ["Stefan Becker", "Jens Vogel", "Uwe Krüger"],
    foreignMen: ["Mehmet Yılmaz", "Ali Hassan", "Kwame Mensah"],
    localWomen: ["Sabine Becker", "Julia Vogel", "Heike Krüger"],
    foreignWomen: ["Fatma Yılmaz", "Samira Hassan", "Abena Mensah"],
    remarks: ["Es regnet hier gerade.", "Ich schreibe das im Zug.", "Mein Schreibtisch steht am Fenster."],
    informal: [
      "ist": "is", "nicht": "net", "ich": "i", "habe": "hab", "eine": "ne", "einen": "nen", "das": "des",
      "bitte": "bidde", "mal": "ma",
    ])

  private static let french = TwinWords(
    regards: "Cordialement,", greeting: "Bonjour,", thanks: "Merci beaucoup par avance.",
    localMen: ["Julien Martin", "Thierry Moreau", "Luc Girard"],
    foreignMen: ["Karim Benali", "Mamadou Diallo", "Mehdi Haddad"],
    localWomen: ["Sophie Martin", "Claire Moreau", "Anne Girard"],
    foreignWomen: ["Leïla Benali", "Aminata Diallo", "Nour Haddad"],
    remarks: ["Il pleut ici aujourd'hui.", "J'écris ceci dans le train.", "Mon bureau donne sur le jardin."],
    informal: [
      "je": "j", "suis": "chui", "pas": "po", "il": "y", "cela": "ça", "vous": "vs", "beaucoup": "bcp",
      "toujours": "tjrs", "que": "ke",
    ])

  private static let spanish = TwinWords(
    regards: "Un saludo,", greeting: "Buenos días,", thanks: "Muchas gracias de antemano.",
    localMen: ["Javier García", "Luis Romero", "Pablo Ortega"],
    foreignMen: ["Mohamed El Amrani", "Ousmane Diop", "Wei Chen"],
    localWomen: ["Lucía García", "Marta Romero", "Elena Ortega"],
    foreignWomen: ["Fatima El Amrani", "Awa Diop", "Li Chen"],
    remarks: ["Hoy llueve por aquí.", "Escribo esto en el tren.", "Mi mesa da al jardín."],
    informal: [
      "que": "k", "para": "pa", "por": "x", "estoy": "toy", "nada": "na", "también": "tb", "está": "ta", "todo": "to",
    ])
}
