/// A moment after which no more waiting is done.
struct Deadline {
  private let instant: ContinuousClock.Instant

  /// `duration` from now.
  init(in duration: Duration) {
    instant = .now + duration
  }

  var isPast: Bool { instant <= .now }
  /// What is left, never negative.
  var remaining: Duration { max(.zero, ContinuousClock.Instant.now.duration(to: instant)) }
}

extension Duration {
  /// Whole milliseconds for C, rounded up so that a short wait does not become a busy loop, and never C's "for ever" (-1).
  var wholeMilliseconds: Int32 {
    guard self > .zero else { return 0 }
    let (seconds, attoseconds) = components
    let milliseconds = seconds.multipliedReportingOverflow(by: 1000)
    guard !milliseconds.overflow, milliseconds.partialValue < Int64(Int32.max) - 1000 else { return Int32.max }
    return Int32(milliseconds.partialValue + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}
