import Kafka
import Streams
import Testing

@Suite(.ownThread) struct RoundTripTests {
  @Test func keysHeadersAndValuesComeBackAsTheyWereWritten() throws {
    let embedded = try Embedded(["t": 1])
    var headers = Headers()
    headers.append("ce_type", "heed.ticket.opened.v1")
    headers.append("empty", bytes: [])
    headers.append("null", bytes: [UInt8]?.none)
    headers.append("ce_type", "again")
    let written = [
      OutgoingRecord(topic: "t", partition: 0, key: [1, 0, 255], headers: headers, value: [0, 1, 2]),
      OutgoingRecord(topic: "t", partition: 0, key: nil, value: [7]),
      OutgoingRecord(topic: "t", partition: 0, key: [], value: []),
      OutgoingRecord(topic: "t", partition: 0, key: [9], value: nil),
      OutgoingRecord(topic: "t", partition: 0, key: [9], headers: headers, value: nil),
    ]
    try embedded.write(written)
    let read = try embedded.read("t")
    #expect(read.map(\.key) == written.map(\.key))
    #expect(read.map(\.value) == written.map(\.value))
    #expect(read.map(\.headers) == written.map(\.headers))
    #expect(read.map(\.offset) == [0, 1, 2, 3, 4])
    #expect(read.allSatisfy { $0.source == TopicPartition("t", 0) && $0.timestampMilliseconds > 1_600_000_000_000 })
  }

  @Test func ownedAndBorrowedRecordsAreTheSame() throws {
    let embedded = try Embedded(["t": 1])
    var headers = Headers()
    headers.append("a", "b")
    try embedded.write(
      (0..<300).map {
        OutgoingRecord(topic: "t", key: [UInt8($0 % 7)], headers: headers, value: [UInt8($0 % 256)])
      })
    let owned = try embedded.read("t")
    var consumer = try Consumer(embedded.client, ConsumerSettings(group: "g"))
    try consumer.assign([ReadingStart(TopicPartition("t", 0), from: .beginning)])
    var borrowed: [Record] = []
    var isAtEnd = false
    let deadline = ContinuousClock.now + .seconds(20)
    while !isAtEnd, .now < deadline {
      consumer.withBatch(waiting: .milliseconds(50)) { batch in
        for i in 0..<batch.count {
          switch batch.kind(i) {
          case .endOfPartition: isAtEnd = true
          case .failed(let failure): Issue.record("\(failure)")
          case .record:
            borrowed.append(
              Record(
                source: TopicPartition(batch.topic(i), batch.partition(i)), offset: batch.offset(i),
                timestampMilliseconds: batch.timestampMilliseconds(i), key: batch.key(i).map { [UInt8]($0) },
                headers: batch.headers(i), value: batch.value(i).map { [UInt8]($0) }))
          }
        }
      }
    }
    #expect(borrowed == owned)
  }

  @Test func theClientsChooseThePartitionsThatOurHashGives() throws {
    let embedded = try Embedded(["t": 12])
    let keys = (0..<500).map { "customer-\($0 * 7919)" } + ["", "a", "ab", "abc", "abcd", "überträge", "顧客"]
    try embedded.write(keys.map { OutgoingRecord("t", key: $0, text: $0) })
    let read = try embedded.read("t")
    #expect(read.count == keys.count)
    for record in read {
      #expect(record.source.partition == partition(forKey: record.key!, of: 12))
    }
  }

  @Test func aBroadcastIsInEveryPartitionOnce() throws {
    let embedded = try Embedded(["t": 5])
    var writer = try LogWriter(embedded.client)
    try writer.broadcast(OutgoingRecord("t", key: "*", text: "time passed"))
    try writer.finish()
    let read = try embedded.read("t")
    #expect(Set(read.map(\.source.partition)) == Set(0..<5))
    #expect(read.count == 5)
    #expect(throws: BrokerFailure.self) { try writer.broadcast(OutgoingRecord("no-such-topic", text: "x")) }
  }

  @Test func aRecordAboveTheLimitIsRefusedWithItsCode() throws {
    let embedded = try Embedded(["t": 1])
    var producer = try Producer(embedded.client)
    let failure = #expect(throws: BrokerFailure.self) {
      try producer.produce(OutgoingRecord(topic: "t", key: nil, value: [UInt8](repeating: 0, count: 2_000_000)))
    }
    #expect(failure?.code == "MSG_SIZE_TOO_LARGE")
  }

  @Test func aFullQueueWaitsAndThenSaysSo() throws {
    let client = try ClientSettings(
      bootstrapServers: "127.0.0.1:1", passThrough: ["queue.buffering.max.messages": "10"], log: { _ in })
    var producer = try Producer(client)
    for _ in 0..<10 { try producer.produce(OutgoingRecord("t", text: "x")) }
    let start = ContinuousClock.now
    let failure = #expect(throws: BrokerFailure.self) {
      try producer.produce(OutgoingRecord("t", text: "x"), within: .milliseconds(300))
    }
    #expect(failure?.code == "_QUEUE_FULL")
    #expect(ContinuousClock.now - start >= .milliseconds(300))
    var errors: [BrokerFailure] = []
    try eventually("an error of the client") {
      producer.serve()
      errors = producer.takeErrors()
      return !errors.isEmpty
    }
    #expect(errors.contains { $0.code == "_ALL_BROKERS_DOWN" || $0.code == "_TRANSPORT" })
  }
}
