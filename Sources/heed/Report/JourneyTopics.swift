import Events
import Kafka
import Scorecard
import Streams

/// The topics of a cluster as journeys, up to the ends as they are when they are reached; read as no group.
enum JourneyTopics {
  /// What events, decisions and insights tell. A record that cannot be read is left out, as the fleet leaves it out.
  static func book(_ settings: Settings) throws -> JourneyBook {
    let catalogue = settings.catalogue
    var book = JourneyBook()
    var reader = try reaching { try LogReader(settings.client()) }
    let topics = [catalogue.events, catalogue.decisions, catalogue.insights].map(\.name)
    try reaching {
      try reader.readToEnd(of: topics, within: .seconds(3_600)) { record in
        if record.source.topic == catalogue.events.name {
          if let event = try? EventDecoder.decode(record) { book.take(event) }
        } else if let line = StructuredLine.make(from: record) {
          take(line, into: &book)
        }
      }
    }
    return book
  }

  private static func take(_ line: [UInt8], into book: inout JourneyBook) {
    if let decision = try? RecordedDecision(structured: line) {
      book.take(decision)
    } else if let alert = try? RecordedAlert(structured: line) {
      book.take(alert)
    } else if let promise = try? BrokenPromise(structured: line) {
      book.takeBrokenPromise(promise.insight, of: promise.ticket, at: promise.time)
    }
  }
}
