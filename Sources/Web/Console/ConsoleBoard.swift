public import Console
public import Events
public import Scorecard
public import Streams
internal import Synchronization

/// What the console knows, shared between whoever reads the topics and whoever answers: taken a batch at a time, looked at as a copy.
public final class ConsoleBoard: Sendable {
  private let state: Mutex<ConsoleState>

  /// A board on which nothing stands yet.
  public init(limits: ConsoleState.Limits = ConsoleState.Limits()) {
    state = Mutex(ConsoleState(limits: limits))
  }

  /// Takes records of any of the fleet's topics.
  public func take(_ records: [Record]) {
    guard !records.isEmpty else { return }
    state.withLock { state in
      for record in records { state.take(record) }
    }
  }

  /// Takes where the events' partitions end and what the group has committed.
  public func take(ends: [Int32: Offset], committed: [Int32: Offset], at now: Timestamp) {
    state.withLock { $0.take(ends: ends, committed: committed, at: now) }
  }

  /// Takes who works.
  public func take(_ workers: Workers) { state.withLock { $0.take(workers) } }

  /// Takes that reading stands at the ends of partitions.
  public func take(_ ends: [EndOfPartition]) {
    guard !ends.isEmpty else { return }
    state.withLock { state in
      for end in ends { state.take(end) }
    }
  }

  /// All of it, as it stands now.
  public var snapshot: ConsoleState { state.withLock { $0 } }

  /// The scorecard's book alone, with what `bookRevision` counts: whoever works on it for long keeps no copy of the rest alive.
  public var book: (book: JourneyBook, revision: Int) { state.withLock { ($0.book, $0.bookRevision) } }

  /// Whether everything before `end` in `source` was read.
  public func hasRead(_ source: TopicPartition, upTo end: Offset) -> Bool {
    state.withLock { $0.hasRead(source, upTo: end) }
  }

  /// Counts what the scorecard's book was told.
  public var bookRevision: Int { state.withLock { $0.bookRevision } }

  /// Counts what was taken.
  public var revision: Int { state.withLock { $0.revision } }
}
