public import Streams

// The worker as a pure state machine: what happened goes in, what to do comes out. It waits for nothing and calls nobody; the
// loop in `WorkerLoop.swift` does what it says.
//
//                   assigned                 all tables read
//      ┌──────┐ ───────────────▶ ┌───────────┐ ─────────────▶ ┌─────────┐ ◀──────────────┐
//      │ idle │                  │ restoring │                │ running │                │ committed,
//      └──────┘ ◀─────────────── └───────────┘ ◀───────────── └─────────┘ ─▶ committing ─┘ or rewound
//          ▲        revoked                       assigned         │             │
//          └──────────────────── revoked: what is open is committed first ◀──────┘
//
//      from everywhere: stop ─▶ draining (what is open is committed) ─▶ closed;  fenced or failed ─▶ closed

/// The lanes of one worker: one per partition of the input it owns.
public struct LaneMachine<P: Processor> {
  /// What the worker is doing.
  public enum Phase: Sendable, Equatable {
    case idle, restoring, running
    /// A commit is on its way; then the worker goes on in this manner.
    case committing(AfterCommit)
    case closed
  }
  /// What follows a commit.
  public enum AfterCommit: Sendable, Equatable {
    case goOn, giveUpPartitions, close
  }

  /// What the worker is doing.
  public private(set) var phase = Phase.idle

  private let processor: P
  private let inputs: [String]
  private let table: String?
  private let limits: BatchLimits
  private let safeguards: Safeguards
  private var breaker: Breaker?
  private var suspicion = Suspicion()
  private var restoredRecords = 0
  private var lanes: [Int32: Lane<P.State>] = [:]
  /// Lanes that were given up, for the case that they come back untouched.
  private var parked: [Int32: Lane<P.State>] = [:]
  private var batch = Batch()
  /// How often in a row a commit failed.
  private var rewinds = 0

  /// A machine without partitions.
  public init(processor: P, limits: BatchLimits, safeguards: Safeguards = Safeguards()) {
    self.processor = processor
    inputs = processor.inputs.map(\.name)
    table = processor.table?.name
    self.limits = limits
    self.safeguards = safeguards
    breaker = safeguards.breaker.map { Breaker($0) }
  }

  /// The partitions it owns.
  public var partitions: [Int32] { lanes.keys.sorted() }

  /// The partitions that are restored and worked on.
  public var readyPartitions: [Int32] { lanes.filter { $0.value.isReady }.keys.sorted() }

  /// Whether it owns partitions and all of them are restored.
  public var isReady: Bool { !lanes.isEmpty && lanes.values.allSatisfy(\.isReady) }

  /// Until when nothing needs to be done unless something happens.
  public var deadline: ContinuousClock.Instant? {
    phase == .running || phase == .restoring ? batch.openedAt.map { $0 + limits.delay } : nil
  }

  /// Takes what happened and says what to do.
  public mutating func on(_ event: WorkerEvent, at now: ContinuousClock.Instant) -> [WorkerAction] {
    if phase == .closed { return [] }
    switch event {
    case .record(let record):
      let actions = take(record, at: now)
      return actions + closeIfDue(at: now, after: limits.backlogDelay)
    case .endOfPartition(let end): return reachedEnd(end)
    case .assigned(let sources, let committed): return assigned(sources, committed)
    case .revoked(let lost): return revoked(lost: lost)
    case .commitEnded(let outcome): return commitEnded(outcome, at: now)
    case .nothingWaits: return closeIfDue(at: now, after: limits.delay)
    case .stop: return close(then: .close)
    case .failed(let failure): return end(failure.isFenced ? .fenced(failure) : .failed(failure))
    case .offsetGone(let kept): return offsetGone(kept)
    }
  }

  // MARK: Records

  private mutating func take(_ record: Record, at now: ContinuousClock.Instant) -> [WorkerAction] {
    let partition = record.source.partition
    if record.source.topic == table {
      takeFromTable(record)
      return []
    }
    guard let input = inputs.firstIndex(of: record.source.topic), lanes[partition]?.isReady == true else { return [] }
    let outputsBefore = batch.outputs.count
    let reports = write(record)
    lanes[partition]!.reading[input].next = record.offset + 1
    batch.took(record, outputsSince: outputsBefore, at: now)
    if let trip = breaker?.take(key: record.key, isDeadLetter: batch.hasDeadLetter(since: outputsBefore)) {
      return reports + end(.tooManyDeadLetters(trip))
    }
    return reports
  }

  /// A table's record belongs to a lane that restores, or that follows its table; of another it is a straggler.
  private mutating func takeFromTable(_ record: Record) {
    let partition = record.source.partition
    guard let isReady = lanes[partition]?.isReady, !isReady || processor.followsTable else { return }
    processor.restore(record, into: &lanes[partition]!.state)
    lanes[partition]!.tableNext = record.offset + 1
    if !isReady { restoredRecords += 1 }
  }

