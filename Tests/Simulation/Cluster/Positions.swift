package import Streams

/// What a group has committed, what is still pending in open transactions, and how it came to be.
package struct Positions {
  /// One move of a position.
  package struct Move {
    package let position: Position
    /// When it was certain to count.
    package let decidedAt: Duration
  }

  package private(set) var committed: [TopicPartition: Offset] = [:]
  /// Every move, in the order in which they took effect.
  package private(set) var moves: [Move] = []
  private var resolved: Set<Int> = []
  private var pending: [(transaction: Int, position: Position)] = []

  mutating func commit(_ positions: [Position], decidedAt: Duration) {
    for position in positions {
      committed[position.source] = position.next
      moves.append(Move(position: position, decidedAt: decidedAt))
    }
  }

  /// `false` if the transaction has ended here already: its producer was fenced while the request was on its way.
  mutating func hold(_ positions: [Position], transaction: Int) -> Bool {
    if resolved.contains(transaction) { return false }
    for position in positions
    where !pending.contains(where: { $0.transaction == transaction && $0.position == position }) {
      pending.append((transaction, position))
    }
    return true
  }

  mutating func resolve(transaction: Int, decidedAt: Duration?) {
    resolved.insert(transaction)
    let ended = pending.filter { $0.transaction == transaction }.map(\.position)
    pending.removeAll { $0.transaction == transaction }
    if let decidedAt { commit(ended, decidedAt: decidedAt) }
  }

  /// Whether an open transaction may still move one of these.
  func isUnstable(_ sources: [TopicPartition]) -> Bool {
    pending.contains { sources.contains($0.position.source) }
  }
}
