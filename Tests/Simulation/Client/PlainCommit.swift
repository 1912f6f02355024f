internal import Streams

// The commit without transactions, as `Clients.commitInOrder` does it.
extension SimulatedBroker {
  func performInOrder(_ commit: Commit) -> CommitOutcome {
    let habits = client.settings.habits
    do throws(Refusal) {
      if client.network.chance(client.settings.fatalPermille) { throw .fatal }
      if habits.positions == .beforeIt { try move(commit.positions) }
      try write(habits.writesOutputsFirst ? commit.outputs : commit.tables)
      try write(habits.writesOutputsFirst ? commit.tables : commit.outputs)
    } catch {
      return outcome(of: error)
    }
    if habits.positions == .beforeIt { return .committed }
    do throws(Refusal) {
      try move(commit.positions)
      return .committed
    } catch {
      // Everything is written; going back would only write it again.
      if case .rewind(let failure) = outcome(of: error) { return .writtenWithoutPosition(failure) }
      return outcome(of: error)
    }
  }

  private func outcome(of refusal: Refusal) -> CommitOutcome {
    switch refusal {
    case .fenced, .fencedInstance: .fenced(refusal.failure(isFatal: true))
    case .fatal: .failed(refusal.failure(isFatal: true))
    default: client.isDead ? .failed(Refusal.fatal.failure(isFatal: true)) : .rewind(refusal.failure())
    }
  }

  private func write(_ records: [OutgoingRecord]) throws(Refusal) {
    guard !records.isEmpty else { return }
    let world = client.world
    try writing.deliver(records) { log, records, request in
      log.append(records, request: request, at: world.now)
      return nil
    }
  }

  private func move(_ positions: [Position]) throws(Refusal) {
    guard !positions.isEmpty else { return }
    let (group, member, generation) = (client.cluster.group!, client.membership.id, client.membership.generation)
    try client.askPatiently("commit positions", within: client.settings.requestTimeout) { () -> Result<Void, Refusal> in
      group.commit(positions, by: member, generation: generation).map { .failure($0) } ?? .success(())
    }
  }
}
