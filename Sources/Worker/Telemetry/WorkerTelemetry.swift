internal import Glibc
public import Streams
internal import Synchronization

/// What one worker tells the outside: its metrics, whether it lives and whether it is ready. Told by the worker's thread,
/// batch by batch, and asked by others.
public final class WorkerTelemetry: Sendable {
  private let registry: MetricsRegistry
  private let state: Mutex<WorkerState>

  /// Telemetry of a worker that starts now.
  ///
  /// - Parameters:
  ///   - registry: where the values go.
  ///   - patience: how long nothing may move, while records wait, before the worker counts as dead.
  public init(registry: MetricsRegistry = MetricsRegistry(), patience: Duration = .seconds(180)) {
    self.registry = registry
    state = Mutex(WorkerState(patience: patience, at: .now))
  }

  // MARK: Told by the worker

  /// The worker's thread has come around.
  public func turned(at now: ContinuousClock.Instant) {
    state.withLock { $0.lastTurn = now }
  }

  /// The worker was told to stop.
  public func stopping() {
    state.withLock { $0.isStopping = true }
  }

  /// Something happened.
  public func took(_ report: WorkerReport, at now: ContinuousClock.Instant = .now) {
    let restoreTime = state.withLock { $0.take(report, at: now) }
    let wallclock = Self.millisecondsSince1970()
    registry.update { $0.count(report, wallclock: wallclock, restoreTime: restoreTime) }
  }

  // MARK: Told by who asks the cluster

  /// The partitions whose ends are of interest.
  public var partitions: [Int32] { state.withLock { $0.partitions.keys.sorted() } }

  /// The cluster said where these partitions end, transactions that are open left out, and took so long for one answer.
  ///
  /// - Parameter written: where they ended a moment before with those transactions; without it, what is hidden is not known.
  /// - Returns: what is to be logged: once each time that open transactions hold records back for long.
  @discardableResult
  public func sampled(
    _ ends: [Int32: Offset], written: [Int32: Offset] = [:], answerTime: Duration?,
    at now: ContinuousClock.Instant = .now
  ) -> [WorkerReport] {
    if let answerTime { registry.update { $0.set(.answer, answerTime / .seconds(1)) } }
    return state.withLock { $0.take(ends, written: written, at: now) }
  }

  /// The cluster did not answer.
  public func unreachable() {
    state.withLock { $0.isBrokerReachable = false }
  }

  // MARK: Asked by others

  /// Whether the process should be left alone.
  public func isLive(at now: ContinuousClock.Instant = .now) -> Verdict { state.withLock { $0.isLive(at: now) } }

  /// Whether the worker does its share.
  public func isReady(at now: ContinuousClock.Instant = .now) -> Verdict { state.withLock { $0.isReady(at: now) } }

  /// What `body` makes of the state.
  func looked<R: Sendable>(_ body: (borrowing WorkerState) -> R) -> R { state.withLock { body($0) } }

  /// All metrics, as of now, in Prometheus' text format.
  public func exposition(at now: ContinuousClock.Instant = .now) -> String {
    refreshed(at: now).exposition()
  }

  /// The registry, with what is read off the state when somebody asks.
  func refreshed(at now: ContinuousClock.Instant) -> MetricsRegistry {
    let state = state.withLock { $0 }
    let process = ProcessUse.now
    registry.update { values in
      values.show(state, at: now)
      values.set(.processorTime, process.seconds)
      values.set(.memory, process.residentBytes)
    }
    return registry
  }

  /// Changes values of metrics that are of one role alone.
  func update(_ body: (inout MetricValues) -> Void) { registry.update(body) }

  /// Says which program, policy and model decide.
  public func show(version: String, policy: String, model: String) {
    registry.update { $0.set(.info, 1, version, policy, model) }
  }

  private static func millisecondsSince1970() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }
}

extension WorkerState {
  /// Takes what a report says of partitions. Gives the time since the assignment when all contexts are restored.
  fileprivate mutating func take(_ report: WorkerReport, at now: ContinuousClock.Instant) -> Duration? {
    switch report {
    case .assigned(let given, let restoring):
      partitions = Dictionary(uniqueKeysWithValues: given.map { ($0, PartitionProgress()) })
      (isAssigned, self.restoring, assignedAt) = (true, restoring, now)
    case .restored:
      restoring = 0
      excuse(at: now)
      return assignedAt?.duration(to: now)
    case .revoked: (partitions, isAssigned, restoring) = ([:], false, 0)
    case .caughtUp(let end): partitions[end.source.partition]?.caughtUp(end, at: now)
    case .committed(let batch):
      lastCommit = now
      for (partition, position) in batch.positions { partitions[partition]?.moved(to: position, at: now) }
    case .offsetGone(let gone, _): partitions[gone.source.partition] = PartitionProgress()
    case .ended(let end): self.end = end
    case .trouble(let failure):
      // The client hears of it at once, before somebody asks.
      if failure.code == "_ALL_BROKERS_DOWN" { isBrokerReachable = false }
    case .waitingForTransaction, .heldBack, .rewound, .positionRefused, .refused, .transactionEnded: break
    }
    return nil
  }

