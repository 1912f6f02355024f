/// What stands in a document whose shape is known: each is `nil`, or empty, where something else stands.
extension JSONTree {
  /// The words of a string.
  public var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// A whole number.
  public var integer: Int? {
    guard case .number(let digits) = self else { return nil }
    return Int(digits)
  }

  /// A date and time as RFC 3339 writes it.
  public var time: Timestamp? { text.flatMap { Timestamp(rfc3339: $0) } }

  /// The elements of an array.
  public var elements: [JSONTree] {
    guard case .array(let elements) = self else { return [] }
    return elements
  }

  /// The strings of an array, without what is no string.
  public var texts: [String] { elements.compactMap(\.text) }

  /// The fields of an object.
  public var fields: [Field] {
    guard case .object(let fields) = self else { return [] }
    return fields
  }
}

/// What must be there, of the field `path`.
///
/// - Throws: `DecodingFailure.Code.missingField` if it is not.
package func needed<Value>(_ value: Value?, _ path: String) throws(DecodingFailure) -> Value {
  guard let value else { throw DecodingFailure(.missingField, path: path) }
  return value
}
