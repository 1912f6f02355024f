internal import Streams

enum NothingLost: Checker {
  static let claim = "No event behind the group's position is without its outputs"

  static func violations(in evidence: Evidence) -> [String] {
    let written = Set(evidence.outputs.compactMap(\.cause))
    var reached: [Int32: Offset] = [:]
    for move in evidence.moves {
      let partition = move.position.source.partition
      reached[partition] = max(reached[partition] ?? 0, move.position.next)
    }
    return evidence.events.joined()
      .filter { event in
        event.offset < reached[event.partition] ?? 0 && !event.expected.isEmpty
          && !event.expected.contains { written.contains(evidence.cause($0) ?? event.id) }
      }
      .map { "\($0.id), partition \($0.partition) offset \($0.offset)" }
  }
}
