/// `heed.experiment.stopped.v1`; broadcast. From here on every customer of the experiment is in its baseline.
///
/// A fact in the log and no setting, so that a replay changes arms at the same place as the fleet did.
public struct ExperimentStopped: Sendable, Hashable {
  /// The experiment's name in the policy. An experiment that was stopped stays so; another trial has another name.
  public let experiment: String
  /// The time up to which it was looked at when it was stopped.
  public let at: Timestamp
  /// Why, for people: `Customers of the treatment come back more often.`
  public let reason: String

  /// An experiment that is over.
  public init(experiment: String, at: Timestamp, reason: String) {
    self.experiment = experiment
    self.at = at
    self.reason = reason
  }
}
