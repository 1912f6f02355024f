public import Scorecard

/// How many cases speak for a change.
public struct Support: Sendable, Hashable {
  /// Corrected cases that ask for the same, as far as they count.
  public let corrections: Int
  /// Cases that the change is about, corrected or not: silence is agreement.
  public let cases: Int
  /// Agents who ask for it; those who are not named are one.
  public let agents: Int

  /// The share of cases that speak for it, with its interval.
  public var share: Share { Share(hits: corrections, total: cases) }

  /// Support by `supporters`, one list of agents for each corrected case, among `cases`.
  ///
  /// Nobody has more weight than all others together: what one agent alone says counts only as often as others say it, too.
  init(by supporters: [[String]], cases: Int) {
    var alone: [String: Int] = [:]
    for agents in supporters where agents.count == 1 { alone[agents[0], default: 0] += 1 }
    let most = alone.values.max() ?? 0
    corrections = supporters.count - max(0, most - (supporters.count - most))
    self.cases = cases
    agents = Set(supporters.joined()).count
  }
}

/// When corrections are enough to propose a change.
public struct ProposalLimits: Sendable, Hashable {
  /// Corrected cases at least.
  public var corrections = 5
  /// Agents at least.
  public var agents = 2

  /// The limits that are usual.
  public init() {}

  /// The share of cases that must at least be corrected, of which 95 % confidence is asked.
  ///
  /// To another queue goes what mostly belongs there: else as many cases would be moved back. A band is raised where it is wrong more often than
  /// `medium` may be. What gives people more say, or less time, costs only work, so less is enough.
  func isEnough(_ support: Support, for field: Field) -> Bool {
    let least: Double =
      switch field {
      case .queue: 0.5
      case .confidence: 0.25
      case .boundary, .deadline: 0.1
      }
    return support.corrections >= corrections && support.agents >= agents
      && (support.share.interval?.lowerBound ?? 0) > least
  }

  /// What is changed.
  enum Field { case queue, confidence, boundary, deadline }
}
