internal import Classifier
public import Events
public import Scorecard
public import Streams

// READ FIRST. What the console knows is a fold of the records it reads: events, decisions, cases, replies, insights and dead letters, in
// whatever order the topics give them, and what the cluster says of the group's progress. Everything is bounded, so a console that has run
// for a month holds as much as one that has run for an hour.

/// What a fleet is doing, as far as a reader of its topics can know.
public struct ConsoleState: Sendable {
  /// How much is kept.
  public struct Limits: Sendable {
    /// Decisions, and as many messages, replies and summaries.
    public var decisions: Int
    /// Cases that wait for an agent.
    public var cases: Int
    /// Insights, and as many dead letters.
    public var alerts: Int
    /// Tickets that the scorecard looks at.
    public var tickets: Int

    /// Some 40 MB when all is full.
    public init(decisions: Int = 2_000, cases: Int = 2_000, alerts: Int = 100, tickets: Int = 4_000) {
      self.decisions = decisions
      self.cases = cases
      self.alerts = alerts
      self.tickets = tickets
    }
  }

  /// A decision with what belongs to it.
  public struct Decided: Sendable {
    /// The decision, read back.
    public let view: DecisionView
    /// When its event happened.
    public let time: Timestamp
    /// The event that led to it.
    public let cause: String
  }
  /// A case that waits for an agent.
  public struct OpenCase: Sendable {
    /// The summary, read back.
    public let view: CaseView
    /// Where it is now: the summary's queue, unless a person moved it.
    public var queue: String
    /// When it came.
    public let since: Timestamp
    /// When an agent first wrote; `nil` if none has.
    public var answered: Timestamp?
  }
  /// Something that somebody should look at.
  public struct Alert: Sendable {
    /// What was noticed.
    public let kind: String
    /// Why, for people.
    public let reason: String
    /// The ticket it is about, if it is about one.
    public let ticket: String?
    /// Whose, if it is about one.
    public let customer: String?
    /// When.
    public let time: Timestamp
  }
  /// A record that could not be read.
  public struct Rejected: Sendable {
    /// Why, and where in it.
    public let failure: DecodingFailure
    /// Where the original stood.
    public let source: TopicPartition
    /// Where it stood there.
    public let offset: Offset
    /// How often it was put back.
    public let redriven: Int
    /// When it was rejected.
    public let time: Timestamp
  }

  /// What somebody did to a ticket, wherever its case stands in the topics.
  private struct Touched: Sendable {
    var closed: Timestamp?
    var answered: Timestamp?
    var moved: (queue: String, at: Timestamp)?
    let customer: String
  }
  /// A message before its decision is known, and after.
  private struct Written: Sendable {
    /// The words as they came, until they can be marked and redacted; then gone.
    var raw: String?
    var marked: MarkedText?
    let place: MessagePlace
  }

  /// How much is kept.
  public let limits: Limits
  /// The time of the newest event: the clock by which deadlines pass.
  public private(set) var clock: Timestamp?
  /// Counts what was taken, so that a reader knows whether there is something new.
  public private(set) var revision = 0
  /// Decisions that an order led to which changed, and no message.
  public private(set) var orderDecisions = 0
  /// What was decided about messages since the console began to read, by action.
  public private(set) var totals: [DecisionMade.Action: Int] = [:]
  /// How many dead letters were read.
  public private(set) var rejectedCount = 0
  /// Cases that were left out because there were more than `limits.cases`.
  public private(set) var casesLeftOut = 0
  /// What was decided in the last minutes.
  public private(set) var rates = Rates()
  /// How far the fleet is.
  public private(set) var progress = Progress()
  /// Who works.
  public private(set) var workers = Workers.notAsked
  /// What the scorecard is computed from.
  public private(set) var book = JourneyBook()
  /// Counts what the scorecard's book was told.
  public private(set) var bookRevision = 0

