internal import Events

/// The fields that a mapping can fill, and what each holds: the vocabulary of `heed.events.v1` without what intake adds by itself.
indirect enum FieldKind: Sendable {
  case text, id, time, flag, integer, decimal
  case object([String: FieldKind])
  case list(FieldKind)

  /// The fields of an event's data; `nil` for events that are no one customer's.
  static func fields(of type: EventType) -> [String: FieldKind]? {
    switch type {
    case .ticketOpened:
      [
        "ticketId": .id, "channel": .text, "subject": .text, "body": .text, "locale": .text, "tags": .list(.text),
        "orderIds": .list(.id), "priority": .text,
        "requester": .object(["name": .text, "email": .text, "phone": .text, "tier": .text]), "consent": consent,
        "device": .text,
      ]
    case .ticketMessage:
      ["ticketId": .id, "author": .object(["kind": .text]), "body": .text, "channel": .text]
    case .ticketUpdated:
      [
        "ticketId": .id, "status": .text, "queue": .text, "assignee": .text, "priority": .text, "changedBy": .text,
        "agentId": .id,
      ]
    case .orderUpdated:
      [
        "orderId": .id, "status": .text, "placedAt": .time, "promisedBy": .time, "estimatedDelivery": .time,
        "carrier": .text, "trackingNumber": .text, "lastScanAt": .time, "holds": .list(.object(["reason": .text])),
        "addressProblem": .flag, "region": .text, "total": .object(["amount": .decimal, "currency": .text]),
        "items": .list(.object(["sku": .text, "title": .text, "quantity": .integer, "price": .decimal])),
        "refunds": .list(.object(["amount": .decimal, "currency": .text, "status": .text, "at": .time])),
      ]
    case .customerChanged: ["consent": consent, "tier": .text]
    case .customerErased: [:]
    default: nil
    }
  }

  private static let consent = FieldKind.object(["automation": .flag, "personalization": .flag])
}

/// Where a field's value comes from.
indirect enum MappedValue: Sendable {
  case constant(String)
  case lookup(Lookup)
  case object([(name: String, value: MappedValue)])
  /// For each element of the list there, a value read from that element.
  case each(JSONPointer, MappedValue)

  /// A value somewhere in the payload.
  struct Lookup: Sendable {
    /// The first of them where something stands.
    var pointers: [JSONPointer]
    /// The payload's words, lower-case, and ours.
    var table: [String: String]?
    /// Where nothing stands, or nothing that the table knows.
    var fallback: String?
    var isHTML = false
  }
}

extension MappedValue {
  /// The value as JSON; `nil` where the payload says nothing.
  func find(in node: Foreign, _ kind: FieldKind, _ maker: EventMaker) throws(IntakeFailure) -> JSONTree? {
    switch (self, kind) {
    case (.constant(let text), _): return try Self.json(Foreign(.string(text)), kind)
    case (.lookup(let lookup), .list(let element)): return try lookup.list(in: node, element)
    case (.lookup(let lookup), _): return try lookup.find(in: node, kind)
    case (.object(let fields), .object(let kinds)):
      var found: [JSONTree.Field] = []
      var isTold = !fields.contains { $0.value.asksPayload }
      for field in fields {
        if let value = try field.value.find(in: node, kinds[field.name] ?? .text, maker) {
          found.append(JSONTree.Field(field.name, value))
          if field.value.asksPayload { isTold = true }
        }
      }
      // A currency by default makes no amount.
      return isTold && !found.isEmpty ? .object(found) : nil
    case (.each(let pointer, let value), .list(let kind)):
      var elements: [JSONTree] = []
      for element in pointer.find(in: node).elements {
        if let found = try value.find(in: element, kind, maker) { elements.append(found) }
      }
      return .array(elements)
    case (.object, _), (.each, _): preconditionFailure("the loader lets no such field in")
    }
  }

  /// Whether only the payload can say it.
  private var asksPayload: Bool {
    if case .lookup(let lookup) = self { lookup.fallback == nil } else { false }
  }

  fileprivate static func json(_ node: Foreign, _ kind: FieldKind) throws(IntakeFailure) -> JSONTree? {
    switch kind {
    case .text: return node.text.map { .string($0) }
    case .id: return node.id.map { .string($0) }
    case .decimal: return node.decimal.map { .string($0) }
    case .time: return try node.time().map { .string($0.rfc3339) }
    case .flag:
      guard node.isPresent else { return nil }
      guard let flag = node.flag else { throw IntakeFailure(.badValue, path: node.path) }
      return .boolean(flag)
    case .integer:
      guard node.isPresent else { return nil }
      guard let digits = node.id, Int64(digits) != nil else { throw IntakeFailure(.badValue, path: node.path) }
      return .number(digits)
    case .object, .list: preconditionFailure("the loader lets no such field in")
    }
  }
}

extension MappedValue.Lookup {
  fileprivate func find(in node: Foreign, _ kind: FieldKind) throws(IntakeFailure) -> JSONTree? {
    let found = pointers.lazy.map { $0.find(in: node) }.first(where: \.isPresent)
    guard let found else {
      return try fallback.flatMap { text throws(IntakeFailure) in try MappedValue.json(Foreign(.string(text)), kind) }
    }
    if let table { return .string(translated(found, by: table)) }
    if isHTML { return found.text.map { .string(HTMLText.text(of: $0)) } }
    if let value = try MappedValue.json(found, kind) { return value }
    return try fallback.flatMap { text throws(IntakeFailure) in try MappedValue.json(Foreign(.string(text)), kind) }
  }

  /// A word that the table does not know is `unknown`: never the word itself, which might mean something among ours.
  private func translated(_ found: Foreign, by table: [String: String]) -> String {
    let word = found.flag.map { found.text ?? ($0 ? "true" : "false") } ?? found.text
    return word.flatMap { table[$0.trimmed.lowercased()] } ?? fallback ?? "unknown"
  }

  /// A list of words, or one text with commas between them.
  fileprivate func list(in node: Foreign, _ element: FieldKind) throws(IntakeFailure) -> JSONTree? {
    let found = pointers.lazy.map { $0.find(in: node) }.first(where: \.isPresent)
    let words = found?.words { $0 == "," } ?? []
    return words.isEmpty ? nil : .array(words.map { .string(table?[$0.lowercased()] ?? $0) })
  }
}
