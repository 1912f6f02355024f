internal import CRdKafka
internal import Streams

/// An error of librdkafka, copied into Swift; the C object is gone when this exists.
struct ClientError {
  let code: rd_kafka_resp_err_t
  let failure: BrokerFailure
  /// "the application may retry the operation immediately or preferably after a shorter grace period" (rdkafka.h)
  let isRetriable: Bool
  /// "the producer application must abort the current transaction" (rdkafka.h)
  let requiresAbort: Bool

  /// The only place where an error object is taken from C: copies all of it and destroys it; `nil` is C's "no error".
  init?(taking error: OpaquePointer?) {
    guard let error else { return nil }
    defer { rd_kafka_error_destroy(error) }
    code = rd_kafka_error_code(error)
    let reason = rd_kafka_error_string(error).map { String(cString: $0) }
    failure = BrokerFailure(code, reason: reason, isFatal: rd_kafka_error_is_fatal(error) != 0)
    isRetriable = rd_kafka_error_is_retriable(error) != 0
    requiresAbort = rd_kafka_error_txn_requires_abort(error) != 0
  }
}

extension BrokerFailure {
  /// A failure by librdkafka's code; without a reason, librdkafka's own words for the code.
  init(_ code: rd_kafka_resp_err_t, reason: String? = nil, isFatal: Bool = false) {
    let name = String(cString: rd_kafka_err2name(code))
    let words = reason ?? String(cString: rd_kafka_err2str(code))
    self.init(code: name, reason: words, isFatal: isFatal, hint: usualCure(of: code))
  }

  /// What made `client` fail for good, if it did.
  ///
  /// "any subsequent transactional API calls will return RD_KAFKA_RESP_ERR__FATAL [...] The originating fatal error code
  /// can be retrieved by calling rd_kafka_fatal_error()." (rdkafka.h)
  init?(fatalOf client: OpaquePointer) {
    var text = [CChar](repeating: 0, count: 512)
    let code = rd_kafka_fatal_error(client, &text, text.count)
    guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
    self.init(code, reason: String(terminated: text), isFatal: true)
  }

  /// The failure behind `code`: the fatal one if the client has failed for good, else the code's own.
  init(_ code: rd_kafka_resp_err_t, of client: OpaquePointer, reason: String? = nil) {
    if code == RD_KAFKA_RESP_ERR__FATAL, let fatal = BrokerFailure(fatalOf: client) {
      self = fatal
    } else {
      self.init(code, reason: reason, isFatal: code == RD_KAFKA_RESP_ERR__FATAL)
    }
  }
}

extension String {
  /// The text before the first zero, as C's buffers hold it.
  init(terminated buffer: [CChar]) {
    self.init(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// What an operator can do about the codes that have one usual cause.
private func usualCure(of code: rd_kafka_resp_err_t) -> String? {
  switch code {
  case RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, RD_KAFKA_RESP_ERR__RESOLVE:
    "check the bootstrap servers and the network between here and the brokers"
  case RD_KAFKA_RESP_ERR__AUTHENTICATION, RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED, RD_KAFKA_RESP_ERR__SSL:
    "check the security settings passed through to librdkafka"
  case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED,
    RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
    "give the principal the rights listed in the runbook"
  case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC,
    RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
    "compare with `heed topics plan`"
  case RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID:
    "two workers have the same group.instance.id"
  case RD_KAFKA_RESP_ERR__FENCED, RD_KAFKA_RESP_ERR_PRODUCER_FENCED:
    "another worker has the same transactional.id; expected after a takeover"
  case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
    "the record is larger than message.max.bytes or the topic's max.message.bytes"
  case RD_KAFKA_RESP_ERR_INVALID_TRANSACTION_TIMEOUT:
    "the transaction timeout is above the broker's transaction.max.timeout.ms"
  case RD_KAFKA_RESP_ERR__MAX_POLL_EXCEEDED:
    "a batch took longer than max.poll.interval.ms"
  case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET, RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
    "the committed offset is no longer kept; retention is shorter than the lag"
  default: nil
  }
}
