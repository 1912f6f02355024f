public import Events
internal import Foundation

/// What customers suddenly write about more than before (C25).
///
/// The last day is compared with the four weeks before it, for each matter alone, with each carrier and with each product. A rate is not taken
/// for known: what four weeks say of it is a distribution, and the day's count is judged by the prediction that follows (a Poisson rate under
/// Jeffreys' prior, so a negative binomial count). Of all that is looked at on a day, at most one alarm in twenty is expected to be false
/// (Benjamini and Hochberg, JRSS B 57, 1995).
public struct Trend: Sendable, Hashable {
  /// What it is about.
  public struct Topic: Sendable, Hashable, Comparable {
    /// The matter.
    public let intent: String
    /// The carrier of the order, if the trend is with one.
    public let carrier: String?
    /// The product, if the trend is with one.
    public let product: String?

    /// The matter alone, or with a carrier or a product.
    public init(intent: String, carrier: String? = nil, product: String? = nil) {
      self.intent = intent
      self.carrier = carrier
      self.product = product
    }

    /// In the order of their names.
    public static func < (a: Self, b: Self) -> Bool {
      (a.intent, a.carrier ?? "", a.product ?? "") < (b.intent, b.carrier ?? "", b.product ?? "")
    }
  }

  /// What it is about.
  public let topic: Topic
  /// The first moment of its day, which is a day of UTC.
  public let day: Timestamp
  /// How many tickets it has that day.
  public let count: Int
  /// How many there are on a day of the four weeks before.
  public let usual: Double
  /// The chance of such a day, or one with more, if nothing changed.
  public let chance: Double

  /// The days that a day is compared with.
  public static let baselineDays = 28
  /// Fewer tickets are no trend, however rare they used to be.
  public static let leastCount = 5
  /// The share of alarms that may be false.
  public static let falseShare = 0.05

  /// The trends of each day of `journeys` that begins in `range`, `context` saying what is known of an order.
  static func emerging(
    in journeys: [Journey], _ range: Range<Timestamp>, context: (OrderID) -> OrderContext?
  ) -> [Trend] {
    let counts = counts(of: journeys, context)
    guard let first = journeys.map(\.began.day).min(), let last = journeys.map(\.began.day).max() else { return [] }
    // A comparison needs the days it compares with.
    guard first + Int64(baselineDays) <= last else { return [] }
    let days = (first + Int64(baselineDays)...last).filter { range.contains(Timestamp(day: $0)) }
    return days.flatMap { emerging(on: $0, counts) }
  }

  /// How many journeys of each topic began on each day.
  static func counts(of journeys: [Journey], _ context: (OrderID) -> OrderContext?) -> [Topic: [Int64: Int]] {
    var counts: [Topic: [Int64: Int]] = [:]
    for journey in journeys {
      let day = journey.began.day
      for topic in topics(of: journey, context) { counts[topic, default: [:]][day, default: 0] += 1 }
    }
    return counts
  }

  static func emerging(on day: Int64, _ counts: [Topic: [Int64: Int]]) -> [Trend] {
    var candidates: [Trend] = []
    var looked = 0
    for (topic, days) in counts {
      let before = (1...Int64(baselineDays)).reduce(0) { $0 + (days[day - $1] ?? 0) }
      guard before > 0 || days[day] != nil else { continue }
      looked += 1
      guard let count = days[day], count >= leastCount else { continue }
      candidates.append(
        Trend(
          topic: topic, day: Timestamp(day: day), count: count, usual: Double(before) / Double(baselineDays),
          chance: chance(of: count, after: before)))
    }
    candidates.sort { ($0.chance, $0.topic) < ($1.chance, $1.topic) }
    let kept = candidates.indices.last { candidates[$0].chance <= falseShare * Double($0 + 1) / Double(looked) }
    return kept.map { Array(candidates[...$0]) } ?? []
  }

  /// The chance of `count` or more on so many days after `before` in the four weeks.
  static func chance(of count: Int, after before: Int, days: Int = 1) -> Double {
    let shape = Double(before) + 0.5
    let stay = Double(baselineDays) / Double(baselineDays + days)
    var term = pow(stay, shape)
    var below = 0.0
    for k in 0..<count {
      below += term
      term *= (shape + Double(k)) / Double(k + 1) * (1 - stay)
    }
    return max(0, 1 - below)
  }

  private static func topics(of journey: Journey, _ context: (OrderID) -> OrderContext?) -> [Topic] {
    guard journey.intent != "other" else { return [] }
    let order = journey.order.flatMap(context)
    let products = Set(order?.products ?? []).map { Topic(intent: journey.intent, product: $0) }
    let carriers = order?.carrier.map { [Topic(intent: journey.intent, carrier: $0)] } ?? []
    return [Topic(intent: journey.intent)] + carriers + products
  }
}

/// What of an order a trend can be about.
struct OrderContext: Sendable, Hashable {
  let carrier: String?
  /// Stock keeping units, or titles where there are none.
  let products: [String]

  /// Orders contexts in some way that does not depend on when they were told.
  var sortKey: String { (carrier ?? "") + "\u{0}" + products.joined(separator: "\u{0}") }
}

extension Timestamp {
  /// The day of UTC, counted from the epoch.
  fileprivate var day: Int64 { Windows.number(of: self) }

  fileprivate init(day: Int64) { self.init(nanoseconds: day * 86_400 * 1_000_000_000) }
}
