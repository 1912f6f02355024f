internal import HTTPTypes
internal import Hummingbird
public import Logging
internal import NIOCore
public import ServiceLifecycle
public import Worker

/// What operators and their machines ask a worker over HTTP: `/metrics`, `/live`, `/ready`. Answers GET, changes nothing.
public struct OpsServer: Service {
  private let host: String
  private let port: Int
  private let telemetry: ProcessTelemetry
  private let logger: Logger
  private let onListening: @Sendable (Int) -> Void

  /// A server on `host` and `port`; with port 0 on one of the kernel's choice.
  ///
  /// - Parameter onListening: called with the port when connections are taken.
  public init(
    host: String, port: Int, telemetry: ProcessTelemetry, logger: Logger,
    onListening: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    self.host = host
    self.port = port
    self.telemetry = telemetry
    self.logger = logger
    self.onListening = onListening
  }

  /// The same for one worker alone.
  public init(
    host: String, port: Int, telemetry: WorkerTelemetry, logger: Logger,
    onListening: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    self.init(
      host: host, port: port, telemetry: ProcessTelemetry([("worker", telemetry)]), logger: logger,
      onListening: onListening)
  }

  /// Serves until it is told to shut down.
  ///
  /// - Throws: if the port cannot be had.
  public func run() async throws {
    try await serve(router(), on: host, port: port, logger: logger, onListening: onListening)
  }

  private func router() -> Router<BasicRequestContext> {
    let router = Router()
    router.get("metrics") { _, _ in
      answer(.ok, "text/plain; version=0.0.4; charset=utf-8", telemetry.exposition())
    }
    router.get("live") { _, _ in answer(telemetry.isLive()) }
    router.get("ready") { _, _ in answer(telemetry.isReady()) }
    return router
  }

  private func answer(_ verdict: ProcessVerdict) -> Response {
    answer(verdict.isGood ? .ok : .serviceUnavailable, "application/json", verdict.json + "\n")
  }

  /// Never from a cache: an old answer is a wrong one.
  private func answer(_ status: HTTPResponse.Status, _ type: String, _ text: String) -> Response {
    Response(
      status: status, headers: [.contentType: type, .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }
}