  private var decisions: Bounded<String, Decided>
  private var messages: Bounded<String, Written>
  private var causes: Bounded<String, String>
  private var replies: Bounded<String, ReplyView>
  private var summaries: Bounded<String, CaseView>
  /// Decisions by the digest of their bytes.
  private var digests: Bounded<String, String>
  private var touched: Bounded<String, Touched>
  private var erased: Bounded<String, Timestamp>
  private var insights: Bounded<String, Alert>
  private var letters: Bounded<String, Rejected>
  private var open: [String: OpenCase] = [:]
  /// Up to where each partition is read.
  private var read: [TopicPartition: Offset] = [:]

  /// A console that has read nothing.
  public init(limits: Limits = Limits()) {
    self.limits = limits
    decisions = Bounded(limit: limits.decisions)
    messages = Bounded(limit: limits.decisions)
    causes = Bounded(limit: limits.decisions)
    replies = Bounded(limit: limits.decisions)
    summaries = Bounded(limit: limits.decisions)
    digests = Bounded(limit: limits.decisions)
    touched = Bounded(limit: 2 * limits.cases)
    erased = Bounded(limit: 2 * limits.cases)
    insights = Bounded(limit: limits.alerts)
    letters = Bounded(limit: limits.alerts)
  }

  // MARK: Taking

  /// Takes one record of any of the fleet's topics; what is none of ours is passed over.
  public mutating func take(_ record: Record) {
    revision += 1
    read[record.source] = max(read[record.source] ?? 0, record.offset + 1)
    if let rejected = RejectedRecord(record) { return take(rejected) }
    if let type = record.headers.text("ce_type").flatMap({ EventType(rawValue: $0) }), !type.isInput {
      guard let value = record.value, let time = record.headers.text("ce_time").flatMap({ Timestamp(rfc3339: $0) })
      else { return }
      switch type {
      case .decisionMade: takeDecision(value, record, at: time)
      case .caseSummarised: takeCase(value, at: time)
      case .resolutionProposed:
        if let reply = ReplyView(data: value), !isErased(reply.customer, at: time) {
          replies.put(reply, for: reply.decision)
        }
      case .insightRaised: takeInsight(value, at: time)
      default: return
      }
    } else if let event = try? EventDecoder.decode(record) {
      take(event, from: record)
    }
  }

  /// Takes what the cluster says of the events' partitions: where they end, and what the group has committed.
  public mutating func take(ends: [Int32: Offset], committed: [Int32: Offset], at now: Timestamp) {
    revision += 1
    progress.take(ends: ends, committed: committed, at: now)
  }

  /// Takes who works, as the cluster or the workers themselves tell.
  public mutating func take(_ workers: Workers) {
    revision += 1
    self.workers = workers
  }

  /// Takes that reading stands at the end of a partition.
  public mutating func take(_ end: EndOfPartition) { read[end.source] = max(read[end.source] ?? 0, end.next) }

  private mutating func take(_ rejected: RejectedRecord) {
    let id = "\(rejected.letter.source)@\(rejected.letter.offset)"
    let letter = Rejected(
      failure: rejected.failure, source: rejected.source, offset: rejected.offset, redriven: rejected.redriven,
      time: Timestamp(nanoseconds: rejected.letter.timestampMilliseconds &* 1_000_000))
    if letters.put(letter, for: id) { rejectedCount += 1 }
  }

  private mutating func take(_ event: Event, from record: Record) {
    let time = event.envelope.time
    clock = max(clock ?? time, time)
    book.take(event)
    bookChanged()
    switch event.body {
    case .ticketOpened(let opened):
      write(opened.subject + "\n" + opened.body, MessagePlace(record, event, opened.customer), at: time)
    case .ticketMessage(let message) where message.author == .customer:
      write("\n" + message.body, MessagePlace(record, event, message.customer), at: time)
    case .ticketMessage(let message) where message.author == .agent:
      touch(message.ticket.text, of: message.customer.text) { $0.answered = $0.answered ?? time }
    case .ticketUpdated(let update):
      touch(update.ticket.text, of: update.customer.text) { touched in
        if let status = update.status {
          touched.closed = status == .solved || status == .closed ? time : nil
        }
        if let queue = update.queue, update.changedBy != .automation { touched.moved = (queue, time) }
      }
    case .customerErased(let customer): erase(customer.customer.text, at: time)
    case .ticketMessage, .orderUpdated, .disruptionDeclared, .feedbackGiven, .customerChanged, .customerLinked,
      .customerMoved, .timePassed, .experimentStopped:
      break
    }
  }

