import Events
import Foundation
import Scorecard

/// Files of events and outputs as journeys.
enum JourneyFiles {
  /// What two files of NDJSON tell. A line of events that cannot be read is counted and left out, as the fleet leaves it out.
  static func book(events: String, outputs: String) throws -> JourneyBook {
    var book = JourneyBook()
    var unread = 0
    try lines(of: events) { line in
      do { book.take(try EventDecoder.decode(structured: line)) } catch { unread += 1 }
    }
    if unread > 0 { Terminal.complain("heed: \(unread) lines of \(events) are no events and are left out") }
    try lines(of: outputs) { line in
      do {
        if let decision = try RecordedDecision(structured: line) {
          book.take(decision)
        } else if let alert = try RecordedAlert(structured: line) {
          book.take(alert)
        } else if let promise = try BrokenPromise(structured: line) {
          book.takeBrokenPromise(promise.insight, of: promise.ticket, at: promise.time)
        }
      } catch {
        throw Failure(status: .badConfiguration, words: "\(outputs) holds a line that Heed has not written: \(error)")
      }
    }
    return book
  }

  private static func lines(of path: String, _ body: ([UInt8]) throws -> Void) throws {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else {
      throw Failure(status: .badConfiguration, words: "\(path) cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var reader = LineReader(descriptor)
    while let line = reader.next() { if !line.isEmpty { try body(line) } }
  }
}
