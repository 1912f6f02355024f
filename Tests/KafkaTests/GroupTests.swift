import Kafka
import Streams
import Testing

@Suite(.ownThread) struct GroupTests {
  @Test func twoWorkersShareThePartitionsAndTheFirstAnswersWhenItIsReady() throws {
    let embedded = try Embedded(["t": 4])
    let first = try embedded.join("g", topics: ["t"])
    #expect(try first.join().count == 4)
    let second = try embedded.join("g", topics: ["t"])

    let revoked = try first.events("revoked") { $0.revocation != nil }
    #expect(revoked.revocation?.count == 4)
    // As long as the first has not answered, the group stands still.
    let until = ContinuousClock.now + .seconds(1)
    while .now < until {
      #expect(first.poll(timeout: .milliseconds(20)).assignment == nil)
      #expect(second.poll(timeout: .milliseconds(20)).assignment == nil)
    }
    try first.assign([])

    let shares = try settle([first, second]) { shares in shares.allSatisfy { $0.count == 2 } }
    #expect(Set(shares[0] + shares[1]).count == 4)

    try embedded.write((0..<40).map { OutgoingRecord("t", in: Int32($0 % 4), text: "\($0)") })
    let firstRead = try first.events("first reads") { $0.records.count >= 20 }
    let secondRead = try second.events("second reads") { $0.records.count >= 20 }
    #expect(Set(firstRead.records.map(\.source)) == Set(shares[0]))
    #expect(Set(secondRead.records.map(\.source)) == Set(shares[1]))
    second.close()
    first.close()
  }

  @Test func goingBackBeforeTheRevocationIsAnsweredDoesNotAnswerIt() throws {
    let embedded = try Embedded(["t": 1])
    try embedded.write((0..<10).map { OutgoingRecord("t", text: "\($0)") })
    let source = TopicPartition("t", 0)
    let first = try embedded.join("g", topics: ["t"])
    try first.join()
    try first.events("all records") { $0.records.count == 10 }
    let second = try embedded.join("g", topics: ["t"])
    try first.events("revoked") { $0.revocation != nil }
    // A commit of the records before the revocation may have failed: the worker goes back first, then answers.
    try first.assign([ReadingStart(source, from: .offset(4))])
    #expect(try first.events("six again") { $0.records.count == 6 }.records.map(\.offset) == Array(4..<10))
    #expect(second.poll(timeout: .seconds(1)).assignment == nil)
    try first.assign([])
    let shares = try settle([first, second]) { $0 == [[source], []] || $0 == [[], [source]] }
    #expect(shares.joined().count == 1)
    second.close()
    first.close()
  }

  @Test func closingWithAnUnansweredAssignmentDoesNotHang() throws {
    let embedded = try Embedded(["t": 2])
    let worker = try embedded.join("g", topics: ["t"])
    _ = try worker.waitForAssignment()
    expectNoHang { worker.close() }
  }

  @Test func closingWithAnUnansweredRevocationDoesNotHang() throws {
    let embedded = try Embedded(["t": 2])
    let first = try embedded.join("g", topics: ["t"])
    try first.join()
    let second = try embedded.join("g", topics: ["t"])
    try first.events("revoked") { $0.revocation != nil }
    expectNoHang { first.close() }
    #expect(try second.waitForAssignment().count == 2)
    expectNoHang { second.close() }
  }

  @Test func closingBeforeTheGroupAnsweredDoesNotHang() throws {
    let embedded = try Embedded(["t": 2])
    let worker = try embedded.join("g", topics: ["t"])
    _ = worker.poll(timeout: .milliseconds(100))
    expectNoHang { worker.close() }
  }

  @Test func closingWithAnAssignmentNobodyHasSeenDoesNotHang() throws {
    let embedded = try Embedded(["t": 2])
    let worker = try embedded.join("g", topics: ["t"])
    // The group's first join takes 3 s; nobody polls, so the assignment waits in the queue.
    wait(.seconds(4))
    expectNoHang { worker.close() }
  }

  @Test func closingWithARevocationNobodyHasSeenDoesNotHang() throws {
    let embedded = try Embedded(["t": 2])
    let first = try embedded.join("g", topics: ["t"])
    try first.join()
    // The second makes the group rebalance; the first does not poll, so the revocation waits in its queue.
    let second = try embedded.join("g", topics: ["t"])
    wait(.seconds(4))
    expectNoHang { first.close() }
    #expect(try second.waitForAssignment().count == 2)
    second.close()
  }

  @Test func closingWhileRecordsWaitDoesNotHang() throws {
    let embedded = try Embedded(["t": 2])
    try embedded.write((0..<5000).map { OutgoingRecord("t", text: "\($0)") })
    let first = try embedded.join("g", topics: ["t"])
    try first.join()
    try first.events("some records") { $0.records.count > 100 }
    expectNoHang { first.close() }
    // When is no matter: the embedded broker lets who joins wait for nearly a session, whether the other left or not.
    let second = try embedded.join("g", topics: ["t"])
    #expect(try second.waitForAssignment().count == 2)
    second.close()
  }

  /// Answers every rebalance of these workers until their shares are as wanted. There may be several: a member that joins
  /// late finds the others with all partitions.
  private func settle(
    _ workers: [KafkaBroker], until isSettled: ([[TopicPartition]]) -> Bool
  ) throws -> [[TopicPartition]] {
    let deadline = ContinuousClock.now + .seconds(90)
    var shares: [[TopicPartition]?] = workers.map { _ in nil }
    while true {
      let known = shares.compactMap { $0 }
      if known.count == workers.count, isSettled(known) { return known }
      guard .now < deadline else { throw NotInTime(description: "settled; got \(shares)") }
      for (index, worker) in workers.enumerated() {
        for event in worker.poll(timeout: .milliseconds(20)) {
          switch event {
          case .assigned(let partitions):
            shares[index] = partitions
            try worker.assign(partitions.map { ReadingStart($0, from: .committed) })
          case .revoked:
            shares[index] = nil
            try worker.assign([])
          case .record, .endOfPartition, .failed: continue
          }
        }
      }
    }
  }

  @Test func aCrashedWorkersPartitionsGoToTheOther() throws {
    let embedded = try Embedded(["t": 2])
    var crashing: KafkaBroker? = try makeBroker(embedded.client, "g", ["t"], .atLeastOnce, session: .seconds(3))
    try crashing?.join()
    try embedded.write([OutgoingRecord("t", in: 0, text: "a"), OutgoingRecord("t", in: 1, text: "b")])
    try crashing?.events("records") { $0.records.count == 2 }
    crashing = nil
    let second = try makeBroker(embedded.client, "g", ["t"], .atLeastOnce, session: .seconds(3))
    #expect(try second.join().count == 2)
    #expect(try second.events("read again") { $0.records.count == 2 }.records.count == 2)
    second.close()
  }
}
