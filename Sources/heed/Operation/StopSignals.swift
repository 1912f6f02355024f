import Glibc
import ServiceLifecycle
import Synchronization
import UnixSignals

/// SIGTERM and SIGINT, from the first moment of a command on: make it before whatever the command waits for or writes.
///
/// A process that does not listen yet ends with the signal's own status, and as the first process of a container, where the
/// kernel drops what nobody listens to, it does not end at all until its supervisor loses patience.
final class StopSignals: Sendable {
  private let group = Mutex<ServiceGroup?>(nil)

  /// From now on the process ends with 0 on such a signal, and once ``run(_:within:)`` is called, when its services have ended.
  init() async {
    let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
    Task.detached { [self] in
      for await _ in signals {
        // Before the services there is nothing open that would have to be finished.
        guard let group = group.withLock({ $0 }) else { Glibc._exit(0) }
        await group.triggerGracefulShutdown()
      }
    }
  }

  /// Runs the services until one of them ends or a signal asks them to; then they have `time` to finish. They are shut down from the
  /// last to the first.
  ///
  /// - Throws: What a service throws, or `ServiceGroupError`.
  func run(_ services: [any Service], within time: Duration) async throws {
    var configuration = ServiceGroupConfiguration(
      services: services.map {
        ServiceGroupConfiguration.ServiceConfiguration(
          service: $0, successTerminationBehavior: .gracefullyShutdownGroup,
          failureTerminationBehavior: .gracefullyShutdownGroup)
      }, logger: Log.logger(level: "critical"))
    configuration.maximumGracefulShutdownDuration = time
    let group = ServiceGroup(configuration: configuration)
    self.group.withLock { $0 = group }
    try await group.run()
  }
}
