import Simulation
import Streams
import Synchronization
import Testing
import Worker

// Failures that real fleets reported, each arranged on purpose. Where nothing else is said, what must hold is what must always
// hold: all of the checkers.

/// One run of the ledger.
struct Scene {
  var plan: Plan
  let simulation: Simulation<LedgerWorkload, Ledger>
  let evidence: Evidence

  init(
    _ plan: Plan, events: [OutgoingRecord]? = nil, spend: @escaping @Sendable (Record) -> Duration? = { _ in nil },
    arrange: (Simulation<LedgerWorkload, Ledger>) -> Void = { _ in }
  ) {
    self.plan = plan
    simulation = Simulation(plan, LedgerWorkload(), processor: Ledger(), events: events, spend: spend)
    evidence = simulation.run(arrange)
  }

  /// What one process reported, in order.
  func reports(of worker: String) -> [WorkerReport] {
    simulation.reports.filter { $0.worker == worker }.map(\.report)
  }
}

extension Plan {
  static func with(_ change: (inout Plan) -> Void) -> Plan {
    var plan = Plan(seed: 7)
    change(&plan)
    return plan
  }
}

/// Counts what several threads of one world tell it.
final class Counter<Key: Hashable & Sendable>: Sendable {
  private let counts = Mutex<[Key: Int]>([:])
  func add(_ key: Key) -> Int {
    counts.withLock {
      $0[key, default: 0] += 1
      return $0[key]!
    }
  }
  var all: [Key: Int] { counts.withLock { $0 } }
}

@Suite struct RebalanceScenarios {
  @Test func aPartitionRevokedAndAtOnceAssignedAgainIsReadOn() {
    let scene = Scene(
      .with {
        $0.workers = 1
        $0.isStatic = false
        // A second one that comes and goes takes partitions away for a moment only.
        $0.faults = [
          (.seconds(2), .add), (.milliseconds(2_600), .remove(worker: 1)), (.seconds(6), .add),
          (.milliseconds(6_050), .remove(worker: 2)),
        ]
      })
    #expect(scene.evidence.violations == [])
    let reports = scene.reports(of: "w0.1")
    #expect(reports.count { $0 == .revoked(lost: false) } >= 3)
    // What nobody touched meanwhile needs no restore.
    #expect(reports.contains(.assigned(partitions: [0, 1], restoring: 0)))
  }

  @Test func whatIsOpenAtARevocationIsCommittedAndDecidedOnlyOnce() {
    let decisions = Counter<TopicPartition>()
    let offsets = Counter<String>()
    let scene = Scene(
      .with {
        $0.workers = 1
        $0.isStatic = false
        $0.limits = BatchLimits(recordsMax: 1_000, delay: .seconds(4))
        $0.faults = [(.seconds(3), .add), (.seconds(8), .remove(worker: 0))]
      },
      spend: { record in
        _ = decisions.add(record.source)
        _ = offsets.add("\(record.source) \(record.offset)")
        return nil
      })
    #expect(scene.evidence.violations == [])
    let reports = scene.reports(of: "w0.1")
    let revoked = reports.firstIndex(of: .revoked(lost: false))!
    guard case .committed = reports[revoked - 1] else {
      Issue.record("\(reports[revoked - 1])")
      return
    }
    #expect(offsets.all.values.allSatisfy { $0 == 1 }, "finished work was thrown away")
    #expect(decisions.all.values.reduce(0, +) == scene.evidence.events.joined().count)
  }

  @Test func aRebalanceWhileFourColdReplicasRestoreLosesNothing() {
    let scene = Scene(
      .with {
        $0.workers = 4
        $0.partitions = 4
        $0.isStatic = false
        $0.events = 120
        $0.tableDelay = .milliseconds(300)
        $0.fetchRecordsMax = 1
        $0.duration = .seconds(30)
        $0.faults =
          (0..<4).map { (.seconds(9), .crash(worker: $0)) } + [(.seconds(16), .add), (.seconds(18), .add)]
      })
    #expect(scene.evidence.violations == [])
    let wasInterrupted = Set(scene.simulation.reports.map(\.worker)).contains { worker in
      let reports = scene.reports(of: worker)
      return reports.indices.dropLast().contains { index in
        guard case .assigned(_, let restoring) = reports[index], restoring > 0 else { return false }
        if case .revoked = reports[index + 1] { return true }
        return false
      }
    }
    #expect(wasInterrupted, "a rebalance came in the middle of a restore")
  }

