import Kafka
import Streams
import Testing

/// What we rely on in a broker, one test a promise, on every broker there is.
///
/// Where a broker declares a gap, the test expects the gap: a promise that starts to hold is news, as is one that stops.
/// Green on the embedded broker proves the wire; only a real one proves exactly-once: set `KAFKA_BOOTSTRAP`.
@Suite(.ownThread) struct BrokerPromises {
  private func transactional(_ client: ClientSettings, _ id: String) throws -> Producer {
    var producer = try Producer(
      client, ProducerSettings(transactionalID: id, transactionTimeout: .seconds(20), deliveryTimeout: .seconds(10)))
    try producer.initTransactions(within: .seconds(60))
    return producer
  }

  private func read(_ client: ClientSettings, _ topic: String) throws -> [Record] {
    var reader = try LogReader(client)
    return try reader.records(in: [topic], within: .seconds(60))
  }

  @Test(arguments: BrokerUnderTest.all)
  func acknowledgedRecordsAreReadInTheirOrder(broker: BrokerUnderTest) throws {
    try broker.withTopics(3) { topics in
      let client = try broker.client()
      try writeAll((0..<300).map { OutgoingRecord(topics[0], in: Int32($0 % 3), text: "\($0)") }, to: client)
      let read = try read(client, topics[0])
      #expect(read.count == 300)
      for p in 0..<3 {
        #expect(read.filter { $0.source.partition == p }.texts == (0..<100).map { "\($0 * 3 + p)" })
      }
    }
  }

  @Test(arguments: BrokerUnderTest.all)
  func plainPositionsAreStoredForTheGroup(broker: BrokerUnderTest) throws {
    try broker.withTopics(1) { topics in
      let client = try broker.client()
      let group = broker.unique("group")
      let source = TopicPartition(topics[0], 0)
      let worker = try makeBroker(client, group, topics, .atLeastOnce)
      try worker.join()
      #expect(worker.commit(Commit(positions: [Position(source, next: 7)])) == .committed)
      worker.close()
      #expect(try TopicAdministration(client).committed(of: group, in: [source]) == [source: 7])
    }
  }

  @Test(arguments: BrokerUnderTest.all)
  func positionsOfATransactionAreStoredWhenItCommits(broker: BrokerUnderTest) throws {
    try broker.withTopics(1, 1) { topics in
      let client = try broker.client()
      let group = broker.unique("group")
      let source = TopicPartition(topics[0], 0)
      let worker = try makeBroker(
        client, group, [topics[0]], .exactlyOnce(transactionalID: broker.unique("worker")))
      try worker.join()
      let commit = Commit(outputs: [OutgoingRecord(topics[1], text: "x")], positions: [Position(source, next: 5)])
      #expect(worker.commit(commit) == .committed)
      worker.close()
      let stored = try TopicAdministration(client).committed(of: group, in: [source])
      #expect(stored == (broker.has(.transactionalPositions) ? [source: 5] : [:]))
    }
  }

  @Test(arguments: BrokerUnderTest.all)
  func positionsOfAnAbortedTransactionAreNotStored(broker: BrokerUnderTest) throws {
    try broker.withTopics(1) { topics in
      let client = try broker.client()
      let group = broker.unique("group")
      let source = TopicPartition(topics[0], 0)
      let consumer = try Consumer(client, ConsumerSettings(group: group))
      var producer = try transactional(client, broker.unique("a"))
      try producer.beginTransaction()
      try producer.sendOffsets([Position(source, next: 5)], of: consumer, within: .seconds(10))
      try producer.abortTransaction()
      #expect(try TopicAdministration(client).committed(of: group, in: [source]) == [:])
    }
  }

  @Test(arguments: BrokerUnderTest.all)
  func aWorkerThatDoesNotPollLosesItsPartitionsAndHearsOfIt(broker: BrokerUnderTest) throws {
    try broker.withTopics(1) { topics in
      let client = try broker.client()
      let settings = KafkaBrokerSettings(
        client: client,
        consumer: ConsumerSettings(
          group: broker.unique("group"), sessionTimeout: .seconds(6), pollIntervalMax: .seconds(6)),
        guarantee: .atLeastOnce)
      let worker = try KafkaBroker(settings, subscribingTo: topics)
      try worker.join()
      // This wait is the thing under test: longer than `max.poll.interval.ms`.
      wait(.seconds(8))
      let events = try worker.events("revoked") { $0.revocation != nil }
      #expect(events.failures.contains { $0.code == "_MAX_POLL_EXCEEDED" })
      #expect(events.contains { if case .revoked(_, lost: true) = $0 { true } else { false } })
      try worker.assign([])
      #expect(try worker.join() == [TopicPartition(topics[0], 0)])
      worker.close()
    }
  }

