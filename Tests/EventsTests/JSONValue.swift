import Foundation

@testable import Events

/// A tree of JSON: what `JSONScanner` never builds, for comparing it with Foundation.
indirect enum JSONValue: Equatable {
  case null
  case boolean(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])
}

// MARK: - By the scanner

extension JSONValue {
  /// The whole document as the scanner reads it.
  init(scanning bytes: [UInt8]) throws(DecodingFailure) {
    let result = bytes.withUnsafeBytes { bytes -> Result<JSONValue, DecodingFailure> in
      var scanner = JSONScanner(bytes)
      do throws(DecodingFailure) {
        let value = try Self.value(&scanner)
        try scanner.end()
        return .success(value)
      } catch { return .failure(error) }
    }
    self = try result.get()
  }

  private static func value(_ scanner: inout JSONScanner) throws(DecodingFailure) -> JSONValue {
    switch try scanner.peek() {
    case UInt8(ascii: "{"):
      var fields: [String: JSONValue] = [:]
      try scanner.object { (key, scanner) throws(DecodingFailure) in fields[key.name] = try value(&scanner) }
      return .object(fields)
    case UInt8(ascii: "["):
      var elements: [JSONValue] = []
      try scanner.array { (scanner) throws(DecodingFailure) in elements.append(try value(&scanner)) }
      return .array(elements)
    case UInt8(ascii: "\""): return .string(try scanner.text())
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean(try scanner.boolean())
    case UInt8(ascii: "n"):
      _ = try scanner.null()
      return .null
    default: return .number(Double(try scanner.numberText()) ?? .nan)
    }
  }
}

/// How far the scanner gets with `skip`, which builds nothing and forgives duplicate fields.
func skipping(_ bytes: [UInt8]) -> Result<Range<Int>, DecodingFailure> {
  bytes.withUnsafeBytes { bytes in
    var scanner = JSONScanner(bytes)
    do throws(DecodingFailure) {
      let range = try scanner.skip()
      try scanner.end()
      return .success(range)
    } catch { return .failure(error) }
  }
}

// MARK: - By Foundation

extension JSONValue: Decodable {
  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    if let fields = try? decoder.container(keyedBy: Name.self) {
      var object: [String: JSONValue] = [:]
      for key in fields.allKeys { object[key.stringValue] = try fields.decode(JSONValue.self, forKey: key) }
      self = .object(object)
    } else if var elements = try? decoder.unkeyedContainer() {
      var array: [JSONValue] = []
      while !elements.isAtEnd { array.append(try elements.decode(JSONValue.self)) }
      self = .array(array)
    } else {
      let value = try decoder.singleValueContainer()
      if value.decodeNil() {
        self = .null
      } else if let boolean = try? value.decode(Bool.self) {
        self = .boolean(boolean)
      } else if let string = try? value.decode(String.self) {
        self = .string(string)
      } else {
        self = .number(try value.decode(Double.self))
      }
    }
  }
}

// MARK: - Back to bytes

extension JSONValue {
  var bytes: [UInt8] {
    var writer = JSONWriter()
    write(to: &writer)
    return writer.bytes
  }

  private func write(to writer: inout JSONWriter) {
    switch self {
    case .null: writer.null()
    case .boolean(let value): writer.boolean(value)
    // The largest integer of 64 bits is the one in our examples that a `Double` rounds: up, to what we refuse.
    case .number(0x1p63): writer.integer(Int64.max)
    case .number(let value): writer.raw((Int64(exactly: value).map(String.init) ?? String(value)).utf8)
    case .string(let value): writer.string(value)
    case .array(let elements): writer.array(elements) { $1.write(to: &$0) }
    case .object(let fields):
      writer.object { writer in
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
          writer.key(name)
          value.write(to: &writer)
        }
      }
    }
  }

  /// The places of all fields and elements, from the outside in.
  var places: [[Step]] {
    switch self {
    case .object(let fields):
      fields.sorted { $0.key < $1.key }.flatMap { name, value in
        [[.field(name)]] + value.places.map { [.field(name)] + $0 }
      }
    case .array(let elements):
      elements.enumerated().flatMap { index, value in
        [[.element(index)]] + value.places.map { [.element(index)] + $0 }
      }
    default: []
    }
  }

  enum Step: Equatable {
    case field(String)
    case element(Int)
  }

  /// The same tree with `replacement` at `place`; without the field if that is `nil`.
  func replacing(_ place: ArraySlice<Step>, by replacement: JSONValue?) -> JSONValue {
    switch (self, place.first) {
    case (.object(var fields), .field(let name)?):
      fields[name] =
        place.count == 1 ? replacement : fields[name]?.replacing(place.dropFirst(), by: replacement)
      return .object(fields)
    case (.array(var elements), .element(let index)?):
      if place.count > 1 {
        elements[index] = elements[index].replacing(place.dropFirst(), by: replacement)
      } else if let replacement {
        elements[index] = replacement
      } else {
        elements.remove(at: index)
      }
      return .array(elements)
    default: return self
    }
  }
}

extension [JSONValue.Step] {
  /// As a failure names it: `data.items[2].price`.
  var path: String {
    reduce(into: "") { path, step in
      switch step {
      case .field(let name): path += path.isEmpty ? name : "." + name
      case .element(let index): path += "[\(index)]"
      }
    }
  }
}
