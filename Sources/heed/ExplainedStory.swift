import Events
import Foundation
import Policy
import Triage

/// The events that lead to the message, put together from what was given.
struct ExplainedStory {
  let now: Timestamp
  private var events: [Event] = []
  private var customer = "explained-customer"

  init(now: Timestamp) { self.now = now }

  mutating func add(lines: [UInt8]) throws {
    for (index, line) in lines.split(separator: 0x0A).enumerated() {
      do throws(DecodingFailure) { events.append(try EventDecoder.decode(structured: Array(line))) } catch {
        throw Failure(
          status: .usage, words: "line \(index + 1) of the events: \(error.code.rawValue) \(error.path): \(error.hint)")
      }
    }
    if let last = events.last(where: { $0.customer != nil })?.customer { customer = last.text }
  }

  mutating func add(order bytes: [UInt8], _ file: String) throws {
    do throws(DecodingFailure) {
      if let event = try? EventDecoder.decode(structured: bytes) {
        events.append(event)
        if let owner = event.customer { customer = owner.text }
      } else {
        let event = try wrapped(.orderUpdated, data: bytes, id: "order-\(events.count)")
        events.append(event)
        if let owner = event.customer { customer = owner.text }
      }
    } catch {
      throw Failure(status: .usage, words: "\(file): \(error.code.rawValue) \(error.path): \(error.hint)")
    }
  }

  mutating func add(ticket text: String, subject: String, channel: String) {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("ticketId", "explained-ticket")
      writer.field("customerId", customer)
      writer.field("channel", channel)
      writer.field("subject", subject)
      writer.field("body", text)
    }
    guard let event = try? wrapped(.ticketOpened, data: writer.bytes, id: "ticket") else {
      preconditionFailure("a ticket put together here can be read")
    }
    events.append(event)
  }

  private func wrapped(_ type: EventType, data: [UInt8], id: String) throws(DecodingFailure) -> Event {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("specversion", "1.0")
      writer.field("id", id)
      writer.field("source", "/heed/explain")
      writer.field("type", type.rawValue)
      writer.field("time", now.rfc3339)
      writer.key("data")
      writer.raw(data)
    }
    return try EventDecoder.decode(structured: writer.bytes)
  }

  /// Folds all of it; the last decision is the one that is explained.
  ///
  /// What belongs to another id of a customer is taken there at once. Where a fleet has written the log it stands in it as well, and is known.
  func play(through pipeline: TicketPipeline) throws -> Explanation? {
    var shelf = Shelf(partition: 0)
    var last: Explanation?
    var position: Int64 = 0
    for event in events {
      var waiting = [event]
      while !waiting.isEmpty {
        let event = waiting.removeFirst()
        last = pipeline.explain(event, at: position, shelf: &shelf, passedOn: &waiting) ?? last
        position += 1
      }
    }
    return last
  }
}
