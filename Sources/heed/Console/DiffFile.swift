import Console
import Events
import Foundation
import Logging
import Synchronization
import Web

/// The file of a comparison, read again when it changes: looked at when somebody looks at the page, and at most once a second.
final class DiffFile: Sendable {
  /// A comparison of a year with every kind of change has some hundred kilobytes.
  static let bytesMax = 4 << 20

  private struct Stamp: Equatable {
    let changed: Date
    let bytes: Int
  }
  private struct State {
    var looked: ContinuousClock.Instant?
    var stamp: Stamp?
    var diff: LastDiff
  }

  private let path: String
  private let logger: Logger
  private let state: Mutex<State>

  init(_ path: String, logger: Logger) {
    self.path = path
    self.logger = logger
    state = Mutex(State(diff: .unreadable(words: Self.missing)))
  }

  /// What stands in it now.
  func diff(at now: ContinuousClock.Instant = .now) -> LastDiff {
    state.withLock { state in
      if let looked = state.looked, looked.duration(to: now) < .seconds(1) { return state.diff }
      let isFirst = state.looked == nil
      state.looked = now
      let stamp = Self.stamp(path)
      guard isFirst || stamp != state.stamp else { return state.diff }
      state.stamp = stamp
      state.diff = stamp.map { Self.read(path, $0) } ?? .unreadable(words: Self.missing)
      if case .unreadable(let words) = state.diff {
        logger.warning("the comparison of policies is not shown", metadata: ["file": "\(path)", "reason": "\(words)"])
      }
      return state.diff
    }
  }

  private static let missing = "The file of the comparison is not there."

  private static func stamp(_ path: String) -> Stamp? {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
      attributes[.type] as? FileAttributeType == .typeRegular, let changed = attributes[.modificationDate] as? Date,
      let bytes = attributes[.size] as? Int
    else { return nil }
    return Stamp(changed: changed, bytes: bytes)
  }

  private static func read(_ path: String, _ stamp: Stamp) -> LastDiff {
    guard stamp.bytes <= bytesMax else {
      return .unreadable(words: "The file of the comparison has more than \(bytesMax >> 20) MiB.")
    }
    guard let file = FileHandle(forReadingAtPath: path), let data = try? file.read(upToCount: bytesMax + 1) else {
      return .unreadable(words: "The file of the comparison cannot be read.")
    }
    guard data.count <= bytesMax, let view = DiffView(data: [UInt8](data)) else {
      return .unreadable(words: "The file is no comparison: heed diff --json writes one.")
    }
    let written = Timestamp(nanoseconds: Int64(stamp.changed.timeIntervalSince1970 * 1_000) * 1_000_000)
    return .read(view, written: written)
  }
}
