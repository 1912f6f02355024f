internal import Hummingbird
internal import Logging

/// Serves until the task is told to shut down.
///
/// - Parameters:
///   - port: 0 for one of the kernel's choice.
///   - onListening: called with the port when connections are taken.
/// - Throws: if the port cannot be had.
func serve(
  _ router: Router<BasicRequestContext>, on host: String, port: Int, logger: Logger,
  onListening: @escaping @Sendable (Int) -> Void
) async throws {
  // Hummingbird's own lines tell of connections that break off, which is nobody's business.
  var quiet = logger
  quiet.logLevel = .critical
  let application = Application(
    router: router, configuration: ApplicationConfiguration(address: .hostname(host, port: port), serverName: "heed"),
    onServerRunning: { channel in onListening(channel.localAddress?.port ?? port) }, logger: quiet)
  try await application.run()
}
