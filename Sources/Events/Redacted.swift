/// Words that may stand in what is written: ours, or somebody's without their personal data.
///
/// Decisions, case summaries and insights take `Redacted` and no `String` for whatever came from a source, so that the compiler
/// refuses what nobody looked at. There are three ways to one, each said at the place where it is gone:
///
/// - `Redacted(text)` (in `Classifier`, which can see personal data): a text from outside. Each e-mail address, phone number and
///   so on becomes the name of its kind: `[email]`.
/// - a literal: our own words. Into a literal only `Redacted` and numbers can be put, so `"\(tier) customer"` is one if `tier` is.
/// - `Redacted(ours:)`: a name or words of the policy, the model or the program, or an identifier. Identifiers are how the
///   systems around us know a ticket, an order or a customer; changed, they would be of no use.
public struct Redacted: Sendable, Hashable {
  /// The words, fit to be written.
  public let text: String

  /// Words from the policy, the model or the program, or an identifier.
  public init(ours text: String) { self.text = text }

  /// `text` with each of the `places` replaced by the name of what stands there.
  package init(_ text: String, places: [Reading.Entity]) {
    var text = text
    self.text = text.withUTF8 { bytes in
      var kept: [UInt8] = []
      var at = 0
      for place in places.sorted(by: { $0.span < $1.span }) where place.span.end > at {
        let start = min(max(place.span.start, at), bytes.count)
        kept += bytes[at..<start]
        kept += "[\(place.kind.rawValue)]".utf8
        at = min(place.span.end, bytes.count)
      }
      return String(decoding: kept + bytes[at...], as: UTF8.self)
    }
  }

  /// Whether there are none.
  public var isEmpty: Bool { text.isEmpty }
}

extension Redacted: ExpressibleByStringInterpolation {
  /// A literal with words that are redacted and numbers in it.
  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    /// An empty one.
    public init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + 24 * interpolationCount)
    }
    /// Our own words.
    public mutating func appendLiteral(_ literal: String) { text += literal }
    /// Words that are redacted.
    public mutating func appendInterpolation(_ words: Redacted) { text += words.text }
    /// A number.
    public mutating func appendInterpolation(_ number: Int) { text += String(number) }
    /// A moment.
    public mutating func appendInterpolation(_ time: Timestamp) { text += time.rfc3339 }
    /// Words from the policy, the model or the program, or an identifier.
    public mutating func appendInterpolation(ours words: String) { text += words }
  }

  /// Our own words.
  public init(stringLiteral words: String) { text = words }
  /// Our own words, with others in them.
  public init(stringInterpolation words: StringInterpolation) { text = words.text }
}

extension [Redacted] {
  /// All of them, with `separator` between each two.
  public func joined(separator: Redacted) -> Redacted {
    guard count > 1 else { return first ?? "" }
    return Redacted(ours: map(\.text).joined(separator: separator.text))
  }
}

extension JSONWriter {
  /// Writes a field with words that are redacted.
  mutating func words(_ name: StaticString, _ value: Redacted) { field(name, value.text) }

  /// Writes a field with words that are redacted, or leaves it out.
  mutating func words(_ name: StaticString, optional value: Redacted?) { field(name, optional: value?.text) }

  /// Writes a field with a list of words that are redacted.
  mutating func words(_ name: StaticString, _ values: [Redacted]) { field(name, array: values) { $0.string($1.text) } }
}
