public import Events

/// Two pipelines side by side over one log: what the second would have decided otherwise.
///
/// Each side has contexts of its own, so that what one decides early bears on what it decides later, as it would have.
public struct PolicyDiff: Sendable {
  private var before: PolicyWitness
  private var after: PolicyWitness
  private var diff = DecisionDiff()

  /// A comparison of what `before` and `after` decide.
  public init(before: TicketPipeline, after: TicketPipeline) {
    self.before = PolicyWitness(before)
    self.after = PolicyWitness(after)
  }

  /// Takes the next event of the log, each partition's in their order, and says what each side decides about it.
  @discardableResult
  public mutating func take(_ logged: LoggedEvent) -> (before: RecordedOutcome?, after: RecordedOutcome?) {
    let outcomes = (before: before.decides(logged), after: after.decides(logged))
    diff.take(outcomes.before, outcomes.after)
    return outcomes
  }

  /// What came out.
  public consuming func finish() -> DecisionDiff.Report { diff.finish() }
}
