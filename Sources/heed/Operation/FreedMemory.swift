import CMalloc
import ServiceLifecycle

/// Gives freed memory back to the system, four times a minute.
///
/// A state that is copied while pages are made of it frees tables beside what stays, in an arena for each thread; glibc would keep
/// these holes, some twice of what is in use after half an hour of traffic, until the top of an arena is free (malloc_trim(3)).
struct FreedMemory: Service {
  func run() async {
    await cancelWhenGracefulShutdown {
      while (try? await Task.sleep(for: .seconds(15))) != nil { malloc_trim(0) }
    }
  }
}
