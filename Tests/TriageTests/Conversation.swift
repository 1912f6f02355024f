import Events
import Foundation
import Testing
import Yams

/// A conversation as a person writes it down: what happened, in order, and what a careful support lead wants done.
///
/// The files are `Conversations/*.yaml`; each is a list of conversations. A step is a map whose first key says what happened:
///
/// ```yaml
/// - name: what it shows, as a claim
///   rows: [C14, C8]             # rows of the requirements it holds
///   steps:
///     - order: LL-20411         # status promised expected scanned carrier region holds address_problem total items refund of
///       promised: -4h           # times are relative to the step: 90m, 3h, -2d
///     - customer: "Where is it?" # ticket subject orders channel name tier locale automation personalization by
///       expect: {action: resolve, step: tell_new_date}
///     - agent: "I am on it."    # ticket of
///     - human: {status: solved} # or automation: ...; status queue assignee ticket of
///     - disruption: storm       # carrier region from until next_update cause
///     - consent: {automation: false, of: C1}
///     - later: 30h              # the clock goes on, and time is told to have passed
///       expect: {insights: [promise_broken]}
///     - erasure: C1
/// ```
///
/// The customer is `C1` and the ticket `T1` unless said otherwise; the first message in a ticket opens it. Of an `expect` only
/// what is given is checked: `action`, `step`, `queue`, `urgency`, `cause`, `order` and (of a reply) `language` must be equal;
/// the `tripwire` must be among those touched; `tripwires` are those touched, all of them; `insights` are the kinds raised,
/// all of them. A message without an `expect` is only said.
///
/// In `known-faults.yaml`, and nowhere else, a message has a `fault:` beside its `expect`: the program is known to be wrong there.
struct Conversation: CustomTestStringConvertible, Sendable {
  /// Where something stands, so that a failure points at the line of the file.
  struct Place: Sendable {
    let file: URL
    let line: Int
    var source: SourceLocation {
      let name = "TriageTests/" + file.lastPathComponent
      return SourceLocation(fileID: name, filePath: file.path, line: max(1, line), column: 1)
    }
  }

  /// What is wanted of the program; what is `nil` is not checked.
  struct Expectation: Sendable {
    /// The parts of a decision that must be equal, by name.
    var parts: [String: String] = [:]
    /// One that must be among those touched.
    var tripwire: String?
    /// All that may be touched, in any order.
    var tripwires: [String]?
    /// The kinds of all insights that are raised.
    var insights: [String]?

    /// The names of `parts`.
    static let names = ["action", "step", "queue", "urgency", "cause", "order", "language"]
  }

  /// One thing that happened.
  struct Step: Sendable {
    let place: Place
    let happening: Happening
    let expectation: Expectation?
    /// Why the program is wrong here, if it is known to be.
    let fault: String?
  }

  enum Happening: Sendable {
    case customer(Message)
    case agent(String, ticket: String, of: String)
    case update(Update)
    case order(Order)
    case disruption(Disruption)
    case consent(automation: Bool?, personalization: Bool?, of: String)
    case later(hours: Int)
    case erasure(String)
  }

  struct Message: Sendable {
    let body, ticket, customer: String
    var channel: String
    let subject: String?
    var name: String?
    let tier, locale: String?
    let orders: [String]
    let automation, personalization: Bool?
  }

  struct Update: Sendable {
    let author, ticket, customer: String
    let status, queue, assignee: String?
  }

  /// Times are in seconds from the step.
  struct Order: Sendable {
    let id, customer, status, region: String
    let carrier, total, refund: String?
    let promised, expected, scanned: Int64?
    let holds, items: [String]
    let hasAddressProblem: Bool
  }

  /// Times are in seconds from the step.
  struct Disruption: Sendable {
    let name, cause: String
    let carrier, region: String?
    let from, nextUpdate: Int64
    let until: Int64?
  }

  let place: Place
  let name: String
  /// The rows of the requirements that it holds.
  let rows: [String]
  let steps: [Step]

  var testDescription: String { name }
}

// MARK: Files

extension Conversation {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Conversations")

  /// Everything that is written, and what could not be read: a slip in one file must not hide the others.
  static let written: (conversations: [Conversation], problems: [String]) = {
    var conversations: [Conversation] = []
    var problems: [String] = []
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in names.sorted() where name.hasSuffix(".yaml") {
      let file = folder.appending(path: name)
      do {
        let text = try String(contentsOf: file, encoding: .utf8)
        guard let list = try Yams.compose(yaml: text)?.sequence else { throw Slip(0, "not a list of conversations") }
        for node in list { conversations.append(try Conversation(node, in: file)) }
      } catch let slip as Slip {
        problems.append("\(name):\(slip.line): \(slip.words)")
      } catch {
        problems.append("\(name): \(error)")
      }
    }
    return (conversations, problems)
  }()

