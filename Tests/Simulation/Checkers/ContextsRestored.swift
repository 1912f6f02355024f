internal import Streams

enum ContextsRestored: Checker {
  static let claim = "A restored worker knows what the fold knows"

  static func violations(in evidence: Evidence) -> [String] {
    var violations: [String] = []
    for restored in evidence.restored {
      // The fold's knowledge before the first event at or behind the offset.
      guard let event = evidence.events[Int(restored.partition)].first(where: { $0.offset >= restored.offset }),
        let knowledge = event.knowledge, knowledge != restored.fingerprint
      else { continue }
      violations.append("partition \(restored.partition) before offset \(restored.offset)")
    }
    return violations
  }
}
