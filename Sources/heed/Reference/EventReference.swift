import Events

/// An event as the reference tells of it.
struct EventReference {
  let type: EventType
  let words: String
  let fields: [SchemaReader.Field]

  /// Every event that there is.
  ///
  /// - Throws: `Failure` if one has no schema that can be read.
  static func all(_ schemas: SchemaReader) throws -> [EventReference] {
    let attributes = try schemas.attributes()
    return try EventType.allCases.map { type in
      let schema = try schemas.schema(of: type)
      let shared = Set((type.isInput ? attributes.read : attributes.written).map(\.path))
      // What is said of everybody is told once, above.
      let fields = schemas.fields(of: schema, under: "").filter { field in
        field.path != "data" && field.path != "type" && !shared.contains(field.path)
      }
      guard case .string(let words)? = schema["description"] else {
        throw Failure(status: .badConfiguration, words: "the schema of \(type.rawValue) has no description")
      }
      return EventReference(type: type, words: words, fields: fields)
    }
  }
}
