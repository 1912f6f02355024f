internal import Streams

/// How one partition of the input comes on: what is known of it from commits, from its ends, and from asking the cluster.
///
/// Pure: time comes in. The cluster is asked by another client than the one that reads, so that a partition that silently
/// stops being fetched is noticed.
struct PartitionProgress: Sendable, Equatable {
  /// The next offset to read: committed, or known to be the end.
  private(set) var position: Offset?
  /// The last stable offset when it was last asked for.
  private(set) var end: Offset?
  /// How many offsets lie behind the last stable one, in transactions that are open or behind such.
  private(set) var hidden: Int64 = 0
  /// Since when the last stable offset has stood still before them; `nil` if nothing is hidden.
  private var hiddenSince: ContinuousClock.Instant?
  /// Whether it was told that they are held back.
  private var isHoldTold = false
  /// Since when records have been waiting without the position moving; `nil` if none wait.
  private var waitingSince: ContinuousClock.Instant?
  private var lastSample: (position: Offset, end: Offset, at: ContinuousClock.Instant)?
  /// Offsets a second by which the lag shrinks, smoothed over about a minute; `nil` before two samples.
  private var shrinking: Double?

  static func == (a: Self, b: Self) -> Bool { a.position == b.position && a.end == b.end && a.hidden == b.hidden }

  /// Committed up to `position`.
  mutating func moved(to position: Offset, at now: ContinuousClock.Instant) {
    guard position != self.position else { return }
    self.position = position
    waitingSince = hasWaiting ? now : nil
  }

  /// Read to its end. The end can lie behind the last commit, since control records are nobody's.
  mutating func caughtUp(_ end: EndOfPartition, at now: ContinuousClock.Instant) {
    let stable = max(self.end ?? end.next, end.next)
    hides(end.highWatermark - end.next, behind: stable, at: now)
    self.end = stable
    moved(to: max(position ?? end.next, end.next), at: now)
  }

  /// The cluster says where the log ends, transactions that are open left out; and, unless `nil`, where with them.
  mutating func sampled(end: Offset, written: Offset? = nil, at now: ContinuousClock.Instant) {
    if let written { hides(written - end, behind: end, at: now) }
    self.end = end
    if !hasWaiting { waitingSince = nil } else if waitingSince == nil { waitingSince = now }
    guard let position else { return }
    if let last = lastSample {
      let seconds = last.at.duration(to: now) / .seconds(1)
      guard seconds > 0 else { return }
      let rate = Double((position - last.position) - (end - last.end)) / seconds
      let weight = min(1, seconds / 60)
      shrinking = shrinking.map { $0 + (rate - $0) * weight } ?? rate
    }
    lastSample = (position, end, now)
  }

  private mutating func hides(_ count: Int64, behind stable: Offset, at now: ContinuousClock.Instant) {
    hidden = max(0, count)
    if hidden > 0, hiddenSince != nil, stable == end { return }
    hiddenSince = hidden > 0 ? now : nil
    isHoldTold = false
  }

  /// For how long the last stable offset has stood still before hidden records.
  func hiddenAge(at now: ContinuousClock.Instant) -> Duration { hiddenSince?.duration(to: now) ?? .zero }

  /// Whether records are held back: for longer than a transaction lasts that nothing is wrong with.
  func isHeldBack(at now: ContinuousClock.Instant) -> Bool { hiddenAge(at: now) >= Self.holdPatience }

  /// Ten seconds: writers commit several times a second, or every few seconds at most.
  static var holdPatience: Duration { .seconds(10) }

  /// The same, once for each time that the last stable offset stands still.
  mutating func takesHoldToTell(at now: ContinuousClock.Instant) -> Bool {
    guard isHeldBack(at: now), !isHoldTold else { return false }
    isHoldTold = true
    return true
  }

  /// Nobody could expect progress until now, so the waiting begins anew.
  mutating func excused(at now: ContinuousClock.Instant) {
    if waitingSince != nil { waitingSince = now }
  }

  /// Offsets between position and end.
  var lag: Int64? {
    guard let position, let end else { return nil }
    return max(0, end - position)
  }

  private var hasWaiting: Bool { (lag ?? 0) > 0 }

  /// How long records have been waiting without the position moving.
  func age(at now: ContinuousClock.Instant) -> Duration { waitingSince?.duration(to: now) ?? .zero }

  /// Seconds until nothing waits at the rates of the last minute; infinite if the lag does not shrink, `nil` if not known.
  var secondsToClear: Double? {
    guard let lag else { return nil }
    if lag == 0 { return 0 }
    guard let shrinking else { return nil }
    return shrinking > 0 ? Double(lag) / shrinking : .infinity
  }
}
