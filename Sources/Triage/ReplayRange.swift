public import Events
public import Streams

/// The events of a log that a backfill writes about. Those before them are folded all the same, so that contexts are as they were.
public struct ReplayRange: Sendable, Hashable {
  /// From this time on, by the events' own; `nil` from the beginning.
  public var from: Timestamp?
  /// Before this time; `nil` to the end.
  public var until: Timestamp?
  /// The offsets, by partition; a partition that is not named is left out. Empty is every offset.
  public var offsets: [Int32: Range<Offset>]

  /// A range; without limits the whole log.
  public init(from: Timestamp? = nil, until: Timestamp? = nil, offsets: [Int32: Range<Offset>] = [:]) {
    self.from = from
    self.until = until
    self.offsets = offsets
  }

  /// Whether an event of `time` at `offset` in `partition` is in it.
  public func contains(_ time: Timestamp, partition: Int32, offset: Offset) -> Bool {
    (from.map { $0 <= time } ?? true) && (until.map { time < $0 } ?? true)
      && (offsets.isEmpty || offsets[partition]?.contains(offset) == true)
  }

  /// In words that say all of it: two ranges with the same words are the same.
  public var words: String {
    let times = [from.map { "from \($0.rfc3339)" }, until.map { "until \($0.rfc3339)" }].compactMap { $0 }
    let places = offsets.sorted { $0.key < $1.key }.map {
      "offsets \($0.key):\($0.value.lowerBound)-\($0.value.upperBound)"
    }
    return times.isEmpty && places.isEmpty ? "the whole log" : (times + places).joined(separator: ", ")
  }
}
