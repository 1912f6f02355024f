import ArgumentParser
import Events
import Kafka
import Logging
import ServiceLifecycle
import Streams
import UnixSignals
import Worker

struct WorkerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker",
    abstract: "A member of the fleet: reads events, writes decisions, cases and resolutions.",
    discussion: """
      Start as many as there are partitions at most; they share the work. SIGTERM finishes what is open, leaves the group \
      and ends with 0.
      """)

  @OptionGroup var source: SettingsOptions
  @Option(name: .long, help: ArgumentHelp("What it does: triage.", valueName: "roles")) var roles = "triage"

  func run() async throws {
    guard roles == "triage" else {
      throw Failure(status: .usage, words: "--roles: this version has the role triage, and no \(roles)")
    }
    let settings = try source.settings()
    let logger = Log.logger(settings)
    try checkTopics(settings, logger)
    let worker = try TriageWorker(settings: settings, logger: logger)
    let service = TriageService(worker)
    // Shut down from the last to the first: while the worker drains it can still be asked how it is.
    let services: [any Service] = (OpsService(worker).map { [$0] } ?? []) + [service]
    var configuration = ServiceGroupConfiguration(
      services: services.map {
        ServiceGroupConfiguration.ServiceConfiguration(
          service: $0, successTerminationBehavior: .gracefullyShutdownGroup,
          failureTerminationBehavior: .gracefullyShutdownGroup)
      }, logger: Log.logger(level: "critical"))
    configuration.gracefulShutdownSignals = [.sigterm, .sigint]
    // Nobody who still reads an answer keeps a worker that has ended.
    configuration.maximumGracefulShutdownDuration = settings.duration("drain.timeout") + .seconds(2)
    let outcome: Result<Void, any Error>
    do { outcome = .success(try await ServiceGroup(configuration: configuration).run()) } catch {
      outcome = .failure(error)
    }
    // How the worker ended says more than how the group around it did.
    try service.checkEnd()
    try outcome.get()
  }

  /// A topic that is missing would be made by the cluster with partitions of its own choice, and contexts would not lie
  /// beside their events: so that is seen to before anything is read.
  private func checkTopics(_ settings: Settings, _ logger: Logger) throws {
    let administration = try reaching { try TopicAdministration(settings.client(logger: logger)) }
    let catalogue = Catalogue(prefix: settings.text("topic.prefix"))
    let topics = try administering { () throws(AdministrationError) in try administration.topics() }
    let partitions = Dictionary(uniqueKeysWithValues: topics.map { ($0.name, $0.partitions) })
    let wanted = try settings.topics().map(\.name)
    if let missing = wanted.first(where: { partitions[$0] == nil }) {
      throw Failure(
        status: .badConfiguration, words: "the topic \(missing) is missing; create it with `heed topics apply`")
    }
    let (events, contexts) = (partitions[catalogue.events.name], partitions[catalogue.contexts.name])
    guard events == contexts else {
      throw Failure(
        status: .badConfiguration,
        words:
          "\(catalogue.events.name) has \(events ?? 0) partitions and \(catalogue.contexts.name) \(contexts ?? 0); they must be as many"
      )
    }
  }
}
