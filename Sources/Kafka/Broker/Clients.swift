internal import Streams

/// The two clients of one worker, and the two ways to commit with them.
struct Clients: ~Copyable {
  var consumer: Consumer
  var producer: Producer

  init(_ settings: KafkaBrokerSettings, _ topics: [String]) throws(BrokerFailure) {
    var writing = settings.producer
    writing.transactionalID =
      switch settings.guarantee {
      case .exactlyOnce(let id): id
      case .atLeastOnce: nil
      }
    var producer = try Producer(settings.client, writing)
    if case .exactlyOnce = settings.guarantee {
      do {
        try producer.initTransactions(within: settings.requestTimeout)
      } catch {
        throw error.failure
      }
    }
    var consumer = try Consumer(settings.client, settings.consumer)
    try consumer.subscribe(to: topics)
    self.producer = producer
    self.consumer = consumer
  }

  /// Exactly once: begin, produce, send offsets, commit.
  ///
  /// Positions alone are a transaction too. A plain commit would be cheaper by a millisecond, but it is not fenced by the
  /// transactional id, so a zombie could move the group's positions.
  mutating func commitAtOnce(_ commit: Commit, _ settings: KafkaBrokerSettings) -> CommitOutcome {
    do throws(TransactionFailure) {
      try producer.beginTransaction()
      try produce(commit.outputs, settings)
      try produce(commit.tables, settings)
      try producer.sendOffsets(commit.positions, of: consumer, within: settings.requestTimeout)
      try producer.commitTransaction()
      return .committed
    } catch {
      return end(error)
    }
  }

  private mutating func produce(
    _ records: [OutgoingRecord], _ settings: KafkaBrokerSettings
  ) throws(TransactionFailure) {
    do {
      for record in records { try producer.produce(record, within: settings.producer.deliveryTimeout) }
    } catch {
      throw error.isFatal ? .failed(error) : .abort(error)
    }
  }

  /// After a failure: aborts if that is what it asks for, so that the producer is ready for the next transaction.
  private mutating func end(_ failure: TransactionFailure) -> CommitOutcome {
    switch failure {
    case .fenced(let failure): return .fenced(failure)
    case .failed(let failure): return outcome(of: failure)
    case .abort(let cause):
      do {
        try producer.abortTransaction()
      } catch {
        return end(error)
      }
      return outcome(of: cause)
    }
  }

  /// At least once: outputs, tables, positions, each acknowledged before the next is begun.
  mutating func commitInOrder(_ commit: Commit, _ settings: KafkaBrokerSettings) -> CommitOutcome {
    do {
      try write(commit.outputs, settings)
      try write(commit.tables, settings)
    } catch {
      return outcome(of: error)
    }
    do {
      try consumer.commit(commit.positions, within: settings.requestTimeout)
      return .committed
    } catch {
      // Going back would only write all of it again, and again until the rebalance is over (seen: 18 times in two seconds).
      if case .rewind(let failure) = outcome(of: error) { return .writtenWithoutPosition(failure) }
      return outcome(of: error)
    }
  }

  private mutating func write(_ records: [OutgoingRecord], _ settings: KafkaBrokerSettings) throws(BrokerFailure) {
    guard !records.isEmpty else { return }
    // A little longer than a record may take, so that by then every record has been delivered or has failed.
    let timeout = settings.producer.deliveryTimeout + .seconds(5)
    do {
      for record in records { try producer.produce(record, within: timeout) }
    } catch {
      // Leaves nothing behind that the next commit would take for its own.
      try? producer.flush(within: timeout)
      throw error
    }
    try producer.flush(within: timeout)
  }

  /// What the worker does about a failure after which the producer is ready again, or never will be.
  private func outcome(of failure: BrokerFailure) -> CommitOutcome {
    if failure.isFenced { return .fenced(failure) }
    return failure.isFatal ? .failed(failure) : .rewind(failure)
  }

  /// Leaves the group, then drops the producer, which has nothing open between two commits.
  consuming func close(within timeout: Duration) {
    consumer.close(within: timeout)
  }
}
