public import Events

/// An experiment as its journeys show it: automation against the simpler baseline, on what became of people and not on what was clicked (G4).
///
/// It ends by itself, and for good, at the first journey after which customers of the treatment are shown to come back more often.
public struct Experiment: Sendable {
  /// A comparison of the two arms.
  public struct Comparison: Sendable, Hashable {
    /// What is compared.
    public let kpi: KPI
    /// With automation.
    public let treatment: Measure
    /// Without.
    public let baseline: Measure
    /// What the sequential test says; `nil` for what is no share.
    public let verdict: SequentialTest.Verdict?
  }

  /// Its name; `nil` where decisions tell of arms and not of what they are arms of.
  public let name: String?
  /// Each outcome in both arms.
  public let comparisons: [Comparison]
  /// When it was stopped, since repeat contact was worse; `nil` if it was not.
  public let stopped: Timestamp?
  /// What showed that then: how many had come back.
  let shown: (treatment: Share, baseline: Share)?

  /// The experiment in the journeys of `card`: of several the one that began last. What began without it, or after its end, was not drawn by
  /// lot, so it is in neither arm.
  public init(_ all: Scorecard, test: SequentialTest = SequentialTest()) {
    let name = all.journeys.last { $0.journey.experiment != nil }?.journey.experiment
    let card = name == nil ? all : Scorecard(all) { $0.experiment == name && !$0.isExperimentOver }
    self.name = name
    func arm(_ name: String) -> Scorecard.Segment { Scorecard.Segment(.arm, name) }
    let outcomes: [KPI] = [
      .taskCompletion, .repeatContact, .satisfaction, .timeToResolution, .turnsAfterReply, .repetitions, .sentimentLift,
    ]
    comparisons = outcomes.map { kpi in
      let (treatment, baseline) = (card.measure(kpi, arm("treatment")), card.measure(kpi, arm("baseline")))
      var verdict: SequentialTest.Verdict?
      if case .share(let new) = treatment, case .share(let old) = baseline {
        verdict = test.verdict(treatment: new, baseline: old)
      }
      return Comparison(kpi: kpi, treatment: treatment, baseline: baseline, verdict: verdict)
    }
    let stop = Self.stop(card, test)
    stopped = stop?.time
    shown = stop.map { ($0.treatment, $0.baseline) }
  }

  /// The first time at which repeat contact was shown to be worse, resolutions being looked at one by one as their windows close.
  private static func stop(
    _ card: Scorecard, _ test: SequentialTest
  ) -> (time: Timestamp, treatment: Share, baseline: Share)? {
    let known = card.journeys.compactMap { item -> (time: Timestamp, arm: String, isBack: Bool)? in
      switch item.resolution {
      case .takenBack(let time, _): (time, item.journey.arm, true)
      case .silent(let time), .confirmed(let time):
        // Not before the customer has had the time to come back.
        time.adding(seconds: card.rule.repeatWindow) <= card.asOf
          ? (time.adding(seconds: card.rule.repeatWindow), item.journey.arm, false) : nil
      case .open: nil
      }
    }
    var (treatment, baseline) = (Share(), Share())
    for item in known.sorted(by: { $0.time < $1.time }) {
      if item.arm == "baseline" { baseline.count(item.isBack) } else { treatment.count(item.isBack) }
      if test.verdict(treatment: treatment, baseline: baseline) == .higher { return (item.time, treatment, baseline) }
    }
    return nil
  }
}
