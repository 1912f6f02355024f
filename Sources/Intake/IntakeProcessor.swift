public import Events
public import Streams

/// Intake as the worker runs it: the payloads of one foreign topic in, events out.
///
/// Events get the customer's key, and the producer's `murmur2_random` their partition: so whatever key a connector has chosen, a customer has one
/// log from here on. What is a fact for everybody goes into each partition. The state is the orders that were told in pieces, by partition of the
/// foreign topic, and is kept in a table; pieces of one order must come in one partition, so a shop's topic is keyed by order.
public struct IntakeProcessor: Processor {
  /// The stream of foreign payloads.
  public let input: StreamTopic
  private let source: IntakeSource
  private let settings: IntakeSettings
  private let catalogue: Catalogue
  private let eventPartitions: Int32
  private let group: String

  /// A processor of what `source` sends to `input`.
  ///
  /// - Parameter eventPartitions: how many partitions `heed.events.v1` has.
  public init(
    _ input: StreamTopic, source: IntakeSource, settings: IntakeSettings, catalogue: Catalogue, eventPartitions: Int32,
    group: String
  ) {
    self.input = input
    self.source = source
    self.settings = settings
    self.catalogue = catalogue
    self.eventPartitions = eventPartitions
    self.group = group
  }

  /// `heed.orders.<source>.v1` for a shop that tells in pieces.
  public var table: TableTopic? {
    source.tellsInPieces ? catalogue.orders(source: settings.name ?? source.name) : nil
  }

  /// Intake that has seen nothing yet.
  public func makeState(partition: Int32) -> Intake { Intake(source, settings: settings, partition: partition) }

  /// Takes what is known of an order.
  public func restore(_ record: Record, into intake: inout Intake) {
    guard let id = record.key.flatMap({ String(validating: $0, as: UTF8.self) }) else { return }
    intake.restore(id, record.value)
  }

  /// The events that a payload tells. What cannot be mapped becomes a dead letter with its bytes, key and headers.
  public func process(_ record: Record, state intake: inout Intake, outputs: inout [OutgoingRecord]) {
    do throws(IntakeFailure) {
      guard let payload = record.value else { return }  // A connector's tombstone: the source deleted something.
      for event in try intake.take(payload) { outputs += records(of: event.traced(by: record.headers)) }
    } catch {
      outputs.append(letter(record, error.asDecodingFailure))
    }
  }

  /// A dead letter that says that the events are too large for the cluster.
  public func substitute(for record: Record, keepingValue: Bool) -> OutgoingRecord? {
    letter(record, .outputTooLarge, keepingValue: keepingValue)
  }

  /// The orders of which something was told, and those that are too many.
  public func changes(in intake: borrowing Intake) -> [OutgoingRecord] {
    guard let table else { return [] }
    let partition = intake.partition
    return intake.changes.map { id, bytes in
      OutgoingRecord(topic: table.name, partition: partition, key: Array(id.utf8), value: bytes)
    }
  }

  /// The events are written.
  public func accept(_ intake: inout Intake) { intake.accept() }

  /// The payloads come again.
  public func rewind(_ intake: inout Intake) { intake.rewind() }

  private func records(of event: Event) -> [OutgoingRecord] {
    guard event.customer == nil else { return [EventEncoder.record(event, in: catalogue)] }
    return (0..<eventPartitions).map { EventEncoder.record(event, partition: $0, in: catalogue) }
  }

  private func letter(_ record: Record, _ failure: DecodingFailure, keepingValue: Bool = true) -> OutgoingRecord {
    DeadLetter(value: record.value ?? [], failure: failure)
      .record(of: record, group: group, in: catalogue, keepingValue: keepingValue)
  }
}

extension Event {
  /// The same with the trace of the record that told it.
  fileprivate func traced(by headers: Headers) -> Event {
    guard let traceparent = headers.text("traceparent") else { return self }
    return Event(
      envelope: Envelope(
        id: envelope.id, source: envelope.source, type: envelope.type, time: envelope.time, subject: envelope.subject,
        partitionKey: envelope.partitionKey, traceparent: traceparent, tracestate: headers.text("tracestate")),
      body: body)
  }
}
