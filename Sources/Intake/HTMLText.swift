/// The text that a person sees in HTML. In one pass, in time proportional to the length, whatever the HTML is.
///
/// Elements that stand apart become lines; scripts and styles go, since nobody reads them; everything else stays. What was quoted
/// stays too, each line marked with `>` as in a plain mail, and what Outlook puts above a quoted mail becomes the line of underscores that it writes
/// into plain text: the reader of tickets sets both apart itself.
struct HTMLText {
  /// `html` as text.
  static func text(of html: String) -> String {
    var reader = HTMLText(html)
    reader.read()
    return String(decoding: reader.output, as: UTF8.self).trimmed
  }

  /// `text` as a text if it is HTML, and as it is otherwise: fields in which senders put either.
  static func text(ofEither text: String) -> String { looksLikeHTML(text) ? Self.text(of: text) : text }

  /// Whether a known tag stands in it. A person who writes `a < b` writes no tag.
  static func looksLikeHTML(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    var at = 0
    while let open = bytes[at...].firstIndex(of: UInt8(ascii: "<")) {
      let name = tagName(bytes, after: open)
      if block.contains(name) || spoken.contains(name) || silent.contains(name) { return true }
      at = open + 1
    }
    return false
  }

  private let bytes: [UInt8]
  private var at = 0
  private var output: [UInt8] = []
  /// Line breaks and a space that are owed before the next letter.
  private var breaks = 0
  private var owesSpace = false
  private var quoteDepth = 0
  private var preDepth = 0
  // What is not found once is nowhere further on: each is searched for in vain but once.
  private var hasTagEnd = true
  private var hasQuotedEnd = true
  private var missing: Set<String> = []

  /// Deeper quotes are marked no deeper, so that markup cannot multiply the text.
  private static let quoteDepthMax = 4

  private init(_ html: String) {
    bytes = Array(html.utf8)
    output.reserveCapacity(bytes.count)
  }

