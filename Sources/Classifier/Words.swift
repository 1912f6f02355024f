/// A text cut into words and sentences, each with its place in the original, in one pass over its bytes.
///
/// Words are compared in a normal form: lower case, Latin letters without accents (`ß` is `ss`), apostrophes left out, three
/// or more of one letter as two, so that `Can't`, `cant` and `CAN’T` are one word. What is not the customer's own (quoted
/// replies, signatures, markup) is left out.
///
/// Cannot be copied, because a copy would count a reference for each of its lists.
package struct Words: ~Copyable, Sendable {
  /// A picture of a face or a thing, or marks that stand for one.
  package struct Emoji: Sendable {
    package let scalar: Unicode.Scalar
    package let start: Int
    package let end: Int
    package let sentence: Int
  }

  package private(set) var words: [Word] = []
  package private(set) var normal: [UInt8] = []
  package private(set) var emojis: [Emoji] = []
  /// Runs of `!`, with their places.
  package private(set) var exclamations: [Range<Int>] = []
  package private(set) var questionMarks = 0
  /// Where `@` stands: at an address or a name.
  private(set) var atSigns: [Int] = []
  /// The sentences that ask, by number, in order.
  package private(set) var asking: [Int] = []
  /// One more than the number of the last sentence that has a word.
  package private(set) var sentenceCount = 0
  /// Letters by script.
  private(set) var scripts = SIMD16<Int32>.zero
  /// Latin letters that carry a mark, in lower case, in the order of the text.
  package private(set) var markedLetters: [UInt32] = []
  package private(set) var letterCount = 0
  /// How many words are all capitals.
  private(set) var capitals = 0

  /// The longest text that is read, in bytes; of a longer one the beginning is. Nobody writes 32 KiB by hand.
  static let bytesMax = 32_768
  /// A sentence without an end is cut after so many words, so that a long complaint without a full stop has parts, too.
  private static let sentenceMax = 40

  package init(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      let bytes = UnsafeBufferPointer(rebasing: bytes.prefix(Self.bytesMax))
      read(bytes, OwnWords(of: bytes).ranges)
    }
  }

  /// The words of all of `text`, whoever wrote which part of it.
  init(whole text: String) {
    var text = text
    text.withUTF8 { bytes in
      let bytes = UnsafeBufferPointer(rebasing: bytes.prefix(Self.bytesMax))
      read(bytes, [0..<bytes.count])
    }
  }

  private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, _ ranges: [Range<Int>]) {
    // Each word but the last has a mark behind it.
    words = Array(unsafeUninitializedCapacity: bytes.count / 2 + 1) { words, wordCount in
      // A letter can be longer in lower case than in upper case, but never twice as long; eight bytes more can be looked at.
      normal = Array(unsafeUninitializedCapacity: bytes.count * 2 + 10) { normal, normalCount in
        normal[0] = 0x20
        var scan = Scan(words: words.baseAddress!, normal: normal.baseAddress!)
        for range in ranges {
          run(bytes, range, &scan)
          finish(&scan, at: range.upperBound)
          finishMarks(&scan, at: range.upperBound)
          scan.breaks = true
        }
        normalCount = scan.count
        wordCount = scan.wordCount
        sentenceCount = scan.wordCount == 0 ? 0 : scan.sentence + 1
      }
    }
  }

  /// The normal form of a word as a string; for tests and look-ups that are not hot.
  package func text(_ word: Word) -> String { String(decoding: normal[word.normal], as: UTF8.self) }

  /// The letters of a script.
  func count(of script: Letter.Script) -> Int { Int(scripts[script.rawValue]) }

  /// Whether there is a letter that is not Latin.
  var hasOtherScripts: Bool {
    var others = scripts
    others[Letter.Script.latin.rawValue] = 0
    return others != .zero
  }

  private struct Scan {
    /// Where the words go.
    let words: UnsafeMutablePointer<Word>
    var wordCount = 0
    /// Where the normal forms go; the first blank is there.
    let normal: UnsafeMutablePointer<UInt8>
    var count = 1
    var start = -1
    var normalStart = 0
    var letters = 0
    /// Not all letters are capitals.
    var hasSmall = false
    var hasDigit = false
    var marks = -1
    var sentence = 0
    var sentenceWords = 0
    /// The next word begins a sentence.
    var breaks = true
    /// A full stop was seen, which ends a sentence if a blank follows.
    var stopped = false
  }

  private mutating func run(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ scan: inout Scan) {
    let end = range.upperBound
    var at = range.lowerBound
    while at < end {
      let byte = bytes[at]
      if ByteKind.isPlain(byte) {
        let short = takeShort(bytes.baseAddress!, at, end, &scan)
        if short > 0 {
          at &+= short
          // Nearly always a blank is behind it, which says nothing more.
          if bytes[at] == 0x20 { at &+= 1 }
          continue
        }
        if scan.start < 0 { begin(&scan, at: at) }
        at = takePlain(bytes, at, end, &scan)
        continue
      }
      if byte == 0x20 {
        if scan.start >= 0 { finish(&scan, at: at) }
        if scan.marks >= 0 { finishMarks(&scan, at: at) }
        if scan.stopped { scan.breaks = true }
        at += 1
        continue
      }
      at = takeMark(bytes, at, range, &scan)
    }
  }

  /// A byte that is no plain letter, no digit and no space. Returns where the next begins.
  ///
  /// Apart from the loop over words, which would be too long to be one function for the compiler.
  @inline(never)
  private mutating func takeMark(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ range: Range<Int>, _ scan: inout Scan
  ) -> Int {
    let byte = bytes[at]
    let kind = ByteKind(byte)
    if kind == .apostrophe { return at + 1 }  // Inside a word it joins; outside it starts none.
    if kind == .beyond { return takeBeyond(bytes, at, range.upperBound, &scan) }
    if byte == UInt8(ascii: "&"), let end = Markup.apostropheEnd(bytes, at, range.upperBound) { return end }
    finish(&scan, at: at)
    if scan.marks >= 0, byte != UInt8(ascii: "!") { finishMarks(&scan, at: at) }
    switch kind {
    case .blank:
      if scan.stopped { scan.breaks = true }
    case .line: scan.breaks = true
    case .stop: scan.stopped = true
    case .question:
      questionMarks += 1
      if scan.wordCount > 0, asking.last != scan.sentence { asking.append(scan.sentence) }
      scan.breaks = true
    case .exclamation:
      if scan.marks < 0 { scan.marks = at }
      scan.breaks = true
    case .opening:
      if let markup = Markup.end(bytes, at, range.upperBound) {
        if markup.breaks { scan.breaks = true }
        return markup.end
      }
    case .face:
      if let face = Emoticon.at(bytes, at, range) {
        emojis.append(Emoji(scalar: face.scalar, start: at, end: face.end, sentence: scan.sentence))
        return face.end
      }
    case .at: atSigns.append(at)
    default: break
    }
    return at + 1
  }

  /// A word of at most seven plain letters behind which it surely ends, as most words: it fits in a register, and is never read
  /// again from memory. Returns how long it is, or 0 for all other words.
  @inline(__always)
  private mutating func takeShort(
    _ bytes: UnsafePointer<UInt8>, _ at: Int, _ end: Int, _ scan: inout Scan
  ) -> Int {
    guard at &+ 8 <= end, scan.start < 0, scan.marks < 0 else { return 0 }
    let eight = EightBytes(bytes + at)
    let count = eight.letterCount
    guard count < 8, ByteKind.endsWord(bytes[at &+ count]) else { return 0 }
    let normal = eight.lower & EightBytes.mask(count)
    guard !DrawnOut.hasTriple(normal, count) else { return 0 }
    // All bits where there are three letters; by arithmetic, because that is no guess.
    let isLong = UInt64(truncatingIfNeeded: (2 &- count) &>> (Int.bitWidth &- 1))
    UnsafeMutableRawPointer(scan.normal + scan.count).storeBytes(
      of: (normal | (0x20 << UInt64(truncatingIfNeeded: count &* 8))).littleEndian, as: UInt64.self)
    append(
      at, at &+ count, normal: Range(uncheckedBounds: (scan.count, scan.count &+ count)), WordHash.of(normal, count),
      beginning: WordHash.of(normal & 0xFF_FFFF, 3) & isLong, letters: count,
      hasSmall: eight.small & EightBytes.mask(count) != 0, hasDigit: false, isDrawnOut: false, &scan)
    return count
  }

  /// A run of plain letters and digits. Returns where it ends.
  @inline(__always)
  private func takePlain(_ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ end: Int, _ scan: inout Scan) -> Int {
    var at = from
    while at &+ 8 <= end {
      let eight = EightBytes(bytes.baseAddress! + at)
      let count = eight.count
      UnsafeMutableRawPointer(scan.normal + scan.count).storeBytes(of: eight.lower.littleEndian, as: UInt64.self)
      let taken = count == 8 ? .max : EightBytes.mask(count)
      if eight.small & taken != 0 { scan.hasSmall = true }
      scan.letters &+= count
      if eight.digits & taken != 0 { takeDigits((eight.digits & taken).nonzeroBitCount, &scan) }
      scan.count &+= count
      at &+= count
      if count < 8 { return at }
    }
    while at < end, ByteKind.isPlain(bytes[at]) {
      let lower = bytes[at] | 0x20
      scan.normal[scan.count] = lower
      scan.count &+= 1
      scan.letters &+= 1
      if lower < 0x3A { takeDigits(1, &scan) } else if lower == bytes[at] { scan.hasSmall = true }
      at &+= 1
    }
    return at
  }

  private func takeDigits(_ count: Int, _ scan: inout Scan) {
    scan.letters -= count
    scan.hasDigit = true
  }

  /// A letter, mark or picture of more than one byte. Returns where the next begins.
  private mutating func takeBeyond(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ end: Int, _ scan: inout Scan
  ) -> Int {
    let first = UInt32(bytes[at])
    let width = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard at + width <= end else { return end }  // Cut at the limit.
    var value = width == 4 ? first & 0x07 : width == 3 ? first & 0x0F : first & 0x1F
    for index in 1..<width { value = value << 6 | UInt32(bytes[at + index] & 0x3F) }
    guard let scalar = Unicode.Scalar(value) else { return at + width }
    switch value {
    case 0x2019, 0x00B4: return at + width  // Apostrophes.
    case 0x0300...0x036F: return at + width  // The mark of a letter that is written in two parts.
    case 0xFE00...0xFE0F, 0x200D, 0x1F3FB...0x1F3FF: return at + width  // They shape the picture before them.
    case 0x2600...0x27BF, 0x2B50, 0x1F300...0x1FAFF:
      finish(&scan, at: at)
      finishMarks(&scan, at: at)
      emojis.append(Emoji(scalar: scalar, start: at, end: at + width, sentence: scan.sentence))
      return at + width
    default: break
    }
    let letter = Letter.of(scalar)
    guard letter.isAlphabetic else {
      finish(&scan, at: at)
      finishMarks(&scan, at: at)
      switch value {
      case 0x3002, 0xFF01, 0xFF1F, 0x2026, 0x061F: scan.breaks = true  // 。 ！ ？ … ؟
      default: break
      }
      if value == 0xFF1F || value == 0x061F { questionMarks += 1 }
      return at + width
    }
    if scan.start < 0 { begin(&scan, at: at) }
    finishMarks(&scan, at: at)
    scan.letters += 1
    if !letter.isUpper { scan.hasSmall = true }
    scripts[letter.script.rawValue] += 1
    if letter.marked != 0 { markedLetters.append(letter.marked) }
    var folded = letter.bytes
    for _ in 0..<letter.count {
      scan.normal[scan.count] = UInt8(folded & 0xFF)
      scan.count += 1
      folded >>= 8
    }
    return at + width
  }

  @inline(__always)
  private mutating func begin(_ scan: inout Scan, at offset: Int) {
    if scan.marks >= 0 { finishMarks(&scan, at: offset) }
    scan.start = offset
    scan.normalStart = scan.count
    scan.letters = 0
    scan.hasSmall = false
    scan.hasDigit = false
    scan.stopped = false
  }

  private mutating func finish(_ scan: inout Scan, at offset: Int) {
    guard scan.start >= 0 else { return }
    let from = scan.normalStart
    let isDrawnOut =
      DrawnOut.hasTriple(scan.normal, from, scan.count) && DrawnOut.squeeze(scan.normal, from, &scan.count)
    let count = scan.count &- from
    scan.normal[scan.count] = 0x20
    append(
      scan.start, offset, normal: from..<scan.count, WordHash.of(scan.normal + from, count),
      beginning: count < 3 ? 0 : WordHash.of(scan.normal + from, 3), letters: scan.letters, hasSmall: scan.hasSmall,
      hasDigit: scan.hasDigit, isDrawnOut: isDrawnOut, &scan)
    scan.start = -1
  }

  @inline(__always)
  private mutating func append(
    _ start: Int, _ end: Int, normal: Range<Int>, _ hash: UInt64, beginning: UInt64, letters: Int, hasSmall: Bool,
    hasDigit: Bool, isDrawnOut: Bool, _ scan: inout Scan
  ) {
    let begins = scan.breaks || scan.sentenceWords >= Self.sentenceMax
    if begins {
      if scan.wordCount > 0 { scan.sentence &+= 1 }
      scan.sentenceWords = 0
    }
    scan.sentenceWords &+= 1
    letterCount &+= letters
    var marks = hasDigit ? Word.Marks.digit : []
    if letters >= 2, !hasSmall, !hasDigit {
      marks.insert(.capitals)
      capitals &+= 1
    }
    if isDrawnOut { marks.insert(.drawnOut) }
    if begins { marks.insert(.begins) }
    (scan.words + scan.wordCount).initialize(
      to: Word(
        Range(uncheckedBounds: (start, end)), normal: normal, hash: hash, beginning: beginning,
        sentence: scan.sentence, marks))
    scan.wordCount &+= 1
    scan.count = normal.upperBound &+ 1
    scan.breaks = false
    scan.stopped = false
  }

  private mutating func finishMarks(_ scan: inout Scan, at offset: Int) {
    guard scan.marks >= 0 else { return }
    exclamations.append(scan.marks..<offset)
    scan.marks = -1
  }
}
