/// Writes JSON: fields in the order they are given, so the same value gives the same bytes on every machine and every day
/// (Foundation's encoders order keys anew in each process).
public struct JSONWriter {
  /// What was written so far.
  public private(set) var bytes: [UInt8] = []
  private var needsComma = false

  /// An empty document, with room for `capacity` bytes.
  public init(capacity: Int = 1024) { bytes.reserveCapacity(capacity) }

  /// Writes an object whose fields `body` writes.
  public mutating func object(_ body: (inout JSONWriter) -> Void) { nest(0x7B, 0x7D, body) }

  /// Writes an array whose elements `body` writes.
  public mutating func array(_ body: (inout JSONWriter) -> Void) { nest(0x5B, 0x5D, body) }

  /// Writes an array of `elements`, each by `write`.
  public mutating func array<Element>(
    _ elements: some Sequence<Element>, _ write: (inout JSONWriter, Element) -> Void
  ) {
    array { writer in
      for element in elements { write(&writer, element) }
    }
  }

  /// Writes the name of the next field.
  public mutating func key(_ name: StaticString) {
    separate()
    bytes.append(0x22)
    name.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(0x22)
    bytes.append(0x3A)
  }

  /// Writes the name of the next field where it is data.
  public mutating func key(_ name: String) {
    separate()
    quote(name)
    bytes.append(0x3A)
  }

  /// Writes a string.
  public mutating func string(_ value: String) {
    separate()
    quote(value)
    needsComma = true
  }

  /// Writes an integer.
  public mutating func integer(_ value: some BinaryInteger) { raw(String(value).utf8) }

  /// Writes `true` or `false`.
  public mutating func boolean(_ value: Bool) { raw((value ? "true" : "false").utf8) }

  /// Writes thousandths as a decimal: 873 is `0.873`, 1000 is `1`, -500 is `-0.5`.
  public mutating func thousandths(_ value: Int) { raw(Self.decimal(thousandths: value).utf8) }

  /// Writes `null`.
  public mutating func null() { raw("null".utf8) }

  /// Writes a finished piece of JSON as it is.
  public mutating func raw(_ json: some Sequence<UInt8>) {
    separate()
    bytes.append(contentsOf: json)
    needsComma = true
  }

  /// Thousandths as the shortest decimal.
  public static func decimal(thousandths value: Int) -> String {
    let magnitude = value.magnitude
    let whole = magnitude / 1000
    let rest = magnitude % 1000
    let sign = value < 0 ? "-" : ""
    guard rest != 0 else { return sign + String(whole) }
    var digits = String(rest)
    digits = String(repeating: "0", count: 3 - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(sign)\(whole).\(digits)"
  }

  private mutating func separate() {
    if needsComma { bytes.append(0x2C) }
    needsComma = false
  }

  private mutating func nest(_ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) -> Void) {
    separate()
    bytes.append(open)
    body(&self)
    bytes.append(close)
    needsComma = true
  }

  private mutating func quote(_ value: String) {
    var value = value
    value.withUTF8 { text in
      bytes.append(0x22)
      var start = 0
      for index in 0..<text.count {
        let byte = text[index]
        guard byte < 0x20 || byte == 0x22 || byte == 0x5C else { continue }
        bytes.append(contentsOf: text[start..<index])
        escape(byte)
        start = index + 1
      }
      bytes.append(contentsOf: text[start...])
      bytes.append(0x22)
    }
  }

  private mutating func escape(_ byte: UInt8) {
    bytes.append(0x5C)
    switch byte {
    case 0x22, 0x5C: bytes.append(byte)
    case 0x08: bytes.append(0x62)
    case 0x09: bytes.append(0x74)
    case 0x0A: bytes.append(0x6E)
    case 0x0C: bytes.append(0x66)
    case 0x0D: bytes.append(0x72)
    default:
      let digits = Array("0123456789abcdef".utf8)
      bytes.append(contentsOf: [0x75, 0x30, 0x30, digits[Int(byte >> 4)], digits[Int(byte & 15)]])
    }
  }
}

// MARK: - Fields in one line each

extension JSONWriter {
  /// Writes a field with a text.
  public mutating func field(_ name: StaticString, _ value: String) {
    key(name)
    string(value)
  }

  /// Writes a field with a text, or leaves it out.
  public mutating func field(_ name: StaticString, optional value: String?) {
    if let value { field(name, value) }
  }

  /// Writes a field with a moment, or leaves it out.
  public mutating func field(_ name: StaticString, optional value: Timestamp?) {
    if let value { field(name, value.rfc3339) }
  }

  /// Writes a field with an integer.
  public mutating func field(_ name: StaticString, integer value: some BinaryInteger) {
    key(name)
    integer(value)
  }

  /// Writes a field with a truth value.
  public mutating func field(_ name: StaticString, _ value: Bool) {
    key(name)
    boolean(value)
  }

  /// Writes a field with thousandths as a decimal.
  public mutating func field(_ name: StaticString, thousandths value: Int) {
    key(name)
    thousandths(value)
  }

  /// Writes a field with a list of texts.
  public mutating func field(_ name: StaticString, _ values: [String]) {
    key(name)
    array(values) { $0.string($1) }
  }

  /// Writes a field whose value `body` writes.
  public mutating func field(_ name: StaticString, _ body: (inout JSONWriter) -> Void) {
    key(name)
    body(&self)
  }

  /// Writes a field with an array of `elements`, each by `write`.
  public mutating func field<Element>(
    _ name: StaticString, array elements: some Sequence<Element>, _ write: (inout JSONWriter, Element) -> Void
  ) {
    key(name)
    array(elements, write)
  }
}
