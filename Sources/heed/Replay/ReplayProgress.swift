import Foundation
import Streams

/// How far a process is with the partitions it has.
struct ReplayProgress {
  /// What the log kept of each partition when the process began.
  private let log: [Int32: Range<Offset>]
  private var positions: [Int32: Offset] = [:]
  private(set) var records = 0
  private(set) var written = 0

  init(log: [Int32: Range<Offset>]) { self.log = log }

  /// It has these partitions now, and was so far in them.
  mutating func assigned(_ partitions: [Int32], committed: [Int32: Offset]) {
    positions = Dictionary(
      uniqueKeysWithValues: partitions.map { ($0, committed[$0] ?? log[$0]?.lowerBound ?? 0) })
  }

  /// It has done so much more.
  mutating func committed(_ positions: [Int32: Offset], records: Int, written: Int) {
    self.positions.merge(positions) { $1 }
    self.records += records
    self.written += written
  }

  /// Offsets of its partitions that are done, and all of them.
  var share: (done: Int64, all: Int64) {
    positions.reduce(into: (0, 0)) { share, entry in
      guard let range = log[entry.key] else { return }
      share.done += min(max(entry.value, range.lowerBound), range.upperBound) - range.lowerBound
      share.all += range.upperBound - range.lowerBound
    }
  }

  /// The bar, after so many seconds.
  func line(after seconds: Double, width: Int = 30) -> String {
    let (done, all) = share
    let part = all == 0 ? 1 : Double(done) / Double(all)
    let filled = Int(part * Double(width))
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    let rate = seconds > 0 ? Double(records) / seconds : 0
    let rest = rate > 0 ? Self.words(seconds: Double(all - done) / rate) + " left" : "…"
    return "\(bar) \(Int(part * 100)) %  \(done) of \(all)  \(Int(rate))/s  \(rest)"
  }

  /// `42 s`, `3 min 20 s`, `2 h 5 min`.
  static func words(seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    if whole < 60 { return "\(whole) s" }
    return whole < 3_600 ? "\(whole / 60) min \(whole % 60) s" : "\(whole / 3_600) h \(whole % 3_600 / 60) min"
  }
}
