import Events
import Foundation
import Streams
import Testing
import TestSupport

@testable import Triage

/// Same log, same bytes: whoever works on it, in how many partitions, from files or from records.
@Suite struct SameBytesTests {
  /// A day of eight customers as separate histories, and what concerns all of them in between.
  private struct Day {
    /// For each customer, their events in each of the stretches between broadcasts.
    var stretches: [[[Line]]]
    var broadcasts: [Line]

    init(seed: UInt64) {
      var dice = Dice(seed: seed)
      let bodies = [
        "Where is my order?", "Where is my order LL-%?", "I want a refund for LL-%!!!", "thanks, all good", "hmm", "",
        "I am furious, third time I write", "¿Dónde está mi pedido LL-%?", "Wo ist meine Bestellung?", "help",
        "Please cancel my order LL-%", "ok", "My lawyer will call", "Où est ma commande LL-% ?", "The kettle is broken",
      ]
      broadcasts = (0..<6).map { index in
        let time = hour(index * 10 + 9)
        guard dice.roll(2) == 0 else { return Line(.timePassed, key: "*", id: "b\(index)", at: time, [:]) }
        return Line(
          .disruptionDeclared, key: "*", id: "b\(index)", at: time,
          [
            "disruptionId": "d\(dice.roll(2))", "from": hour(-48).rfc3339, "cause": "severe weather",
            "nextUpdateBy": hour(index * 10 + 8 + dice.roll(15)).rfc3339,
          ])
      }
      stretches = (0...broadcasts.count).map { stretch in
        (0..<8).map { customer in
          (0..<dice.roll(5)).map { index in
            let (key, id) = ("C\(customer)", "e\(stretch)-\(customer)-\(dice.roll(9) == 0 ? 0 : index)")
            let time = hour(stretch * 10 + index)
            let ticket = "T\(customer)-\(dice.roll(2))"
            let body = dice.pick(bodies).replacing("%", with: "2\(customer)00\(dice.roll(3))")
            switch dice.roll(10) {
            case 0...2:
              let state = OrderState.with {
                $0.status = dice.pick(["in_transit", "delivered", "exception", "packed", "delayed"])
                $0.promised = dice.roll(60)
                $0.items = [dice.pick(["Copper kettle", "Walnut shelf"])]
              }
              let order = ["orderId": "LL-2\(customer)00\(dice.roll(3))", "customerId": key]
              return Line(.orderUpdated, key: key, id: id, at: time, state.data.merging(order) { $1 })
            case 3...5:
              return Line(
                .ticketOpened, key: key, id: id, at: time,
                ["ticketId": ticket, "customerId": key, "channel": "email", "body": body])
            case 6:
              return Line(
                .ticketUpdated, key: key, id: id, at: time,
                [
                  "ticketId": ticket, "customerId": key, "status": "solved",
                  "changedBy": dice.pick(["human", "automation"]),
                ])
            default:
              let author = dice.roll(6) == 0 ? "agent" : "customer"
              return Line(
                .ticketMessage, key: key, id: id, at: time,
                ["ticketId": ticket, "customerId": key, "author": ["kind": author], "body": body])
            }
          }
        }
      }
    }

    /// The events of some customers with all broadcasts in their places; between two of them customers are mixed at will.
    func log(of customers: some Collection<Int>, _ dice: inout Dice) -> [Line] {
      var log: [Line] = []
      for (index, stretch) in stretches.enumerated() {
        var rest = customers.map { stretch[$0][...] }.filter { !$0.isEmpty }
        while !rest.isEmpty {
          let next = dice.roll(rest.count)
          log.append(rest[next].removeFirst())
          if rest[next].isEmpty { rest.remove(at: next) }
        }
        if index < broadcasts.count { log.append(broadcasts[index]) }
      }
      return log
    }
  }

  private func outputs(of log: [Line]) -> [[UInt8]] {
    var filter = TriageFilter(pipeline: pipeline)
    return log.flatMap { filter.process(line: $0.bytes) }
  }

