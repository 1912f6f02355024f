import CCopyLoop
import Kafka
import Streams

/// The sizes of the benchmark. The embedded broker keeps 5 MiB a partition, so many partitions hold what is to be read.
enum Load {
  static let input = "in"
  static let output = "out"
  static let inputPartitions: Int32 = 256
  static let outputPartitions: Int32 = 12
  static let messages = 1_100_000
  static let messageBytes = 1024
}

/// What a run took, as the C loop tells it too.
struct Measurement {
  let messages: Int
  let seconds: Double
  let cpuSeconds: Double

  init(messages: Int, since start: (clock: ContinuousClock.Instant, cpu: Double)) {
    self.messages = messages
    seconds = (ContinuousClock.now - start.clock) / .seconds(1)
    cpuSeconds = cpu_seconds_so_far() - start.cpu
  }

  init(_ result: copy_loop_result) {
    messages = Int(result.messages)
    seconds = result.seconds
    cpuSeconds = result.cpu_seconds
  }

  static var start: (clock: ContinuousClock.Instant, cpu: Double) { (.now, cpu_seconds_so_far()) }
}

/// The same work three times: C, our borrowed messages, our owned records.
enum Loop: String, CaseIterable {
  case c = "C, librdkafka alone"
  case borrowed = "Swift, borrowed messages"
  case owned = "Swift, KafkaBroker, owned records, a transaction each 100 ms"

  func run(_ bootstrap: String) throws -> Measurement {
    switch self {
    case .c:
      Measurement(
        copy_loop_in_c(
          bootstrap, Load.input, Load.inputPartitions, Load.output, Load.outputPartitions, Int64(Load.messages)))
    case .borrowed: try copyBorrowed(try client(bootstrap))
    case .owned: try copyOwned(try client(bootstrap))
    }
  }
}

private func client(_ bootstrap: String) throws -> ClientSettings {
  try ClientSettings(
    bootstrapServers: bootstrap,
    passThrough: ["queued.min.messages": "2000000", "queued.max.messages.kbytes": "2000000"],
    log: { line in if line.level < 4 { print(line.message) } })
}

private let starts = (0..<Load.inputPartitions).map { ReadingStart(TopicPartition(Load.input, $0), from: .beginning) }

private func copyBorrowed(_ client: ClientSettings) throws -> Measurement {
  var consumer = try Consumer(client, ConsumerSettings(group: "copy", fetchWaitMax: .milliseconds(10)))
  var producer = try Producer(client, ProducerSettings(compression: .none))
  let target = try producer.topic(Load.output)
  let start = Measurement.start
  try consumer.assign(starts)
  var copied = 0
  while copied < Load.messages {
    try consumer.withBatch(waiting: .milliseconds(50)) { batch throws(BrokerFailure) in
      for i in 0..<batch.count where batch.isRecord(i) && copied < Load.messages {
        let partition = Int32(copied % Int(Load.outputPartitions))
        try producer.produce(to: target, partition: partition, key: batch.key(i), value: batch.value(i))
        copied += 1
      }
    }
    producer.serve()
  }
  try producer.flush(within: .seconds(60))
  return Measurement(messages: copied, since: start)
}

private func copyOwned(_ client: ClientSettings) throws -> Measurement {
  let broker = try KafkaBroker(
    KafkaBrokerSettings(
      client: client,
      consumer: ConsumerSettings(group: "copy-\(UInt32.random(in: 0 ... .max))", fetchWaitMax: .milliseconds(10)),
      producer: ProducerSettings(compression: .none), guarantee: .exactlyOnce(transactionalID: "copy")),
    subscribingTo: [Load.input])
  while true {
    let isAssigned = broker.poll(timeout: .milliseconds(50)).contains { if case .assigned = $0 { true } else { false } }
    if isAssigned { break }
  }
  let start = Measurement.start
  try broker.assign(starts)
  var copied = 0
  var commit = Commit()
  var next: [TopicPartition: Offset] = [:]
  var opened = ContinuousClock.now
  while copied < Load.messages {
    for event in broker.poll(timeout: .milliseconds(50)) {
      guard case .record(let record) = event, copied < Load.messages else { continue }
      let partition = Int32(copied % Int(Load.outputPartitions))
      commit.outputs.append(
        OutgoingRecord(
          topic: Load.output, partition: partition, key: record.key, headers: record.headers, value: record.value))
      next[record.source] = record.offset + 1
      copied += 1
    }
    guard ContinuousClock.now - opened > .milliseconds(100) || copied == Load.messages else { continue }
    commit.positions = next.map { Position($0.key, next: $0.value) }
    let outcome = broker.commit(commit)
    guard outcome == .committed else { fatalError("\(outcome)") }
    commit = Commit()
    next.removeAll(keepingCapacity: true)
    opened = .now
  }
  let measurement = Measurement(messages: copied, since: start)
  broker.close()
  return measurement
}

/// Fills the input, partition by partition, so that batches are large as behind a busy producer.
func preload(_ bootstrap: String) throws {
  var producer = try Producer(try ClientSettings(bootstrapServers: bootstrap), ProducerSettings(compression: .none))
  let topic = try producer.topic(Load.input)
  var value = [UInt8](repeating: 0, count: Load.messageBytes)
  for i in value.indices { value[i] = UInt8.random(in: 32..<127) }
  let perPartition = (Load.messages + Int(Load.inputPartitions) - 1) / Int(Load.inputPartitions)
  for partition in 0..<Load.inputPartitions {
    for i in 0..<perPartition {
      try withUnsafeBytes(of: UInt64(i)) { key in
        try value.withUnsafeBytes { value in
          try producer.produce(to: topic, partition: partition, key: key, value: value)
        }
      }
      if i % 1000 == 0 { producer.serve() }
    }
  }
  try producer.flush(within: .seconds(60))
}
