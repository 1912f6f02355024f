public import Events
public import Streams

/// How far the fleet is in the events, as the cluster tells it: where each partition ends, and what the group has committed.
public struct Progress: Sendable {
  /// One partition.
  public struct Partition: Sendable, Hashable {
    /// Where the log ends.
    public var end: Offset
    /// The position that the group committed; `nil` if it never did.
    public var committed: Offset?
    /// When that position last moved, or was seen for the first time.
    public var moved: Timestamp

    /// Records that wait. An upper bound: control records of transactions count, though nobody reads them.
    public var lag: Int64 { max(0, end - (committed ?? 0)) }
  }

  /// The partitions by number.
  public private(set) var partitions: [Int32: Partition] = [:]
  /// The lag of all of them, each time it was asked for; the last minutes.
  public private(set) var lags: [(at: Timestamp, lag: Int64, done: Int64)] = []
  /// How many answers are kept.
  public static let answersMax = 120

  /// When the cluster last answered.
  public var asked: Timestamp? { lags.last?.at }
  /// Records that wait in all partitions.
  public var lag: Int64 { partitions.values.reduce(0) { $0 + $1.lag } }

  /// How long a partition with waiting records may stand still before it is called stuck, in seconds.
  public static let patience: Int64 = 60

  /// For how long `partition` has not moved though records wait, in seconds; 0 if nothing waits.
  public func age(of partition: Partition, at now: Timestamp) -> Int64 {
    partition.lag == 0 ? 0 : max(0, now.seconds(since: partition.moved))
  }

  /// The partitions that stand still though records wait.
  public func stuck(at now: Timestamp) -> [Int32] {
    partitions.filter { age(of: $0.value, at: now) > Self.patience }.keys.sorted()
  }

  /// In how many seconds all that waits is done at the pace of the last minute; `nil` if nothing moves.
  public var timeToClear: Double? {
    guard lag > 0 else { return 0 }
    guard let last = lags.last, let first = lags.first(where: { last.at.seconds(since: $0.at) <= 60 }),
      last.done > first.done, last.at.seconds(since: first.at) > 0
    else { return nil }
    let pace = Double(last.done - first.done) / Double(last.at.seconds(since: first.at))
    return Double(lag) / pace
  }

  mutating func take(ends: [Int32: Offset], committed: [Int32: Offset], at now: Timestamp) {
    for (number, end) in ends {
      let before = partitions[number]
      let position = committed[number] ?? before?.committed
      partitions[number] = Partition(
        end: end, committed: position, moved: before?.committed == position ? before?.moved ?? now : now)
    }
    lags.append((now, lag, partitions.values.reduce(0) { $0 + ($1.committed ?? 0) }))
    if lags.count > Self.answersMax { lags.removeFirst(lags.count - Self.answersMax) }
  }
}
