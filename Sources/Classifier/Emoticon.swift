/// Faces made of marks: `:-)`, `:(`, `;)`, `:D`, `:/`, `:'(`, `=)`.
enum Emoticon {
  /// The face at `start`, as the picture it stands for. A colon behind a letter or digit is no face (`Order:(see below)`), nor
  /// is one before a path (`http://`).
  static func at(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ range: Range<Int>
  ) -> (scalar: Unicode.Scalar, end: Int)? {
    if start > range.lowerBound, isWord(bytes[start - 1]) { return nil }
    var at = start + 1
    var cries = false
    if at < range.upperBound, bytes[at] == UInt8(ascii: "'") {
      cries = true
      at += 1
    }
    if at < range.upperBound, bytes[at] == UInt8(ascii: "-") { at += 1 }
    guard at < range.upperBound else { return nil }
    let scalar: Unicode.Scalar
    switch bytes[at] {
    case UInt8(ascii: ")"), UInt8(ascii: "]"): scalar = "\u{1F642}"
    case UInt8(ascii: "D"): scalar = "\u{1F600}"
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "c"): scalar = cries ? "\u{1F622}" : "\u{1F641}"
    case UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "|"): scalar = "\u{1F615}"
    case UInt8(ascii: "@"): scalar = "\u{1F620}"
    default: return nil
    }
    // `:D` is a face, `:Details` is not; `:/` is one, `://` is not.
    if at + 1 < range.upperBound, isWord(bytes[at + 1]) || bytes[at + 1] == UInt8(ascii: "/") { return nil }
    return (scalar, at + 1)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte >= 0x80
  }
}
