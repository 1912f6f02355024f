/// The port between the worker and a broker: one ordered stream in, one commit out.
///
/// `Kafka` implements it over librdkafka, the simulation with a broker that lies. A broker belongs to one thread: all
/// calls come from the thread that made it.
public protocol Broker {
  /// What happened since the last call, in order. Waits up to `timeout` if nothing did.
  ///
  /// A rebalance arrives in its place among the records, and the group waits until `assign` answers it.
  mutating func poll(timeout: Duration) -> [BrokerEvent]

  /// From now on reads exactly these partitions, each from where it says; an empty list reads nothing. What was fetched for
  /// an earlier assignment and not yet handed out is dropped, never handed out later.
  mutating func assign(_ starts: [ReadingStart]) throws(BrokerFailure)

  /// Writes outputs and positions. Under exactly-once all of it or nothing; under at-least-once in the order outputs,
  /// tables, positions, each step acknowledged before the next, so that a crash repeats and never loses.
  mutating func commit(_ commit: Commit) -> CommitOutcome

  /// What the group has committed in these partitions; partitions in which it never committed are left out. An offset in a
  /// transaction that is still open is waited for, never passed over.
  ///
  /// - Throws: `BrokerFailure` if the broker does not answer in time; try again.
  mutating func committed(_ sources: [TopicPartition]) throws(BrokerFailure) -> [TopicPartition: Offset]

  /// The first offset kept and the offset after the last one visible to us.
  ///
  /// - Throws: `BrokerFailure` if the broker does not answer; try again.
  mutating func bounds(of source: TopicPartition) throws(BrokerFailure) -> Range<Offset>

  /// Leaves the group and frees everything. Nothing may be called afterwards.
  mutating func close()
}

/// What a broker tells the worker.
public enum BrokerEvent: Sendable {
  /// The next record of an assigned partition.
  case record(Record)
  /// All records that may be read are read.
  case endOfPartition(EndOfPartition)
  /// The group gave us exactly these partitions. Answer with `assign`.
  case assigned([TopicPartition])
  /// The group takes these partitions away. Answer with `assign([])`. If `lost`, somebody else may own them already.
  case revoked([TopicPartition], lost: Bool)
  /// Something went wrong that the broker client is still dealing with, or that it cannot deal with (`isFatal`).
  case failed(BrokerFailure)
}

/// The end of what may be read of a partition: the only proof of "caught up". Offset arithmetic is none, since control
/// records of transactions leave gaps.
public struct EndOfPartition: Sendable, Hashable {
  /// Which partition.
  public let source: TopicPartition
  /// The offset at which reading stands.
  public let next: Offset
  /// The offset after the last record written, transactions that are still open included.
  public let highWatermark: Offset

  /// The end of `source` at `next`.
  public init(_ source: TopicPartition, next: Offset, highWatermark: Offset) {
    self.source = source
    self.next = next
    self.highWatermark = highWatermark
  }

  /// Whether records lie behind it that may not be read yet because their transaction is open.
  public var hidesOpenTransaction: Bool { next < highWatermark }
}

/// A partition to read, and from where.
public struct ReadingStart: Sendable, Hashable {
  /// The places where reading can begin.
  public enum Place: Sendable, Hashable {
    /// The first record kept.
    case beginning
    /// The end: only what comes from now on.
    case end
    /// What the group committed last, or the first record kept if it never did.
    case committed
    /// Exactly here.
    case offset(Offset)
  }

  /// Which partition.
  public let source: TopicPartition
  /// From where.
  public let place: Place

  /// Reads `source` from `place`.
  public init(_ source: TopicPartition, from place: Place) {
    self.source = source
    self.place = place
  }
}

/// Everything a worker wants written at once: a value, computed in full before the broker hears of it.
public struct Commit: Sendable, Hashable {
  /// Records for streams, in order.
  public var outputs: [OutgoingRecord]
  /// Records for tables, in order.
  public var tables: [OutgoingRecord]
  /// How far the inputs are read.
  public var positions: [Position]

  /// A commit of these outputs, tables and positions.
  public init(outputs: [OutgoingRecord] = [], tables: [OutgoingRecord] = [], positions: [Position] = []) {
    self.outputs = outputs
    self.tables = tables
    self.positions = positions
  }
}

/// How a commit ended, named by what the worker does next.
public enum CommitOutcome: Sendable, Equatable {
  /// All of it is written.
  case committed
  /// Under at-least-once: outputs and tables are written, the group's position is not. Go on: the next commit moves it, or
  /// whoever gets the partitions repeats what the tables show to be done.
  case writtenWithoutPosition(BrokerFailure)
  /// Nothing counts as written: go back to the last committed state and positions, and try again.
  case rewind(BrokerFailure)
  /// Another worker has our place: stop without writing anything more.
  case fenced(BrokerFailure)
  /// This client cannot go on; a new process can.
  case failed(BrokerFailure)
}

/// A failure of the broker or of the way to it. Carries no data of customers.
public struct BrokerFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// Short and bounded, fit for a metric's label: librdkafka's name of the error, such as `_TRANSPORT`.
  public let code: String
  /// What the client library says, for an operator.
  public let reason: String
  /// Whether only a new client can go on.
  public let isFatal: Bool
  /// What an operator can do, if there is something.
  public let hint: String?

  /// A failure with its code and what an operator should know.
  public init(code: String, reason: String, isFatal: Bool = false, hint: String? = nil) {
    self.code = code
    self.reason = reason
    self.isFatal = isFatal
    self.hint = hint
  }

  /// Whether it lies in what was to be written, so that sending the same again fails again.
  public var isOfTheRecord: Bool { ["MSG_SIZE_TOO_LARGE", "INVALID_RECORD"].contains(code) }

  /// Whether it says that another worker has our place.
  public var isFenced: Bool {
    ["FENCED_INSTANCE_ID", "_FENCED", "PRODUCER_FENCED", "INVALID_PRODUCER_EPOCH"].contains(code)
  }

  /// Whether a partition is read at an offset that the log does not keep, before its begin or behind its end.
  public var isOffsetGone: Bool { ["_AUTO_OFFSET_RESET", "OFFSET_OUT_OF_RANGE"].contains(code) }

  /// Code, reason and hint on one line.
  public var description: String { "\(code): \(reason)" + (hint.map { " (\($0))" } ?? "") }
}
