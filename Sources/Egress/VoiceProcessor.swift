public import Events
public import Streams

/// The half of egress that listens: reads the events, and writes who took a ticket over, and the time, into the table of voices.
///
/// A group of its own on `heed.events.v1`, so that a takeover is known also while triage lags behind it or stands still; and without a state,
/// so that it is always as far as it can be. What it cannot decode is nobody's takeover, and is triage's dead letter.
public struct VoiceProcessor: Processor {
  private let catalogue: Catalogue

  /// A listener on the topics of `catalogue`.
  public init(catalogue: Catalogue) { self.catalogue = catalogue }

  /// `heed.events.v1`.
  public var input: StreamTopic { catalogue.events }

  /// None.
  public var table: TableTopic? { nil }

  /// Its partition, into whose voices the time is written.
  public func makeState(partition: Int32) -> Int32 { partition }

  /// There is nothing to restore.
  public func restore(_ record: Record, into state: inout Int32) {}

  /// A takeover, or the time, or nothing.
  public func process(_ record: Record, state partition: inout Int32, outputs: inout [OutgoingRecord]) {
    guard let event = try? EventDecoder.decode(record) else { return }
    if let ticket = event.ticketTakenOver {
      outputs.append(VoiceRecord.takeover(of: ticket, at: event.envelope.time, in: catalogue.voices))
    } else if case .timePassed = event.body {
      outputs.append(VoiceRecord.clock(at: event.envelope.time, in: catalogue.voices, partition))
    }
  }

  /// Nothing: the events are triage's to keep.
  public func changes(in state: borrowing Int32) -> [OutgoingRecord] { [] }

  /// There is nothing to accept.
  public func accept(_ state: inout Int32) {}

  /// There is nothing to take back.
  public func rewind(_ state: inout Int32) {}
}
