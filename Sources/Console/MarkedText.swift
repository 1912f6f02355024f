internal import Classifier
public import Events

/// A message as people may see it: without personal data, and with the places marked that led to the reading.
public struct MarkedText: Sendable, Hashable {
  /// What a piece of the text is.
  public enum Mark: Sendable, Hashable {
    /// It shows an intent, a feeling or urgency: `anger`, `capitals`.
    case cue(String)
    /// It must be noticed: `legal_threat`.
    case signal(String)
    /// It names something: `order`.
    case entity(String)
    /// Personal data stood here; the kind is left of it.
    case hidden(String)

    /// What is shown.
    public var name: String {
      switch self {
      case .cue(let name), .signal(let name), .entity(let name), .hidden(let name): name
      }
    }
  }
  /// A run of words, or what stands for personal data.
  public struct Piece: Sendable, Hashable {
    /// The words; for what is hidden the name of its kind in brackets.
    public let text: String
    /// What they are, if they are anything.
    public let mark: Mark?
  }

  /// The text in order.
  public let pieces: [Piece]
  /// Whether more was written than is kept.
  public let isCut: Bool

  /// How many bytes are kept of one message.
  public static let bytesMax = 8_192

  /// `text` with the `places` that a decision names in it. Personal data is looked for again, also where a reading passes over the
  /// text, such as quoted history, and hides whatever else stands in its place.
  public init(_ text: String, marks places: [(span: Reading.Span, mark: Mark)]) {
    var text = text
    let bytes = text.withUTF8 { Array($0) }
    let personal = Redacted.personalData(in: text).map { (span: $0.span, mark: Mark.hidden($0.kind.rawValue)) }
    var marks: [Mark] = []
    var painted = [Int](repeating: 0, count: bytes.count)
    for (span, mark) in places + personal where span.start >= 0 && span.start < min(span.end, bytes.count) {
      marks.append(mark)
      for place in span.start..<min(span.end, bytes.count) {
        // What is hidden stays so, whatever else the decision says about the place.
        if painted[place] > 0, case .hidden = marks[painted[place] - 1], mark.isVisible { continue }
        painted[place] = marks.count
      }
    }
    var pieces: [Piece] = []
    var start = 0
    while start < min(bytes.count, Self.bytesMax) {
      let end = painted[start...].firstIndex { $0 != painted[start] } ?? bytes.count
      let mark = painted[start] > 0 ? marks[painted[start] - 1] : nil
      let words = String(decoding: bytes[start..<min(end, Self.bytesMax)], as: UTF8.self)
      if let mark, case .hidden(let kind) = mark {
        pieces.append(Piece(text: "[\(kind)]", mark: mark))
      } else {
        pieces.append(Piece(text: words, mark: mark))
      }
      start = end
    }
    self.pieces = pieces
    isCut = bytes.count > Self.bytesMax
  }

  /// The text alone.
  public var text: String { pieces.map(\.text).joined() }
}

extension MarkedText.Mark {
  fileprivate var isVisible: Bool {
    if case .hidden = self { false } else { true }
  }
}
