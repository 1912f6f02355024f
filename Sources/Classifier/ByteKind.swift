/// What a byte that is no plain letter and no digit means between words.
enum ByteKind {
  case other, apostrophe, beyond, blank, line, stop, question, exclamation, opening, face, at

  @inline(__always)
  init(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: " "), 0x09, 0x0D: self = .blank
    case 0x80...: self = .beyond
    case UInt8(ascii: "'"), UInt8(ascii: "`"): self = .apostrophe
    case 0x0A: self = .line
    case UInt8(ascii: "."): self = .stop
    case UInt8(ascii: "?"): self = .question
    case UInt8(ascii: "!"): self = .exclamation
    case UInt8(ascii: "<"), UInt8(ascii: "&"): self = .opening
    case UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "="): self = .face
    case UInt8(ascii: "@"): self = .at
    default: self = .other
    }
  }

  /// Whether a byte is a letter without a mark or a digit.
  @inline(__always)
  static func isPlain(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 }

  /// Whether a word surely ends before this byte. Behind an apostrophe, a letter beyond ASCII, a digit and a reference to one of
  /// these it may go on.
  @inline(__always)
  static func endsWord(_ byte: UInt8) -> Bool {
    // A bit for each byte of ASCII, because one look costs less than a guess.
    let half: UInt64 = byte & 0x40 == 0 ? 0xEC00_FF3F_FFFF_FFFF : 0xF800_0000_F800_0001
    return byte < 0x80 && half &>> UInt64(byte & 0x3F) & 1 != 0
  }
}
