internal import Classifier
public import Events
public import Policy
public import Trainer

/// Corrections as labelled texts: what agents said about a message, joined with its words.
///
/// First told which decisions were corrected, then the events once more for the words, so that of a long log only the words that are needed are
/// kept. Words are kept without personal data. The same corrections and events give the same rows, in whatever order they are told.
///
/// A reroute names a queue and not a matter. It teaches the intent only where the reading itself held possible one intent of that queue, and no
/// other of it: else the policy may be what is wrong, which `PolicyProposal` is about.
public struct Lessons: Sendable {
  /// Why a correction became no row.
  public enum Omission: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Agents contradict each other about it, or about the same words.
    case contradictory
    /// It says nothing that a model learns: a queue with no or several intents that could be meant, a boundary, a deadline.
    case noLabel = "no_label"
    /// It names what the model does not know.
    case unknownLabel = "unknown_label"
    /// The message is not in the events, or has no words.
    case noWords = "no_words"
    /// The same words with the same labels are there already.
    case duplicate
    /// Too much of one customer or one agent.
    case capped
    /// By name.
    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  }

  /// What came out.
  public struct Harvest: Sendable, Hashable {
    /// Rows by ticket and decision.
    public let rows: [LearnedRow]
    /// How many corrections became none, by reason.
    public let omissions: [Omission: Int]
  }

  private struct Lesson {
    let decided: DecidedCase
    var labels: LabelledText
    var agents: Set<String>
    var at: Timestamp
  }

  private let limits: RowLimits
  private var waiting: [String: Lesson] = [:]
  private var rows: [LearnedRow] = []
  private var omissions: [Omission: Int] = [:]

  /// Lessons of what was judged, for a model that knows `intents` and `signals`.
  public init(
    from judged: [JudgedCase], policy: PolicyDocument, intents: [String] = Plan.intents,
    signals: [String] = Plan.signals, limits: RowLimits = RowLimits()
  ) {
    self.limits = limits
    for one in judged where one.isJudged {
      switch Self.lesson(one, policy, Set(intents), Set(signals)) {
      case .success(let lesson): waiting[one.decided.id] = lesson
      case .failure(let omission): omissions[omission.reason, default: 0] += 1
      }
    }
  }

  private struct Omitted: Error {
    let reason: Omission
  }

  // MARK: Labels

  private static func lesson(
    _ one: JudgedCase, _ policy: PolicyDocument, _ intents: Set<String>, _ signals: Set<String>
  ) -> Result<Lesson, Omitted> {
    var labels = LabelledText(text: "")
    labels.source = "feedback"
    var agents: Set<String> = []
    var at = one.decided.time
    var reasons: Set<Omission> = []
    for agreement in one.agreements.values {
      guard case .agreed(let claim, let who, let when) = agreement else {
        reasons.insert(.contradictory)
        continue
      }
      guard isKnown(claim, intents, signals) else {
        reasons.insert(.unknownLabel)
        continue
      }
      guard labels.take(claim, of: one, policy) else { continue }
      agents.formUnion(who)
      at = max(at, when)
    }
    guard !agents.isEmpty else { return .failure(Omitted(reason: reasons.min() ?? .noLabel)) }
    if let noticed = labels.signals {
      // Who looked at one signal let the others stand as they were noticed.
      labels.signals = one.decided.signals.reduce(into: noticed) { set, name in
        if signals.contains(name), one.agreed(.signal(name)) == nil { set.insert(name) }
      }
    }
    return .success(Lesson(decided: one.decided, labels: labels, agents: agents, at: at))
  }

  private static func isKnown(_ claim: Claim, _ intents: Set<String>, _ signals: Set<String>) -> Bool {
    switch claim {
    case .intent(let name): intents.contains(name)
    case .signal(let name, _): signals.contains(name)
    case .queue, .sentiment, .pressure, .boundary, .deadline: true
    }
  }

  // MARK: Words

  /// Takes an event of the log: the words of a message that was corrected.
  public mutating func take(_ event: Event) {
    let id = DerivedID.make("dec", source: event.envelope.source, id: event.envelope.id)
    guard let lesson = waiting[id] else { return }
    switch event.body {
    case .ticketOpened(let opened): add(lesson, subject: opened.subject, body: opened.body)
    case .ticketMessage(let message) where message.author == .customer: add(lesson, subject: "", body: message.body)
    default: break
    }
  }

  private mutating func add(_ lesson: Lesson, subject: String, body: String) {
    waiting[lesson.decided.id] = nil
    var labelled = lesson.labels
    labelled.subject = Redacted(subject).text
    labelled.text = Redacted(body).text
    // `[phone]` alone is nothing to learn from.
    let own = (labelled.subject + " " + labelled.text).replacing(/\[[a-z_]+\]/, with: "")
    guard own.contains(where: \.isLetter) else {
      omissions[.noWords, default: 0] += 1
      return
    }
    rows.append(
      LearnedRow(
        labelled: labelled, ticket: lesson.decided.ticket, customer: lesson.decided.customer,
        decision: lesson.decided.id, agents: lesson.agents.sorted(), at: lesson.at,
        isHeldOut: Self.isHeldOut(lesson.decided.ticket)))
  }

  /// One ticket of five is never learned from. Which ones follows from their names, so that a ticket stays on its side from week to week, and all
  /// its messages with it.
  private static func isHeldOut(_ ticket: TicketID) -> Bool {
    Digest256(joining: "held out", ticket.text).leading % 5 == 0
  }

  // MARK: Rows

  /// What came out, once every event was taken.
  public consuming func finish() -> Harvest {
    omissions[.noWords, default: 0] += waiting.count
    let kept = capped(distinct(rows))
    return Harvest(
      rows: kept.sorted { ($0.ticket, $0.decision) < ($1.ticket, $1.decision) },
      omissions: omissions.filter { $0.value > 0 })
  }

  /// The same words count once; with several labels they teach nothing.
  private mutating func distinct(_ rows: [LearnedRow]) -> [LearnedRow] {
    Dictionary(grouping: rows) { [$0.labelled.subject, $0.labelled.text] }.values.flatMap { same -> [LearnedRow] in
      guard Set(same.map(\.labelled)).count == 1 else {
        omissions[.contradictory, default: 0] += same.count
        return []
      }
      omissions[.duplicate, default: 0] += same.count - 1
      return same.min { ($0.at.nanoseconds, $0.decision) < ($1.at.nanoseconds, $1.decision) }.map { [$0] } ?? []
    }
  }

  /// Nobody steers the model alone. What is kept is drawn by lot, and the lot follows from the decision's name: who labels more, or earlier, has
  /// no more say.
  private mutating func capped(_ rows: [LearnedRow]) -> [LearnedRow] {
    var ofCustomer: [CustomerID: Int] = [:]
    var ofAgent: [String: Int] = [:]
    let drawn = rows.map { (lot: Digest256(joining: "drawn", $0.decision).leading, row: $0) }
      .sorted { ($0.lot, $0.row.decision) < ($1.lot, $1.row.decision) }
    return drawn.compactMap { _, row -> LearnedRow? in
      let alone = row.agents.count == 1 ? row.agents[0] : nil
      guard ofCustomer[row.customer, default: 0] < limits.perCustomer,
        alone.map({ ofAgent[$0, default: 0] < limits.perAgent }) ?? true
      else {
        omissions[.capped, default: 0] += 1
        return nil
      }
      ofCustomer[row.customer, default: 0] += 1
      if let alone { ofAgent[alone, default: 0] += 1 }
      return row
    }
  }
}

extension LabelledText {
  /// Notes what `claim` says of the text; whether it says anything.
  fileprivate mutating func take(_ claim: Claim, of one: JudgedCase, _ policy: PolicyDocument) -> Bool {
    switch claim {
    case .intent(let name): intents = [name]
    case .queue(let queue):
      // Who names the matter says more than who names the queue.
      if case .agreed? = one.agreements[.intent] { return false }
      let possible = one.decided.possible.filter { policy.intents[$0]?.queue == queue }
      guard queue != one.decided.queue, possible.count == 1, possible[0] != one.decided.intent else { return false }
      intents = possible
    case .sentiment(let level): sentiment = .level(level)
    case .pressure(let words): pressure = words
    case .signal(let name, let isThere):
      var known = signals ?? []
      if isThere { known.insert(name) }
      signals = known
    case .boundary, .deadline: return false
    }
    return true
  }
}
