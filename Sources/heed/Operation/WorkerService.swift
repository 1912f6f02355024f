import Glibc
import Logging
import ServiceLifecycle
import Synchronization
import Worker

/// A worker as a service: told to stop by the life cycle, and telling how it ended.
final class WorkerService: Service {
  private let worker: FleetWorker
  private let result = Mutex<Result<WorkerEnd, Failure>?>(nil)
  private let drainDeadline = Mutex<Task<Void, any Error>?>(nil)

  init(_ worker: FleetWorker) {
    self.worker = worker
  }

  func run() async throws {
    let ends = LogEnds(worker)
    let asking = ends.start()
    let running = worker.start()
    let result = await withGracefulShutdownHandler {
      await running.value()
    } onGracefulShutdown: {
      self.drain()
    }
    self.result.withLock { $0 = result }
    drainDeadline.withLock { $0?.cancel() }
    ends.stop()
    await asking.value()
  }

  /// Asks the worker to finish what is open, and sees to it that the process ends in time. If the time is over, nothing of the
  /// open batch is committed: the cluster aborts it, and it comes again. So that is a crash, and is called one.
  private func drain() {
    worker.telemetry.stopping()
    worker.stop.raise()
    let timeout = worker.settings.duration("drain.timeout")
    let deadline = Task.detached { [worker] in
      try await Task.sleep(for: timeout)
      worker.logger.error(
        "the drain took longer than drain.timeout; what is open is not committed and comes again",
        metadata: ["drain.timeout": "\(timeout.settingText)"])
      Glibc._exit(Failure.Status.internalFault.rawValue)
    }
    drainDeadline.withLock { $0 = deadline }
  }

  /// Throws unless the worker was asked to stop.
  func checkEnd() throws {
    switch result.withLock({ $0 }) {
    case .success(let end): try end.check()
    case .failure(let failure): throw failure
    case nil: return
    }
  }
}

extension WorkerEnd {
  /// Throws unless it was asked to: with the status that tells a supervisor what to do.
  func check() throws {
    switch self {
    case .stopped: return
    case .fenced(let failure):
      throw Failure(status: .fenced, words: "another worker has this one's place: \(failure)")
    case .failed(let failure):
      throw Failure(status: .internalFault, words: "the Kafka client cannot go on, restart: \(failure)")
    case .tooManyDeadLetters(let trip):
      throw Failure(
        status: .tooManyDeadLetters,
        words: """
          \(trip.deadLetters) of the last \(trip.window) records, of \(trip.keys) customers, would be dead letters \
          (breaker.share); nothing of the last batch is committed. Look at `heed dead-letters list` and at what was \
          deployed last
          """)
    case .offsetGone(let gone):
      throw Failure(
        status: .offsetOutOfRange,
        words: """
          the position \(gone.position) in \(gone.source) is not kept; the log keeps \(gone.kept.lowerBound) up to \
          \(gone.kept.upperBound). Start once with offset.out.of.range=earliest or latest to go on there
          """)
    }
  }
}
