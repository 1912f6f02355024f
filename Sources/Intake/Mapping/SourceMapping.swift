internal import Events

/// A source that somebody described in a file: which event a payload tells, and where in the payload its fields stand. A new source
/// needs no rebuild. `Deploy/mappings/example.yaml` explains every field.
public struct SourceMapping: Sendable {
  /// Whether a payload is of one kind.
  struct Condition: Sendable {
    let pointer: JSONPointer
    let test: Test

    enum Test: Sendable {
      case isOneOf(Set<String>)
      case exists(Bool)
    }

    func holds(in document: Foreign) -> Bool {
      let found = pointer.find(in: document)
      switch test {
      case .exists(let wanted): return found.isPresent == wanted
      case .isOneOf(let words):
        let word = found.flag.map { found.text ?? ($0 ? "true" : "false") } ?? found.text
        return word.map { words.contains($0.trimmed.lowercased()) } ?? false
      }
    }
  }

  /// Where a payload says whose it is.
  struct Customer: Sendable {
    var email: [JSONPointer] = []
    var phone: [JSONPointer] = []
    var country: [JSONPointer] = []
    var id: [JSONPointer] = []
  }

  /// One kind of event that payloads can tell.
  struct Rule: Sendable {
    let type: EventType
    let conditions: [Condition]
    let id: [JSONPointer]
    let time: [JSONPointer]
    let customer: Customer
    let data: [(name: String, value: MappedValue)]
    let fields: [String: FieldKind]
  }

  /// The source's name: before its tickets' ids, and in the CloudEvents source.
  public let name: String
  let ignored: [[Condition]]
  let rules: [Rule]

  func events(in document: Foreign, _ maker: EventMaker) throws(IntakeFailure) -> [Event] {
    let applying = rules.filter { rule in rule.conditions.allSatisfy { $0.holds(in: document) } }
    if applying.isEmpty {
      let isIgnored = ignored.contains { conditions in conditions.allSatisfy { $0.holds(in: document) } }
      guard isIgnored else { throw IntakeFailure(.unsupportedEvent) }
      return []
    }
    var events: [Event] = []
    for rule in applying { events.append(try rule.event(in: document, maker)) }
    return events
  }
}

extension SourceMapping.Rule {
  fileprivate func event(in document: Foreign, _ maker: EventMaker) throws(IntakeFailure) -> Event {
    let place = Place(document)
    let customer = try maker.customer(
      maker.person(
        email: place.first(self.customer.email)?.text, phone: place.first(self.customer.phone)?.text,
        country: place.first(self.customer.country)?.text, id: place.first(self.customer.id)?.id), at: "customer")
    var fields = [JSONTree.Field("customerId", .string(customer.text))]
    for entry in data {
      guard var value = try entry.value.find(in: document, self.fields[entry.name] ?? .text, maker) else { continue }
      if entry.name == "ticketId", case .string(let id) = value { value = .string(maker.ticket(id).text) }
      if entry.name == "agentId", case .string(let id) = value {
        guard let pseudonym = maker.agent(id) else { continue }
        value = .string(pseudonym)
      }
      fields.append(JSONTree.Field(entry.name, value))
    }
    return try read(.object(fields), id: try id(place), time: try time(place), key: customer.text, maker)
  }

  /// The fields become bytes and are read as the fleet reads them: one decoder says what an event is.
  private func read(
    _ data: JSONTree, id: String, time: Timestamp, key: String, _ maker: EventMaker
  ) throws(IntakeFailure) -> Event {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("specversion", "1.0")
      writer.field("id", id)
      writer.field("source", "/" + maker.system)
      writer.field("type", type.rawValue)
      writer.field("time", time.rfc3339)
      if case .string(let subject)? = data["ticketId"] ?? data["orderId"] { writer.field("subject", subject) }
      writer.field("partitionkey", key)
      writer.field("data") { data.write(to: &$0) }
    }
    do throws(DecodingFailure) { return try EventDecoder.decode(structured: writer.bytes) } catch {
      throw IntakeFailure(.notCanonical(error.code), path: error.path)
    }
  }

  /// The kind goes before, as one payload may tell two events.
  private func id(_ place: Place) throws(IntakeFailure) -> String {
    var parts: [String] = []
    for pointer in id {
      let found = pointer.find(in: place.document)
      guard let part = found.id else { throw IntakeFailure(.missingField, path: pointer.text) }
      parts.append(part)
    }
    return type.rawValue.replacing("heed.", with: "") + "/" + parts.joined(separator: "/")
  }

  private func time(_ place: Place) throws(IntakeFailure) -> Timestamp {
    guard let found = place.first(time), let time = try found.time() else {
      throw IntakeFailure(.missingField, path: time.first?.text ?? "")
    }
    return time
  }

  private struct Place {
    let document: Foreign
    init(_ document: Foreign) { self.document = document }
    func first(_ pointers: [JSONPointer]) -> Foreign? {
      pointers.lazy.map { $0.find(in: document) }.first(where: \.isPresent)
    }
  }
}
