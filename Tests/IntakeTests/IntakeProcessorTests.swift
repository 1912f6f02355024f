import Events
import Streams
import Testing
import TestSupport

@testable import Intake

/// Intake on a foreign topic: what it writes, what it refuses, and what it takes back.
@Suite struct IntakeProcessorTests {
  private func processor(_ source: IntakeSource = .zendesk) -> IntakeProcessor {
    IntakeProcessor(
      StreamTopic("heed.foreign.desk"), source: source, settings: plainShop, catalogue: Catalogue(), eventPartitions: 4,
      group: "heed-intake-desk")
  }

  private func record(_ value: [UInt8]?, _ offset: Offset = 0, headers: Headers = Headers()) -> Record {
    Record(
      source: TopicPartition("heed.foreign.desk", 2), offset: offset, key: Array("whatever".utf8), headers: headers,
      value: value)
  }

  private func outputs(
    _ processor: IntakeProcessor, _ record: Record, _ state: inout Intake
  ) -> [OutgoingRecord] {
    var outputs: [OutgoingRecord] = []
    processor.process(record, state: &state, outputs: &outputs)
    return outputs
  }

  @Test func anEventGetsItsCustomersKeyAndItsTrace() throws {
    let processor = processor()
    var state = processor.makeState(partition: 2)
    var headers = Headers()
    headers.append("traceparent", "00-5be1f2a07c9d4e6b8a13c40d52e7f961-7d3a90b2c14f5e68-01")
    let written = outputs(processor, record(Fixture("zendesk_trigger_created").bytes, headers: headers), &state)
    #expect(written.map(\.topic) == ["heed.events.v1"] && written[0].partition == nil)
    #expect(written[0].key == Array("email:mara.lind@shop-customer.example".utf8))
    let event = try EventDecoder.decode(
      Record(
        source: TopicPartition("heed.events.v1", 0), offset: 0, key: written[0].key, headers: written[0].headers,
        value: written[0].value))
    #expect(event.envelope.traceparent?.hasPrefix("00-5be1") == true)
  }

