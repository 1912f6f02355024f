internal import Events

/// The pipeline without a broker: lines of events in, lines of outputs out, in the order of the log. What it gives for a file
/// is what the fleet gives for the same log, because both run `TicketPipeline.process`.
public struct TriageFilter {
  private let pipeline: TicketPipeline
  private var shelf = Shelf(partition: 0)
  private var position: Int64 = -1

  /// A filter that has seen nothing yet.
  public init(pipeline: TicketPipeline) { self.pipeline = pipeline }

  /// The outputs for the next line, one structured CloudEvent each. A line that cannot be read gives a dead letter.
  public mutating func process(line: [UInt8]) -> [[UInt8]] {
    position += 1
    do {
      let event = try EventDecoder.decode(structured: line)
      let outputs = pipeline.process(
        event, digest: EventDigest(structured: line), at: position, shelf: &shelf)
      shelf.accept()
      return outputs.map { $0.structured() }
    } catch {
      return [DeadLetter(value: line, failure: error).structured()]
    }
  }
}
