internal import CRdKafka
internal import Streams

/// What librdkafka's callbacks of one client reach through the opaque pointer, of which a client has one.
///
/// The client's thread owns it: librdkafka serves all callbacks but the log's inside calls that we make, so nothing here is
/// locked. The log's closure is `let` and sendable, because it is called from librdkafka's threads.
class ClientCallbacks {
  private let log: (@Sendable (ClientLogLine) -> Void)?

  init(log: (@Sendable (ClientLogLine) -> Void)?) {
    self.log = log
  }

  /// Registers the callbacks. Overridden by what a consumer and a producer want to hear of.
  func install(in configuration: OpaquePointer) {
    guard log != nil else { return }
    rd_kafka_conf_set_log_cb(configuration) { client, level, facility, message in
      guard let client, let callbacks = ClientCallbacks.of(client) else { return }
      callbacks.log?(
        ClientLogLine(
          level: Int(level), facility: facility.map { String(cString: $0) } ?? "",
          message: message.map { String(cString: $0) } ?? ""))
    }
  }

  static func of(_ client: OpaquePointer) -> ClientCallbacks? {
    rd_kafka_opaque(client).map { Unmanaged<ClientCallbacks>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Gives back the one reference that the client held; called once, after `rd_kafka_destroy`.
  func releaseFromClient() {
    Unmanaged.passUnretained(self).release()
  }
}
