internal import Streams

enum OneVoice: Checker {
  static let claim = "No automated voice speaks where a person has taken over"

  static func violations(in evidence: Evidence) -> [String] {
    var takenOverAt: [String: (partition: Int32, offset: Offset)] = [:]
    var offsets: [String: Offset] = [:]
    for event in evidence.events.joined() {
      offsets[event.id] = event.offset
      guard let conversation = event.takenOver, takenOverAt[conversation] == nil else { continue }
      takenOverAt[conversation] = (event.partition, event.offset)
    }
    return evidence.outputs.compactMap { output in
      guard let conversation = output.voice, let human = takenOverAt[conversation],
        let cause = output.cause, let offset = offsets[cause], offset > human.offset
      else { return nil }
      return "\(cause) was answered behind the takeover at offset \(human.offset) of partition \(human.partition)"
    }
  }
}
