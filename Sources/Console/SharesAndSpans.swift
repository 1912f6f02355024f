internal import Events

extension JSONTree {
  /// A share as it was written: `0.93` is 930.
  var thousandths: Int? {
    guard case .number(let digits) = self, let value = Double(digits), abs(value) < 1_000_000 else { return nil }
    return Int(value * 1_000 + (value < 0 ? -0.5 : 0.5))
  }

  /// A place in the text.
  var span: Reading.Span? {
    let ends = elements.compactMap(\.integer)
    guard ends.count == 2, ends[0] <= ends[1] else { return nil }
    return Reading.Span(ends[0], ends[1])
  }
}
