import Streams
import Testing

@testable import Kafka

@Suite(.ownThread) struct AtLeastOnceTests {
  private let source = TopicPartition("in", 0)

  @Test func theNextWorkerGoesOnWhereTheLastCommitted() throws {
    let embedded = try Embedded(["in": 1, "out": 1, "table": 1])
    try embedded.write((0..<10).map { OutgoingRecord("in", text: "\($0)") })
    let first = try embedded.join("g", topics: ["in"])
    try first.join()
    let read = try first.events("ten records") { $0.records.count == 10 }.records
    let commit = Commit(
      outputs: read[..<6].map { OutgoingRecord(topic: "out", key: nil, value: $0.value) },
      tables: [OutgoingRecord("table", in: 0, key: "k", text: "state")], positions: [Position(source, next: 6)])
    #expect(first.commit(commit) == .committed)
    first.close()

    let second = try embedded.join("g", topics: ["in"])
    try second.join()
    let rest = try second.events("the rest") { $0.ends.count == 1 }.records
    #expect(rest.texts == ["6", "7", "8", "9"])
    second.close()
    #expect(try embedded.read("out").texts == ["0", "1", "2", "3", "4", "5"])
    #expect(try embedded.read("table").texts == ["state"])
  }

  @Test func anEmptyCommitIsCommitted() throws {
    let embedded = try Embedded(["in": 1])
    let broker = try embedded.join("g", topics: ["in"])
    #expect(broker.commit(Commit()) == .committed)
    broker.close()
  }

  @Test(arguments: [InjectedError.rebalanceInProgress, .illegalGeneration, .unknownMember])
  func positionsRefusedByTheGroupLeaveWhatIsWritten(error: InjectedError) throws {
    let embedded = try Embedded(["in": 1])
    let broker = try embedded.join("g", topics: ["in"])
    try broker.join()
    embedded.broker.failNext(.offsetCommit, with: [error])
    let outcome = broker.commit(Commit(positions: [Position(source, next: 1)]))
    guard case .writtenWithoutPosition = outcome else {
      Issue.record("got \(outcome)")
      return
    }
    // The broker is usable afterwards; where the group itself was refused, it joins again first.
    if error == .rebalanceInProgress {
      #expect(broker.commit(Commit(positions: [Position(source, next: 1)])) == .committed)
    }
    broker.close()
  }

  @Test func troubleOnTheWayToTheCoordinatorIsRetried() throws {
    let embedded = try Embedded(["in": 1])
    let broker = try embedded.join("g", topics: ["in"])
    try broker.join()
    embedded.broker.failNext(.offsetCommit, with: [.coordinatorNotAvailable, .disconnect])
    #expect(broker.commit(Commit(positions: [Position(source, next: 3)])) == .committed)
    let administration = try TopicAdministration(embedded.client)
    #expect(try administration.committed(of: "g", in: [source]) == [source: 3])
    broker.close()
  }

  @Test func anOutputThatCannotBeWrittenLeavesThePositionsAlone() throws {
    let embedded = try Embedded(["in": 1, "out": 1])
    let broker = try embedded.join("g", topics: ["in"])
    try broker.join()
    embedded.broker.failNext(.produce, with: [.messageTooLarge])
    let commit = Commit(outputs: [OutgoingRecord("out", text: "x")], positions: [Position(source, next: 1)])
    let outcome = broker.commit(commit)
    guard case .rewind(let failure) = outcome else {
      Issue.record("got \(outcome)")
      return
    }
    #expect(failure.code == "MSG_SIZE_TOO_LARGE")
    let administration = try TopicAdministration(embedded.client)
    #expect(try administration.committed(of: "g", in: [source]) == [:])
    #expect(broker.commit(commit) == .committed)
    #expect(try administration.committed(of: "g", in: [source]) == [source: 1])
    broker.close()
  }
}