  /// The group forgets a member that stands still; somebody else decides; then it goes on as if nothing had happened.
  @Test(arguments: 1...12, [true, false])
  func aZombieWritesNothingAndCommitsNothing(request: Int, isStatic: Bool) {
    let scene = Scene(
      .with {
        $0.isStatic = isStatic
        $0.events = 120
        $0.duration = .seconds(25)
        $0.faults = [(.seconds(3), .mishap(worker: 0, atRequest: request, .stand(.seconds(14))))]
        // The twin of a static member starts while it stands.
        if isStatic { $0.faults.append((.seconds(6), .replace(worker: 0, standing: .seconds(11)))) }
      })
    #expect(scene.evidence.violations == [])
    let wasLost = scene.reports(of: "w0.1").contains(.revoked(lost: true))
    let wasFenced = scene.simulation.ends.contains { end in
      if case .stopped = end { return false }
      return true
    }
    #expect(wasLost || wasFenced)
  }
}

@Suite struct LogScenarios {
  @Test func gapsOfControlRecordsAtTheEndAreNoLagAndEndTheRestore() {
    let scene = Scene(
      .with {
        $0.workers = 1
        $0.upstreamTransactionsPermille = 1_000
        $0.upstreamAbortsPermille = 300
        $0.writing = .seconds(6)
        // It comes back to logs that end in markers, the input's and the table's.
        $0.faults = [(.seconds(9), .crash(worker: 0))]
      })
    #expect(scene.evidence.violations == [])
    let cluster = scene.simulation.cluster
    for partition in Int32(0)..<2 {
      let input = TopicPartition("events", partition)
      // By subtraction it would never be caught up.
      #expect(cluster.group.positions.committed[input]! < cluster.log(input).lastStable)
      let table = cluster.log(TopicPartition("contexts", partition))
      #expect(table.committed.last!.offset < table.end - 1)
    }
    #expect(scene.reports(of: "w0.2").contains { if case .restored = $0 { true } else { false } })
  }

  /// Retention is shorter than the lag: the first event kept is next, or the worker ends and says so. Alive and idle is no choice.
  @Test(arguments: [OffsetGonePolicy.earliest, .fail])
  func aCommittedOffsetThatIsGoneIsHandledAsChosen(policy: OffsetGonePolicy) {
    let scene = Scene(
      .with {
        $0.workers = 1
        $0.events = 120
        $0.recovery = .seconds(60)
        $0.safeguards.offsetGone = policy
      },
      arrange: { simulation in
        simulation.world.after(.seconds(4)) { simulation.befall(.crash(worker: 0)) }
        simulation.world.after(.milliseconds(4_900)) {
          for partition in Int32(0)..<2 {
            let log = simulation.cluster.log(TopicPartition("events", partition))
            log.forget(before: log.lastStable)
          }
        }
      })
    guard policy == .earliest else {
      #expect(scene.simulation.ends.contains { if case .offsetGone = $0 { true } else { false } })
      #expect(!scene.evidence.backlog.isEmpty)
      return
    }
    #expect(scene.simulation.reports.contains { if case .offsetGone = $0.report { true } else { false } })
    #expect(scene.evidence.backlog == [])
    let decided = Set(scene.evidence.outputs.compactMap(\.cause))
    for event in scene.evidence.events.joined() where !event.expected.isEmpty {
      let log = scene.simulation.cluster.log(TopicPartition("events", event.partition))
      if event.offset >= log.start { #expect(decided.contains(event.id)) }
    }
    #expect(
      scene.evidence.events.joined().contains { !$0.expected.isEmpty && !decided.contains($0.id) },
      "something was gone, or there was nothing to see")
  }

