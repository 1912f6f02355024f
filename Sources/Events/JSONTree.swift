/// A JSON document as a tree, for documents whose shape is not ours and is not known before they are read. Events are read without
/// one. The limits are the scanner's: depth, elements and fields are bounded, a field that stands twice is refused.
public indirect enum JSONTree: Sendable, Hashable {
  case null
  case boolean(Bool)
  /// The literal text of a number, exact whatever its size: 820982911946154508 does not fit into a `Double`.
  case number(String)
  case string(String)
  case array([JSONTree])
  case object([Field])

  /// A named value of an object.
  public struct Field: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// What stands under it.
    public let value: JSONTree

    /// `value` under `name`.
    public init(_ name: String, _ value: JSONTree) {
      self.name = name
      self.value = value
    }
  }

  /// Reads one whole document.
  ///
  /// - Throws: `DecodingFailure`, without a word of the document.
  public init(reading bytes: some Sequence<UInt8>) throws(DecodingFailure) {
    let bytes = Array(bytes)
    guard !bytes.isEmpty else { throw DecodingFailure(.emptyRecord) }
    guard bytes.count <= EventDecoder.valueBytesMax else { throw DecodingFailure(.tooLarge) }
    guard (try? UTF8Span(validating: bytes.span)) != nil else { throw DecodingFailure(.invalidUTF8) }
    // `withUnsafeBytes` cannot throw typed errors, so the result goes through a `Result`.
    let result = bytes.withUnsafeBytes { bytes -> Result<JSONTree, DecodingFailure> in
      var scanner = JSONScanner(bytes)
      do throws(DecodingFailure) {
        let tree = try Self.read(&scanner)
        try scanner.end()
        return .success(tree)
      } catch { return .failure(DecodingFailure(error.code, at: error.byteOffset)) }
    }
    self = try result.get()
  }

  private static func read(_ scanner: inout JSONScanner) throws(DecodingFailure) -> JSONTree {
    switch try scanner.peek() {
    case UInt8(ascii: "{"):
      var fields: [Field] = []
      try scanner.object { (key, scanner) throws(DecodingFailure) in
        fields.append(Field(key.name, try read(&scanner)))
      }
      return .object(fields)
    case UInt8(ascii: "["):
      var elements: [JSONTree] = []
      try scanner.array { (scanner) throws(DecodingFailure) in elements.append(try read(&scanner)) }
      return .array(elements)
    case UInt8(ascii: "\""): return .string(try scanner.text())
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean(try scanner.boolean())
    case UInt8(ascii: "n"): return try scanner.null() ? .null : .null
    case UInt8(ascii: "-"), 0x30...0x39: return .number(try scanner.numberText())
    default: throw scanner.anotherKind()
    }
  }

  /// The value of the field `name`; `nil` where there is none, or this is no object.
  public subscript(name: String) -> JSONTree? {
    guard case .object(let fields) = self else { return nil }
    return fields.first { $0.name == name }?.value
  }

  /// The document's bytes, fields in the order they stood.
  public func write(to writer: inout JSONWriter) {
    switch self {
    case .null: writer.null()
    case .boolean(let value): writer.boolean(value)
    case .number(let digits): writer.raw(digits.utf8)
    case .string(let text): writer.string(text)
    case .array(let elements): writer.array(elements) { $1.write(to: &$0) }
    case .object(let fields):
      writer.object { writer in
        for field in fields {
          writer.key(field.name)
          field.value.write(to: &writer)
        }
      }
    }
  }
}
