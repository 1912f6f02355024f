internal import CRdKafka
public import Streams

/// Why a step of a transaction did not succeed, named by what to do next.
public enum TransactionFailure: Error, Sendable, Equatable {
  /// Abort the transaction, go back to the last committed positions, begin again.
  case abort(BrokerFailure)
  /// Another producer has our transactional id: stop without writing anything more.
  case fenced(BrokerFailure)
  /// This producer cannot go on. A new one of the same id first finishes or aborts what this one left.
  case failed(BrokerFailure)

  /// The failure behind it.
  public var failure: BrokerFailure {
    switch self {
    case .abort(let failure), .fenced(let failure), .failed(let failure): failure
    }
  }
}

/// Transactions. librdkafka's rule for every step: "rd_kafka_error_txn_requires_abort: abort and reset inputs; else
/// rd_kafka_error_is_retriable: retry; else: treat all other errors as fatal" (rdkafka.h, Error handling example).
///
/// Retrying is done in here, within a deadline; what comes out is for the caller to act on.
extension Producer {
  /// Claims the transactional id: what an earlier producer of this id left open is finished or aborted, and that producer is
  /// fenced. Call it once, before anything is read that depends on its outcome.
  public mutating func initTransactions(within timeout: Duration) throws(TransactionFailure) {
    // "This call is resumable when a retriable timeout error is returned."
    let deadline = Deadline(in: timeout)
    try retrying(until: deadline, thenAbort: false) {
      rd_kafka_init_transactions(client, max(1, deadline.remaining.wholeMilliseconds))
    }
  }

  /// Begins a transaction; everything produced from now on belongs to it.
  public mutating func beginTransaction() throws(TransactionFailure) {
    callbacks.forgetFailure()
    try retrying(until: Deadline(in: .zero), thenAbort: false) { rd_kafka_begin_transaction(client) }
  }

  /// Adds positions of the group of `consumer` to the transaction. The group's generation goes with them, so that a worker
  /// that has lost its partitions cannot commit.
  public mutating func sendOffsets(
    _ positions: [Position], of consumer: borrowing Consumer, within timeout: Duration
  ) throws(TransactionFailure) {
    guard !positions.isEmpty else { return }
    let offsets = PartitionList(positions)
    let group = rd_kafka_consumer_group_metadata(consumer.client)
    defer { rd_kafka_consumer_group_metadata_destroy(group) }
    // "It is highly recommended to retry the call (upon retriable error) with identical offsets and cgmetadata."
    let deadline = Deadline(in: timeout)
    try retrying(until: deadline, thenAbort: true) {
      offsets.withPointer {
        rd_kafka_send_offsets_to_transaction(client, $0, group, max(1, deadline.remaining.wholeMilliseconds))
      }
    }
  }

  /// Flushes and commits. Waits up to the transaction timeout, and once more that long if the outcome is not known by then.
  ///
  /// - Throws: `.abort` only if nothing was committed. If the outcome stays unknown, `.failed`: "the commit operation is in
  ///   progress in the background", so neither abort nor repeat is allowed, but a new producer of this id learns it.
  public mutating func commitTransaction() throws(TransactionFailure) {
    // "It is strongly recommended to always pass -1 (remaining transaction time) as the timeout_ms."
    // "This call is resumable when a retriable timeout error is returned."
    let deadline = Deadline(in: settings.transactionTimeout + .seconds(5))
    awaitAcknowledgements(until: deadline)
    if callbacks.firstFailure == .unplaced { throw .abort(.unplaced) }
    try retrying(until: deadline, thenAbort: false) { rd_kafka_commit_transaction(client, -1) }
  }

  /// librdkafka flushes in the commit itself, but only we know which acknowledgements are none. What fails here the commit tells.
  private func awaitAcknowledgements(until deadline: Deadline) {
    while rd_kafka_flush(client, 100) != RD_KAFKA_RESP_ERR_NO_ERROR, callbacks.firstFailure == nil,
      BrokerFailure(fatalOf: client) == nil, !deadline.isPast
    {}
  }

  /// Aborts: what was produced since the begin is never seen under `read_committed`, what was not sent is thrown away.
  ///
  /// - Throws: never `.abort`; a transaction that cannot be aborted ends this producer.
  public mutating func abortTransaction() throws(TransactionFailure) {
    let deadline = Deadline(in: settings.transactionTimeout + .seconds(5))
    do {
      try retrying(until: deadline, thenAbort: false) { rd_kafka_abort_transaction(client, -1) }
    } catch {
      if case .abort(let failure) = error { throw .failed(failure) }
      throw error
    }
    callbacks.forgetFailure()
  }

  /// Calls until it succeeds, while C says that it may be tried again and the deadline is not past. When it is: `.abort` if
  /// the transaction can still be aborted, else `.failed`.
  private func retrying(
    until deadline: Deadline, thenAbort: Bool, _ call: () -> OpaquePointer?
  ) throws(TransactionFailure) {
    while let error = ClientError(taking: call()) {
      if error.requiresAbort { throw .abort(cause(behind: error.code) ?? error.failure) }
      guard error.isRetriable else { throw final(error) }
      if deadline.isPast { throw thenAbort ? .abort(error.failure) : .failed(error.failure) }
      // "preferably after a shorter grace period (to avoid busy-looping)"; meanwhile callbacks are served.
      rd_kafka_poll(client, 50)
    }
  }

  /// An error after which this producer is at its end.
  private func final(_ error: ClientError) -> TransactionFailure {
    var text = [CChar](repeating: 0, count: 1)
    let fatal = rd_kafka_fatal_error(client, &text, text.count)
    let failure = BrokerFailure(fatalOf: client) ?? error.failure
    switch fatal == RD_KAFKA_RESP_ERR_NO_ERROR ? error.code : fatal {
    case RD_KAFKA_RESP_ERR__FENCED, RD_KAFKA_RESP_ERR_PRODUCER_FENCED, RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH:
      return .fenced(failure)
    default:
      return .failed(failure)
    }
  }
}
