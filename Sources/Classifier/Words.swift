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
    /// Of the normal form, 64 bits.
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
    words.reserveCapacity(bytes.count / 4 + 4)
    var scan = Scan()
    // A letter can be longer in lower case than in upper case, but never twice as long; eight bytes more can be looked at.
    normal = Array(unsafeUninitializedCapacity: bytes.count * 2 + 10) { buffer, count in
      let buffer = buffer.baseAddress!
      buffer[0] = 0x20
      scan.count = 1
      Self.plain.withUnsafeBufferPointer { plain in
        for range in ranges {
          run(bytes, range, plain.baseAddress!, buffer, &scan)
          finish(&scan, at: range.upperBound, buffer)
          finishMarks(&scan, at: range.upperBound)
          scan.breaks = true
        }
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

  /// The lower case of plain letters, and digits as they are; 0 for all else.
  private static let plain: [UInt8] = (0...255).map { byte in
    switch UInt8(byte) {
    case 0x30...0x39, 0x61...0x7A: UInt8(byte)
    case 0x41...0x5A: UInt8(byte) | 0x20
    default: 0
    }
  }

  private mutating func run(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ plain: UnsafePointer<UInt8>,
    _ buffer: UnsafeMutablePointer<UInt8>, _ scan: inout Scan
  ) {
    let end = range.upperBound
    var at = range.lowerBound
    while at < end {
      let byte = bytes[at]
      if plain[Int(byte)] != 0 {
        if scan.start < 0 { begin(&scan, at: at) }
        at = takePlain(bytes, at, end, plain, buffer, &scan)
        continue
      }
      if byte == 0x20 {
        finish(&scan, at: at, buffer)
        if scan.marks >= 0 { finishMarks(&scan, at: at) }
        if scan.stopped { scan.breaks = true }
        at += 1
        continue
      }
      let kind = Self.kind(byte)
      if kind == .apostrophe {  // Inside a word it joins; outside it starts none.
        at += 1
        continue
      }
      if kind == .beyond {
        at = takeBeyond(bytes, at, end, buffer, &scan)
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

  /// A run of plain letters and digits. Returns where it ends.
  ///
  /// Eight bytes at a time, because where words end cannot be guessed, and each wrong guess costs as much as a word.
  @inline(__always)
  private func takePlain(
    _ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ end: Int, _ plain: UnsafePointer<UInt8>,
    _ buffer: UnsafeMutablePointer<UInt8>, _ scan: inout Scan
  ) -> Int {
    var at = from
    while at &+ 8 <= end {
      let eight = Self.eight(bytes.baseAddress! + at)
      // The high bit of each byte that is a letter or a digit.
      let ascii = ~eight & 0x8080_8080_8080_8080
      let low = eight & 0x7F7F_7F7F_7F7F_7F7F
      let lower = low | 0x2020_2020_2020_2020
      let letters = (lower &+ 0x1F1F_1F1F_1F1F_1F1F) & ~(lower &+ 0x0505_0505_0505_0505) & ascii
      let digits = (low &+ 0x5050_5050_5050_5050) & ~(low &+ 0x4646_4646_4646_4646) & ascii
      let count = (~(letters | digits) & 0x8080_8080_8080_8080).trailingZeroBitCount >> 3
      UnsafeMutableRawPointer(buffer + scan.count).storeBytes(of: lower.littleEndian, as: UInt64.self)
      let taken: UInt64 = count == 8 ? .max : (1 << UInt64(truncatingIfNeeded: count &* 8)) &- 1
      // Bit 5 tells the cases apart.
      if letters & (eight << 2) & taken != 0 { scan.hasSmall = true }
      scan.letters &+= count
      if digits & taken != 0 { takeDigits((digits & taken).nonzeroBitCount, &scan) }
      scan.count &+= count
      at &+= count
      if count < 8 { return at }
    }
    while at < end {
      let lower = plain[Int(bytes[at])]
      guard lower != 0 else { break }
      buffer[scan.count] = lower
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
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ end: Int, _ buffer: UnsafeMutablePointer<UInt8>,
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
    if !letter.isUpper { scan.hasSmall = true }
    scripts[letter.script.rawValue] += 1
    if letter.marked != 0 { markedLetters.append(letter.marked) }
    var folded = letter.bytes
    for _ in 0..<letter.count {
      buffer[scan.count] = UInt8(folded & 0xFF)
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

  @inline(__always)
  private mutating func finish(_ scan: inout Scan, at offset: Int, _ buffer: UnsafeMutablePointer<UInt8>) {
    guard scan.start >= 0 else { return }
    let begins = scan.breaks || scan.sentenceWords >= Self.sentenceMax
    if begins {
      if !words.isEmpty { scan.sentence += 1 }
      scan.sentenceWords = 0
    }
    scan.sentenceWords += 1
    let from = scan.normalStart
    letterCount += scan.letters
    var marks = scan.hasDigit ? Word.Marks.digit : []
    if scan.letters >= 2, !scan.hasSmall, !scan.hasDigit { marks.insert(.capitals) }
    if Self.hasTriple(buffer, from, scan.count), Self.squeeze(buffer, from, &scan.count) { marks.insert(.drawnOut) }
    if begins { marks.insert(.begins) }
    let count = scan.count
    words.append(
      Word(
        Range(uncheckedBounds: (scan.start, offset)), normal: Range(uncheckedBounds: (from, count)),
        hash: Self.hash(buffer + from, count - from),
        beginning: count - from < 3 ? 0 : Self.hash(buffer + from, 3), sentence: scan.sentence, marks))
    buffer[count] = 0x20
    scan.count = count + 1
    scan.start = -1
    scan.breaks = false
    scan.stopped = false
  }

  /// Of up to eight bytes at a time, each number of them in its own way, so that `a` and `a` with a zero behind it differ.
  @inline(__always)
  private static func hash(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
    var at = 0
    while at &+ 8 <= count {
      hash = (hash ^ eight(bytes + at)) &* 0xFF51_AFD7_ED55_8CCD
      hash ^= hash >> 32
      at &+= 8
    }
    if at < count {
      let rest = eight(bytes + at) & ((1 << UInt64(truncatingIfNeeded: (count &- at) &* 8)) &- 1)
      hash = (hash ^ rest) &* 0xFF51_AFD7_ED55_8CCD
      hash ^= hash >> 32
    }
    hash &*= 0xC4CE_B9FE_1A85_EC53
    return hash ^ (hash >> 29)
  }

  @inline(__always)
  private static func eight(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
  }

  /// Whether one byte stands there three times in a row.
  @inline(__always)
  private static func hasTriple(_ buffer: UnsafeMutablePointer<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var at = from
    while at &+ 3 <= to {
      // Of eight bytes the first six can begin a row of three; a zero byte of `same` is one.
      let bytes = eight(buffer + at)
      let same = (bytes ^ (bytes >> 8)) | (bytes ^ (bytes >> 16))
      let zeros = (same &- 0x0000_0101_0101_0101) & ~same & 0x0000_8080_8080_8080
      if zeros != 0 {
        // The lowest one is true; it counts where the word does not end before it.
        if at &+ zeros.trailingZeroBitCount >> 3 &+ 3 <= to { return true }
      }
      at &+= 6
    }
    return false
  }

  /// Leaves two of each row of one letter. Digits stay as they are.
  private static func squeeze(_ buffer: UnsafeMutablePointer<UInt8>, _ from: Int, _ to: inout Int) -> Bool {
    var count = from
    for at in from..<to {
      let byte = buffer[at]
      if byte > 0x39, count >= from + 2, buffer[count - 1] == byte, buffer[count - 2] == byte { continue }
      buffer[count] = byte
      count += 1
    }
    defer { to = count }
    return count < to
  }

  private mutating func finishMarks(_ scan: inout Scan, at offset: Int) {
    guard scan.marks >= 0 else { return }
    exclamations.append(scan.marks..<offset)
    scan.marks = -1
  }

  private enum Kind {
    case other, apostrophe, beyond, blank, line, stop, question, exclamation, opening, face, at
  }

  @inline(__always)
  private static func kind(_ byte: UInt8) -> Kind {
    switch byte {
    case UInt8(ascii: " "), 0x09, 0x0D: return .blank
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
