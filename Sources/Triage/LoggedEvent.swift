public import Events
public import Streams

/// An event as a log keeps it: a line of a file, or a record of a topic.
public enum LoggedEvent: Sendable {
  /// A structured CloudEvent, at this line of a file.
  case line([UInt8], Offset)
  /// A record of `heed.events.v1`.
  case record(Record)

  /// Where it stands in its partition; a file is one.
  public var position: Offset {
    switch self {
    case .line(_, let position): position
    case .record(let record): record.offset
    }
  }

  /// The partition it stands in.
  public var partition: Int32 {
    switch self {
    case .line: 0
    case .record(let record): record.source.partition
    }
  }

  /// The bytes that would be rejected.
  public var value: [UInt8] {
    switch self {
    case .line(let line, _): line
    case .record(let record): record.value ?? []
    }
  }

  /// The event as a line; `nil` for a record that is no event.
  public var structured: [UInt8]? {
    switch self {
    case .line(let line, _): line
    case .record(let record): StructuredLine.make(from: record)
    }
  }

  /// What it says.
  ///
  /// - Throws: `DecodingFailure`; it is a dead letter.
  public func decoded() throws(DecodingFailure) -> Event {
    switch self {
    case .line(let line, _): try EventDecoder.decode(structured: line)
    case .record(let record): try EventDecoder.decode(record)
    }
  }

  /// The digest of what it says.
  public var digest: EventDigest? {
    switch self {
    case .line(let line, _): EventDigest(structured: line)
    case .record(let record): EventDigest(record)
    }
  }
}

extension TicketPipeline {
  /// Folds a logged event into the shelf of its partition and says what is to be written. What cannot be read is a dead letter.
  func process(_ logged: LoggedEvent, shelves: inout [Int32: Shelf]) -> Outcome {
    do {
      let event = try logged.decoded()
      let outputs = process(
        event, digest: logged.digest, at: logged.position,
        shelf: &shelves[logged.partition, default: Shelf(partition: logged.partition)])
      shelves[logged.partition]!.accept()
      return .decided(event, outputs)
    } catch {
      return .rejected(DeadLetter(value: logged.value, failure: error))
    }
  }

  /// What became of a logged event.
  enum Outcome {
    case decided(Event, [OutputEvent])
    case rejected(DeadLetter)
  }
}
