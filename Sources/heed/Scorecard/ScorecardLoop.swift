import Events
import Foundation
import Kafka
import Logging
import Scorecard
import Streams
import Worker

/// Reads all that a fleet was told and wrote, from the first record kept, and writes KPIs when a day is over by the time that the log tells.
///
/// It is in no group and commits nothing: at a start all is read again, also what it wrote itself, so that only what changed since is written.
/// A second process would write the same records with the same ids.
struct ScorecardLoop: ~Copyable {
  private let worker: FleetWorker
  private let names: ScorecardNames
  private let topics: ScorecardTopics
  private let grace: Int64
  private var card: LiveScorecard
  private var clock: EventClock
  private var reader: LogReader
  private var writer: LogWriter
  private var ends: ReadEnds
  /// What the cluster has not acknowledged yet, oldest first.
  private var unwritten: [OutgoingRecord] = []
  private var isRestored = false
  private var restoredRecords = 0
  private var shownAt: ContinuousClock.Instant?

  init(_ worker: FleetWorker, names: ScorecardNames, card makeCard: (_ partitions: Int) -> LiveScorecard) throws {
    let topics = ScorecardTopics(worker.settings.catalogue)
    let client = try worker.settings.client(logger: worker.logger)
    let reader = try reaching { try LogReader(client, group: "heed.scorecard") }
    let ends = ReadEnds(try Self.partitions(topics.all, reader))
    let events = ends.partitions(of: topics.events)
    let writer = try reaching { try LogWriter(client, timeout: .seconds(30)) }
    self.worker = worker
    self.names = names
    self.topics = topics
    self.ends = ends
    self.reader = reader
    self.writer = writer
    grace = worker.settings.duration("scorecard.grace").components.seconds
    clock = EventClock(partitions: events.count)
    self.card = makeCard(events.count)
    let report = WorkerReport.assigned(partitions: events, restoring: events.count)
    worker.telemetry.took(report)
    report.record(to: worker.logger)
  }

  private static func partitions(_ topics: [String], _ reader: borrowing LogReader) throws -> [TopicPartition] {
    do { return try reader.partitions(of: topics, within: .seconds(15)) } catch {
      throw Failure(status: .brokerUnreachable, words: "the broker: \(error)")
    }
  }

  mutating func run() throws -> WorkerEnd {
    do throws(BrokerFailure) {
      try reader.open(ends.all.map { ReadingStart($0, from: .beginning) })
      while !worker.stop.wasRaised {
        worker.telemetry.turned(at: .now)
        try read()
        try closeNext()
        show()
      }
    } catch {
      return ended(.failed(error))
    }
    return ended(.stopped)
  }

  private func ended(_ end: WorkerEnd) -> WorkerEnd {
    worker.telemetry.took(.ended(end))
    WorkerReport.ended(end).record(to: worker.logger)
    return end
  }

  // MARK: In

  private mutating func read() throws(BrokerFailure) {
    var positions: [Int32: Offset] = [:]
    for event in reader.next(waiting: .milliseconds(200)) {
      switch event {
      case .record(let record):
        take(record)
        ends.read(record.source)
        if record.source.topic == topics.events { positions[record.source.partition] = record.offset + 1 }
      case .endOfPartition(let end):
        ends.ended(end.source)
        if end.source.topic == topics.events { worker.telemetry.took(.caughtUp(end)) }
      case .failed(let failure) where failure.isFatal: throw failure
      case .failed(let failure): worker.telemetry.took(.trouble(failure))
      case .assigned, .revoked: continue
      }
    }
    if !positions.isEmpty { worker.telemetry.took(.committed(.following(positions))) }
    if !isRestored, reader.isAtEnd {
      isRestored = true
      let report = WorkerReport.restored(partitions: ends.partitions(of: topics.events), records: restoredRecords)
      worker.telemetry.took(report)
      report.record(to: worker.logger)
    }
  }

  /// What cannot be read is a dead letter of whoever should have read it, and nothing that happened to a customer.
  private mutating func take(_ record: Record) {
    if !isRestored { restoredRecords += 1 }
    if record.source.topic == topics.events {
      guard let event = try? EventDecoder.decode(record) else { return }
      card.take(event, in: Int(record.source.partition))
      clock.take(event, in: Int(record.source.partition))
    } else if let line = StructuredLine.make(from: record) {
      try? card.take(output: line)
    }
  }

  // MARK: Out

