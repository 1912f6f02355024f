import ArgumentParser
import CCopyLoop
import Kafka
import Streams

/// The same copy twice: C, and our client with borrowed messages. What triage costs is told in multiples of it.
enum CopyLoop: String, CaseIterable, ExpressibleByArgument {
  case c, borrowed
}

/// Copies a topic from its beginning.
struct CopyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "copy", shouldDisplay: false)

  @Argument var loop: CopyLoop
  @Argument var bootstrap: String
  @Argument var source: String
  @Argument var target: String
  @Argument var partitions: Int32
  @Argument var messages: Int

  func run() throws {
    switch loop {
    case .c:
      try Child.say(
        Measurement(copy_loop_in_c(bootstrap, source, partitions, target, partitions, Int64(messages))))
    case .borrowed: try Child.say(try copyBorrowed())
    }
  }

  private func copyBorrowed() throws -> Measurement {
    let client = try ClientSettings(
      bootstrapServers: bootstrap,
      passThrough: ["queued.min.messages": "2000000", "queued.max.messages.kbytes": "2000000"],
      log: { line in if line.level < 4 { print(line.message) } })
    var consumer = try Consumer(client, ConsumerSettings(group: "copy", fetchWaitMax: .milliseconds(10)))
    var producer = try Producer(client, ProducerSettings(compression: .none))
    let target = try producer.topic(target)
    let start = Measurement.Start()
    try consumer.assign((0..<partitions).map { ReadingStart(TopicPartition(source, $0), from: .beginning) })
    var copied = 0
    while copied < messages {
      try consumer.withBatch(waiting: .milliseconds(50)) { batch throws(BrokerFailure) in
        for i in 0..<batch.count where batch.isRecord(i) && copied < messages {
          let partition = Int32(copied % Int(partitions))
          try producer.produce(to: target, partition: partition, key: batch.key(i), value: batch.value(i))
          copied += 1
        }
      }
      producer.serve()
    }
    try producer.flush(within: .seconds(60))
    return Measurement(messages: copied, since: start)
  }
}
