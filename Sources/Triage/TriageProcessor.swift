public import Events
public import Streams

/// The pipeline as the worker runs it: records in, records out. It writes to the stream it reads, too: what belongs to another id of a
/// customer (`CustomerLinks.swift`). All that is not about Kafka's records is in
/// `TicketPipeline.swift`.
public struct TriageProcessor: Processor {
  private let pipeline: TicketPipeline
  private let catalogue: Catalogue
  private let group: String

  /// A processor of `pipeline` on the topics of `catalogue`, for the consumer group `group`.
  public init(pipeline: TicketPipeline, catalogue: Catalogue, group: String) {
    self.pipeline = pipeline
    self.catalogue = catalogue
    self.group = group
  }

  /// `heed.events.v1`.
  public var input: StreamTopic { catalogue.events }

  /// `heed.contexts.v1`.
  public var table: TableTopic? { catalogue.contexts }

  /// The shelf of a partition in which nothing ever happened.
  public func makeState(partition: Int32) -> Shelf { Shelf(partition: partition) }

  /// Takes a context from the table.
  public func restore(_ record: Record, into shelf: inout Shelf) { shelf.restore(record) }

  /// Decodes, folds, encodes. What cannot be decoded becomes a dead letter with its bytes, key and headers.
  public func process(_ record: Record, state shelf: inout Shelf, outputs: inout [OutgoingRecord]) {
    do {
      let (event, digest) = try EventDecoder.decodeWithDigest(record)
      var passedOn: [Event] = []
      let decided = pipeline.process(event, digest: digest, at: record.offset, shelf: &shelf, passedOn: &passedOn)
      for output in decided { outputs.append(output.record(in: catalogue)) }
      for event in passedOn { outputs.append(EventEncoder.record(event, in: catalogue)) }
    } catch {
      let letter = DeadLetter(value: record.value ?? [], failure: error)
      outputs.append(letter.record(of: record, group: group, in: catalogue))
    }
  }

  /// A dead letter that says that the outputs are too large for the cluster.
  public func substitute(for record: Record, keepingValue: Bool) -> OutgoingRecord? {
    DeadLetter(value: record.value ?? [], failure: .outputTooLarge)
      .record(of: record, group: group, in: catalogue, keepingValue: keepingValue)
  }

  /// The contexts that changed.
  public func changes(in shelf: borrowing Shelf) -> [OutgoingRecord] { shelf.changes(for: catalogue.contexts) }

  /// The changes are written.
  public func accept(_ shelf: inout Shelf) { shelf.accept() }

  /// The changes are taken back.
  public func rewind(_ shelf: inout Shelf) { shelf.rewind() }
}