  /// Closes one midnight at a time, when all that was there after it had passed is read: so what is written does not depend on which partition
  /// is read first.
  private mutating func closeNext() throws(BrokerFailure) {
    guard isRestored else { return }
    try write()
    // No clock of ours decides what is written; it only keeps a record from the future from closing days that are to come.
    guard let told = clock.time.map({ min($0, .now).adding(seconds: -grace) }),
      let midnight = card.midnightToClose(upTo: told), ends.isReached(since: midnight)
    else { return }
    unwritten = card.close(at: midnight).map { $0.record(in: worker.settings.catalogue) }
    for stop in card.stops { unwritten += broadcast(stop) }
    worker.logger.info(
      "a day is closed", metadata: ["until": "\(midnight.rfc3339)", "records": "\(unwritten.count)"])
    shownAt = nil
    try write()
  }

  private func broadcast(_ event: Event) -> [OutgoingRecord] {
    var headers = Headers()
    headers.append("content-type", "application/cloudevents+json")
    return ends.partitions(of: topics.events).map { partition in
      OutgoingRecord(
        topic: topics.events, partition: partition, key: Array(broadcastKey.utf8), headers: headers,
        value: EventEncoder.structured(event))
    }
  }

  /// Writes what is not written yet; where the cluster does not take it now, all of it comes again, with the same ids.
  private mutating func write() throws(BrokerFailure) {
    guard !unwritten.isEmpty else { return }
    do throws(BrokerFailure) {
      for record in unwritten { try writer.write(record) }
      try writer.finish()
      let bytes = unwritten.reduce(0) { $0 + ($1.value?.count ?? 0) }
      worker.telemetry.took(.committed(.following([:], outputs: unwritten.count, outputBytes: bytes)))
      unwritten = []
    } catch {
      if error.isFatal { throw error }
      worker.telemetry.took(.trouble(error))
      worker.logger.warning(
        "KPIs are not written yet", metadata: ["code": "\(error.code)", "reason": "\(error.reason)"])
    }
  }

  // MARK: Shown

  private mutating func show() {
    guard isRestored, unwritten.isEmpty, let now = clock.time.map({ min($0, .now) }) else { return }
    if let shownAt, shownAt.duration(to: .now) < worker.settings.duration("scorecard.interval") { return }
    shownAt = .now
    worker.telemetry.show(
      kpis: card.figures(days: 7, before: now).flatMap { names.readings($0.figures, of: $0.segment) },
      audit: card.findings(before: now).map { finding in
        AuditReading(
          twin: finding.twin, aspect: finding.aspect, pairs: finding.pairs,
          difference: (finding.difference, finding.low, finding.high), isAlarm: finding.isAlarm)
      }, closed: Double((card.closed?.nanoseconds ?? 0) / 1_000_000_000), tickets: card.book.count)
  }
}

/// The topics that a scorecard reads.
struct ScorecardTopics {
  let events: String
  let all: [String]

  init(_ catalogue: Catalogue) {
    events = catalogue.events.name
    all = [catalogue.events, catalogue.decisions, catalogue.insights, catalogue.kpis].map(\.name)
  }
}

/// Which partitions are read to their ends, and which were once since something became due.
struct ReadEnds {
  let all: [TopicPartition]
  private var behind: Set<TopicPartition>
  private var due: (midnight: Timestamp, behind: Set<TopicPartition>)?

  init(_ all: [TopicPartition]) {
    self.all = all
    behind = Set(all)
  }

  mutating func read(_ source: TopicPartition) { behind.insert(source) }

  mutating func ended(_ source: TopicPartition) {
    behind.remove(source)
    due?.behind.remove(source)
  }

  /// Whether every end was reached at or after the first time that this was asked for `midnight`. Busy partitions are seldom at their ends all
  /// at once, so each may be at its own moment.
  mutating func isReached(since midnight: Timestamp) -> Bool {
    if due?.midnight != midnight { due = (midnight, behind) }
    return due!.behind.isEmpty
  }

  func partitions(of topic: String) -> [Int32] { all.filter { $0.topic == topic }.map(\.partition) }
}

extension ScorecardNames {
  /// The gauges of a part; none if its name is no label.
  func readings(_ figures: [KPI: KPIMeasured.Figure], of segment: Scorecard.Segment) -> [KPIReading] {
    guard let label = label(of: segment) else { return [] }
    return KPI.allCases.map { kpi in
      let (measure, pair) = (figures[kpi]!, figures[kpi.pair]!)
      return KPIReading(
        kpi: kpi.rawValue, pair: kpi.pair.rawValue, axis: segment.axis.rawValue, segment: label,
        value: measure.value.map { Double($0) / 10_000 }, pairValue: pair.value.map { Double($0) / 10_000 },
        count: measure.count)
    }
  }
}
