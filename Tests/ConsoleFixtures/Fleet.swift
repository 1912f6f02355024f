internal import Classifier
package import Console
package import Events
internal import Policy
package import Streams
package import Triage
internal import Shipped

/// A fleet of one, whose records a console reads: events in, and what triage makes of them.
package struct Fleet {
  package static let pipeline = TicketPipeline(
    reader: ModelReader(try! Model(bytes: Shipped.model)), policy: try! PolicyDocument(yaml: Shipped.policy))

  /// Monday, 2 March 2026, 10:00 UTC.
  package static let monday = Timestamp(rfc3339: "2026-03-02T10:00:00Z")!

  package private(set) var events: [Record] = []
  package private(set) var outputs: [Record] = []
  private var shelf = Shelf(partition: 0)
  private let catalogue = Catalogue()

  /// Nothing has happened.
  package init() {}

  /// Everything, events before what they led to.
  package var records: [Record] { events + outputs }

  /// Something that happens `minutes` after Monday morning.
  package mutating func happens(_ type: EventType, _ customer: String, minutes: Int64, _ data: String) {
    let time = Self.monday.adding(seconds: minutes * 60)
    let id = "event-\(events.count + 1)"
    let line = """
      {"specversion":"1.0","id":"\(id)","source":"/test","type":"\(type.rawValue)","time":"\(time.rfc3339)",\
      "partitionkey":"\(customer)","data":\(data)}
      """
    var headers = Headers()
    headers.append("content-type", "application/cloudevents+json")
    let record = Record(
      source: TopicPartition(catalogue.events.name, 0), offset: Offset(events.count),
      timestampMilliseconds: time.nanoseconds / 1_000_000, key: Array(customer.utf8), headers: headers,
      value: Array(line.utf8))
    events.append(record)
    for output in Self.pipeline.process(try! EventDecoder.decode(record), at: record.offset, shelf: &shelf) {
      let outgoing = output.record(in: catalogue)
      outputs.append(
        Record(
          source: TopicPartition(outgoing.topic, 0), offset: Offset(outputs.count),
          timestampMilliseconds: record.timestampMilliseconds, key: outgoing.key, headers: outgoing.headers,
          value: outgoing.value))
    }
  }

  /// A ticket of `customer` with these words.
  package mutating func ticket(
    _ ticket: String, of customer: String, minutes: Int64 = 0, subject: String = "", _ body: String
  ) {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("ticketId", ticket)
      writer.field("customerId", customer)
      writer.field("channel", "email")
      writer.field("subject", subject)
      writer.field("body", body)
    }
    happens(.ticketOpened, customer, minutes: minutes, String(decoding: writer.bytes, as: UTF8.self))
  }

  /// The ticket is closed by a person.
  package mutating func closes(_ ticket: String, of customer: String, minutes: Int64) {
    happens(
      .ticketUpdated, customer, minutes: minutes,
      #"{"ticketId":"\#(ticket)","customerId":"\#(customer)","status":"solved","changedBy":"human"}"#)
  }
}

extension ConsoleState {
  /// A console that has read `records`.
  package init(reading records: some Sequence<Record>, limits: Limits = Limits()) {
    self.init(limits: limits)
    for record in records { take(record) }
  }
}
