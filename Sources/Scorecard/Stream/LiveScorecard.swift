public import Events

// Read this first of the folder: records in, in any order of partitions; at each midnight of the log what is to be written out.

/// The scorecard of a fleet that works: a fold of its topics whose state is a function of the log alone and is bounded in time.
public struct LiveScorecard: Sendable {
  /// Puts the words of a ticket that is opened into other people's, and decides both; the number chooses among names and remarks.
  public typealias Shadow = @Sendable (_ ticket: TicketOpened, _ number: Int) -> [ShadowAudit.Pair]

  /// Days of which journeys are kept: what a trend is compared with, and six weeks of alerts to say how often they were right.
  public static let keptDays = 70

  /// All journeys that are kept.
  public private(set) var book = JourneyBook()
  /// The midnight up to which everything is measured and written.
  public private(set) var closed: Timestamp?
  private var ledger = Ledger()
  private var audit = ShadowAudit()
  private var raised: Set<String> = []
  /// The time of the oldest record, from which on midnights are closed.
  private var oldest: Timestamp?
  /// What is to be written into every partition of `heed.events.v1`, as the last midnight showed it: experiments that are to end.
  public private(set) var stops: [Event] = []
  private var experiments: ExperimentStops
  private let rule: ResolutionRule
  private let auditEvery: Int
  private let shadow: Shadow?

  /// An empty scorecard.
  ///
  /// - Parameters:
  ///   - partitions: how many `heed.events.v1` has.
  ///   - auditEvery: one of how many tickets is decided again in other people's words; 0 for none.
  ///   - shadow: decides them. It must be a pure function of the ticket.
  public init(
    rule: ResolutionRule = ResolutionRule(), partitions: Int = 1, auditEvery: Int = 0, shadow: Shadow? = nil
  ) {
    experiments = ExperimentStops(partitions: partitions)
    self.rule = rule
    self.auditEvery = auditEvery
    self.shadow = shadow
  }

  /// Takes an event that stands in a partition of `heed.events.v1`.
  public mutating func take(_ event: Event, in partition: Int = 0) {
    book.take(event)
    heard(event.envelope.time)
    if case .experimentStopped(let stop) = event.body { experiments.take(stop, in: partition) }
    guard case .ticketOpened(let ticket) = event.body, let shadow,
      ShadowAudit.samples(ticket.ticket, oneOf: auditEvery)
    else { return }
    let number = Int(Digest256(joining: "twins", ticket.ticket.text).leading % 1_000_000)
    audit.take(shadow(ticket, number), of: ticket.ticket, at: event.envelope.time)
  }

  /// Takes a line of what the fleet wrote: decisions, insights, and what this scorecard wrote itself before a restart. Anything else is passed
  /// over.
  ///
  /// - Throws: `DecodingFailure` if it is no JSON, or a decision that is none.
  public mutating func take(output line: [UInt8]) throws(DecodingFailure) {
    let tree = try JSONTree(reading: line)
    if let time = try book.take(tree) {
      heard(time)
    } else if let measured = RecordedMeasurement(tree) {
      ledger.recall(measured)
      closed = max(closed ?? measured.asOf, measured.asOf)
    } else if tree["source"]?.text == scorecardSource, let insight = tree["data"]?["insightId"]?.text {
      raised.insert(insight)
    }
  }

  mutating func take(_ decision: RecordedDecision) {
    book.take(decision)
    heard(decision.time)
  }

  private mutating func heard(_ time: Timestamp) { oldest = min(oldest ?? time, time) }

  /// The first midnight up to `time` that is not closed yet; `nil` if all are.
  public func midnightToClose(upTo time: Timestamp) -> Timestamp? {
    guard let start = closed ?? oldest else { return nil }
    return Windows.midnights(after: start, upTo: time, most: Self.keptDays).first
  }

  /// Closes the midnight that `midnightToClose` tells: what is to be written, in an order that is always the same.
  ///
  /// All records up to then should have been taken. What comes later corrects what was written at the next midnight.
  public mutating func close(at midnight: Timestamp) -> [OutputEvent] {
    precondition(closed.map { $0 < midnight } ?? true, "midnights are closed in order")
    let card = Scorecard(of: book, asOf: midnight, rule: rule)
    var outputs = ledger.close(card).map { $0.event() }
    for insight in TrendAlerts(card, book).insights(at: midnight) + audit.insights(at: midnight)
    where raised.insert(insight.insight).inserted {
      outputs.append(insight.event(at: midnight))
    }
    stops = experiments.events(card)
    closed = midnight
    book.forget(before: midnight.adding(seconds: -Int64(Self.keptDays) * 86_400))
    audit.forget(before: midnight)
    return outputs
  }

  /// How customers fared whose tickets began in the `days` before `now`, by part: what dashboards show while the day is not over.
  public func figures(days: Int, before now: Timestamp) -> [(
    segment: Scorecard.Segment, figures: [KPI: KPIMeasured.Figure]
  )] {
    let card = Scorecard(
      of: book, from: now.adding(seconds: -Int64(days) * 86_400), asOf: now, rule: rule)
    return card.parts(atMost: Ledger.partsMax).sorted { $0.key < $1.key }.map { ($0.key, card.figures(of: $0.value)) }
  }

  /// What the shadow audit shows at `now`.
  public func findings(before now: Timestamp) -> [Audit.Finding] {
    audit.findings(at: now.adding(seconds: 86_400))
  }
}

extension InsightRaised {
  /// The finished event; a midnight of the log is what caused it.
  fileprivate func event(at midnight: Timestamp) -> OutputEvent {
    OutputEvent(
      to: .findings, type: .insightRaised, id: insight, key: subject.text, correlationID: subject.text,
      cause: Envelope(
        id: "time/\(midnight.rfc3339)", source: scorecardSource, type: EventType.insightRaised.rawValue, time: midnight),
      data: encoded())
  }
}