  @Test(arguments: BrokerUnderTest.all)
  func aSecondStaticMemberOfOneNameFencesTheFirst(broker: BrokerUnderTest) throws {
    guard broker.has(.fencing) else { return }
    try broker.withTopics(1) { topics in
      let settings = KafkaBrokerSettings(
        client: try broker.client(),
        consumer: ConsumerSettings(group: broker.unique("group"), instance: "worker-0", sessionTimeout: .seconds(6)),
        guarantee: .atLeastOnce)
      let first = try KafkaBroker(settings, subscribingTo: topics)
      try first.join()
      let second = try KafkaBroker(settings, subscribingTo: topics)
      try second.join()
      let events = try first.events("a fatal failure") { $0.failures.contains { $0.isFatal } }
      #expect(events.failures.contains { $0.code == "FENCED_INSTANCE_ID" })
      let outcome = first.commit(Commit(positions: [Position(TopicPartition(topics[0], 0), next: 1)]))
      guard case .fenced = outcome else {
        Issue.record("got \(outcome)")
        return
      }
      first.close()
      second.close()
    }
  }

  @Test(arguments: BrokerUnderTest.all)
  func abortedAndOpenTransactionsAreHidden(broker: BrokerUnderTest) throws {
    try broker.withTopics(1, 1) { topics in
      let client = try broker.client()
      var producer = try transactional(client, broker.unique("a"))
      for text in ["kept 1", "aborted", "kept 2"] {
        try producer.beginTransaction()
        try producer.produce(OutgoingRecord(topics[0], text: text))
        // Sent before it is aborted, so that there is something to hide.
        try producer.flush(within: .seconds(10))
        if text == "aborted" { try producer.abortTransaction() } else { try producer.commitTransaction() }
      }
      try producer.beginTransaction()
      try producer.produce(OutgoingRecord(topics[1], text: "open"))
      try producer.flush(within: .seconds(10))
      let hides = broker.has(.isolation)
      #expect(try read(client, topics[0]).texts == (hides ? ["kept 1", "kept 2"] : ["kept 1", "aborted", "kept 2"]))
      #expect(try read(client, topics[1]).texts == (hides ? [] : ["open"]))
      // What hangs behind the open transaction is known to be there, by the end that the last fetch told.
      let source = TopicPartition(topics[1], 0)
      var consumer = try Consumer(client, ConsumerSettings(group: broker.unique("group")))
      try consumer.assign([ReadingStart(source, from: .beginning)])
      try eventually("the end of what is visible") { !consumer.poll(waiting: .milliseconds(100)).ends.isEmpty }
      let visible = try consumer.bounds(of: source, within: .seconds(10)).upperBound
      let there = consumer.lastKnownEnd(of: source)
      #expect(visible == (hides ? 0 : 1))
      #expect(there == 1)
      try producer.abortTransaction()
    }
  }

  @Test(arguments: BrokerUnderTest.all)
  func theEndIsToldBehindTheGapsOfControlRecords(broker: BrokerUnderTest) throws {
    try broker.withTopics(1) { topics in
      let client = try broker.client()
      let source = TopicPartition(topics[0], 0)
      var producer = try transactional(client, broker.unique("a"))
      for text in ["1", "2", "3"] {
        try producer.beginTransaction()
        try producer.produce(OutgoingRecord(topics[0], text: text))
        try producer.commitTransaction()
      }
      let read = try read(client, topics[0])
      #expect(read.texts == ["1", "2", "3"])
      let hasGaps = broker.has(.controlRecords)
      #expect(read.map(\.offset) == (hasGaps ? [0, 2, 4] : [0, 1, 2]))
      // The last record is not the last offset: only the end tells that we are there, also from within the gap.
      #expect(try TopicAdministration(client).bounds(of: source) == 0..<(hasGaps ? 6 : 3))
      var reader = try LogReader(client)
      try reader.open([ReadingStart(source, from: .offset(hasGaps ? 5 : 3))])
      let deadline = ContinuousClock.now + .seconds(60)
      while !reader.isAtEnd, .now < deadline {
        #expect(reader.next(waiting: .milliseconds(100)).records.isEmpty)
      }
      let isAtEnd = reader.isAtEnd
      #expect(isAtEnd)
    }
  }

  @Test(arguments: BrokerUnderTest.all)
  func aZombieIsFenced(broker: BrokerUnderTest) throws {
    try broker.withTopics(1) { topics in
      let client = try broker.client()
      let id = broker.unique("worker")
      var zombie = try transactional(client, id)
      try zombie.beginTransaction()
      try zombie.produce(OutgoingRecord(topics[0], text: "of the zombie"))
      try zombie.flush(within: .seconds(10))
      var successor = try transactional(client, id)
      try successor.beginTransaction()
      try successor.produce(OutgoingRecord(topics[0], text: "of the successor"))
      try successor.commitTransaction()

      guard broker.has(.fencing) else {
        try zombie.commitTransaction()
        #expect(try read(client, topics[0]).count == 2)
        return
      }
      let failure = #expect(throws: TransactionFailure.self) { try zombie.commitTransaction() }
      guard case .fenced? = failure else {
        Issue.record("got \(String(describing: failure))")
        return
      }
      #expect(try read(client, topics[0]).texts == ["of the successor"])
    }
  }

