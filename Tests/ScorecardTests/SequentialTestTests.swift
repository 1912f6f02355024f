import Testing
import TestSupport

@testable import Scorecard

@Suite struct SequentialTestTests {
  /// An experiment that is looked at after every pair: whether the test ever spoke.
  private func everSpeaks(_ new: Double, _ old: Double, pairs: Int, seed: UInt64) -> SequentialTest.Verdict {
    var random = Dice(seed: seed)
    let test = SequentialTest()
    var (treatment, baseline) = (Share(), Share())
    for _ in 0..<pairs {
      treatment.count(Double.random(in: 0..<1, using: &random) < new)
      baseline.count(Double.random(in: 0..<1, using: &random) < old)
      let verdict = test.verdict(treatment: treatment, baseline: baseline)
      if verdict == .higher || verdict == .lower { return verdict }
    }
    return .undecided
  }

  /// Ten thousand experiments without a difference, at four rates, each looked at 1,000 times.
  @Test func withoutADifferenceAtMostOneInTwentyIsStopped() {
    let rates = [0.02, 0.1, 0.3, 0.5]
    for (index, rate) in rates.enumerated() {
      let stops = (0..<2_500).count {
        everSpeaks(rate, rate, pairs: 1_000, seed: UInt64(index * 10_000 + $0)) != .undecided
      }
      #expect(stops <= 125, "\(stops) of 2,500 at a rate of \(rate)")
    }
  }

  @Test func aWorseTreatmentIsStopped() {
    let found = (0..<100).count { everSpeaks(0.2, 0.1, pairs: 2_000, seed: UInt64($0)) == .higher }
    #expect(found >= 95)
  }

  @Test func aHandfulIsTooEarly() {
    let verdict = SequentialTest().verdict(
      treatment: Share(hits: 50, total: 99), baseline: Share(hits: 0, total: 5_000))
    #expect(verdict == .early)
  }
}
