/// What the model looks at: each word, each pair of words in a sentence, each run of four letters within a word, pictures, the
/// phrases of our books, and whether the sentence asks, begins or ends the message.
///
/// A feature is a hash of 64 bits; no name is kept. The same code serves training and reading, so both see the same.
package enum Features {
  /// Changes whenever what is computed here, in `Words` or in our books of phrases does, or how a model's weights are added
  /// up: a model fits one version only.
  package static let version = 5

  /// What words of feeling are worth before anything is learned: training corrects it, and reading must use the same.
  package static let feelingPrior: Float = 1

  /// What the sum of the weights of so many words is multiplied by: one over the root of their number and one, so that many words are not
  /// surer because they are many.
  @inline(__always)
  package static func scale(words: Int) -> Float { 1 / Float(words + 1).squareRoot() }

  /// Calls `body` with the number of a sentence and a feature of it, sentence by sentence.
  package static func forEach(in text: borrowing Words, _ body: (_ sentence: Int, _ feature: UInt64) -> Void) {
    forEach(
      in: text,
      word: { sentence, _, unigram, pair in
        body(sentence, pair)
        body(sentence, unigram)
        return false
      }, body)
  }

  /// The same, but `word` gets each word with its own feature and that of it and the one before it, and says whether the features
  /// of its letters are left out.
  @inline(__always)
  static func forEach(
    in text: borrowing Words,
    word take: (_ sentence: Int, _ word: Words.Word, _ unigram: UInt64, _ pair: UInt64) -> Bool,
    _ body: (_ sentence: Int, _ feature: UInt64) -> Void
  ) {
    let last = max(text.sentenceCount - 1, 0)
    var (emoji, question) = (0, 0)
    body(0, Self.first)
    func finish(_ sentence: Int) {
      while emoji < text.emojis.count, text.emojis[emoji].sentence <= sentence {
        body(sentence, mix(UInt64(text.emojis[emoji].scalar.value), 11))
        emoji += 1
      }
      while question < text.asking.count, text.asking[question] <= sentence {
        body(sentence, Self.question)
        question += 1
      }
    }
    text.normal.withUnsafeBufferPointer { normal in
      text.words.withUnsafeBufferPointer { words in
        var previous = Self.beginning
        for word in words {
          let sentence = word.sentence
          if word.beginsSentence {
            if sentence > 0 { finish(sentence - 1) }
            previous = Self.beginning
          }
          let unigram = Self.unigram(word)
          if !take(sentence, word, unigram, pair(previous, unigram)) {
            forEachOfLetters(of: word, normal) { body(sentence, $0) }
          }
          previous = unigram
        }
      }
    }
    finish(last)
    body(last, last == 0 ? Self.only : Self.last)
  }

  /// Calls `body` with the features that a word has whatever stands beside it, its own first.
  static func forEach(
    of word: Words.Word, _ normal: UnsafeBufferPointer<UInt8>, _ body: (_ feature: UInt64) -> Void
  ) {
    body(unigram(word))
    forEachOfLetters(of: word, normal, body)
  }

  /// Calls `body` with the features of a word's letters; of a short number, with the number itself.
  @inline(__always)
  private static func forEachOfLetters(
    of word: Words.Word, _ normal: UnsafeBufferPointer<UInt8>, _ body: (_ feature: UInt64) -> Void
  ) {
    if word.hasDigit {
      if word.normal.count <= 4 { body(mix(word.hash, 3)) }
    } else if word.normal.count >= 4 {
      // The blanks around the word belong to it: its beginning and its end are features.
      var at = UnsafeRawPointer(normal.baseAddress! + (word.normal.lowerBound - 1))
      let end = UnsafeRawPointer(normal.baseAddress! + (word.normal.upperBound - 2))
      while at < end {
        body(mix(UInt64(UInt32(littleEndian: at.loadUnaligned(as: UInt32.self))), 7))
        at += 1
      }
    }
  }

  /// The feature of a word alone. Numbers count by their shape: how many digits, and whether letters stand with them.
  @inline(__always)
  package static func unigram(_ word: Words.Word) -> UInt64 {
    guard word.hasDigit else { return word.hash }
    return mix(UInt64(min(word.normal.count, 12)), word.beginning == 0 ? 13 : 17)
  }

  /// The feature of two words that stand beside each other.
  @inline(__always)
  package static func pair(_ first: UInt64, _ second: UInt64) -> UInt64 { mix(first, second) }

  /// The feature of a phrase's meaning.
  package static func phrase(_ name: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return mix(hash, 19)
  }

  private static let beginning: UInt64 = 0x9E37_79B9_7F4A_7C15
  private static let question = mix(1, 23)
  private static let first = mix(2, 23)
  private static let last = mix(3, 23)
  private static let only = mix(4, 23)

  /// Two numbers as one, with all bits spread (the finaliser of MurmurHash3).
  @inline(__always)
  static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
    var x = a &* 0x9DDF_EA08_EB38_2D69 ^ (b &+ 0x9E37_79B9_7F4A_7C15)
    x ^= x >> 33
    x &*= 0xFF51_AFD7_ED55_8CCD
    x ^= x >> 33
    return x &* 0xC4CE_B9FE_1A85_EC53
  }
}
