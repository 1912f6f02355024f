public import Events

/// Egress without a broker: lines of events in, lines of update requests out. Takeovers and the time count from the line on that tells of
/// them, as in the log.
public struct EgressFilter {
  private let egress: Egress
  private var voices = Voices(partition: 0)

  /// A filter that has seen nothing yet.
  public init(_ target: EgressTarget) { egress = Egress([target]) }

  /// The requests for the next line, one structured CloudEvent each.
  ///
  /// A line is a case or a resolution, or an event of `heed.events.v1`, or another output, which asks for nothing.
  ///
  /// - Throws: `DecodingFailure` for a line that is no event, or that no request can be made of.
  public mutating func process(line: [UInt8]) throws(DecodingFailure) -> [[UInt8]] {
    if let (envelope, handover) = try HandoverDecoder.decode(structured: line) {
      let updates = try egress.updates(for: handover, because: envelope, voices: &voices)
      voices.accept()
      return updates.map { $0.structured() }
    }
    do throws(DecodingFailure) { voices.take(try EventDecoder.decode(structured: line)) } catch {
      guard error.code == .notAnInput else { throw error }
    }
    return []
  }
}

extension Voices {
  /// What an event says of voices.
  mutating func take(_ event: Event) {
    if let ticket = event.ticketTakenOver { learn(ticket, at: event.envelope.time) }
    if case .timePassed = event.body { pass(event.envelope.time) }
  }
}
