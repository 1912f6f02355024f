import Streams
import Testing

@testable import Kafka

/// The calls and what we do about errors. That transactions *hide* and *fence* is shown in `BrokerPromises`, on a broker
/// that has them.
@Suite(.ownThread) struct TransactionTests {
  private let source = TopicPartition("in", 0)
  private let commit = Commit(
    outputs: [OutgoingRecord("out", text: "x")], tables: [OutgoingRecord("table", in: 0, key: "k", text: "y")],
    positions: [Position(TopicPartition("in", 0), next: 1)])

  private func start() throws -> (Embedded, KafkaBroker) {
    let embedded = try Embedded(["in": 1, "out": 1, "table": 1])
    let broker = try embedded.join("g", topics: ["in"], guarantee: .exactlyOnce(transactionalID: "w-1"))
    try broker.join()
    return (embedded, broker)
  }

  @Test func outputsTablesAndPositionsGoIntoOneTransactionAfterAnother() throws {
    let (embedded, broker) = try start()
    for _ in 0..<20 { #expect(broker.commit(commit) == .committed) }
    #expect(try embedded.read("out", "table").count == 40)
    #expect(broker.commit(Commit(positions: commit.positions)) == .committed)
    #expect(broker.commit(Commit()) == .committed)
    broker.close()
  }

  @Test func aTransactionTakesMillisecondsNotNaglesForty() throws {
    let (embedded, broker) = try start()
    #expect(broker.commit(commit) == .committed)
    let times = (0..<50).map { _ in
      ContinuousClock().measure { #expect(broker.commit(commit) == .committed) }
    }
    // Nagle's algorithm would hold each of them up; a busy machine only some.
    #expect(times.min()! < .milliseconds(30))
    broker.close()
    embedded.broker.stop()
  }

  @Test(arguments: [
    (InjectedRequest.endTransaction, [InjectedError.coordinatorNotAvailable, .coordinatorNotAvailable]),
    (.endTransaction, [.disconnect]),
    (.produce, [.disconnect]),
    (.transactionOffsetCommit, [.coordinatorNotAvailable]),
  ])
  func passingErrorsAreRetriedInside(request: InjectedRequest, errors: [InjectedError]) throws {
    let (embedded, broker) = try start()
    embedded.broker.failNext(request, with: errors)
    #expect(broker.commit(commit) == .committed)
    broker.close()
  }

  @Test(arguments: [
    (InjectedRequest.produce, InjectedError.messageTooLarge, "MSG_SIZE_TOO_LARGE"),
    (.transactionOffsetCommit, .illegalGeneration, "ILLEGAL_GENERATION"),
    (.transactionOffsetCommit, .unknownMember, "UNKNOWN_MEMBER_ID"),
  ])
  func errorsThatNeedAnAbortEndInARewindAndTheProducerGoesOn(
    request: InjectedRequest, error: InjectedError, code: String
  ) throws {
    let (embedded, broker) = try start()
    embedded.broker.failNext(request, with: [error])
    let outcome = broker.commit(commit)
    guard case .rewind(let failure) = outcome else {
      Issue.record("got \(outcome)")
      return
    }
    #expect(failure.code == code)
    // After a record that the broker refused, librdkafka 2.0.2 finds a gap in its own sequence numbers and needs a second
    // abort to get a new epoch: one more rewind, and then it goes on.
    if request == .produce, case .rewind(let second) = broker.commit(commit) {
      // Which step meets it first is a matter of timing; a later step only says that the transaction has failed.
      #expect(["OUT_OF_ORDER_SEQUENCE_NUMBER", "_STATE"].contains(second.code))
    }
    #expect(broker.commit(commit) == .committed)
    broker.close()
  }

  /// The embedded broker refuses the second batch, too, as one does that knows the producer; one that does not may take it (``BrokerFailure/unplaced``).
  @Test func aBatchThatIsRefusedBeforeAnotherIsWrittenAgainInItsOrder() throws {
    let embedded = try Embedded(["in": 1, "out": 1])
    let client = try ClientSettings(
      bootstrapServers: embedded.broker.bootstrapServers, clientID: "test", passThrough: ["batch.num.messages": "1"])
    var producer = try Producer(client, ProducerSettings(transactionalID: "w-1", deliveryTimeout: .seconds(10)))
    try producer.initTransactions(within: .seconds(20))
    func writeTwo() throws {
      try producer.beginTransaction()
      for text in ["first", "second"] { try producer.produce(OutgoingRecord("out", in: 0, key: "k", text: text)) }
      try producer.commitTransaction()
    }
    embedded.broker.failNext(.produce, with: [.notLeader])
    #expect(throws: TransactionFailure.self) { try writeTwo() }
    // The embedded broker does not hide what is aborted.
    let aborted = try embedded.read("out").count
    try producer.abortTransaction()
    try writeTwo()
    #expect(try embedded.read("out").texts.dropFirst(aborted) == ["first", "second"])
  }

  @Test(arguments: [InjectedRequest.endTransaction, .addPartitionsToTransaction])
  func aProducerFencedByTheBrokerSaysSo(request: InjectedRequest) throws {
    let (embedded, broker) = try start()
    embedded.broker.failNext(request, with: [.producerFenced])
    let outcome = broker.commit(commit)
    guard case .fenced(let failure) = outcome else {
      Issue.record("got \(outcome)")
      return
    }
    #expect(failure.isFatal && failure.code == "_FENCED")
    // And goes on saying so, without hanging.
    guard case .fenced = broker.commit(commit) else {
      Issue.record("a fenced producer went on")
      return
    }
    broker.close()
  }

  @Test func aStaticMemberFencedInItsGroupIsFenced() throws {
    let (embedded, broker) = try start()
    embedded.broker.failNext(.transactionOffsetCommit, with: [.fencedInstance])
    let outcome = broker.commit(commit)
    guard case .fenced(let failure) = outcome else {
      Issue.record("got \(outcome)")
      return
    }
    #expect(failure.code == "FENCED_INSTANCE_ID")
    broker.close()
  }

  @Test func anUnreachableClusterIsSaidInTimeAndIsNotFatal() throws {
    let client = try ClientSettings(bootstrapServers: "127.0.0.1:1") { _ in }
    let settings = KafkaBrokerSettings(
      client: client, consumer: ConsumerSettings(group: "g"), guarantee: .exactlyOnce(transactionalID: "x"),
      requestTimeout: .seconds(1))
    let start = ContinuousClock.now
    let failure = #expect(throws: BrokerFailure.self) { _ = try KafkaBroker(settings, subscribingTo: ["in"]) }
    #expect(failure?.isFatal == false)
    #expect(ContinuousClock.now - start < .seconds(30))
  }
}
