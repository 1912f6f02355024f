/// A topic every record of which counts: what happened, in order, kept for a time.
public struct StreamTopic: Sendable, Hashable {
  /// The full name, prefix included.
  public let name: String
  /// A stream named `name`.
  public init(_ name: String) { self.name = name }
}

/// A topic of which the last record per key counts: compacted, read whole on assignment.
public struct TableTopic: Sendable, Hashable {
  /// The full name, prefix included.
  public let name: String
  /// A table named `name`.
  public init(_ name: String) { self.name = name }
}

/// What a topic should be on the cluster: the unit of `heed topics plan`, `apply` and `check`.
public struct TopicSpecification: Sendable, Hashable {
  /// The full name, prefix included.
  public let name: String
  /// How many partitions.
  public let partitions: Int32
  /// How many copies; `-1` leaves it to the cluster's default.
  public let replicas: Int16
  /// Configuration that our promises need, by Kafka's names (`cleanup.policy`, ...).
  public let configuration: [String: String]

  /// A topic as it should be.
  public init(name: String, partitions: Int32, replicas: Int16 = -1, configuration: [String: String] = [:]) {
    self.name = name
    self.partitions = partitions
    self.replicas = replicas
    self.configuration = configuration
  }
}
