public import Events

/// The weekly review: everything a team looks at to do better next week, from the log alone. The same range gives the same report.
public struct Report: Sendable, Encodable {
  /// What is looked at, RFC 3339.
  public struct Range: Sendable, Encodable {
    /// The first moment; tickets that began before are not in the report.
    public let from: String
    /// The first moment after it.
    public let until: String
    /// Up to when the log was told.
    public let asOf: String
  }

  /// One measure, with the one it must not be seen without.
  public struct Row: Sendable, Encodable {
    /// Its name in code and metrics.
    public let name: String
    /// Its name for people.
    public let title: String
    /// How it is computed.
    public let definition: String
    /// `up`, `down` or `neither`: which way is better.
    public let better: String
    /// `share`, `seconds`, `mean` or `sum`.
    public let unit: String
    /// The value; absent of nothing.
    public let value: Double?
    /// The 90th percentile of times.
    public let p90: Double?
    /// Where the value lies with 95 % confidence, of shares.
    public let low: Double?
    /// Where the value lies with 95 % confidence, of shares.
    public let high: Double?
    /// Of how many tickets, judgements or messages it speaks.
    public let count: Int
    /// The value in the range of the same length before.
    public let before: Double?
    /// The measure to be seen beside it.
    public let pair: String
  }

  /// A part of the tickets.
  public struct Part: Sendable, Encodable {
    /// `intent`, `channel`, `source`, `language`, `queue` or `arm`.
    public let axis: String
    /// Which.
    public let name: String
    /// How many tickets it has.
    public let tickets: Int
    /// The value of each measure that has one.
    public let values: [String: Double]
  }

  /// Something that went wrong, and how often.
  public struct Theme: Sendable, Encodable, Hashable {
    /// `came_back`, `misrouted`, `promise_broken`, `prompt_abandoned`, `repeated_themselves`, `unhappy`, `intrusive` or `handed_over_in_vain`.
    public let kind: String
    /// The matter it went wrong with.
    public let intent: String
    /// How many tickets.
    public let count: Int
    /// Three of them, to look at.
    public let tickets: [String]
  }

  /// A way that people corrected.
  public struct Misroute: Sendable, Encodable, Hashable {
    /// Where Heed sent it.
    public let from: String
    /// Where a person put it.
    public let to: String
    /// The matter.
    public let intent: String
    /// How often.
    public let count: Int
  }

  /// Handovers by what caused them.
  public struct Escalation: Sendable, Encodable, Hashable {
    /// The rule or tripwire.
    public let rule: String
    /// How often.
    public let count: Int
    /// Verdicts of agents that it was necessary.
    public let needed: Int
    /// Verdicts of agents that it was not.
    public let notNeeded: Int
  }

  /// What emerged.
  public struct TrendRow: Sendable, Encodable, Hashable {
    /// The day.
    public let day: String
    /// The matter.
    public let intent: String
    /// The carrier it is with.
    public let carrier: String?
    /// The product it is with.
    public let product: String?
    /// Tickets that day.
    public let count: Int
    /// Tickets on a day of the four weeks before.
    public let usual: Double
    /// The chance of this if nothing changed.
    public let chance: Double
  }

  /// How often alerts of a kind were right.
  public struct AlertRow: Sendable, Encodable, Hashable {
    /// `escalation_risk`, `churn_risk`, `friction` or `promise_broken`.
    public let kind: String
    /// By what it showed; absent for all of the kind together.
    public let sign: String?
    /// How many were raised.
    public let raised: Int
    /// Those that can be judged by now.
    public let judged: Int
    /// The share of right ones; absent of nothing.
    public let precision: Double?
    /// Where the share lies with 95 % confidence.
    public let low: Double?
    /// Where the share lies with 95 % confidence.
    public let high: Double?
    /// When such an alert counts as right.
    public let definition: String
  }

  /// What was done first, a day of UTC.
  public struct Day: Sendable, Encodable, Hashable {
    /// The day.
    public let day: String
    /// Tickets that were answered.
    public var answered = 0
    /// Tickets in which we asked.
    public var asked = 0
    /// Tickets that were handed over.
    public var handedOver = 0
    /// Tickets that were owed nothing.
    public var nothing = 0
  }

