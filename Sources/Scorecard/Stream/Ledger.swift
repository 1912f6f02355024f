internal import Events

// Problem: a KPI of a day is known when the day is over, and changes afterwards: a customer comes back, an agent gives a verdict, silence
// becomes a resolution. Written once it would be wrong; written whenever a record comes, what is written would depend on the order in which
// partitions are read.
//
// Way out: time is the log's. At each midnight every window that is still followed is measured as it stood then, which depends on nothing but
// the records up to then, and is written where it differs from what was written before. So any reader of the same log writes the same bytes,
// and the last revision of a window is what a recomputation at that midnight gives.

/// What was measured of windows that are over, and what is to be written since it changed.
struct Ledger: Sendable {
  /// For how many days after its end a window is measured again: silence (3) and coming back (7) with days to spare for what people judge.
  /// After that it stays as it is.
  static let followedDays = 14
  /// Parts of one axis that are told apart in a window; the smallest of more are `other` together.
  static let partsMax = 32

  private struct Slot: Hashable {
    let window: KPIMeasured.Window
    let segment: Scorecard.Segment
    let kpi: KPI
  }

  private struct Entry {
    let id: String
    let revision: Int
    let figures: [UInt8]
    /// The same as values; unknown of what was measured before a restart.
    var values: [KPIMeasured.Figure]?
  }

  private var entries: [Slot: Entry] = [:]

  /// Takes what was measured and written before; a lower revision than the one that is known changes nothing.
  mutating func recall(_ recorded: RecordedMeasurement) {
    let slot = Slot(window: recorded.window, segment: recorded.segment, kpi: recorded.kpi)
    guard (entries[slot]?.revision ?? -1) < recorded.revision else { return }
    entries[slot] = Entry(id: recorded.id, revision: recorded.revision, figures: recorded.figures)
  }

  /// What is to be written at the midnight `card.asOf`, in an order that is always the same.
  mutating func close(_ card: Scorecard) -> [KPIMeasured] {
    let windows = Windows.over(at: card.asOf, followedFor: Self.followedDays)
    let followed = Set(windows)
    entries = entries.filter { followed.contains($0.key.window) }
    let known = Dictionary(grouping: entries.keys, by: \.window).mapValues { Set($0.map(\.segment)) }
    return windows.flatMap { window in
      let parts = Scorecard(card) { $0.began >= window.from && $0.began < window.until }.parts(atMost: Self.partsMax)
      // A part may have lost its last ticket: that is a change, too.
      let segments = Set(parts.keys).union(known[window] ?? []).sorted()
      return segments.flatMap { segment in
        measure(window, segment, card.figures(of: parts[segment] ?? []), asOf: card.asOf)
      }
    }
  }

  private mutating func measure(
    _ window: KPIMeasured.Window, _ segment: Scorecard.Segment, _ figures: [KPI: KPIMeasured.Figure],
    asOf: Timestamp
  ) -> [KPIMeasured] {
    KPI.allCases.compactMap { kpi in
      let (measure, pair) = (figures[kpi]!, figures[kpi.pair]!)
      let slot = Slot(window: window, segment: segment, kpi: kpi)
      let before = entries[slot]
      guard before?.values != [measure, pair], before != nil || measure.count > 0 || pair.count > 0 else { return nil }
      let measured = KPIMeasured(
        window: window, segment: KPIMeasured.Segment(segment), measure: measure, pair: pair,
        definition: KPI.definitionVersion, asOf: asOf, revision: before.map { $0.revision + 1 } ?? 0,
        supersedes: before?.id)
      let bytes = measured.figures
      guard bytes != before?.figures else {
        entries[slot]!.values = [measure, pair]
        return nil
      }
      entries[slot] = Entry(
        id: measured.measurement, revision: measured.revision, figures: bytes, values: [measure, pair])
      return measured
    }
  }
}
