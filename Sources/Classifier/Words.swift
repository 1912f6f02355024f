/// A text cut into words and sentences, each with its place in the original, in one pass over its bytes.
///
/// Words are compared in a normal form: lower case, Latin letters without accents (`ß` is `ss`), apostrophes left out, three
/// or more of one letter as two, so that `Can't`, `cant` and `CAN’T` are one word. What is not the customer's own (quoted
/// replies, signatures, markup) is left out.
package struct Words: Sendable {
  package struct Word: Sendable {
    private let start32: Int32
    private let end32: Int32
    private let normalStart: Int32
    private let normalEnd: Int32
    /// Of the normal form: FNV-1a, 64 bits.
    package let hash: UInt64
    /// Of the first three bytes of the normal form, where there are so many.
    let beginning: UInt64
    private let sentence32: Int32
    private let marks: Marks

    struct Marks: OptionSet, Sendable {
      let rawValue: UInt8
      static let capitals = Marks(rawValue: 1)
      static let digit = Marks(rawValue: 2)
      static let drawnOut = Marks(rawValue: 4)
      static let begins = Marks(rawValue: 8)
    }

    @inline(__always)
    init(_ place: Range<Int>, normal: Range<Int>, hash: UInt64, beginning: UInt64, sentence: Int, _ marks: Marks) {
      start32 = Int32(truncatingIfNeeded: place.lowerBound)
      end32 = Int32(truncatingIfNeeded: place.upperBound)
      normalStart = Int32(truncatingIfNeeded: normal.lowerBound)
      normalEnd = Int32(truncatingIfNeeded: normal.upperBound)
      self.hash = hash
      self.beginning = beginning
      sentence32 = Int32(truncatingIfNeeded: sentence)
      self.marks = marks
    }

    /// Bytes of the original text.
    package var start: Int { Int(start32) }
    package var end: Int { Int(end32) }
    /// Bytes of `normal`; a blank stands before the first and behind the last of them.
    package var normal: Range<Int> { Range(uncheckedBounds: (Int(normalStart), Int(normalEnd))) }
    /// The number of its sentence.
    package var sentence: Int { Int(sentence32) }
    /// Two letters or more, all capitals, and no digit.
    package var isCapitals: Bool { marks.contains(.capitals) }
    package var hasDigit: Bool { marks.contains(.digit) }
    /// A letter was drawn out: `sooo`.
    package var isDrawnOut: Bool { marks.contains(.drawnOut) }
    /// A new sentence or line begins here.
    package var beginsSentence: Bool { marks.contains(.begins) }
  }

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

  /// The longest text that is read, in bytes; of a longer one the beginning is. Nobody writes 32 KiB by hand.
  static let bytesMax = 32_768
  /// A sentence without an end is cut after so many words, so that a long complaint without a full stop has parts, too.
  private static let sentenceMax = 40

  package init(_ text: String) {
    var text = text
    text.withUTF8 { read($0) }
  }

  private mutating func read(_ all: UnsafeBufferPointer<UInt8>) {
    let bytes = UnsafeBufferPointer(rebasing: all.prefix(Self.bytesMax))
    words.reserveCapacity(bytes.count / 5 + 4)
    let own = OwnWords(of: bytes)
    var scan = Scan()
    // A letter can be longer in lower case than in upper case, but never twice as long.
    normal = Array(unsafeUninitializedCapacity: bytes.count * 2 + 2) { buffer, count in
      buffer[0] = 0x20
      scan.count = 1
      for range in own.ranges {
        run(bytes, range, buffer, &scan)
        finish(&scan, at: range.upperBound, buffer)
        finishMarks(&scan, at: range.upperBound)
        scan.breaks = true
      }
      count = scan.count
    }
    sentenceCount = words.isEmpty ? 0 : scan.sentence + 1
  }

  /// The normal form of a word as a string; for tests and look-ups that are not hot.
  package func text(_ word: Word) -> String { String(decoding: normal[word.normal], as: UTF8.self) }

  /// The letters of a script.
  func count(of script: Letter.Script) -> Int { Int(scripts[script.rawValue]) }

  private struct Scan {
    var count = 0
    var start = -1
    var normalStart = 0
    var hash: UInt64 = 0
    var beginning: UInt64 = 0
    var capitals = 0
    var letters = 0
    var hasDigit = false
    var isDrawnOut = false
    var marks = -1
    var sentence = 0
    var sentenceWords = 0
    /// The next word begins a sentence.
    var breaks = true
    /// A full stop was seen, which ends a sentence if a blank follows.
    var stopped = false
  }

  private static let offsetBasis: UInt64 = 0xCBF2_9CE4_8422_2325
  private static let prime: UInt64 = 0x0000_0100_0000_01B3

  private mutating func run(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ buffer: UnsafeMutableBufferPointer<UInt8>,
    _ scan: inout Scan
  ) {
    var at = range.lowerBound
    while at < range.upperBound {
      var byte = bytes[at]
      var kind = Self.kind(byte)
      if kind == .letter || kind == .digit {
        if scan.start < 0 { begin(&scan, at: at) }
        // The run of plain letters and digits, in registers.
        var (count, hash) = (scan.count, scan.hash)
        var (length, capitals, digits) = (0, 0, 0)
        let from = scan.normalStart
        let end = range.upperBound
        repeat {
          let isLetter = kind == .letter
          let lower = isLetter ? byte | 0x20 : byte
          length &+= 1
          digits &+= isLetter ? 0 : 1
          capitals &+= isLetter && byte != lower ? 1 : 0
          // Three of one letter are two.
          if isLetter, count >= from &+ 2, buffer[count &- 1] == lower, buffer[count &- 2] == lower {
            scan.isDrawnOut = true
          } else {
            buffer[count] = lower
            count &+= 1
            hash = (hash ^ UInt64(lower)) &* Self.prime
            if count &- from == 3 { scan.beginning = hash }
          }
          at &+= 1
          guard at < end else { break }
          byte = bytes[at]
          kind = Self.kind(byte)
        } while kind == .letter || kind == .digit
        scan.count = count
        scan.hash = hash
        scan.letters &+= length &- digits
        scan.capitals &+= capitals
        if digits > 0 { scan.hasDigit = true }
        continue
      }
      if kind == .apostrophe {  // Inside a word it joins; outside it starts none.
        at += 1
        continue
      }
      if kind == .beyond {
        at = takeBeyond(bytes, at, range.upperBound, buffer, &scan)
        continue
      }
      if byte == UInt8(ascii: "&"), let end = Markup.apostropheEnd(bytes, at, range.upperBound) {
        at = end
        continue
      }
      finish(&scan, at: at, buffer)
      if scan.marks >= 0, byte != UInt8(ascii: "!") { finishMarks(&scan, at: at) }
      switch kind {
      case .blank:
        if scan.stopped { scan.breaks = true }
      case .line: scan.breaks = true
      case .stop: scan.stopped = true
      case .question:
        questionMarks += 1
        if !words.isEmpty, asking.last != scan.sentence { asking.append(scan.sentence) }
        scan.breaks = true
      case .exclamation:
        if scan.marks < 0 { scan.marks = at }
        scan.breaks = true
      case .opening:
        if let markup = Markup.end(bytes, at, range.upperBound) {
          if markup.breaks { scan.breaks = true }
          at = markup.end
          continue
        }
      case .face:
        if let face = Emoticon.at(bytes, at, range) {
          emojis.append(Emoji(scalar: face.scalar, start: at, end: face.end, sentence: scan.sentence))
          at = face.end
          continue
        }
      case .at: atSigns.append(at)
      default: break
      }
      at += 1
    }
  }

  @inline(__always)
  private func append(_ byte: UInt8, _ buffer: UnsafeMutableBufferPointer<UInt8>, _ scan: inout Scan) {
    let count = scan.count
    buffer[count] = byte
    scan.count = count + 1
    scan.hash = (scan.hash ^ UInt64(byte)) &* Self.prime
    if count - scan.normalStart == 2 { scan.beginning = scan.hash }
  }

  /// A letter, mark or picture of more than one byte. Returns where the next begins.
  private mutating func takeBeyond(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ end: Int, _ buffer: UnsafeMutableBufferPointer<UInt8>,
    _ scan: inout Scan
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
      finish(&scan, at: at, buffer)
      finishMarks(&scan, at: at)
      emojis.append(Emoji(scalar: scalar, start: at, end: at + width, sentence: scan.sentence))
      return at + width
    default: break
    }
    let letter = Letter.of(scalar)
    guard letter.isAlphabetic else {
      finish(&scan, at: at, buffer)
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
    if letter.isUpper { scan.capitals += 1 }
    scripts[letter.script.rawValue] += 1
    if letter.marked != 0 { markedLetters.append(letter.marked) }
    var folded = letter.bytes
    for _ in 0..<letter.count {
      append(UInt8(folded & 0xFF), buffer, &scan)
      folded >>= 8
    }
    return at + width
  }

  @inline(__always)
  private mutating func begin(_ scan: inout Scan, at offset: Int) {
    if scan.marks >= 0 { finishMarks(&scan, at: offset) }
    scan.start = offset
    scan.normalStart = scan.count
    scan.hash = Self.offsetBasis
    scan.beginning = 0
    scan.capitals = 0
    scan.letters = 0
    scan.hasDigit = false
    scan.isDrawnOut = false
    scan.stopped = false
  }

  @inline(__always)
  private mutating func finish(_ scan: inout Scan, at offset: Int, _ buffer: UnsafeMutableBufferPointer<UInt8>) {
    guard scan.start >= 0 else { return }
    let begins = scan.breaks || scan.sentenceWords >= Self.sentenceMax
    if begins {
      if !words.isEmpty { scan.sentence += 1 }
      scan.sentenceWords = 0
    }
    scan.sentenceWords += 1
    letterCount += scan.letters
    var marks = scan.hasDigit ? Word.Marks.digit : []
    if scan.letters >= 2, scan.capitals == scan.letters, !scan.hasDigit { marks.insert(.capitals) }
    if scan.isDrawnOut { marks.insert(.drawnOut) }
    if begins { marks.insert(.begins) }
    words.append(
      Word(
        Range(uncheckedBounds: (scan.start, offset)), normal: Range(uncheckedBounds: (scan.normalStart, scan.count)),
        hash: scan.hash, beginning: scan.beginning, sentence: scan.sentence, marks))
    buffer[scan.count] = 0x20
    scan.count += 1
    scan.start = -1
    scan.breaks = false
    scan.stopped = false
  }

  private mutating func finishMarks(_ scan: inout Scan, at offset: Int) {
    guard scan.marks >= 0 else { return }
    exclamations.append(scan.marks..<offset)
    scan.marks = -1
  }

  private enum Kind {
    case other, letter, digit, apostrophe, beyond, blank, line, stop, question, exclamation, opening, face, at
  }

  @inline(__always)
  private static func kind(_ byte: UInt8) -> Kind {
    if byte | 0x20 >= 0x61, byte | 0x20 <= 0x7A { return .letter }
    switch byte {
    case UInt8(ascii: " "), 0x09, 0x0D: return .blank
    case 0x30...0x39: return .digit
    case 0x80...: return .beyond
    case UInt8(ascii: "'"), UInt8(ascii: "`"): return .apostrophe
    case 0x0A: return .line
    case UInt8(ascii: "."): return .stop
    case UInt8(ascii: "?"): return .question
    case UInt8(ascii: "!"): return .exclamation
    case UInt8(ascii: "<"), UInt8(ascii: "&"): return .opening
    case UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "="): return .face
    case UInt8(ascii: "@"): return .at
    default: return .other
    }
  }
}
