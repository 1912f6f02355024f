import Classifier
import Events
import Foundation
import Kafka
import Logging
import Streams
import Triage
import Worker

/// One worker of the role triage: its parts wired together, to be run on a thread of its own.
struct TriageWorker: Sendable {
  let settings: Settings
  let logger: Logger
  let pipeline: TicketPipeline
  /// Asks it to finish what is open and to end.
  let stop = StopSignal()

  init(settings: Settings, logger: Logger) throws {
    self.settings = settings
    self.logger = logger
    pipeline = TicketPipeline(
      reader: ModelReader(try ModelOption.model(at: settings.optional("model") ?? "embedded")),
      policy: try DecidingOptions.policy(at: settings.optional("policy")))
  }

  func start() -> Running<Result<WorkerEnd, Failure>> {
    Running(name: "heed.triage") {
      do { return .success(try work()) } catch let failure as Failure {
        return .failure(failure)
      } catch {
        return .failure(Failure(status: .internalFault, words: "\(error)"))
      }
    }
  }

  private func work() throws -> WorkerEnd {
    let catalogue = Catalogue(prefix: settings.text("topic.prefix"))
    let processor = TriageProcessor(pipeline: pipeline, catalogue: catalogue, group: settings.text("group.id"))
    let broker = try reaching { try KafkaBroker(settings.broker(), subscribingTo: [catalogue.events.name]) }
    var loop = WorkerLoop(processor: processor, broker: broker, limits: settings.batchLimits, logger: logger)
    return loop.run(until: stop)
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
        fallback: ConsumerSettings.Fallback(rawValue: text("offset.reset"))!,
        sessionTimeout: duration("session.timeout"),
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
