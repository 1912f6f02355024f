import ArgumentParser
import Events
import Kafka
import ServiceLifecycle

struct DevBrokerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dev-broker",
    abstract: "The embedded broker for other processes: Kafka's protocol on a port of 127.0.0.1, nothing kept on disk.",
    discussion: """
      Prints bootstrap.servers=HOST:PORT when it is ready and serves until it is told to stop. The port is the kernel's \
      choice. It keeps 5 MiB a partition, does not compact, and knows no transactions, so workers on it run with \
      processing.guarantee=at_least_once. It is librdkafka's mock cluster: for development and tests only.
      """)

  @OptionGroup var source: SettingsOptions
  @Option(name: .long, help: ArgumentHelp("Also write the address to this file, when it is ready.", valueName: "file"))
  var addressFile: String?

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "Also make the topics under this prefix, such as heed-replay.; may be repeated.", valueName: "prefix"))
  var also: [String] = []

  func run() async throws {
    let stopping = await StopSignals()
    let settings = try source.settings()
    let topics = try settings.topics() + also.flatMap { try settings.topics(under: $0) }
    let broker = try reaching { try EmbeddedBroker(topics: topics) }
    Terminal.say("bootstrap.servers=\(broker.bootstrapServers)")
    if let addressFile { try write(Array((broker.bootstrapServers + "\n").utf8), toFile: addressFile) }
    try await stopping.run([Waiting()], within: .seconds(1))
    broker.stop()
  }
}

/// Does nothing until it is told to stop.
private struct Waiting: Service {
  func run() async throws { try? await gracefulShutdown() }
}
