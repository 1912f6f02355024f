import Simulation
import Testing

/// Expects that one of five hundred seeds finds `bug`, and prints which.
func expectFound(
  _ bug: some Sendable, sourceLocation: SourceLocation = #_sourceLocation,
  _ verdict: @escaping @Sendable (UInt64) -> SeedVerdict
) async {
  let found = await Seeds.failures(1..<501, stoppingAfter: 1, verdict: verdict)
  print("\(bug): found by \(found.first.map { "seed \($0.seed): \($0.violations[0])" } ?? "no seed")")
  #expect(!found.isEmpty, sourceLocation: sourceLocation)
}
