/// A KPI as a gauge, in names of closed lists.
public struct KPIReading: Sendable, Hashable {
  /// What is measured.
  public var kpi: String
  /// What must be seen beside it.
  public var pair: String
  /// What tickets are cut by.
  public var axis: String
  /// Which part.
  public var segment: String
  /// The value; `nil` of nothing.
  public var value: Double?
  /// The value of the pair; `nil` of nothing.
  public var pairValue: Double?
  /// Of how many it speaks.
  public var count: Int

  /// A reading of `kpi`.
  public init(
    kpi: String, pair: String, axis: String, segment: String, value: Double?, pairValue: Double?, count: Int
  ) {
    self.kpi = kpi
    self.pair = pair
    self.axis = axis
    self.segment = segment
    self.value = value
    self.pairValue = pairValue
    self.count = count
  }
}

/// How twins are treated, as a gauge.
public struct AuditReading: Sendable {
  /// What differs in the words.
  public var twin: String
  /// What differs in the treatment.
  public var aspect: String
  /// How many pairs there are.
  public var pairs: Int
  /// The difference, and where it lies with 95 % confidence.
  public var difference: (value: Double, low: Double, high: Double)
  /// Whether chance does not explain it.
  public var isAlarm: Bool

  /// A reading of one kind of twin.
  public init(
    twin: String, aspect: String, pairs: Int, difference: (value: Double, low: Double, high: Double), isAlarm: Bool
  ) {
    self.twin = twin
    self.aspect = aspect
    self.pairs = pairs
    self.difference = difference
    self.isAlarm = isAlarm
  }
}

extension WorkerTelemetry {
  /// What the scorecard knows now; what it told before is gone.
  ///
  /// - Parameter closed: up to when everything is written, in seconds since 1970.
  public func show(kpis: [KPIReading], audit: [AuditReading], closed: Double, tickets: Int) {
    update { values in
      for metric: Metric in [.kpi, .kpiPair, .kpiCount, .auditPairs, .auditDifference, .auditAlarm] {
        values.clear(metric)
      }
      for kpi in kpis { values.show(kpi) }
      for finding in audit { values.show(finding) }
      values.set(.closed, closed)
      values.set(.journeys, Double(tickets))
    }
  }
}

extension MetricValues {
  /// A value is never shown without its pair, which is nothing where nothing was measured.
  fileprivate mutating func show(_ kpi: KPIReading) {
    if let value = kpi.value { set(.kpi, value, kpi.kpi, kpi.axis, kpi.segment) }
    if let value = kpi.pairValue { set(.kpiPair, value, kpi.pair, kpi.kpi, kpi.axis, kpi.segment) }
    set(.kpiCount, Double(kpi.count), kpi.kpi, kpi.axis, kpi.segment)
  }

  fileprivate mutating func show(_ finding: AuditReading) {
    set(.auditPairs, Double(finding.pairs), finding.twin, finding.aspect)
    let bounds = [
      ("value", finding.difference.value), ("low", finding.difference.low), ("high", finding.difference.high),
    ]
    for (bound, value) in bounds { set(.auditDifference, value, finding.twin, finding.aspect, bound) }
    set(.auditAlarm, finding.isAlarm ? 1 : 0, finding.twin, finding.aspect)
  }
}
