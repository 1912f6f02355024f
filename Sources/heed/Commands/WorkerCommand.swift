import ArgumentParser
import Events
import Foundation
import Kafka
import Logging
import ServiceLifecycle
import UnixSignals
import Streams
import Synchronization
import Triage
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
    let service = try TriageService(settings: settings, logger: logger)
    try await ServiceGroup(
      services: [service], gracefulShutdownSignals: [.sigterm, .sigint],
      logger: Log.logger(level: "error")
    ).run()
    try service.result()
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
        words: "\(catalogue.events.name) has \(events ?? 0) partitions and \(catalogue.contexts.name) \(contexts ?? 0); they must be as many")
    }
  }
}

/// The triage worker as a service: a loop on a thread of its own.
final class TriageService: Service {
  private let settings: Settings
  private let pipeline: TicketPipeline
  private let logger: Logger
  private let stop = StopSignal()
  private let ended = Mutex<Result<WorkerEnd, Failure>?>(nil)

  init(settings: Settings, logger: Logger) throws {
    self.settings = settings
    self.logger = logger
    pipeline = TicketPipeline(
      reader: DecidingOptions.reader, policy: try DecidingOptions.policy(at: settings.optional("policy")))
  }

  func run() async throws {
    await withGracefulShutdownHandler {
      await withCheckedContinuation { continuation in
        let thread = Thread {
          let result = self.work()
          self.ended.withLock { $0 = result }
          continuation.resume()
        }
        thread.name = "heed.triage"
        thread.stackSize = 8 << 20
        thread.start()
      }
    } onGracefulShutdown: {
      self.stop.raise()
    }
    // A worker that ends takes the group of services with it; that is no error of theirs.
  }

  /// Everything that blocks, on its own thread.
  private func work() -> Result<WorkerEnd, Failure> {
    do {
      let catalogue = Catalogue(prefix: settings.text("topic.prefix"))
      let processor = TriageProcessor(pipeline: pipeline, catalogue: catalogue, group: settings.text("group.id"))
      let broker = try reaching {
        try KafkaBroker(self.settings.broker(), subscribingTo: [catalogue.events.name])
      }
      var loop = WorkerLoop(processor: processor, broker: broker, limits: settings.batchLimits, logger: logger)
      return .success(loop.run(until: stop))
    } catch let failure as Failure {
      return .failure(failure)
    } catch {
      return .failure(Failure(status: .internalFault, words: "\(error)"))
    }
  }

  /// How it ended; throws unless it was asked to stop.
  func result() throws {
    switch ended.withLock({ $0 }) {
    case .success(.stopped), nil: return
    case .success(.fenced(let failure)):
      throw Failure(status: .internalFault, words: "another worker has this one's place: \(failure)")
    case .success(.failed(let failure)):
      throw Failure(status: .internalFault, words: "the Kafka client cannot go on, restart: \(failure)")
    case .failure(let failure): throw failure
    }
  }
}

extension Settings {
  /// The broker of one worker.
  func broker() throws -> KafkaBrokerSettings {
    let guarantee: ProcessingGuarantee =
      text("processing.guarantee") == "exactly_once" ? .exactlyOnce(transactionalID: transactionalID) : .atLeastOnce
    return KafkaBrokerSettings(
      client: try client(),
      consumer: ConsumerSettings(
        group: text("group.id"), instance: optional("group.instance.id"),
        fallback: ConsumerSettings.Fallback(rawValue: text("offset.reset"))!, sessionTimeout: duration("session.timeout"),
        pollIntervalMax: duration("poll.interval.max"), fetchWaitMax: duration("fetch.wait")),
      producer: ProducerSettings(
        transactionTimeout: duration("transaction.timeout"), deliveryTimeout: duration("delivery.timeout")),
      guarantee: guarantee, closeTimeout: duration("drain.timeout"))
  }

  /// The same after a restart where the worker has a name of its own, so that what the dead one left open is ended at once;
  /// else a new one, and what was left open is ended by its timeout.
  private var transactionalID: String {
    optional("transactional.id")
      ?? "\(text("group.id"))-\(optional("group.instance.id") ?? UUID().uuidString.lowercased())"
  }
}
