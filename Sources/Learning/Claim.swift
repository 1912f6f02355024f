public import Events
public import Policy

/// What one person says should have been otherwise in one decision.
public enum Claim: Sendable, Hashable {
  /// It belongs into this queue.
  case queue(String)
  /// This was wanted.
  case intent(String)
  /// The customer felt so, -2 to 2.
  case sentiment(Int)
  /// The words were so pressing.
  case pressure(String)
  /// The signal was there, or was not.
  case signal(String, isThere: Bool)
  /// Who should do what was decided.
  case boundary(PolicyDocument.Step.Boundary)
  /// Within how many seconds somebody should act.
  case deadline(Int64)

  /// What a claim is about: people agree or disagree about one aspect of one decision.
  public enum Aspect: Sendable, Hashable {
    case queue, intent, sentiment, pressure, boundary, deadline
    /// One of the signals.
    case signal(String)
  }

  /// What it is about.
  public var aspect: Aspect {
    switch self {
    case .queue: .queue
    case .intent: .intent
    case .sentiment: .sentiment
    case .pressure: .pressure
    case .signal(let name, _): .signal(name)
    case .boundary: .boundary
    case .deadline: .deadline
    }
  }

  /// What an agent's feedback claims; `nil` where it claims nothing, its value means nothing, or no agent gave it.
  public init?(_ feedback: FeedbackGiven) {
    guard feedback.author == .agent, !feedback.value.isEmpty else { return nil }
    let value = feedback.value
    switch feedback.kind {
    case .reroute: self = .queue(value)
    case .intent: self = .intent(value)
    case .sentiment:
      guard let level = Int(value), (-2...2).contains(level) else { return nil }
      self = .sentiment(level)
    case .pressure:
      guard let pressure = Reading.Pressure(rawValue: value) else { return nil }
      self = .pressure(pressure.rawValue)
    case .signal, .noSignal:
      guard Reading.signalNames.contains(value) else { return nil }
      self = .signal(value, isThere: feedback.kind == .signal)
    case .boundary:
      guard let boundary = PolicyDocument.Step.Boundary(rawValue: value) else { return nil }
      self = .boundary(boundary)
    case .deadline:
      guard let seconds = PolicyDocument.seconds(value) else { return nil }
      self = .deadline(seconds)
    case .thumbs, .csat, .annotation, .outcome, .handoffVerdict, .unknown: return nil
    }
  }
}
