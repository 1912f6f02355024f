/// `heed.kpi.measured.v1`: one measure of the tickets of one part that began in one window, never without the measure that must be seen
/// beside it.
///
/// A window is measured when it is over and again whenever that changes: a customer who comes back takes a resolution back. The last revision
/// counts.
public struct KPIMeasured: Sendable, Hashable {
  /// From when to when tickets began.
  public struct Window: Sendable, Hashable {
    /// How long it is.
    public enum Length: String, Sendable, Hashable, CaseIterable {
      /// A day of UTC.
      case day
      /// From Monday to Sunday.
      case week
    }

    /// How long it is.
    public var length: Length
    /// Its first moment.
    public var from: Timestamp
    /// The first moment after it.
    public var until: Timestamp

    /// From `from` to `until`.
    public init(_ length: Length, from: Timestamp, until: Timestamp) {
      self.length = length
      self.from = from
      self.until = until
    }
  }

  /// Which tickets of the window.
  public struct Segment: Sendable, Hashable {
    /// What tickets can be cut by, in the order in which it is shown.
    public enum Axis: String, Sendable, Hashable, CaseIterable, Comparable {
      case all, intent, channel, source, language, queue, arm, device

      /// In the order of the list.
      public static func < (a: Self, b: Self) -> Bool {
        (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
      }
    }

    /// What they are cut by.
    public var axis: Axis
    /// Which part: a name from the policy or the model, or an identifier; `nil` of all.
    public var name: Redacted?

    /// The part `name` of `axis`.
    public init(_ axis: Axis, _ name: Redacted? = nil) {
      self.axis = axis
      self.name = name
    }
  }

  /// A value, with how sure it is. Fractions are in ten-thousandths.
  public struct Figure: Sendable, Hashable {
    /// What kind of value it is.
    public enum Unit: String, Sendable, Hashable, CaseIterable {
      /// A part of a whole: `hits` of `count`.
      case share
      /// A time; the value is the median.
      case seconds
      /// A mean.
      case mean
      /// A sum.
      case sum
    }

    /// Which way is better.
    public enum Direction: String, Sendable, Hashable, CaseIterable {
      case up, down, neither
    }

    /// What is measured.
    public var kpi: String
    /// What kind of value it is.
    public var unit: Unit
    /// Which way is better.
    public var better: Direction
    /// Of how many tickets, judgements or messages it speaks.
    public var count: Int
    /// How many of them, of a share.
    public var hits: Int?
    /// The value; `nil` of nothing.
    public var value: Int?
    /// Where the value lies with 95 % confidence, of a share.
    public var low: Int?
    /// Where the value lies with 95 % confidence, of a share.
    public var high: Int?
    /// What nine of ten do not exceed, of a time.
    public var p90: Int?

    /// A value of `kpi`.
    public init(
      kpi: String, unit: Unit, better: Direction, count: Int, hits: Int? = nil, value: Int? = nil, low: Int? = nil,
      high: Int? = nil, p90: Int? = nil
    ) {
      self.kpi = kpi
      self.unit = unit
      self.better = better
      self.count = count
      self.hits = hits
      self.value = value
      self.low = low
      self.high = high
      self.p90 = p90
    }
  }

  /// When the tickets began.
  public var window: Window
  /// Which of them.
  public var segment: Segment
  /// What was measured.
  public var measure: Figure
  /// What must be seen beside it.
  public var pair: Figure
  /// The version of the definitions of both.
  public var definition: Int
  /// Up to when the log was looked at.
  public var asOf: Timestamp
  /// How often it was measured otherwise before.
  public var revision: Int
  /// The measurement before it, of a later revision.
  public var supersedes: String?

  /// A measurement.
  public init(
    window: Window, segment: Segment, measure: Figure, pair: Figure, definition: Int, asOf: Timestamp,
    revision: Int = 0, supersedes: String? = nil
  ) {
    self.window = window
    self.segment = segment
    self.measure = measure
    self.pair = pair
    self.definition = definition
    self.asOf = asOf
    self.revision = revision
    self.supersedes = supersedes
  }

  /// What is measured, for whom and when: `repeat_contact/intent/order_status/day/2026-03-02`. Revisions share it, and it is the record's
  /// key.
  public var subject: String {
    let part = segment.name.map { "\(segment.axis.rawValue)/\($0.text)" } ?? segment.axis.rawValue
    return "\(measure.kpi)/\(part)/\(window.length.rawValue)/\(window.from.day)"
  }

  /// Derived from all that is said: who measures the same gives it the same id, and an id says one thing for ever.
  public var measurement: String {
    DerivedID.make(
      "kpi", source: scorecardSource, id: subject,
      part: "\(asOf.rfc3339)/\(revision)/\(supersedes ?? "")/\(definition)/" + String(decoding: figures, as: UTF8.self))
  }

  /// Both figures as they are written: what a correction differs in.
  public var figures: [UInt8] {
    var writer = JSONWriter(capacity: 384)
    writer.array([measure, pair]) { Self.write($1, &$0) }
    return writer.bytes
  }

  /// The JSON of `data`; see `Schemas/heed.kpi.measured.v1.json`.
  public func encoded() -> [UInt8] {
    var writer = JSONWriter(capacity: 768)
    writer.object { writer in
      writer.field("measurementId", measurement)
      writer.field("window") { writer in
        writer.object { writer in
          writer.field("length", window.length.rawValue)
          writer.field("from", window.from)
          writer.field("until", window.until)
        }
      }
      writer.field("segment") { writer in
        writer.object { writer in
          writer.field("axis", segment.axis.rawValue)
          writer.words("name", optional: segment.name)
        }
      }
      writer.field("measure") { Self.write(measure, &$0) }
      writer.field("pair") { Self.write(pair, &$0) }
      writer.field("definition", integer: definition)
      writer.field("asOf", asOf)
      writer.field("revision", integer: revision)
      writer.field("supersedes", optional: supersedes)
    }
    return writer.bytes
  }

  private static func write(_ figure: Figure, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("kpi", figure.kpi)
      writer.field("unit", figure.unit.rawValue)
      writer.field("better", figure.better.rawValue)
      writer.field("count", integer: figure.count)
      if let hits = figure.hits { writer.field("hits", integer: hits) }
      writer.field("value", tenThousandths: figure.value)
      writer.field("low", tenThousandths: figure.low)
      writer.field("high", tenThousandths: figure.high)
      writer.field("p90", tenThousandths: figure.p90)
    }
  }

  /// The finished event. The first measurement of a window is caused by the time that ended it, a later one by what it corrects.
  public func event() -> OutputEvent {
    OutputEvent(
      to: .kpis, type: .kpiMeasured, id: measurement, key: subject, correlationID: subject,
      cause: Envelope(
        id: supersedes ?? "time/\(window.until.rfc3339)", source: scorecardSource, type: EventType.kpiMeasured.rawValue,
        time: asOf), data: encoded())
  }
}

extension JSONWriter {
  /// Writes a field with ten-thousandths as the shortest decimal, or leaves it out: 8731 is `0.8731`, -5000 is `-0.5`.
  fileprivate mutating func field(_ name: StaticString, tenThousandths value: Int?) {
    guard let value else { return }
    var digits = String(value.magnitude % 10_000)
    digits = String(repeating: "0", count: 4 - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    key(name)
    raw(((value < 0 ? "-" : "") + String(value.magnitude / 10_000) + (digits.isEmpty ? "" : "." + digits)).utf8)
  }
}
