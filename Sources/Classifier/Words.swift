/// A text cut into words, each with its place in the original, in one pass over its bytes.
///
/// Words are compared in a normal form: lower case, Latin letters without accents (`ß` is `ss`), apostrophes left out, so
/// that `Can't`, `cant` and `CAN’T` are one word. What is not the customer's own (quoted replies, signatures) is left out.
struct Words {
  struct Word {
    /// Bytes of the original text.
    let start: Int
    let end: Int
    /// Bytes of `normal`.
    let normal: Range<Int>
    /// Two letters or more, all capitals, and no digit.
    let isCapitals: Bool
    let hasDigit: Bool
    /// A new sentence or line begins here.
    let beginsSentence: Bool
  }

  private(set) var words: [Word] = []
  private(set) var normal: [UInt8] = []
  /// Runs of `!` and of `?`, two or more, with their places.
  private(set) var exclamations: [Range<Int>] = []
  private(set) var questionMarks = 0
  /// Scalars of scripts that are no Latin ones.
  private(set) var scripts: [Script: Int] = [:]
  /// Latin letters that carry a mark, which tell languages apart.
  private(set) var markedLetters: [Unicode.Scalar: Int] = [:]
  private(set) var letterCount = 0

  enum Script: Hashable {
    case latin, cyrillic, greek, hebrew, arabic, devanagari, thai, hangul, kana, han
  }

  /// The longest text that is read, in bytes; of a longer one the beginning is. Nobody writes 32 KiB by hand.
  static let bytesMax = 32_768

  init(_ text: String) {
    let own = OwnWords(of: text)
    var builder = Builder()
    var offset = 0
    for scalar in text.unicodeScalars {
      let width = UTF8.width(scalar)
      if offset >= Self.bytesMax { break }
      if own.contains(offset) { take(scalar, at: offset, width, &builder) } else { finish(&builder, at: offset) }
      offset += width
    }
    finish(&builder, at: offset)
    finishRun(&builder, at: offset)
  }

  /// The normal form of a word as a string; for tests and look-ups that are not hot.
  func text(_ word: Word) -> String { String(decoding: normal[word.normal], as: UTF8.self) }

  private struct Builder {
    var start: Int?
    var normalStart = 0
    var capitals = 0
    var letters = 0
    var hasDigit = false
    var beginsSentence = true
    var runStart: Int?
    var lineBreaks = 0
  }

  private mutating func take(_ scalar: Unicode.Scalar, at offset: Int, _ width: Int, _ builder: inout Builder) {
    if scalar == "!" {
      if builder.runStart == nil { builder.runStart = offset }
    } else {
      finishRun(&builder, at: offset)
    }
    let isASCIILetter = (scalar.value | 0x20) >= 0x61 && (scalar.value | 0x20) <= 0x7A
    if isASCIILetter || (0x30...0x39).contains(scalar.value) {
      begin(&builder, at: offset)
      if isASCIILetter {
        builder.letters += 1
        letterCount += 1
        if scalar.value < 0x61 { builder.capitals += 1 }
        normal.append(UInt8(scalar.value | 0x20))
      } else {
        builder.hasDigit = true
        normal.append(UInt8(scalar.value))
      }
      return
    }
    switch scalar {
    case "'", "\u{2019}", "\u{00B4}", "`": return  // Inside a word it joins; outside it starts none.
    case "\u{0300}"..."\u{036F}": return  // The mark of a letter that is written in two parts.
    case "?": questionMarks += 1
    default: break
    }
    guard scalar.value >= 0x80, scalar.properties.isAlphabetic else {
      finish(&builder, at: offset)
      if scalar == "." || scalar == "!" || scalar == "?" || scalar == "\n" { builder.beginsSentence = true }
      return
    }
    begin(&builder, at: offset)
    builder.letters += 1
    letterCount += 1
    if scalar.properties.isUppercase { builder.capitals += 1 }
    let script = Self.script(of: scalar)
    if script == .latin {
      let lower = scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
      markedLetters[lower, default: 0] += 1
      normal.append(contentsOf: Self.folded(lower))
    } else {
      scripts[script, default: 0] += 1
      normal.append(contentsOf: Array(scalar.properties.lowercaseMapping.utf8))
    }
  }

  private mutating func begin(_ builder: inout Builder, at offset: Int) {
    guard builder.start == nil else { return }
    builder.start = offset
    builder.normalStart = normal.count
    builder.capitals = 0
    builder.letters = 0
    builder.hasDigit = false
  }

  private mutating func finish(_ builder: inout Builder, at offset: Int) {
    guard let start = builder.start else { return }
    words.append(
      Word(
        start: start, end: offset, normal: builder.normalStart..<normal.count,
        isCapitals: builder.letters >= 2 && builder.capitals == builder.letters && !builder.hasDigit,
        hasDigit: builder.hasDigit, beginsSentence: builder.beginsSentence))
    builder.start = nil
    builder.beginsSentence = false
  }

  private mutating func finishRun(_ builder: inout Builder, at offset: Int) {
    if let start = builder.runStart { exclamations.append(start..<offset) }
    builder.runStart = nil
  }

  private static func script(of scalar: Unicode.Scalar) -> Script {
    switch scalar.value {
    case 0x370...0x3FF: .greek
    case 0x400...0x52F: .cyrillic
    case 0x590...0x5FF: .hebrew
    case 0x600...0x77F: .arabic
    case 0x900...0x97F: .devanagari
    case 0xE00...0xE7F: .thai
    case 0x1100...0x11FF, 0xAC00...0xD7AF: .hangul
    case 0x3040...0x30FF: .kana
    case 0x3400...0x9FFF: .han
    default: .latin
    }
  }

  /// A lower-case Latin letter without its mark.
  private static func folded(_ scalar: Unicode.Scalar) -> [UInt8] {
    switch scalar {
    case "ß": Array("ss".utf8)
    case "æ": Array("ae".utf8)
    case "œ": Array("oe".utf8)
    case "à", "á", "â", "ã", "ä", "å", "ā", "ă", "ą": Array("a".utf8)
    case "ç", "ć", "č": Array("c".utf8)
    case "ď", "đ": Array("d".utf8)
    case "è", "é", "ê", "ë", "ē", "ė", "ę", "ě": Array("e".utf8)
    case "ğ": Array("g".utf8)
    case "ì", "í", "î", "ï", "ī", "ı": Array("i".utf8)
    case "ł": Array("l".utf8)
    case "ñ", "ń", "ň": Array("n".utf8)
    case "ò", "ó", "ô", "õ", "ö", "ø", "ő": Array("o".utf8)
    case "ř": Array("r".utf8)
    case "ś", "š", "ş", "ș": Array("s".utf8)
    case "ť", "ț": Array("t".utf8)
    case "ù", "ú", "û", "ü", "ū", "ů", "ű": Array("u".utf8)
    case "ý", "ÿ": Array("y".utf8)
    case "ź", "ż", "ž": Array("z".utf8)
    default: Array(String(Character(scalar)).utf8)
    }
  }
}
