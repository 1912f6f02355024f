/// Tags and character references of HTML, which some help desks leave in what they pass on.
enum Markup {
  /// Where the tag or reference ends that begins at `start`, and whether it parts sentences as `<p>` and `<br>` do. `nil`
  /// where a person merely wrote `<` or `&`. What stands inside `<style>`, `<script>` and `<blockquote>` goes with the tag:
  /// nobody wrote it now.
  static func end(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ limit: Int
  ) -> (end: Int, breaks: Bool)? {
    bytes[start] == UInt8(ascii: "&") ? reference(bytes, start, limit) : tag(bytes, start, limit)
  }

  /// Where the reference ends if it stands for an apostrophe, which joins two halves of a word: `don&#39;t`.
  static func apostropheEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ limit: Int) -> Int? {
    for name in apostrophes where start + name.count <= limit {
      if name.indices.allSatisfy({ bytes[start + $0] == name[$0] }) { return start + name.count }
    }
    return nil
  }

  private static let apostrophes = ["&#39;", "&#x27;", "&apos;", "&rsquo;", "&#8217;"].map { Array($0.utf8) }

  /// `&nbsp;`, `&#39;`: up to eight letters, digits and `#`, then a semicolon.
  private static func reference(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ limit: Int
  ) -> (end: Int, breaks: Bool)? {
    var at = start + 1
    while at < min(limit, start + 10), isAlphanumeric(bytes[at]) || bytes[at] == UInt8(ascii: "#") { at += 1 }
    guard at > start + 1, at < limit, bytes[at] == UInt8(ascii: ";") else { return nil }
    return (at + 1, false)
  }

  private static func tag(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ limit: Int
  ) -> (end: Int, breaks: Bool)? {
    var at = start + 1
    guard at < limit, bytes[at] == UInt8(ascii: "/") || bytes[at] == UInt8(ascii: "!") || isLetter(bytes[at]) else {
      return nil
    }
    let isClosing = bytes[at] == UInt8(ascii: "/")
    if isClosing { at += 1 }
    let nameStart = at
    while at < limit, isAlphanumeric(bytes[at]) { at += 1 }
    let name = String(decoding: bytes[nameStart..<at], as: UTF8.self).lowercased()
    guard name.isEmpty || tags.contains(name) else { return nil }
    guard let end = find(">", bytes, at, min(limit, at + 2_000)) else { return nil }
    if !isClosing, withContents.contains(name), let close = closing(name, bytes, end, limit) { return (close, true) }
    return (end, !inline.contains(name))
  }

  private static func closing(_ name: String, _ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ limit: Int) -> Int? {
    let wanted = Array(("</" + name).utf8)
    var at = from
    while at + wanted.count <= limit {
      if bytes[at] == wanted[0], (0..<wanted.count).allSatisfy({ bytes[at + $0] | 0x20 == wanted[$0] | 0x20 }) {
        return find(">", bytes, at, limit)
      }
      at += 1
    }
    return nil
  }

  /// The place behind the next `mark`.
  private static func find(
    _ mark: Unicode.Scalar, _ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ limit: Int
  ) -> Int? {
    var at = from
    while at < limit {
      if bytes[at] == UInt8(ascii: mark) { return at + 1 }
      at += 1
    }
    return nil
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
  private static func isAlphanumeric(_ byte: UInt8) -> Bool { isLetter(byte) || (0x30...0x39).contains(byte) }

  private static let withContents: Set<String> = ["style", "script", "blockquote", "head", "title"]
  private static let inline: Set<String> = [
    "a", "b", "i", "u", "s", "em", "strong", "span", "font", "img", "small", "mark",
  ]
  private static let tags: Set<String> = withContents.union(inline).union([
    "html", "body", "p", "br", "div", "ul", "ol", "li", "table", "thead", "tbody", "tr", "td", "th", "h1", "h2", "h3",
    "h4", "h5", "h6", "hr", "pre", "code", "center", "meta", "link", "sub", "sup", "doctype",
  ])
}
