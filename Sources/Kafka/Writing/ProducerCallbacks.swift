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

  private func fail(_ failure: @autoclosure () -> BrokerFailure?) {
    failed += 1
    if firstFailure == nil { firstFailure = failure() }
  }

  override func install(in configuration: OpaquePointer) {
    super.install(in: configuration)
    rd_kafka_conf_set_dr_msg_cb(configuration) { client, message, opaque in
      guard let message, let opaque else { return }
      let callbacks = Unmanaged<ProducerCallbacks>.fromOpaque(opaque).takeUnretainedValue()
      let code = message.pointee.err
      switch code {
      case RD_KAFKA_RESP_ERR_NO_ERROR where rd_kafka_message_broker_id(message) >= 0: callbacks.delivered += 1
      case RD_KAFKA_RESP_ERR_NO_ERROR: callbacks.fail(.unplaced)
      // What is purged failed for another reason than its own.
      case RD_KAFKA_RESP_ERR__PURGE_QUEUE, RD_KAFKA_RESP_ERR__PURGE_INFLIGHT: callbacks.fail(nil)
      default: callbacks.fail(client.map { BrokerFailure(code, of: $0) })
      }
    }
    rd_kafka_conf_set_error_cb(configuration) { client, code, reason, opaque in
      guard let client, let opaque else { return }
      let callbacks = Unmanaged<ProducerCallbacks>.fromOpaque(opaque).takeUnretainedValue()
      let code = rd_kafka_resp_err_t(rawValue: code)
      callbacks.errors.append(BrokerFailure(code, of: client, reason: reason.map { String(cString: $0) }))
    }
  }
}

extension BrokerFailure {
  /// A record that librdkafka counts as written although no broker said so: it names none.
  ///
  /// It does so when a later batch of the partition was acknowledged (`rd_kafka_dr_implicit_ack`), for a broker takes batches of one producer
  /// in their order only. Not so the first ones: a broker that becomes the leader of a partition may refuse the first batch and take the
  /// second, since a partition that does not know the producer takes any sequence number, and then the first one is lost. Seen on Kafka 3.9
  /// in a topic that was made a second before.
  static let unplaced = BrokerFailure(
    code: "_NOT_PLACED", reason: "a record was acknowledged only by what came after it, and may not have been written")
}
