import CMalloc
import ServiceLifecycle

/// Gives freed memory back to the system, four times a minute.
///
/// A state that is copied while pages are made of it frees tables beside what stays, in an arena for each thread. glibc would keep the
/// holes, after half an hour of traffic more than what is in use: so tables are mapped each for itself, and the pages of holes are given
/// back (mallopt(3), malloc_trim(3)).
struct FreedMemory: Service {
  func run() async {
    // Set, it also stays so: by itself it grows with each table that is freed.
    mallopt(M_MMAP_THRESHOLD, 131_072)
    await cancelWhenGracefulShutdown {
      while (try? await Task.sleep(for: .seconds(15))) != nil { malloc_trim(0) }
    }
  }
}
