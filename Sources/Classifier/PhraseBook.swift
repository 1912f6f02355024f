internal import Events

/// Phrases and what they stand for, found in a text by one walk over its words.
///
/// A phrase is words with spaces between them: `word` is that word, `word*` any word that begins so, `..` up to four words
/// that do not matter. Phrases are written as people write and brought into the normal form of `Words` here.
struct PhraseBook<Meaning: Sendable>: Sendable {
  struct Found {
    let meaning: Meaning
    let phrase: Int
    let words: Range<Int>
    let span: Reading.Span
  }

  private enum Step: Sendable {
    case exactly([UInt8])
    case prefix([UInt8])
    case gap
  }
  private struct Phrase: Sendable {
    let steps: [Step]
    let meaning: Meaning
  }

  private static var gapMax: Int { 4 }
  private var phrases: [Phrase] = []
  /// Phrases by the first two bytes of their first word.
  private var byBeginning: [UInt16: [Int]] = [:]

  init(_ entries: [(text: String, meaning: Meaning)]) {
    for entry in entries {
      for line in entry.text.split(whereSeparator: { $0 == "\n" || $0 == "|" }) {
        add(String(line), entry.meaning)
      }
    }
  }

  private mutating func add(_ line: String, _ meaning: Meaning) {
    let steps = line.split(separator: " ").map { part -> Step in
      if part == ".." { return .gap }
      let isPrefix = part.hasSuffix("*")
      let words = Words(String(isPrefix ? part.dropLast() : part))
      precondition(words.words.count == 1, "a phrase is words with spaces between them: \(line)")
      return isPrefix ? .prefix(words.normal) : .exactly(words.normal)
    }
    let beginning: [UInt8]
    switch steps.first {
    case .exactly(let word), .prefix(let word): beginning = word
    case .gap: preconditionFailure("a phrase begins with a word: \(line)")
    case nil: return
    }
    byBeginning[Self.beginning(beginning[...]), default: []].append(phrases.count)
    phrases.append(Phrase(steps: steps, meaning: meaning))
  }

  /// All phrases in the text, by place; each phrase at most once per place.
  func find(in text: Words) -> [Found] {
    var found: [Found] = []
    for index in text.words.indices {
      let word = text.normal[text.words[index].normal]
      for candidate in byBeginning[Self.beginning(word)] ?? [] {
        guard let end = match(phrases[candidate].steps[...], at: index, in: text) else { continue }
        found.append(
          Found(
            meaning: phrases[candidate].meaning, phrase: candidate, words: index..<end,
            span: Reading.Span(text.words[index].start, text.words[end - 1].end)))
      }
    }
    return found
  }

  private func match(_ steps: ArraySlice<Step>, at index: Int, in text: Words) -> Int? {
    guard let step = steps.first else { return index }
    let rest = steps.dropFirst()
    switch step {
    case .gap:
      for skipped in 0...Self.gapMax where index + skipped < text.words.count {
        if let end = match(rest, at: index + skipped, in: text) { return end }
      }
      return nil
    case .exactly(let wanted):
      guard index < text.words.count, text.normal[text.words[index].normal].elementsEqual(wanted) else { return nil }
    case .prefix(let wanted):
      guard index < text.words.count, text.normal[text.words[index].normal].starts(with: wanted) else { return nil }
    }
    return match(rest, at: index + 1, in: text)
  }

  /// One-letter words (`i`) and one-letter beginnings must meet, so the second byte is left out where it is missing.
  private static func beginning(_ word: ArraySlice<UInt8>) -> UInt16 {
    guard let first = word.first else { return 0 }
    return UInt16(first) << 8 | UInt16(word.count > 1 ? word[word.startIndex + 1] : 0)
  }
}
