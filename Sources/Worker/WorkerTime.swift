internal import Glibc

/// The time a worker lives in: the machine's own, or one that a simulation moves.
public struct WorkerTime {
  let now: () -> ContinuousClock.Instant
  let wait: (Duration) -> Void

  /// A time that is read by `now` and spent by `wait`, which blocks the worker's thread.
  public init(now: @escaping () -> ContinuousClock.Instant, wait: @escaping (Duration) -> Void) {
    self.now = now
    self.wait = wait
  }

  /// The machine's own time.
  public static var system: WorkerTime {
    WorkerTime(
      now: { ContinuousClock.now },
      wait: { duration in
        let (seconds, attoseconds) = duration.components
        usleep(UInt32(seconds) * 1_000_000 + UInt32(attoseconds / 1_000_000_000_000))
      })
  }
}
