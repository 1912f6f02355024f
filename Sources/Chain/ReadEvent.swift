/// A CloudEvent as the chain sees it: names, places of values, and what it says in 128 bits.
struct ReadEvent {
  private let bytes: [UInt8]
  private let attributes: [String: String]
  private let data: Range<Int>?
  private let dataFields: [String: Range<Int>]

  /// Reads one structured event; `nil` if it is no JSON object.
  init?(_ line: [UInt8]) {
    guard let fields = JSONBytes.fields(of: line) else { return nil }
    var attributes: [String: String] = [:]
    for field in fields where field.name != "data" {
      let raw = String(decoding: line[field.value], as: UTF8.self)
      if raw != "null" { attributes[field.name] = JSONBytes.text(line, in: field.value) ?? raw }
    }
    let data = fields.first { $0.name == "data" }?.value
    bytes = line
    self.attributes = attributes
    self.data = data
    dataFields = Dictionary(
      (data.flatMap { JSONBytes.fields(of: line, in: $0) } ?? []).map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
  }

  /// An attribute of the envelope.
  subscript(name: String) -> String? { attributes[name] }

  /// A text of the data.
  func text(_ name: String) -> String? { dataFields[name].flatMap { JSONBytes.text(bytes, in: $0) } }

  /// Where a field of the data stands.
  func fields(of name: String) -> [String: Range<Int>] {
    let fields = dataFields[name].flatMap { JSONBytes.fields(of: bytes, in: $0) } ?? []
    return Dictionary(fields.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
  }

  func text(at range: Range<Int>?) -> String? { range.flatMap { JSONBytes.text(bytes, in: $0) } }
  func texts(at range: Range<Int>?) -> [String]? { range.flatMap { JSONBytes.texts(bytes, in: $0) } }

  /// The SHA-256 of the data as it stands.
  var dataDigest: String { data.map { sha256(bytes[$0]) } ?? "" }

  /// What it says: each attribute in the order of the names' bytes, then the data's digest; see `eventDigest` in
  /// `Schemas/common.json`.
  var mark: Mark {
    var attributes = attributes
    attributes["digest"] = nil
    attributes["datacontenttype"] = attributes["datacontenttype"] ?? "application/json"
    var form: [UInt8] = []
    func append(_ text: String) { form += Array("\(text.utf8.count):\(text),".utf8) }
    for (name, value) in attributes.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      append(name)
      append(value)
    }
    if let data, String(decoding: bytes[data], as: UTF8.self) != "null" {
      append("data")
      append(dataDigest)
    }
    return Mark(of: form)
  }
}

/// The identifier of what is made of an event for a purpose: 128 bits of SHA-256 over both.
func derived(_ purpose: String, source: String, id: String) -> String {
  purpose + "_" + sha256([purpose, source, id, ""].joined(separator: "\u{1F}").utf8).prefix(32)
}
