import Events
import Foundation
import Glibc
import Kafka
import Logging
import ServiceLifecycle
import Streams
import Synchronization
import Triage
import Worker

/// One process of a backfill: a worker that ends when its partitions are read to their ends, or follows the log until it is stopped.
final class ReplayWork: Service {
  private let plan: ReplayPlan
  private let throttle: Int?
  private let follows: Bool
  private let logger: Logger
  private let stop = StopSignal()
  private let outcome = Mutex<Result<Summary, Failure>?>(nil)

  /// What the process has done.
  struct Summary: Sendable {
    let end: WorkerEnd
    let records: Int
    let written: Int
    let seconds: Double
    let isFinished: Bool
  }

  init(_ plan: ReplayPlan, throttle: Int?, follows: Bool, logger: Logger) {
    self.plan = plan
    self.throttle = throttle
    self.follows = follows
    self.logger = logger
  }

  func run() async throws {
    let running = Running(name: "heed.replay") { [self] () -> Result<Summary, Failure> in
      do { return .success(try work()) } catch let failure as Failure { return .failure(failure) } catch {
        return .failure(Failure(status: .internalFault, words: "\(error)"))
      }
    }
    let result = await withGracefulShutdownHandler {
      await running.value()
    } onGracefulShutdown: { [stop] in
      stop.raise()
    }
    outcome.withLock { $0 = result }
  }

  func summary() throws -> Summary? { try outcome.withLock { $0 }?.get() }

  private func work() throws -> Summary {
    let processor = ReplayProcessor(
      pipeline: plan.pipeline, from: plan.target.live, into: plan.target.own, group: plan.target.group,
      range: plan.range)
    let kafka = try reaching {
      try KafkaBroker(plan.broker(logger), subscribingTo: [plan.target.live.events.name])
    }
    var loop = WorkerLoop(
      processor: processor, broker: ThrottledBroker(kafka, recordsPerSecond: throttle),
      limits: plan.settings.batchLimits, safeguards: plan.settings.safeguards, firstStart: .earliest, logger: logger)
    var watch = try ReplayWatch(plan)
    let end = loop.run(until: stop) { report in
      watch.take(report)
      if watch.isFinished, !follows { stop.raise() }
    }
    watch.close()
    return Summary(
      end: end, records: watch.progress.records, written: watch.progress.written, seconds: watch.seconds,
      isFinished: watch.isFinished && !follows)
  }
}

extension ReplayPlan {
  /// A group and a producer of its own: nothing of the fleet's can be moved or fenced.
  fileprivate func broker(_ logger: Logger) throws -> KafkaBrokerSettings {
    var wanted = try settings.broker(group: target.group, logger: logger)
    wanted.consumer.instance = nil
    if case .exactlyOnce = wanted.guarantee {
      wanted.guarantee = .exactlyOnce(transactionalID: "\(target.group)-\(UUID().uuidString.lowercased())")
    }
    return wanted
  }
}

/// Watches the worker's reports: how far it is, and whether it has reached the ends.
private struct ReplayWatch {
  private(set) var progress: ReplayProgress
  private let plan: ReplayPlan
  private let begin = ContinuousClock.now
  private var lastShown: ContinuousClock.Instant?
  private let isShown = isatty(STDERR_FILENO) == 1
  /// Partitions that were not read to their ends; `nil` while there are none.
  private var unfinished: Set<Int32>?

  init(_ plan: ReplayPlan) throws {
    self.plan = plan
    progress = ReplayProgress(log: Dictionary(uniqueKeysWithValues: plan.log.map { ($0.key.partition, $0.value) }))
  }

  /// With more processes than partitions some have nothing to do from the beginning.
  var isFinished: Bool { unfinished?.isEmpty == true }
  var seconds: Double { begin.duration(to: .now) / .seconds(1) }

  mutating func take(_ report: WorkerReport) {
    switch report {
    case .assigned(let partitions, _):
      unfinished = Set(partitions)
      // Only the bar is wrong if nobody answers.
      let committed = (try? plan.committed()) ?? [:]
      progress.assigned(
        partitions, committed: Dictionary(uniqueKeysWithValues: committed.map { ($0.key.partition, $0.value) }))
    case .revoked: unfinished = nil
    case .caughtUp(let end): unfinished?.remove(end.source.partition)
    case .committed(let batch):
      progress.committed(batch.positions, records: batch.records, written: batch.outputs)
    default: break
    }
    show()
  }

  private mutating func show() {
    let now = ContinuousClock.now
    guard isShown, lastShown.map({ $0.duration(to: now) > .milliseconds(200) }) ?? true else { return }
    lastShown = now
    Terminal.write(Array("\r\u{1B}[K\(progress.line(after: seconds))".utf8), to: STDERR_FILENO)
  }

  func close() {
    if isShown { Terminal.write(Array("\r\u{1B}[K\(progress.line(after: seconds))\n".utf8), to: STDERR_FILENO) }
  }
}
