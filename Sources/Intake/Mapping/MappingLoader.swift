internal import Events

extension SourceMapping {
  /// Reads and checks a mapping.
  ///
  /// - Throws: `MappingProblem` with the line and what to mend; nothing half-read is ever used.
  public init(yaml: String) throws(MappingProblem) {
    let root = try MappingNode(yaml: yaml)
    let fields = try root.fields(["mapping", "tables", "customer", "ignore", "events"])
    name = try Self.name(fields.require("mapping", of: root))
    let tables = try fields["tables"].map { node throws(MappingProblem) in try Self.tables(node) } ?? [:]
    let customer = try fields["customer"].map { node throws(MappingProblem) in try Self.customer(node) }
    var ignored: [[Condition]] = []
    for node in try fields["ignore"]?.elements() ?? [] { ignored.append(try Self.conditions(node)) }
    self.ignored = ignored
    let events = try fields.require("events", of: root)
    var rules: [Rule] = []
    for node in try events.elements() { rules.append(try Self.rule(node, tables, customer)) }
    guard !rules.isEmpty else { throw events.problem("needs at least one event") }
    self.rules = rules
  }

  private static func name(_ node: MappingNode) throws(MappingProblem) -> String {
    let name = try node.text()
    guard (1...64).contains(name.utf8.count),
      name.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") })
    else { throw node.problem("must be a name of lower-case letters, digits and -, such as my-desk") }
    return name
  }

  private static func tables(_ node: MappingNode) throws(MappingProblem) -> [String: [String: String]] {
    var tables: [String: [String: String]] = [:]
    for table in try node.entries() {
      var words: [String: String] = [:]
      for entry in try table.value.entries() {
        let word = entry.name.lowercased()
        guard words[word] == nil else { throw entry.value.problem("stands twice, as case does not count") }
        words[word] = try entry.value.text()
      }
      tables[table.name] = words
    }
    return tables
  }

  private static func customer(_ node: MappingNode) throws(MappingProblem) -> Customer {
    let fields = try node.fields(["email", "phone", "country", "id"])
    func pointers(_ name: String) throws(MappingProblem) -> [JSONPointer] { try fields[name]?.pointers() ?? [] }
    let customer = Customer(
      email: try pointers("email"), phone: try pointers("phone"), country: try pointers("country"),
      id: try pointers("id"))
    guard !(customer.email + customer.phone + customer.id).isEmpty else {
      throw node.problem("needs email, phone or id: without one of them nobody knows whose an event is")
    }
    return customer
  }

  private static func conditions(_ node: MappingNode) throws(MappingProblem) -> [Condition] {
    guard node.isList else { return [try condition(node)] }
    var conditions: [Condition] = []
    for element in try node.elements() { conditions.append(try condition(element)) }
    return conditions
  }

  private static func condition(_ node: MappingNode) throws(MappingProblem) -> Condition {
    let fields = try node.fields(["at", "is", "exists"])
    let pointers = try fields.require("at", of: node).pointers()
    guard pointers.count == 1 else { throw node.problem("a condition looks at one place") }
    switch (fields["is"], fields["exists"]) {
    case (let words?, nil):
      return Condition(pointer: pointers[0], test: .isOneOf(Set(try words.texts().map { $0.lowercased() })))
    case (nil, let exists?):
      guard let wanted = Bool(try exists.text()) else { throw exists.problem("must be true or false") }
      return Condition(pointer: pointers[0], test: .exists(wanted))
    default: throw node.problem("needs one of is and exists")
    }
  }

