package import Worker

/// Everything that one run of the simulation is decided by: how large, how set, and what goes wrong when.
package struct Plan {
  /// Something that goes wrong, or is done to the fleet.
  package enum Fault {
    case crash(worker: Int)
    /// The process stands still, and so do its heartbeats.
    case stand(worker: Int, Duration)
    /// Something befalls a worker at one of its next requests.
    case mishap(worker: Int, atRequest: Int, Client.Mishap)
    /// It stands still, and meanwhile another is started in its place.
    case replace(worker: Int, standing: Duration)
    /// Asked to stop, and started again: a deployment.
    case restart(worker: Int)
    /// One worker more.
    case add
    /// Asked to stop, for good.
    case remove(worker: Int)
    case cutNetwork(Duration)
    case loseMessages(permille: Int, Duration)
    case compact
    /// The input forgets what is committed.
    case forget
  }

  package var seed: UInt64
  package var promise = Promise.exactlyOnce
  package var workers = 2
  package var partitions = 2
  package var events = 60
  /// Members keep their name, their partitions and their transactional id through a restart.
  package var isStatic = true
  package var limits = BatchLimits(recordsMax: 20, delay: .milliseconds(50))
  package var pollRecordsMax = 50
  package var fetchRecordsMax = 20
  package var pollIntervalMax: Duration = .seconds(20)
  package var transactionTimeout: Duration = .seconds(8)
  package var networkDelay: ClosedRange<Duration> = .microseconds(200)...(.milliseconds(3))
  package var markerDelay: ClosedRange<Duration> = .milliseconds(1)...(.milliseconds(5))
  package var tableDelay: Duration = .zero
  package var refusalsPermille = 0
  package var fatalPermille = 0
  package var safeguards = Safeguards(offsetGone: .earliest)
  /// How long a worker may make no progress before its orchestrator kills it; `nil` looks at nothing.
  package var watchdogPatience: Duration?
  /// Whether workers that ended are started again.
  package var restarts = true
  /// The largest value that the cluster takes, in bytes.
  package var valueBytesMax = Int.max
  /// How many in a thousand writes upstream are transactions, and how many of those are aborted or hang for a while.
  package var upstreamTransactionsPermille = 0
  package var upstreamAbortsPermille = 0
  package var upstreamHangsPermille = 0
  /// Events are written for so long.
  package var writing: Duration = .seconds(12)
  /// Faults happen for so long.
  package var duration: Duration = .seconds(12)
  /// Without faults everything must be caught up after so long.
  package var recovery: Duration = .seconds(300)
  package var faults: [(at: Duration, fault: Fault)] = []

  package init(seed: UInt64) { self.seed = seed }
}

extension Plan {
  /// The plan that a seed stands for.
  package static func from(seed: UInt64) -> Plan {
    var dice = Dice(seed: seed, purpose: 1)
    var plan = Plan(seed: seed)
    plan.workers = dice.roll(1...4)
    plan.partitions = dice.roll(1...4)
    plan.events = dice.roll(20...80)
    plan.isStatic = dice.chance(500)
    plan.limits = BatchLimits(
      recordsMax: dice.pick([1, 3, 10, 100]), outputBytesMax: dice.pick([64, 8 << 20]),
      delay: dice.duration(.zero ... .milliseconds(200)))
    plan.pollRecordsMax = dice.pick([1, 5, 50])
    plan.fetchRecordsMax = dice.pick([1, 4, 20])
    plan.pollIntervalMax = .seconds(dice.pick([7, 20]))
    plan.transactionTimeout = .seconds(dice.pick([4, 8]))
    if dice.chance(300) { plan.networkDelay = .milliseconds(1) ... .milliseconds(dice.roll(5...150)) }
    if dice.chance(300) { plan.markerDelay = .milliseconds(1) ... .milliseconds(dice.roll(20...1_500)) }
    if dice.chance(300) { plan.tableDelay = .milliseconds(dice.roll(1...400)) }
    if dice.chance(200) { plan.refusalsPermille = dice.roll(1...60) }
    if dice.chance(100) { plan.fatalPermille = dice.roll(1...40) }
    if dice.chance(500) {
      plan.upstreamTransactionsPermille = dice.roll(1...1_000)
      plan.upstreamAbortsPermille = dice.roll(400)
      plan.upstreamHangsPermille = dice.chance(200) ? 50 : 0
    }
    for _ in 0..<dice.roll(0...8) {
      plan.faults.append((dice.duration(.milliseconds(500)...plan.duration), fault(plan, &dice)))
    }
    return plan
  }

  /// The same without transactions, as workers run on the embedded broker: that one does not compact, and here no log may. What a
  /// worker writes that has lost its partitions may stand behind what its successor wrote, and compaction would keep only that.
  package static func atLeastOnce(seed: UInt64) -> Plan {
    var plan = from(seed: seed)
    plan.promise = .atLeastOnce
    plan.faults.removeAll { if case .compact = $0.fault { true } else { false } }
    return plan
  }

  private static func fault(_ plan: Plan, _ dice: inout Dice) -> Fault {
    let worker = dice.roll(plan.workers)
    switch dice.roll(24) {
    case 0...2: return .crash(worker: worker)
    case 3...5: return .stand(worker: worker, dice.duration(.milliseconds(100) ... .seconds(14)))
    case 6...10: return .mishap(worker: worker, atRequest: dice.roll(1...12), dice.pick([.dieBefore, .dieAfter]))
    case 11...12:
      return .mishap(
        worker: worker, atRequest: dice.roll(1...12), .stand(dice.duration(.seconds(1) ... .seconds(14))))
    case 13...14: return .replace(worker: worker, standing: dice.duration(.seconds(2) ... .seconds(12)))
    case 15...16: return .restart(worker: worker)
    case 17: return .add
    case 18: return .remove(worker: worker)
    case 19: return .cutNetwork(dice.duration(.milliseconds(200) ... .seconds(9)))
    case 20...21: return .loseMessages(permille: dice.roll(20...400), dice.duration(.seconds(1) ... .seconds(8)))
    case 22: return .compact
    default: return .forget
    }
  }
}
