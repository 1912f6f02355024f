import Simulation
import Testing

/// The simulation has teeth: each planted bug is found, and by which seed is printed.
@Suite struct PlantedBugTests {
  @Test(arguments: PlantedBug.allCases) func itIsFound(bug: PlantedBug) async {
    await expectFound(bug) { bug.verdict(seed: $0) }
  }
}
