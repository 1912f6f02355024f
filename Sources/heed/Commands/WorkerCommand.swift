import ArgumentParser
import Events
import Kafka
import Logging
import ServiceLifecycle
import Streams
import UnixSignals
import Synchronization
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
    let logger = Log.logger(level: settings.text("log.level"))
    try checkTopics(settings)
    let service = TriageService(worker: try TriageWorker(settings: settings, logger: logger))
    try await ServiceGroup(
      services: [service], gracefulShutdownSignals: [.sigterm, .sigint],
      logger: Log.logger(level: "error")
    ).run()
    try service.checkEnd()
  }

  /// A topic that is missing would be made by the cluster with partitions of its own choice, and contexts would not lie
  /// beside their events: so that is seen to before anything is read.
  private func checkTopics(_ settings: Settings) throws {
    let administration = try reaching { try TopicAdministration(settings.client()) }
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

/// The triage worker as a service: told to stop by the life cycle, and telling how it ended.
private struct TriageService: Service {
  let worker: TriageWorker
  let ended = Ended()

  func run() async throws {
    let running = worker.start()
    let result = await withGracefulShutdownHandler {
      await running.value()
    } onGracefulShutdown: {
      worker.stop.raise()
    }
    ended.result.withLock { $0 = result }
  }

  final class Ended: Sendable {
    let result = Mutex<Result<WorkerEnd, Failure>?>(nil)
  }

  /// Throws unless the worker was asked to stop.
  func checkEnd() throws {
    switch ended.result.withLock({ $0 }) {
    case .success(.stopped), nil: return
    case .success(.fenced(let failure)):
      throw Failure(status: .internalFault, words: "another worker has this one's place: \(failure)")
    case .success(.failed(let failure)):
      throw Failure(status: .internalFault, words: "the Kafka client cannot go on, restart: \(failure)")
    case .failure(let failure): throw failure
    }
  }
}
