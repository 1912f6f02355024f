public import Events

extension Redacted {
  /// A text from outside without its personal data: `Call [phone]`.
  ///
  /// What is found are forms and numbers; a name in the middle of a title is a word like others. Of a text beyond 32 KiB, which is
  /// all that is looked at, the beginning is kept.
  public init(_ text: String) {
    let kept = Self.lookedAt(text)
    self.init(kept, places: Self.personalData(in: kept))
  }

  /// Where personal data stands in `text`, of which the first 32 KiB are looked at: what `Redacted(text)` takes out, for whoever keeps
  /// places in the text.
  public static func personalData(in text: String) -> [Reading.Entity] {
    // Reading a message passes over quoted history, signatures and markup. Here nothing may be passed over, so line feeds and the
    // brackets of markup are looked at as blanks; nothing changes its place.
    var text = lookedAt(text)
    let bytes = text.withUTF8 { Array($0) }
    let open = bytes.map { $0 < 0x20 || $0 == 0x3C || $0 == 0x3E || $0 == 0x26 ? 0x20 : $0 }
    let flat = String(decoding: open, as: UTF8.self)
    return Entities.find(in: flat, Words(whole: flat)).filter(\.kind.isPersonal)
  }

  /// The beginning of a text that is too long. A character cut at its end is replaced by a longer one, which is why places are those in
  /// this text.
  private static func lookedAt(_ text: String) -> String {
    var text = text
    let bytes = text.withUTF8 { $0.count <= Words.bytesMax ? nil : Array($0.prefix(Words.bytesMax)) }
    return bytes.map { String(decoding: $0, as: UTF8.self) } ?? text
  }

  /// The number of a parcel. In one piece of letters, digits and hyphens it is an identifier, and stays as it is even if it could
  /// be a phone's; else it is a text.
  public init(parcel number: String) {
    let isOnePiece = number.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == UInt8(ascii: "-")
    }
    if isOnePiece { self.init(ours: number) } else { self.init(number) }
  }
}
