import ArgumentParser
import Events
import Foundation
import Streams
import Triage

/// Which part of the log is meant.
struct ReplayRangeOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("From this time on, by the events' own.", valueName: "rfc3339")) var from:
    String?
  @Option(name: .long, help: ArgumentHelp("Before this time.", valueName: "rfc3339")) var until: String?
  @Option(name: .customLong("for"), help: ArgumentHelp("So long from --from on: 36h, 7d.", valueName: "duration"))
  var duration: String?
  @Option(
    name: .long,
    help: ArgumentHelp("The last days or hours before today began (UTC): 7d.", valueName: "duration"))
  var last: String?
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "Offsets of a partition, the last one left out; may be repeated.", valueName: "partition:from-to"))
  var offsets: [String] = []

  func validate() throws {
    if last != nil, from != nil || until != nil || duration != nil {
      throw ValidationError("--last says from when to when: leave out --from, --until and --for")
    }
    if duration != nil, from == nil || until != nil {
      throw ValidationError("--for goes with --from, and without --until")
    }
    _ = try range(today: Timestamp(nanoseconds: 0))
  }

  /// Whether it has no end but the log's.
  var isOpen: Bool { until == nil && duration == nil && last == nil && offsets.isEmpty }

  /// The range, where today begins at `today`.
  func range(today: Timestamp) throws -> ReplayRange {
    var range = ReplayRange(from: try Self.time(from), until: try Self.time(until))
    if let duration { range.until = range.from!.adding(seconds: try Self.seconds(duration)) }
    if let last { (range.from, range.until) = (today.adding(seconds: -(try Self.seconds(last))), today) }
    if let from = range.from, let until = range.until, from >= until { throw ValidationError("the range is empty") }
    for text in offsets {
      guard let match = text.wholeMatch(of: /([0-9]{1,9}):([0-9]{1,18})-([0-9]{1,18})/), let partition = Int32(match.1),
        let first = Offset(match.2), let end = Offset(match.3), first < end, range.offsets[partition] == nil
      else { throw ValidationError("--offsets takes partition:from-to, such as 3:1000-2000, once for a partition") }
      range.offsets[partition] = first..<end
    }
    return range
  }

  private static func time(_ text: String?) throws -> Timestamp? {
    guard let text else { return nil }
    guard let time = Timestamp(rfc3339: text) else {
      throw ValidationError("\(text) is no time such as 2026-03-02T06:00:00Z")
    }
    return time
  }

  private static func seconds(_ text: String) throws -> Int64 {
    guard let match = text.wholeMatch(of: /([0-9]{1,6})([dhms])/), let count = Int64(match.1), count > 0 else {
      throw ValidationError("\(text) is no duration such as 7d, 36h or 90m")
    }
    return count * (["d": 86_400, "h": 3_600, "m": 60, "s": 1][match.2] ?? 1)
  }
}
