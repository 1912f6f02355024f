import ArgumentParser
import Events
import Glibc
import Kafka
import Streams

struct ProduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "produce",
    abstract: "Puts NDJSON events on heed.events.v1: each with its customer's key, broadcasts in every partition.",
    discussion: """
      Lines go out as they are, in CloudEvents' structured mode, so that what the fleet decides on them is what \
      `heed triage` decides on the file. A line that is no event goes out too, without a key: the fleet's dead letters \
      are the place for it.
      """)

  @OptionGroup var source: SettingsOptions

  func run() throws {
    let settings = try source.settings()
    let topic = Catalogue(prefix: settings.text("topic.prefix")).events.name
    var writer = try reaching { try LogWriter(settings.client()) }
    var input = LineReader(STDIN_FILENO)
    var count = 0
    while let line = input.next() {
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
      try reaching { try writer.send(line, to: topic) }
      count += 1
    }
    try reaching { try writer.finish() }
    Terminal.complain("heed: \(count) lines on \(topic)")
  }
}

extension LogWriter {
  /// Writes a line of NDJSON as a structured event.
  mutating func send(_ line: [UInt8], to topic: String) throws(BrokerFailure) {
    var headers = Headers()
    headers.append("content-type", "application/cloudevents+json")
    guard let event = try? EventDecoder.decode(structured: line) else {
      return try write(OutgoingRecord(topic: topic, key: nil, headers: headers, value: line))
    }
    let key = event.customer?.text ?? broadcastKey
    let record = OutgoingRecord(topic: topic, key: Array(key.utf8), headers: headers, value: line)
    if event.customer == nil { try broadcast(record) } else { try write(record) }
  }
}
