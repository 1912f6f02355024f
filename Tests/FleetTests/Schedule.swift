import Simulation

/// What befalls a fleet, round by round, from a seed.
struct Schedule {
  enum Misfortune: CaseIterable {
    /// Killed at once, and started again.
    case kill
    /// Stopped for longer than its session lasts, and let go on.
    case pause
    /// The same, and meanwhile another takes its place.
    case replace
    /// Asked to stop, and started again.
    case restart
  }

  struct Round {
    let misfortune: Misfortune
    let worker: Int
    /// So long after the first events of the round.
    let delayMilliseconds: Int
  }

  let rounds: [Round]

  /// Each misfortune comes once before any comes again, in an order that the seed decides.
  init(seed: UInt64, rounds count: Int, workers: Int, of misfortunes: [Misfortune]) {
    var dice = Dice(seed: seed)
    var rounds: [Round] = []
    var rest: [Misfortune] = []
    for _ in 0..<count {
      if rest.isEmpty { rest = misfortunes }
      let misfortune = rest.remove(at: dice.roll(rest.count))
      rounds.append(Round(misfortune: misfortune, worker: dice.roll(workers), delayMilliseconds: dice.roll(50...900)))
    }
    self.rounds = rounds
  }
}
