import Console
import Events
import Logging
import Policy
import Triage
import Web
import Worker

/// The console beside the demo's worker, as long as the demo runs.
struct DemoConsole {
  private let feed: ConsoleFeed
  private let reading: Running<Result<Void, Failure>>
  private let asking: Running<Void>

  /// Serves it. A port that is taken is no reason to show no demo, unless somebody chose it.
  init(_ worker: FleetWorker, _ policy: PolicyDocument, on serving: ConsoleOptions) throws {
    let (address, access) = (try serving.address(), try serving.access())
    let board = ConsoleBoard()
    feed = try ConsoleFeed(
      worker.settings, board: board, tail: 100_000, logger: worker.logger,
      workers: { [Workers.Worker(worker.name, worker.telemetry.standing())] })
    (reading, asking) = feed.start()
    let server = ConsoleServer(
      host: address.host, port: address.port, access: access,
      sources: try ConsoleServer.Sources(
        board: board, settings: worker.settings, policy: policy, logger: worker.logger),
      logger: worker.logger,
      onListening: { port in Terminal.say(Style.faint.apply("console on http://\(address.host):\(port)\n")) })
    Task.detached {
      do { try await server.run() } catch {
        Terminal.complain("heed: no console on \(serving.listen), choose another with --listen: \(error)")
      }
    }
  }

  /// Asks the broker nothing more, which then may end without complaints of clients that miss it.
  /// Throws what it could not read the topics for, if that ended it before.
  func letGo() throws {
    feed.stop()
    asking.wait()
    try reading.wait()
  }
}

extension Workers.Worker {
  /// A worker of this process, as it stands.
  fileprivate init(_ name: String, _ standing: WorkerStanding) {
    func seconds(_ duration: Duration?) -> Int64 { duration?.components.seconds ?? 0 }
    self.init(name: name, partitions: standing.partitions)
    phase =
      switch standing.phase {
      case .joining: .joining
      case .restoring: .restoring(partitions: standing.restoring, seconds: seconds(standing.sinceAssignment))
      case .ready: .ready
      case .draining: .draining
      case .ended: .ended
      }
    version = heedVersion
    host = "this process"
    committed = standing.sinceCommit.map { Timestamp.now.adding(seconds: -$0.components.seconds) }
  }
}
