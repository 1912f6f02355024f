public import Streams

/// What the worker's loop holds: passes everything on. A test replaces it by a subclass that does one thing wrong.
open class BrokerPort: Broker {
  package let inner: SimulatedBroker

  package init(_ inner: SimulatedBroker) { self.inner = inner }

  /// Passed on.
  open func poll(timeout: Duration) -> [BrokerEvent] { inner.poll(timeout: timeout) }
  /// Passed on.
  open func assign(_ starts: [ReadingStart]) throws(BrokerFailure) { try inner.assign(starts) }
  /// Passed on.
  open func commit(_ commit: Commit) -> CommitOutcome { inner.commit(commit) }
  /// Passed on.
  open func committed(_ sources: [TopicPartition]) throws(BrokerFailure) -> [TopicPartition: Offset] {
    try inner.committed(sources)
  }
  /// Passed on.
  open func bounds(of source: TopicPartition) throws(BrokerFailure) -> Range<Offset> { try inner.bounds(of: source) }
  /// Passed on.
  open func close() { inner.close() }
}
