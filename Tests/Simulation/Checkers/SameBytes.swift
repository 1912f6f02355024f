internal import Streams

enum SameBytes: Checker {
  static let claim = "What is written is byte for byte what the pure fold gives, in its order"

  static func violations(in evidence: Evidence) -> [String] {
    let origins = evidence.origins
    let strangers = evidence.outputs.filter { origins[$0.record] == nil }
    guard strangers.isEmpty else {
      return strangers.map { "\($0.log) offset \($0.offset), from \($0.cause ?? "?"), is no output of the fold" }
    }
    // Outputs of several partitions meet in one log; those of one partition keep the order of its events there.
    var logs: [OutgoingRecord: TopicPartition] = [:]
    var found: [Place: [OutgoingRecord]] = [:]
    for output in evidence.outputs {
      logs[output.record] = output.log
      found[Place(log: output.log, partition: origins[output.record]!.partition), default: []].append(output.record)
    }
    // What is not written at all is another checker's.
    var wanted: [Place: [OutgoingRecord]] = [:]
    for event in evidence.events.joined() {
      for output in event.expected {
        guard let log = logs[output] else { continue }
        wanted[Place(log: log, partition: event.partition), default: []].append(output)
      }
    }
    return found.filter { wanted[$0.key] != $0.value }
      .map { "\($0.key.log) has the outputs of partition \($0.key.partition) in another order or number" }.sorted()
  }

  private struct Place: Hashable {
    let log: TopicPartition
    let partition: Int32
  }
}
