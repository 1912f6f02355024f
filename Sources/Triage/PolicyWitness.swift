public import Events

/// One pipeline over a log, and of all that it puts out only what it decides.
public struct PolicyWitness: Sendable {
  private let pipeline: TicketPipeline
  private var shelves: [Int32: Shelf] = [:]

  /// What `pipeline` decides, from the beginning of a log.
  public init(_ pipeline: TicketPipeline) { self.pipeline = pipeline }

  /// What is decided about the next event of the log, each partition's in their order; `nil` where nothing is, as for what cannot be
  /// read.
  public mutating func decides(_ logged: LoggedEvent) -> RecordedOutcome? {
    guard case .decided(_, let outputs) = pipeline.process(logged, shelves: &shelves) else { return nil }
    return outputs.lazy.compactMap { RecordedOutcome($0) }.first
  }
}
