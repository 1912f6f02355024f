import Logging
import Policy
import Web

/// The console beside the demo's worker, as long as the demo runs.
enum DemoConsole {
  /// Serves it. A port that is taken is no reason to show no demo, unless somebody chose it.
  static func start(_ worker: FleetWorker, _ policy: PolicyDocument, on serving: ConsoleOptions) throws {
    let (address, access) = (try serving.address(), try serving.access())
    let board = ConsoleBoard()
    let feed = try ConsoleFeed(worker.settings, board: board, tail: 100_000, logger: worker.logger)
    _ = feed.start()
    let server = ConsoleServer(
      host: address.host, port: address.port, access: access,
      sources: try ConsoleServer.Sources(board: board, settings: worker.settings, policy: policy),
      logger: worker.logger,
      onListening: { port in Terminal.say(Style.faint.apply("console on http://\(address.host):\(port)\n")) })
    Task.detached {
      do { try await server.run() } catch {
        Terminal.complain("heed: no console on \(serving.listen), choose another with --listen: \(error)")
      }
    }
  }
}
