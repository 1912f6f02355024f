internal import CRdKafka
public import Streams

/// Reads partitions, as a member of a group or on its own. Owned by one thread, like everything in it.
///
/// Records, ends of partitions and failures come in batches of C's own messages (``withBatch(upTo:waiting:_:)``), which
/// cost what they cost in C, or as owned values (``poll(upTo:waiting:)``). Rebalances stand after the records that came
/// before them, and the group waits until ``assign(_:)`` answers.
///
/// Non-obvious:
/// - Never paused or resumed: with the batch call that skips offsets until librdkafka 2.1. Read something else by `assign`.
/// - What is assigned need not be what the group gave: any partitions of any topics can be read in between.
/// - Dropped without ``close(within:)`` it does not leave its group: others get its partitions only after the session
///   timeout. That is what a crash looks like.
public struct Consumer: ~Copyable {
  /// The most records that one batch can hold.
  public static let batchRecordsMax = 1000

  let client: OpaquePointer
  private let queue: OpaquePointer
  private let callbacks: ConsumerCallbacks
  private let buffer: UnsafeMutableBufferPointer<UnsafeMutablePointer<rd_kafka_message_t>?>

  /// A consumer that reads nothing yet: call ``subscribe(to:)`` or ``assign(_:)``. Connects in the background.
  ///
  /// - Throws: `BrokerFailure` if librdkafka refuses the settings; it cannot be cured by trying again.
  public init(_ client: ClientSettings, _ settings: ConsumerSettings) throws(BrokerFailure) {
    let callbacks = ConsumerCallbacks(log: client.log)
    self.client = try ConfigurationHandle.makeClient(
      RD_KAFKA_CONSUMER, client, settings.values, callbacks: callbacks)
    self.callbacks = callbacks
    // "Redirect the main (rd_kafka_poll()) queue to the KafkaConsumer's queue": so errors of the client arrive here too.
    rd_kafka_poll_set_consumer(self.client)
    queue = rd_kafka_queue_get_consumer(self.client)
    callbacks.queue = queue
    buffer = .allocate(capacity: Self.batchRecordsMax)
  }

