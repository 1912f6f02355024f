public import Events
public import Streams

/// A backfill as a worker runs it: it reads the live events, and all that it writes stands under a prefix of its own.
///
/// Every event is folded, and outputs are written only of those in the range. Contexts are kept under the own prefix, too, so that
/// it goes on where it stopped, and any number of workers can share it. What belongs to another id of a customer was passed on when the
/// log was written, and stands in it: nothing is passed on here. Ids are derived from the events, so they are the live ones.
public struct ReplayProcessor: Processor {
  private let pipeline: TicketPipeline
  private let live: Catalogue
  private let own: Catalogue
  private let group: String
  private let range: ReplayRange

  /// A backfill of `range` of the events of `live`, written to the topics of `own`.
  ///
  /// - Precondition: the two have different prefixes.
  public init(pipeline: TicketPipeline, from live: Catalogue, into own: Catalogue, group: String, range: ReplayRange) {
    precondition(live.prefix != own.prefix, "a backfill writes where nobody reads what is live")
    self.pipeline = pipeline
    self.live = live
    self.own = own
    self.group = group
    self.range = range
  }

  /// The key in the table under which the plan of the backfill stands: no customer's.
  public static let planKey = "*plan"

  /// The live events.
  public var input: StreamTopic { live.events }

  /// Contexts of its own.
  public var table: TableTopic? { own.contexts }

  /// The shelf of a partition in which nothing ever happened.
  public func makeState(partition: Int32) -> Shelf { Shelf(partition: partition) }

  /// Takes a context from the table.
  public func restore(_ record: Record, into shelf: inout Shelf) {
    if record.key?.elementsEqual(Self.planKey.utf8) != true { shelf.restore(record) }
  }

  /// Folds every event, and writes of those in the range.
  public func process(_ record: Record, state shelf: inout Shelf, outputs: inout [OutgoingRecord]) {
    do {
      let (event, digest) = try EventDecoder.decodeWithDigest(record)
      let written = pipeline.process(event, digest: digest, at: record.offset, shelf: &shelf)
      guard contains(record, event.envelope.time) else { return }
      for output in written { outputs.append(output.record(in: own)) }
    } catch {
      // What cannot be read says no time, so the log's own has to do.
      guard contains(record, Timestamp(nanoseconds: record.timestampMilliseconds * 1_000_000)) else { return }
      outputs.append(DeadLetter(value: record.value ?? [], failure: error).record(of: record, group: group, in: own))
    }
  }

  private func contains(_ record: Record, _ time: Timestamp) -> Bool {
    range.contains(time, partition: record.source.partition, offset: record.offset)
  }

  /// A dead letter of its own that says that the outputs are too large for the cluster.
  public func substitute(for record: Record, keepingValue: Bool) -> OutgoingRecord? {
    DeadLetter(value: record.value ?? [], failure: .outputTooLarge)
      .record(of: record, group: group, in: own, keepingValue: keepingValue)
  }

  /// The contexts that changed.
  public func changes(in shelf: borrowing Shelf) -> [OutgoingRecord] { shelf.changes(for: own.contexts) }

  /// The changes are written.
  public func accept(_ shelf: inout Shelf) { shelf.accept() }

  /// The changes are taken back.
  public func rewind(_ shelf: inout Shelf) { shelf.rewind() }
}
