/// What a seed came to.
package struct SeedVerdict: Sendable {
  package let seed: UInt64
  package let violations: [String]
  /// How often the fleet met what: rebalances, rewinds, ends of workers.
  package let encounters: [String: Int]

  package init(seed: UInt64, violations: [String], encounters: [String: Int] = [:]) {
    self.seed = seed
    self.violations = violations
    self.encounters = encounters
  }

  package var words: String {
    violations.isEmpty
      ? "seed \(seed) holds"
      : "seed \(seed) does not hold; `make sim SEED=\(seed)` repeats it\n"
        + violations.map { "  " + $0 }.joined(separator: "\n")
  }

  /// Runs what `seed` stands for: every eighth with the real pipeline, which costs ten times as much as the ledger.
  ///
  /// - Parameter print: called with each line of the journal.
  package static func of(seed: UInt64, promise: Promise = .exactlyOnce, print: ((String) -> Void)? = nil) -> SeedVerdict
  {
    let journal = Journal(print: print)
    let plan = promise == .exactlyOnce ? Plan.from(seed: seed) : Plan.atLeastOnce(seed: seed)
    if seed.isMultiple(of: 8) { return of(plan, DeskWorkload(), journal) }
    return of(plan, LedgerWorkload(remembersPositions: promise == .atLeastOnce), journal)
  }

  private static func of<W: Workload>(_ plan: Plan, _ workload: W, _ journal: Journal) -> SeedVerdict {
    let simulation = Simulation(plan, workload, processor: workload.processor, journal: journal)
    let evidence = simulation.run()
    var encounters = simulation.encounters
    encounters["output: repeated"] = evidence.repeats
    return SeedVerdict(seed: plan.seed, violations: evidence.violations, encounters: encounters)
  }
}
