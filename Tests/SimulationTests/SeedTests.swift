import Simulation
import Testing

@Suite struct SeedTests {
  @Test func twoThousandSeedsHold() async {
    for failure in await Seeds.failures(1..<2_001) { Issue.record("\(failure.words)") }
  }
}
