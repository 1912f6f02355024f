internal import Events

/// The pipeline without a broker: lines of events in, lines of outputs out, in the order of the log. What it gives for a file
/// is what the fleet gives for the same log, because both run `TicketPipeline.process`.
///
/// There is no log here to which events could be passed on under another id of their customer, so each is taken at once, before the next
/// line. A file that was read from the fleet's topic has them in it as well; they are known by their ids and change nothing.
public struct TriageFilter {
  private let pipeline: TicketPipeline
  private var shelf = Shelf(partition: 0)
  private var position: Int64 = -1

  /// A filter that has seen nothing yet.
  public init(pipeline: TicketPipeline) { self.pipeline = pipeline }

  /// The outputs for the next line, one structured CloudEvent each. A line that cannot be read gives a dead letter.
  public mutating func process(line: [UInt8]) -> [[UInt8]] {
    do {
      let outputs = try take(line)
      shelf.accept()
      return outputs.map { $0.structured() }
    } catch {
      return [DeadLetter(value: line, failure: error).structured()]
    }
  }

  private mutating func take(_ line: [UInt8]) throws(DecodingFailure) -> [OutputEvent] {
    var lines = [line]
    var outputs: [OutputEvent] = []
    while !lines.isEmpty {
      let line = lines.removeFirst()
      position += 1
      let (event, digest) = try EventDecoder.decodeWithDigest(structured: line)
      var passedOn: [Event] = []
      outputs += pipeline.process(event, digest: digest, at: position, shelf: &shelf, passedOn: &passedOn)
      lines += passedOn.map(EventEncoder.structured)
    }
    return outputs
  }
}