  var isKnownFault: Bool { place.file.lastPathComponent == "known-faults.yaml" }

  /// What is wrong with a file, and where.
  struct Slip: Error {
    let line: Int
    let words: String
    init(_ line: Int, _ words: String) { (self.line, self.words) = (line, words) }
  }
}

// MARK: Reading

extension Conversation {
  fileprivate init(_ node: Node, in file: URL) throws {
    var map = try Map(node)
    place = Place(file: file, line: map.line)
    name = try map.needed("name")
    rows = try map.words("rows") ?? []
    steps = try map.nodes("steps").map { try Step($0, in: file) }
    try map.end()
  }
}

extension Conversation.Step {
  fileprivate init(_ node: Node, in file: URL) throws {
    var map = try Map(node)
    place = Conversation.Place(file: file, line: map.line)
    fault = try map.text("fault")
    expectation = try map.node("expect").map { try Conversation.Expectation($0) }
    switch map.first {
    case "customer": happening = .customer(try Conversation.Message(&map))
    case "agent":
      let body = try map.needed("agent")
      happening = .agent(body, ticket: try map.text("ticket") ?? "T1", of: try map.text("of") ?? "C1")
    case "human", "automation":
      let author = map.first
      var inner = try Map(try map.node(author)!)
      happening = .update(try Conversation.Update(&inner, by: author))
      try inner.end()
    case "order": happening = .order(try Conversation.Order(&map))
    case "disruption": happening = .disruption(try Conversation.Disruption(&map))
    case "consent":
      var inner = try Map(try map.node("consent")!)
      happening = .consent(
        automation: try inner.flag("automation"), personalization: try inner.flag("personalization"),
        of: try inner.text("of") ?? "C1")
      try inner.end()
    case "later":
      let seconds = try map.time("later") ?? 0
      // A promise and a repeat are counted in hours; a file that needs minutes has another aim.
      guard seconds.isMultiple(of: 3_600) else { throw Conversation.Slip(map.line, "later must be whole hours") }
      happening = .later(hours: Int(seconds / 3_600))
    case "erasure": happening = .erasure(try map.needed("erasure"))
    default: throw Conversation.Slip(map.line, "nothing happens by the name of \(map.first)")
    }
    try map.end()
  }
}

extension Conversation.Message {
  fileprivate init(_ map: inout Map) throws {
    body = try map.needed("customer")
    ticket = try map.text("ticket") ?? "T1"
    customer = try map.text("by") ?? "C1"
    channel = try map.text("channel") ?? "email"
    subject = try map.text("subject")
    name = try map.text("name")
    tier = try map.text("tier")
    locale = try map.text("locale")
    orders = try map.words("orders") ?? []
    automation = try map.flag("automation")
    personalization = try map.flag("personalization")
  }
}

extension Conversation.Update {
  fileprivate init(_ map: inout Map, by author: String) throws {
    self.author = author
    ticket = try map.text("ticket") ?? "T1"
    customer = try map.text("of") ?? "C1"
    status = try map.text("status")
    queue = try map.text("queue")
    assignee = try map.text("assignee")
  }
}

extension Conversation.Order {
  /// The states in which the parcel has left us, so that a carrier has it and has seen it.
  private static let sent: Set<String> = [
    "shipped", "in_transit", "out_for_delivery", "delayed", "delivered", "delivery_attempted", "exception", "returning",
    "returned",
  ]

  fileprivate init(_ map: inout Map) throws {
    id = try map.needed("order")
    customer = try map.text("of") ?? "C1"
    status = try map.text("status") ?? "in_transit"
    let isSent = Self.sent.contains(status)
    carrier = try map.text("carrier") ?? (isSent ? "Swift Parcel" : nil)
    region = try map.text("region") ?? "UK-North"
    promised = try map.time("promised", orElse: 48 * 3_600)
    expected = try map.time("expected", orElse: 40 * 3_600)
    scanned = try map.time("scanned", orElse: isSent ? -3 * 3_600 : nil)
    holds = try map.words("holds") ?? []
    items = try map.words("items") ?? []
    hasAddressProblem = try map.flag("address_problem") ?? false
    total = try map.text("total") ?? "59.90"
    refund = try map.text("refund")
  }

