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

/// What happened, in the order it happened.
public enum WorkerEvent: Sendable {
  /// A record of an assigned partition.
  case record(Record)
  /// A partition is read to its end.
  case endOfPartition(EndOfPartition)
  /// The group gave us these partitions of the input, of which this is committed.
  case assigned([TopicPartition], committed: [TopicPartition: Offset])
  /// The group takes all partitions away; if `lost`, somebody else may own them already.
  case revoked(lost: Bool)
  /// The commit that was asked for has ended.
  case commitEnded(CommitOutcome)
  /// Time went on.
  case tick
  /// Finish what is open and close.
  case stop
  /// The client cannot go on.
  case failed(BrokerFailure)
}

/// What to do, in order.
public enum WorkerAction: Sendable {
  /// Read exactly these partitions from here.
  case assign([ReadingStart])
  /// Write this, all or nothing, and tell how it ended.
  case commit(Commit)
  /// Close the client and end.
  case close(WorkerEnd)
  /// Tell operators.
  case report(WorkerReport)
  /// Do nothing for so long: what failed a moment ago would fail again.
  case wait(Duration)
}

/// How a worker ends, named by what its supervisor should do.
public enum WorkerEnd: Sendable, Equatable {
  /// It was asked to and finished its work: nothing to do.
  case stopped
  /// Another worker has its place: start a new one only if there should be two.
  case fenced(BrokerFailure)
  /// The client cannot go on, a new process can: restart.
  case failed(BrokerFailure)
}

/// How much a worker takes together.
public struct BatchLimits: Sendable, Hashable {
  /// Records read in one commit at most.
  public var recordsMax: Int
  /// Bytes of values written in one commit at most.
  public var outputBytesMax: Int
  /// How long the first record of a commit waits for others at most.
  public var delay: Duration

