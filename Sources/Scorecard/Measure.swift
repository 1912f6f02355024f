/// A part of a whole, with how sure it is.
public struct Share: Sendable, Hashable {
  /// How many.
  public var hits: Int
  /// Of how many.
  public var total: Int

  /// `hits` of `total`.
  public init(hits: Int = 0, total: Int = 0) {
    self.hits = hits
    self.total = total
  }

  /// Counts one more.
  mutating func count(_ isHit: Bool) {
    total += 1
    if isHit { hits += 1 }
  }

  /// Between 0 and 1; `nil` of nothing.
  public var value: Double? { total == 0 ? nil : Double(hits) / Double(total) }

  /// The interval of 95 % confidence by Wilson's score method, which is right for few and for extreme shares too; `nil` of nothing.
  /// Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
  public var interval: ClosedRange<Double>? {
    guard let value else { return nil }
    let z = 1.959_963_984_540_054
    let n = Double(total)
    let middle = (value + z * z / (2 * n)) / (1 + z * z / n)
    let reach = z / (1 + z * z / n) * (value * (1 - value) / n + z * z / (4 * n * n)).squareRoot()
    return max(0, middle - reach)...min(1, middle + reach)
  }
}

/// Values of which the middle and the tail are told.
public struct Spread: Sendable, Hashable {
  /// The values, from low to high.
  public let values: [Double]

  /// A spread of `values` in any order.
  public init(_ values: [Double]) { self.values = values.sorted() }

  /// The value that `share` of all do not exceed, by the nearest rank; `nil` of nothing.
  public func percentile(_ share: Double) -> Double? {
    guard !values.isEmpty else { return nil }
    let rank = (share * Double(values.count)).rounded(.up)
    return values[min(max(Int(rank), 1), values.count) - 1]
  }

  /// The mean; `nil` of nothing.
  public var mean: Double? { values.isEmpty ? nil : values.reduce(0, +) / Double(values.count) }
}

/// The value of a KPI.
public enum Measure: Sendable, Hashable {
  /// A part of a whole.
  case share(Share)
  /// Times in seconds.
  case seconds(Spread)
  /// A mean of `Spread`.
  case mean(Spread)
  /// A sum, such as minutes.
  case sum(Double, of: Int)

  /// The one number that is compared: the share, the median of times, the mean, the sum; `nil` of nothing.
  public var value: Double? {
    switch self {
    case .share(let share): share.value
    case .seconds(let spread): spread.percentile(0.5)
    case .mean(let spread): spread.mean
    case .sum(let sum, let count): count == 0 ? nil : sum
    }
  }

  /// Of how many journeys, judgements or messages it speaks.
  public var count: Int {
    switch self {
    case .share(let share): share.total
    case .seconds(let spread), .mean(let spread): spread.values.count
    case .sum(_, let count): count
    }
  }
}