  /// A transaction upstream that nobody ends holds back everything behind it, until the cluster aborts it.
  @Test func aHangingTransactionUpstreamIsReportedAndLosesNothing() {
    let scene = hanging(behindOneMore: true)
    #expect(scene.evidence.violations == [])
    #expect(tellsOfHiddenRecords(scene), "a lag of 0 would be a lie")
  }

  /// The client tells each end once. Where a partition was read to its end before, the end does not move when a transaction hangs
  /// there; only who asks the cluster for both ends hears of what stands behind it.
  @Test(arguments: [true, false]) func aTransactionThatHangsAtAnEndAlreadyToldIsReported(behindOneMore: Bool) {
    let scene = hanging(behindOneMore: behindOneMore)
    #expect(scene.evidence.violations == [])
    let told = scene.simulation.reports.compactMap { _, report in
      if case .heldBack(let partition, let records, let duration) = report { return (partition, records, duration) }
      return nil
    }
    // Once: the twenty seconds that it hangs are one standstill, and no other transaction is open for so long.
    #expect(told.count == 1)
    #expect(told.allSatisfy { $0.0 == 0 && $0.1 > 0 && $0.2 >= .seconds(10) && $0.2 < .seconds(20) }, "\(told)")
  }

  private func hanging(behindOneMore: Bool) -> Scene {
    Scene(
      .with {
        $0.duration = .seconds(40)
        // Somebody asks for the ends, and kills nobody: waiting for somebody else's transaction is no reason.
        $0.watchdogPatience = .seconds(5)
      },
      arrange: { simulation in
        let (cluster, source) = (simulation.cluster, TopicPartition("events", 0))
        simulation.world.after(.seconds(3)) {
          if behindOneMore {
            let event = OutgoingRecord(
              topic: "events", partition: 0, key: Array("C".utf8), value: Array("more ask".utf8))
            cluster.log(source).append([event], at: simulation.world.now)
          }
          cluster.hang(in: source, for: .seconds(20))
        }
        simulation.world.after(.seconds(20)) {
          let log = cluster.log(source)
          #expect(log.lastStable < log.end - 1)
          #expect(cluster.group.positions.committed[source]! <= log.lastStable)
        }
      })
  }

  private func tellsOfHiddenRecords(_ scene: Scene) -> Bool {
    scene.simulation.reports.contains { _, report in
      if case .caughtUp(let end) = report { return end.source.topic == "events" && end.hidesOpenTransaction }
      return false
    }
  }

  /// A client library that forgets a partition: nothing fails, nothing is said, and records wait.
  @Test func aPartitionThatSilentlyStopsBeingFetchedIsNoticed() {
    func scene(patience: Duration?) -> Scene {
      Scene(
        .with {
          $0.workers = 1
          $0.duration = .seconds(20)
          $0.recovery = .seconds(30)
          $0.watchdogPatience = patience
        },
        arrange: { simulation in
          simulation.world.after(.seconds(4)) {
            simulation.client(of: 0)!.stopFetching(TopicPartition("events", 0))
          }
        })
    }
    let noticed = scene(patience: .seconds(6))
    #expect(noticed.simulation.watchdogKills == 1)
    #expect(noticed.evidence.violations == [])
    #expect(scene(patience: nil).evidence.backlog.count == 1, "without the watchdog nobody would notice")
  }
}

@Suite struct RecordScenarios {
  /// The worker stands in the middle of its transaction until the coordinator has aborted it, and its session holds.
  @Test(arguments: 1...12) func aTransactionThatTimesOutDoesNotStopTheFleet(request: Int) {
    let scene = Scene(
      .with {
        $0.transactionTimeout = .seconds(4)
        $0.events = 120
        $0.faults = [(.seconds(3), .mishap(worker: 0, atRequest: request, .stand(.milliseconds(5_500))))]
      })
    #expect(scene.evidence.violations == [])
  }

