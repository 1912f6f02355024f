internal import Events

/// Tells the language of a text: by its script where that is enough, otherwise by its words, its runs of three letters and its
/// marked letters (after Cavnar and Trenkle, 1994, with learned weights). A class for the same reason as `Weigher`.
final class LanguageReader: Sendable {
  private let table: SummedTable
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
    table = SummedTable(model.languageTable) { LanguageFeatures.forEach(of: $0, UnsafeRawBufferPointer($1), $2) }
    tags = model.header.languages.map(\.tag)
    scales = model.header.languages.map { Float($0.scale) }
    biases = model.header.languages.map { Float($0.bias) }
    temperature = Float(model.header.languageTemperature)
  }

  func read(_ words: borrowing Words, locale: String?) -> Reading.Language {
    if let script = Self.byScript(words) { return script }
    guard words.letterCount > 0 else { return fromLocale(locale) }
    let sums = Sums(words, table)
    var probabilities = scores(sums.whole)
    Softmax.apply(&probabilities, temperature: temperature)
    let best = probabilities.highest
    let probability = Int((probabilities[best] * 1000).rounded())
    let count = words.words.count
    let plain = count <= Self.shortWords ? ShortWords.plain(words) : words.words
    // A number is of no language, whatever its letters look like.
    guard !plain.isEmpty else { return fromLocale(locale) }
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
    if isFew, !isSure,
      probabilities[best] < Self.greetingFrom || !ModelReader.supported.contains(tags[best])
    {
      return Reading.Language(tag: "und", probability: min(probability, 499))
    }
    guard probabilities[best] >= 0.25 else { return Reading.Language(tag: "und", probability: probability) }
    return Reading.Language(
      tag: tags[best], probability: probability, second: second(beside: best, sums, count))
  }

  /// The language of one half, where it is surely another than that of the whole.
  private func second(beside best: Int, _ sums: Sums, _ count: Int) -> String? {
    guard count >= Self.mixedFrom else { return nil }
    return other(than: best, in: sums.first) ?? other(than: best, in: sums.second)
  }

  private func other(than best: Int, in half: Sums.Half) -> String? {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: tags.count) { probabilities in
      write(half, to: probabilities)
      let own = probabilities.highest
      guard own != best else { return nil }
      Softmax.apply(probabilities, temperature: temperature)
      return probabilities[own] >= Self.sureFrom ? tags[own] : nil
    }
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

  private func scores(_ half: Sums.Half) -> [Float] {
    Array(unsafeUninitializedCapacity: tags.count) { scores, count in
      write(half, to: scores)
      count = tags.count
    }
  }

  /// Writes what a half says for each language.
  private func write(_ half: Sums.Half, to scores: UnsafeMutableBufferPointer<Float>) {
    let factor = 1 / Float(max(half.features, 1)).squareRoot()
    withUnsafeBytes(of: half.sums) { sums in
      let sums = sums.assumingMemoryBound(to: Int32.self)
      scales.withUnsafeBufferPointer { scales in
        biases.withUnsafeBufferPointer { biases in
          for language in scales.indices {
            scores.initializeElement(
              at: language, to: Float(sums[language]) * scales[language] * factor + biases[language])
          }
        }
      }
    }
  }

  /// What the two halves of a text say for each language.
  private struct Sums {
    struct Half {
      var features = 0
      var sums = SIMD32<Int32>.zero

      /// Takes what was added, and begins anew.
      mutating func take(_ sum: inout RowSum) {
        sum.finish()
        sums &+= UnsafeRawPointer(sum.total).loadUnaligned(as: SIMD32<Int32>.self)
        sum.total.update(repeating: 0, count: 32)
      }
    }
    private(set) var first = Half()
    private(set) var second = Half()

    var whole: Half { Half(features: first.features + second.features, sums: first.sums &+ second.sums) }

    init(_ words: borrowing Words, _ table: SummedTable) {
      table.withSum { sum in
        var isInSecond = false
        func turn(_ isSecond: Bool) {
          guard isSecond != isInSecond else { return }
          take(&sum, isSecond: isInSecond)
          isInSecond = isSecond
        }
        LanguageFeatures.forEach(in: words, wordsMax: LanguageReader.wordsMax) { isSecond, word in
          turn(isSecond)
          guard sum.take(word) != nil else { return false }
          count(LanguageFeatures.count(of: word), isSecond: isSecond)
          return true
        } _: { isSecond, feature in
          turn(isSecond)
          count(1, isSecond: isSecond)
          sum.append(feature)
        }
        take(&sum, isSecond: isInSecond)
      }
    }

    @inline(__always)
    private mutating func count(_ features: Int, isSecond: Bool) {
      if isSecond { second.features &+= features } else { first.features &+= features }
    }

    private mutating func take(_ sum: inout RowSum, isSecond: Bool) {
      if isSecond { second.take(&sum) } else { first.take(&sum) }
    }
  }

  /// Languages that are alone in their script.
  private static func byScript(_ words: borrowing Words) -> Reading.Language? {
    let scripts: [(Letter.Script, String)] = [
      (.greek, "el"), (.hebrew, "he"), (.devanagari, "hi"), (.thai, "th"), (.hangul, "ko"),
    ]
    guard words.hasOtherScripts else { return nil }
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

  /// So many marked letters are looked at.
  private static let markedMax = 64

  /// Calls `body` with each feature of a text, and whether it is one of the second half.
  package static func forEach(in text: borrowing Words, wordsMax: Int, _ body: (_ isSecondHalf: Bool, UInt64) -> Void) {
    forEach(in: text, wordsMax: wordsMax, isTaken: { _, _ in false }, body)
  }

  /// The same without the features of words where `isTaken` says so.
  @inline(__always)
  static func forEach(
    in text: borrowing Words, wordsMax: Int, isTaken: (_ isSecondHalf: Bool, _ word: Words.Word) -> Bool,
    _ body: (_ isSecondHalf: Bool, UInt64) -> Void
  ) {
    guard !text.words.isEmpty else { return }
    text.normal.withUnsafeBytes { normal in
      text.words.withUnsafeBufferPointer { words in
        // Of a long text every second, third ... run of eight words is read: a mail may change its language half-way.
        let runs = (words.count - 1) / wordsMax + 1
        for run in stride(from: 0, to: words.count, by: 8 * runs) {
          for index in run..<min(run + 8, words.count) where !words[index].hasDigit {
            let isSecond = index * 2 >= words.count
            if isTaken(isSecond, words[index]) { continue }
            forEach(of: words[index], normal) { body(isSecond, $0) }
          }
        }
      }
    }
    for letter in text.markedLetters.prefix(markedMax) { body(false, Features.mix(UInt64(letter), 41)) }
  }

  /// Calls `body` with the features of a word that is no number.
  @inline(__always)
  static func forEach(of word: Words.Word, _ normal: UnsafeRawBufferPointer, _ body: (UInt64) -> Void) {
    body(Features.mix(word.hash, 31))
    // Runs of three with the blanks around the word.
    for at in (word.normal.lowerBound - 1)..<(word.normal.upperBound - 1) {
      let two = normal.loadUnaligned(fromByteOffset: at, as: UInt16.self)
      let letters = UInt64(UInt16(littleEndian: two)) | UInt64(normal[at + 2]) << 16
      body(Features.mix(letters, 37))
    }
  }

  /// How many features a word has that is no number.
  static func count(of word: Words.Word) -> Int { word.normal.count + 1 }
}
