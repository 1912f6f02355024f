import Events

/// The JSON Schemas of a folder, as far as a reference tells of them: fields, what they may be, and what each means.
struct SchemaReader {
  /// A field under its path: `data.items[].sku`.
  struct Field: Hashable {
    let path: String
    let kind: String
    let isRequired: Bool
    let words: String
  }

  private let folder: String
  private let common: JSONTree

  /// - Throws: `Failure` if the folder has no `common.json` that can be read.
  init(folder: String) throws {
    self.folder = folder
    common = try Self.document("\(folder)/common.json")
  }

  private static func document(_ path: String) throws -> JSONTree {
    do { return try JSONTree(reading: try contents(ofFile: path)) } catch let failure as DecodingFailure {
      throw Failure(status: .badConfiguration, words: "\(path) is no JSON: \(failure)")
    }
  }

  func schema(of type: EventType) throws -> JSONTree { try Self.document("\(folder)/\(type.rawValue).json") }

  /// The attributes that every event of a side has, told once.
  func attributes() throws -> (read: [Field], written: [Field]) {
    let written = fields(of: try schema(of: .decisionMade), under: "").filter { field in
      !field.path.hasPrefix("data.") && field.path != "data"
    }
    let read = fields(of: merged(common["$defs"]?["inputEnvelope"] ?? .null), under: "")
    // Which type it is, each event says for itself.
    let isShared = { (field: Field) in field.path != "type" }
    return (read.filter(isShared), written.filter(isShared))
  }

  /// The fields of an object, those of the objects in it right behind it.
  func fields(of schema: JSONTree, under path: String) -> [Field] {
    let schema = merged(schema)
    guard case .object(let properties)? = schema["properties"] else { return [] }
    let required = Set(schema["required"]?.texts ?? [])
    return properties.flatMap { property -> [Field] in
      let (name, rule) = (path + property.name, merged(property.value))
      let field = Field(
        path: name, kind: kind(of: property.value), isRequired: required.contains(property.name),
        words: rule["description"]?.text ?? "")
      return [field] + fields(of: rule, under: name + ".") + fields(of: rule["items"] ?? .null, under: name + "[].")
    }
  }

  /// A rule with what it refers to: its own words first.
  private func merged(_ rule: JSONTree) -> JSONTree {
    guard case .object(let own) = rule, let target = rule["$ref"]?.text.flatMap(definition) else { return rule }
    guard case .object(let base) = merged(target) else { return rule }
    let names = Set(own.map(\.name))
    return .object(own.filter { $0.name != "$ref" } + base.filter { !names.contains($0.name) })
  }

  private func definition(_ reference: String) -> JSONTree? {
    reference.split(separator: "/").last.flatMap { common["$defs"]?[String($0)] }
  }

  /// What a field may be, in words.
  private func kind(of rule: JSONTree) -> String {
    if let words = rule["const"]?.literal { return "`\(words)`" }
    if case .array(let values)? = rule["enum"] {
      return values.compactMap(\.literal).map { "`\($0)`" }.joined(separator: ", ")
    }
    if case .array(let kinds)? = rule["anyOf"],
      kinds.contains(where: { $0["enum"] != nil || $0["type"] != nil || $0["$ref"] != nil })
    {
      return kinds.map { kind(of: $0) }.joined(separator: " or ")
    }
    if let reference = rule["$ref"]?.text {
      guard let target = definition(reference) else { return "" }
      let isClosed = target["enum"] != nil || target["const"] != nil
      let name = reference.split(separator: "/").last.map(String.init) ?? ""
      return isClosed || target["properties"] != nil || target["type"] == .string("array") ? kind(of: target) : name
    }
    let kinds = rule["type"]?.oneOrMore ?? []
    return kinds.map { $0 == "array" ? "array of " + kind(of: rule["items"] ?? .null) : $0 }.joined(separator: " or ")
  }
}

extension JSONTree {
  /// One text, or those of an array.
  fileprivate var oneOrMore: [String] {
    switch self {
    case .string(let text): [text]
    case .array: texts
    default: []
    }
  }

  /// As it stands in JSON, without the marks around a string.
  fileprivate var literal: String? {
    switch self {
    case .string(let text): text
    case .number(let digits): digits
    case .boolean(let value): value ? "true" : "false"
    case .null: "null"
    case .array, .object: nil
    }
  }
}
