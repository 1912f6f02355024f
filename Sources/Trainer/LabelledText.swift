public import Foundation

/// A text with what a person said about it: a line of a label file.
///
/// A label file is NDJSON (one object a line) or CSV (RFC 4180, with a header), UTF-8. Fields: `text` (required; `subject` may
/// stand beside it), `intents` (the main one first, then other requests of the same text) or `intent`, `accept` or
/// `alsoAccept` (labels that are right, too), `sentiment` (-2 to 2, or `negative`, `neutral`, `positive`), `pressure` (`none`,
/// `pressing`, `deadline`, `danger`), `signals`, `language` (BCP 47), `source`. What is absent is not known, and teaches
/// nothing; in CSV lists are parted by blanks or semicolons.
public struct LabelledText: Sendable, Hashable {
  /// The subject line, if there is one.
  public var subject = ""
  /// What the customer wrote.
  public var text: String
  /// What is wanted, the main request first; empty where nobody said.
  public var intents: [String] = []
  /// Intents that a fair judge would also call right.
  public var accepted: [String] = []
  /// The feeling, as far as it is known.
  public var sentiment: Feeling?
  /// How pressing the words are.
  public var pressure: String?
  /// Signals that must be noticed; `nil` where nobody looked for any.
  public var signals: Set<String>?
  /// BCP 47.
  public var language: String?
  /// Where it comes from: weights and slices go by it.
  public var source = ""

  /// A feeling on five levels, or only its direction.
  public enum Feeling: Sendable, Hashable {
    /// -2 to 2.
    case level(Int)
    /// -1, 0 or 1: negative, neutral, positive, and how much is not known.
    case direction(Int)

    /// -1, 0 or 1.
    public var sign: Int {
      switch self {
      case .level(let level): level.signum()
      case .direction(let direction): direction
      }
    }
  }

  /// A text about which nothing is known.
  public init(text: String) { self.text = text }
}

/// What is wrong with a label file. Names the line, never the text.
public struct LabelProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// The first line is 1.
  public let line: Int
  /// What is wrong.
  public let words: String
  /// For people.
  public var description: String { "line \(line): \(words)" }
}

extension LabelledText {
  /// The rows of a label file; CSV where the first byte is not `{`.
  ///
  /// Throws: `LabelProblem` at the first line that cannot be read; correct it there.
  public static func rows(of file: Data, source: String) throws -> [LabelledText] {
    let first = file.first { $0 > 0x20 }
    return first == UInt8(ascii: "{") ? try ndjson(file, source: source) : try csv(file, source: source)
  }

  private static func ndjson(_ file: Data, source: String) throws -> [LabelledText] {
    var rows: [LabelledText] = []
    let decoder = JSONDecoder()
    for (index, line) in file.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    where line.contains(where: { $0 > 0x20 }) {
      let fields: Fields
      do { fields = try decoder.decode(Fields.self, from: Data(line)) } catch {
        throw LabelProblem(line: index + 1, words: "no object with a text")
      }
      rows.append(try LabelledText(fields, line: index + 1, source: source))
    }
    return rows
  }

  private static func csv(_ file: Data, source: String) throws -> [LabelledText] {
    guard let text = String(data: file, encoding: .utf8) else { throw LabelProblem(line: 1, words: "not UTF-8") }
    var records = CSV.records(of: text)[...]
    guard let header = records.popFirst()?.fields, header.contains("text") else {
      throw LabelProblem(line: 1, words: "a header with the column text is missing")
    }
    return try records.map { record in
      guard record.fields.count == header.count else {
        throw LabelProblem(line: record.line, words: "\(record.fields.count) fields instead of \(header.count)")
      }
      var columns: [String: String] = [:]
      for (name, value) in zip(header, record.fields) where !value.isEmpty { columns[name] = value }
      func list(_ name: String) -> [String]? {
        columns[name].map { $0.split { " ;,+".contains($0) }.map(String.init) }
      }
      return try LabelledText(
        Fields(
          text: columns["text"] ?? "", subject: columns["subject"], intent: columns["intent"], intents: list("intents"),
          accept: list("accept"), alsoAccept: list("alsoAccept"),
          sentiment: columns["sentiment"].map { Int($0).map(Fields.Feeling.number) ?? .word($0) },
          level: nil, pressure: columns["pressure"], signals: list("signals"), language: columns["language"],
          source: columns["source"]), line: record.line, source: source)
    }
  }

  private struct Fields: Decodable {
    var text: String
    var subject: String?
    var intent: String?
    var intents: [String]?
    var accept: [String]?
    var alsoAccept: [String]?
    var sentiment: Feeling?
    var level: Int?
    var pressure: String?
    var signals: [String]?
    var language: String?
    var source: String?

    enum Feeling: Decodable {
      case number(Int)
      case word(String)
      init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let number = try? value.decode(Int.self) {
          self = .number(number)
        } else {
          self = .word(try value.decode(String.self))
        }
      }
    }
  }

  private init(_ fields: Fields, line: Int, source: String) throws {
    text = fields.text
    subject = fields.subject ?? ""
    intents = fields.intents ?? fields.intent.map { [$0] } ?? []
    accepted = fields.accept ?? fields.alsoAccept ?? []
    pressure = fields.pressure
    signals = fields.signals.map { Set($0) }
    language = fields.language
    self.source = fields.source ?? source
    switch fields.sentiment {
    case nil: break
    case .number(let level):
      guard (-2...2).contains(level) else { throw LabelProblem(line: line, words: "a sentiment is -2 to 2") }
      sentiment = .level(level)
    case .word(let word):
      guard let direction = ["negative": -1, "neutral": 0, "positive": 1][word] else {
        throw LabelProblem(line: line, words: "a sentiment is -2 to 2, negative, neutral or positive")
      }
      if let level = fields.level, level.signum() == direction {
        sentiment = .level(level)
      } else {
        sentiment = .direction(direction)
      }
    }
    if let pressure, !["none", "pressing", "deadline", "danger"].contains(pressure) {
      throw LabelProblem(line: line, words: "a pressure is none, pressing, deadline or danger")
    }
  }
}