  /// Nearly always the record's outputs; a substitute if the cluster does not take those.
  private mutating func write(_ record: Record) -> [WorkerAction] {
    let substitute: WorkerReport.Substitute
    switch suspicion.form(of: record.source, record.offset) {
    case .outputs:
      processor.process(record, state: &lanes[record.source.partition]!.state, outputs: &batch.outputs)
      return []
    case .deadLetter: substitute = .deadLetter
    case .deadLetterWithoutBytes: substitute = .deadLetterWithoutBytes
    case .nothing: substitute = .nothing
    }
    if substitute != .nothing, let output = processor.substitute(for: record, keepingValue: substitute == .deadLetter) {
      batch.outputs.append(output)
    }
    return [.report(.refused(record.source, record.offset, instead: substitute))]
  }

  /// Commits what is open if it is enough for a commit, or its first record has waited for so long.
  private mutating func closeIfDue(at now: ContinuousClock.Instant, after delay: Duration) -> [WorkerAction] {
    guard phase == .running || phase == .restoring, let openedAt = batch.openedAt else { return [] }
    let isDue =
      batch.recordCount >= min(limits.recordsMax, suspicion.recordsMax)
      || batch.outputBytes >= limits.outputBytesMax
      || now >= openedAt + delay
    return isDue ? close(then: .goOn) : []
  }

  // MARK: Partitions

  private mutating func assigned(
    _ sources: [TopicPartition], _ committed: [TopicPartition: Offset]
  ) -> [WorkerAction] {
    lanes.removeAll()
    for partition in Set(sources.filter { inputs.contains($0.topic) }.map(\.partition)) {
      let positions = inputs.map { committed[TopicPartition($0, partition)] }
      lanes[partition] = kept(partition, at: positions) ?? newLane(partition, at: positions)
    }
    parked.removeAll()
    batch = Batch()
    suspicion = Suspicion()
    restoredRecords = 0
    phase = lanes.isEmpty ? .idle : isReady ? .running : .restoring
    return [
      .assign(starts),
      .report(.assigned(partitions: lanes.keys.sorted(), restoring: lanes.count - readyPartitions.count)),
    ]
  }

  /// A lane that comes back where we left it was touched by nobody: its state still holds. What came into a table that it follows
  /// meanwhile, it reads first.
  private func kept(_ partition: Int32, at positions: [Offset?]) -> Lane<P.State>? {
    guard var lane = parked[partition], lane.isReady, lane.reading.map(\.next) == positions,
      positions.contains(where: { $0 != nil })
    else { return nil }
    lane.isReady = !processor.followsTable
    return lane
  }

  private func newLane(_ partition: Int32, at positions: [Offset?]) -> Lane<P.State> {
    Lane(
      state: processor.makeState(partition: partition), isReady: table == nil,
      reading: positions.map { Lane.Reading(next: $0, committed: $0) })
  }

  /// What to read: the inputs of lanes that are ready, the tables of those that are not or that follow them.
  private var starts: [ReadingStart] {
    lanes.sorted { $0.key < $1.key }.flatMap { partition, lane -> [ReadingStart] in
      var starts: [ReadingStart] = []
      if let table, !lane.isReady || processor.followsTable {
        starts.append(
          ReadingStart(TopicPartition(table, partition), from: lane.tableNext.map { .offset($0) } ?? .beginning))
      }
      guard lane.isReady else { return starts }
      return starts
        + zip(inputs, lane.reading).map { input, reading in
          ReadingStart(TopicPartition(input, partition), from: reading.next.map { .offset($0) } ?? .committed)
        }
    }
  }

  private mutating func reachedEnd(_ end: EndOfPartition) -> [WorkerAction] {
    let partition = end.source.partition
    if let input = inputs.firstIndex(of: end.source.topic), lanes[partition]?.isReady == true {
      return [.report(.caughtUp(lanes[partition]!.reached(end, of: input)))]
    }
    guard phase == .restoring, end.source.topic == table, lanes[partition]?.isReady == false else { return [] }
    // Behind the end lies a transaction whose commit marker is still on its way. Its offsets may count already, so its
    // contexts must be waited for: the end is told again when it moves.
    if end.hidesOpenTransaction { return [.report(.waitingForTransaction(partition: partition))] }
    lanes[partition]!.isReady = true
    lanes[partition]!.tableNext = end.next
    processor.accept(&lanes[partition]!.state)
    // Reading is arranged anew once, when the last lane is restored: each new arrangement empties the fetch queues of all.
    guard isReady else { return [] }
    phase = .running
    return [.assign(starts), .report(.restored(partitions: readyPartitions, records: restoredRecords))]
  }

