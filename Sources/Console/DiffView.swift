internal import Events

/// What another policy or model would have decided otherwise, as `heed diff --json` wrote it, read back. Counts, names and ids; no words of
/// customers. Long lists are cut, and it is said.
public struct DiffView: Sendable, Hashable {
  /// Decisions that changed in one way.
  public struct Change: Sendable, Hashable {
    /// What it was.
    public let from: String
    /// What it becomes.
    public let to: String
    /// How many decisions.
    public let count: Int
  }
  /// Changes of one kind, the most frequent first.
  public struct Group: Sendable, Hashable {
    /// What they are changes of: `intent`, `action`, `step`, `queue`, `urgency`, `deadline`, `reason`.
    public let kind: String
    /// The first of them.
    public let changes: [Change]
    /// How many more there are.
    public let leftOut: Int
  }
  /// A decision that flips, by its ids.
  public struct Example: Sendable, Hashable {
    /// The decision.
    public let decision: String
    /// The ticket.
    public let ticket: String
    /// What the customer wants.
    public let intent: String
    /// What is done before, and why.
    public let before: Side
    /// What is done after, and why.
    public let after: Side
  }
  /// What one side does.
  public struct Side: Sendable, Hashable {
    /// The action.
    public let action: String
    /// The queue; empty if there is none.
    public let queue: String
    /// The rule or tripwire.
    public let rule: String
  }
  /// What the agents of one queue get.
  public struct Load: Sendable, Hashable {
    /// The queue.
    public let queue: String
    /// Cases before.
    public let before: Int
    /// Cases after.
    public let after: Int
  }

  /// What decided before: policy and model.
  public let before: String
  /// What decided after.
  public let after: String
  /// Events about which at least one side decided.
  public let decisions: Int
  /// Those that are decided otherwise.
  public let flips: Int
  /// Those with the same outcome by another rule.
  public let otherReasons: Int
  /// Over so many days.
  public let days: Int
  /// What flips.
  public let groups: [Group]
  /// A few that flip.
  public let examples: [Example]
  /// What agents get, by queue.
  public let load: [Load]

  /// How many entries of a list are kept.
  static let listMax = 40

  /// Reads what `heed diff --json` wrote; `nil` for anything else.
  public init?(data: [UInt8]) {
    guard let tree = try? JSONTree(reading: data), let before = tree["before"]?.text, let after = tree["after"]?.text,
      let decisions = tree["decisions"]?.integer, let flips = tree["flips"]?.integer, let days = tree["days"]?.integer,
      let changes = tree["changes"]?.fields, (0...decisions).contains(flips), days >= 0
    else { return nil }
    self.before = before
    self.after = after
    self.decisions = decisions
    self.flips = flips
    self.days = max(1, days)
    otherReasons = tree["otherReasons"]?.integer ?? 0
    groups = changes.prefix(Self.listMax).compactMap { field in
      let changes = field.value.elements
      return changes.isEmpty
        ? nil
        : Group(
          kind: field.name, changes: changes.prefix(Self.listMax).compactMap { Change($0) },
          leftOut: max(0, changes.count - Self.listMax))
    }
    examples = (tree["examples"]?.elements ?? []).prefix(Self.listMax).compactMap { Example($0) }
    load = (tree["load"]?.elements ?? []).prefix(Self.listMax).compactMap { Load($0) }
  }
}

extension DiffView.Change {
  fileprivate init?(_ tree: JSONTree) {
    guard let from = tree["from"]?.text, let to = tree["to"]?.text, let count = tree["count"]?.integer, count >= 0
    else { return nil }
    self.init(from: from, to: to, count: count)
  }
}

extension DiffView.Example {
  fileprivate init?(_ tree: JSONTree) {
    guard let decision = tree["decisionId"]?.text, let ticket = tree["ticketId"]?.text else { return nil }
    self.init(
      decision: decision, ticket: ticket, intent: tree["intent"]?.text ?? "", before: DiffView.Side(tree["before"]),
      after: DiffView.Side(tree["after"]))
  }
}

extension DiffView.Side {
  fileprivate init(_ tree: JSONTree?) {
    self.init(
      action: tree?["action"]?.text ?? "nothing", queue: tree?["queue"]?.text ?? "", rule: tree?["rule"]?.text ?? "")
  }
}

extension DiffView.Load {
  fileprivate init?(_ tree: JSONTree) {
    guard let queue = tree["queue"]?.text, let before = tree["casesBefore"]?.integer,
      let after = tree["casesAfter"]?.integer, before >= 0, after >= 0
    else { return nil }
    self.init(queue: queue, before: before, after: after)
  }
}
