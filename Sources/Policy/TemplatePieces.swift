/// A template cut into its pieces once, so that filling it is one walk. Mustache finds each fact by reflection, which was a
/// tenth of all the work on a ticket.
///
/// Only what all messages are made of: places, and sections that stand in one line. Mustache has rules of its own for the lines
/// around a section, and what needs them is left to it.
struct TemplatePieces: Sendable {
  private indirect enum Piece: Sendable {
    case text(String)
    case place(MessageFact)
    /// Shown if the fact is there, or if it is not.
    case section(MessageFact, isThere: Bool, TemplatePieces)
  }

  private var pieces: [Piece] = []

  /// `nil` for what only Mustache understands.
  init?(_ text: String) {
    guard !text.contains(where: \.isNewline) else { return nil }
    var rest = text[...]
    self.init(&rest, inside: nil)
  }

  private init?(_ rest: inout Substring, inside section: Substring?) {
    while let open = rest.firstRange(of: "{{") {
      pieces.append(.text(String(rest[..<open.lowerBound])))
      rest = rest[open.upperBound...]
      guard let close = rest.firstRange(of: "}}") else { return nil }
      let tag = rest[..<close.lowerBound]
      rest = rest[close.upperBound...]
      let name = tag.dropFirst()
      switch tag.first {
      case "/": if name == section { return } else { return nil }
      case "#", "^":
        guard let fact = MessageFact(rawValue: String(name)), let inner = TemplatePieces(&rest, inside: name) else {
          return nil
        }
        pieces.append(.section(fact, isThere: tag.first == "#", inner))
      default:
        guard let fact = MessageFact(rawValue: String(tag)) else { return nil }
        pieces.append(.place(fact))
      }
    }
    guard section == nil else { return nil }
    pieces.append(.text(String(rest)))
  }

  /// Writes the pieces with the facts put in.
  func fill(_ value: (MessageFact) -> String?, into text: inout String) {
    for piece in pieces {
      switch piece {
      case .text(let words): text += words
      case .place(let fact):
        if fact.isFlag { text += value(fact) == "true" ? "true" : "false" } else { text += value(fact) ?? "" }
      case .section(let fact, let isThere, let inner):
        let found = value(fact)
        if (fact.isFlag ? found == "true" : found != nil) == isThere { inner.fill(value, into: &text) }
      }
    }
  }
}
