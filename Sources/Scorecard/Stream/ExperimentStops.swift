internal import Events

/// Stops an experiment whose treatment brings customers back more often than its baseline: an event in every partition, after which everybody
/// is in the baseline (G4).
struct ExperimentStops: Sendable {
  /// In which partitions it stands that an experiment is over.
  private var told: [String: Set<Int>] = [:]
  private let partitions: Int

  init(partitions: Int) { self.partitions = partitions }

  mutating func take(_ stop: ExperimentStopped, in partition: Int) {
    told[stop.experiment, default: []].insert(partition)
  }

  /// What is to be written into every partition, as `card` shows it. A process that died amid its writing left some partitions without it; the
  /// event is the same then, and the others take it for a repeat.
  func events(_ card: Scorecard) -> [Event] {
    guard card.segments.contains(Scorecard.Segment(.arm, "baseline")) else { return [] }
    let experiment = Experiment(card)
    guard let name = experiment.name, let time = experiment.stopped, let shown = experiment.shown,
      (told[name]?.count ?? 0) < partitions
    else { return [] }
    let midnight = Windows.midnight(from: time)
    return [
      Event(
        envelope: Envelope(
          id: DerivedID.make("experiment_stopped", source: scorecardSource, id: name), source: scorecardSource,
          type: EventType.experimentStopped.rawValue, time: midnight, partitionKey: broadcastKey),
        body: .experimentStopped(
          ExperimentStopped(
            experiment: name, at: midnight,
            reason: """
              Customers of the treatment come back more often: \(shown.treatment.hits) of \(shown.treatment.total), and \
              \(shown.baseline.hits) of \(shown.baseline.total) of the baseline.
              """)))
    ]
  }
}
