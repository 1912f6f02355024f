import Simulation
import Synchronization
import Testing

/// Workers without transactions, as on the embedded broker: what a crash leaves behind is written again, byte for byte, and that is
/// all that differs.
@Suite struct AtLeastOnceTests {
  @Test func fiveHundredSeedsHoldButForRepeats() async {
    let met = Mutex<[String: Int]>([:])
    let failures = await Seeds.failures(1..<501) {
      SeedVerdict.of(seed: $0, promise: .atLeastOnce)
    } onEach: { verdict in
      met.withLock { $0.merge(verdict.encounters, uniquingKeysWith: +) }
    }
    for failure in failures { Issue.record("\(failure.words)") }
    // A simulation that meets nothing proves nothing.
    let counts = met.withLock { $0 }
    for name in ["output: repeated", "report: lost", "report: revoked", "report: rewound", "report: positionRefused"] {
      #expect(counts[name, default: 0] >= 50, "\(name)")
    }
  }

  @Test func exactlyOnceRepeatsNothing() {
    for seed in UInt64(1)..<41 { #expect(SeedVerdict.of(seed: seed).encounters["output: repeated"] == 0) }
  }

  @Test(arguments: PlainBug.allCases) func aPlantedBugIsFound(bug: PlainBug) async {
    await expectFound(bug) { bug.verdict(seed: $0) }
  }
}

/// A fault planted into a worker without transactions.
enum PlainBug: String, CaseIterable, Sendable {
  case positionsAreCommittedBeforeTheOutputs
  case contextsAreWrittenBeforeTheOutputs
  case contextsAreNotWritten
  case whatIsReadAgainIsAppliedAgain
  case theLastContextCountsInsteadOfTheFurthest
  case theLastOffsetIsCommittedInsteadOfTheNext

  /// What `seed` comes to with this bug in each worker.
  func verdict(seed: UInt64) -> SeedVerdict {
    var processor = ClumsyLedger(ledger: Ledger(remembersPositions: self != .whatIsReadAgainIsAppliedAgain))
    processor.ledger.restoresTheFurthest = self != .theLastContextCountsInsteadOfTheFurthest
    processor.writesNoContexts = self == .contextsAreNotWritten
    var habits = ClientHabits()
    if self == .positionsAreCommittedBeforeTheOutputs { habits.positions = .beforeIt }
    habits.writesOutputsFirst = self != .contextsAreWrittenBeforeTheOutputs
    let simulation = Simulation(
      Plan.atLeastOnce(seed: seed), LedgerWorkload(remembersPositions: true), processor: processor, habits: habits,
      port: { self == .theLastOffsetIsCommittedInsteadOfTheNext ? OneShort($0) : BrokerPort($0) })
    return SeedVerdict(seed: seed, violations: simulation.run().violations)
  }
}
