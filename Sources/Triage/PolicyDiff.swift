public import Events

/// Two pipelines side by side over one log: what the second would have decided otherwise.
///
/// Each side has contexts of its own, so that what one decides early bears on what it decides later, as it would have.
public struct PolicyDiff: Sendable {
  private let before: TicketPipeline
  private let after: TicketPipeline
  private var shelves: (before: [Int32: Shelf], after: [Int32: Shelf]) = ([:], [:])
  private var diff = DecisionDiff()

  /// A comparison of what `before` and `after` decide.
  public init(before: TicketPipeline, after: TicketPipeline) {
    self.before = before
    self.after = after
  }

  /// Takes the next event of the log, each partition's in their order, and says what each side decides about it. What cannot be read decides
  /// nothing.
  @discardableResult
  public mutating func take(_ logged: LoggedEvent) -> (before: RecordedOutcome?, after: RecordedOutcome?) {
    let outcomes = (
      before: Self.decision(before.process(logged, shelves: &shelves.before)),
      after: Self.decision(after.process(logged, shelves: &shelves.after))
    )
    diff.take(outcomes.before, outcomes.after)
    return outcomes
  }

  /// What came out.
  public consuming func finish() -> DecisionDiff.Report { diff.finish() }

  private static func decision(_ outcome: TicketPipeline.Outcome) -> RecordedOutcome? {
    guard case .decided(_, let outputs) = outcome else { return nil }
    return outputs.lazy.compactMap { RecordedOutcome($0) }.first
  }
}