  private func sorted(_ outputs: [[UInt8]]) -> [String] { outputs.map { String(decoding: $0, as: UTF8.self) }.sorted() }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func mixingCustomersDifferentlyGivesTheSameBytes(seed: UInt64) {
    let day = Day(seed: seed)
    var dice = Dice(seed: seed)
    let expected = sorted(outputs(of: day.log(of: 0..<8, &dice)))
    #expect(expected.count > 30)
    for _ in 0..<6 { #expect(sorted(outputs(of: day.log(of: 0..<8, &dice))) == expected) }
  }

  @Test(arguments: [1, 2, 3, 8])
  func anyNumberOfPartitionsGivesTheSameBytes(partitions: Int) {
    let day = Day(seed: 42)
    var dice = Dice(seed: UInt64(partitions))
    let expected = sorted(outputs(of: day.log(of: 0..<8, &dice)))
    let split = (0..<partitions).flatMap { partition in
      outputs(of: day.log(of: (0..<8).filter { $0 % partitions == partition }, &dice))
    }
    #expect(sorted(split) == expected)
  }

  @Test func theSameLogGivesTheSameBytesInTheSameOrder() {
    let day = Day(seed: 7)
    var dice = Dice(seed: 7)
    let log = day.log(of: 0..<8, &dice)
    #expect(outputs(of: log) == outputs(of: log))
  }

  // MARK: Filter and processor

  /// The line that a record of the outputs is.
  private func line(_ record: OutgoingRecord) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      for (name, value) in record.headers where name.hasPrefix("ce_") {
        writer.key(String(name.dropFirst(3)))
        writer.string(String(decoding: value ?? [], as: UTF8.self))
      }
      writer.field("datacontenttype", record.headers.text("content-type") ?? "")
      writer.key("data")
      writer.raw(record.value ?? [])
    }
    return writer.bytes
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func filterAndProcessorGiveTheSameBytes(seed: UInt64) {
    var dice = Dice(seed: seed)
    let log = Day(seed: seed).log(of: 0..<8, &dice)
    let processor = TriageProcessor(pipeline: pipeline, catalogue: Catalogue(), group: "heed")
    var shelf = processor.makeState(partition: 0)
    var records: [OutgoingRecord] = []
    for (offset, line) in log.enumerated() {
      processor.process(line.record(at: Offset(offset)), state: &shelf, outputs: &records)
      if dice.roll(5) == 0 { processor.accept(&shelf) }
    }
    #expect(records.map(line) == outputs(of: log))
    let topics = Set(records.map(\.topic))
    #expect(topics.contains("heed.decisions.v1") && topics.contains("heed.resolutions.v1"))
    #expect(records.allSatisfy { $0.partition == nil })
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func crashesAndRestoresGiveTheSameBytesAndState(seed: UInt64) {
    var dice = Dice(seed: seed)
    let log = Day(seed: seed).log(of: 0..<8, &dice)
    let processor = TriageProcessor(pipeline: pipeline, catalogue: Catalogue(), group: "heed")
    var shelf = processor.makeState(partition: 0)
    var table: [OutgoingRecord] = []
    var written: [OutgoingRecord] = []
    var (open, committed, next) = ([OutgoingRecord](), 0, 0)
    while next < log.count {
      processor.process(log[next].record(at: Offset(next)), state: &shelf, outputs: &open)
      next += 1
      switch dice.roll(8) {
      case 0, 1:  // committed
        table += processor.changes(in: shelf)
        processor.accept(&shelf)
        (written, open, committed) = (written + open, [], next)
      case 2:  // rewound
        processor.rewind(&shelf)
        (open, next) = ([], committed)
      case 3:  // taken over by somebody who reads the table
        shelf = processor.makeState(partition: 0)
        for (offset, change) in table.enumerated() {
          let source = TopicPartition(change.topic, 0)
          processor.restore(
            Record(
              source: source, offset: Offset(offset), key: change.key, headers: change.headers, value: change.value),
            into: &shelf)
        }
        (open, next) = ([], committed)
      default: break
      }
    }
    #expect((written + open).map(line) == outputs(of: log))
  }

  @Test func repeatsAfterACrashUnderAtLeastOnceSayNothingNew() {
    var dice = Dice(seed: 3)
    let log = Day(seed: 3).log(of: 0..<8, &dice)
    let processor = TriageProcessor(pipeline: pipeline, catalogue: Catalogue(), group: "heed")
    var shelf = processor.makeState(partition: 0)
    var once: [OutgoingRecord] = []
    for (offset, line) in log.enumerated() {
      processor.process(line.record(at: Offset(offset)), state: &shelf, outputs: &once)
    }
    processor.accept(&shelf)
    var again: [OutgoingRecord] = []
    for (offset, line) in log.enumerated() {
      processor.process(line.record(at: Offset(offset)), state: &shelf, outputs: &again)
    }
    #expect(!once.isEmpty && again.isEmpty)
    #expect(processor.changes(in: shelf).isEmpty)
  }

  @Test func traceContextPassesToEveryOutput() {
    let line = Line(
      .ticketOpened, key: "C1", id: "1", at: hour(0),
      ["ticketId": "T", "customerId": "C1", "channel": "web", "body": "hi"])
    var headers = line.record(at: 0).headers
    headers.append("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
    headers.append("tracestate", "a=b")
    let record = Record(
      source: TopicPartition("heed.events.v1", 0), offset: 0, key: Array("C1".utf8), headers: headers,
      value: line.record(at: 0).value)
    let processor = TriageProcessor(pipeline: pipeline, catalogue: Catalogue(), group: "heed")
    var shelf = processor.makeState(partition: 0)
    var outputs: [OutgoingRecord] = []
    processor.process(record, state: &shelf, outputs: &outputs)
    #expect(outputs.count == 2)
    for output in outputs {
      #expect(
        output.headers.text("traceparent")?.hasPrefix("00-0af7") == true && output.headers.text("tracestate") == "a=b")
    }
  }

  @Test func traceContextOfAStructuredEventAndOfADeadLetterPassesToo() {
    let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    func outputs(_ headers: [(String, String)], _ value: String) -> [OutgoingRecord] {
      var all = Headers()
      for (name, value) in headers { all.append(name, value) }
      let record = Record(
        source: TopicPartition("heed.events.v1", 0), offset: 0, key: Array("C1".utf8), headers: all,
        value: Array(value.utf8))
      let processor = TriageProcessor(pipeline: pipeline, catalogue: Catalogue(), group: "heed")
      var shelf = processor.makeState(partition: 0)
      var outputs: [OutgoingRecord] = []
      processor.process(record, state: &shelf, outputs: &outputs)
      return outputs
    }
    let structured = outputs(
      [("content-type", "application/cloudevents+json")],
      """
      {"specversion":"1.0","id":"1","source":"/t","type":"heed.ticket.opened.v1","time":"2026-03-02T10:00:00Z",\
      "partitionkey":"C1","traceparent":"\(trace)","tracestate":"a=b","data":{"ticketId":"T","customerId":"C1",\
      "channel":"web","body":"hi"}}
      """)
    #expect(structured.count == 2)
    let rejected = outputs([("traceparent", trace), ("tracestate", "a=b")], "no event")
    #expect(rejected.count == 1 && rejected[0].headers.text("heed_code") != nil)
    for output in structured + rejected {
      #expect(output.headers.text("traceparent") == trace && output.headers.text("tracestate") == "a=b")
    }
  }
}
