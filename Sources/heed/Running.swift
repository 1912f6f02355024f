import Foundation
import Synchronization

/// Something that blocks, on a thread of its own with a name, whose result can be waited for: from a thread by `wait`, from
/// a task by `value`.
final class Running<Value: Sendable>: Sendable {
  private let state = Mutex<(value: Value?, waiters: [CheckedContinuation<Value, Never>])>((nil, []))
  private let semaphore = DispatchSemaphore(value: 0)

  init(name: String, _ body: @escaping @Sendable () -> Value) {
    let thread = Thread {
      let value = body()
      let waiters = self.state.withLock { state in
        state.value = value
        defer { state.waiters = [] }
        return state.waiters
      }
      for waiter in waiters { waiter.resume(returning: value) }
      self.semaphore.signal()
    }
    thread.name = name
    thread.stackSize = 8 << 20
    thread.start()
  }

  /// Blocks the calling thread until the body has ended.
  func wait() -> Value {
    semaphore.wait()
    semaphore.signal()
    return state.withLock { $0.value! }
  }

  /// Suspends the calling task until the body has ended.
  func value() async -> Value {
    await withCheckedContinuation { continuation in
      let value = state.withLock { state in
        if state.value == nil { state.waiters.append(continuation) }
        return state.value
      }
      if let value { continuation.resume(returning: value) }
    }
  }
}
