package import Streams

/// The port `Broker` on a simulated cluster, for one worker: the simulation's counterpart of `KafkaBroker`. What it does
/// in a commit, and which end of it leads to which outcome, is that one's doing step by step.
package final class SimulatedBroker: Broker {
  package let client: Client
  let writing: Writing
  private var stamp = ProducerStamp(producer: 0, epoch: 0)
  private var isClosed = false
  private var world: World { client.world }
  private var settings: ClientSettings { client.settings }
  private var transactions: Transactions { client.cluster.transactions }

  /// Claims the transactional id if there are transactions, then joins the group.
  package init(_ client: Client, requests: RequestNumbers) throws(BrokerFailure) {
    self.client = client
    writing = Writing(client, requests: requests)
    let settings = client.settings
    if settings.promise == .exactlyOnce { try claim(settings) }
    client.membership.lastPoll = world.now
    client.membership.join()
  }

  private func claim(_ settings: ClientSettings) throws(BrokerFailure) {
    do {
      stamp = try client.askPatiently("claim", within: .seconds(20)) { [transactions = client.cluster.transactions] in
        transactions.claim(settings.transactionalID, timeout: settings.transactionTimeout)
      }
    } catch {
      throw error.failure(isFatal: false)
    }
  }

  private var dead: BrokerFailure { Refusal.fatal.failure(isFatal: true) }

  package func poll(timeout: Duration) -> [BrokerEvent] {
    if client.isDead { return [.failed(dead)] }
    client.membership.lastPoll = world.now
    let deadline = world.now + timeout
    while client.queue.isEmpty, !client.isDead, world.now < deadline { client.strand.sleep(until: deadline) }
    if client.isDead { return [.failed(dead)] }
    let events = client.takeQueue(upTo: settings.pollRecordsMax)
    for event in events {
      switch event {
      case .assigned(let partitions):
        client.note("is given \(partitions.map(\.partition))")
        client.membership.unanswered = .assignment
      case .revoked(_, let lost):
        client.note(lost ? "has lost its partitions" : "must give up its partitions")
        client.membership.unanswered = .revocation
      case .failed(let failure): client.note("hears \(failure.code)")
      case .record, .endOfPartition: break
      }
    }
    return events
  }

  package func assign(_ starts: [ReadingStart]) throws(BrokerFailure) {
    if client.isDead { throw dead }
    client.note("reads \(starts.map { "\($0.source) from \($0.place)" })")
    client.membership.answered(starts)
  }

  package func committed(_ sources: [TopicPartition]) throws(BrokerFailure) -> [TopicPartition: Offset] {
    let (group, isStable) = (client.cluster.group!, settings.habits.waitsForStableOffsets)
    do {
      return try client.askPatiently("committed", within: settings.requestTimeout) {
        group.fetch(sources, requireStable: isStable)
      }
    } catch {
      throw error.failure(isFatal: client.isDead)
    }
  }

  package func bounds(of source: TopicPartition) throws(BrokerFailure) -> Range<Offset> {
    let log = client.cluster.log(source)
    do {
      return try client.askPatiently("bounds", within: settings.requestTimeout) {
        .success(log.start..<max(log.start, log.lastStable))
      }
    } catch {
      throw error.failure(isFatal: client.isDead)
    }
  }

  package func close() {
    guard !isClosed else { return }
    isClosed = true
    client.membership.leave()
    client.fetching.stop()
    if !client.isDead { client.strand.sleep(until: world.now + .milliseconds(10)) }
    client.die()
  }

  // MARK: Transactions

  private enum Failure: Error {
    case abort(Refusal), fenced(Refusal), failed(Refusal)
  }

  package func commit(_ commit: Commit) -> CommitOutcome {
    if client.isDead { return .failed(dead) }
    if commit == Commit() { return .committed }
    client.note(
      "commits \(commit.outputs.count) outputs, \(commit.tables.count) contexts, "
        + "positions \(commit.positions.map { "\($0.source.partition): \($0.next)" })")
    let outcome = settings.promise == .exactlyOnce ? perform(commit) : performInOrder(commit)
    client.note("its commit ends: \(outcome)")
    return outcome
  }

  private func perform(_ commit: Commit) -> CommitOutcome {
    do throws(Failure) {
      if client.network.chance(settings.fatalPermille) { throw .failed(.fatal) }
      if settings.habits.positions == .beforeIt { try commitPlainly(commit.positions) }
      try produce(commit.outputs + commit.tables)
      if settings.habits.positions == .inTransaction { try sendOffsets(commit.positions) }
      try end(isCommit: true)
      if settings.habits.positions == .afterIt { try commitPlainly(commit.positions) }
      return .committed
    } catch {
      return settle(error)
    }
  }

  private func produce(_ records: [OutgoingRecord]) throws(Failure) {
    guard !records.isEmpty else { return }
    let (id, stamp, transactions, world) = (settings.transactionalID, stamp, transactions, world)
    let targets = Set(records.map(client.cluster.target)).sorted()
    let number = try step("add partitions", thenAbort: true) { transactions.add(targets, id, stamp) }
    do {
      try writing.deliver(records) { log, records, request in
        log.append(records, request: request, stamp: stamp, transaction: number, at: world.now)
      }
    } catch {
      throw self.failure(error, thenAbort: true)
    }
  }

  private func sendOffsets(_ positions: [Position]) throws(Failure) {
    guard !positions.isEmpty else { return }
    let (id, stamp, transactions, group) = (settings.transactionalID, stamp, transactions, client.cluster.group!)
    let (member, generation, isChecked) = (
      client.membership.id, client.membership.generation, settings.habits.sendsGeneration
    )
    let number = try step("add offsets", thenAbort: true) { transactions.addOffsets(id, stamp) }
    try step("send offsets", thenAbort: true) { () -> Result<Void, Refusal> in
      let refusal = group.hold(
        positions, transaction: number, by: member, generation: generation, isChecked: isChecked)
      return refusal.map { .failure($0) } ?? .success(())
    }
  }

  private func end(isCommit: Bool) throws(Failure) {
    let (id, stamp, transactions) = (settings.transactionalID, stamp, transactions)
    try step(isCommit ? "commit" : "abort", thenAbort: false) { () -> Result<Void, Refusal> in
      transactions.end(id, stamp, isCommit: isCommit).map { .failure($0) } ?? .success(())
    }
  }

  /// One step, repeated while it may be. The end of a transaction is waited for longer than it may last.
  @discardableResult
  private func step<Answer>(
    _ what: String, thenAbort: Bool, _ serve: @escaping () -> Result<Answer, Refusal>
  ) throws(Failure) -> Answer {
    let timeout = thenAbort ? settings.requestTimeout : settings.transactionTimeout + .seconds(2)
    do {
      return try client.askPatiently(what, within: timeout, serve)
    } catch {
      throw failure(error, thenAbort: thenAbort)
    }
  }

  private func failure(_ refusal: Refusal, thenAbort: Bool) -> Failure {
    switch refusal {
    case .fenced, .fencedInstance: .fenced(refusal)
    case _ where client.isDead: .failed(.fatal)
    default: thenAbort ? .abort(refusal) : .failed(refusal)
    }
  }

  private func settle(_ failure: Failure) -> CommitOutcome {
    switch failure {
    case .fenced(let refusal): return .fenced(refusal.failure(isFatal: true))
    case .failed(let refusal): return .failed(refusal.failure(isFatal: true))
    case .abort(let cause):
      do throws(Failure) {
        try end(isCommit: false)
      } catch {
        // There was nothing to abort: the transaction had not begun.
        if case .failed(.invalidState) = error { return .rewind(cause.failure()) }
        return settle(error)
      }
      return .rewind(cause.failure())
    }
  }

  private func commitPlainly(_ positions: [Position]) throws(Failure) {
    let (group, member, generation) = (client.cluster.group!, client.membership.id, client.membership.generation)
    do {
      try client.askPatiently("commit positions", within: settings.requestTimeout) { () -> Result<Void, Refusal> in
        group.commit(positions, by: member, generation: generation).map { .failure($0) } ?? .success(())
      }
    } catch {
      throw .abort(error)
    }
  }
}
