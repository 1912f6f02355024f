/// One setting: everything about it is here, and `--help`, the reference, the check of values and the error messages come
/// from it.
struct Setting: Sendable {
  /// What values it takes.
  enum Kind: Sendable {
    case text
    /// Several words, with commas between them; in a file a list will do.
    case list
    /// Several `name=value`, with commas between them; in a file a mapping will do.
    case pairs
    case oneOf([String])
    case integer(ClosedRange<Int>)
    /// Written as `250ms`, `20s`, `5m`, `1h`.
    case duration(ClosedRange<Duration>)
  }

  /// `session.timeout`; in the environment `HEED_SESSION_TIMEOUT`.
  let name: String
  let kind: Kind
  /// Empty if there is none.
  let standard: String
  let isSecret: Bool
  /// One sentence, with the reason for the default.
  let words: String

  var environmentName: String {
    "HEED_" + name.map { $0 == "." ? "_" : String($0).uppercased() }.joined()
  }

  /// What is wrong with `value`, if something is.
  func problem(with value: String) -> String? {
    switch kind {
    case .text, .list: return nil
    case .pairs:
      return Self.pairs(in: value) == nil ? "must be name=value, several with commas between them" : nil
    case .oneOf(let words): return words.contains(value) ? nil : "must be one of \(words.joined(separator: ", "))"
    case .integer(let range):
      guard let number = Int(value), range.contains(number) else {
        return "must be a whole number from \(range.lowerBound) to \(range.upperBound)"
      }
    case .duration(let range):
      guard let duration = Duration(setting: value), range.contains(duration) else {
        return
          "must be a duration from \(range.lowerBound.settingText) to \(range.upperBound.settingText), such as 250ms, 20s or 5m"
      }
    }
    return nil
  }

  /// The pairs in `text`; `nil` if it is none.
  static func pairs(in text: String) -> [(name: String, value: String)]? {
    var pairs: [(name: String, value: String)] = []
    for item in list(in: text) {
      let sides = item.split(separator: "=", maxSplits: 1).map(\.trimmingSpace)
      guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty, !pairs.contains(where: { $0.name == sides[0] })
      else { return nil }
      pairs.append((sides[0], sides[1]))
    }
    return pairs
  }

  /// The words in `text`.
  static func list(in text: String) -> [String] {
    text.split(separator: ",").map(\.trimmingSpace).filter { !$0.isEmpty }
  }

  var kindWords: String {
    switch kind {
    case .text: "text"
    case .list: "words, with commas"
    case .pairs: "name=value, with commas"
    case .oneOf(let words): words.joined(separator: " | ")
    case .integer(let range): "\(range.lowerBound)...\(range.upperBound)"
    case .duration(let range): "\(range.lowerBound.settingText)...\(range.upperBound.settingText)"
    }
  }
}

extension StringProtocol {
  /// Without space at both ends.
  var trimmingSpace: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

extension Duration {
  init?(setting text: String) {
    let units: [(String, Int64)] = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000)]
    for (unit, milliseconds) in units where text.hasSuffix(unit) {
      guard let count = Int64(text.dropLast(unit.count)), count >= 0, count < 1_000_000_000 else { continue }
      self = .milliseconds(count * milliseconds)
      return
    }
    return nil
  }

  var settingText: String {
    let milliseconds = Int64(self / .milliseconds(1))
    for (unit, size) in [("h", Int64(3_600_000)), ("m", 60_000), ("s", 1_000)] where milliseconds % size == 0 {
      return "\(milliseconds / size)\(unit)"
    }
    return "\(milliseconds)ms"
  }
}
