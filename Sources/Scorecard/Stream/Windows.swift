internal import Events

/// Days and weeks of UTC: the windows that are measured when they are over.
enum Windows {
  private static let day: Int64 = 86_400

  /// The first midnight that is not before `time`.
  static func midnight(from time: Timestamp) -> Timestamp {
    let midnight = Timestamp(nanoseconds: number(of: time) * day * 1_000_000_000)
    return midnight < time ? midnight.adding(seconds: day) : midnight
  }

  /// Midnights after `start` and up to `end`, the last `most` of them.
  static func midnights(after start: Timestamp, upTo end: Timestamp, most: Int) -> [Timestamp] {
    guard start < end else { return [] }
    let (first, last) = (number(of: start) + 1, number(of: end))
    guard first <= last else { return [] }
    return (max(first, last - Int64(most) + 1)...last).map { Timestamp(nanoseconds: $0 * day * 1_000_000_000) }
  }

  /// The windows that ended at the midnight `time`, or not more than `days` before it, oldest first.
  static func over(at time: Timestamp, followedFor days: Int) -> [KPIMeasured.Window] {
    (0..<Int64(days)).reversed().flatMap { age -> [KPIMeasured.Window] in
      let end = time.adding(seconds: -age * day)
      var windows = [KPIMeasured.Window(.day, from: end.adding(seconds: -day), until: end)]
      // The first day of 1970 was a Thursday.
      if (number(of: end) + 3) % 7 == 0 {
        windows.append(KPIMeasured.Window(.week, from: end.adding(seconds: -7 * day), until: end))
      }
      return windows
    }
  }

  /// Days since 1970, rounded down.
  static func number(of time: Timestamp) -> Int64 {
    let (days, rest) = time.nanoseconds.quotientAndRemainder(dividingBy: day * 1_000_000_000)
    return rest < 0 ? days - 1 : days
  }
}
