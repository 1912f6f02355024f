import Logging
import ServiceLifecycle
import Web
import Worker

/// The ops endpoints as a service beside the worker.
struct OpsService: Service {
  private let worker: TriageWorker
  private let address: OpsAddress
  /// Two workers on one machine are common while trying things out; whoever chose an address means it.
  private let isOptional: Bool

  /// `nil` if they are switched off.
  init?(_ worker: TriageWorker) {
    guard let text = worker.settings.optional("ops.address"), let address = OpsAddress(text) else { return nil }
    self.worker = worker
    self.address = address
    isOptional = text == Setting.byName["ops.address"]!.standard
  }

  func run() async throws {
    let server = OpsServer(
      host: address.host, port: address.port, telemetry: worker.telemetry, logger: worker.logger,
      onListening: { [worker, address] port in
        worker.logger.info("ops endpoints", metadata: ["address": "\(address.host):\(port)"])
      })
    do { try await server.run() } catch {
      let words = "no ops endpoints on \(address.host):\(address.port): \(error)"
      guard isOptional else { throw Failure(status: .badConfiguration, words: words) }
      worker.logger.warning("\(words)", metadata: ["hint": "set ops.address"])
      try? await gracefulShutdown()
    }
  }
}
