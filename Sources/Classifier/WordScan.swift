internal import Events

/// Words beside the bytes they were cut from: what stands between two of them, and how they are written.
struct WordScan {
  let words: Words
  let bytes: [UInt8]

  init(_ words: Words, bytes: [UInt8]) {
    self.words = words
    self.bytes = bytes
  }

  /// The hashes of the words in `names`, to be compared with the words of a text.
  static func hashes(_ names: String) -> Set<UInt64> { Set(Words(names).words.map(\.hash)) }

  var count: Int { words.words.count }

  subscript(index: Int) -> Words.Word { words.words[index] }

  /// The word at `index`, where there is one, is among `hashes`.
  func has(_ index: Int, in hashes: Set<UInt64>) -> Bool {
    index >= 0 && index < count && hashes.contains(words.words[index].hash)
  }

  func normal(_ index: Int) -> ArraySlice<UInt8> { words.normal[words.words[index].normal] }

  func written(_ index: Int) -> ArraySlice<UInt8> { bytes[words.words[index].start..<words.words[index].end] }

  func isDigits(_ index: Int) -> Bool {
    index >= 0 && index < count && words.words[index].hasDigit && normal(index).allSatisfy(Self.isDigit)
  }

  func isCapitalised(_ index: Int) -> Bool {
    guard index >= 0, index < count else { return false }
    let word = written(index)
    // `É` and its like are C3 80 to C3 9E.
    return (0x41...0x5A).contains(word.first!)
      || word.first == 0xC3 && (0x80...0x9E).contains(word.dropFirst().first ?? 0)
  }

  /// What stands between the word at `index` and the next one.
  func gap(behind index: Int) -> ArraySlice<UInt8> {
    guard index >= 0, index + 1 < count else { return [] }
    let end = words.words[index].end
    return bytes[end..<max(end, words.words[index + 1].start)]
  }

  /// The word at `index` and the next one stand in one phrase: at most two marks are between them, none of which ends it.
  func isOnePhrase(_ index: Int) -> Bool {
    guard index >= 0, index + 1 < count else { return false }
    let gap = gap(behind: index)
    return gap.count <= 2 && gap.allSatisfy { $0 == 0x20 || $0 == 0x2E || $0 == 0x2D || $0 == 0x27 }
  }

  /// From the first byte of the word at `first` to the last one of the word at `last`.
  func span(_ first: Int, _ last: Int) -> Reading.Span { Reading.Span(self[first].start, self[last].end) }

  static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}
