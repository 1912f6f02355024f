import Kafka
import Streams
import Testing

@Suite(.ownThread) struct AssignmentTests {
  @Test func recordsArriveInOrderAndThenTheEnd() throws {
    let embedded = try Embedded(["t": 2])
    try embedded.write((0..<200).map { OutgoingRecord("t", in: Int32($0 % 2), text: "\($0)") })
    let broker = try embedded.join("g", topics: ["t"])
    #expect(try broker.join() == [TopicPartition("t", 0), TopicPartition("t", 1)])
    let events = try broker.events("both ends") { $0.ends.count >= 2 }
    for p in 0..<Int32(2) {
      let source = TopicPartition("t", p)
      #expect(events.records.filter { $0.source == source }.map(\.offset) == Array(0..<100))
      let end = events.firstIndex { if case .endOfPartition(let end) = $0 { end.source == source } else { false } }!
      #expect(Array(events[..<end]).records.filter { $0.source == source }.count == 100)
    }
    broker.close()
  }

  @Test func aLateAnswerHoldsTheGroupAndLosesNothing() throws {
    let embedded = try Embedded(["t": 2])
    try embedded.write((0..<10).map { OutgoingRecord("t", in: Int32($0 % 2), text: "\($0)") })
    let broker = try embedded.join("g", topics: ["t"])
    let given = try broker.waitForAssignment()
    // Nothing is read before the answer, and the session (6 s) is kept alive by heartbeats meanwhile.
    let until = ContinuousClock.now + .seconds(7)
    var early: [BrokerEvent] = []
    while .now < until { early += broker.poll(timeout: .milliseconds(100)) }
    #expect(early.isEmpty)
    try broker.assign(given.map { ReadingStart($0, from: .committed) })
    let events = try broker.events("all records") { $0.records.count == 10 }
    #expect(events.failures.isEmpty && events.revocation == nil)
    broker.close()
  }

  @Test func otherPartitionsThanTheGroupsAreReadInBetween() throws {
    let embedded = try Embedded(["events": 2, "contexts": 2])
    try embedded.write((0..<20).map { OutgoingRecord("contexts", in: Int32($0 % 2), text: "context \($0)") })
    try embedded.write((0..<20).map { OutgoingRecord("events", in: Int32($0 % 2), text: "event \($0)") })
    let broker = try embedded.join("g", topics: ["events"])
    let given = try broker.waitForAssignment()
    try broker.assign(given.map { ReadingStart(TopicPartition("contexts", $0.partition), from: .beginning) })
    let restored = try broker.events("contexts restored") { $0.ends.count >= 2 }
    #expect(restored.records.count == 20)
    #expect(restored.records.allSatisfy { $0.source.topic == "contexts" })
    try broker.assign(given.map { ReadingStart($0, from: .committed) })
    let events = try broker.events("events read") { $0.ends.filter { $0.topic == "events" }.count >= 2 }
    #expect(events.records.count == 20)
    #expect(events.records.allSatisfy { $0.source.topic == "events" })
    #expect(broker.commit(Commit(positions: given.map { Position($0, next: 10) })) == .committed)
    broker.close()
  }

  @Test func aNewAssignmentDropsWhatWasFetchedForTheOldOne() throws {
    let embedded = try Embedded(["a": 1, "b": 1])
    try embedded.write((0..<3000).map { OutgoingRecord("a", text: "a\($0)") })
    try embedded.write((0..<3000).map { OutgoingRecord("b", text: "b\($0)") })
    let a = TopicPartition("a", 0)
    let b = TopicPartition("b", 0)
    var consumer = try Consumer(embedded.client, ConsumerSettings(group: "g"))
    for round in 0..<20 {
      try consumer.assign([ReadingStart(a, from: .offset(Offset(round * 10)))])
      let first = try read(&consumer, 50)
      #expect(first.map(\.offset) == Array(Offset(round * 10)..<Offset(round * 10 + 50)))
      #expect(first.allSatisfy { $0.source == a })
      // The same partition again, further back: what was fetched ahead must not come.
      try consumer.assign([ReadingStart(a, from: .offset(5))])
      #expect(try read(&consumer, 3).map(\.offset) == [5, 6, 7])
      try consumer.assign([ReadingStart(b, from: .offset(7))])
      let second = try read(&consumer, 50)
      #expect(second.map(\.offset) == Array(7..<57))
      #expect(second.allSatisfy { $0.source == b })
    }
    try consumer.assign([])
    #expect(consumer.poll(waiting: .milliseconds(300)).isEmpty)
  }

  /// Reads in polls of at most `count` records until there are `count`; everything handed out counts.
  private func read(_ consumer: inout Consumer, _ count: Int) throws -> [Record] {
    let deadline = ContinuousClock.now + .seconds(20)
    var records: [Record] = []
    while records.count < count, .now < deadline {
      records += consumer.poll(upTo: count - records.count, waiting: .milliseconds(50)).records
    }
    return records
  }

  @Test func aLoneRecordDoesNotWaitForTheBatchToFill() throws {
    let embedded = try Embedded(["t": 1])
    var consumer = try Consumer(embedded.client, ConsumerSettings(group: "g", fetchWaitMax: .milliseconds(10)))
    try consumer.assign([ReadingStart(TopicPartition("t", 0), from: .beginning)])
    let deadline = ContinuousClock.now + .seconds(20)
    while consumer.poll(waiting: .milliseconds(100)).ends.isEmpty, .now < deadline {}
    try embedded.write([OutgoingRecord("t", text: "x")])
    let start = ContinuousClock.now
    let events = consumer.poll(waiting: .seconds(120))
    #expect(events.records.count == 1)
    #expect(ContinuousClock.now - start < .seconds(60))
  }

  @Test func aRebalanceEndsThePollAtOnce() throws {
    let embedded = try Embedded(["t": 1])
    let worker = try embedded.join("g", topics: ["t"])
    let start = ContinuousClock.now
    let events = worker.poll(timeout: .seconds(120))
    #expect(events.assignment?.count == 1)
    // The group's first join takes 3 s; without the yield the poll would wait out its 120.
    #expect(ContinuousClock.now - start < .seconds(60))
    worker.close()
  }

  @Test func boundsAreTheFirstKeptAndTheNext() throws {
    let embedded = try Embedded(["t": 1])
    try embedded.write((0..<42).map { OutgoingRecord("t", text: "\($0)") })
    let broker = try embedded.join("g", topics: ["t"])
    #expect(try broker.bounds(of: TopicPartition("t", 0)) == 0..<42)
    broker.close()
  }
}
