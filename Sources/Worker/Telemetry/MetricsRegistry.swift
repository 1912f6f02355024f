internal import Glibc
internal import Synchronization

/// The values of all metrics of one process. Written batch by batch under one lock, read when somebody asks.
public final class MetricsRegistry: Sendable {
  private let state: Mutex<MetricValues>

  /// A registry of `metrics`; `allowing` has, by name, the values of labels that are `.configured`.
  ///
  /// - Parameter always: labels that stand at every series, such as the worker's role; not at those of the process, which has
  ///   several workers.
  public init(
    _ metrics: [Metric] = Metric.table, allowing: [String: [String]] = [:], always: [(name: String, value: String)] = []
  ) {
    state = Mutex(MetricValues(metrics, allowing: allowing.mapValues(Set.init), always: always))
  }

  /// Changes values, all of them before anybody reads.
  public func update(_ body: (inout MetricValues) -> Void) {
    state.withLock { body(&$0) }
  }

  /// Everything in Prometheus' text format 0.0.4, in the order of the table, series sorted.
  public func exposition() -> String { Self.exposition(of: [self]) }

  /// The same of several registries of the same metrics, each metric told about once. What concerns the process is the first one's.
  static func exposition(of registries: [MetricsRegistry]) -> String {
    let values = registries.map { $0.state.withLock { $0 } }
    return values.first?.exposition(with: values.dropFirst()) ?? ""
  }
}

/// The values, while the registry's lock is held.
public struct MetricValues: Sendable {
  private let metrics: [Metric]
  private let allowed: [String: Set<String>]
  private let always: [(name: String, value: String)]
  private var families: [String: [[String]: Series]] = [:]
  private var codes: [String: Set<String>] = [:]

  private enum Series: Sendable {
    case number(Double)
    case histogram(counts: [Int], sum: Double)
  }

  private static let codesMax = 64

  init(_ metrics: [Metric], allowing allowed: [String: Set<String>], always: [(name: String, value: String)] = []) {
    self.metrics = metrics
    self.allowed = allowed
    self.always = always
    for metric in metrics {
      precondition(families[metric.name] == nil, "each metric has a name of its own")
      // A metric without labels is there from the start, so that its rate is known from the first event.
      families[metric.name] = metric.labels.isEmpty ? [[]: Self.zero(of: metric)] : [:]
    }
  }

  private static func zero(of metric: Metric) -> Series {
    if case .histogram(let bounds) = metric.kind {
      return .histogram(counts: Array(repeating: 0, count: bounds.count + 1), sum: 0)
    }
    return .number(0)
  }

  /// Adds to a counter.
  public mutating func add(_ metric: Metric, _ amount: Int = 1, _ labels: String...) {
    precondition(metric.kind == .counter && amount >= 0, "\(metric.name) is a counter and only grows")
    guard case .number(let number) = series(metric, labels) else { return }
    families[metric.name]![key(metric, labels)] = .number(number + Double(amount))
  }

  /// Sets a gauge, or a counter that is counted elsewhere.
  public mutating func set(_ metric: Metric, _ value: Double, _ labels: String...) {
    families[known(metric).name]![key(metric, labels)] = .number(value)
  }

  /// Counts values of a histogram.
  public mutating func observe(_ metric: Metric, _ values: some Sequence<Double>) {
    guard case .histogram(let bounds) = metric.kind, case .histogram(var counts, var sum) = series(metric, []) else {
      preconditionFailure("\(metric.name) is a histogram")
    }
    for value in values {
      counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
      sum += value
    }
    families[metric.name]![[]] = .histogram(counts: counts, sum: sum)
  }

  /// Takes away all series of a metric, such as those of partitions that are somebody else's now.
  public mutating func clear(_ metric: Metric) {
    families[known(metric).name] = [:]
  }

  private mutating func series(_ metric: Metric, _ labels: [String]) -> Series {
    families[known(metric).name]![key(metric, labels)] ?? Self.zero(of: metric)
  }

  private func known(_ metric: Metric) -> Metric {
    precondition(families[metric.name] != nil, "\(metric.name) is in the table")
    return metric
  }

  private mutating func key(_ metric: Metric, _ labels: [String]) -> [String] {
    precondition(labels.count == metric.labels.count, "\(metric.name) gets a value for each label")
    return zip(metric.labels, labels).map { label, value in permitted(value, label, of: metric) }
  }

  /// The value if the label may take it, else `other`.
  private mutating func permitted(_ value: String, _ label: Metric.Label, of metric: Metric) -> String {
    switch label.values {
    case .oneOf(let words): return words.contains(value) ? value : "other"
    case .configured:
      if value.isEmpty { return "none" }
      return allowed[label.name]?.contains(value) == true ? value : "other"
    case .partition: return Int32(value) == nil ? "other" : value
    case .code:
      guard Self.isCode(value) else { return "other" }
      var known = codes[metric.name] ?? []
      if known.count < Self.codesMax, known.insert(value).inserted { codes[metric.name] = known }
      return known.contains(value) ? value : "other"
    }
  }

  private static func isCode(_ value: String) -> Bool {
    (1...48).contains(value.utf8.count)
      && value.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
      }
  }
}

// MARK: The text

extension MetricValues {
  func exposition(with others: some Collection<MetricValues>) -> String {
    var text = ""
    for metric in metrics {
      text += "# HELP \(metric.name) \(metric.help)\n# TYPE \(metric.name) \(metric.kind.word)\n"
      writeFamily(of: metric, to: &text)
      if !metric.isOfProcess { for other in others { other.writeFamily(of: metric, to: &text) } }
    }
    return text
  }

  private func writeFamily(of metric: Metric, to text: inout String) {
    for (labels, series) in families[metric.name]!.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      write(series, of: metric, labels, to: &text)
    }
  }

  private func write(_ series: Series, of metric: Metric, _ labels: [String], to text: inout String) {
    let pairs =
      zip(metric.labels, labels).map { "\($0.name)=\"\(Self.escaped($1))\"" }
      + (metric.isOfProcess ? [] : always.map { "\($0.name)=\"\(Self.escaped($0.value))\"" })
    func line(_ suffix: String, _ extra: [String], _ value: String) {
      let all = (pairs + extra).joined(separator: ",")
      text += metric.name + suffix + (all.isEmpty ? "" : "{\(all)}") + " " + value + "\n"
    }
    switch (series, metric.kind) {
    case (.number(let number), _): line("", [], Self.decimal(number))
    case (.histogram(let counts, let sum), .histogram(let bounds)):
      var total = 0
      for (index, count) in counts.enumerated() {
        total += count
        line("_bucket", ["le=\"\(index < bounds.count ? Self.decimal(bounds[index]) : "+Inf")\""], String(total))
      }
      line("_sum", [], Self.decimal(sum))
      line("_count", [], String(total))
    case (.histogram, _): preconditionFailure("only histograms have buckets")
    }
  }

  /// "label_value can be any sequence of UTF-8 characters, but the backslash, double-quote and line feed characters have to
  /// be escaped" (Prometheus, exposition formats).
  private static func escaped(_ value: String) -> String {
    value.reduce(into: "") { text, character in
      switch character {
      case "\\": text += "\\\\"
      case "\"": text += "\\\""
      case "\n": text += "\\n"
      default: text.append(character)
      }
    }
  }

  private static func decimal(_ number: Double) -> String {
    if number == .infinity { return "+Inf" }
    if number == number.rounded(), abs(number) < 1e15 { return String(Int64(number)) }
    return String(number)
  }
}
