/// Writes JSON: fields in the order they are given, so the same value gives the same bytes on every machine and every day
/// (Foundation's encoders order keys anew in each process).
public struct JSONWriter: ~Copyable {
  private var output: GrowingBytes
  private var needsComma = false

  /// An empty document, with room for `capacity` bytes.
  public init(capacity: Int = 1024) { output = GrowingBytes(capacity: capacity) }

  /// What was written so far.
  public var bytes: [UInt8] { output.array }

  /// Writes an object whose fields `body` writes.
  public mutating func object(_ body: (inout JSONWriter) -> Void) { nest(0x7B, 0x7D, body) }

  /// Writes an array whose elements `body` writes.
  public mutating func array(_ body: (inout JSONWriter) -> Void) { nest(0x5B, 0x5D, body) }

  /// Writes an array of `elements`, each by `write`.
  public mutating func array<Element>(
    _ elements: some Sequence<Element>, _ write: (inout JSONWriter, Element) -> Void
  ) {
    open(0x5B)
    for element in elements { write(&self, element) }
    close(0x5D)
  }

  /// Writes the name of the next field.
  public mutating func key(_ name: StaticString) {
    separate()
    let count = name.utf8CodeUnitCount
    let place = output.grow(by: count + 3)
    place[0] = 0x22
    (place + 1).update(from: name.utf8Start, count: count)
    place[count + 1] = 0x22
    place[count + 2] = 0x3A
  }

  /// Writes the name of the next field where it is data.
  public mutating func key(_ name: String) {
    separate()
    quote(name)
    output.append(0x3A)
  }

  /// Writes a string.
  public mutating func string(_ value: String) {
    separate()
    quote(value)
    needsComma = true
  }

  /// Writes an integer.
  public mutating func integer(_ value: some SignedInteger) {
    separate()
    let value = Int64(value)
    if value < 0 { output.append(0x2D) }
    output.append(decimal: value.magnitude)
    needsComma = true
  }

  /// Writes `true` or `false`.
  public mutating func boolean(_ value: Bool) { literal(value ? "true" : "false") }

  /// Writes thousandths as a decimal: 873 is `0.873`, 1000 is `1`, -500 is `-0.5`.
  public mutating func thousandths(_ value: Int) {
    separate()
    output.append(thousandths: value)
    needsComma = true
  }

  /// Writes a moment.
  public mutating func time(_ value: Timestamp) {
    separate()
    output.append(0x22)
    output.append(value)
    output.append(0x22)
    needsComma = true
  }

  /// Writes `null`.
  public mutating func null() { literal("null") }

  /// Writes a finished piece of JSON as it is.
  public mutating func raw(_ json: some Sequence<UInt8>) {
    separate()
    if json.withContiguousStorageIfAvailable({ output.append($0) }) == nil {
      for byte in json { output.append(byte) }
    }
    needsComma = true
  }

  /// Thousandths as the shortest decimal.
  public static func decimal(thousandths value: Int) -> String {
    var digits = GrowingBytes(capacity: 24)
    digits.append(thousandths: value)
    return digits.text
  }

  private mutating func literal(_ word: StaticString) {
    separate()
    output.append(word)
    needsComma = true
  }

  @inline(__always)
  private mutating func separate() {
    if needsComma { output.append(0x2C) }
    needsComma = false
  }

  @inline(__always)
  private mutating func open(_ bracket: UInt8) {
    separate()
    output.append(bracket)
  }

  @inline(__always)
  private mutating func close(_ bracket: UInt8) {
    output.append(bracket)
    needsComma = true
  }

  @inline(__always)
  private mutating func nest(_ opening: UInt8, _ closing: UInt8, _ body: (inout JSONWriter) -> Void) {
    open(opening)
    body(&self)
    close(closing)
  }

  private mutating func quote(_ value: String) {
    output.append(0x22)
    value.lendingUTF8 { text in
      var start = 0
      while true {
        let end = UnsafeRawBufferPointer(text).plainEnd(from: start)
        output.append(UnsafeBufferPointer(rebasing: text[start..<end]))
        guard end < text.count else { return }
        output.append(escapeOf: text[end])
        start = end + 1
      }
    }
    output.append(0x22)
  }
}

extension UnsafeRawBufferPointer {
  /// The end of the run of bytes from `start` that stand in a JSON string as they are: eight at a step, stopping at quotes,
  /// backslashes and controls.
  @inline(__always)
  func plainEnd(from start: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    var index = start
    while index + 8 <= count {
      let word = loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
      let quote = word ^ (ones &* 0x22)
      let slash = word ^ (ones &* 0x5C)
      let quotes = (quote &- ones) & ~quote
      let slashes = (slash &- ones) & ~slash
      let controls = (word &- ones &* 0x20) & ~word
      let hit = (quotes | slashes | controls) & highs
      if hit != 0 { return index + hit.trailingZeroBitCount >> 3 }
      index += 8
    }
    while index < count, self[index] >= 0x20, self[index] != 0x22, self[index] != 0x5C { index += 1 }
    return index
  }
}

extension GrowingBytes {
  /// As a text, which they must be.
  var text: String { String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self) }

  fileprivate mutating func append(escapeOf byte: UInt8) {
    append(0x5C)
    switch byte {
    case 0x22, 0x5C: append(byte)
    case 0x08: append(0x62)
    case 0x09: append(0x74)
    case 0x0A: append(0x6E)
    case 0x0C: append(0x66)
    case 0x0D: append(0x72)
    default:
      append("u00")
      append(HexDigits.of(byte >> 4))
      append(HexDigits.of(byte & 15))
    }
  }

  /// Appends a number in digits.
  mutating func append(decimal value: UInt64) {
    var (rest, width) = (value, 1)
    while rest >= 10 { (rest, width) = (rest / 10, width + 1) }
    append(value, width: width)
  }

  /// Appends the last `width` digits of a number.
  @inline(__always)
  mutating func append(_ value: UInt64, width: Int) {
    let place = grow(by: width)
    var rest = value
    for index in stride(from: width - 1, through: 0, by: -1) {
      place[index] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
  }

  fileprivate mutating func append(thousandths value: Int) {
    let magnitude = UInt64(value.magnitude)
    if value < 0 { append(0x2D) }
    append(decimal: magnitude / 1000)
    let rest = magnitude % 1000
    guard rest != 0 else { return }
    append(0x2E)
    if rest % 100 == 0 {
      append(rest / 100, width: 1)
    } else if rest % 10 == 0 {
      append(rest / 10, width: 2)
    } else {
      append(rest, width: 3)
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
    if let value { field(name, value) }
  }

  /// Writes a field with a moment.
  public mutating func field(_ name: StaticString, _ value: Timestamp) {
    key(name)
    time(value)
  }

  /// Writes a field with an integer.
  public mutating func field(_ name: StaticString, integer value: some SignedInteger) {
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
