import Simulation
import Testing

/// The simulation has teeth: each planted bug is found, and by which seed is printed.
@Suite struct PlantedBugTests {
  @Test(arguments: PlantedBug.allCases) func itIsFound(bug: PlantedBug) async {
    let found = await Seeds.failures(1..<501, stoppingAfter: 1) { bug.verdict(seed: $0) }
    print("\(bug): found by \(found.first.map { "seed \($0.seed): \($0.violations[0])" } ?? "no seed")")
    #expect(!found.isEmpty)
  }
}
