internal import Events
internal import Policy

/// What a customer's part in the policy's experiment is when something of theirs is decided.
struct Trial {
  /// The experiment.
  let name: String
  /// Their side.
  let arm: Arm
  /// The end of the experiment, if it is over: then everybody is in the baseline, which is the simpler system.
  let stop: StoppedExperiment?

  /// `nil` where the policy has no experiment.
  init?(of customer: CustomerID, in policy: PolicyDocument, shared: SharedContext) {
    guard let experiment = policy.experiment else { return nil }
    name = experiment.name
    stop = shared.stopped.first { $0.name == experiment.name }
    arm = stop == nil ? experiment.arm(of: customer) : .baseline
  }

  /// For an auditor.
  var words: String {
    if let stop { return "The experiment \(name) was stopped at \(stop.at.rfc3339), so everybody is in its baseline." }
    return "In the experiment \(name) this customer is in the \(arm.rawValue)."
  }
}
