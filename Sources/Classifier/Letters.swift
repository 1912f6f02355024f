/// What one letter beyond ASCII is: to which bytes it folds, its case and its script.
///
/// Looked up in a table for the scripts of Europe, because asking Unicode for each letter is the slowest thing a reader
/// can do; all others are asked for.
struct Letter {
  /// Up to four bytes of the folded, lower-case form.
  let bytes: UInt32
  let count: UInt8
  let isAlphabetic: Bool
  let isUpper: Bool
  let script: Script
  /// The lower-case letter itself where it tells languages of one script apart (`ñ`, `ß`, `ї`, `پ`); 0 where it does not.
  let marked: UInt32

  enum Script: Int {
    case latin, cyrillic, greek, hebrew, arabic, devanagari, thai, hangul, kana, han
  }

  static func of(_ scalar: Unicode.Scalar) -> Letter {
    scalar.value < UInt32(table.count) ? table[Int(scalar.value)] : Letter(scalar)
  }

  private static let table: [Letter] = (0..<0x530).map { Letter(Unicode.Scalar(UInt32($0))!) }

  private init(_ scalar: Unicode.Scalar) {
    let properties = scalar.properties
    isAlphabetic = properties.isAlphabetic
    isUpper = properties.isUppercase
    script = Self.script(of: scalar)
    let lower = properties.lowercaseMapping.unicodeScalars.first ?? scalar
    marked =
      isAlphabetic && (script == .latin && scalar.value >= 0x80 || Self.telling.contains(lower)) ? lower.value : 0
    let folded = script == .latin ? Self.folded(lower) : Array(String(Character(lower)).utf8)
    var bytes: UInt32 = 0
    for (index, byte) in folded.prefix(4).enumerated() { bytes |= UInt32(byte) << (8 * UInt32(index)) }
    self.bytes = bytes
    count = UInt8(min(folded.count, 4))
  }

  /// Letters that some of the languages written in Cyrillic or Arabic letters have and others have not.
  static let telling: Set<Unicode.Scalar> = [
    "ъ", "ы", "э", "ё", "й", "щ", "і", "ї", "є", "ґ", "ў", "ј", "љ", "њ", "ћ", "ђ", "џ", "ѓ", "ќ", "ѕ",
    "پ", "چ", "ژ", "گ", "ک", "ی", "ٹ", "ڈ", "ڑ", "ے", "ں", "ہ", "ة", "ى", "ك", "ي",
  ]

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
