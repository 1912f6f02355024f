internal import CRdKafka
internal import Streams

/// What a producer's callbacks leave behind: counts, and failures.
///
/// Deliveries are counted and nothing else: one object per record costs a tenth of the whole, one continuation three times
/// the whole (measured). The callback form is needed: with `RD_KAFKA_EVENT_DR` enabled, `rd_kafka_commit_transaction` waits
/// for a queue that nobody polls.
final class ProducerCallbacks: ClientCallbacks {
  private(set) var delivered = 0
  private(set) var failed = 0
  private(set) var firstFailure: BrokerFailure?
  private(set) var errors: [BrokerFailure] = []

  /// Called before something new is begun, whose failures are to be told apart.
  func forgetFailure() {
    firstFailure = nil
  }

  func takeErrors() -> [BrokerFailure] {
    defer { errors.removeAll() }
    return errors
  }

  override func install(in configuration: OpaquePointer) {
    super.install(in: configuration)
    rd_kafka_conf_set_dr_msg_cb(configuration) { client, message, opaque in
      guard let message, let opaque else { return }
      let callbacks = Unmanaged<ProducerCallbacks>.fromOpaque(opaque).takeUnretainedValue()
      let code = message.pointee.err
      guard code != RD_KAFKA_RESP_ERR_NO_ERROR else {
        callbacks.delivered += 1
        return
      }
      callbacks.failed += 1
      // What is purged failed for another reason than its own.
      guard code != RD_KAFKA_RESP_ERR__PURGE_QUEUE, code != RD_KAFKA_RESP_ERR__PURGE_INFLIGHT else { return }
      if callbacks.firstFailure == nil, let client { callbacks.firstFailure = BrokerFailure(code, of: client) }
    }
    rd_kafka_conf_set_error_cb(configuration) { client, code, reason, opaque in
      guard let client, let opaque else { return }
      let callbacks = Unmanaged<ProducerCallbacks>.fromOpaque(opaque).takeUnretainedValue()
      let code = rd_kafka_resp_err_t(rawValue: code)
      callbacks.errors.append(BrokerFailure(code, of: client, reason: reason.map { String(cString: $0) }))
    }
  }
}