  fileprivate mutating func take(
    _ ends: [Int32: Offset], written: [Int32: Offset], at now: ContinuousClock.Instant
  ) -> [WorkerReport] {
    for (partition, end) in ends { partitions[partition]?.sampled(end: end, written: written[partition], at: now) }
    // While the cluster was away and while contexts are read nobody can expect progress.
    if restoring > 0 || isBrokerReachable == false { excuse(at: now) }
    isBrokerReachable = true
    return partitions.keys.sorted().compactMap { partition in
      guard partitions[partition]!.takesHoldToTell(at: now) else { return nil }
      let progress = partitions[partition]!
      return .heldBack(partition: partition, records: progress.hidden, for: progress.hiddenAge(at: now))
    }
  }

  fileprivate mutating func excuse(at now: ContinuousClock.Instant) {
    for partition in partitions.keys { partitions[partition]!.excused(at: now) }
  }
}

extension MetricValues {
  /// Counts what happened.
  fileprivate mutating func count(_ report: WorkerReport, wallclock: Int64, restoreTime: Duration?) {
    switch report {
    case .assigned: add(.rebalances, 1, "assigned")
    case .revoked(let lost): add(.rebalances, 1, lost ? "lost" : "revoked")
    case .restored(_, let records):
      add(.restoredRecords, records)
      if let restoreTime { observe(.restore, [restoreTime / .seconds(1)]) }
    case .committed(let batch): count(batch, wallclock: wallclock)
    case .transactionEnded(let outcome, let duration):
      add(.commits, 1, outcome.word)
      observe(.transaction, [duration / .seconds(1)])
    case .rewound(let failure): add(.rewinds, 1, failure.code)
    case .positionRefused(let failure): add(.positionsRefused, 1, failure.code)
    case .refused(_, _, let substitute): add(.refused, 1, substitute.rawValue)
    case .offsetGone(_, let policy): add(.offsetsGone, 1, policy.rawValue)
    case .trouble(let failure): add(.troubles, 1, failure.code)
    case .ended(let end): add(.ends, 1, end.word)
    case .waitingForTransaction, .heldBack, .caughtUp: break
    }
  }

  private mutating func count(_ batch: CommittedBatch, wallclock: Int64) {
    add(.records, batch.records)
    add(.outputs, batch.outputs)
    add(.outputBytes, batch.outputBytes)
    add(.contextWrites, batch.tables)
    observe(.batch, [batch.duration / .seconds(1)])
    // Clocks of other machines run ahead, too.
    observe(.latency, batch.timestamps.lazy.filter { $0 > 0 }.map { Double(max(0, wallclock - $0)) / 1_000 })
    for (tally, count) in batch.tallies {
      switch tally {
      case .decision(let action, let queue, let intent): add(.decisions, count, action, queue, intent)
      case .deadLetter(let code): add(.deadLetters, count, code)
      case .update(let target, let purpose): add(.updates, count, target, purpose)
      }
    }
  }

  /// Sets what is read off the state when somebody asks.
  fileprivate mutating func show(_ state: WorkerState, at now: ContinuousClock.Instant) {
    for metric: Metric in [.lag, .hidden, .hiddenAge, .clearing, .progressAge] { clear(metric) }
    for (number, progress) in state.partitions {
      let partition = String(number)
      if let lag = progress.lag { set(.lag, Double(lag), partition) }
      if let seconds = progress.secondsToClear { set(.clearing, seconds, partition) }
      set(.hidden, Double(progress.hidden), partition)
      set(.hiddenAge, progress.hiddenAge(at: now) / .seconds(1), partition)
      set(.progressAge, progress.age(at: now) / .seconds(1), partition)
    }
    set(.partitions, Double(state.partitions.count - state.restoring), "ready")
    set(.partitions, Double(state.restoring), "restoring")
    set(.reachable, state.isBrokerReachable == false ? 0 : 1)
    set(.live, state.isLive(at: now).isGood ? 1 : 0)
    set(.ready, state.isReady(at: now).isGood ? 1 : 0)
  }
}

extension CommitOutcome {
  /// For a metric's label.
  fileprivate var word: String {
    switch self {
    case .committed: "committed"
    case .writtenWithoutPosition: "position_refused"
    case .rewind: "rewound"
    case .fenced: "fenced"
    case .failed: "failed"
    }
  }
}

/// What this process has used so far.
private struct ProcessUse {
  let seconds: Double
  let residentBytes: Double

  static var now: ProcessUse {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return ProcessUse(seconds: seconds(usage.ru_utime) + seconds(usage.ru_stime), residentBytes: residentBytes)
  }

  /// The second number of `/proc/self/statm` counts pages.
  private static var residentBytes: Double {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
    let words = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(
      separator: " ")
    return words.count > 1 ? (Double(words[1]) ?? 0) * Double(sysconf(Int32(_SC_PAGESIZE))) : 0
  }
}
