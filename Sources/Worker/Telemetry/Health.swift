/// What a probe gets to hear: yes, or no with the reasons.
public struct Verdict: Sendable, Equatable {
  /// Why not; empty if all is well.
  public let reasons: [Reason]
  /// What somebody should know though it is no reason: neither a restart nor another worker would change it.
  public let remarks: [Reason]
  /// Whether all is well.
  public var isGood: Bool { reasons.isEmpty }

  /// One thing that is not well.
  public enum Reason: Sendable, Hashable {
    /// The worker's thread has not come around for so long: it hangs in a call.
    case threadHangs(Duration)
    /// Records wait in this partition and its position has not moved for so long.
    case partitionStuck(Int32, Duration)
    /// The group has given us no assignment yet, or took it back.
    case notAssigned
    /// Contexts of so many partitions are still being read.
    case restoring(partitions: Int)
    /// The cluster did not answer when it was last asked.
    case brokerUnreachable
    /// A transaction upstream is open and has held so many records of this partition back for so long.
    case heldBack(Int32, records: Int64, Duration)
    /// It was told to stop.
    case stopping
    /// It has ended, and how.
    case ended(String)
  }

  /// A verdict.
  public init(_ reasons: [Reason] = [], remarks: [Reason] = []) {
    self.reasons = reasons
    self.remarks = remarks
  }

  /// `{"status":"ok"}`, or `{"status":"failing","reasons":[{"code":…,…}]}`; either with `"remarks":[…]` if there are any.
  public var json: String {
    let status = isGood ? #""status":"ok""# : #""status":"failing","reasons":"# + json(reasons)
    return "{" + status + (remarks.isEmpty ? "" : #","remarks":"# + json(remarks)) + "}"
  }

  private func json(_ reasons: [Reason]) -> String { "[" + reasons.map(\.json).joined(separator: ",") + "]" }
}

extension Verdict.Reason {
  /// Names, numbers and words of ours only, so nothing needs to be escaped.
  var json: String {
    switch self {
    case .threadHangs(let duration): #"{"code":"thread_hangs","seconds":\#(duration.components.seconds)}"#
    case .partitionStuck(let partition, let duration):
      #"{"code":"partition_stuck","partition":\#(partition),"seconds":\#(duration.components.seconds)}"#
    case .notAssigned: #"{"code":"not_assigned"}"#
    case .restoring(let partitions): #"{"code":"restoring","partitions":\#(partitions)}"#
    case .brokerUnreachable: #"{"code":"broker_unreachable"}"#
    case .heldBack(let partition, let records, let duration):
      #"{"code":"held_back","partition":\#(partition),"records":\#(records),"seconds":\#(duration.components.seconds)}"#
    case .stopping: #"{"code":"stopping"}"#
    case .ended(let end): #"{"code":"ended","end":"\#(end)"}"#
    }
  }
}

/// What a worker says of itself, and what follows from it. Pure: time comes in.
struct WorkerState: Sendable {
  /// How long nothing may move before the worker counts as dead.
  let patience: Duration
  var partitions: [Int32: PartitionProgress] = [:]
  var isAssigned = false
  var restoring = 0
  var assignedAt: ContinuousClock.Instant?
  var lastTurn: ContinuousClock.Instant
  /// `nil` before the first.
  var lastCommit: ContinuousClock.Instant?
  /// `nil` before it was first asked.
  var isBrokerReachable: Bool?
  var isStopping = false
  var end: WorkerEnd?

  init(patience: Duration, at now: ContinuousClock.Instant) {
    self.patience = patience
    lastTurn = now
  }

  /// Whether it should be left alone (`/live`). A cluster that is away is no reason: a new process would not reach it either.
  func isLive(at now: ContinuousClock.Instant) -> Verdict {
    // It has ended on purpose; the process follows and says how.
    if end != nil { return Verdict() }
    var reasons: [Verdict.Reason] = []
    let silence = lastTurn.duration(to: now)
    if silence > patience { reasons.append(.threadHangs(silence)) }
    if isBrokerReachable == false { return Verdict(reasons) }
    for (partition, progress) in partitions.sorted(by: { $0.key < $1.key }) {
      let age = progress.age(at: now)
      if age > patience { reasons.append(.partitionStuck(partition, age)) }
    }
    return Verdict(reasons)
  }

  /// Whether it does its share (`/ready`). A member to whom the group gave nothing is ready: it stands by.
  func isReady(at now: ContinuousClock.Instant) -> Verdict {
    if let end { return Verdict([.ended(end.word)]) }
    var reasons: [Verdict.Reason] = []
    if isStopping { reasons.append(.stopping) }
    if !isAssigned { reasons.append(.notAssigned) }
    if restoring > 0 { reasons.append(.restoring(partitions: restoring)) }
    if isBrokerReachable == false { reasons.append(.brokerUnreachable) }
    return Verdict(reasons, remarks: heldBack(at: now))
  }

  private func heldBack(at now: ContinuousClock.Instant) -> [Verdict.Reason] {
    partitions.sorted { $0.key < $1.key }.filter { $0.value.isHeldBack(at: now) }.map { partition, progress in
      .heldBack(partition, records: progress.hidden, progress.hiddenAge(at: now))
    }
  }
}
