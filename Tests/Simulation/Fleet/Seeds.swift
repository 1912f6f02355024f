internal import Foundation
internal import Glibc
internal import Synchronization

/// Runs many seeds on all cores.
package enum Seeds {
  /// The verdicts of those seeds that do not hold, in the order of the seeds; stops early after so many.
  ///
  /// - Parameter verdict: what to run; the ordinary plan of the seed by default.
  package static func failures(
    _ seeds: Range<UInt64>, stoppingAfter enough: Int = 10,
    verdict: @escaping @Sendable (UInt64) -> SeedVerdict = { SeedVerdict.of(seed: $0) },
    onEach: @escaping @Sendable (SeedVerdict) -> Void = { _ in }
  ) async -> [SeedVerdict] {
    let work = Work(next: seeds.lowerBound)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<ProcessInfo.processInfo.activeProcessorCount {
        group.addTask {
          await onOwnThread {
            while true {
              let seed = work.next.wrappingAdd(1, ordering: .relaxed).oldValue
              guard seed < seeds.upperBound, work.failed.withLock({ $0.count < enough }) else { return }
              let result = verdict(seed)
              if !result.violations.isEmpty { work.failed.withLock { $0.append(result) } }
              onEach(result)
            }
          }
        }
      }
    }
    return work.failed.withLock { $0 }.sorted { $0.seed < $1.seed }
  }

  private final class Work: Sendable {
    let next: Atomic<UInt64>
    let failed = Mutex<[SeedVerdict]>([])

    init(next: UInt64) { self.next = Atomic(next) }
  }

  /// A thread that blocks, and lets others that look at a real clock go first.
  private static func onOwnThread(_ body: @escaping @Sendable () -> Void) async {
    await withCheckedContinuation { continuation in
      let thread = Thread {
        // On Linux this is the niceness of the thread alone, which the threads that it starts inherit.
        setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
        body()
        continuation.resume()
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
  }
}