  /// The safety net: frees everything, in the order C asks for, without leaving the group.
  deinit {
    callbacks.queue = nil
    guard !callbacks.isLeftBehind else { return }
    rd_kafka_queue_destroy(queue)
    rd_kafka_destroy_flags(client, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
    callbacks.releaseFromClient()
    buffer.deallocate()
  }

  /// Joins the group for these topics. Returns at once; `.assigned` comes later, after 3 s on the embedded broker.
  public mutating func subscribe(to topics: [String]) throws(BrokerFailure) {
    let list = PartitionList(topics.map { TopicPartition($0, RD_KAFKA_PARTITION_UA) })
    try check(list.withPointer { rd_kafka_subscribe(client, $0) })
  }

  /// Reads exactly these partitions from now on, and answers the rebalance that was handed out last: an assignment by any
  /// list, a revocation by the empty one only. Before a revocation is answered one may still go back in the old partitions.
  ///
  /// What was fetched for an earlier assignment is never handed out: the assignment outdates it before this returns.
  public mutating func assign(_ starts: [ReadingStart]) throws(BrokerFailure) {
    if callbacks.unanswered == .revocation, starts.isEmpty {
      // A revocation is answered by NULL and by nothing else; a list, even an empty one, leaves the group waiting.
      callbacks.unanswered = nil
      return try check(rd_kafka_assign(client, nil))
    }
    // An assignment is answered by a list, "even if the list is empty (i.e. should not pass NULL in this case)".
    if callbacks.unanswered == .assignment { callbacks.unanswered = nil }
    let list = PartitionList(capacity: starts.count)
    for start in starts { list.add(start.source, offset: start.place.offset) }
    try check(list.withPointer { rd_kafka_assign(client, $0) })
  }

  /// Lends what is there to `body`, waiting up to `timeout` for the first of it; the batch may be empty.
  ///
  /// Everything in the batch points into C's memory and is gone when `body` returns. Call ``takeEvents()`` afterwards:
  /// rebalances stand after the batch that was served with them.
  public mutating func withBatch<R, E: Error>(
    upTo count: Int = Consumer.batchRecordsMax, waiting timeout: Duration,
    _ body: (borrowing MessageBatch) throws(E) -> R
  ) throws(E) -> R {
    let batch = MessageBatch(client: client, messages: fetch(min(count, buffer.count), timeout))
    return try body(batch)
  }

  /// Rebalances and failures since the last call, in order. Empty nearly always.
  public mutating func takeEvents() -> [BrokerEvent] {
    callbacks.take()
  }

  /// The batch call waits until the batch is *full* or the time is over, so a lone record would always be late by
  /// `timeout`. Therefore: what is there, without waiting; if nothing is, wait for one, then again what is there.
  private func fetch(
    _ count: Int, _ timeout: Duration
  ) -> UnsafeMutableBufferPointer<UnsafeMutablePointer<rd_kafka_message_t>?>.SubSequence {
    guard count > 0 else { return buffer[..<0] }
    var fetched = rd_kafka_consume_batch_queue(queue, 0, buffer.baseAddress, count)
    if fetched <= 0, callbacks.events.isEmpty, timeout > .zero {
      fetched = rd_kafka_consume_batch_queue(queue, timeout.wholeMilliseconds, buffer.baseAddress, 1)
      if fetched == 1, count > 1 {
        fetched += max(0, rd_kafka_consume_batch_queue(queue, 0, buffer.baseAddress! + 1, count - 1))
      }
    }
    return buffer[..<max(0, fetched)]
  }

  /// Leaves the group, waits until that is done or the time is over, and frees everything.
  ///
  /// The group ends only when it waits for no answer of ours, and there are three places where one can be owed:
  ///
  /// 1. An assignment, handed out or still in the queue: an empty list answers both, and drops what was fetched.
  /// 2. A revocation that was handed out: answered here, once the closing has begun, or we would first join again (3 s).
  /// 3. A revocation still in the queue, or made by the closing itself: the callback answers it.
  ///
  /// Of 2 and 3 whichever comes first, and never both: the group could be gone by the second answer, and `rd_kafka_assign`
  /// waits for the group without a limit (seen). If the first meets a group that is gone, the client is left behind, not freed.
  public consuming func close(within timeout: Duration = .seconds(10)) {
    leave(within: timeout)
  }

  /// A function of its own, so that its queue is destroyed before the client is.
  private func leave(within timeout: Duration) {
    _ = PartitionList(capacity: 0).withPointer { rd_kafka_assign(client, $0) }
    callbacks.beginClosing()
    // "Rebalance events/callbacks (etc) will be forwarded to the application-provided rkqu. The application must poll/serve
    // this queue until rd_kafka_consumer_closed() returns true." It refuses after a fatal error: then there is no group.
    let closing = QueueHandle(of: client)
    let refusal = closing.withPointer { ClientError(taking: rd_kafka_consumer_close_queue(client, $0)) }
    guard refusal == nil else { return }
    if callbacks.unanswered == .revocation { callbacks.answerWhileClosing(client) }
    let deadline = Deadline(in: timeout)
    while rd_kafka_consumer_closed(client) == 0, !deadline.isPast {
      let count = closing.withPointer { rd_kafka_consume_batch_queue($0, 50, buffer.baseAddress, buffer.count) }
      _ = MessageBatch(client: client, messages: buffer[..<max(0, count)])
    }
  }

  func check(_ code: rd_kafka_resp_err_t) throws(BrokerFailure) {
    guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw BrokerFailure(code, of: client) }
  }
}

@available(*, unavailable)
extension Consumer: Sendable {}

extension ReadingStart.Place {
  /// The offset that stands for this place in `rd_kafka_assign`.
  fileprivate var offset: Int64 {
    switch self {
    case .beginning: Int64(RD_KAFKA_OFFSET_BEGINNING)
    case .end: Int64(RD_KAFKA_OFFSET_END)
    case .committed: Int64(RD_KAFKA_OFFSET_STORED)
    case .offset(let offset): offset
    }
  }
}
