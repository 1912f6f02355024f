internal import Streams

enum CustomerOrder: Checker {
  static let claim = "A customer's outputs stand in the order of their events"

  static func violations(in evidence: Evidence) -> [String] {
    guard evidence.keepsOrder else { return [] }
    var events: [String: Evidence.Event] = [:]
    // Where an event is repeated its first place counts, as the first places of its outputs do.
    for event in evidence.events.joined() where events[event.id] == nil { events[event.id] = event }
    var last: [Place: Offset] = [:]
    var violations: [String] = []
    for output in evidence.outputs {
      guard let cause = output.cause, let event = events[cause] else { continue }
      let place = Place(log: output.log, partition: event.partition, customer: event.key)
      if let before = last[place], event.offset < before {
        violations.append("\(event.id) stands in \(output.log) behind a later one")
      }
      last[place] = max(last[place] ?? 0, event.offset)
    }
    return violations
  }

  private struct Place: Hashable {
    let log: TopicPartition
    let partition: Int32
    let customer: [UInt8]
  }
}
