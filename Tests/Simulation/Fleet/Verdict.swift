/// What a seed came to.
package struct Verdict: Sendable {
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

  /// Runs what `seed` stands for.
  ///
  /// - Parameter print: called with each line of the journal.
  package static func of(seed: UInt64, print: ((String) -> Void)? = nil) -> Verdict {
    let simulation = Simulation(
      Plan.from(seed: seed), LedgerWorkload(), processor: Ledger(), journal: Journal(print: print))
    let evidence = simulation.run()
    return Verdict(seed: seed, violations: evidence.violations, encounters: simulation.encounters)
  }
}
