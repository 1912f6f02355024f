import Foundation
import Kafka
import Streams
import Testing

@Suite(.ownThread) struct EmbeddedBrokerTests {
  @Test func itServesOtherClients() throws {
    let embedded = try Embedded(["t": 3])
    try embedded.broker.createTopic("later", partitions: 7)
    let other = try ClientSettings(bootstrapServers: embedded.broker.bootstrapServers, clientID: "another") { _ in }
    try writeAll([OutgoingRecord("t", text: "from another")], to: other)
    #expect(try embedded.read("t").texts == ["from another"])
    let administration = try TopicAdministration(other)
    #expect(try administration.partitionCount(of: "later") == 7)
    #expect(try administration.partitionCount(of: "missing") == nil)
    #expect(throws: BrokerFailure.self) { try embedded.broker.createTopic("t", partitions: 1) }
  }

  @Test func twoOfThemLiveSideBySide() throws {
    let one = try Embedded(["t": 1])
    let two = try Embedded(["t": 1])
    try one.write([OutgoingRecord("t", text: "one")])
    try two.write([OutgoingRecord("t", text: "two")])
    #expect(try one.read("t").texts == ["one"])
    #expect(try two.read("t").texts == ["two"])
  }

  @Test func stoppingItIsSeenByItsClients() throws {
    let embedded = try Embedded(["t": 1])
    let broker = try embedded.join("g", topics: ["t"])
    try broker.join()
    embedded.broker.stop()
    try broker.events("a failure") { !$0.failures.isEmpty }
    broker.close()
  }
}
