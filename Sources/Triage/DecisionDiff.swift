public import Events

/// What is decided otherwise: two sides, decision by decision, as counts, a few examples by their ids, and what agents would get.
///
/// Give it, for each event, what side A and side B decided about it, or all of A and then all of B. The order of the events
/// changes nothing, so the same log gives the same report.
public struct DecisionDiff: Sendable {
  /// One side of a flip, with the words that people know it by.
  public struct Outcome: Sendable, Hashable, Comparable {
    /// What is done; `nothing` where this side decides nothing.
    public let action: String
    /// The queue; empty if there is none.
    public let queue: String
    /// Words for both.
    public var words: String { queue.isEmpty ? action : "\(action) \(queue)" }
    /// Alphabetical.
    public static func < (a: Self, b: Self) -> Bool { (a.action, a.queue) < (b.action, b.queue) }
  }

  /// What changed from one side to the other.
  public struct Change: Sendable, Hashable {
    /// What it is a change of: `intent` counts flips by what the customer wants, the others by what becomes of what.
    public enum Kind: String, Sendable, Hashable, CaseIterable, Comparable {
      case intent, action, step, queue, urgency, deadline, reason
      /// In the order of the report.
      public static func < (a: Self, b: Self) -> Bool {
        allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
      }
    }
    /// What it is a change of.
    public let kind: Kind
    /// What it was.
    public let from: String
    /// What it becomes.
    public let to: String
    /// How many decisions.
    public internal(set) var count: Int
  }

  /// A decision that flips, by ids.
  public struct Example: Sendable, Hashable {
    /// The decision.
    public let decision: String
    /// The ticket.
    public let ticket: String
    /// The event it is about.
    public let event: String
    /// What the customer wants.
    public let intent: String
    /// What A does, and why.
    public let before: Side
    /// What B does, and why.
    public let after: Side
  }

  /// What one side does about an event.
  public struct Side: Sendable, Hashable {
    /// What is done, and where.
    public let outcome: Outcome
    /// The step.
    public let step: String
    /// How urgent.
    public let urgency: String
    /// Until when; empty if there is no deadline.
    public let dueBy: String
    /// The rule or tripwire that fired.
    public let rule: String
  }

  /// What the agents of one queue get, a day.
  public struct Load: Sendable, Hashable {
    /// The queue.
    public let queue: String
    /// Cases by A.
    public let before: Int
    /// Cases by B.
    public let after: Int
  }

  /// What came out.
  public struct Report: Sendable, Hashable {
    /// Events about which at least one side decided.
    public let decisions: Int
    /// Those that A or B decides otherwise: another action, step, queue, urgency or deadline.
    public let flips: Int
    /// Those with the same outcome by another rule.
    public let otherReasons: Int
    /// What flips, by kind, the most frequent first.
    public let changes: [Change]
    /// A few of each way to flip.
    public let examples: [Example]
    /// What agents get, by queue.
    public let load: [Load]
    /// Over so many days, the first and the last counted.
    public let days: Int
  }

  private static let examplesPerStratum = 3

  private var waiting: [EventDigest: Compact] = [:]
  private var names = Names()
  private var decisions = 0
  private var flips = 0
  private var otherReasons = 0
  private var counts: [Change: Int] = [:]
  private var strata: [Stratum: [Candidate]] = [:]
  private var load: [String: (before: Int, after: Int)] = [:]
  private var handed: (before: Set<EventDigest>, after: Set<EventDigest>) = ([], [])
  private var days: Set<UInt32> = []

  /// The ways to flip of which examples are given.
  private struct Stratum: Hashable {
    let before: Outcome
    let after: Outcome
  }

  private struct Candidate {
    let order: UInt64
    let example: Example
  }

  /// A comparison of nothing yet.
  public init() {}

  // MARK: Taking

  /// Takes what both sides decided about one event; `nil` where a side decides nothing.
  public mutating func take(_ before: RecordedOutcome?, _ after: RecordedOutcome?) {
    guard let some = before ?? after else { return }
    decisions += 1
    days.insert(names.number(of: some.day))
    if let before { count(before, into: \.before, \.before) }
    if let after { count(after, into: \.after, \.after) }
    if before?.outcome != after?.outcome {
      flip(before, after, some)
    } else if before?.rule != after?.rule {
      otherReasons += 1
    }
  }

  /// Takes a recorded decision of A. Decisions of both sides meet by their ids.
  public mutating func take(before decision: RecordedOutcome) {
    // A repeat has the same bytes.
    waiting[Self.key(decision.decision)] = Compact(decision, &names)
  }

  /// Takes a recorded decision of B, after all of A.
  public mutating func take(after decision: RecordedOutcome) {
    let key = Self.key(decision.decision)
    guard var known = waiting[key] else {
      waiting[key] = Compact.met
      return take(nil, decision)
    }
    guard !known.isMet else { return }
    take(known.decision(names), decision)
    known.isMet = true
    waiting[key] = known
  }

  // MARK: Counting

  private mutating func flip(_ before: RecordedOutcome?, _ after: RecordedOutcome?, _ some: RecordedOutcome) {
    flips += 1
    let (a, b) = (Side(before), Side(after))
    let intent = some.intent.isEmpty ? "none" : some.intent
    note(.intent, intent, intent)
    note(.action, a.outcome.action, b.outcome.action)
    note(.step, a.step, b.step)
    note(.queue, a.outcome.queue, b.outcome.queue)
    note(.urgency, a.urgency, b.urgency)
    note(.deadline, a.dueBy.isEmpty ? "" : "given", Self.deadline(of: b, after: a))
    note(.reason, a.rule, b.rule)
    let example = Example(
      decision: some.decision, ticket: some.ticket, event: some.event, intent: intent, before: a, after: b)
    let candidate = Candidate(order: Self.order(of: some.decision), example: example)
    var candidates = strata[Stratum(before: a.outcome, after: b.outcome), default: []]
    candidates.append(candidate)
    candidates.sort { ($0.order, $0.example.decision) < ($1.order, $1.example.decision) }
    strata[Stratum(before: a.outcome, after: b.outcome)] = Array(candidates.prefix(Self.examplesPerStratum))
  }