  private static func rule(
    _ node: MappingNode, _ tables: [String: [String: String]], _ shared: Customer?
  ) throws(MappingProblem) -> Rule {
    let fields = try node.fields(["type", "when", "id", "time", "customer", "data"])
    let typeNode = try fields.require("type", of: node)
    guard let type = EventType(rawValue: try typeNode.text()), let kinds = FieldKind.fields(of: type) else {
      let known = EventType.allCases.filter { FieldKind.fields(of: $0) != nil }.map(\.rawValue)
      throw typeNode.problem("is none of \(known.joined(separator: ", "))")
    }
    guard
      let customer = try fields["customer"].map({ node throws(MappingProblem) in try Self.customer(node) }) ?? shared
    else { throw node.problem("customer is missing, here or for all events") }
    let dataNode = try fields.require("data", of: node)
    let data = try object(dataNode, kinds, tables)
    for name in required(type) where !data.contains(where: { $0.name == name }) {
      throw dataNode.problem("\(name) is missing")
    }
    return Rule(
      type: type, conditions: try fields["when"].map { node throws(MappingProblem) in try conditions(node) } ?? [],
      id: try fields.require("id", of: node).pointers(), time: try fields.require("time", of: node).pointers(),
      customer: customer, data: data, fields: kinds)
  }

  private static func required(_ type: EventType) -> [String] {
    switch type {
    case .ticketOpened: ["ticketId", "channel", "body"]
    case .ticketMessage: ["ticketId", "author", "body"]
    case .ticketUpdated: ["ticketId", "changedBy"]
    case .orderUpdated: ["orderId", "status"]
    default: []
    }
  }

  // MARK: Values

  private static func object(
    _ node: MappingNode, _ kinds: [String: FieldKind], _ tables: [String: [String: String]]
  ) throws(MappingProblem) -> [(name: String, value: MappedValue)] {
    _ = try node.fields(Array(kinds.keys))
    var values: [(name: String, value: MappedValue)] = []
    for entry in try node.entries() {
      values.append((entry.name, try value(entry.value, kinds[entry.name] ?? .text, tables)))
    }
    return values
  }

  private static func value(
    _ node: MappingNode, _ kind: FieldKind, _ tables: [String: [String: String]]
  ) throws(MappingProblem) -> MappedValue {
    switch kind {
    case .object(let kinds): return .object(try object(node, kinds, tables))
    case .list(let element): return try list(node, element, tables)
    default: break
    }
    guard node.isMapping else { return .constant(try checked(node, kind)) }
    return .lookup(try lookup(node, kind, tables))
  }

  private static func list(
    _ node: MappingNode, _ element: FieldKind, _ tables: [String: [String: String]]
  ) throws(MappingProblem) -> MappedValue {
    let entries = try node.entries()
    if entries.contains(where: { $0.name == "each" }) {
      let fields = try node.fields(["each", "as"])
      let pointers = try fields.require("each", of: node).pointers()
      guard pointers.count == 1 else { throw node.problem("each looks at one list") }
      return .each(pointers[0], try value(fields.require("as", of: node), element, tables))
    }
    if case .object = element { throw node.problem("must say each, and as what") }
    return .lookup(try lookup(node, element, tables))
  }

  private static func lookup(
    _ node: MappingNode, _ kind: FieldKind, _ tables: [String: [String: String]]
  ) throws(MappingProblem) -> MappedValue.Lookup {
    let fields = try node.fields(["at", "table", "default", "html"])
    var lookup = MappedValue.Lookup(pointers: try fields.require("at", of: node).pointers())
    if let table = fields["table"] {
      guard case .text = kind else { throw table.problem("only words are looked up in tables") }
      guard let words = tables[try table.text()] else {
        throw table.problem("there is no such table; known are \(tables.keys.sorted().joined(separator: ", "))")
      }
      lookup.table = words
    }
    if let fallback = fields["default"] { lookup.fallback = try checked(fallback, kind) }
    if let html = fields["html"] {
      guard case .text = kind, let isHTML = Bool(try html.text()) else {
        throw html.problem("must be true or false, for a text")
      }
      lookup.isHTML = isHTML
    }
    return lookup
  }

  /// A constant is held against what its field takes when the mapping is loaded, not when the first payload comes.
  private static func checked(_ node: MappingNode, _ kind: FieldKind) throws(MappingProblem) -> String {
    let text = try node.text()
    let isGood =
      switch kind {
      case .time: Timestamp(rfc3339: text) != nil
      case .flag: text == "true" || text == "false"
      case .integer: Int64(text) != nil
      case .id: !text.trimmed.isEmpty
      default: true
      }
    guard isGood else { throw node.problem("cannot stand here") }
    return text
  }
}
