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

  private enum Step: Sendable {
    /// The word of this hash.
    case exactly(UInt64)
    /// A word that begins with these of `letters`.
    case prefix(start: Int32, count: Int32)
    case gap
  }
  /// A phrase, with its place in `meanings` and the steps that are left where its beginning was found.
  private struct Phrase: Sendable {
    let number: Int32
    let firstStep: Int32
    let stepCount: Int32
    /// So many words the beginning is sure of: two, or none, because one may be the first three letters of another.
    let sureWords: Int32
  }

  private static var gapMax: Int { 4 }
  private static var prefixMin: Int { 3 }
  private(set) var meanings: [Meaning] = []
  /// In the order of their beginnings.
  private var phrases: [Phrase] = []
  private var steps: [Step] = []
  private var letters: [UInt8] = []
  /// Beginnings: the hash of the first two words of phrases, of the first one where the second is open, or of its first three
  /// letters where that is open. Open addressing; 0 is an empty place. Apart from what they begin, because these are looked at for
  /// nearly every text and must stay in the cache.
  private var beginnings: [UInt64] = []
  /// The phrases of each beginning.
  private var begun: [Range<Int32>] = []
  /// One bit for each beginning, because nearly all words begin no phrase.
  private var bits = [UInt64](repeating: 0, count: 4096)

  init(_ entries: [(text: String, meaning: Meaning)]) {
    var byBeginning: [UInt64: [Phrase]] = [:]
    for entry in entries {
      for line in entry.text.split(whereSeparator: { $0 == "\n" || $0 == "|" }) {
        guard let (beginning, phrase) = add(String(line)) else { continue }
        byBeginning[beginning, default: []].append(phrase)
        meanings.append(entry.meaning)
      }
    }
    var size = 64
    while size < byBeginning.count * 2 { size *= 2 }
    beginnings = Array(repeating: 0, count: size)
    begun = Array(repeating: 0..<0, count: size)
    for (beginning, own) in byBeginning.sorted(by: { $0.key < $1.key }) {
      bits[Int(beginning >> 6 & 4095)] |= 1 << (beginning & 63)
      var at = Int(truncatingIfNeeded: beginning) & (size - 1)
      while beginnings[at] != 0 { at = (at + 1) & (size - 1) }
      beginnings[at] = beginning
      begun[at] = Int32(phrases.count)..<Int32(phrases.count + own.count)
      phrases += own
    }
  }

  private mutating func add(_ line: String) -> (beginning: UInt64, phrase: Phrase)? {
    let first = steps.count
    var beginning: UInt64?
    for part in line.split(separator: " ") {
      if part == ".." {
        precondition(beginning != nil, "a phrase begins with a word: \(line)")
        steps.append(.gap)
        continue
      }
      let isPrefix = part.hasSuffix("*")
      let words = Words(String(isPrefix ? part.dropLast() : part))
      precondition(words.words.count == 1, "a phrase is words with spaces between them: \(line)")
      let word = words.words[0]
      if isPrefix {
        precondition(word.normal.count >= Self.prefixMin, "three letters at least before a star: \(line)")
        steps.append(.prefix(start: Int32(letters.count), count: Int32(word.normal.count)))
        letters += words.normal[word.normal]
      } else {
        steps.append(.exactly(word.hash))
      }
      beginning = beginning ?? (isPrefix ? word.beginning : word.hash)
    }
    guard var beginning else { return nil }
    var sure = 0
    if steps.count - first > 1, case .exactly = steps[first], case .exactly(let second) = steps[first + 1] {
      beginning = Self.pair(beginning, second)
      sure = 2
    }
    return (
      beginning,
      Phrase(
        number: Int32(meanings.count), firstStep: Int32(first + sure), stepCount: Int32(steps.count - first - sure),
        sureWords: Int32(sure))
    )
  }

  private static func pair(_ first: UInt64, _ second: UInt64) -> UInt64 {
    (first &* 31 ^ second) &* 0x9E37_79B9_7F4A_7C15
  }

  /// All phrases in the text, by place; each phrase at most once per place.
  func find(in text: borrowing Words) -> [Found] {
    var found: [Found] = []
    found.reserveCapacity(16)
    text.words.withUnsafeBufferPointer { words in
      text.normal.withUnsafeBufferPointer { normal in
        withUnsafeTemporaryAllocation(of: Candidate.self, capacity: 3 * Self.runLength) { candidates in
          for from in stride(from: 0, to: words.count, by: Self.runLength) {
            let run = from..<min(from + Self.runLength, words.count)
            let count = nominate(run, words, candidates.baseAddress!)
            for candidate in candidates[..<count] {
              look(candidate.beginning, candidate.word, words, normal, &found)
            }
          }
        }
      }
    }
    return found
  }

  /// A word with which a phrase may begin.
  private struct Candidate {
    let beginning: UInt64
    let word: Int
  }

  /// So many words are looked through before their candidates are tried.
  private static var runLength: Int { 21 }

  /// Writes the candidates among some words, and returns how many there are. Each is written and kept if its bit is set, so that
  /// there is nothing to guess: an answer that cannot be guessed costs as much as ten words.
  private func nominate(
    _ run: Range<Int>, _ words: UnsafeBufferPointer<Words.Word>, _ candidates: UnsafeMutablePointer<Candidate>
  ) -> Int {
    var count = 0
    bits.withUnsafeBufferPointer { bits in
      func nominate(_ beginning: UInt64, _ word: Int) {
        (candidates + count).initialize(to: Candidate(beginning: beginning, word: word))
        count &+= Int(truncatingIfNeeded: Self.bit(beginning, bits))
      }
      for index in run {
        let (hash, beginning) = (words[index].hash, words[index].beginning)
        nominate(index &+ 1 < words.count ? Self.pair(hash, words[index &+ 1].hash) : 0, index)
        nominate(hash, index)
        // A word of three letters is its own beginning.
        nominate(beginning == hash ? 0 : beginning, index)
      }
    }
    return count
  }

  @inline(__always)
  private static func bit(_ beginning: UInt64, _ bits: UnsafeBufferPointer<UInt64>) -> UInt64 {
    bits[Int(truncatingIfNeeded: beginning >> 6 & 4095)] &>> (beginning & 63) & 1
  }

  private func look(
    _ beginning: UInt64, _ index: Int, _ words: UnsafeBufferPointer<Words.Word>, _ normal: UnsafeBufferPointer<UInt8>,
    _ found: inout [Found]
  ) {
    var at = Int(truncatingIfNeeded: beginning) & (beginnings.count - 1)
    while beginnings[at] != 0 {
      if beginnings[at] == beginning { return tryAll(begun[at], index, words, normal, &found) }
      at = (at + 1) & (beginnings.count - 1)
    }
  }

  private func tryAll(
    _ range: Range<Int32>, _ index: Int, _ words: UnsafeBufferPointer<Words.Word>,
    _ normal: UnsafeBufferPointer<UInt8>, _ found: inout [Found]
  ) {
    steps.withUnsafeBufferPointer { steps in
      letters.withUnsafeBufferPointer { letters in
        for place in range {
          let phrase = phrases[Int(place)]
          let (first, count) = (Int(phrase.firstStep), Int(phrase.stepCount))
          let next = index + Int(phrase.sureWords)
          guard let end = Self.match(first, first + count, steps, letters, next, words, normal) else { continue }
          found.append(
            Found(
              phrase: Int(phrase.number), words: index..<end, span: Reading.Span(words[index].start, words[end - 1].end)
            ))
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
      switch steps[number] {
      case .gap:
        for skipped in 0...gapMax where index + skipped < words.count {
          if let end = match(number + 1, to, steps, letters, index + skipped, words, normal) { return end }
        }
        return nil
      case .exactly(let hash):
        guard index < words.count, words[index].hash == hash else { return nil }
      case .prefix(let start, let count):
        guard index < words.count, words[index].normal.count >= Int(count) else { return nil }
        let own = words[index].normal.lowerBound
        for offset in 0..<Int(count) where normal[own + offset] != letters[Int(start) + offset] { return nil }
      }
      index += 1
    }
    return index
  }
}
