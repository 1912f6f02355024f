internal import Streams

enum PositionsCovered: Checker {
  static let claim = "A committed position never goes back, and never lies beyond what was written by then"

  static func violations(in evidence: Evidence) -> [String] {
    var violations: [String] = []
    var decidedAt: [OutgoingRecord: Duration] = [:]
    for output in evidence.outputs {
      decidedAt[output.record] = min(output.decidedAt, decidedAt[output.record] ?? output.decidedAt)
    }
    var last: [TopicPartition: Offset] = [:]
    for move in evidence.moves {
      let (source, next) = (move.position.source, move.position.next)
      let before = last[source] ?? 0
      if next < before { violations.append("\(source) went back from \(before) to \(next)") }
      for event in evidence.events[Int(source.partition)] where event.offset >= before && event.offset < next {
        for output in event.expected where decidedAt[output].map({ $0 > move.decidedAt }) ?? true {
          violations.append("\(source) stood at \(next) before \(event.id) was written to \(output.topic)")
        }
      }
      last[source] = max(before, next)
    }
    return violations
  }
}
