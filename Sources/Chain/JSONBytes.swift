/// Where the fields of a JSON object stand in its bytes. As much of JSON as the chain needs, and shared with nobody: who checks
/// must not read with the eyes of who wrote.
struct JSONBytes {
  private let bytes: [UInt8]
  private var at: Int

  /// A field of an object: its name, and where its value stands.
  struct Field {
    let name: String
    let value: Range<Int>
  }

  /// The fields of the object that stands in `range` of `bytes`, which has nothing else in it; `nil` if there is none.
  static func fields(of bytes: [UInt8], in range: Range<Int>? = nil) -> [Field]? {
    let range = range ?? 0..<bytes.count
    var reader = JSONBytes(bytes: bytes, at: range.lowerBound)
    guard let fields = reader.object(), reader.space() == range.upperBound else { return nil }
    return fields
  }

  /// The text that stands in `range`, its escapes resolved; `nil` if it is no string.
  static func text(_ bytes: [UInt8], in range: Range<Int>) -> String? {
    guard range.count >= 2, bytes[range.lowerBound] == quote else { return nil }
    let inner = bytes[range.lowerBound + 1..<range.upperBound - 1]
    guard inner.contains(backslash) else { return String(validating: inner, as: UTF8.self) }
    return unescaped(inner)
  }

  /// The texts of the array in `range`; `nil` if it is none of texts.
  static func texts(_ bytes: [UInt8], in range: Range<Int>) -> [String]? {
    var reader = JSONBytes(bytes: bytes, at: range.lowerBound)
    guard let elements = reader.array(), reader.at == range.upperBound else { return nil }
    let texts = elements.compactMap { text(bytes, in: $0) }
    return texts.count == elements.count ? texts : nil
  }

  private static let quote = UInt8(ascii: "\"")
  private static let backslash = UInt8(ascii: "\\")

  // MARK: Values

  private mutating func object() -> [Field]? {
    guard take("{") else { return nil }
    var fields: [Field] = []
    if take("}") { return fields }
    repeat {
      guard let name = value(), let text = Self.text(bytes, in: name), take(":"), let value = value() else {
        return nil
      }
      fields.append(Field(name: text, value: value))
    } while take(",")
    return take("}") ? fields : nil
  }

  private mutating func array() -> [Range<Int>]? {
    guard take("[") else { return nil }
    var elements: [Range<Int>] = []
    if take("]") { return elements }
    repeat {
      guard let element = value() else { return nil }
      elements.append(element)
    } while take(",")
    return take("]") ? elements : nil
  }

  /// Reads past one value and says where it stands.
  private mutating func value() -> Range<Int>? {
    let start = space()
    guard start < bytes.count else { return nil }
    switch bytes[start] {
    case UInt8(ascii: "{"), UInt8(ascii: "["): guard skipNested() else { return nil }
    case Self.quote: guard skipString() else { return nil }
    default:
      while at < bytes.count, !Self.ends.contains(bytes[at]) { at += 1 }
      guard Self.isScalar(bytes[start..<at]) else { return nil }
    }
    return start..<at
  }

  private static let ends = Array(",]} \t\r\n".utf8)

  private static func isScalar(_ text: ArraySlice<UInt8>) -> Bool {
    [Array("true".utf8), Array("false".utf8), Array("null".utf8)].contains(Array(text))
      || !text.isEmpty && text.allSatisfy { "+-.0123456789eE".utf8.contains($0) }
  }

  /// Brackets are only counted: what is in them is hashed as it stands, so that it need not be understood.
  private mutating func skipNested() -> Bool {
    var depth = 0
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case Self.quote:
        guard skipString() else { return false }
        continue
      default: break
      }
      at += 1
      if depth == 0 { return true }
    }
    return false
  }

  private mutating func skipString() -> Bool {
    at += 1
    while at < bytes.count {
      switch bytes[at] {
      case Self.quote:
        at += 1
        return true
      case Self.backslash: at += 2
      case 0..<0x20: return false
      default: at += 1
      }
    }
    return false
  }

  @discardableResult
  private mutating func space() -> Int {
    while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
    return at
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard space() < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  private init(bytes: [UInt8], at: Int) {
    self.bytes = bytes
    self.at = at
  }

  // MARK: Escapes

  private static func unescaped(_ text: ArraySlice<UInt8>) -> String? {
    var units: [UInt16] = []
    var result = ""
    var rest = text
    func flush() {
      result += String(decoding: units, as: UTF16.self)
      units = []
    }
    while let byte = rest.popFirst() {
      guard byte == backslash else {
        flush()
        let plain = rest.prefix { $0 != backslash }
        guard let text = String(validating: [byte] + plain, as: UTF8.self) else { return nil }
        result += text
        rest = rest.dropFirst(plain.count)
        continue
      }
      guard let kind = rest.popFirst() else { return nil }
      if kind == UInt8(ascii: "u") {
        guard let unit = UInt16(String(decoding: rest.prefix(4), as: UTF8.self), radix: 16), rest.count >= 4 else {
          return nil
        }
        units.append(unit)
        rest = rest.dropFirst(4)
      } else {
        guard let character = escapes[kind] else { return nil }
        units.append(character)
      }
    }
    flush()
    return result
  }

  private static let escapes: [UInt8: UInt16] = [
    UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F, UInt8(ascii: "b"): 0x08,
    UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
  ]
}
