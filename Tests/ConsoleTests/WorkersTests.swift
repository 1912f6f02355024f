import Console
import Events
import Streams
import Testing

@Suite struct WorkersTests {
  @Test func aWorkerIsAsLateAsItsSlowestPartition() {
    var state = ConsoleState()
    func at(_ seconds: Int64) -> Timestamp { Timestamp(nanoseconds: seconds * 1_000_000_000) }
    for second in stride(from: Int64(0), through: 100, by: 10) {
      state.take(ends: [0: 200, 1: 500, 2: 7], committed: [0: second, 1: 400, 2: 7], at: at(second))
    }
    let all = Workers.Worker(name: "all", partitions: [0, 1, 2])
    #expect(state.progress.lag(of: all) == 200)
    #expect(state.progress.age(of: all, at: at(100)) == 100, "partition 1 has never moved")
    #expect(state.progress.age(of: Workers.Worker(name: "done", partitions: [2]), at: at(100)) == 0)
    #expect(state.progress.lag(of: Workers.Worker(name: "elsewhere", partitions: [9])) == 0)
  }

  @Test func whatIsToldOfWorkersIsNews() {
    var state = ConsoleState()
    let (before, book) = (state.revision, state.bookRevision)
    state.take(.notTold(code: "_UNSUPPORTED_FEATURE"))
    #expect(state.workers == .notTold(code: "_UNSUPPORTED_FEATURE"))
    #expect(state.revision > before)
    #expect(state.bookRevision == book, "the scorecard has nothing to do with it")
  }
}
