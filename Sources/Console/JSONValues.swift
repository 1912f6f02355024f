internal import Events

extension JSONTree {
  var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  var integer: Int? {
    guard case .number(let digits) = self else { return nil }
    return Int(digits)
  }

  /// A share as it was written: `0.93` is 930.
  var thousandths: Int? {
    guard case .number(let digits) = self, let value = Double(digits), abs(value) < 1_000_000 else { return nil }
    return Int(value * 1_000 + (value < 0 ? -0.5 : 0.5))
  }

  var elements: [JSONTree] {
    guard case .array(let elements) = self else { return [] }
    return elements
  }

  var fields: [Field] {
    guard case .object(let fields) = self else { return [] }
    return fields
  }

  var texts: [String] { elements.compactMap(\.text) }

  var time: Timestamp? { text.flatMap { Timestamp(rfc3339: $0) } }

  /// A place in the text.
  var span: Reading.Span? {
    let ends = elements.compactMap(\.integer)
    guard ends.count == 2, ends[0] <= ends[1] else { return nil }
    return Reading.Span(ends[0], ends[1])
  }
}