  /// The record is unreadable, and so large that the cluster takes neither its outputs nor its dead letter.
  @Test func aMalformedRecordWhoseDeadLetterAlsoFailsIsPassed() {
    var dice = Dice(seed: 3)
    var events = LedgerWorkload().events(60, partitions: 2, &dice)
    let value = Array("e-large poison ".utf8) + Array(repeating: UInt8(ascii: "x"), count: 1_000)
    events.insert(OutgoingRecord(topic: "events", partition: 1, key: Array("C1".utf8), value: value), at: 20)
    let scene = Scene(.with { $0.valueBytesMax = 500 }, events: events)
    #expect(scene.evidence.backlog == [])
    let refused = scene.simulation.reports.compactMap { _, report in
      if case .refused(_, _, let substitute) = report { return substitute }
      return nil
    }
    #expect(refused.first == .deadLetter)
    #expect(refused.last == .deadLetterWithoutBytes)
    #expect(refused.count < 20, "an end is in sight")
    let written = Set(scene.evidence.outputs.compactMap(\.cause))
    for event in scene.evidence.events.joined() where !event.expected.isEmpty && event.id != "e-large" {
      #expect(written.contains(event.id))
    }
    #expect(scene.evidence.outputs.count { $0.record.value == nil } == 1)
  }

  /// A producer's bad deployment: what everybody writes cannot be read.
  @Test func aSystemicFaultStopsBeforeTheDeadLettersFill() {
    let events = (0..<400).map { number in
      let key = Array("C\(number % 30)".utf8)
      let kind = number < 50 ? "ask" : "poison"
      return OutgoingRecord(
        topic: "events", partition: partition(forKey: key, of: 2), key: key, value: Array("e\(number) \(kind)".utf8))
    }
    let scene = Scene(
      .with {
        $0.restarts = false
        $0.recovery = .seconds(20)
        $0.safeguards.breaker = BreakerLimits(window: 100, deadLettersMax: 20, keysMin: 5)
      }, events: events)
    #expect(scene.simulation.ends.count { if case .tooManyDeadLetters = $0 { true } else { false } } == 2)
    let deadLetters = scene.evidence.outputs.count { $0.log.topic == "dead-letters" }
    #expect(deadLetters <= 40 && deadLetters > 0)
    // Nothing is lost by it: what was not decided waits.
    #expect(scene.evidence.violations.allSatisfy { $0.hasPrefix("When nothing goes wrong") })
  }

  /// Two records take longer than the longest pause between two polls, the first time that they are read.
  @Test func aRecordThatTakesTooLongDoesNotStopTheFleet() {
    let attempts = Counter<TopicPartition>()
    let scene = Scene(
      .with {
        $0.isStatic = false
        $0.duration = .seconds(60)
      },
      spend: { record in
        guard record.offset == 3 else { return nil }
        return attempts.add(record.source) < 3 ? .seconds(25) : nil
      })
    #expect(scene.evidence.violations == [])
    #expect(attempts.all.values.contains { $0 >= 3 }, "\(attempts.all)")
    #expect(scene.simulation.reports.contains { $0.report == .revoked(lost: true) })
  }

  /// The group's positions are set back to the begin: all is read again, with the contexts that came of it.
  @Test func readingEverythingAgainSaysNothingNew() {
    let workload = DeskWorkload()
    let plan = Plan.with {
      $0.writing = .seconds(6)
      $0.duration = .seconds(25)
    }
    let simulation = Simulation(plan, workload, processor: workload.processor)
    let evidence = simulation.run { simulation in
      for worker in 0..<2 { simulation.world.after(.seconds(9)) { simulation.befall(.crash(worker: worker)) } }
      simulation.world.after(.milliseconds(9_500)) {
        let moved = simulation.cluster.group.positions.committed.keys.sorted()
        simulation.cluster.setBack(moved.map { Position($0, next: 0) })
      }
    }
    let back = evidence.moves.indices.dropFirst().contains { evidence.moves[$0].position.next == 0 }
    #expect(back)
    #expect(!evidence.outputs.isEmpty && evidence.outputs.contains { $0.voice != nil })
    // What cannot be read is in no context, so it is told again, with the same id.
    #expect(evidence.violations.filter { !$0.contains("went back") && !$0.contains("dead-letters") } == [])
  }
}
