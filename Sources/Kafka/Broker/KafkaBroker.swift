public import Streams

/// One worker's consumer and producer: the port `Broker` over librdkafka.
///
/// It belongs to one thread and is not sendable: make it, use it and close it on the worker's own thread. Every call but
/// `poll` may block for the timeouts in its settings, so that thread must not be one of Swift's pool.
///
/// Going back after `.rewind` is the worker's task: it calls `assign` with explicit positions. The producer is ready for the
/// next commit by then.
///
/// A broker dropped without `close` looks to the cluster like a crash: it stays a member of its group until the session
/// timeout, and nothing that was not committed is.
public final class KafkaBroker: Broker {
  /// The most records that one poll hands out.
  public static let pollRecordsMax = Consumer.batchRecordsMax

  private let settings: KafkaBrokerSettings
  /// `nil` after `close`.
  private var clients: Clients?

  /// Joins the group for `topics`. Under exactly-once an earlier worker with the same transactional id is fenced, and what it
  /// left open is finished, before this returns; so positions read afterwards are final.
  ///
  /// - Throws: `BrokerFailure`: if it is fatal, the settings or the cluster's rights are wrong; else the cluster does not
  ///   answer, and a new attempt may succeed.
  public init(_ settings: KafkaBrokerSettings, subscribingTo topics: [String]) throws(BrokerFailure) {
    self.settings = settings
    clients = try Clients(settings, topics)
  }

  /// What happened since the last call, in order: at most ``pollRecordsMax`` records, then rebalances and failures. Waits up
  /// to `timeout` if nothing did. Also counts what the producer got acknowledged.
  public func poll(timeout: Duration) -> [BrokerEvent] {
    var events = clients!.consumer.poll(upTo: Self.pollRecordsMax, waiting: timeout)
    clients!.producer.serve()
    for failure in clients!.producer.takeErrors() { events.append(.failed(failure)) }
    return events
  }

  /// Lends what is there to `body` instead of copying it; see `Consumer.withBatch`. Rebalances come with the next `poll`.
  public func withBatch<R, E: Error>(
    waiting timeout: Duration, _ body: (borrowing MessageBatch) throws(E) -> R
  ) throws(E) -> R {
    try clients!.consumer.withBatch(waiting: timeout, body)
  }

  /// Reads exactly these partitions from now on, and answers the rebalance handed out last.
  public func assign(_ starts: [ReadingStart]) throws(BrokerFailure) {
    try clients!.consumer.assign(try withFallback(starts))
  }

  /// Under `.error` librdkafka calls a partition failed in which nothing was ever committed. Here that means only that an
  /// offset is gone, so what is committed is asked for first, and where nothing is the beginning is said explicitly.
  private func withFallback(_ starts: [ReadingStart]) throws(BrokerFailure) -> [ReadingStart] {
    let sources = starts.filter { $0.place == .committed }.map(\.source)
    guard settings.consumer.fallback == .error, !sources.isEmpty else { return starts }
    let committed = try committed(sources)
    return starts.map { start in
      guard start.place == .committed else { return start }
      return ReadingStart(start.source, from: committed[start.source].map { .offset($0) } ?? .beginning)
    }
  }

  /// Writes all of it as the guarantee says. Blocks until the cluster has answered or the timeouts are over.
  public func commit(_ commit: Commit) -> CommitOutcome {
    // Nothing to write and nothing read: a transaction would change nothing, and librdkafka would send nothing for it.
    if commit == Commit() { return .committed }
    return switch settings.guarantee {
    case .exactlyOnce: clients!.commitAtOnce(commit, settings)
    case .atLeastOnce: clients!.commitInOrder(commit, settings)
    }
  }

  /// What the group committed. An offset whose transaction is open is waited for as long as the settings' request timeout.
  public func committed(_ sources: [TopicPartition]) throws(BrokerFailure) -> [TopicPartition: Offset] {
    try clients!.consumer.committed(sources, within: settings.requestTimeout)
  }

  /// The first offset kept and the offset after the last one visible under `read_committed`.
  public func bounds(of source: TopicPartition) throws(BrokerFailure) -> Range<Offset> {
    try clients!.consumer.bounds(of: source, within: settings.requestTimeout)
  }

  /// The offset after the last record, open transactions included, as the last fetch told it; see `Consumer.lastKnownEnd`.
  public func lastKnownEnd(of source: TopicPartition) -> Offset? {
    clients!.consumer.lastKnownEnd(of: source)
  }

  /// Leaves the group and frees everything. Anything called afterwards is a programmer's error and traps.
  public func close() {
    clients.take()?.close(within: settings.closeTimeout)
  }
}

@available(*, unavailable)
extension KafkaBroker: Sendable {}