  /// A journey for somebody to read (G6).
  public struct Sample: Sendable, Encodable, Hashable {
    /// The ticket.
    public let ticket: String
    /// The matter.
    public let intent: String
    /// The channel.
    public let channel: String
    /// `open`, `silent`, `confirmed` or `taken_back`.
    public let end: String
    /// What happened, a step each.
    public let steps: [String]
  }

  /// What is looked at.
  public let range: Range
  /// How many tickets began in it.
  public let tickets: Int
  /// Every measure.
  public let measures: [Row]
  /// The measures for parts of the tickets, largest parts first.
  public let parts: [Part]
  /// The days of the range.
  public let days: [Day]
  /// What went wrong most.
  public let themes: [Theme]
  /// What people moved.
  public let misroutes: [Misroute]
  /// What was handed over, and whether that was right.
  public let escalations: [Escalation]
  /// What emerged in the range.
  public let trends: [TrendRow]
  /// The experiment's name, if decisions tell it.
  public let experimentName: String?
  /// Treatment against baseline; empty where there is no baseline.
  public let experiment: [Experiment.Row]
  /// When the experiment was stopped by itself.
  public let experimentStopped: String?
  /// How often alerts were right, of all that were raised before the end of the range.
  public let alerts: [AlertRow]
  /// Journeys for people to read, from every corner.
  public let sample: [Sample]

  /// The report of `book` from `from` to `until`, told up to `asOf`. Earlier journeys are compared with.
  ///
  /// - Precondition: `from` is not after `until`.
  public init(
    of book: JourneyBook, from: Timestamp, until: Timestamp, asOf: Timestamp, rule: ResolutionRule = ResolutionRule()
  ) {
    let card = Scorecard(of: book, from: from, until: until, asOf: asOf, rule: rule)
    let earlier = from.adding(seconds: -until.seconds(since: from))
    // As it stood at the time, so that both had the same time to come back.
    let past = Scorecard(
      of: book, from: earlier, until: from, asOf: min(from.adding(seconds: asOf.seconds(since: until)), asOf),
      rule: rule)
    range = Range(from: from.rfc3339, until: until.rfc3339, asOf: asOf.rfc3339)
    tickets = card.journeys.count
    measures = KPI.allCases.map { Row($0, card.measure($0), before: past.measure($0)) }
    parts = Self.parts(card)
    days = Self.days(card)
    themes = Self.themes(card)
    misroutes = Self.misroutes(card)
    escalations = Self.escalations(card)
    trends = book.trends(in: from..<until, asOf: min(until, asOf)).map(TrendRow.init)
    let experiment = card.segments.contains(Scorecard.Segment(.arm, "baseline")) ? Experiment(card) : nil
    experimentName = experiment?.name
    self.experiment = experiment?.comparisons.map(Experiment.Row.init) ?? []
    experimentStopped = experiment?.stopped?.rfc3339
    alerts = book.alertPrecision(until: until, asOf: asOf).map(AlertRow.init)
    sample = Self.sample(card)
  }

  private static func parts(_ card: Scorecard) -> [Part] {
    card.segments.filter { $0.axis != .all }.map { segment in
      let measures = card.measures(segment)
      let values = measures.compactMap { item in item.measure.value.map { (item.kpi.rawValue, $0.rounded4) } }
      return Part(
        axis: segment.axis.rawValue, name: segment.name, tickets: card.measure(.taskCompletion, segment).count,
        values: Dictionary(uniqueKeysWithValues: values))
    }.sorted { ($0.axis, -$0.tickets, $0.name) < ($1.axis, -$1.tickets, $1.name) }
  }

  private static func days(_ card: Scorecard) -> [Day] {
    var days: [String: Day] = [:]
    for (journey, _) in card.journeys {
      let name = journey.began.dayName
      switch journey.decisions.first?.action {
      case .resolve, .notify: days[name, default: Day(day: name)].answered += 1
      case .clarify: days[name, default: Day(day: name)].asked += 1
      case .handOff: days[name, default: Day(day: name)].handedOver += 1
      case .none?, nil: days[name, default: Day(day: name)].nothing += 1
      }
    }
    return days.values.sorted { $0.day < $1.day }
  }

