internal import Events

/// Words beside the bytes they were cut from: what stands between two of them, and how they are written.
///
/// Refers to the text and its words without owning them, because every look at a word would count references otherwise; so
/// it lives within `over` only.
struct WordScan {
  typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

  let words: UnsafeBufferPointer<Words.Word>
  let bytes: UnsafeBufferPointer<UInt8>
  private let normal: UnsafeBufferPointer<UInt8>

  /// Calls `body` with a scan of `text`, of which `words` are the words.
  static func over<Result>(_ text: String, _ words: borrowing Words, _ body: (WordScan) -> Result) -> Result {
    var text = text
    return text.withUTF8 { bytes in
      words.words.withUnsafeBufferPointer { own in
        words.normal.withUnsafeBufferPointer { normal in
          let bytes = UnsafeBufferPointer(rebasing: bytes.prefix(Words.bytesMax))
          return body(WordScan(words: own, bytes: bytes, normal: normal))
        }
      }
    }
  }

  var count: Int { words.count }

  subscript(index: Int) -> Words.Word { words[index] }

  /// The word at `index`, where there is one, is among `names`.
  func has(_ index: Int, in names: WordSet) -> Bool {
    index >= 0 && index < count && names.contains(words[index].hash)
  }

  /// Whether the word at `index` has a digit or may be among `names`; nearly all words are neither, and need no closer look.
  @inline(__always)
  func isMarked(_ index: Int, _ names: WordSet) -> Bool { words[index].hasDigit || names.mayContain(words[index].hash) }

  func normal(_ index: Int) -> Bytes { normal[words[index].normal] }

  func written(_ index: Int) -> Bytes { bytes[words[index].start..<words[index].end] }

  func isDigits(_ index: Int) -> Bool {
    index >= 0 && index < count && words[index].hasDigit && normal(index).allSatisfy(Self.isDigit)
  }

  func isCapitalised(_ index: Int) -> Bool {
    guard index >= 0, index < count else { return false }
    let word = written(index)
    // `É` and its like are C3 80 to C3 9E.
    return (0x41...0x5A).contains(word.first!)
      || word.first == 0xC3 && (0x80...0x9E).contains(word.dropFirst().first ?? 0)
  }

  /// What stands between the word at `index` and the next one.
  func gap(behind index: Int) -> Bytes {
    guard index >= 0, index + 1 < count else { return bytes[0..<0] }
    let end = words[index].end
    return bytes[end..<max(end, words[index + 1].start)]
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
