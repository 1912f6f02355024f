public import Events

/// How many decisions fell into each of the last steps of time, by action: a window of a fixed size that moves with what is counted.
public struct Rates: Sendable {
  /// How long a step is, in seconds.
  public static let step: Int64 = 10
  /// How many steps are kept.
  public static let steps = 60

  private var counts = [[Int]](repeating: [], count: steps)
  private var newest: Int64 = -1

  /// Counts one decision that was written at `milliseconds` since 1970. What is older than the window is not counted.
  mutating func count(_ action: DecisionMade.Action, at milliseconds: Int64) {
    let step = milliseconds / 1_000 / Self.step
    guard step > newest - Int64(Self.steps), step >= 0 else { return }
    if step > newest {
      for passed in max(newest + 1, step - Int64(Self.steps) + 1)...step { counts[slot(passed)] = Self.nothing }
      newest = step
    }
    counts[slot(step)][index(action)] += 1
  }

  /// The steps up to the one before `now`, oldest first, each with its count by action: the step that is still open is left out, since a
  /// part of it would look like a fall.
  public func counts(until now: Timestamp) -> [[DecisionMade.Action: Int]] {
    let last = now.nanoseconds / 1_000_000_000 / Self.step
    return (last - Int64(Self.steps - 1)..<last).map { step in
      guard step > newest - Int64(Self.steps), step <= newest, step >= 0 else { return [:] }
      let counted = counts[slot(step)]
      guard !counted.isEmpty else { return [:] }
      return Dictionary(uniqueKeysWithValues: DecisionMade.Action.allCases.map { ($0, counted[index($0)]) })
    }
  }

  /// Decisions a second over the last minute that is whole.
  public func perSecond(until now: Timestamp) -> Double {
    let steps = counts(until: now).suffix(6)
    return Double(steps.reduce(0) { $0 + $1.values.reduce(0, +) }) / Double(6 * Self.step)
  }

  private static let nothing = [Int](repeating: 0, count: DecisionMade.Action.allCases.count)
  private func slot(_ step: Int64) -> Int { Int(step % Int64(Self.steps)) }
  private func index(_ action: DecisionMade.Action) -> Int { DecisionMade.Action.allCases.firstIndex(of: action) ?? 0 }
}
