/// Where a worker stands, for people who look at it: what its probes tell machines, with what they need not know.
public struct WorkerStanding: Sendable, Hashable {
  /// What it is doing.
  public enum Phase: String, Sendable, Hashable, CaseIterable {
    /// The group has given it no assignment yet, or took it back.
    case joining
    /// It reads the contexts of its partitions.
    case restoring
    /// It decides, or stands by without a partition.
    case ready
    /// It finishes what is open and leaves.
    case draining
    /// It has ended.
    case ended
  }

  /// What it is doing.
  public let phase: Phase
  /// What the group gave it, in order.
  public let partitions: [Int32]
  /// Of how many of them contexts are still being read.
  public let restoring: Int
  /// Since when it has them.
  public let sinceAssignment: Duration?
  /// Since its last commit; `nil` if it has not committed yet.
  public let sinceCommit: Duration?
}

extension WorkerTelemetry {
  /// Where the worker stands.
  public func standing(at now: ContinuousClock.Instant = .now) -> WorkerStanding { looked { $0.standing(at: now) } }
}

extension WorkerState {
  fileprivate func standing(at now: ContinuousClock.Instant) -> WorkerStanding {
    let phase: WorkerStanding.Phase =
      if end != nil { .ended } else if isStopping { .draining } else if !isAssigned {
        .joining
      } else { restoring > 0 ? .restoring : .ready }
    return WorkerStanding(
      phase: phase, partitions: partitions.keys.sorted(), restoring: restoring,
      sinceAssignment: isAssigned ? assignedAt?.duration(to: now) : nil, sinceCommit: lastCommit?.duration(to: now))
  }
}
