import Foundation
import ServiceLifecycle
import TestSupport

/// Serves what `make` makes on a port of the kernel's choice as long as `body` runs.
func serving(
  _ make: (@escaping @Sendable (Int) -> Void) -> some Service, _ body: (Int) async throws -> Void
) async throws {
  let (ports, listening) = AsyncStream<Int>.makeStream()
  let server = make { listening.yield($0) }
  try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask { try await server.run() }
    for await port in ports {
      try await body(port)
      break
    }
    group.cancelAll()
  }
}

func get(_ path: String, _ port: Int, _ headers: String = "", host: String = "localhost") async throws
  -> String
{
  try await ask("GET \(path) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\(headers)\r\n", port)
}

func post(_ path: String, _ body: String, _ port: Int, _ headers: String = "") async throws -> String {
  try await ask(
    "POST \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\(headers)Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)",
    port)
}

/// The whole answer to a request. Waits on a thread of its own: the server's tasks need those of the pool.
private func ask(_ request: String, _ port: Int) async throws -> String {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread { continuation.resume(with: Result { try Loopback.exchange(request, port: port) }) }
  }
}