  private mutating func write(_ words: String, _ place: MessagePlace, at time: Timestamp) {
    guard !isErased(place.customer, at: time), messages[place.event]?.marked == nil else { return }
    let decision = causes[place.event].flatMap { decisions[$0] }
    // The decision says what to mark; until it comes, the words are kept as they are and shown to nobody.
    messages.put(
      Written(raw: decision == nil ? words : nil, marked: decision?.view.marked(words), place: place), for: place.event)
  }

  private mutating func takeDecision(_ data: [UInt8], _ record: Record, at time: Timestamp) {
    guard let view = DecisionView(data: data), !isErased(view.customer, at: time) else { return }
    let cause = record.headers.text("ce_causationid") ?? ""
    let isNew = decisions.put(Decided(view: view, time: time, cause: cause), for: view.id)
    // At least once may mean twice, and what comes twice counts once.
    guard isNew else { return }
    clock = max(clock ?? time, time)
    digests.put(view.id, for: Digest256(of: data).hex)
    causes.put(view.id, for: cause)
    if view.answersMessage { totals[view.action, default: 0] += 1 } else { orderDecisions += 1 }
    rates.count(view.action, at: record.timestampMilliseconds)
    messages.change(cause) { written in
      written.marked = written.raw.map(view.marked) ?? written.marked
      written.raw = nil
    }
    if let line = StructuredLine.make(from: record), let recorded = try? RecordedDecision(structured: line) {
      book.take(recorded)
      bookChanged()
    }
  }

  private mutating func takeCase(_ data: [UInt8], at time: Timestamp) {
    guard let view = CaseView(data: data), !isErased(view.customer, at: time) else { return }
    summaries.put(view, for: view.decision)
    let before = open[view.ticket]
    // An order that changed brings a newer summary of the same case; an older one that comes later changes nothing.
    if let before, before.since > time, before.view.decision != view.decision { return }
    var item = OpenCase(view: view, queue: view.queue, since: before?.since ?? time, answered: nil)
    if let touched = touched[view.ticket] {
      if let closed = touched.closed, closed >= time { return }
      if let moved = touched.moved, moved.at >= time { item.queue = moved.queue }
      if let answered = touched.answered, answered >= time { item.answered = answered }
    }
    open[view.ticket] = item
    keepCasesFew()
  }

  private mutating func takeInsight(_ data: [UInt8], at time: Timestamp) {
    guard let tree = try? JSONTree(reading: data), let id = tree["insightId"]?.text, let kind = tree["kind"]?.text
    else { return }
    let alert = Alert(
      kind: kind, reason: tree["reason"]?.text ?? "", ticket: tree["ticketId"]?.text,
      customer: tree["customerId"]?.text, time: time)
    if let customer = alert.customer, isErased(customer, at: time) { return }
    insights.put(alert, for: id)
    if kind == InsightRaised.Kind.promiseBroken.rawValue, let ticket = alert.ticket {
      book.takeBrokenPromise(id, of: TicketID(ticket), at: time)
      bookChanged()
    }
  }

  private mutating func touch(_ ticket: String, of customer: String, _ body: (inout Touched) -> Void) {
    var mark = touched[ticket] ?? Touched(customer: customer)
    body(&mark)
    touched.put(mark, for: ticket)
    guard var item = open[ticket] else { return }
    if let closed = mark.closed, closed >= item.since {
      open[ticket] = nil
    } else {
      item.answered = item.answered ?? mark.answered.flatMap { $0 >= item.since ? $0 : nil }
      if let moved = mark.moved, moved.at >= item.since { item.queue = moved.queue }
      open[ticket] = item
    }
  }

  private func isErased(_ customer: String, at time: Timestamp) -> Bool { erased[customer].map { time <= $0 } ?? false }

