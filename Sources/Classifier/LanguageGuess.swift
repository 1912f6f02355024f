internal import Events

/// Guesses the language of a text from its scripts and its small words.
///
/// Small words (articles, prepositions, pronouns) are a third of any running text and differ between neighbours. Of a text
/// without them nothing is claimed unless the source says what it is.
enum LanguageGuess {
  /// The languages whose intents we can read.
  static let supported: Set<String> = ["en", "es", "de", "fr"]

  static func guess(_ text: Words, locale: String?) -> Reading.Language {
    if let script = byScript(text) { return script }
    var scores: [String: Int] = [:]
    for word in text.words {
      for language in languagesByWord[text.text(word)] ?? [] { scores[language, default: 0] += 2 }
    }
    for (letter, count) in text.markedLetters {
      for language in languagesByLetter[letter] ?? [] { scores[language, default: 0] += min(count, 2) }
    }
    let ranked = scores.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    guard let best = ranked.first, best.value >= 2 else { return fromLocale(locale, text) }
    let second = ranked.count > 1 ? ranked[1].value : 0
    if best.value == second { return fromLocale(locale, text) }
    // The more of the small words agree, the surer: 2 of 2 is less than 20 of 20.
    let share = best.value * 1000 / (best.value + second + 2)
    return Reading.Language(tag: best.key, probability: share)
  }

  private static func fromLocale(_ locale: String?, _ text: Words) -> Reading.Language {
    guard let tag = locale?.split(whereSeparator: { $0 == "-" || $0 == "_" }).first?.lowercased(), tag.count == 2
    else { return Reading.Language(tag: text.words.isEmpty ? "und" : "en", probability: text.words.isEmpty ? 0 : 300) }
    return Reading.Language(tag: tag, probability: 500)
  }

  private static func byScript(_ text: Words) -> Reading.Language? {
    guard let most = text.scripts.max(by: { ($0.value, "\($0.key)") < ($1.value, "\($1.key)") }),
      most.value * 2 > text.letterCount
    else { return nil }
    let tag: String
    switch most.key {
    case .cyrillic: tag = text.normal.contains(0xD1) && hasUkrainian(text) ? "uk" : "ru"
    case .greek: tag = "el"
    case .hebrew: tag = "he"
    case .arabic: tag = "ar"
    case .devanagari: tag = "hi"
    case .thai: tag = "th"
    case .hangul: tag = "ko"
    case .kana: tag = "ja"
    case .han: tag = (text.scripts[.kana] ?? 0) > 0 ? "ja" : "zh"
    case .latin: return nil
    }
    return Reading.Language(tag: tag, probability: 950)
  }

  private static func hasUkrainian(_ text: Words) -> Bool {
    String(decoding: text.normal, as: UTF8.self).unicodeScalars.contains { "іїєґ".unicodeScalars.contains($0) }
  }

  private static let languagesByWord: [String: [String]] = {
    var index: [String: [String]] = [:]
    for (language, words) in smallWords {
      for word in Words(words).asStrings { index[word, default: []].append(language) }
    }
    return index
  }()

  private static let smallWords: [(String, String)] = [
    (
      "en",
      """
      the and to of a in is it you that i my for was with have this be on not are your we me can please when where what how
      has been but from would will do does did order an or so if they there which who am im dont cant ive its still any why
      """
    ),
    (
      "es",
      """
      el la los las de que y en un una por con para mi su es no lo me se al del pero como mas ya le muy esta estoy he ha
      han tengo quiero cuando donde porque pedido hola gracias sin hace todavia nada sobre este
      """
    ),
    (
      "de",
      """
      der die das und ich nicht ist ein eine einen mein meine meinen zu mit auf fur von im den dem des es sie wir ihr habe
      hat war wurde aber noch schon bitte wie wann wo warum kann mir mich bei oder dass seit hallo danke keine kein
      """
    ),
    (
      "fr",
      """
      le la les de des du et je vous nous est un une mon ma mes pour que qui ne pas plus dans sur avec ce cette jai cest
      mais au aux par il elle on votre bonjour merci commande quand ou pourquoi toujours encore depuis suis ete
      """
    ),
    (
      "it",
      "il lo la gli che di un una per non con mi sono ho ha del della ma come dove quando ordine il mio grazie ciao perche questo ancora sono stato"
    ),
    (
      "pt",
      "os as de que um uma para com nao meu minha por em do da no na mas como onde quando pedido ola obrigado obrigada ainda esta estou voces"
    ),
    (
      "nl",
      "de het een en ik niet is mijn van dat op te met voor zijn er maar wanneer waar hoe bestelling nog wel geen heb heeft naar bij jullie graag hallo bedankt ook"
    ),
    (
      "pl",
      "na nie sie jest to ze do moje moja mam czy jak gdzie kiedy prosze dzien dobry zamowienie jeszcze ale od dla nadal mojej"
    ),
    (
      "sv",
      "och att det som en pa ar av for med jag inte till den har om var min mitt nar hej tack men ni kan bestallning fortfarande"
    ),
    (
      "da",
      "og at det som en pa er af for med jeg ikke til den har om hvor min mit hvornar hej tak men kan ordre stadig"
    ),
    (
      "no",
      "og det som en pa er av for med jeg ikke til den har om hvor min mitt nar hei takk men kan bestilling fortsatt"
    ),
    ("fi", "ja on ei en se etta mina olen minun mutta kun missa milloin tilaus kiitos hei viela ole saanut"),
    (
      "tr",
      "ve bir bu icin ben siparis siparisim ne zaman nerede degil var yok ama lutfen merhaba tesekkurler hala cok gelmedi"
    ),
    ("ro", "si de la nu este un mea meu pentru cu ca am unde cand comanda buna multumesc inca dar ati"),
    ("cs", "na se ze je to do moje muj kde kdy objednavka prosim dobry den dekuji ale jsem jeste neni"),
    ("hu", "az nem hogy egy van rendelesem hol mikor koszonom jo napot kerem meg csomag"),
  ]

  private static let languagesByLetter: [Unicode.Scalar: [String]] = [
    "ñ": ["es"], "¿": ["es"], "ß": ["de"], "ä": ["de", "sv", "fi"], "ö": ["de", "sv", "tr", "hu"], "ü": ["de", "tr"],
    "ç": ["fr", "pt", "tr"], "è": ["fr", "it"], "ê": ["fr", "pt"], "à": ["fr", "it"], "œ": ["fr"], "ã": ["pt"],
    "õ": ["pt"], "ł": ["pl"], "ą": ["pl"], "ę": ["pl"], "ś": ["pl"], "ż": ["pl"], "ć": ["pl"], "å": ["sv", "da", "no"],
    "ø": ["da", "no"], "æ": ["da", "no"], "ğ": ["tr"], "ş": ["tr"], "ı": ["tr"], "ă": ["ro"], "ț": ["ro"], "ș": ["ro"],
    "ř": ["cs"], "ě": ["cs"], "ů": ["cs"], "ő": ["hu"], "ű": ["hu"],
  ]
}

extension Words {
  fileprivate var asStrings: [String] { words.map { text($0) } }
}
