internal import Events
public import Intake

/// A ticketing system that Heed writes to: which vendor's, and how the words of the policy are called there.
/// `Deploy/targets/example.yaml` explains every field.
public struct EgressTarget: Sendable {
  /// The vendors that are known.
  public enum Vendor: String, Sendable, CaseIterable {
    case zendesk, freshdesk, zammad, intercom
  }

  /// What stands before its tickets' ids, and in the name of its topic.
  public let name: String
  let desk: any Desk
  let replyStatus: String?
  private let groups: [String: String]
  private let priorities: [DecisionMade.Urgency: String]
  private let tags: [String]
  private let hasDueDate: Bool

  /// A vendor's system with nothing set but notes, replies and, where that needs no ids, priorities and tags. Intercom needs a file, since
  /// nothing can be written there without naming an admin.
  public init?(_ vendor: Vendor) {
    guard vendor != .intercom else { return nil }
    try? self.init(yaml: "vendor: \(vendor.rawValue)")
  }

  /// Reads a target's document.
  ///
  /// - Throws: `MappingProblem`, with the line.
  public init(yaml: String) throws(MappingProblem) {
    let root = try MappingNode(yaml: yaml)
    let fields = try root.fields([
      "vendor", "name", "actor", "object", "groups", "priorities", "tags", "replyStatus", "dueDate",
    ])
    let vendorNode = try fields.require("vendor", of: root)
    guard let vendor = Vendor(rawValue: try vendorNode.text()) else {
      throw vendorNode.problem("is none of \(Vendor.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    name = try fields["name"].map { node throws(MappingProblem) in try Self.name(node) } ?? vendor.rawValue
    for name in vendor.unknown {
      if let field = fields[name.field] { throw field.problem(name.reason) }
    }
    let takesNumbers = vendor == .zendesk || vendor == .freshdesk
    groups = try Self.words(fields["groups"], isNumber: takesNumbers)
    priorities = try Self.priorities(fields["priorities"], of: vendor)
    tags = try fields["tags"]?.texts() ?? vendor.tags
    replyStatus = try fields["replyStatus"].map { node throws(MappingProblem) in
      try Self.word(node, isNumber: vendor == .freshdesk)
    }
    hasDueDate =
      try fields["dueDate"].map { node throws(MappingProblem) -> Bool in
        guard let flag = Bool(try node.text()) else { throw node.problem("must be true or false") }
        return flag
      } ?? false
    let actor = try fields["actor"].map { node throws(MappingProblem) in try Self.word(node, isNumber: true) }
    let object = try fields["object"].map { node throws(MappingProblem) -> String in
      guard ["conversations", "tickets"].contains(try node.text()) else {
        throw node.problem("must be conversations or tickets")
      }
      return try node.text()
    }
    switch vendor {
    case .zendesk: desk = ZendeskDesk(actor: actor)
    case .freshdesk: desk = FreshdeskDesk()
    case .zammad: desk = ZammadDesk()
    case .intercom:
      guard let actor else { throw root.problem("actor is missing: the id of the admin under whom Heed writes") }
      if object == "tickets", let node = fields["groups"] {
        throw node.problem("only conversations can be assigned to teams")
      }
      desk = IntercomDesk(object: object ?? "conversations", actor: actor)
    }
  }

  /// What is set in the ticket of a case.
  func fields(of summary: CaseSummarised) -> TicketFields {
    TicketFields(
      group: groups[summary.queue], priority: priorities[summary.urgency], tags: tags,
      dueBy: hasDueDate ? summary.dueBy : nil)
  }

  /// The tags of a ticket whose reply was not sent: a rule of the system can go by them.
  func tags(of withheld: UpdateRequested.Withheld) -> [String] {
    tags.isEmpty ? [] : tags + ["heed_" + withheld.rawValue]
  }

  // MARK: Loading

  private static func name(_ node: MappingNode) throws(MappingProblem) -> String {
    let name = try node.text()
    guard (1...64).contains(name.utf8.count),
      name.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") })
    else { throw node.problem("must be a name of lower-case letters, digits and -, as the source is called in intake") }
    return name
  }

  private static func word(_ node: MappingNode, isNumber: Bool) throws(MappingProblem) -> String {
    let word = try node.text()
    guard !word.isEmpty else { throw node.problem("must not be empty") }
    guard !isNumber || word.utf8.allSatisfy({ (0x30...0x39).contains($0) }) && !word.hasPrefix("0") else {
      throw node.problem("must be a number, as the vendor's API takes it")
    }
    return word
  }

  private static func words(_ node: MappingNode?, isNumber: Bool) throws(MappingProblem) -> [String: String] {
    var words: [String: String] = [:]
    for entry in try node?.entries() ?? [] { words[entry.name] = try word(entry.value, isNumber: isNumber) }
    return words
  }

  private static func priorities(
    _ node: MappingNode?, of vendor: Vendor
  ) throws(MappingProblem) -> [DecisionMade.Urgency: String] {
    guard let node else { return vendor.priorities }
    _ = try node.fields(DecisionMade.Urgency.allCases.map(\.rawValue))
    var priorities: [DecisionMade.Urgency: String] = [:]
    for (name, value) in try words(node, isNumber: vendor == .freshdesk) {
      if let urgency = DecisionMade.Urgency(rawValue: name) { priorities[urgency] = value }
    }
    return priorities
  }
}

extension EgressTarget.Vendor {
  /// The names that each vendor ships with.
  fileprivate var priorities: [DecisionMade.Urgency: String] {
    switch self {
    case .zendesk: [.critical: "urgent", .high: "high", .normal: "normal", .low: "low"]
    case .freshdesk: [.critical: "4", .high: "3", .normal: "2", .low: "1"]
    case .zammad: [.critical: "3 high", .high: "3 high", .normal: "2 normal", .low: "1 low"]
    case .intercom: [:]
    }
  }

  fileprivate var tags: [String] {
    switch self {
    case .zendesk, .zammad: ["heed"]
    case .freshdesk, .intercom: []
    }
  }

  /// What cannot be set there, and why: better refused than silently left out.
  fileprivate var unknown: [(field: String, reason: String)] {
    let dueDate = ("dueDate", "only Freshdesk has a due date that can be set")
    let object = ("object", "only Intercom has conversations beside tickets")
    let actor = ("actor", "writes as whoever's token is used")
    switch self {
    case .zendesk: return [dueDate, object]
    case .freshdesk:
      return [object, actor, ("tags", "Freshdesk's API can only replace all tags of a ticket, so they are left alone")]
    case .zammad: return [dueDate, object, actor]
    case .intercom:
      return [
        dueDate, ("tags", "Intercom's tags go by ids of the workspace, so they are left alone"),
        ("priorities", "Intercom's API sets no priority"), ("replyStatus", "a reply sets none in Intercom"),
      ]
    }
  }
}