  private mutating func note(_ kind: Change.Kind, _ from: String, _ to: String) {
    if from == to, kind != .intent { return }
    counts[
      Change(kind: kind, from: from.isEmpty ? "none" : from, to: to.isEmpty ? "none" : to, count: 0), default: 0] += 1
  }

  private static func deadline(of side: Side, after other: Side) -> String {
    if side.dueBy.isEmpty || side.dueBy == other.dueBy { return side.dueBy.isEmpty ? "" : "given" }
    guard let new = Timestamp(rfc3339: side.dueBy), let old = Timestamp(rfc3339: other.dueBy) else { return "new" }
    return new < old ? "earlier" : "later"
  }

  /// A ticket that is handed to a queue is a case there once, however often it is handed there again.
  private mutating func count(
    _ decision: RecordedOutcome, into load: WritableKeyPath<(before: Int, after: Int), Int>,
    _ handed: WritableKeyPath<(before: Set<EventDigest>, after: Set<EventDigest>), Set<EventDigest>>
  ) {
    guard decision.action == DecisionMade.Action.handOff.rawValue else { return }
    let place = Self.key(decision.queue + "\u{1F}" + decision.ticket)
    if self.handed[keyPath: handed].insert(place).inserted {
      self.load[decision.queue, default: (0, 0)][keyPath: load] += 1
    }
  }

  /// What came out. Decisions of A that B never met count as decided by A alone.
  public consuming func finish() -> Report {
    for (_, compact) in waiting where !compact.isMet { take(compact.decision(names), nil) }
    let changes = counts.map { change, count in
      Change(kind: change.kind, from: change.from, to: change.to, count: count)
    }.sorted { ($0.kind, -$0.count, $0.from, $0.to) < ($1.kind, -$1.count, $1.from, $1.to) }
    let examples = strata.sorted { ($0.key.before, $0.key.after) < ($1.key.before, $1.key.after) }
      .flatMap { $0.value.map(\.example) }
    return Report(
      decisions: decisions, flips: flips, otherReasons: otherReasons, changes: changes, examples: examples,
      load: load.sorted { $0.key < $1.key }.map { Load(queue: $0.key, before: $0.value.before, after: $0.value.after) },
      days: max(1, days.count))
  }

  // MARK: Small

  private static func key(_ text: String) -> EventDigest {
    // A derived id is 128 bits of SHA-256 already.
    if text.hasPrefix("dec_"), let digest = EventDigest(hex: String(text.dropFirst(4))) { return digest }
    return EventDigest(bytes: Array(Digest256(of: text.utf8).bytes.prefix(EventDigest.count)))!
  }

  /// Ids are digests, so their order is as good as a lot, and the same each time.
  private static func order(of decision: String) -> UInt64 {
    Digest256(of: decision.utf8).bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }
}

extension DecisionDiff.Side {
  fileprivate init(_ decision: RecordedOutcome?) {
    self.init(
      outcome: DecisionDiff.Outcome(action: decision?.action ?? "nothing", queue: decision?.queue ?? ""),
      step: decision?.step ?? "", urgency: decision?.urgency ?? "", dueBy: decision?.dueBy ?? "",
      rule: decision?.rule ?? "")
  }
}

extension RecordedOutcome {
  /// What customers and agents notice of it.
  fileprivate var outcome: [String] { [action, step, queue, urgency, dueBy] }
}

/// Words by numbers: a million decisions have few different ones.
private struct Names: Sendable {
  private var numbers: [String: UInt32] = [:]
  private var words: [String] = []

  mutating func number(of word: String) -> UInt32 {
    if let number = numbers[word] { return number }
    numbers[word] = UInt32(words.count)
    words.append(word)
    return UInt32(words.count - 1)
  }

  subscript(number: UInt32) -> String { words[Int(number)] }
}

/// A recorded decision in little room, until its other side comes.
private struct Compact: Sendable {
  private var ticket = ""
  private var event = ""
  private var dueBy = ""
  private var words:
    (day: UInt32, action: UInt32, step: UInt32, queue: UInt32, urgency: UInt32, intent: UInt32, rule: UInt32) =
      (0, 0, 0, 0, 0, 0, 0)
  private var id = ""
  var isMet = false

  static let met = {
    var compact = Compact()
    compact.isMet = true
    return compact
  }()

  private init() {}

  init(_ decision: RecordedOutcome, _ names: inout Names) {
    (id, ticket, event, dueBy) = (decision.decision, decision.ticket, decision.event, decision.dueBy)
    words = (
      names.number(of: decision.day), names.number(of: decision.action), names.number(of: decision.step),
      names.number(of: decision.queue), names.number(of: decision.urgency), names.number(of: decision.intent),
      names.number(of: decision.rule)
    )
  }

  func decision(_ names: Names) -> RecordedOutcome {
    RecordedOutcome(
      decision: id, ticket: ticket, event: event, day: names[words.day], action: names[words.action],
      step: names[words.step], queue: names[words.queue], urgency: names[words.urgency], dueBy: dueBy,
      intent: names[words.intent], rule: names[words.rule])
  }
}
