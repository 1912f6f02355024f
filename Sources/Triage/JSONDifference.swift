internal import Events

/// Where two JSON documents differ first.
public enum JSONDifference {
  /// The place of the first difference as a JSON Pointer (RFC 6901), in the order of `a`; empty if they differ as a whole, such as
  /// in white space or in that one cannot be read; `nil` if the bytes are the same.
  public static func pointer(_ a: [UInt8], _ b: [UInt8]) -> String? {
    if a == b { return nil }
    guard let first = try? JSONTree(reading: a), let second = try? JSONTree(reading: b) else { return "" }
    return pointer(first, second) ?? ""
  }

  private static func pointer(_ a: JSONTree, _ b: JSONTree) -> String? {
    switch (a, b) {
    case (.object(let fields), .object(let others)):
      let names = fields.map(\.name) + others.map(\.name).filter { a[$0] == nil }
      for name in names {
        guard let value = a[name], let other = b[name] else { return step(name) }
        if let rest = pointer(value, other) { return step(name) + rest }
      }
      return nil
    case (.array(let elements), .array(let others)):
      for (index, (element, other)) in zip(elements, others).enumerated() {
        if let rest = pointer(element, other) { return step(String(index)) + rest }
      }
      return elements.count == others.count ? nil : step(String(min(elements.count, others.count)))
    default: return a == b ? nil : ""
    }
  }

  private static func step(_ name: String) -> String {
    "/" + name.replacing("~", with: "~0").replacing("/", with: "~1")
  }
}
