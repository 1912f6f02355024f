import Classifier
import Events
import Foundation
import Kafka
import Logging
import Policy
import Streams
import Triage
import Worker

/// One worker of the role triage: its parts wired together, to be run on a thread of its own.
struct TriageWorker: Sendable {
  let settings: Settings
  let logger: Logger
  let pipeline: TicketPipeline
  let telemetry: WorkerTelemetry
  /// Asks it to finish what is open and to end.
  let stop = StopSignal()

  init(settings: Settings, logger: Logger) throws {
    self.settings = settings
    self.logger = logger
    let reader = ModelReader(try ModelOption.model(at: settings.optional("model") ?? "embedded"))
    let policy = try DecidingOptions.policy(at: settings.optional("policy"))
    pipeline = TicketPipeline(reader: reader, policy: policy)
    telemetry = WorkerTelemetry(
      registry: MetricsRegistry(allowing: [
        "queue": policy.queues.keys.sorted(), "intent": reader.intents, "version": [heedVersion],
        "policy": [policy.version], "model": [reader.version],
      ]), patience: settings.duration("watchdog.patience"))
    telemetry.show(version: heedVersion, policy: policy.version, model: reader.version)
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
    let broker = try reaching {
      try KafkaBroker(settings.broker(logger: logger), subscribingTo: [catalogue.events.name])
    }
    var loop = WorkerLoop(
      processor: processor, broker: broker, limits: settings.batchLimits, safeguards: settings.safeguards,
      firstStart: FirstStart(rawValue: settings.text("offset.reset"))!, telemetry: telemetry, logger: logger)
    return loop.run(until: stop)
  }
}

extension Settings {
  /// The broker of one worker. An offset that is gone must be told and not passed over, so there is no fallback for it.
  func broker(logger: Logger? = nil) throws -> KafkaBrokerSettings {
    let guarantee: ProcessingGuarantee =
      text("processing.guarantee") == "exactly_once" ? .exactlyOnce(transactionalID: transactionalID) : .atLeastOnce
    return KafkaBrokerSettings(
      client: try client(logger: logger),
      consumer: ConsumerSettings(
        group: text("group.id"), instance: optional("group.instance.id"), fallback: .error,
        sessionTimeout: duration("session.timeout"),
        pollIntervalMax: duration("poll.interval.max"), fetchWaitMax: duration("fetch.wait")),
      producer: ProducerSettings(
        transactionTimeout: duration("transaction.timeout"), deliveryTimeout: duration("delivery.timeout")),
      guarantee: guarantee, closeTimeout: duration("drain.timeout") / 2)
  }

  /// The same after a restart where the worker has a name of its own, so that what the dead one left open is ended at once;
  /// else a new one, and what was left open is ended by its timeout.
  private var transactionalID: String {
    optional("transactional.id")
      ?? "\(text("group.id"))-\(optional("group.instance.id") ?? UUID().uuidString.lowercased())"
  }
}
