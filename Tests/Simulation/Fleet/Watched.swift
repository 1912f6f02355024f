internal import Streams

/// What the processors of a fleet were seen to know, for the checkers.
final class Witness: @unchecked Sendable {  // Only the holder of the world's baton touches it.
  private(set) var restored: [Evidence.Restored] = []

  func sawRestored(_ partition: Int32, before offset: Offset, fingerprint: UInt64) {
    restored.append(Evidence.Restored(partition: partition, offset: offset, fingerprint: fingerprint))
  }
}

/// A processor as it is, looked at when it takes the first record after a restore, and slowed down where the plan says so.
struct Watched<P: Processor>: Processor {
  struct State {
    var inner: P.State
    var isFresh = true
  }

  let inner: P
  let witness: Witness
  let fingerprint: @Sendable (P.State) -> UInt64?
  /// Spends the time that a record takes.
  let spend: @Sendable (Record) -> Void

  var input: StreamTopic { inner.input }
  var table: TableTopic? { inner.table }

  func makeState(partition: Int32) -> State { State(inner: inner.makeState(partition: partition)) }
  func restore(_ record: Record, into state: inout State) { inner.restore(record, into: &state.inner) }

  func process(_ record: Record, state: inout State, outputs: inout [OutgoingRecord]) {
    if state.isFresh {
      state.isFresh = false
      if let fingerprint = fingerprint(state.inner) {
        witness.sawRestored(record.source.partition, before: record.offset, fingerprint: fingerprint)
      }
    }
    spend(record)
    inner.process(record, state: &state.inner, outputs: &outputs)
  }

  func substitute(for record: Record, keepingValue: Bool) -> OutgoingRecord? {
    inner.substitute(for: record, keepingValue: keepingValue)
  }

  func changes(in state: borrowing State) -> [OutgoingRecord] { inner.changes(in: state.inner) }
  func accept(_ state: inout State) { inner.accept(&state.inner) }
  func rewind(_ state: inout State) { inner.rewind(&state.inner) }
}
