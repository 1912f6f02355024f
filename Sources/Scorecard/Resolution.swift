public import Events

/// Whether a journey reached its end.
///
/// An automated answer after which the customer is silent is a resolution by silence, and provisional: whoever comes back with the same matter
/// takes it back, at the time they come. Said by the customer, by an agent or by the ticket's state, it is confirmed; and a repeat contact takes
/// that back too.
public enum Resolution: Sendable, Hashable {
  /// Not resolved, and never was.
  case open
  /// Answered, and silent since then for as long as `ResolutionRule.silence`.
  case silent(since: Timestamp)
  /// Somebody said so.
  case confirmed(at: Timestamp)
  /// It was thought resolved, and was not.
  case takenBack(at: Timestamp, resolved: Timestamp)

  /// When it was resolved; `nil` if it is not.
  public var time: Timestamp? {
    switch self {
    case .silent(let time), .confirmed(let time): time
    case .open, .takenBack: nil
    }
  }
}

/// How long silence means that it is good, and coming back means that it was not.
public struct ResolutionRule: Sendable, Hashable {
  /// Seconds of silence after an answer.
  public var silence: Int64
  /// Seconds in which the same matter of the same customer is the same problem.
  public var repeatWindow: Int64

  /// Three days of silence, a week to come back: the windows that service desks commonly use for first contact resolution.
  public init(silence: Int64 = 3 * 86_400, repeatWindow: Int64 = 7 * 86_400) {
    self.silence = silence
    self.repeatWindow = repeatWindow
  }

  /// How `journey` stands at `now`, from its own moments.
  func resolution(of journey: Journey, asOf now: Timestamp) -> Resolution {
    var answered: Timestamp?
    var confirmed: Timestamp?
    var takenBack: (at: Timestamp, resolved: Timestamp)?
    func back(_ time: Timestamp) {
      if let resolved = confirmed ?? answered { takenBack = (time, resolved) }
      answered = nil
      confirmed = nil
    }
    for moment in journey.moments {
      switch moment.kind {
      case .decided(let decision) where decision.answersMessage:
        if decision.signals.contains("settled") {
          confirmed = confirmed ?? moment.time
        } else if decision.action != .none {
          back(moment.time)
          if decision.action == .resolve { answered = moment.time }
        }
      case .status(let status):
        switch status {
        case .solved, .closed: confirmed = confirmed ?? moment.time
        case .new, .open: if confirmed != nil { back(moment.time) }
        case .pending, .unknown: break
        }
      case .judged(.outcome(let reached)):
        if reached { confirmed = confirmed ?? moment.time } else { back(moment.time) }
      case .opened, .written, .moved, .judged, .promiseBroken, .decided: break
      }
    }
    if let confirmed { return .confirmed(at: confirmed) }
    if let answered, answered.adding(seconds: silence) <= now { return .silent(since: answered) }
    if answered == nil, let takenBack { return .takenBack(at: takenBack.at, resolved: takenBack.resolved) }
    return .open
  }

  /// How each of `journeys`, in the order in which they began, stands at `now`, repeat contacts in other tickets taken into account.
  func resolutions(of journeys: [Journey], asOf now: Timestamp) -> [Resolution] {
    var resolutions = journeys.map { resolution(of: $0, asOf: now) }
    var earlier: [CustomerID: [Int]] = [:]
    for (index, journey) in journeys.enumerated() {
      guard let customer = journey.customer else { continue }
      for past in earlier[customer] ?? [] where isSameMatter(journeys[past], journey) {
        guard let resolved = resolutions[past].time, resolved <= journey.began,
          journey.began.seconds(since: resolved) <= repeatWindow
        else { continue }
        resolutions[past] = .takenBack(at: journey.began, resolved: resolved)
      }
      earlier[customer, default: []].append(index)
    }
    return resolutions
  }

  private func isSameMatter(_ a: Journey, _ b: Journey) -> Bool {
    guard a.intent == b.intent, a.intent != "other" else { return false }
    guard let first = a.order, let second = b.order else { return true }
    return first == second
  }
}
