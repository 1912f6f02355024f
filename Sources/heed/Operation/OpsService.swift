import Logging
import ServiceLifecycle
import Web
import Worker

/// The ops endpoints as a service beside the workers of the process.
struct OpsService: Service {
  private let workers: [FleetWorker]
  private let address: OpsAddress
  /// Two workers on one machine are common while trying things out; whoever chose an address means it.
  private let isOptional: Bool

  /// `nil` if they are switched off.
  init?(_ workers: [FleetWorker]) {
    guard let text = workers[0].settings.optional("ops.address"), let address = OpsAddress(text) else { return nil }
    self.workers = workers
    self.address = address
    isOptional = text == Setting.byName["ops.address"]!.standard
  }

  func run() async throws {
    let logger = workers[0].logger
    let server = OpsServer(
      host: address.host, port: address.port, telemetry: ProcessTelemetry(workers.map { ($0.name, $0.telemetry) }),
      logger: logger,
      onListening: { [address] port in
        logger.info("ops endpoints", metadata: ["address": "\(address.host):\(port)"])
      })
    do { try await server.run() } catch {
      let words = "no ops endpoints on \(address.host):\(address.port): \(error)"
      guard isOptional else { throw Failure(status: .badConfiguration, words: words) }
      logger.warning("\(words)", metadata: ["hint": "set ops.address"])
      try? await gracefulShutdown()
    }
  }
}