  /// The event's data at a time.
  func data(at now: Timestamp) -> [String: Any] {
    var data: [String: Any] = [
      "orderId": id, "customerId": customer, "status": status, "region": region, "addressProblem": hasAddressProblem,
      "holds": holds.map { ["reason": $0] }, "items": items.map { ["title": $0, "quantity": 1] as [String: Any] },
    ]
    data["promisedBy"] = promised.map { now.adding(seconds: $0).rfc3339 }
    data["estimatedDelivery"] = expected.map { now.adding(seconds: $0).rfc3339 }
    data["lastScanAt"] = scanned.map { now.adding(seconds: $0).rfc3339 }
    data["carrier"] = carrier
    data["total"] = total.map { ["amount": $0, "currency": "EUR"] }
    if let refund {
      let at = now.adding(seconds: -20 * 3_600).rfc3339
      data["refunds"] = [["amount": "20.00", "currency": "EUR", "status": refund, "at": at]]
    }
    return data
  }
}

extension Conversation.Disruption {
  fileprivate init(_ map: inout Map) throws {
    name = try map.needed("disruption")
    cause = try map.text("cause") ?? "severe weather"
    carrier = try map.text("carrier") ?? "Swift Parcel"
    region = try map.text("region") ?? "UK-North"
    from = try map.time("from") ?? -24 * 3_600
    nextUpdate = try map.time("next_update") ?? 30 * 3_600
    until = try map.time("until")
  }

  /// The event's data at a time.
  func data(at now: Timestamp) -> [String: Any] {
    var data: [String: Any] = [
      "disruptionId": name, "from": now.adding(seconds: from).rfc3339, "cause": cause,
      "nextUpdateBy": now.adding(seconds: nextUpdate).rfc3339,
    ]
    data["carrier"] = carrier
    data["region"] = region
    data["until"] = until.map { now.adding(seconds: $0).rfc3339 }
    return data
  }
}

extension Conversation.Expectation {
  fileprivate init(_ node: Node) throws {
    var map = try Map(node)
    for name in Self.names { parts[name] = try map.text(name) }
    tripwire = try map.text("tripwire")
    tripwires = try map.words("tripwires")
    insights = try map.words("insights")
    try map.end()
  }
}

/// A map of a file whose keys are taken one by one; a key that nobody takes is a slip of the pen, not a wish.
private struct Map {
  let line: Int
  /// The first key, which says what the map is about.
  let first: String
  private var values: [String: Node] = [:]

  init(_ node: Node) throws {
    line = node.mark?.line ?? 0
    guard let mapping = node.mapping, let first = mapping.first?.key.string else {
      throw Conversation.Slip(line, "a map is needed")
    }
    self.first = first
    for (key, value) in mapping { values[key.string ?? ""] = value }
  }

  mutating func node(_ key: String) throws -> Node? { values.removeValue(forKey: key) }

  mutating func nodes(_ key: String) throws -> [Node] {
    guard let sequence = try node(key)?.sequence else { throw Conversation.Slip(line, "\(key) must be a list") }
    return Array(sequence)
  }

  mutating func text(_ key: String) throws -> String? {
    guard let node = try node(key) else { return nil }
    guard let text = node.scalar?.string else { throw Conversation.Slip(line, "\(key) must be one value") }
    return text
  }

  mutating func needed(_ key: String) throws -> String {
    guard let text = try text(key) else { throw Conversation.Slip(line, "\(key) is needed") }
    return text
  }

  mutating func words(_ key: String) throws -> [String]? {
    guard let node = try node(key) else { return nil }
    guard let sequence = node.sequence else { throw Conversation.Slip(line, "\(key) must be a list") }
    return try sequence.map {
      guard let text = $0.scalar?.string else { throw Conversation.Slip(line, "\(key) must be a list of words") }
      return text
    }
  }

  mutating func flag(_ key: String) throws -> Bool? {
    switch try text(key) {
    case nil: nil
    case "true": true
    case "false": false
    default: throw Conversation.Slip(line, "\(key) must be true or false")
    }
  }

  /// A time like `90m`, `3h` or `-2d`, in seconds.
  mutating func time(_ key: String) throws -> Int64? {
    guard let text = try text(key) else { return nil }
    let units: [Character: Int64] = ["m": 60, "h": 3_600, "d": 86_400]
    guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()) else {
      throw Conversation.Slip(line, "\(key) must be a time like 90m, 3h or -2d")
    }
    return count * unit
  }

  /// The same with a default; `unknown` says that nobody knows.
  mutating func time(_ key: String, orElse value: Int64?) throws -> Int64? {
    if values[key]?.scalar?.string == "unknown" {
      values[key] = nil
      return nil
    }
    return try time(key) ?? value
  }

  func end() throws {
    guard let key = values.keys.min() else { return }
    throw Conversation.Slip(values[key]?.mark?.line ?? line, "\(key) is not understood here")
  }
}
