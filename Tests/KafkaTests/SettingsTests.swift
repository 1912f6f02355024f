import Streams
import Testing

@testable import Kafka

@Suite struct SettingsTests {
  private func settings(_ passThrough: [String: String]) throws -> ClientSettings {
    try ClientSettings(bootstrapServers: "localhost:9092", passThrough: passThrough)
  }

  @Test(arguments: [
    "partitioner", "isolation.level", "enable.auto.commit", "enable.auto.offset.store", "enable.idempotence", "acks",
    "partition.assignment.strategy", "enable.partition.eof", "group.id", "metadata.broker.list", "transactional.id",
    "delivery.report.only.error", "test.mock.num.brokers",
  ])
  func aKeyOurPromisesDependOnIsRefusedByName(key: String) {
    let error = #expect(throws: SettingsError.self) { try settings([key: "x"]) }
    guard case .promised(key, let reason)? = error else {
      Issue.record("got \(String(describing: error))")
      return
    }
    #expect(!reason.isEmpty && error?.description.contains(key) == true)
  }

  @Test func everyPromisedKeyIsOneThatLibrdkafkaKnows() {
    // A typing error in the list would let the real key through.
    for key in ClientSettings.promised.keys {
      if case .unknown = ConfigurationHandle().set(key, "") { Issue.record("librdkafka does not know \(key)") }
    }
  }

  @Test func anUnknownKeyIsRefused() {
    #expect(throws: SettingsError.unknown(key: "no.such.key")) { try settings(["no.such.key": "1"]) }
  }

  @Test func aBadValueIsRefusedWithItsReason() {
    let error = #expect(throws: SettingsError.self) { try settings(["security.protocol": "carrier-pigeon"]) }
    guard case .invalid("security.protocol", _)? = error else {
      Issue.record("got \(String(describing: error))")
      return
    }
  }

  @Test func otherKeysPassThrough() throws {
    #expect(try settings(["linger.ms": "20", "security.protocol": "plaintext"]).passedThrough.count == 2)
  }

  @Test func settingsThatContradictEachOtherAreRefusedWhenTheClientIsMade() throws {
    let client = try settings([:])
    let tooLong = ProducerSettings(
      transactionalID: "x", transactionTimeout: .seconds(10), deliveryTimeout: .seconds(20))
    let failure = #expect(throws: BrokerFailure.self) { _ = try Producer(client, tooLong) }
    #expect(failure?.isFatal == true)
  }

  @Test func librdkafkasLogGoesWhereItIsTold() async throws {
    let (lines, sink) = AsyncStream.makeStream(of: ClientLogLine.self)
    let client = try ClientSettings(bootstrapServers: "127.0.0.1:1") { sink.yield($0) }
    let producer = try Producer(client)
    var iterator = lines.makeAsyncIterator()
    let line = await iterator.next()
    #expect(line?.facility == "FAIL" && line?.message.contains("127.0.0.1:1") == true)
    _ = consume producer
  }
}
