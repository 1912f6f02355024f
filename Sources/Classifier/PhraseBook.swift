internal import Events

/// Phrases and what they stand for, found in a text by one walk over its words.
///
/// A phrase is words with spaces between them: `word` is that word, `word*` any word that begins so (three letters at least),
/// `..` up to four words that do not matter. Phrases are written as people write and brought into the normal form of `Words`
/// here. Everything is kept in flat arrays, so that looking for them counts no references.
struct PhraseBook<Meaning: Sendable>: Sendable {
  struct Found {
    let phrase: Int
    let words: Range<Int>
    let span: Reading.Span
  }

  private struct Step: Sendable {
    enum Kind: Sendable { case exactly, prefix, gap }
    let kind: Kind
    /// Of the word.
    var hash: UInt64 = 0
    /// The letters of a prefix, in `letters`.
    var letters = 0..<0
  }
  private struct Phrase: Sendable {
    let steps: Range<Int>
  }
  /// A place in the index of beginnings; empty where there are no phrases.
  private struct Slot: Sendable {
    var key: UInt64 = 0
    var phrases = 0..<0
  }

  private static var gapMax: Int { 4 }
  private static var prefixMin: Int { 3 }
  private(set) var meanings: [Meaning] = []
  private var phrases: [Phrase] = []
  private var steps: [Step] = []
  private var letters: [UInt8] = []
  /// Phrases by the hash of their first two words, of their first one where the second is open, or of its first three letters
  /// where that is open: open addressing.
  private var slots: [Slot] = []
  /// One bit for each of those hashes, because nearly all words begin no phrase.
  private var bits = [UInt64](repeating: 0, count: 1024)
  private var candidates: [Int32] = []

  init(_ entries: [(text: String, meaning: Meaning)]) {
    var byBeginning: [UInt64: [Int32]] = [:]
    for entry in entries {
      for line in entry.text.split(whereSeparator: { $0 == "\n" || $0 == "|" }) {
        guard let beginning = add(String(line)) else { continue }
        byBeginning[beginning, default: []].append(Int32(phrases.count - 1))
        meanings.append(entry.meaning)
      }
    }
    var size = 64
    while size < byBeginning.count * 4 { size *= 2 }
    slots = Array(repeating: Slot(), count: size)
    for key in byBeginning.keys { bits[Int(key >> 6 & 1023)] |= 1 << (key & 63) }
    for (key, numbers) in byBeginning.sorted(by: { $0.key < $1.key }) {
      var at = Int(truncatingIfNeeded: key) & (size - 1)
      while !slots[at].phrases.isEmpty { at = (at + 1) & (size - 1) }
      slots[at] = Slot(key: key, phrases: candidates.count..<(candidates.count + numbers.count))
      candidates += numbers
    }
  }

  private mutating func add(_ line: String) -> UInt64? {
    let first = steps.count
    var beginning: UInt64?
    for part in line.split(separator: " ") {
      if part == ".." {
        precondition(beginning != nil, "a phrase begins with a word: \(line)")
        steps.append(Step(kind: .gap))
        continue
      }
      let isPrefix = part.hasSuffix("*")
      let words = Words(String(isPrefix ? part.dropLast() : part))
      precondition(words.words.count == 1, "a phrase is words with spaces between them: \(line)")
      let word = words.words[0]
      if isPrefix {
        precondition(word.normal.count >= Self.prefixMin, "three letters at least before a star: \(line)")
        steps.append(Step(kind: .prefix, letters: letters.count..<(letters.count + word.normal.count)))
        letters += words.normal[word.normal]
      } else {
        steps.append(Step(kind: .exactly, hash: word.hash))
      }
      beginning = beginning ?? (isPrefix ? word.beginning : word.hash)
    }
    guard let beginning else { return nil }
    phrases.append(Phrase(steps: first..<steps.count))
    let isPair = steps.count - first > 1 && steps[first].kind == .exactly && steps[first + 1].kind == .exactly
    return isPair ? Self.pair(beginning, steps[first + 1].hash) : beginning
  }

  private static func pair(_ first: UInt64, _ second: UInt64) -> UInt64 {
    (first &* 31 ^ second) &* 0x9E37_79B9_7F4A_7C15
  }

  /// All phrases in the text, by place; each phrase at most once per place.
  func find(in text: Words) -> [Found] {
    var found: [Found] = []
    text.words.withUnsafeBufferPointer { words in
      text.normal.withUnsafeBufferPointer { normal in
        bits.withUnsafeBufferPointer { bits in
          for index in words.indices {
            let word = words[index]
            if index + 1 < words.count {
              look(Self.pair(word.hash, words[index + 1].hash), index, words, normal, bits, &found)
            }
            look(word.hash, index, words, normal, bits, &found)
            // A word of three letters is its own beginning, and was looked for already.
            if word.beginning != 0, word.beginning != word.hash {
              look(word.beginning, index, words, normal, bits, &found)
            }
          }
        }
      }
    }
    return found
  }

  @inline(__always)
  private func look(
    _ beginning: UInt64, _ index: Int, _ words: UnsafeBufferPointer<Words.Word>, _ normal: UnsafeBufferPointer<UInt8>,
    _ bits: UnsafeBufferPointer<UInt64>, _ found: inout [Found]
  ) {
    guard bits[Int(beginning >> 6 & 1023)] & (1 << (beginning & 63)) != 0 else { return }
    var at = Int(truncatingIfNeeded: beginning) & (slots.count - 1)
    while !slots[at].phrases.isEmpty {
      if slots[at].key == beginning { return tryAll(slots[at].phrases, index, words, normal, &found) }
      at = (at + 1) & (slots.count - 1)
    }
  }

  private func tryAll(
    _ range: Range<Int>, _ index: Int, _ words: UnsafeBufferPointer<Words.Word>, _ normal: UnsafeBufferPointer<UInt8>,
    _ found: inout [Found]
  ) {
    steps.withUnsafeBufferPointer { steps in
      letters.withUnsafeBufferPointer { letters in
        for place in range {
          let phrase = Int(candidates[place])
          let range = phrases[phrase].steps
          guard let end = Self.match(range.lowerBound, range.upperBound, steps, letters, index, words, normal) else {
            continue
          }
          found.append(
            Found(phrase: phrase, words: index..<end, span: Reading.Span(words[index].start, words[end - 1].end)))
        }
      }
    }
  }

  private static func match(
    _ from: Int, _ to: Int, _ steps: UnsafeBufferPointer<Step>, _ letters: UnsafeBufferPointer<UInt8>, _ start: Int,
    _ words: UnsafeBufferPointer<Words.Word>, _ normal: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    var index = start
    for number in from..<to {
      switch steps[number].kind {
      case .gap:
        for skipped in 0...gapMax where index + skipped < words.count {
          if let end = match(number + 1, to, steps, letters, index + skipped, words, normal) { return end }
        }
        return nil
      case .exactly:
        guard index < words.count, words[index].hash == steps[number].hash else { return nil }
      case .prefix:
        let wanted = steps[number].letters
        guard index < words.count, words[index].normal.count >= wanted.count else { return nil }
        let own = words[index].normal.lowerBound
        for offset in 0..<wanted.count where normal[own + offset] != letters[wanted.lowerBound + offset] { return nil }
      }
      index += 1
    }
    return index
  }
}
