public import Logging
public import Streams
internal import Synchronization

/// Asks a worker to stop; may be called from anywhere, more than once.
public final class StopSignal: Sendable {
  private let isRaised = Atomic<Bool>(false)

  /// A signal that is not raised.
  public init() {}

  /// Asks to finish what is open and to end.
  public func raise() { isRaised.store(true, ordering: .releasing) }

  /// Whether it was asked.
  public var wasRaised: Bool { isRaised.load(ordering: .acquiring) }
}

/// Where to begin in a partition in which the group never committed anything.
public enum FirstStart: String, Sendable, Hashable, CaseIterable {
  /// The first record kept.
  case earliest
  /// What comes from now on.
  case latest
}

/// Runs a lane machine on a broker until it ends: polls, tells the machine what happened, does what it says.
///
/// Owned by one thread, which blocks in `run`; give it one of its own and never one of Swift's pool. All decisions are the
/// machine's; here is only what waits.
public struct WorkerLoop<P: Processor, B: Broker> {
  private var machine: LaneMachine<P>
  private var broker: B
  private let inputs: [String]
  private let logger: Logger
  private let telemetry: WorkerTelemetry?
  private let firstStart: FirstStart
  private let time: WorkerTime
  private var end: WorkerEnd?
  /// Whether reading was arranged anew since the last poll. The broker hands out nothing older afterwards, but what it had
  /// handed out before stands in our hands still: after a rewind those records lie behind the ones that will come again, and
  /// taking them first would decide on contexts that lack what lies between.
  private var readingChanged = false

  /// The longest wait for something to happen: it bounds how late a stop is seen.
  private static var pollTimeoutMax: Duration { .milliseconds(100) }

  /// A loop of `processor` on `broker`, which it closes at the end; it lives in `time`. `telemetry` hears of everything that
  /// happens.
  public init(
    processor: P, broker: consuming B, limits: BatchLimits = BatchLimits(), safeguards: Safeguards = Safeguards(),
    firstStart: FirstStart = .earliest, telemetry: WorkerTelemetry? = nil, logger: Logger,
    time: WorkerTime = .system
  ) {
    machine = LaneMachine(processor: processor, limits: limits, safeguards: safeguards)
    self.broker = broker
    inputs = processor.inputs.map(\.name)
    self.firstStart = firstStart
    self.telemetry = telemetry
    self.logger = logger
    self.time = time
  }

  /// Works until it is stopped or cannot go on. Blocks the thread.
  ///
  /// - Parameter onReports: called on this thread with each report, after it was logged.
  public mutating func run(until stop: StopSignal, onReports: (WorkerReport) -> Void = { _ in }) -> WorkerEnd {
    while true {
      telemetry?.turned(at: time.now())
      readingChanged = false
      let events = broker.poll(timeout: timeout())
      for event in events where end == nil && !(readingChanged && event.isOfReading) {
        for workerEvent in translate(event, onReports) { perform(machine.on(workerEvent, at: time.now()), onReports) }
      }
      if events.isEmpty { perform(machine.on(.nothingWaits, at: time.now()), onReports) }
      if stop.wasRaised { perform(machine.on(.stop, at: time.now()), onReports) }
      if let end { return end }
    }
  }

  private func timeout() -> Duration {
    guard let deadline = machine.deadline else { return Self.pollTimeoutMax }
    return min(Self.pollTimeoutMax, max(.zero, time.now().duration(to: deadline)))
  }

  private mutating func translate(_ event: BrokerEvent, _ onReports: (WorkerReport) -> Void) -> [WorkerEvent] {
    switch event {
    case .record(let record): return [.record(record)]
    case .endOfPartition(let end): return [.endOfPartition(end)]
    case .revoked(_, let lost): return [.revoked(lost: lost)]
    case .failed(let failure):
      if failure.isFatal { return [.failed(failure)] }
      tell(.trouble(failure), onReports)
      // Several partitions may say it; one look at all of them is enough.
      return failure.isOffsetGone && !readingChanged ? [offsetGone(onReports)] : []
    case .assigned(let sources): return [assigned(sources, onReports)]
    }
  }

  private func tell(_ report: WorkerReport, _ onReports: (WorkerReport) -> Void) {
    report.record(to: logger)
    telemetry?.took(report, at: time.now())
    onReports(report)
  }

  /// What the partitions keep; those that cannot be asked now will say it again.
  private mutating func offsetGone(_ onReports: (WorkerReport) -> Void) -> WorkerEvent {
    var kept: [TopicPartition: Range<Offset>] = [:]
    for source in machine.partitions.flatMap({ partition in inputs.map { TopicPartition($0, partition) } }) {
      do throws(BrokerFailure) { kept[source] = try broker.bounds(of: source) } catch {
        tell(.trouble(error), onReports)
      }
    }
    return .offsetGone(kept: kept)
  }

  /// What is committed must be known before any context is read: a context that is newer than the position is repeated
  /// harmlessly, a position that is newer than the contexts would lose what lies between.
  private mutating func assigned(
    _ sources: [TopicPartition], _ onReports: (WorkerReport) -> Void
  ) -> WorkerEvent {
    let sources = sources.filter { inputs.contains($0.topic) }
    var failures = 0
    while true {
      do throws(BrokerFailure) {
        return .assigned(sources, committed: try positions(of: sources))
      } catch {
        tell(.trouble(error), onReports)
        telemetry?.turned(at: time.now())
        failures += 1
        // An open transaction of a worker that died is aborted by the broker after its timeout, a minute at most.
        if error.isFatal || failures == 5 { return .failed(error) }
      }
    }
  }

  /// What is committed; where nothing is, the end if that is where to begin.
  private mutating func positions(of sources: [TopicPartition]) throws(BrokerFailure) -> [TopicPartition: Offset] {
    guard !sources.isEmpty else { return [:] }
    var positions = try broker.committed(sources)
    guard firstStart == .latest else { return positions }
    for source in sources where positions[source] == nil {
      positions[source] = try broker.bounds(of: source).upperBound
    }
    return positions
  }

  private mutating func perform(_ actions: [WorkerAction], _ onReports: (WorkerReport) -> Void) {
    for action in actions {
      switch action {
      case .assign(let starts):
        readingChanged = true
        do throws(BrokerFailure) { try broker.assign(starts) } catch {
          perform(machine.on(.failed(error), at: time.now()), onReports)
        }
      case .commit(let commit):
        let begin = time.now()
        let outcome = broker.commit(commit)
        tell(.transactionEnded(outcome, begin.duration(to: time.now())), onReports)
        perform(machine.on(.commitEnded(outcome), at: time.now()), onReports)
      case .wait(let duration): time.wait(duration)
      case .report(let report): tell(report, onReports)
      case .close(let reason):
        broker.close()
        end = reason
      }
    }
  }
}

extension BrokerEvent {
  /// Whether it comes from what is read, and so is outdated when something else is read.
  fileprivate var isOfReading: Bool {
    switch self {
    case .record, .endOfPartition: true
    case .assigned, .revoked, .failed: false
    }
  }
}