  /// The defaults: 100 ms keep transactions at 1 % of the time and decisions fresh; 8 MiB and 5,000 records bound memory.
  public init(
    recordsMax: Int = 5_000, outputBytesMax: Int = 8 << 20, delay: Duration = .milliseconds(100)
  ) {
    self.recordsMax = recordsMax
    self.outputBytesMax = outputBytesMax
    self.delay = delay
  }
}

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
  private let limits: BatchLimits
  private var lanes: [Int32: Lane<P.State>] = [:]
  /// Lanes that were given up, for the case that they come back untouched.
  private var parked: [Int32: Lane<P.State>] = [:]
  private var batch = Batch()
  /// How often in a row a commit failed.
  private var rewinds = 0

  /// A machine without partitions.
  public init(processor: P, limits: BatchLimits) {
    self.processor = processor
    self.limits = limits
  }

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
    case .record(let record): return take(record, at: now)
    case .endOfPartition(let end): return reachedEnd(end)
    case .assigned(let sources, let committed): return assigned(sources, committed)
    case .revoked(let lost): return revoked(lost: lost)
    case .commitEnded(let outcome): return commitEnded(outcome)
    case .tick: return isDue(at: now) ? close(then: .goOn) : []
    case .stop: return close(then: .close)
    case .failed(let failure): return end(.failed(failure))
    }
  }

  // MARK: Records

  private mutating func take(_ record: Record, at now: ContinuousClock.Instant) -> [WorkerAction] {
    let partition = record.source.partition
    if record.source.topic == processor.table?.name {
      // A table's record belongs to a lane that restores; of a lane that does not it is a straggler.
      if lanes[partition]?.isReady == false { processor.restore(record, into: &lanes[partition]!.state) }
      return []
    }
    guard record.source.topic == processor.input.name, lanes[partition]?.isReady == true else { return [] }
    let outputsBefore = batch.outputs.count
    processor.process(record, state: &lanes[partition]!.state, outputs: &batch.outputs)
    lanes[partition]!.next = record.offset + 1
    batch.took(record, outputsSince: outputsBefore, at: now)
    return isDue(at: now) ? close(then: .goOn) : []
  }

  private func isDue(at now: ContinuousClock.Instant) -> Bool {
    guard phase == .running || phase == .restoring, let openedAt = batch.openedAt else { return false }
    return batch.recordCount >= limits.recordsMax || batch.outputBytes >= limits.outputBytesMax
      || now >= openedAt + limits.delay
  }

  // MARK: Partitions

  private mutating func assigned(
    _ sources: [TopicPartition], _ committed: [TopicPartition: Offset]
  ) -> [WorkerAction] {
    lanes.removeAll()
    for source in sources where source.topic == processor.input.name {
      let position = committed[source]
      // A lane that comes back where we left it was touched by nobody: its state still holds.
      if let known = parked[source.partition], known.next == position, known.isReady, position != nil {
        lanes[source.partition] = known
      } else {
        lanes[source.partition] = Lane(
          state: processor.makeState(partition: source.partition), isReady: processor.table == nil, next: position,
          committed: position)
      }
    }
    parked.removeAll()
    batch = Batch()
    phase = lanes.isEmpty ? .idle : isReady ? .running : .restoring
    return [
      .assign(starts),
      .report(.assigned(partitions: lanes.keys.sorted(), restoring: lanes.count - readyPartitions.count)),
    ]
  }

  /// What to read: the input of lanes that are ready, the tables of those that are not.
  private var starts: [ReadingStart] {
    lanes.sorted { $0.key < $1.key }.map { partition, lane in
      if !lane.isReady, let table = processor.table {
        return ReadingStart(TopicPartition(table.name, partition), from: .beginning)
      }
      return ReadingStart(
        TopicPartition(processor.input.name, partition), from: lane.next.map { .offset($0) } ?? .committed)
    }
  }

  private mutating func reachedEnd(_ end: EndOfPartition) -> [WorkerAction] {
    let partition = end.source.partition
    guard phase == .restoring, end.source.topic == processor.table?.name, lanes[partition]?.isReady == false else {
      return []
    }
    // Behind the end lies a transaction whose commit marker is still on its way. Its offsets may count already, so its
    // contexts must be waited for: the end is told again when it moves.
    if end.hidesOpenTransaction { return [.report(.waitingForTransaction(partition: partition))] }
    lanes[partition]!.isReady = true
    processor.accept(&lanes[partition]!.state)
    // Reading is arranged anew once, when the last lane is restored: each new arrangement empties the fetch queues of all.
    guard isReady else { return [] }
    phase = .running
    return [.assign(starts), .report(.restored(partitions: readyPartitions))]
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
    let touched = batch.partitions.sorted()
    let tables = touched.flatMap { processor.changes(in: lanes[$0]!.state) }
    let positions = touched.map { Position(TopicPartition(processor.input.name, $0), next: lanes[$0]!.next!) }
    return [.commit(Commit(outputs: batch.outputs, tables: tables, positions: positions))]
  }

  private mutating func commitEnded(_ outcome: CommitOutcome) -> [WorkerAction] {
    guard case .committing(let next) = phase else { preconditionFailure("no commit was asked for") }
    switch outcome {
    case .committed, .writtenWithoutPosition:
      for partition in batch.partitions {
        processor.accept(&lanes[partition]!.state)
        lanes[partition]!.committed = lanes[partition]!.next
      }
      let report = WorkerReport.committed(
        records: batch.recordCount, outputs: batch.outputs.count, outputBytes: batch.outputBytes)
      batch = Batch()
      rewinds = 0
      var reports = [WorkerAction.report(report)]
      if case .writtenWithoutPosition(let failure) = outcome { reports.append(.report(.positionRefused(failure))) }
      return reports + goOn(next)
    case .rewind(let failure):
      for partition in batch.partitions {
        processor.rewind(&lanes[partition]!.state)
        lanes[partition]!.next = lanes[partition]!.committed
      }
      batch = Batch()
      rewinds += 1
      return [.report(.rewound(failure))] + goOn(next, rewound: true)
    case .fenced(let failure): return end(.fenced(failure))
    case .failed(let failure): return end(.failed(failure))
    }
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
    return [.close(end)]
  }
}

/// One partition's work.
private struct Lane<State> {
  var state: State
  /// Whether its state is restored.
  var isReady: Bool
  /// The next record to read; `nil` until one was read or committed.
  var next: Offset?
  /// The position of the last commit, to which a rewind goes back.
  var committed: Offset?
}

/// What was read and decided since the last commit.
private struct Batch {
  var outputs: [OutgoingRecord] = []
  private(set) var outputBytes = 0
  private(set) var recordCount = 0
  private(set) var partitions: Set<Int32> = []
  private(set) var openedAt: ContinuousClock.Instant?

  mutating func took(_ record: Record, outputsSince index: Int, at now: ContinuousClock.Instant) {
    recordCount += 1
    partitions.insert(record.source.partition)
    for output in outputs[index...] { outputBytes += output.value?.count ?? 0 }
    if openedAt == nil { openedAt = now }
  }
}
