/// A piece of HTML. What is interpolated is text and is escaped, unless it is markup itself:
///
///     let cell: Markup = "<td>\(name)</td>"
public struct Markup: ExpressibleByStringInterpolation, CustomStringConvertible, Sendable {
  /// The HTML.
  public private(set) var description: String

  /// HTML that we wrote.
  public init(stringLiteral value: String) { description = value }

  /// HTML that we wrote, with text and markup in it.
  public init(stringInterpolation: StringInterpolation) { description = stringInterpolation.html }

  /// `parts` one after another.
  public init(_ parts: some Sequence<Markup>) { description = parts.map(\.description).joined() }

  /// What is put into markup: text is escaped, markup and numbers are not.
  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var html = ""

    /// An empty one.
    public init(literalCapacity: Int, interpolationCount: Int) {
      html.reserveCapacity(literalCapacity + interpolationCount * 16)
    }

    /// HTML that we wrote.
    public mutating func appendLiteral(_ literal: String) { html += literal }

    /// Markup as it is.
    public mutating func appendInterpolation(_ markup: Markup) { html += markup.description }

    /// Markup as it is, one after another.
    public mutating func appendInterpolation(_ parts: [Markup]) { for part in parts { html += part.description } }

    /// A number.
    public mutating func appendInterpolation(_ number: Int) { html += String(number) }

    /// Text, be it in an element or in a quoted attribute.
    public mutating func appendInterpolation(_ text: String) {
      for character in text.unicodeScalars {
        switch character {
        case "&": html += "&amp;"
        case "<": html += "&lt;"
        case ">": html += "&gt;"
        case "\"": html += "&quot;"
        case "'": html += "&#39;"
        // Marks of direction would turn round what follows, and controls have no place in a page; the letters of a language that is
        // written from right to left need neither.
        case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}", "\u{0}"..."\u{8}", "\u{B}"..."\u{1F}",
          "\u{7F}"..."\u{9F}":
          break
        default: html.unicodeScalars.append(character)
        }
      }
    }
  }
}
