import Streams
import Testing

@testable import Kafka

@Suite(.ownThread) struct OffsetGoneTests {
  private let source = TopicPartition("in", 0)

  private func worker(_ embedded: Embedded, _ group: String = "g") throws -> KafkaBroker {
    let settings = KafkaBrokerSettings(
      client: embedded.client,
      consumer: ConsumerSettings(
        group: group, fallback: .error, sessionTimeout: .seconds(6), fetchWaitMax: .milliseconds(10)),
      guarantee: .atLeastOnce, requestTimeout: .seconds(10))
    return try KafkaBroker(settings, subscribingTo: ["in"])
  }

  @Test func withoutAFallbackAPositionThatIsNotKeptIsTold() throws {
    let embedded = try Embedded(["in": 1])
    try embedded.write((0..<10).map { OutgoingRecord("in", text: "\($0)") })
    let broker = try worker(embedded)
    _ = try broker.waitForAssignment()
    try broker.assign([ReadingStart(source, from: .offset(500))])
    let events = try broker.events("told") { $0.failures.contains { $0.isOffsetGone } }
    #expect(events.records.isEmpty)
    // It is told how to go on, and does.
    try broker.assign([ReadingStart(source, from: .offset(7))])
    #expect(try broker.events("three") { $0.records.count == 3 }.records.texts == ["7", "8", "9"])
    broker.close()
  }

  @Test func withoutAFallbackAGroupThatNeverCommittedBeginsWithTheFirstRecord() throws {
    let embedded = try Embedded(["in": 1])
    try embedded.write((0..<3).map { OutgoingRecord("in", text: "\($0)") })
    let broker = try worker(embedded)
    try broker.join()
    let events = try broker.events("all") { $0.records.count == 3 }
    #expect(!events.failures.contains { $0.isOffsetGone })
    broker.close()
  }

  @Test func aClusterThatComesBackIsReadOn() throws {
    let embedded = try Embedded(["in": 1])
    let broker = try worker(embedded)
    try broker.join()
    try embedded.write([OutgoingRecord("in", text: "before")])
    try broker.events("before") { $0.records.count == 1 }
    embedded.broker.goAway()
    try broker.events("away") { $0.failures.contains { $0.code == "_ALL_BROKERS_DOWN" } }
    embedded.broker.comeBack()
    try embedded.write([OutgoingRecord("in", text: "after")])
    #expect(try broker.events("after") { $0.records.count == 1 }.records.texts == ["after"])
    broker.close()
  }

  @Test func theEndsOfManyPartitionsAreToldAtOnceOrNotInTime() throws {
    let embedded = try Embedded(["in": 3])
    try embedded.write((0..<5).map { OutgoingRecord("in", in: Int32($0 % 2), text: "\($0)") })
    let partitions = (0..<3).map { TopicPartition("in", $0) }
    let administration = try TopicAdministration(embedded.client, timeout: .seconds(2))
    let ends = try administration.ends(of: partitions)
    #expect(ends == [partitions[0]: 3, partitions[1]: 2, partitions[2]: 0])
    embedded.broker.goAway()
    let start = ContinuousClock.now
    #expect(throws: AdministrationError.self) { try administration.ends(of: partitions) }
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  /// The group takes the assignment for lost and queues a revocation; closing queues a second one. Both answered, the client
  /// could wait for ever.
  @Test func closingWhileTheGroupIsLostDoesNotHang() throws {
    let embedded = try Embedded(["in": 1])
    for round in 0..<5 {
      let broker = try worker(embedded, "g\(round)")
      try broker.join()
      embedded.broker.failNext(.offsetCommit, with: [.illegalGeneration])
      _ = broker.commit(Commit(positions: [Position(source, next: 1)]))
      expectNoHang { broker.close() }
    }
  }
}