  /// A worker copies; it dies between two commits and within a third; its successor goes on.
  @Test(arguments: BrokerUnderTest.all)
  func aCopyThatIsKilledLosesNothingAndExactlyOnceRepeatsNothing(broker: BrokerUnderTest) throws {
    try broker.withTopics(2, 2) { topics in
      let client = try broker.client()
      let group = broker.unique("group")
      let id = broker.unique("worker")
      let exactly = broker.has([.transactionalPositions, .isolation, .fencing])
      let guarantee: ProcessingGuarantee = exactly ? .exactlyOnce(transactionalID: id) : .atLeastOnce
      try writeAll((0..<1000).map { OutgoingRecord(topics[0], in: Int32($0 % 2), text: "\($0)") }, to: client)

      var dying: KafkaBroker? = try makeBroker(client, group, [topics[0]], guarantee)
      let given = try dying!.join()
      try copy(dying!, to: topics[1], commitsMax: 3)
      dying = nil
      if exactly {
        // What it left in an open transaction, as if it had died while committing.
        var halfway = try transactional(client, id)
        try halfway.beginTransaction()
        for _ in 0..<50 { try halfway.produce(OutgoingRecord(topics[1], text: "never seen")) }
        try halfway.flush(within: .seconds(10))
      } else {
        try writeAll([OutgoingRecord(topics[1], text: "0")], to: client)
      }

      let successor = try makeBroker(client, group, [topics[0]], guarantee)
      #expect(try successor.join() == given)
      try copy(successor, to: topics[1], commitsMax: .max)
      successor.close()
      let copied = try read(client, topics[1]).texts
      #expect(Set(copied) == Set((0..<1000).map { "\($0)" }))
      if exactly { #expect(copied.count == 1000) } else { #expect(copied.count > 1000) }
    }
  }

  /// Copies what `worker` reads, a commit for each poll, until both partitions are at their ends.
  private func copy(_ worker: KafkaBroker, to target: String, commitsMax: Int) throws {
    var commits = 0
    var ends: Set<TopicPartition> = []
    let deadline = ContinuousClock.now + .seconds(90)
    while ends.count < 2, commits < commitsMax {
      guard .now < deadline else { throw NotInTime(description: "copied to the ends") }
      let events = worker.poll(timeout: .milliseconds(50))
      ends.formUnion(events.ends)
      // Small commits, so that there is something between them.
      for chunk in stride(from: 0, to: events.records.count, by: 100) where commits < commitsMax {
        let records = events.records[chunk..<min(chunk + 100, events.records.count)]
        var next: [TopicPartition: Offset] = [:]
        for record in records { next[record.source] = record.offset + 1 }
        let commit = Commit(
          outputs: records.map {
            OutgoingRecord(topic: target, partition: $0.source.partition, key: nil, value: $0.value)
          },
          positions: next.map { Position($0.key, next: $0.value) })
        let outcome = worker.commit(commit)
        #expect(outcome == .committed)
        commits += 1
      }
    }
  }

  @Test(arguments: BrokerUnderTest.all)
  func topicsAreMadeDescribedAndDeleted(broker: BrokerUnderTest) throws {
    guard broker.has(.administration) else { return }
    let administration = try TopicAdministration(try broker.client())
    let wanted = TopicSpecification(
      name: broker.unique("table"), partitions: 5, replicas: 1, configuration: ["cleanup.policy": "compact"])
    #expect(try administration.differences(from: [wanted]) == [.missing(wanted)])
    try administration.create([wanted])
    #expect(try administration.differences(from: [wanted]).isEmpty)
    let other = TopicSpecification(
      name: wanted.name, partitions: 6, replicas: 1, configuration: ["cleanup.policy": "delete"])
    #expect(
      try administration.differences(from: [other]) == [
        .partitions(topic: wanted.name, found: 5, wanted: 6),
        .configuration(topic: wanted.name, key: "cleanup.policy", found: "compact", wanted: "delete"),
      ])
    let again = #expect(throws: AdministrationError.self) { try administration.create([wanted]) }
    guard case .refused(wanted.name, let failure)? = again else {
      Issue.record("got \(String(describing: again))")
      return
    }
    #expect(failure.code == "TOPIC_ALREADY_EXISTS")
    try administration.delete([wanted.name])
    // The order is taken, and is carried out soon after.
    try eventually("\(wanted.name) is gone") { try administration.partitionCount(of: wanted.name) == nil }
  }
}
