import Simulation
import Streams

// The planted bugs that are not a habit of the client: each stands where the real worker does it right.

/// The ledger with a hand for mistakes.
struct ClumsyLedger: Processor {
  var keepsStateAfterAbort = false
  var writesNoContexts = false
  var ledger = Ledger()

  var input: StreamTopic { ledger.input }
  var table: TableTopic? { ledger.table }
  func makeState(partition: Int32) -> Ledger.State { ledger.makeState(partition: partition) }
  func restore(_ record: Record, into state: inout Ledger.State) { ledger.restore(record, into: &state) }

  func process(_ record: Record, state: inout Ledger.State, outputs: inout [OutgoingRecord]) {
    ledger.process(record, state: &state, outputs: &outputs)
  }

  func changes(in state: borrowing Ledger.State) -> [OutgoingRecord] {
    writesNoContexts ? [] : ledger.changes(in: state)
  }

  func accept(_ state: inout Ledger.State) { ledger.accept(&state) }

  func rewind(_ state: inout Ledger.State) {
    if keepsStateAfterAbort { ledger.accept(&state) } else { ledger.rewind(&state) }
  }
}

/// Commits the offset of the last record.
final class OneShort: BrokerPort {
  override func commit(_ commit: Commit) -> CommitOutcome {
    var commit = commit
    commit.positions = commit.positions.map { Position($0.source, next: $0.next - 1) }
    return super.commit(commit)
  }
}

/// Goes on after an abort as if nothing had happened.
final class DeafToAborts: BrokerPort {
  override func commit(_ commit: Commit) -> CommitOutcome {
    let outcome = super.commit(commit)
    if case .rewind = outcome { return .committed }
    return outcome
  }
}

/// After an abort reads on where reading stood.
final class NoWayBack: BrokerPort {
  private var read: [TopicPartition: Offset] = [:]
  private var wasAborted = false

  override func poll(timeout: Duration) -> [BrokerEvent] {
    let events = super.poll(timeout: timeout)
    for case .record(let record) in events { read[record.source] = record.offset + 1 }
    return events
  }

  override func commit(_ commit: Commit) -> CommitOutcome {
    let outcome = super.commit(commit)
    if case .rewind = outcome { wasAborted = true }
    return outcome
  }

  override func assign(_ starts: [ReadingStart]) throws(BrokerFailure) {
    let isWayBack = wasAborted
    wasAborted = false
    try super.assign(
      starts.map { start in
        guard isWayBack, let next = read[start.source] else { return start }
        return ReadingStart(start.source, from: .offset(next))
      })
  }
}

/// Hands out after a rewind what it had fetched before.
final class Leftovers: BrokerPort {
  private var last: [BrokerEvent] = []
  private var leftovers: [BrokerEvent] = []

  override func poll(timeout: Duration) -> [BrokerEvent] {
    if !leftovers.isEmpty {
      defer { leftovers = [] }
      return leftovers
    }
    last = super.poll(timeout: timeout)
    return last
  }

  override func commit(_ commit: Commit) -> CommitOutcome {
    let outcome = super.commit(commit)
    guard case .rewind = outcome else { return outcome }
    leftovers = last.filter { event in
      guard case .record(let record) = event else { return false }
      return commit.positions.contains { $0.source == record.source && $0.next <= record.offset }
    }
    return outcome
  }
}

/// Takes a table for read when the offset before its end has come.
final class Arithmetic: BrokerPort {
  private var ends: [TopicPartition: Offset] = [:]
  private var early: [BrokerEvent] = []

  override func assign(_ starts: [ReadingStart]) throws(BrokerFailure) {
    try super.assign(starts)
    ends = [:]
    for start in starts where start.place == .beginning {
      let bounds = try bounds(of: start.source)
      if bounds.isEmpty {
        early.append(end(start.source, bounds.upperBound))
      } else {
        ends[start.source] = bounds.upperBound
      }
    }
  }

  override func poll(timeout: Duration) -> [BrokerEvent] {
    if !early.isEmpty {
      defer { early = [] }
      return early
    }
    return super.poll(timeout: timeout).flatMap { event -> [BrokerEvent] in
      switch event {
      case .endOfPartition(let told) where ends[told.source] != nil: []
      case .record(let record) where ends[record.source] == record.offset + 1:
        [event, end(record.source, record.offset + 1)]
      default: [event]
      }
    }
  }

  private func end(_ source: TopicPartition, _ offset: Offset) -> BrokerEvent {
    .endOfPartition(EndOfPartition(source, next: offset, highWatermark: offset))
  }
}

/// Does not say that something stands behind the end.
final class Impatient: BrokerPort {
  override func poll(timeout: Duration) -> [BrokerEvent] {
    super.poll(timeout: timeout).map { event in
      guard case .endOfPartition(let end) = event else { return event }
      return .endOfPartition(EndOfPartition(end.source, next: end.next, highWatermark: end.next))
    }
  }
}

/// Answers a revocation a second time, when the next assignment has come.
final class LateAnswer: BrokerPort {
  private var owesAnswer = false

  override func assign(_ starts: [ReadingStart]) throws(BrokerFailure) {
    try super.assign(starts)
    if starts.isEmpty {
      owesAnswer = true
    } else if owesAnswer {
      owesAnswer = false
      try super.assign([])
    }
  }
}

/// Believes that nobody moved the positions since it did.
final class Trusting: BrokerPort {
  private var known: [TopicPartition: Offset] = [:]

  override func commit(_ commit: Commit) -> CommitOutcome {
    let outcome = super.commit(commit)
    if outcome == .committed { for position in commit.positions { known[position.source] = position.next } }
    return outcome
  }

  override func committed(_ sources: [TopicPartition]) throws(BrokerFailure) -> [TopicPartition: Offset] {
    try super.committed(sources).merging(known.filter { sources.contains($0.key) }) { $1 }
  }
}
