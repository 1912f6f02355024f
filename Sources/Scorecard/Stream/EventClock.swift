public import Events

/// What time it is in a log of several partitions that are read each at its own pace.
///
/// Where somebody tells the time (`heed.time.passed.v1`, in every partition), it is the least of what partitions have been told: then all of
/// them have been read up to there. Where nobody does, it is the newest event's, and what comes later than that is corrected later.
public struct EventClock: Sendable {
  private var told: [Timestamp?]
  private var newest: Timestamp?

  /// The clock of a log with so many partitions.
  public init(partitions: Int) { told = Array(repeating: nil, count: partitions) }

  /// Takes an event that stands in `partition`.
  public mutating func take(_ event: Event, in partition: Int) {
    let time = event.envelope.time
    newest = max(newest ?? time, time)
    guard case .timePassed = event.body, told.indices.contains(partition) else { return }
    told[partition] = max(told[partition] ?? time, time)
  }

  /// The time; `nil` as long as it is not known.
  public var time: Timestamp? {
    if told.allSatisfy({ $0 == nil }) { return newest }
    return told.contains { $0 == nil } ? nil : told.lazy.compactMap(\.self).min()
  }
}
