public import Events
public import Streams

/// The half of egress that speaks: cases and resolutions in, update requests out.
///
/// It reads all queues' cases beside the resolutions, and follows the table of voices: that is read to its end before the first reply is
/// taken, and on from there. So with the knowledge of a moment it decides what is sent:
///
/// - **Guaranteed:** no reply leaves after egress has read of the takeover, in whatever order cases, resolutions and takeovers come, and
///   however workers crash: what stands in the table is never taken back. After a standstill of egress all takeovers that were
///   read meanwhile are known before the first reply.
/// - **Not guaranteed:** a takeover that nobody has told Heed of yet (the webhook is on its way, or the listener lags) does not stop a reply,
///   and what stands in the topic of updates cannot be called back: whoever sends it should do so at once, and drop what is older
///   than its `expiresAt`.
public struct EgressProcessor: Processor {
  private let egress: Egress
  private let catalogue: Catalogue
  private let queues: [String]
  private let group: String

  /// A processor that writes for `targets` what comes from these queues and from the resolutions.
  public init(targets: [EgressTarget], queues: [String], catalogue: Catalogue, group: String) {
    egress = Egress(targets)
    self.catalogue = catalogue
    self.queues = queues
    self.group = group
  }

  /// `heed.resolutions.v1`.
  public var input: StreamTopic { catalogue.resolutions }

  /// The resolutions and the cases of every queue: all are keyed by ticket.
  public var inputs: [StreamTopic] { [input] + queues.map { catalogue.cases(queue: $0) } }

  /// `heed.voices.v1`.
  public var table: TableTopic? { catalogue.voices }

  /// Yes: the listener writes to it.
  public var followsTable: Bool { true }

  /// The voices of a partition of which nothing is known.
  public func makeState(partition: Int32) -> Voices { Voices(partition: partition) }

  /// Takes a takeover, or the time.
  public func restore(_ record: Record, into voices: inout Voices) { voices.restore(record) }

  /// Decodes and asks for updates. What cannot be decoded becomes a dead letter.
  public func process(_ record: Record, state voices: inout Voices, outputs: inout [OutgoingRecord]) {
    voices.lookForOutdated()
    do throws(DecodingFailure) {
      guard let (envelope, handover) = try HandoverDecoder.decode(record) else { return }
      for update in try egress.updates(for: handover, because: envelope, voices: &voices) {
        outputs.append(update.record(in: catalogue))
      }
    } catch {
      outputs.append(
        DeadLetter(value: record.value ?? [], failure: error).record(of: record, group: group, in: catalogue))
    }
  }

  /// A dead letter that says that the requests are too large for the cluster.
  public func substitute(for record: Record, keepingValue: Bool) -> OutgoingRecord? {
    DeadLetter(value: record.value ?? [], failure: .outputTooLarge)
      .record(of: record, group: group, in: catalogue, keepingValue: keepingValue)
  }

  /// What was learnt, and what is forgotten.
  public func changes(in voices: borrowing Voices) -> [OutgoingRecord] { voices.changes(for: catalogue.voices) }

  /// The changes are written.
  public func accept(_ voices: inout Voices) { voices.accept() }

  /// The changes are taken back.
  public func rewind(_ voices: inout Voices) { voices.rewind() }
}
