import Events
import Foundation
import Kafka
import Logging
import Streams
import Triage
import Worker

/// One worker of a role: its parts wired together, to be run on a thread of its own.
struct FleetWorker: Sendable {
  let role: Role
  /// Tells workers of one role apart, and is their role's name where there is but one: `intake-zendesk`.
  let name: String
  /// The topics it reads.
  let inputs: [String]
  let settings: Settings
  let logger: Logger
  let telemetry: WorkerTelemetry
  /// Asks it to finish what is open and to end.
  let stop = StopSignal()
  private let work: @Sendable (FleetWorker) throws -> WorkerEnd

  /// A worker that runs what `processor` makes, in the consumer group `group`. It is made on the worker's thread, as it may have to
  /// ask the cluster first.
  init<P: Processor>(
    _ role: Role, name: String, group: String, inputs: [String], settings: Settings, logger: Logger,
    telemetry: WorkerTelemetry, processor: @escaping @Sendable () throws -> P
  ) {
    self.init(role, name: name, inputs: inputs, settings: settings, logger: logger, telemetry: telemetry) { worker in
      let processor = try processor()
      let broker = try reaching {
        try KafkaBroker(
          worker.settings.broker(group: group, logger: worker.logger), subscribingTo: processor.inputs.map(\.name))
      }
      var loop = WorkerLoop(
        processor: processor, broker: broker, limits: worker.settings.batchLimits,
        safeguards: worker.settings.safeguards, firstStart: FirstStart(rawValue: worker.settings.text("offset.reset"))!,
        telemetry: worker.telemetry, logger: worker.logger)
      return loop.run(until: worker.stop)
    }
  }

  /// A worker that is in no group: `work` reads and writes by itself, until it is told to stop.
  init(
    _ role: Role, name: String, inputs: [String], settings: Settings, logger: Logger, telemetry: WorkerTelemetry,
    work: @escaping @Sendable (FleetWorker) throws -> WorkerEnd
  ) {
    self.role = role
    self.name = name
    self.inputs = inputs
    self.settings = settings
    var logger = logger
    logger[metadataKey: "worker"] = "\(name)"
    self.logger = logger
    self.telemetry = telemetry
    self.work = work
  }

  func start() -> Running<Result<WorkerEnd, Failure>> {
    Running(name: "heed.\(name)") {
      do { return .success(try work(self)) } catch let failure as Failure {
        return .failure(failure)
      } catch {
        return .failure(Failure(status: .internalFault, words: "\(error)"))
      }
    }
  }
}

extension Settings {
  /// The broker of one worker. An offset that is gone must be told and not passed over, so there is no fallback for it.
  func broker(group: String, logger: Logger? = nil) throws -> KafkaBrokerSettings {
    let guarantee: ProcessingGuarantee =
      text("processing.guarantee") == "exactly_once"
      ? .exactlyOnce(transactionalID: transactionalID(of: group)) : .atLeastOnce
    return KafkaBrokerSettings(
      client: try client(logger: logger),
      consumer: ConsumerSettings(
        group: group, instance: optional("group.instance.id"), fallback: .error,
        sessionTimeout: duration("session.timeout"),
        pollIntervalMax: duration("poll.interval.max"), fetchWaitMax: duration("fetch.wait")),
      producer: ProducerSettings(
        transactionTimeout: duration("transaction.timeout"), deliveryTimeout: duration("delivery.timeout")),
      guarantee: guarantee, closeTimeout: duration("drain.timeout") / 2)
  }

  /// The same after a restart where the worker has a name of its own, so that what the dead one left open is ended at once;
  /// else a new one, and what was left open is ended by its timeout. Each group has its own, as two producers of one id fence each
  /// other.
  private func transactionalID(of group: String) -> String {
    if let id = optional("transactional.id") { return group == text("group.id") ? id : "\(id)-\(group)" }
    return "\(group)-\(optional("group.instance.id") ?? UUID().uuidString.lowercased())"
  }
}
