internal import Foundation

/// Whether two shares differ, asked as often as one likes while the numbers grow.
///
/// A usual test that is looked at every day finds a difference that is not there sooner or later. This one holds its promise however often it is
/// looked at, and whenever it is stopped: over the whole life of an experiment without a difference, the chance that it ever says `worse` is
/// at most `alpha`. It is the mixture sequential probability ratio test with a normal mixture, one-sided.
///
/// Source: R. Johari, P. Koomen, L. Pekelis, D. Walsh, Peeking at A/B tests (KDD 2017), eq. 6, with the two-sample variance; the normal
/// approximation is not trusted before each side has `leastCount` observations and `leastHits` of each kind together.
public struct SequentialTest: Sendable, Hashable {
  /// What is known so far.
  public enum Verdict: String, Sendable, Hashable {
    /// Too little to say anything.
    case early
    /// Nothing has been shown; go on.
    case undecided
    /// The share of the treatment is higher.
    case higher
    /// The share of the treatment is lower.
    case lower
  }

  /// The chance of ever finding a difference, in either direction, where there is none.
  public let alpha: Double
  /// The difference of shares that would be worth knowing; the test is quickest near it.
  public let worth: Double
  /// The least number of observations on each side.
  public static let leastCount = 100
  /// The least number of hits, and of misses, on both sides together.
  public static let leastHits = 10

  /// A test that errs at most with the chance `alpha`, tuned for differences of `worth`.
  public init(alpha: Double = 0.05, worth: Double = 0.03) {
    self.alpha = alpha
    self.worth = worth
  }

  /// How strongly the shares speak against being equal: the likelihood ratio of the mixture, of which `1 / alpha` is enough. Zero while it is
  /// early.
  public func evidence(treatment: Share, baseline: Share) -> Double {
    let (hits, total) = (treatment.hits + baseline.hits, treatment.total + baseline.total)
    guard min(treatment.total, baseline.total) >= Self.leastCount, min(hits, total - hits) >= Self.leastHits else {
      return 0
    }
    let pooled = Double(hits) / Double(total)
    let variance = pooled * (1 - pooled) * (1 / Double(treatment.total) + 1 / Double(baseline.total))
    let difference = Double(treatment.hits) / Double(treatment.total) - Double(baseline.hits) / Double(baseline.total)
    let prior = worth * worth
    return (variance / (variance + prior)).squareRoot()
      * exp(prior * difference * difference / (2 * variance * (variance + prior)))
  }

  /// What the shares say.
  public func verdict(treatment: Share, baseline: Share) -> Verdict {
    let evidence = evidence(treatment: treatment, baseline: baseline)
    guard evidence > 0 else { return .early }
    guard evidence >= 1 / alpha, let new = treatment.value, let old = baseline.value else { return .undecided }
    return new > old ? .higher : .lower
  }
}
