internal import CRdKafka
internal import Streams

/// Owns a `rd_kafka_conf_t` until a client takes it.
struct ConfigurationHandle: ~Copyable {
  /// How setting a key ended.
  enum Answer {
    case done
    case unknown
    case invalid(String)
  }

  private let raw: OpaquePointer

  init() {
    raw = rd_kafka_conf_new()
  }

  deinit {
    rd_kafka_conf_destroy(raw)
  }

  func set(_ key: String, _ value: String) -> Answer {
    var text = [CChar](repeating: 0, count: 512)
    switch rd_kafka_conf_set(raw, key, value, &text, text.count) {
    case RD_KAFKA_CONF_OK: return .done
    case RD_KAFKA_CONF_UNKNOWN: return .unknown
    default: return .invalid(String(terminated: text))
    }
  }

  /// The value of a key; `nil` if librdkafka does not know it.
  func value(of key: String) -> String? {
    var text = [CChar](repeating: 0, count: 4_096)
    var size = text.count
    guard rd_kafka_conf_get(raw, key, &text, &size) == RD_KAFKA_CONF_OK else { return nil }
    return String(terminated: text)
  }

  /// Sets all of these, in order.
  private func set(_ values: [(key: String, value: String)]) throws(BrokerFailure) {
    for (key, value) in values {
      switch set(key, value) {
      case .done: continue
      case .unknown: throw refusal("librdkafka does not know \(key)")
      case .invalid(let reason): throw refusal(reason)
      }
    }
  }

  private func refusal(_ reason: String) -> BrokerFailure {
    BrokerFailure(RD_KAFKA_RESP_ERR__INVALID_ARG, reason: reason, isFatal: true)
  }

  /// Makes a client: `values` are its own settings, then come what all clients share and what is passed through.
  ///
  /// - Throws: `BrokerFailure` if librdkafka refuses a value or a combination of values.
  static func makeClient(
    _ kind: rd_kafka_type_t, _ settings: ClientSettings, _ values: [(key: String, value: String)],
    callbacks: ClientCallbacks
  ) throws(BrokerFailure) -> OpaquePointer {
    let configuration = ConfigurationHandle()
    try configuration.set(values)
    try configuration.set([
      ("bootstrap.servers", settings.bootstrapServers),
      ("client.id", settings.clientID),
      // Nagle's algorithm and delayed acknowledgements together cost a transaction 44 ms.
      ("socket.nagle.disable", "true"),
    ])
    try configuration.set(settings.passedThrough.map { $0 })
    callbacks.install(in: configuration.raw)
    var text = [CChar](repeating: 0, count: 512)
    guard let client = configuration.becomeClient(kind, opaque: callbacks, reason: &text) else {
      throw BrokerFailure(rd_kafka_last_error(), reason: String(terminated: text), isFatal: true)
    }
    return client
  }

  /// "The conf object is freed by this function on success and must not be used or destroyed by the application
  /// subsequently" (rdkafka.h, `rd_kafka_new`); on failure it is still ours.
  ///
  /// The opaque is retained here, once. On success the owner of the client releases it after `rd_kafka_destroy`
  /// (`releaseFromClient`), on failure it is released here.
  private consuming func becomeClient(
    _ kind: rd_kafka_type_t, opaque: ClientCallbacks, reason: inout [CChar]
  ) -> OpaquePointer? {
    let opaque = Unmanaged.passRetained(opaque)
    rd_kafka_conf_set_opaque(raw, opaque.toOpaque())
    let client = rd_kafka_new(kind, raw, &reason, reason.count)
    if client == nil {
      opaque.release()
      _ = consume self
    } else {
      discard self
    }
    return client
  }
}
