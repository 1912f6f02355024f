public import Events

// READ FIRST. Records become journeys (`JourneyBook`, a set of moments for each ticket), journeys have a resolution (`ResolutionRule`), and
// what is measured of them is in `KPI`. All of it is a pure function of the log: same range, same numbers.

/// How customers fared in a range of time, by what was measured and for whom.
public struct Scorecard: Sendable {
  /// A part of all journeys.
  public struct Segment: Sendable, Hashable, Comparable {
    /// What it can be cut by.
    public typealias Axis = KPIMeasured.Segment.Axis

    /// What it is cut by.
    public let axis: Axis
    /// Which part; empty for all.
    public let name: String

    /// The part `name` of `axis`.
    public init(_ axis: Axis, _ name: String = "") {
      self.axis = axis
      self.name = name
    }

    /// Everything.
    public static let all = Segment(.all)

    /// By axis, then by name.
    public static func < (a: Self, b: Self) -> Bool { (a.axis, a.name) < (b.axis, b.name) }
  }

  /// The journeys that began in the range, each with its resolution.
  public let journeys: [(journey: Journey, resolution: Resolution)]
  /// The time up to which everything is known.
  public let asOf: Timestamp
  /// The rule by which journeys are resolved.
  public let rule: ResolutionRule

  /// The journeys of `book` that began from `from` on and before `until`, as they stood at `asOf`; nothing later is looked at.
  public init(
    of book: JourneyBook, from: Timestamp? = nil, until: Timestamp? = nil, asOf: Timestamp,
    rule: ResolutionRule = ResolutionRule()
  ) {
    // What we told of our own accord is no journey of a customer before they answer.
    let all = book.journeys(asOf: asOf).filter(\.isOfCustomer)
    let resolutions = rule.resolutions(of: all, asOf: asOf)
    journeys = zip(all, resolutions).map { (journey: $0, resolution: $1) }.filter { item in
      (from.map { item.journey.began >= $0 } ?? true) && (until.map { item.journey.began < $0 } ?? true)
    }
    self.asOf = asOf
    self.rule = rule
  }

  /// The journeys of `card` that `isIn` is true of, as they stood there.
  init(_ card: Scorecard, only isIn: (Journey) -> Bool) {
    journeys = card.journeys.filter { isIn($0.journey) }
    (asOf, rule) = (card.asOf, card.rule)
  }

  /// All segments that have a journey, in order.
  public var segments: [Segment] { Array(Set(journeys.flatMap { Self.segments(of: $0.journey) })).sorted() }

  static func segments(of journey: Journey) -> [Segment] {
    [
      .all, Segment(.intent, journey.intent), Segment(.channel, journey.channel.rawValue),
      Segment(.source, journey.source), Segment(.language, journey.language), Segment(.queue, journey.queue ?? "none"),
      Segment(.arm, journey.arm), Segment(.device, journey.device.rawValue),
    ]
  }

  /// The value of `kpi` for `segment`.
  public func measure(_ kpi: KPI, _ segment: Segment = .all) -> Measure {
    let part = segment == .all ? journeys : journeys.filter { Self.segments(of: $0.journey).contains(segment) }
    return Self.measure(kpi, of: part, patience: rule.silence, asOf: asOf)
  }

  /// `kpi` with the one it must not be seen without (D9).
  public func pair(_ kpi: KPI, _ segment: Segment = .all) -> (Measure, with: Measure) {
    (measure(kpi, segment), with: measure(kpi.pair, segment))
  }

  /// All values of a segment.
  public func measures(_ segment: Segment = .all) -> [(kpi: KPI, measure: Measure)] {
    let part = segment == .all ? journeys : journeys.filter { Self.segments(of: $0.journey).contains(segment) }
    return KPI.allCases.map { ($0, Self.measure($0, of: part, patience: rule.silence, asOf: asOf)) }
  }
}