  private static func misroutes(_ card: Scorecard) -> [Misroute] {
    let moved = card.journeys.compactMap { item in
      item.journey.misroutedTo.map { [item.journey.queue ?? "", $0, item.journey.intent] }
    }
    return counted(moved).map { Misroute(from: $0[0], to: $0[1], intent: $0[2], count: $1) }
  }

  private static func escalations(_ card: Scorecard) -> [Escalation] {
    var rules: [String: (count: Int, needed: Int, vain: Int)] = [:]
    for (journey, _) in card.journeys {
      guard let decision = journey.decisions.first(where: { $0.action == .handOff }) else { continue }
      rules[decision.rule, default: (0, 0, 0)].count += 1
      for judgement in journey.judgements {
        guard case .handover(let isNeeded) = judgement else { continue }
        if isNeeded { rules[decision.rule]!.needed += 1 } else { rules[decision.rule]!.vain += 1 }
      }
    }
    return rules.map { Escalation(rule: $0, count: $1.count, needed: $1.needed, notNeeded: $1.vain) }
      .sorted { (-$0.count, $0.rule) < (-$1.count, $1.rule) }
  }

  static func counted<Key: Hashable>(_ keys: [[Key]]) -> [([Key], Int)] where Key: Comparable {
    Dictionary(keys.map { ($0, 1) }, uniquingKeysWith: +).sorted {
      $0.value != $1.value ? $0.value > $1.value : $0.key.lexicographicallyPrecedes($1.key)
    }.map { ($0.key, $0.value) }
  }
}

extension Report.Row {
  init(_ kpi: KPI, _ measure: Measure, before: Measure) {
    var interval: ClosedRange<Double>?
    var p90: Double?
    switch measure {
    case .share(let share): (unit, interval) = ("share", share.interval)
    case .seconds(let spread): (unit, p90) = ("seconds", spread.percentile(0.9))
    case .mean: unit = "mean"
    case .sum: unit = "sum"
    }
    self.p90 = p90
    (name, title, definition) = (kpi.rawValue, kpi.title, kpi.definition)
    (better, pair) = (kpi.direction.rawValue, kpi.pair.rawValue)
    (low, high) = (interval?.lowerBound.rounded4, interval?.upperBound.rounded4)
    (value, self.before, count) = (measure.value?.rounded4, before.value?.rounded4, measure.count)
  }
}

extension Report.AlertRow {
  init(_ alerts: AlertPrecision) {
    self.init(
      kind: alerts.kind.rawValue, sign: alerts.sign, raised: alerts.raised, judged: alerts.right.total,
      precision: alerts.right.value?.rounded4, low: alerts.right.interval?.lowerBound.rounded4,
      high: alerts.right.interval?.upperBound.rounded4, definition: AlertPrecision.definition(of: alerts.kind))
  }
}

extension Report.TrendRow {
  init(_ trend: Trend) {
    self.init(
      day: trend.day.dayName, intent: trend.topic.intent, carrier: trend.topic.carrier, product: trend.topic.product,
      count: trend.count, usual: trend.usual.rounded4, chance: trend.chance)
  }
}

extension Experiment {
  /// A comparison as it is reported.
  public struct Row: Sendable, Encodable, Hashable {
    /// The measure.
    public let name: String
    /// Its value with automation.
    public let treatment: Double?
    /// Of how many.
    public let treatmentCount: Int
    /// Its value without.
    public let baseline: Double?
    /// Of how many.
    public let baselineCount: Int
    /// What the sequential test says, of shares.
    public let verdict: String?

    init(_ comparison: Comparison) {
      name = comparison.kpi.rawValue
      (treatment, treatmentCount) = (comparison.treatment.value?.rounded4, comparison.treatment.count)
      (baseline, baselineCount) = (comparison.baseline.value?.rounded4, comparison.baseline.count)
      verdict = comparison.verdict?.rawValue
    }
  }
}

extension Double {
  /// Four decimals, so that the last bits of a sum are not part of a report.
  var rounded4: Double { (self * 10_000).rounded() / 10_000 }
}

extension Timestamp {
  /// `2026-11-03`.
  var dayName: String { String(rfc3339.prefix(10)) }
}
