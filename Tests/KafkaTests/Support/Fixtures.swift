import Kafka
import Streams
import Testing

/// An embedded broker of one test's own, with what most tests need around it.
struct Embedded {
  let broker: EmbeddedBroker
  let client: ClientSettings

  init(_ topics: [String: Int32] = [:]) throws {
    broker = try EmbeddedBroker(topics: topics.map { TopicSpecification(name: $0.key, partitions: $0.value) })
    client = try ClientSettings(bootstrapServers: broker.bootstrapServers, clientID: "test") { _ in }
  }

  func write(_ records: [OutgoingRecord]) throws {
    try writeAll(records, to: client)
  }

  func read(_ topics: String...) throws -> [Record] {
    var reader = try LogReader(client)
    return try reader.records(in: topics, within: .seconds(60))
  }

  func join(
    _ group: String, topics: [String], guarantee: ProcessingGuarantee = .atLeastOnce
  ) throws -> KafkaBroker {
    try makeBroker(client, group, topics, guarantee)
  }
}

func writeAll(_ records: [OutgoingRecord], to client: ClientSettings) throws {
  var writer = try LogWriter(client)
  for record in records { try writer.write(record) }
  try writer.finish()
}

/// A worker's broker with sessions as short as the embedded broker can bear.
func makeBroker(
  _ client: ClientSettings, _ group: String, _ topics: [String], _ guarantee: ProcessingGuarantee,
  session: Duration = .seconds(6)
) throws -> KafkaBroker {
  let settings = KafkaBrokerSettings(
    client: client,
    consumer: ConsumerSettings(group: group, sessionTimeout: session, fetchWaitMax: .milliseconds(10)),
    producer: ProducerSettings(transactionTimeout: .seconds(20), deliveryTimeout: .seconds(10)),
    guarantee: guarantee, requestTimeout: .seconds(10))
  return try KafkaBroker(settings, subscribingTo: topics)
}
