package import Streams

/// What a run left behind, beside what the pure fold over the same log gives. Everything a checker may look at; nothing in it comes
/// from the inside of a worker, but for what a restored processor was seen to know.
package struct Evidence {
  /// An event as it stands in the log, and what it must lead to.
  package struct Event {
    package let id: String
    package let partition: Int32
    package let offset: Offset
    package let key: [UInt8]
    /// As it stands in the log.
    package let record: OutgoingRecord
    /// The conversation in which a person takes over with it.
    package let takenOver: String?
    package let expected: [OutgoingRecord]
    /// What must be known before it.
    package let knowledge: UInt64?
  }

  /// An output that a reader of committed data sees.
  package struct Output {
    package let record: OutgoingRecord
    package let log: TopicPartition
    package let offset: Offset
    /// When it was certain to be seen.
    package let decidedAt: Duration
    package let cause: String?
    /// The conversation in which it speaks to a customer.
    package let voice: String?
  }

  /// What a lane knew when it took its first record after a restore.
  package struct Restored {
    package let partition: Int32
    package let offset: Offset
    package let fingerprint: UInt64
  }

  /// What must hold of it.
  let promise: Promise
  /// By partition, in log order.
  package private(set) var events: [[Event]] = []
  /// In log order within each log.
  package private(set) var outputs: [Output] = []
  /// The last context of each key, by partition.
  package private(set) var tables: [[[UInt8]: OutgoingRecord]] = []
  /// The same as the fold gives it.
  package private(set) var expectedTables: [[[UInt8]: OutgoingRecord]] = []
  /// Every move of the group's positions.
  package let moves: [Positions.Move]
  package let restored: [Restored]
  /// What was not done when time was over.
  package let backlog: [String]
  /// Whether a customer's outputs must stand in the order of their events.
  let keepsOrder: Bool
  /// What does not hold of the work in particular.
  package private(set) var violationsOfWork: [String] = []
  /// The id of the event that an output comes from, as the output says it.
  let cause: (OutgoingRecord) -> String?

  init<W: Workload>(
    _ workload: W, promise: Promise, cluster: Cluster, partitions: Int, restored: [Restored], backlog: [String]
  ) {
    self.promise = promise
    cause = workload.cause(of:)
    keepsOrder = workload.keepsOrder
    moves = cluster.group.positions.moves
    self.restored = restored
    self.backlog = backlog
    for partition in 0..<Int32(partitions) {
      fold(workload, cluster, partition)
      let table = cluster.log(TopicPartition(workload.processor.table!.name, partition))
      tables.append(
        Dictionary(table.committed.compactMap(\.record).map { ($0.key ?? [], $0) }) { before, last in
          promise == .atLeastOnce && last.holdsLess(than: before) ? before : last
        })
    }
    for log in cluster.allLogs {
      let isOutput = workload.outputTopics.contains(log.source.topic)
      guard isOutput || log.source.topic == workload.processor.input.name else { continue }
      for entry in log.committed {
        guard let record = entry.record, isOutput || workload.isPassedOn(record) else { continue }
        outputs.append(
          Output(
            record: record, log: log.source, offset: entry.offset,
            decidedAt: entry.transaction.flatMap { cluster.transactions.decidedAt[$0] } ?? entry.at,
            cause: workload.cause(of: record), voice: workload.voice(of: record)))
      }
    }
    violationsOfWork = workload.violations(of: promise == .exactlyOnce ? self : withoutRepeats)
  }

  /// The truth: one partition's log, folded by one who is never disturbed.
  private mutating func fold<W: Workload>(_ workload: W, _ cluster: Cluster, _ partition: Int32) {
    let processor = workload.processor
    let source = TopicPartition(processor.input.name, partition)
    var state = processor.makeState(partition: partition)
    var table: [[UInt8]: OutgoingRecord] = [:]
    var folded: [Event] = []
    for entry in cluster.log(source).committed {
      guard let record = entry.record else { continue }
      let knowledge = workload.fingerprint(of: state)
      var expected: [OutgoingRecord] = []
      processor.process(record.read(at: entry.offset, in: source), state: &state, outputs: &expected)
      for change in processor.changes(in: state) { table[change.key ?? []] = change }
      processor.accept(&state)
      folded.append(
        Event(
          id: workload.id(of: record), partition: partition, offset: entry.offset, key: record.key ?? [],
          record: record, takenOver: workload.takenOver(by: record), expected: expected, knowledge: knowledge))
    }
    events.append(folded)
    expectedTables.append(table)
  }

  /// The same without what stands in a log again, byte for byte: of several the first.
  var withoutRepeats: Evidence {
    var evidence = self
    var seen: Set<Repeat> = []
    evidence.outputs = outputs.filter { seen.insert(Repeat(log: $0.log, record: $0.record)).inserted }
    return evidence
  }

  private struct Repeat: Hashable {
    let log: TopicPartition
    let record: OutgoingRecord
  }

  /// How many outputs stand in their log again.
  package var repeats: Int { outputs.count - withoutRepeats.outputs.count }

  /// Where each expected output comes from; no two are alike.
  package var origins: [OutgoingRecord: Event] {
    Dictionary(events.joined().flatMap { event in event.expected.map { ($0, event) } }) { first, _ in first }
  }
}

extension PartitionLog.Entry {
  var record: OutgoingRecord? {
    if case .data(let record) = content { return record }
    return nil
  }
}

extension OutgoingRecord {
  /// Whether this context says that it holds fewer events than `other`. Whoever restores takes the one that holds more.
  fileprivate func holdsLess(than other: OutgoingRecord) -> Bool {
    guard let own = headers.text(positionHeader).flatMap({ Offset($0) }),
      let others = other.headers.text(positionHeader).flatMap({ Offset($0) })
    else { return false }
    return own < others
  }
}
