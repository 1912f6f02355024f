internal import Events

extension Scorecard {
  /// The journeys of each part. Of an axis with more than `most` parts the smallest are `other` together, and so is a name that is none.
  func parts(atMost most: Int) -> [Segment: [Item]] {
    var parts: [Segment: [Item]] = [:]
    for item in journeys { for segment in Self.segments(of: item.journey) { parts[segment, default: []].append(item) } }
    for axis in Segment.Axis.allCases where axis != .all {
      let own = parts.keys.filter { $0.axis == axis }
      let named = own.filter { (1...Self.nameBytesMax).contains($0.name.utf8.count) && $0.name != "other" }
      let kept = named.sorted { (-parts[$0]!.count, $0) < (-parts[$1]!.count, $1) }.prefix(most)
      guard kept.count < own.count else { continue }
      let rest = Set(own).subtracting(kept)
      // In the order of the journeys, as a sum of fractions depends on it.
      let others = journeys.filter { item in Self.segments(of: item.journey).contains(where: rest.contains) }
      for segment in rest { parts[segment] = nil }
      parts[Segment(axis, "other")] = others
    }
    return parts
  }

  /// Longer names are nobody's that we know.
  private static let nameBytesMax = 100

  /// Every measure of a part, as it is written.
  func figures(of part: [Item]) -> [KPI: KPIMeasured.Figure] {
    Dictionary(
      uniqueKeysWithValues: KPI.allCases.map { kpi in
        (kpi, KPIMeasured.Figure(kpi, Self.measure(kpi, of: part, patience: rule.silence, asOf: asOf)))
      })
  }
}

extension KPIMeasured.Figure {
  /// `measure` in ten-thousandths.
  init(_ kpi: KPI, _ measure: Measure) {
    let better = Direction(rawValue: kpi.direction.rawValue)!
    let value = measure.value?.tenThousandths
    let count = measure.count
    switch measure {
    case .share(let share):
      self.init(
        kpi: kpi.rawValue, unit: .share, better: better, count: count, hits: share.hits, value: value,
        low: share.interval?.lowerBound.tenThousandths, high: share.interval?.upperBound.tenThousandths)
    case .seconds(let spread):
      self.init(
        kpi: kpi.rawValue, unit: .seconds, better: better, count: count, value: value,
        p90: spread.percentile(0.9)?.tenThousandths)
    case .mean: self.init(kpi: kpi.rawValue, unit: .mean, better: better, count: count, value: value)
    case .sum: self.init(kpi: kpi.rawValue, unit: .sum, better: better, count: count, value: value)
    }
  }
}

extension KPIMeasured.Segment {
  /// Names are those of the policy and the model, words of closed lists, and identifiers of systems.
  init(_ segment: Scorecard.Segment) {
    self.init(segment.axis, segment.axis == .all ? nil : Redacted(ours: segment.name))
  }
}

extension Double {
  /// Rounded; a number that is beyond all reason, as an annotation of an agent may be, is cut off.
  fileprivate var tenThousandths: Int { Int((Swift.min(Swift.max(self, -1e12), 1e12) * 10_000).rounded()) }
}