  @Test func whatConnectorsPutAroundAPayloadIsTakenOff() throws {
    let payload = Fixture("zendesk_trigger_created").bytes
    let processor = processor()
    var state = processor.makeState(partition: 2)
    let bare = outputs(processor, record(payload), &state).map(\.value)
    let envelope = Array(#"{"schema":{"type":"struct"},"payload":"#.utf8) + payload + Array("}".utf8)
    #expect(outputs(processor, record([0, 0, 0, 0, 7] + payload), &state).map(\.value) == bare)
    #expect(outputs(processor, record(envelope), &state).map(\.value) == bare)
    #expect(outputs(processor, record([0, 0, 0, 0, 7] + envelope), &state).map(\.value) == bare)
  }

  @Test func whatCannotBeMappedIsADeadLetterWithItsBytesAndCode() throws {
    let processor = processor()
    var state = processor.makeState(partition: 2)
    for (payload, code) in [
      (#"{"ticket":{"id":1},"event":"ticket.created"}"#, "missing_field"), ("no json", "malformed_json"),
      (#"{"x":1}"#, "unsupported_shape"),
    ] {
      let letters = outputs(processor, record(Array(payload.utf8), 9), &state)
      #expect(letters.map(\.topic) == ["heed.dead-letters.v1"])
      #expect(letters[0].value == Array(payload.utf8) && letters[0].tally == .deadLetter(code: code))
      let read = try #require(
        RejectedRecord(
          Record(
            source: TopicPartition("heed.dead-letters.v1", 0), offset: 0, key: letters[0].key,
            headers: letters[0].headers, value: letters[0].value)))
      #expect(read.failure.code.rawValue == code && read.source.topic == "heed.foreign.desk" && read.offset == 9)
      #expect(read.redrive().topic == "heed.foreign.desk")
    }
    #expect(outputs(processor, record(nil), &state).isEmpty, "a tombstone tells nothing")
  }

  /// Taken back and told again, orders in pieces give the same bytes as told once.
  @Test(arguments: 0..<50) func aRewindTakesBackExactlyWhatWasTold(seed: UInt64) {
    var dice = Dice(seed: seed)
    let names = [
      "shopify_order", "shopify_hold", "shopify_hold_released", "shopify_fulfillment", "shopify_fulfillment_event",
      "shopify_refund",
    ]
    let told = (0..<12).map { _ in Fixture(dice.pick(names)).bytes }
    let processor = processor(.shopify)
    var once = processor.makeState(partition: 0)
    let expected = told.map { outputs(processor, record($0), &once).map(\.value) }
    var state = processor.makeState(partition: 0)
    var written: [[[UInt8]?]] = []
    var open: [[[UInt8]?]] = []
    while written.count < told.count {
      if dice.roll(3) == 0 || written.count + open.count == told.count {
        if dice.roll(2) == 0 {
          processor.rewind(&state)
        } else {
          processor.accept(&state)
          written += open
        }
        open = []
      } else {
        open.append(outputs(processor, record(told[written.count + open.count]), &state).map(\.value))
      }
    }
    #expect(written == expected)
  }

  /// What stands in the table, as whoever restores it reads it: the last of each key, in the order it was written.
  private struct Table {
    private(set) var records: [OutgoingRecord] = []

    mutating func write(_ changes: [OutgoingRecord]) {
      for change in changes {
        records.removeAll { $0.key == change.key }
        records.append(change)
      }
    }

    func restored(by processor: IntakeProcessor) -> Intake {
      var state = processor.makeState(partition: 2)
      for (offset, record) in records.enumerated() {
        processor.restore(
          Record(
            source: TopicPartition(record.topic, 2), offset: Int64(offset), key: record.key, headers: record.headers,
            value: record.value), into: &state)
      }
      return state
    }
  }

  /// Pieces late, twice and in any order, with restarts, crashes and takebacks between them: what is told is what one worker tells that never
  /// ends.
  @Test(arguments: 0..<60) func aRestartBetweenPiecesChangesNothing(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    let names = [
      "shopify_order", "shopify_hold", "shopify_hold_released", "shopify_fulfillment", "shopify_fulfillment_event",
      "shopify_fulfillment_event_rest", "shopify_refund",
    ]
    let told = (names + (0..<6).map { _ in dice.pick(names) }).shuffled(using: &dice).map { Fixture($0).bytes }
    let processor = processor(.shopify)
    #expect(processor.table?.name == "heed.orders.shopify.v1")
    var forever = processor.makeState(partition: 2)
    let expected = told.map { outputs(processor, record($0), &forever).map(\.value) }

    var table = Table()
    var state = processor.makeState(partition: 2)
    var written: [[[UInt8]?]] = []
    while written.count < told.count {
      if dice.roll(2) == 0 { state = table.restored(by: processor) }
      let batch = told[written.count..<min(told.count, written.count + 1 + dice.roll(3))]
      let made = batch.map { outputs(processor, record($0), &state).map(\.value) }
      guard dice.roll(4) > 0 else {
        // Nothing of it was written: a crash, or a transaction that was aborted.
        if dice.roll(2) == 0 { processor.rewind(&state) } else { state = table.restored(by: processor) }
        continue
      }
      let changes = processor.changes(in: state)
      #expect(changes.allSatisfy { $0.partition == 2 && $0.topic == "heed.orders.shopify.v1" })
      table.write(changes)
      processor.accept(&state)
      #expect(processor.changes(in: state).isEmpty)
      written += made
    }
    #expect(written == expected)
  }

  @Test func onlyShopsHaveATable() {
    #expect(processor(.zendesk).table == nil)
    var state = processor(.zendesk).makeState(partition: 0)
    _ = outputs(processor(.zendesk), record(Fixture("zendesk_trigger_created").bytes), &state)
    #expect(processor(.zendesk).changes(in: state).isEmpty)
  }

  @Test func whatCannotBeReadInTheTableIsAnUnknownOrder() throws {
    let processor = processor(.shopify)
    var first = processor.makeState(partition: 2)
    _ = outputs(processor, record(Fixture("shopify_order").bytes), &first)
    let good = try #require(processor.changes(in: first).first)
    let bytes = try #require(good.value)
    #expect(ShopOrder(bytes: bytes)?.encoded == bytes)
    var dice = Dice(seed: 3)
    for _ in 0..<2_000 {
      var broken = bytes
      for _ in 0...dice.roll(3) { broken[dice.roll(broken.count)] = UInt8.random(in: 0...255, using: &dice) }
      _ = ShopOrder(bytes: broken)
    }
    for broken in [[], [0], Array(bytes.dropLast()), Array("{\"version\":2}".utf8)] {
      var table = Table()
      table.write([OutgoingRecord(topic: good.topic, partition: 2, key: good.key, value: broken)])
      var state = table.restored(by: processor)
      let letters = outputs(processor, record(Fixture("shopify_fulfillment").bytes), &state)
      #expect(letters.map(\.tally) == [.deadLetter(code: "unknown_order")])
    }
  }

  @Test func theOldestOrderGoesAlsoAfterARestartAndIsTakenOutOfTheTable() {
    func tell(_ book: inout OrderBook, _ id: Int) {
      _ = book.update("\(id)") { $0.refunds.take([], id: "r", asOf: Timestamp(nanoseconds: Int64(id))) }
    }
    var book = OrderBook()
    for id in 0..<OrderBook.ordersMax { tell(&book, id) }
    let changes = book.changes
    book.accept()
    var restored = OrderBook()
    for (id, bytes) in changes.reversed() { restored.restore(id, bytes) }
    tell(&restored, OrderBook.ordersMax)
    #expect(restored.changes.map(\.id).sorted() == ["0", "\(OrderBook.ordersMax)"].sorted())
    #expect(restored.changes.first { $0.id == "0" }?.bytes == nil)
  }

  @Test func theRingOfOrdersIsTakenBackToo() {
    var book = OrderBook()
    func tell(_ id: Int) {
      _ = book.update("\(id)") { $0.refunds.take([], id: "r", asOf: Timestamp(nanoseconds: Int64(id))) }
    }
    for id in 0..<OrderBook.ordersMax { tell(id) }
    book.accept()
    for id in 0..<3 { tell(OrderBook.ordersMax + id) }
    book.rewind()
    let kept = book.update("0") { _ in }
    #expect(kept.asOf == Timestamp(nanoseconds: 0), "the first one is there again")
    book.accept()
    tell(OrderBook.ordersMax + 7)
    book.accept()
    #expect(book.update("0") { _ in }.asOf == nil, "and the first one to go")
  }
}
