internal import CRdKafka
internal import Dispatch
internal import Streams

/// What a consumer's callbacks leave behind: rebalances and errors, in order, to be handed out after the records that came
/// before them.
///
/// Why a callback and not an event: `rd_kafka_consume_batch_queue` of librdkafka 2.0.2 answers a rebalance by itself with
/// a dummy unassign when no callback is registered (`rd_kafka_poll_cb`), and the batch call is what makes reading as cheap
/// as in C. The callback decides nothing. Step by step:
///
/// 1. The main thread pauses what is assigned, which outdates what is queued of it, and queues the rebalance.
/// 2. Our thread, inside the batch call, meets it after the records that came before: the callback copies the list.
/// 3. The batch call ends; the worker sees the records, then the rebalance, and answers by `assign` when it is ready.
/// 4. Only then the group goes on: it waits in `wait-assign-call` or `wait-unassign-call` for our answer.
final class ConsumerCallbacks: ClientCallbacks {
  /// The rebalance that the group waits for us to answer.
  enum Unanswered {
    case assignment, revocation
  }

  private(set) var events: [BrokerEvent] = []
  var unanswered: Unanswered?
  /// Where the closing stands: once it has begun, nobody is left to answer a revocation but the closing itself.
  private enum Closing {
    case notBegun, begun, answered
  }

  private var closing = Closing.notBegun
  /// Whether a thread still waits for the group, so that the client must not be destroyed.
  private(set) var isLeftBehind = false
  private static let answerMax = 3.0
  /// The queue whose batch call is to end when something happened. Borrowed from the consumer, which outlives us.
  var queue: OpaquePointer?

  /// From now on a revocation is answered here, and once; see ``answerWhileClosing(_:)``.
  func beginClosing() {
    closing = .begun
  }

  /// Answers the revocation that a closing group waits for: the first one told of, and no other.
  ///
  /// There can be two. When the group takes an assignment for lost (an illegal generation, say) it queues a revocation; the
  /// unsubscribing that is a part of closing queues another one without looking (`rd_kafka_cgrp_unsubscribe` of 2.0.2). The
  /// group waits for one answer and ends with it. A second answer can reach its queue in the moment in which the group is
  /// decommissioned and `rd_kafka_cgrp_terminated` throws away what waits there, unanswered; and `rd_kafka_assign` waits
  /// for its reply without a limit. Under load that was seen with the first one, too, so the answer is given on a thread that may be
  /// left behind: a worker that cannot end is worse than a client that is not freed.
  func answerWhileClosing(_ client: OpaquePointer) {
    guard closing == .begun else { return }
    closing = .answered
    unanswered = nil
    guard rd_kafka_consumer_closed(client) == 0 else { return }
    let answered = DispatchSemaphore(value: 0)
    nonisolated(unsafe) let client = client
    DispatchQueue.global().async {
      rd_kafka_assign(client, nil)
      answered.signal()
    }
    isLeftBehind = answered.wait(timeout: .now() + Self.answerMax) == .timedOut
  }

  func take() -> [BrokerEvent] {
    defer { events.removeAll() }
    return events
  }

  override func install(in configuration: OpaquePointer) {
    super.install(in: configuration)
    // "The partitions list is destroyed by librdkafka on return [...] and must not be freed or saved by the application."
    rd_kafka_conf_set_rebalance_cb(configuration) { client, code, partitions, opaque in
      guard let client, let opaque else { return }
      let callbacks = Unmanaged<ConsumerCallbacks>.fromOpaque(opaque).takeUnretainedValue()
      callbacks.rebalance(client, code, [TopicPartition](copying: partitions))
    }
    rd_kafka_conf_set_error_cb(configuration) { client, code, reason, opaque in
      guard let client, let opaque else { return }
      let callbacks = Unmanaged<ConsumerCallbacks>.fromOpaque(opaque).takeUnretainedValue()
      let code = rd_kafka_resp_err_t(rawValue: code)
      callbacks.events.append(.failed(BrokerFailure(code, of: client, reason: reason.map { String(cString: $0) })))
    }
  }

  private func rebalance(_ client: OpaquePointer, _ code: rd_kafka_resp_err_t, _ partitions: [TopicPartition]) {
    guard closing == .notBegun else {
      // An assignment was answered when the closing began; see `Consumer.close`.
      if code != RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS { answerWhileClosing(client) }
      return
    }
    switch code {
    case RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS:
      unanswered = .assignment
      events.append(.assigned(partitions))
    case RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS:
      unanswered = .revocation
      // "this method is only useful when reacting to a RD_KAFKA_EVENT_REBALANCE event or from within a rebalance_cb"
      events.append(.revoked(partitions, lost: rd_kafka_assignment_lost(client) != 0))
    default:
      // "In this latter case (arbitrary error), the application must call rd_kafka_assign(rk, NULL) to synchronize state."
      rd_kafka_assign(client, nil)
      events.append(.failed(BrokerFailure(code, of: client)))
    }
    // `rd_kafka_yield` is what the manual offers here, but the batch call of 2.0.2 does not look at it after a rebalance and
    // would wait out its timeout. This flag it looks at, whenever its queue is empty.
    if let queue { rd_kafka_queue_yield(queue) }
  }
}
