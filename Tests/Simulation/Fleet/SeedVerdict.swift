/// What a seed came to.
package struct SeedVerdict: Sendable {
  package let seed: UInt64
  package let violations: [String]
  /// How often the fleet met what: rebalances, rewinds, ends of workers.
  package let encounters: [String: Int]
  /// What beside the seed repeats it.
  private let settings: String

  package init(seed: UInt64, violations: [String], encounters: [String: Int] = [:], settings: String = "") {
    self.seed = seed
    self.violations = violations
    self.encounters = encounters
    self.settings = settings
  }

  package var words: String {
    violations.isEmpty
      ? "seed \(seed) holds"
      : "seed \(seed) does not hold; `make sim SEED=\(seed)\(settings)` repeats it\n"
        + violations.map { "  " + $0 }.joined(separator: "\n")
  }

  /// Runs what `seed` stands for: every eighth with the real pipeline, which costs ten times as much as the ledger, and between those every
  /// sixteenth with the real pipeline on customers whose ids are linked.
  ///
  /// - Parameters:
  ///   - links: how ids of customers are linked, if that is to be what each seed is about.
  ///   - print: called with each line of the journal.
  package static func of(
    seed: UInt64, promise: Promise = .exactlyOnce, links: LinkShape? = nil, print: ((String) -> Void)? = nil
  ) -> SeedVerdict {
    let journal = Journal(print: print)
    let plan = promise == .exactlyOnce ? Plan.from(seed: seed) : Plan.atLeastOnce(seed: seed)
    if let links { return of(plan, LinkedDesk(links), journal, settings: " LINKS=\(links.rawValue)") }
    if seed % 16 == 4 { return of(plan, LinkedDesk(.trees), journal) }
    if seed.isMultiple(of: 8) { return of(plan, DeskWorkload(), journal) }
    return of(plan, LedgerWorkload(remembersPositions: promise == .atLeastOnce), journal)
  }

  /// Runs `plan` with a workload of one's own.
  package static func of<W: Workload>(
    _ plan: Plan, _ workload: W, _ journal: Journal = Journal(), settings: String = ""
  ) -> SeedVerdict {
    let simulation = Simulation(plan, workload, processor: workload.processor, journal: journal)
    let evidence = simulation.run()
    var encounters = simulation.encounters
    encounters["output: repeated"] = evidence.repeats
    encounters["output: passed on"] = evidence.outputs.count { workload.isPassedOn($0.record) }
    return SeedVerdict(seed: plan.seed, violations: evidence.violations, encounters: encounters, settings: settings)
  }
}
