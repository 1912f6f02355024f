internal import Foundation

// Virtual time for code that blocks.
//
// The worker's loop is one function that blocks: in a poll, in a commit, in a wait. To run many of them against one clock, with
// everything that may happen in between, each has a thread of its own, but only one thread of a world runs at a time: the one
// that holds the baton. A thread that waits does not sleep. It keeps the baton and does what is due next (a request arrives, a
// marker is written, a session ends) until its own time has come, or that of another thread, to which it hands the baton.
//
// So there is no race, no lock and no real waiting; the order of all that happens follows from the seed alone. What does not
// work instead: one step of the loop at a time as a function call (a worker could never be stopped within a commit, where all the
// interesting failures are), or running the others from within the call that waits (the first could go on only after they did).

/// A clock, and what is due when.
package final class World {
  private enum Action {
    case run(() -> Void)
    case resume(Strand, turn: Int)
  }

  /// Time since the world began.
  package private(set) var now: Duration = .zero
  package let journal: Journal
  /// What is due, the next last.
  private var agenda: [(at: Duration, action: Action)] = []
  /// The thread that made the world, on which it is run.
  private lazy var director = Strand(world: self, name: "director")
  fileprivate var livingThreads = 0

  package init(journal: Journal = Journal()) { self.journal = journal }

  /// Does `body` so much later; of two for the same time the one asked for first comes first.
  package func after(_ delay: Duration, _ body: @escaping () -> Void) { put(.run(body), at: now + delay) }

  /// Lets the world go on for so long. Called by the thread that made it, and by no other.
  package func run(for duration: Duration) { director.sleep(until: now + duration) }

  /// Waits until no worker's thread is left.
  package func waitForThreads() {
    while livingThreads > 0 { run(for: .milliseconds(1)) }
  }

  private func put(_ action: Action, at time: Duration) {
    var (low, high) = (0, agenda.count)
    while low < high {
      let middle = (low + high) / 2
      if agenda[middle].at <= time { high = middle } else { low = middle + 1 }
    }
    agenda.insert((time, action), at: low)
  }

  fileprivate func resume(_ strand: Strand, at time: Duration) {
    strand.turn += 1
    put(.resume(strand, turn: strand.turn), at: time)
  }

  /// Does what is due until it is the turn of `strand`; without one, until the baton is handed on.
  fileprivate func advance(as strand: Strand?) {
    while let next = agenda.popLast() {
      now = next.at
      switch next.action {
      case .run(let body): body()
      case .resume(let other, let turn):
        guard turn == other.turn else { continue }
        if other.heldUntil > now {
          resume(other, at: other.heldUntil)
          continue
        }
        if other === strand { return }
        other.baton.signal()
        // Whoever comes upon our turn hands us the baton.
        strand?.baton.wait()
        return
      }
    }
    preconditionFailure("the director always waits for something")
  }
}

/// A thread of a world. It runs only while it holds the world's baton.
package final class Strand {
  package let name: String
  /// The process stands still until then, as after a SIGSTOP.
  package var heldUntil: Duration = .zero
  /// Its process is dead: what the thread still does takes no time and reaches nobody.
  package private(set) var isReleased = false
  fileprivate var turn = 0
  fileprivate let baton = DispatchSemaphore(value: 0)
  private let world: World
  private var isAsleep = false

  package init(world: World, name: String) {
    self.world = world
    self.name = name
  }

  /// Starts a thread that runs `body`.
  package func start(_ body: @escaping () -> Void) {
    // Safe because only the holder of the baton touches anything of the world.
    nonisolated(unsafe) let (me, body) = (self, body)
    world.livingThreads += 1
    let thread = Thread {
      me.baton.wait()
      body()
      me.world.livingThreads -= 1
      me.world.advance(as: nil)
    }
    thread.name = name
    thread.start()
    world.resume(self, at: world.now)
  }

  /// Waits until `time`, or until it is woken. Called on this thread only.
  package func sleep(until time: Duration) {
    isAsleep = true
    world.resume(self, at: max(time, world.now))
    world.advance(as: self)
    isAsleep = false
  }

  /// Spends `duration`, whatever it is woken for; a thread that is released spends no time any more.
  package func spend(_ duration: Duration) {
    let end = world.now + duration
    while world.now < end, !isReleased { sleep(until: end) }
  }

  /// Its process died.
  package func release() {
    isReleased = true
    heldUntil = .zero
    wake()
  }

  /// Ends a sleep early.
  package func wake() {
    if isAsleep { world.resume(self, at: world.now) }
  }
}
