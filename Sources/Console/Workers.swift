public import Events

/// Who works in the fleet, as far as somebody tells.
public enum Workers: Sendable, Hashable {
  /// Nobody was asked yet.
  case notAsked
  /// The cluster does not tell, and why: a code, not prose.
  case notTold(code: String)
  /// So it was told at that time.
  case told([Worker], at: Timestamp)

  /// One of them.
  public struct Worker: Sendable, Hashable {
    /// What it calls itself.
    public var name: String
    /// Its name that outlives restarts; `nil` if it has none, or if that was not told.
    public var instance: String?
    /// Where it is; `nil` if that was not told.
    public var host: String?
    /// Its partitions of the events, in order.
    public var partitions: [Int32]
    /// What it is doing; `nil` if only the cluster tells, which knows nothing of it.
    public var phase: Phase?
    /// The program; `nil` if that was not told.
    public var version: String?
    /// When it last committed; `nil` if it has not, or if that was not told.
    public var committed: Timestamp?

    /// A worker of which no more is known.
    public init(name: String, partitions: [Int32]) {
      self.name = name
      self.partitions = partitions
    }
  }

  /// What a worker is doing.
  public enum Phase: Sendable, Hashable {
    /// The group has given it nothing yet.
    case joining
    /// It has been reading the contexts of so many partitions for so many seconds.
    case restoring(partitions: Int, seconds: Int64)
    /// It decides, or stands by.
    case ready
    /// It finishes what is open.
    case draining
    /// It has ended.
    case ended
  }
}

extension Progress {
  /// Records that wait in the partitions of `worker`.
  public func lag(of worker: Workers.Worker) -> Int64 {
    worker.partitions.reduce(0) { $0 + (partitions[$1]?.lag ?? 0) }
  }

  /// For how long the slowest partition of `worker` has not moved though records wait in it, in seconds; 0 if all of them move.
  public func age(of worker: Workers.Worker, at now: Timestamp) -> Int64 {
    worker.partitions.compactMap { partitions[$0].map { age(of: $0, at: now) } }.max() ?? 0
  }
}
