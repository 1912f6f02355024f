import Events
import Kafka
import Scorecard
import Streams

/// What a log tells, as journeys.
enum Journeys {
  /// Two files of NDJSON. A line of events that cannot be read is counted and left out, as the fleet leaves it out.
  static func inFiles(events: String, outputs: String) throws -> JourneyBook {
    var book = JourneyBook()
    var unread = 0
    try Lines.forEach(in: events) { line, _ in
      do { book.take(try EventDecoder.decode(structured: line)) } catch { unread += 1 }
    }
    if unread > 0 { Terminal.complain("heed: \(unread) lines of \(events) are no events and are left out") }
    try Lines.forEach(in: outputs) { line, number in
      do { try book.take(output: line) } catch {
        throw Failure(
          status: .badConfiguration, words: "\(outputs):\(number) is nothing that Heed has written: \(error)")
      }
    }
    return book
  }

  /// The topics of a cluster, up to their ends as they are when they are reached; read as no group. A record that cannot be read is left
  /// out, as the fleet leaves it out.
  static func inTopics(_ settings: Settings) throws -> JourneyBook {
    let catalogue = settings.catalogue
    var book = JourneyBook()
    var reader = try reaching { try LogReader(settings.client()) }
    let topics = [catalogue.events, catalogue.decisions, catalogue.insights].map(\.name)
    try reaching {
      try reader.readToEnd(of: topics, within: .seconds(3_600)) { record in
        if record.source.topic == catalogue.events.name {
          if let event = try? EventDecoder.decode(record) { book.take(event) }
        } else if let line = StructuredLine.make(from: record) {
          try? book.take(output: line)
        }
      }
    }
    return book
  }
}
