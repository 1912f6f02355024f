package import Streams
package import Worker

/// One run: a fleet of real workers on a simulated cluster, from a plan to the evidence of what it did.
package final class Simulation<W: Workload, P: Processor> where P.State == W.P.State {
  package let plan: Plan
  package let world: World
  package let cluster: Cluster
  package let network: Network
  private let workload: W
  private let events: [OutgoingRecord]
  private let upstream: Upstream
  private let witness = Witness()
  private var fleet: Fleet<Watched<P>>!

  /// - Parameters:
  ///   - processor: What the workers run: the workload's own, unless a test gives them a broken one.
  ///   - port: What stands between the loop and the broker; a test may put a fault there.
  ///   - spend: How long a record takes to process.
  package init(
    _ plan: Plan, _ workload: W, processor: P, habits: ClientHabits = ClientHabits(),
    journal: Journal = Journal(), events: [OutgoingRecord]? = nil,
    port: @escaping (SimulatedBroker) -> BrokerPort = { BrokerPort($0) },
    spend: @escaping @Sendable (Record) -> Duration? = { _ in nil }
  ) {
    self.plan = plan
    self.workload = workload
    world = World(journal: journal)
    let inputs = [processor.input.name, processor.table!.name].map { (name: $0, partitions: plan.partitions) }
    // Fewer partitions than the input has, so that the outputs of several meet in one.
    let outputs = workload.outputTopics.map { (name: $0, partitions: 2) }
    cluster = Cluster(
      world, dice: Dice(seed: plan.seed, purpose: 2), topics: inputs + outputs, groupReads: processor.input.name,
      table: processor.table!.name)
    cluster.valueBytesMax = plan.valueBytesMax
    cluster.transactions.markerDelay = plan.markerDelay
    network = Network(world, dice: Dice(seed: plan.seed, purpose: 3))
    network.delay = plan.networkDelay
    var dice = Dice(seed: plan.seed, purpose: 4)
    self.events = events ?? workload.events(plan.events, partitions: plan.partitions, &dice)
    upstream = Upstream(cluster, plan)
    let witness = witness
    fleet = Fleet(
      cluster, network, plan, input: processor.input.name, habits: habits,
      processor: { strand in
        nonisolated(unsafe) let strand = strand
        return Watched(
          inner: processor, witness: witness, fingerprint: { workload.fingerprint(of: $0) },
          spend: { record in if let time = spend(record) { strand.spend(time) } })
      }, port: port)
  }

  /// How often the fleet met what.
  package var encounters: [String: Int] {
    var counts: [String: Int] = [:]
    for (_, report) in reports {
      let name = String("\(report)".prefix { $0 != "(" })
      counts["report: " + (report == .revoked(lost: true) ? "lost" : name), default: 0] += 1
    }
    for end in ends { counts["end: " + String("\(end)".prefix { $0 != ":" }), default: 0] += 1 }
    return counts
  }

  /// What the workers reported, each under the name of its process, and how those ended that did.
  package var reports: [(worker: String, report: WorkerReport)] { fleet.reports }
  package var ends: [WorkerEnd] { fleet.ends }
  /// How often a worker was killed because it said that it does not live.
  package var watchdogKills: Int { fleet.watchdogKills }

  /// The client of a worker that lives.
  package func client(of worker: Int) -> Client? { fleet.client(of: worker) }

  /// Does something to the fleet now.
  package func befall(_ fault: Plan.Fault) { fleet.befall(fault) }

  /// From the first event to the moment when all is caught up, or time is over.
  ///
  /// - Parameter arrange: called before time begins, for scenarios that arrange more than a plan can say.
  package func run(_ arrange: (Simulation) -> Void = { _ in }) -> Evidence {
    for _ in 0..<plan.workers { fleet.add() }
    upstream.write(events)
    for (time, fault) in plan.faults { world.after(time) { [self] in fleet.befall(fault) } }
    arrange(self)
    world.run(for: plan.duration)
    fleet.stopFaults()
    world.journal.note(world.now, "world", "no more faults")
    goOnUntilCaughtUp(within: plan.recovery / 2)
    if plan.promise == .atLeastOnce, !backlog.isEmpty {
      // What is written while the group refuses its position stays uncommitted until the next record, or the next start.
      world.journal.note(world.now, "world", "every worker is restarted")
      for worker in 0..<fleet.count { fleet.befall(.restart(worker: worker)) }
    }
    goOnUntilCaughtUp(within: plan.recovery / 2)
    let evidence = evidence()
    fleet.end()
    return evidence
  }

  private func goOnUntilCaughtUp(within duration: Duration) {
    let deadline = world.now + duration
    while world.now < deadline, !backlog.isEmpty { world.run(for: .milliseconds(500)) }
  }

  /// What is not done yet, in words; empty if all is.
  private var backlog: [String] {
    var words: [String] = []
    if upstream.pending > 0 { words.append("\(upstream.pending) chunks are not written yet") }
    if cluster.transactions.isBusy { words.append("a transaction is open") }
    let owned = cluster.group.ownedPartitions
    for partition in 0..<plan.partitions {
      let source = TopicPartition(workload.processor.input.name, Int32(partition))
      if owned?.contains(source) != true { words.append("nobody owns \(source)") }
      guard let last = cluster.log(source).committed.last else { continue }
      let committed = cluster.group.positions.committed[source] ?? 0
      if committed <= last.offset { words.append("\(source) stands at \(committed), its last event at \(last.offset)") }
    }
    return words
  }

  private func evidence() -> Evidence {
    Evidence(
      workload, promise: plan.promise, cluster: cluster, partitions: plan.partitions, restored: witness.restored,
      backlog: backlog)
  }
}