  /// The partition that stands outside of what is kept is found by its position; which one the broker meant it did not say.
  /// Reading is arranged anew in any case, since the broker has stopped reading somewhere.
  private mutating func offsetGone(_ kept: [TopicPartition: Range<Offset>]) -> [WorkerAction] {
    var actions: [WorkerAction] = []
    for (source, range) in kept.sorted(by: { $0.key < $1.key }) {
      guard let input = inputs.firstIndex(of: source.topic),
        let position = lanes[source.partition]?.reading[input].next,
        position < range.lowerBound || position > range.upperBound
      else { continue }
      let gone = OffsetGone(source: source, position: position, kept: range)
      if safeguards.offsetGone == .fail { return end(.offsetGone(gone)) }
      let place = safeguards.offsetGone == .earliest ? range.lowerBound : range.upperBound
      lanes[source.partition]!.reading[input] = Lane.Reading(next: place, committed: place)
      actions.append(.report(.offsetGone(gone, policy: safeguards.offsetGone)))
    }
    rewinds += 1
    return actions + [.assign(starts), .wait(patience)]
  }

  private mutating func revoked(lost: Bool) -> [WorkerAction] {
    // Lost partitions have another owner: what is open here would be decided twice, so it is dropped with its state.
    if lost {
      lanes.removeAll()
      batch = Batch()
      phase = .idle
      return [.assign([]), .report(.revoked(lost: true))]
    }
    return close(then: .giveUpPartitions)
  }

  private mutating func giveUpPartitions() -> [WorkerAction] {
    parked = lanes.filter { $0.value.isReady }
    lanes.removeAll()
    phase = .idle
    return [.assign([]), .report(.revoked(lost: false))]
  }

  // MARK: Commits

  /// Ends the batch: everything in it becomes one commit, whose end decides how it goes on.
  private mutating func close(then next: AfterCommit) -> [WorkerAction] {
    if case .committing = phase { preconditionFailure("one commit at a time: the loop tells its end at once") }
    guard batch.openedAt != nil else { return goOn(next) }
    phase = .committing(next)
    let tables = batch.partitions.sorted().flatMap { processor.changes(in: lanes[$0]!.state) }
    batch.tableCount = tables.count
    let positions = positions.sorted { $0.key < $1.key }.map { Position($0.key, next: $0.value) }
    return [.commit(Commit(outputs: batch.outputs, tables: tables, positions: positions))]
  }

  private mutating func commitEnded(
    _ outcome: CommitOutcome, at now: ContinuousClock.Instant
  ) -> [WorkerAction] {
    guard case .committing(let next) = phase else { preconditionFailure("no commit was asked for") }
    switch outcome {
    case .committed, .writtenWithoutPosition:
      for partition in batch.partitions {
        processor.accept(&lanes[partition]!.state)
        lanes[partition]!.accept()
      }
      for (source, position) in positions { suspicion.passed(source, to: position) }
      let report = WorkerReport.committed(batch.committed(lanePositions, at: now))
      batch = Batch()
      rewinds = 0
      var reports = [WorkerAction.report(report)]
      if case .writtenWithoutPosition(let failure) = outcome { reports.append(.report(.positionRefused(failure))) }
      return reports + goOn(next)
    case .rewind(let failure):
      if failure.isOfTheRecord, let last = batch.last {
        suspicion.refused(positions, records: batch.recordCount, last: last)
      }
      for partition in batch.partitions {
        processor.rewind(&lanes[partition]!.state)
        lanes[partition]!.rewind()
      }
      batch = Batch()
      breaker?.reset()
      // Time does not cure what lies in the records; the halves may follow at once.
      rewinds = failure.isOfTheRecord ? 0 : rewinds + 1
      return [.report(.rewound(failure))] + goOn(next, rewound: true)
    case .fenced(let failure): return end(.fenced(failure))
    case .failed(let failure): return end(.failed(failure))
    }
  }

  /// How far what the batch took from is read.
  private var positions: [TopicPartition: Offset] {
    Dictionary(
      uniqueKeysWithValues: batch.sources.map { source in
        (source, lanes[source.partition]!.reading[inputs.firstIndex(of: source.topic)!].next!)
      })
  }

  /// How far the lanes of the batch have come, their inputs added up.
  private var lanePositions: [Int32: Offset] {
    Dictionary(uniqueKeysWithValues: batch.partitions.map { ($0, lanes[$0]!.position) })
  }

  private mutating func goOn(_ next: AfterCommit, rewound: Bool = false) -> [WorkerAction] {
    switch next {
    case .giveUpPartitions: return giveUpPartitions()
    case .close: return end(.stopped)
    case .goOn:
      phase = lanes.isEmpty ? .idle : isReady ? .running : .restoring
      // After a rewind the same records must come again, a little later each time.
      return rewound ? [.assign(starts), .wait(patience)] : []
    }
  }

  /// 50 ms after the first failure, twice as long after each further one, 3.2 s at most.
  private var patience: Duration { .milliseconds(50 << min(max(rewinds, 1) - 1, 6)) }

  private mutating func end(_ end: WorkerEnd) -> [WorkerAction] {
    phase = .closed
    lanes.removeAll()
    batch = Batch()
    return [.report(.ended(end)), .close(end)]
  }
}
