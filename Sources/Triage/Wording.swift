internal import Events

// Names of ours as people read them. All of them are ASCII, so nearly always bytes are changed; what is not is left to Swift.
extension String {
  /// `in_transit` as two words.
  var asWords: String {
    let underscore = UInt8(ascii: "_")
    guard utf8.contains(underscore) else { return self }
    guard isASCII else { return replacing("_", with: " ") }
    return String(decoding: utf8.map { $0 == underscore ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
  }

  /// With a capital at its beginning.
  var capitalisedFirst: String {
    startingWith(UInt8(ascii: "a")...UInt8(ascii: "z")) ?? (prefix(1).uppercased() + dropFirst())
  }

  /// With a small letter at its beginning.
  var uncapitalisedFirst: String {
    startingWith(UInt8(ascii: "A")...UInt8(ascii: "Z")) ?? (prefix(1).lowercased() + dropFirst())
  }

  var isASCII: Bool { utf8.allSatisfy { $0 < 0x80 } }

  /// With the first letter in the other case, if it is one of these; `nil` if its end is not sure to be behind one byte.
  private func startingWith(_ letters: ClosedRange<UInt8>) -> String? {
    var bytes = utf8.makeIterator()
    guard let first = bytes.next(), first > 0x20, first < 0x80, bytes.next() ?? 0 < 0x80 else { return nil }
    guard letters.contains(first) else { return self }
    var changed = Array(utf8)
    changed[0] ^= 0x20
    return String(decoding: changed, as: UTF8.self)
  }
}

/// Words that grow by pieces: what interpolation does, without a text for each piece in between.
struct Paragraph {
  private var text = ""

  init() { text.reserveCapacity(384) }

  var words: Redacted { Redacted(ours: text) }

  mutating func add(_ pieces: Redacted...) {
    for piece in pieces { text += piece.text }
  }

  /// Adds words of the policy, the model or the program, or identifiers.
  mutating func add(ours pieces: String...) {
    for piece in pieces { text += piece }
  }
}
