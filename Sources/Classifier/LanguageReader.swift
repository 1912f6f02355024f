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
  private static let wordsMax = 24
  /// Below this the language is not claimed.
  private static let claimedFrom: Float = 0.5
  /// Two words must be surer than a sentence: "Refund" is used in many languages.
  private static let fewWords = 2
  /// In so many words a number may leave but two.
  private static let shortWords = 6
  private static let sureFrom: Float = 0.98
  /// Below this nothing is said about one or two words: they may be a name or a number.
  private static let greetingFrom: Float = 0.7
  /// Shorter texts are of one language.
  private static let mixedFrom = 12

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
    let halves = scores(words)
    var probabilities = halves.whole
    Softmax.apply(&probabilities, temperature: temperature)
    let best = probabilities.indices.max { probabilities[$0] < probabilities[$1] }!
    let probability = Int((probabilities[best] * 1000).rounded())
    let count = words.words.count
    let plain = count <= Self.shortWords ? ShortWords.plain(words) : words.words
    let isFew = plain.count <= Self.fewWords
    let isSure = probabilities[best] >= (isFew ? Self.sureFrom : Self.claimedFrom)
    if !isSure || count == 1, let told = Self.told(locale) {
      // One or two words say little; where the text leaves it open, the source's word counts.
      let number = tags.firstIndex(of: told)
      if number.map({ probabilities[$0] > 0.001 }) ?? true { return Reading.Language(tag: told, probability: 500) }
    }
    if isFew, !isSure, let tag = ShortWords.language(of: plain) {
      return Reading.Language(tag: tag, probability: 700)
    }
    // Two words in a language that nobody here reads would end the conversation: only where it is sure.
    let isReadable = ModelReader.supported.contains(tags[best])
    if isFew, !isSure, probabilities[best] < Self.greetingFrom || !isReadable {
      return Reading.Language(tag: "und", probability: min(probability, 499))
    }
    guard probabilities[best] >= 0.25 else { return Reading.Language(tag: "und", probability: probability) }
    return Reading.Language(
      tag: tags[best], probability: probability, second: second(beside: best, halves, count))
  }

  /// The language of one half, where it is surely another than that of the whole.
  private func second(beside best: Int, _ halves: Halves, _ count: Int) -> String? {
    guard count >= Self.mixedFrom else { return nil }
    for half in [halves.first, halves.second] {
      let own = half.indices.max { half[$0] < half[$1] }!
      guard own != best else { continue }
      var probabilities = half
      Softmax.apply(&probabilities, temperature: temperature)
      if probabilities[own] >= Self.sureFrom { return tags[own] }
    }
    return nil
  }

  private struct Halves {
    let first: [Float]
    let second: [Float]
    let whole: [Float]
  }

  private func fromLocale(_ locale: String?) -> Reading.Language {
    guard let tag = Self.told(locale) else { return Reading.Language(tag: "und", probability: 0) }
    return Reading.Language(tag: tag, probability: 500)
  }

  private static func told(_ locale: String?) -> String? {
    guard let tag = locale?.split(whereSeparator: { $0 == "-" || $0 == "_" }).first?.lowercased(),
      (2...3).contains(tag.utf8.count), tag.utf8.allSatisfy({ (0x61...0x7A).contains($0) })
    else { return nil }
    return tag
  }

  private func scores(_ words: Words) -> Halves {
    let width = 32
    return withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2 * width) { sums in
      sums.initialize(repeating: 0)
      var counts = (0, 0)
      table.tags.withUnsafeBufferPointer { tags in
        table.rows.withUnsafeBufferPointer { rows in
          LanguageFeatures.forEach(in: words, wordsMax: Self.wordsMax) { isSecond, feature in
            if isSecond { counts.1 += 1 } else { counts.0 += 1 }
            let (row, isFound) = WeightTable.look(for: feature, tags)
            guard isFound else { return }
            let from = rows.baseAddress! + row &* width
            let to = sums.baseAddress! + (isSecond ? width : 0)
            for column in 0..<width { to[column] &+= Int32(truncatingIfNeeded: from[column]) &- 128 }
          }
        }
      }
      func scores(_ count: Int, _ sum: (Int) -> Int32) -> [Float] {
        let factor = 1 / Float(max(count, 1)).squareRoot()
        return tags.indices.map { Float(sum($0)) * scales[$0] * factor + biases[$0] }
      }
      return Halves(
        first: scores(counts.0) { sums[$0] }, second: scores(counts.1) { sums[width + $0] },
        whole: scores(counts.0 + counts.1) { sums[$0] + sums[width + $0] })
    }
  }

  /// Languages that are alone in their script.
  private static func byScript(_ words: Words) -> Reading.Language? {
    let scripts: [(Letter.Script, String)] = [
      (.greek, "el"), (.hebrew, "he"), (.devanagari, "hi"), (.thai, "th"), (.hangul, "ko"),
    ]
    let kana = words.count(of: .kana)
    let han = words.count(of: .han)
    if (kana + han) * 2 > words.letterCount {
      return Reading.Language(tag: kana * 8 > han ? "ja" : "zh", probability: 980)
    }
    // Arabic, Persian and Urdu have letters of their own.
    if words.count(of: .arabic) * 2 > words.letterCount {
      func has(_ letters: [Unicode.Scalar]) -> Bool { letters.contains { words.markedLetters.contains($0.value) } }
      let tag = has(["ٹ", "ڈ", "ڑ", "ے", "ں"]) ? "ur" : has(["پ", "چ", "ژ", "گ", "ک", "ی"]) ? "fa" : "ar"
      return Reading.Language(tag: tag, probability: 980)
    }
    guard let (script, tag) = scripts.max(by: { words.count(of: $0.0) < words.count(of: $1.0) }),
      words.count(of: script) * 2 > words.letterCount
    else { return nil }
    return Reading.Language(tag: tag, probability: 980)
  }
}

/// What the language model looks at.
package enum LanguageFeatures {
  /// Languages that their script tells, or letters that only they have in it: nothing need be learned about them.
  package static let toldByScript: Set<String> = ["el", "he", "ar", "fa", "ur", "hi", "th", "ko", "ja", "zh"]

  @inline(__always)
  package static func forEach(in text: Words, wordsMax: Int, _ body: (_ isSecondHalf: Bool, UInt64) -> Void) {
    guard !text.words.isEmpty else { return }
    // Of a long text every second, third ... run of eight words is read: a mail may change its language half-way.
    let stride = (text.words.count - 1) / wordsMax + 1
    text.normal.withUnsafeBufferPointer { normal in
      for (index, word) in text.words.enumerated() where !word.hasDigit && (index / 8) % stride == 0 {
        let isSecond = index * 2 >= text.words.count
        body(isSecond, Features.mix(word.hash, 31))
        var at = word.normal.lowerBound - 1
        while at + 3 <= word.normal.upperBound + 1 {
          let letters = UInt64(normal[at]) | UInt64(normal[at + 1]) << 8 | UInt64(normal[at + 2]) << 16
          body(isSecond, Features.mix(letters, 37))
          at += 1
        }
      }
    }
    for letter in text.markedLetters.prefix(64) { body(false, Features.mix(UInt64(letter), 41)) }
  }
}
