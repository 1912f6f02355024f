import Kafka
import Streams
import Testing

@Suite(.ownThread) struct AdministrationTests {
  @Test func differencesAreFoundWithoutAskingForConfigurationsThatNobodyWants() throws {
    let embedded = try Embedded(["a": 3, "b": 4])
    let administration = try TopicAdministration(embedded.client)
    let missing = TopicSpecification(name: "c", partitions: 1)
    let differences = try administration.differences(from: [
      TopicSpecification(name: "a", partitions: 3), TopicSpecification(name: "b", partitions: 6), missing,
    ])
    #expect(differences == [.partitions(topic: "b", found: 4, wanted: 6), .missing(missing)])
  }

  @Test func aBrokerThatDoesNotKnowTheRequestIsNamedAsSuch() throws {
    let embedded = try Embedded()
    let administration = try TopicAdministration(embedded.client, timeout: .seconds(2))
    let error = #expect(throws: AdministrationError.self) {
      try administration.create([TopicSpecification(name: "c", partitions: 1, replicas: 1)])
    }
    guard case .unanswered? = error else {
      Issue.record("got \(String(describing: error))")
      return
    }
  }

  @Test func lagCountsFromWhatIsCommitted() throws {
    let embedded = try Embedded(["t": 2])
    try embedded.write((0..<20).map { OutgoingRecord("t", in: Int32($0 % 2), text: "\($0)") })
    let broker = try embedded.join("g", topics: ["t"])
    try broker.join()
    let first = TopicPartition("t", 0)
    #expect(broker.commit(Commit(positions: [Position(first, next: 4)])) == .committed)
    let administration = try TopicAdministration(embedded.client)
    let second = TopicPartition("t", 1)
    #expect(try administration.lag(of: "g", in: [first, second]) == [first: 6, second: 10])
    broker.close()
  }

  @Test func whoIsInAGroupIsToldWithItsPartitionsOrSaidNotToBeKnown() throws {
    for broker in BrokerUnderTest.all {
      try broker.withTopics(3) { topics in
        let group = broker.unique("g")
        let member = try makeBroker(try broker.client(), group, topics, .atLeastOnce)
        try member.join()
        defer { member.close() }
        let watch = try GroupWatch(try broker.client(), timeout: .seconds(2))
        guard broker.has(.administration) else {
          for _ in 0..<3 {
            let error = #expect(throws: AdministrationError.self) { try watch.members(of: group) }
            if case .refused? = error { Issue.record("got \(String(describing: error))") }
          }
          return
        }
        let members = try watch.members(of: group)
        #expect(members.count == 1)
        #expect(members.first?.client == "heed-test")
        #expect(members.first?.partitions == (0..<3).map { TopicPartition(topics[0], $0) })
        #expect(try watch.members(of: broker.unique("nobody")).isEmpty)
      }
    }
  }

  @Test func anUnreachableClusterIsSaidInTime() throws {
    let client = try ClientSettings(bootstrapServers: "127.0.0.1:1") { _ in }
    let administration = try TopicAdministration(client, timeout: .seconds(1))
    #expect(throws: AdministrationError.self) { try administration.topics() }
  }
}
