public import Streams

/// A broker that hands out so many records a second at most: for work that must leave a cluster room for others.
///
/// What it holds back is a thousand records at most, so with ten a second a rebalance waits for a hundred seconds: not less.
public struct ThrottledBroker<Inner: Broker>: Broker {
  private var inner: Inner
  private let recordsPerSecond: Double?
  private let time: WorkerTime
  /// What was read and not handed out.
  private var held: ArraySlice<BrokerEvent> = []
  /// Until when the records that were handed out last.
  private var spentUntil: ContinuousClock.Instant

  /// The fewest records a second.
  public static var recordsPerSecondMin: Int { 10 }

  /// `inner`, slowed down; `nil` leaves it as it is.
  public init(_ inner: Inner, recordsPerSecond: Int?, time: WorkerTime = .system) {
    self.inner = inner
    self.recordsPerSecond = recordsPerSecond.map { Double(max($0, Self.recordsPerSecondMin)) }
    self.time = time
    spentUntil = time.now()
  }

  /// What happened since the last call, in order, and no more records than their time has come for.
  public mutating func poll(timeout: Duration) -> [BrokerEvent] {
    guard let recordsPerSecond else { return inner.poll(timeout: timeout) }
    if held.isEmpty { held = inner.poll(timeout: timeout)[...] }
    let begin = time.now()
    // Unused time is not saved up: what follows a pause is no burst.
    spentUntil = max(spentUntil, begin)
    let end = begin + timeout
    var events: [BrokerEvent] = []
    while let event = held.first {
      if case .record = event {
        guard spentUntil <= end else { break }
        spentUntil += .seconds(1 / recordsPerSecond)
      }
      events.append(held.removeFirst())
    }
    time.wait(min(timeout, max(.zero, time.now().duration(to: spentUntil))))
    return events
  }

  /// Reads exactly these partitions; what was held back of others is dropped.
  public mutating func assign(_ starts: [ReadingStart]) throws(BrokerFailure) {
    held.removeAll { event in
      switch event {
      case .record, .endOfPartition: true
      case .assigned, .revoked, .failed: false
      }
    }
    try inner.assign(starts)
  }

  /// As the inner one.
  public mutating func commit(_ commit: Commit) -> CommitOutcome { inner.commit(commit) }

  /// As the inner one.
  public mutating func committed(_ sources: [TopicPartition]) throws(BrokerFailure) -> [TopicPartition: Offset] {
    try inner.committed(sources)
  }

  /// As the inner one.
  public mutating func bounds(of source: TopicPartition) throws(BrokerFailure) -> Range<Offset> {
    try inner.bounds(of: source)
  }

  /// As the inner one.
  public mutating func close() { inner.close() }
}