  private mutating func read() {
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "<"): tag()
      case UInt8(ascii: "&"): reference()
      case 0x20, 0x09, 0x0A, 0x0C, 0x0D: space()
      default: letter()
      }
    }
  }

  // MARK: Text

  private mutating func letter() {
    pay()
    output.append(bytes[at])
    at += 1
  }

  private mutating func space() {
    if preDepth > 0, bytes[at] == 0x0A { breaks = min(breaks + 1, 2) } else { owesSpace = true }
    at += 1
  }

  /// Writes the breaks or the space that are owed.
  private mutating func pay() {
    if output.isEmpty || breaks > 0 {
      if !output.isEmpty { output.append(contentsOf: repeatElement(0x0A, count: breaks)) }
      for _ in 0..<min(quoteDepth, Self.quoteDepthMax) { output.append(contentsOf: [0x3E, 0x20]) }
    } else if owesSpace, output.last != 0x20 {
      output.append(0x20)
    }
    breaks = 0
    owesSpace = false
  }

  private mutating func reference() {
    var end = at + 1
    while end < min(bytes.count, at + 12), Self.isNameByte(bytes[end]) || bytes[end] == UInt8(ascii: "#") { end += 1 }
    guard end < bytes.count, bytes[end] == UInt8(ascii: ";"),
      let scalar = HTMLReferences.scalar(named: String(decoding: bytes[(at + 1)..<end], as: UTF8.self))
    else { return letter() }
    at = end + 1
    if scalar == "\u{A0}" {
      owesSpace = true
    } else if scalar == "\u{AD}" || scalar == "\u{200B}" {
      // Where a word may be broken: no letter of it.
    } else {
      pay()
      output.append(contentsOf: Array(String(scalar).utf8))
    }
  }

  // MARK: Tags

  private mutating func tag() {
    if starts(with: "<!--") { return skip(past: "-->", orTag: 4) }
    let isClosing = at + 1 < bytes.count && bytes[at + 1] == UInt8(ascii: "/")
    let name = Self.tagName(bytes, after: at + (isClosing ? 1 : 0))
    let isDeclaration =
      at + 1 < bytes.count && (bytes[at + 1] == UInt8(ascii: "!") || bytes[at + 1] == UInt8(ascii: "?"))
    guard isDeclaration || endsName(at + (isClosing ? 2 : 1) + name.utf8.count, name), let end = tagEnd() else {
      return letter()
    }
    let attributes = bytes[at..<end]
    at = end
    if Self.silent.contains(name), !isClosing { return skip(past: "</" + name, orTag: 0, throughTag: true) }
    switch name {
    case "br": breaks = min(breaks + 1, 2)
    case "p": stand(apart: 2)
    case "pre":
      preDepth = max(0, preDepth + (isClosing ? -1 : 1))
      stand(apart: 1)
    case "blockquote":
      stand(apart: 1)
      quoteDepth = max(0, quoteDepth + (isClosing ? -1 : 1))
    case "li":
      stand(apart: 1)
      if !isClosing {
        pay()
        output.append(contentsOf: Array("- ".utf8))
      }
    case "td", "th": owesSpace = true
    default:
      if Self.block.contains(name) { stand(apart: 1) }
      if name == "div", !isClosing, Self.holds(attributes, "divRplyFwdMsg") { outlookRule() }
    }
  }

  /// Whether a tag's name ends here: `<emily@example.com>` is an address that somebody forgot to escape.
  private func endsName(_ end: Int, _ name: String) -> Bool {
    guard !name.isEmpty, end < bytes.count else { return false }
    return Self.isNameByte(bytes[end]) || " \t\r\n>/:-".utf8.contains(bytes[end])
  }

  private mutating func stand(apart count: Int) { if !output.isEmpty { breaks = max(breaks, count) } }

  private mutating func outlookRule() {
    stand(apart: 1)
    pay()
    output.append(contentsOf: repeatElement(UInt8(ascii: "_"), count: 32))
    breaks = 1
  }

  /// The place behind the tag that begins here. A quoted `>` does not end it; where a quotation mark has no partner, it does.
  private mutating func tagEnd() -> Int? {
    guard hasTagEnd else { return nil }
    if hasQuotedEnd {
      var mark: UInt8?
      for index in (at + 1)..<bytes.count {
        switch (bytes[index], mark) {
        case (UInt8(ascii: ">"), nil): return index + 1
        case (UInt8(ascii: "\""), nil), (UInt8(ascii: "'"), nil): mark = bytes[index]
        case (let byte, let open?) where byte == open: mark = nil
        default: break
        }
      }
      hasQuotedEnd = false
    }
    if let end = bytes[(at + 1)...].firstIndex(of: UInt8(ascii: ">")) { return end + 1 }
    hasTagEnd = false
    return nil
  }

  /// Goes on behind `mark`; where it never comes nothing is skipped but `count` bytes, so that no text is lost.
  private mutating func skip(past mark: String, orTag count: Int, throughTag: Bool = false) {
    if !missing.contains(mark) {
      let wanted = Array(mark.utf8)
      var place = at
      while place + wanted.count <= bytes.count {
        if wanted.indices.allSatisfy({ Self.lower(bytes[place + $0]) == wanted[$0] }) {
          at = place + wanted.count
          if throughTag { at = bytes[at...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? bytes.count }
          return
        }
        place += 1
      }
      missing.insert(mark)
    }
    at += count
  }

  private func starts(with mark: StaticString) -> Bool {
    at + mark.utf8CodeUnitCount <= bytes.count
      && (0..<mark.utf8CodeUnitCount).allSatisfy { bytes[at + $0] == mark.utf8Start[$0] }
  }

  /// The name behind `<` or `/`, lower-case, of 10 letters at most; empty where none begins.
  private static func tagName(_ bytes: [UInt8], after open: Int) -> String {
    var end = open + 1
    guard end < bytes.count, (0x61...0x7A).contains(lower(bytes[end])) else { return "" }
    while end < min(bytes.count, open + 11), isNameByte(bytes[end]) { end += 1 }
    return String(decoding: bytes[(open + 1)..<end].map(lower), as: UTF8.self)
  }

  private static func holds(_ bytes: ArraySlice<UInt8>, _ word: String) -> Bool {
    bytes.count < 2_000 && String(decoding: bytes, as: UTF8.self).contains(word)
  }

  private static func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(lower(byte)) || (0x30...0x39).contains(byte)
  }

  private static let silent: Set<String> = ["script", "style", "head", "title", "template", "svg"]
  private static let spoken: Set<String> = [
    "a", "b", "i", "u", "s", "em", "strong", "span", "font", "img", "small", "code", "sub", "sup", "mark", "o",
  ]
  private static let block: Set<String> = [
    "html", "body", "p", "br", "div", "ul", "ol", "li", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "h1",
    "h2",
    "h3", "h4", "h5", "h6", "hr", "pre", "center", "blockquote", "section", "article", "header", "footer", "main",
    "nav",
    "dl", "dt", "dd", "address", "figure", "form", "fieldset",
  ]
}
