internal import Streams

/// One partition's work.
struct Lane<State> {
  /// How far one input is read.
  struct Reading {
    /// The next record to read; `nil` until one was read or committed.
    var next: Offset?
    /// The position of the last commit, to which a rewind goes back.
    var committed: Offset?
    /// The end, where reading stands at it: it can lie behind `next`, since control records are nobody's.
    var end: Offset?
  }

  var state: State
  /// Whether its state is restored.
  var isReady: Bool
  /// In the order of the processor's inputs.
  var reading: [Reading]
  /// The next record of the table; `nil` until one was read.
  var tableNext: Offset?

  /// How far it has come, its inputs added up: so a lane has one lag and one progress, however many inputs it has.
  var position: Offset { reading.count == 1 ? reading[0].next! : reading.reduce(0) { $0 + $1.position } }

  /// One input is read to its end. Gives the same for the lane: of the others nothing is known to be hidden.
  mutating func reached(_ end: EndOfPartition, of input: Int) -> EndOfPartition {
    guard reading.count > 1 else { return end }
    reading[input].end = end.next
    let others = position - reading[input].position
    return EndOfPartition(end.source, next: others + end.next, highWatermark: others + end.highWatermark)
  }

  mutating func accept() {
    for input in reading.indices { reading[input].committed = reading[input].next }
  }

  mutating func rewind() {
    for input in reading.indices {
      reading[input].next = reading[input].committed
      reading[input].end = nil
    }
  }
}

extension Lane.Reading {
  var position: Offset { max(next ?? 0, end ?? 0) }
}
