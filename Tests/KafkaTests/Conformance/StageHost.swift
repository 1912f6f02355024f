import Kafka
import Streams
import Testing

/// A broker that promises are tried on.
enum StageHost: Sendable, CustomTestStringConvertible {
  case simulated
  case kafka(BrokerUnderTest)

  static let all: [StageHost] = [.simulated] + BrokerUnderTest.all.map { .kafka($0) }

  var testDescription: String {
    switch self {
    case .simulated: "simulated"
    case .kafka(let broker): broker.name
    }
  }

  var features: BrokerUnderTest.Features {
    switch self {
    case .simulated: .all.subtracting(.administration)
    case .kafka(let broker): broker.features
    }
  }

  /// With topics that are gone afterwards, also after a failure.
  func run(_ body: (any Stage) throws -> Void) throws {
    switch self {
    case .simulated: try body(SimulatedStage())
    case .kafka(let broker): try broker.withTopics(2, 2) { try body(KafkaStage(broker, topics: $0)) }
    }
  }
}

/// A cluster that is reached by librdkafka, embedded or real.
private final class KafkaStage: Stage {
  let input: String
  let output: String
  private let broker: BrokerUnderTest
  private let client: ClientSettings
  private let prefix: String
  private let start = ContinuousClock.now
  private var transactions = 0

  init(_ broker: BrokerUnderTest, topics: [String]) throws {
    self.broker = broker
    (input, output) = (topics[0], topics[1])
    client = try broker.client()
    prefix = broker.unique("stage")
  }

  var now: Duration { start.duration(to: .now) }

  func worker(_ name: String, _ membership: StageMembership) throws -> any Broker {
    let isExact = broker.has([.transactionalPositions, .isolation, .fencing])
    let settings = KafkaBrokerSettings(
      client: client,
      consumer: ConsumerSettings(
        group: "\(prefix).group", instance: membership.isStatic ? name : nil, fallback: .error,
        sessionTimeout: .seconds(6), pollIntervalMax: membership.pollIntervalMax ?? .seconds(300),
        fetchWaitMax: .milliseconds(10)),
      producer: ProducerSettings(transactionTimeout: .seconds(20), deliveryTimeout: .seconds(10)),
      guarantee: isExact ? .exactlyOnce(transactionalID: "\(prefix).\(name)") : .atLeastOnce,
      requestTimeout: .seconds(10))
    return try KafkaBroker(settings, subscribingTo: [input])
  }

  /// To drop it without closing it is what a crash looks like; its holder does.
  func kill(_ worker: any Broker) {}

  func wait(_ duration: Duration) { KafkaTests.wait(duration) }

  func write(_ records: [OutgoingRecord]) throws { try writeAll(records, to: client) }

  func beginTransaction(writing records: [OutgoingRecord]) throws -> (_ isCommit: Bool) throws -> Void {
    transactions += 1
    let partitions = Set(records.map { TopicPartition($0.topic, $0.partition!) })
    let ends = try partitions.map { try end(of: $0) }
    let upstream = try UpstreamTransaction(client, id: "\(prefix).upstream\(transactions)", writing: records)
    return { [broker] isCommit in
      try upstream.end(isCommit: isCommit)
      guard broker.has(.controlRecords) else { return }
      // The coordinator answers before the markers stand in the partitions, and what is written meanwhile stands before them.
      for (partition, end) in zip(partitions, ends) {
        try eventually("a marker in \(partition)", within: .seconds(30)) {
          try self.end(of: partition) > end + Offset(records.count)
        }
      }
    }
  }

  /// The offset after the last record or marker.
  private func end(of partition: TopicPartition) throws -> Offset {
    let administration = try TopicAdministration(client)
    return try administration.bounds(of: partition).upperBound
  }

  func read(_ topic: String) throws -> [Record] {
    var reader = try LogReader(client)
    return try reader.records(in: [topic], within: .seconds(60))
  }
}

private final class UpstreamTransaction {
  private var producer: Producer

  init(_ client: ClientSettings, id: String, writing records: [OutgoingRecord]) throws {
    producer = try Producer(
      client, ProducerSettings(transactionalID: id, transactionTimeout: .seconds(20), deliveryTimeout: .seconds(10)))
    try producer.initTransactions(within: .seconds(60))
    try producer.beginTransaction()
    for record in records { try producer.produce(record) }
    // Sent now, so that there is something to hide.
    try producer.flush(within: .seconds(10))
  }

  func end(isCommit: Bool) throws {
    if isCommit { try producer.commitTransaction() } else { try producer.abortTransaction() }
  }
}
