internal import Events

/// Tells the language of a text: by its script where that is enough, otherwise by its words, its runs of three letters and its
/// marked letters (after Cavnar and Trenkle, 1994, with learned weights).
struct LanguageReader: Sendable {
  private let table: WeightTable
  private let tags: [String]
  private let scales: [Float]
  private let biases: [Float]
  private let temperature: Float

  /// So many words of a text are enough to tell, taken evenly from its parts.
  private static let wordsMax = 48
  /// Below this the language is not claimed.
  private static let claimedFrom: Float = 0.5
  /// Two words must be surer than a sentence: "Refund" is used in many languages.
  private static let fewWords = 2
  private static let sureFrom: Float = 0.98

  init(_ model: Model) {
    table = model.languageTable
    tags = model.header.languages.map(\.tag)
    scales = model.header.languages.map { Float($0.scale) }
    biases = model.header.languages.map { Float($0.bias) }
    temperature = Float(model.header.languageTemperature)
  }

  func read(_ words: Words, locale: String?) -> Reading.Language {
    if let script = Self.byScript(words) { return script }
    guard words.letterCount > 0 else { return fromLocale(locale) }
    var probabilities = scores(words)
    Softmax.apply(&probabilities, temperature: temperature)
    let best = probabilities.indices.max { probabilities[$0] < probabilities[$1] }!
    let probability = Int((probabilities[best] * 1000).rounded())
    let isSure = probabilities[best] >= (words.words.count <= Self.fewWords ? Self.sureFrom : Self.claimedFrom)
    if !isSure, let told = Self.told(locale) {
      // Two words say little; where the text leaves it open, the source's word counts.
      let number = tags.firstIndex(of: told)
      if number.map({ probabilities[$0] > 0.001 }) ?? true { return Reading.Language(tag: told, probability: 500) }
    }
    guard probabilities[best] >= 0.25 else { return Reading.Language(tag: "und", probability: probability) }
    return Reading.Language(tag: tags[best], probability: probability)
  }

  private func fromLocale(_ locale: String?) -> Reading.Language {
    guard let tag = Self.told(locale) else { return Reading.Language(tag: "und", probability: 0) }
    return Reading.Language(tag: tag, probability: 500)
  }

  private static func told(_ locale: String?) -> String? {
    guard let tag = locale?.split(whereSeparator: { $0 == "-" || $0 == "_" }).first?.lowercased(),
      (2...3).contains(tag.count)
    else { return nil }
    return tag
  }

  private func scores(_ words: Words) -> [Float] {
    let width = 32
    return withUnsafeTemporaryAllocation(of: Int32.self, capacity: width) { sums in
      sums.initialize(repeating: 0)
      var count = 0
      table.tags.withUnsafeBufferPointer { tags in
        table.rows.withUnsafeBufferPointer { rows in
          LanguageFeatures.forEach(in: words, wordsMax: Self.wordsMax) { feature in
            count += 1
            guard let row = WeightTable.row(of: feature, tags) else { return }
            let from = rows.baseAddress! + row &* width
            for column in 0..<width { sums[column] &+= Int32(truncatingIfNeeded: from[column]) &- 128 }
          }
        }
      }
      let factor = 1 / Float(max(count, 1)).squareRoot()
      return tags.indices.map { Float(sums[$0]) * scales[$0] * factor + biases[$0] }
    }
  }

  /// Languages that are alone in their script.
  private static func byScript(_ words: Words) -> Reading.Language? {
    let scripts: [(Letter.Script, String)] = [
      (.greek, "el"), (.hebrew, "he"), (.arabic, "ar"), (.devanagari, "hi"), (.thai, "th"), (.hangul, "ko"),
    ]
    let kana = words.count(of: .kana)
    let han = words.count(of: .han)
    if (kana + han) * 2 > words.letterCount {
      return Reading.Language(tag: kana * 8 > han ? "ja" : "zh", probability: 980)
    }
    guard let (script, tag) = scripts.max(by: { words.count(of: $0.0) < words.count(of: $1.0) }),
      words.count(of: script) * 2 > words.letterCount
    else { return nil }
    return Reading.Language(tag: tag, probability: 980)
  }
}

/// What the language model looks at.
package enum LanguageFeatures {
  @inline(__always)
  package static func forEach(in text: Words, wordsMax: Int, _ body: (UInt64) -> Void) {
    guard !text.words.isEmpty else { return }
    // Of a long text every second, third ... run of eight words is read: a mail may change its language half-way.
    let stride = (text.words.count - 1) / wordsMax + 1
    text.normal.withUnsafeBufferPointer { normal in
      for (index, word) in text.words.enumerated() where !word.hasDigit && (index / 8) % stride == 0 {
        body(Features.mix(word.hash, 31))
        var at = word.normal.lowerBound - 1
        while at + 3 <= word.normal.upperBound + 1 {
          let letters = UInt64(normal[at]) | UInt64(normal[at + 1]) << 8 | UInt64(normal[at + 2]) << 16
          body(Features.mix(letters, 37))
          at += 1
        }
      }
    }
    for letter in text.markedLetters.prefix(64) { body(Features.mix(UInt64(letter), 41)) }
  }
}