  /// Forgets a customer, in whatever order the topics tell of them.
  private mutating func erase(_ customer: String, at time: Timestamp) {
    erased.put(time, for: customer)
    let gone = Set(decisions.newest.filter { $0.value.view.customer == customer }.map(\.key))
    decisions.removeAll { $0.view.customer == customer }
    messages.removeAll { $0.place.customer == customer }
    causes.removeAll { gone.contains($0) }
    digests.removeAll { gone.contains($0) }
    replies.removeAll { $0.customer == customer }
    summaries.removeAll { $0.customer == customer }
    touched.removeAll { $0.customer == customer }
    insights.removeAll { $0.customer == customer }
    open = open.filter { $0.value.view.customer != customer }
  }

  private mutating func bookChanged() {
    bookRevision += 1
    if book.count > limits.tickets + limits.tickets / 4 { book.keepNewest(limits.tickets) }
  }

  /// The cases that must be answered first stay.
  private mutating func keepCasesFew() {
    guard open.count > limits.cases + limits.cases / 8 else { return }
    let sorted = open.values.sorted { ($0.view.dueBy, $0.view.ticket) < ($1.view.dueBy, $1.view.ticket) }
    for item in sorted[limits.cases...] { open[item.view.ticket] = nil }
    casesLeftOut += sorted.count - limits.cases
  }

  // MARK: Looking

  /// The decisions, the newest first.
  public var newestDecisions: some Sequence<Decided> { decisions.newest.lazy.map(\.value) }
  /// How many decisions are kept.
  public var decisionCount: Int { decisions.count }
  /// How many cases wait.
  public var caseCount: Int { open.count }
  /// The insights, the newest first.
  public var alerts: [Alert] { insights.newest.map(\.value) }
  /// The dead letters, the newest first.
  public var rejected: [Rejected] { letters.newest.map(\.value) }

  /// The decision called `id`.
  public func decision(_ id: String) -> Decided? { decisions[id] }
  /// The decision of the same customer before `decision`: the one whose bytes have the digest that it names. `nil` if it names none, or one
  /// that is not kept here.
  public func link(before decision: Decided) -> Decided? {
    decision.view.previous.flatMap { digests[$0] }.flatMap { decisions[$0] }
  }
  /// The decisions about `ticket`, the newest first.
  public func decisions(of ticket: String) -> [Decided] { newestDecisions.filter { $0.view.ticket == ticket } }
  /// The message that a decision answers, redacted and marked.
  public func message(of decision: Decided) -> MarkedText? { messages[decision.cause]?.marked }
  /// Where the message stands that a decision answers, word for word; `nil` if it is not known, and for whoever is erased.
  public func place(of decision: Decided) -> MessagePlace? {
    messages[decision.cause].map(\.place).flatMap { $0.customer == decision.view.customer ? $0 : nil }
  }
  /// Whether everything before `end` in `source` was read: what is not known by then did not happen by then.
  public func hasRead(_ source: TopicPartition, upTo end: Offset) -> Bool { read[source] ?? 0 >= end }
  /// What the customer was told by a decision.
  public func reply(of decision: Decided) -> ReplyView? { replies[decision.view.id] }
  /// What the agent got by a decision.
  public func summary(of decision: Decided) -> CaseView? { summaries[decision.view.id] }

  /// The cases that wait, by queue, those that must be answered first in front.
  public var queues: [String: [OpenCase]] {
    Dictionary(grouping: open.values, by: \.queue).mapValues { cases in
      cases.sorted { ($0.view.dueBy, $0.view.ticket) < ($1.view.dueBy, $1.view.ticket) }
    }
  }

  /// For each of `keys` how often each of its values stands among the decisions about messages that are kept, the most frequent first. All at
  /// once, as looking at thousands of decisions is most of what a page costs.
  public func mixes(_ keys: [(DecisionView) -> String?]) -> [[(name: String, count: Int)]] {
    var counts = keys.map { _ in [String: Int]() }
    for decision in decisions.values where decision.view.answersMessage {
      for (index, key) in keys.enumerated() {
        if let name = key(decision.view) { counts[index][name, default: 0] += 1 }
      }
    }
    return counts.map { counts in
      counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { (name: $0.key, count: $0.value) }
    }
  }
}
