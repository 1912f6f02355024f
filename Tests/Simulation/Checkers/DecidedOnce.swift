internal import Streams

enum DecidedOnce: Checker {
  static let claim = "No event is decided twice"

  static func violations(in evidence: Evidence) -> [String] {
    // By the event and the topic, not by the bytes: a second decision that says something else is a second decision, too.
    var expected: [Place: Int] = [:]
    for event in evidence.events.joined() {
      for output in event.expected {
        // An event that was passed on is told under the id that it had from the beginning.
        expected[Place(cause: evidence.cause(output) ?? event.id, topic: output.topic), default: 0] += 1
      }
    }
    var found: [Place: Int] = [:]
    for output in evidence.outputs {
      found[Place(cause: output.cause ?? "?", topic: output.record.topic), default: 0] += 1
    }
    return found.filter { $0.value > max(1, expected[$0.key] ?? 0) }
      .map { "\($0.key.cause) has \($0.value) outputs in \($0.key.topic)" }.sorted()
  }

  private struct Place: Hashable {
    let cause: String
    let topic: String
  }
}
