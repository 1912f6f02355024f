import Glibc
import Logging
import Testing
import Worker

@testable import Web

@Suite struct OpsServerTests {
  @Test func theEndpointsAnswerWhatTheWorkerSays() async throws {
    // No loop turns here, and on a busy machine the questions may come minutes apart.
    let telemetry = WorkerTelemetry(patience: .seconds(24 * 3600))
    try await serving(telemetry) { port in
      let waiting = try get("/ready", port)
      #expect(waiting.hasPrefix("HTTP/1.1 503"))
      #expect(waiting.contains("application/json"))
      #expect(waiting.hasSuffix(#"{"status":"failing","reasons":[{"code":"not_assigned"}]}"# + "\n"))
      telemetry.took(.assigned(partitions: [], restoring: 0))
      #expect(try get("/ready", port).hasPrefix("HTTP/1.1 200"))
      #expect(try get("/live", port).hasSuffix(#"{"status":"ok"}"# + "\n"))
      let metrics = try get("/metrics", port)
      #expect(metrics.contains("text/plain; version=0.0.4"))
      #expect(metrics.contains("\nheed_ready 1\n"))
      #expect(try get("/else", port).hasPrefix("HTTP/1.1 404"))
    }
  }

  @Test func aPortThatIsTakenIsAnError() async throws {
    try await serving(WorkerTelemetry()) { port in
      let second = OpsServer(host: "127.0.0.1", port: port, telemetry: WorkerTelemetry(), logger: Logger(label: "test"))
      await #expect(throws: (any Error).self) { try await second.run() }
    }
  }

  /// Serves on a port of the kernel's choice while `body` runs.
  private func serving(_ telemetry: WorkerTelemetry, _ body: (Int) async throws -> Void) async throws {
    let (ports, listening) = AsyncStream<Int>.makeStream()
    let server = OpsServer(host: "127.0.0.1", port: 0, telemetry: telemetry, logger: Logger(label: "test")) { port in
      listening.yield(port)
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await server.run() }
      for await port in ports {
        try await body(port)
        break
      }
      group.cancelAll()
    }
  }

  /// The whole answer to a GET.
  private func get(_ path: String, _ port: Int) throws -> String {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let connected = withUnsafeBytes(of: &address) { bytes in
      connect(descriptor, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t(bytes.count))
    }
    try #require(connected == 0)
    let request = Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8)
    try #require(write(descriptor, request, request.count) == request.count)
    var answer: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4_096)
    while case let count = read(descriptor, &chunk, chunk.count), count > 0 { answer += chunk[..<count] }
    return String(decoding: answer, as: UTF8.self)
  }
}
