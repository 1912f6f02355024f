internal import Mustache

/// A piece of text with places for facts, in Mustache: `{{carrier}}`. Text, not HTML: nothing is escaped.
public final class Template: Sendable {
  /// The names of the facts that may stand in a message.
  public static let placeholders = Set(MessageFact.allCases.map(\.rawValue))

  private let mustache: MustacheTemplate
  /// The same in pieces; `nil` where only Mustache can fill it.
  private let pieces: TemplatePieces?
  /// The names it has places for.
  let names: Set<String>

  /// Compiles `text`; throws what is wrong with it, in words.
  init(_ text: String) throws(TemplateProblem) {
    names = Self.names(in: text)
    if let unknown = names.subtracting(Self.placeholders).sorted().first {
      throw TemplateProblem(words: "{{\(unknown)}} is no fact that may stand in a message")
    }
    pieces = TemplatePieces(text)
    do { mustache = try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}" + text) } catch {
      throw TemplateProblem(words: "the braces do not fit together")
    }
  }

  /// The text with the facts put in. A fact that is not there leaves its place empty.
  public func render(_ facts: [String: String]) -> String { render { facts[$0.rawValue] } }

  /// The same, with the facts asked for by name: only those are worked out that the text has a place for.
  public func render(_ fact: (MessageFact) -> String?) -> String {
    guard let pieces else { return renderByMustache { MessageFact(rawValue: $0).flatMap(fact) } }
    var text = ""
    text.reserveCapacity(256)
    pieces.fill(fact, into: &text)
    return text
  }

  /// Whether it is filled without Mustache.
  var isInPieces: Bool { pieces != nil }

  /// What Mustache makes of it: the measure of the pieces in the tests.
  func renderByMustache(_ fact: (String) -> String?) -> String {
    var values: [String: Any] = [:]
    for name in names { values[name] = Self.isFlag(name) ? fact(name) == "true" : fact(name) }
    return mustache.render(values)
  }

  /// Whether a place is a yes or no, which chooses words and is none itself.
  static func isFlag(_ name: String) -> Bool { MessageFact(rawValue: name)?.isFlag ?? false }

  private static func names(in text: String) -> Set<String> {
    var names: Set<String> = []
    for piece in text.components(between: "{{", and: "}}") {
      var name = piece.drop { "#^/&{ ".contains($0) }
      while name.last == " " { name.removeLast() }
      names.insert(String(name))
    }
    return names
  }
}

/// What is wrong with a template.
struct TemplateProblem: Error {
  let words: String
}

extension String {
  fileprivate func components(between open: String, and close: String) -> [Substring] {
    var found: [Substring] = []
    var rest = self[...]
    while let start = rest.firstRange(of: open) {
      rest = rest[start.upperBound...]
      guard let end = rest.firstRange(of: close) else { break }
      found.append(rest[..<end.lowerBound])
      rest = rest[end.upperBound...]
    }
    return found
  }
}
