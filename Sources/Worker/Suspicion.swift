internal import Streams

/// Finds the record whose outputs the cluster does not take, at whatever number of attempts, and says what to write for it.
///
/// The batch that was refused is repeated in halves until a batch of one record is refused; that record then gets a
/// substitute that needs less. So its neighbours are written, and no batch is repeated for ever.
struct Suspicion {
  /// What is written for a record.
  enum Form: Int, Sendable {
    /// Its outputs.
    case outputs
    /// A dead letter with its bytes in place of the outputs.
    case deadLetter
    /// A dead letter that only says where it stands: the bytes are what is too large.
    case deadLetterWithoutBytes
    /// Nothing, as nothing is taken.
    case nothing
  }

  /// Up to where the records of the refused batch reach.
  private var ends: [TopicPartition: Offset] = [:]
  private var refusals: [Place: Int] = [:]
  /// How many records a batch may have while there is a suspicion.
  private(set) var recordsMax = Int.max

  private struct Place: Hashable {
    let source: TopicPartition
    let offset: Offset
  }

  /// A batch was refused that took these partitions up to these positions; if it had one record only, at `offset`, that is
  /// the one.
  mutating func refused(
    _ positions: [TopicPartition: Offset], records: Int, last: (source: TopicPartition, offset: Offset)
  ) {
    ends.merge(positions) { max($0, $1) }
    recordsMax = max(1, records / 2)
    if records == 1 { refusals[Place(source: last.source, offset: last.offset), default: 0] += 1 }
  }

  /// A partition is committed up to `position`. With the one that was found, the suspicion is over: if there is another one
  /// in the batch, it raises a new one.
  mutating func passed(_ source: TopicPartition, to position: Offset) {
    guard recordsMax < .max else { return }
    let isFound = refusals.contains { $0.key.source == source && $0.key.offset < position }
    if let end = ends[source], position >= end { ends[source] = nil }
    if isFound || ends.isEmpty { self = Suspicion() }
  }

  /// What to write for a record.
  func form(of source: TopicPartition, _ offset: Offset) -> Form {
    if refusals.isEmpty { return .outputs }
    return Form(rawValue: refusals[Place(source: source, offset: offset)] ?? 0) ?? .nothing
  }
}
