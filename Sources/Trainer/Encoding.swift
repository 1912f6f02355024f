internal import Classifier

/// A text as numbers: the features of its sentences.
struct EncodedText: Sendable {
  struct Sentence: Sendable {
    /// In the encoder's list.
    let features: [Int32]
    /// The sum of the vectors of its words; empty where there are no vectors.
    let vector: [Float]
    /// What the sum of the weights of its features is multiplied by: `Features.scale` of its words.
    let scale: Float
    /// The signals for which a phrase stands in it.
    var phrases: Set<String> = []
  }
  let sentences: [Sentence]
  /// The same for all of them as one.
  var scale: Float = 1
  /// What the words of feeling weigh together, from -1 to 1.
  var feeling: Float = 0

  /// The same without so large a share of its features, drawn anew each time, so that no text hangs on one of them.
  func without(_ share: Float, _ generator: inout SeededGenerator) -> EncodedText {
    EncodedText(
      sentences: sentences.map { sentence in
        Sentence(
          features: sentence.features.filter { _ in Float.random(in: 0..<1, using: &generator) >= share },
          vector: sentence.vector, scale: sentence.scale, phrases: sentence.phrases)
      }, scale: scale, feeling: feeling)
  }
}

/// Gives each feature that occurs often enough a number.
struct Encoder: Sendable {
  private(set) var numbers: [UInt64: Int32] = [:]
  private(set) var hashes: [UInt64] = []
  /// In how many sentences of the training data each occurs.
  private(set) var counts: [Int32] = []
  private(set) var vectors: WordVectors?
  private let reader: PhraseFeatures

  init(_ texts: [String], vectors: WordVectors?, countMin: Int) {
    self.vectors = vectors
    reader = PhraseFeatures()
    var seen: [UInt64: Int32] = [:]
    for text in texts { Self.walk(Words(text), reader) { seen[$1, default: 0] += 1 } }
    for (hash, count) in seen.sorted(by: { $0.key < $1.key }) where count >= countMin {
      numbers[hash] = Int32(hashes.count)
      hashes.append(hash)
      counts.append(count)
    }
    if let vectors {
      for hash in vectors.hashes where numbers[hash] == nil {
        numbers[hash] = Int32(hashes.count)
        hashes.append(hash)
        counts.append(0)
      }
    }
  }

  /// The same for the features of `kept` alone. What gets no row in the table says nothing when a text is read, so nothing may
  /// be left to it when one is learned from.
  func keeping(_ kept: Set<UInt64>) -> Encoder {
    var encoder = self
    let places = hashes.indices.filter { kept.contains(hashes[$0]) }
    encoder.hashes = places.map { hashes[$0] }
    encoder.counts = places.map { counts[$0] }
    encoder.numbers = Dictionary(uniqueKeysWithValues: encoder.hashes.enumerated().map { ($1, Int32($0)) })
    encoder.vectors = vectors?.keeping(kept)
    return encoder
  }

  func encode(_ text: String) -> EncodedText {
    let words = Words(text)
    let sentences = max(words.sentenceCount, 1)
    var features = [[Int32]](repeating: [], count: sentences)
    Self.walk(words, reader) { sentence, hash in
      if let number = numbers[hash] { features[sentence].append(number) }
    }
    var lengths = [Int](repeating: 0, count: sentences)
    var sums = [[Float]](repeating: vectors.map { [Float](repeating: 0, count: $0.width) } ?? [], count: sentences)
    for word in words.words {
      lengths[word.sentence] += 1
      vectors?.add(word.hash, to: &sums[word.sentence])
    }
    var phrases = [Set<String>](repeating: [], count: sentences)
    for (sentence, signal) in reader.signals(in: words) { phrases[sentence].insert(signal) }
    return EncodedText(
      sentences: features.indices.map {
        EncodedText.Sentence(
          features: features[$0], vector: sums[$0], scale: Features.scale(words: lengths[$0]), phrases: phrases[$0])
      }, scale: Features.scale(words: lengths.reduce(0, +)), feeling: reader.feeling(in: words))
  }

  private static func walk(_ words: borrowing Words, _ phrases: PhraseFeatures, _ body: (Int, UInt64) -> Void) {
    Features.forEach(in: words, body)
    phrases.forEach(in: words, body)
  }
}

/// Vectors of words from a sentence encoder, for training only: they tell the trainer which words mean alike, and what it
/// learns from that is folded into the words' own weights.
///
/// The file: a line with the number of words and the width, then per word a line with the word and its numbers, parted by
/// blanks (the text format of word2vec).
package struct WordVectors: Sendable {
  let width: Int
  private(set) var hashes: [UInt64]
  private var index: [UInt64: Int]
  private let values: [Float]

  /// Reads a file of vectors. Throws: `LabelProblem` with the line that is wrong.
  package init(_ text: String) throws {
    var lines = text.utf8.split(separator: UInt8(ascii: "\n"))[...]
    let header = (lines.popFirst().map { String($0)! } ?? "").split(separator: " ").compactMap { Int($0) }
    guard header.count == 2, (1...1024).contains(header[1]) else {
      throw LabelProblem(line: 1, words: "two numbers are wanted: words and width")
    }
    width = header[1]
    var index: [UInt64: Int] = [:]
    var hashes: [UInt64] = []
    var values: [Float] = []
    values.reserveCapacity(header[0] * width)
    for (number, line) in lines.enumerated() {
      let parts = line.split(separator: UInt8(ascii: " "))
      let words = Words(String(parts[0])!).words
      let numbers = parts.dropFirst().compactMap { Float(String($0)!) }
      guard numbers.count == width else { throw LabelProblem(line: number + 2, words: "\(width) numbers are wanted") }
      guard words.count == 1, index[words[0].hash] == nil else { continue }
      index[words[0].hash] = hashes.count
      hashes.append(words[0].hash)
      values += numbers
    }
    self.index = index
    self.hashes = hashes
    self.values = values
  }

  /// Those of the words in `kept` alone.
  func keeping(_ kept: Set<UInt64>) -> WordVectors {
    var some = self
    some.hashes = hashes.filter(kept.contains)
    some.index = index.filter { kept.contains($0.key) }
    return some
  }

  func add(_ hash: UInt64, to sum: inout [Float]) {
    guard let row = index[hash] else { return }
    for column in 0..<width { sum[column] += values[row * width + column] }
  }

  /// The vector of a word by its hash.
  func vector(_ hash: UInt64) -> ArraySlice<Float>? { index[hash].map { values[($0 * width)..<(($0 + 1) * width)] } }
}
