/// One metric: everything about it is here, and the exposition and the printed reference come from it.
public struct Metric: Sendable, Hashable {
  /// What it measures.
  public enum Kind: Sendable, Hashable {
    /// Only grows.
    case counter
    /// Goes up and down.
    case gauge
    /// Counts values by size; the bounds are upper ones, ascending.
    case histogram([Double])
  }

  /// Which values a label may take. There is no label of free text: what is not allowed is written as `other`.
  public enum Values: Sendable, Hashable {
    /// These.
    case oneOf([String])
    /// Those given to the registry under the label's name: queues of the policy, intents of the model.
    case configured
    /// The number of a partition.
    case partition
    /// Short codes of the broker's client and of dead letters, the first 64 that come.
    case code
  }

  /// A label and its values.
  public struct Label: Sendable, Hashable {
    /// The label's name.
    public let name: String
    /// Which values it may take.
    public let values: Values

    /// A label.
    public init(_ name: String, _ values: Values) {
      self.name = name
      self.values = values
    }
  }

  /// `heed_<noun>_<unit>`, counters with `_total`.
  public let name: String
  /// What it measures.
  public let kind: Kind
  /// Its labels, in the order in which values are given.
  public let labels: [Label]
  /// One sentence for an operator.
  public let help: String

  /// A metric.
  public init(_ name: String, _ kind: Kind, labels: [Label] = [], help: String) {
    self.name = name
    self.kind = kind
    self.labels = labels
    self.help = help
  }
}

extension Metric {
  /// Whether it is the process's, and so no worker's.
  var isOfProcess: Bool { name.hasPrefix("process_") }
}

extension Metric.Kind {
  /// As Prometheus calls it.
  public var word: String {
    switch self {
    case .counter: "counter"
    case .gauge: "gauge"
    case .histogram: "histogram"
    }
  }
}

extension Metric.Values {
  /// For the reference.
  public var words: String {
    switch self {
    case .oneOf(let words): words.joined(separator: ", ")
    case .configured: "as configured"
    case .partition: "partition number"
    case .code: "short code, 64 at most"
    }
  }
}
