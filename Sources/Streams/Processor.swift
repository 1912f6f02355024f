/// What a worker runs: a fold over one partition's records. Pure and total, so the same log gives the same bytes.
public protocol Processor<State>: Sendable {
  /// What is known in one partition. It belongs to one lane and lives as long as the lane does.
  associatedtype State

  /// The stream to read; the worker's group subscribes to it.
  var input: StreamTopic { get }

  /// All streams to read, `input` among them. They have the same number of partitions, and partition n of each belongs to one
  /// lane: whoever writes them gives what belongs together the same key. Records of one partition come in its order, those of
  /// different ones in any.
  var inputs: [StreamTopic] { get }

  /// The table that holds the state, with the partition numbers of `input`; `nil` if there is no state to restore.
  var table: TableTopic? { get }

  /// Whether the table is read on after the restore, since somebody else writes to it too. What comes then is restored into the
  /// state at any moment and is never taken back by `rewind`.
  var followsTable: Bool { get }

  /// The state of a partition in which nothing ever happened.
  func makeState(partition: Int32) -> State

  /// Takes one record of `table` into the state, in log order. Called while a lane restores; afterwards only if it follows its
  /// table.
  func restore(_ record: Record, into state: inout State)

  /// Takes one record of an input; appends what is to be written to streams. A record that cannot be read is an outcome (a
  /// dead letter), not an error.
  func process(_ record: Record, state: inout State, outputs: inout [OutgoingRecord])

  /// What is written in place of a record's outputs when the cluster does not take those, however often they are sent; `nil`
  /// writes nothing. The record changes no state then.
  ///
  /// - Parameter keepingValue: whether the record's own bytes may be in it. Called with `false` when even that was refused.
  func substitute(for record: Record, keepingValue: Bool) -> OutgoingRecord?

  /// The records for `table` that bring it up to `state`, at the end of a batch.
  func changes(in state: borrowing State) -> [OutgoingRecord]

  /// What was changed since the last call is written: it is the new ground to go back to.
  func accept(_ state: inout State)

  /// What was changed since the last `accept` is taken back, exactly.
  func rewind(_ state: inout State)
}

extension Processor {
  /// `input` alone.
  public var inputs: [StreamTopic] { [input] }

  /// No: what it wrote itself it knows.
  public var followsTable: Bool { false }

  /// Nothing.
  public func substitute(for record: Record, keepingValue: Bool) -> OutgoingRecord? { nil }
}
