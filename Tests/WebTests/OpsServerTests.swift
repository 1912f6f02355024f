import Glibc
import Logging
import Testing
import Worker
import TestSupport

@testable import Web

@Suite struct OpsServerTests {
  @Test func theEndpointsAnswerWhatTheWorkerSays() async throws {
    // No loop turns here, and on a busy machine the questions may come minutes apart.
    let telemetry = WorkerTelemetry(patience: .seconds(24 * 3600))
    try await serving(telemetry) { port in
      let waiting = try Loopback.get("/ready", port: port)
      #expect(waiting.hasPrefix("HTTP/1.1 503"))
      #expect(waiting.contains("application/json"))
      #expect(waiting.hasSuffix(#"{"status":"failing","reasons":[{"code":"not_assigned"}]}"# + "\n"))
      telemetry.took(.assigned(partitions: [], restoring: 0))
      #expect(try Loopback.get("/ready", port: port).hasPrefix("HTTP/1.1 200"))
      #expect(try Loopback.get("/live", port: port).hasSuffix(#"{"status":"ok"}"# + "\n"))
      let metrics = try Loopback.get("/metrics", port: port)
      #expect(metrics.contains("text/plain; version=0.0.4"))
      #expect(metrics.contains("\nheed_ready 1\n"))
      #expect(try Loopback.get("/else", port: port).hasPrefix("HTTP/1.1 404"))
    }
  }

  @Test func aPortThatIsTakenIsAnError() async throws {
    try await serving(WorkerTelemetry()) { port in
      let second = OpsServer(host: "127.0.0.1", port: port, telemetry: WorkerTelemetry(), logger: Logger(label: "test"))
      await #expect(throws: (any Error).self) { try await second.run() }
    }
  }

  /// Serves what `telemetry` says while `body` runs.
  private func serving(_ telemetry: WorkerTelemetry, _ body: (Int) async throws -> Void) async throws {
    try await WebTests.serving(
      { OpsServer(host: "127.0.0.1", port: 0, telemetry: telemetry, logger: Logger(label: "test"), onListening: $0) },
      body)
  }
}
