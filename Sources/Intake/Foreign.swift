internal import Events

/// A place in a foreign document, whatever stands there. Senders disagree about types and leave fields out, so reading is lenient:
/// what is not there, is `null` or is of another type is `nil`, and only what an event cannot do without is a failure.
struct Foreign {
  let value: JSONTree
  /// A JSON Pointer of names in our source or in a mapping, so that it may stand in an error.
  let path: String

  init(_ value: JSONTree, path: String = "") {
    self.value = value
    self.path = path
  }

  /// The field of that name; `null` where there is none.
  subscript(name: String) -> Foreign { Foreign(value[name] ?? .null, path: "\(path)/\(name)") }

  /// The first of these fields that is there.
  func first(_ names: String...) -> Foreign {
    names.lazy.map { self[$0] }.first(where: \.isPresent) ?? self[names[0]]
  }

  var isPresent: Bool { value != .null }
  var isList: Bool { if case .array = value { true } else { false } }
  var isObject: Bool { if case .object = value { true } else { false } }

  /// The elements of a list; none of anything else.
  var elements: [Foreign] {
    guard case .array(let elements) = value else { return [] }
    return elements.enumerated().map { Foreign($1, path: "\(path)/\($0)") }
  }

  /// A text as it stands, or the digits of a number; `nil` if nothing but space is in it.
  var text: String? {
    switch value {
    case .string(let text): text.allSatisfy(\.isWhitespace) ? nil : text
    case .number(let digits): digits
    case .null, .boolean, .array, .object: nil
    }
  }

  /// A word to be looked up: lower-case, without space around it, words joined by `_`.
  var word: String? {
    text.map { text in
      text.trimmed.lowercased().split { $0 == " " || $0 == "-" || $0 == "_" }.joined(separator: "_")
    }
  }

  /// An id: a text without space around it, or an integer, digit by digit. `5158` and `"5158"` are one.
  var id: String? {
    switch value {
    case .string(let text):
      let id = text.trimmed
      // Shopify's GraphQL and its webhooks name one object `gid://shopify/Order/1` and `1`.
      return id.isEmpty ? nil : id.hasPrefix("gid://") ? id.split(separator: "/").last.map(String.init) : id
    case .number(let digits):
      // Without fraction and exponent; Zendesk's own rules act as -1.
      return digits.utf8.dropFirst(digits.hasPrefix("-") ? 1 : 0).allSatisfy { (0x30...0x39).contains($0) }
        ? digits : nil
    case .null, .boolean, .array, .object: return nil
    }
  }

  /// `true` or `false`, also as a text or 1 and 0.
  var flag: Bool? {
    if case .boolean(let flag) = value { return flag }
    switch word {
    case "true", "yes", "1": return true
    case "false", "no", "0": return false
    default: return nil
    }
  }

  /// An amount as a decimal text.
  var decimal: String? { text?.trimmed }

  /// A list of texts, or one text with `separators` between them.
  func words(separatedBy isSeparator: (Character) -> Bool) -> [String] {
    if case .array = value { return elements.compactMap { ($0.text ?? $0["name"].text)?.trimmed } }
    return text?.split(whereSeparator: isSeparator).map { String($0).trimmed }.filter { !$0.isEmpty } ?? []
  }

  /// A moment: RFC 3339, or seconds or milliseconds since 1970. `nil` where there is none.
  func time() throws(IntakeFailure) -> Timestamp? {
    guard let text = text?.trimmed else {
      if isPresent, value != .string("") { throw IntakeFailure(.badValue, path: path) }
      return nil
    }
    if let time = Timestamp(rfc3339: text) { return time }
    guard let number = Int64(text), number > 0 else { throw IntakeFailure(.badValue, path: path) }
    // Seconds reach this number in the year 5138, milliseconds have passed it in 1973.
    let (nanoseconds, overflow) = number.multipliedReportingOverflow(
      by: number < 100_000_000_000 ? 1_000_000_000 : 1_000_000)
    guard !overflow else { throw IntakeFailure(.badValue, path: path) }
    return Timestamp(nanoseconds: nanoseconds)
  }

  /// A moment here, or else there.
  func time(or other: Foreign) throws(IntakeFailure) -> Timestamp? {
    if let time = try time() { return time }
    return try other.time()
  }

  /// A moment here, or else there, which must be in one of them.
  func requiredTime(or other: Foreign) throws(IntakeFailure) -> Timestamp {
    guard let time = try time(or: other) else { throw IntakeFailure(.missingField, path: path) }
    return time
  }

  /// An id that must be there.
  func requiredID() throws(IntakeFailure) -> String {
    guard let id else { throw IntakeFailure(isPresent ? .badValue : .missingField, path: path) }
    return id
  }

  /// A moment that must be there.
  func requiredTime() throws(IntakeFailure) -> Timestamp {
    guard let time = try time() else { throw IntakeFailure(.missingField, path: path) }
    return time
  }
}

extension String {
  /// Without space at both ends.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return ""
    }
    return String(self[first...last])
  }
}
