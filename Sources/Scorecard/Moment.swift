public import Events

/// Something that happened in a ticket, as far as the scorecard looks at it. Holds no words of a customer.
public struct Moment: Sendable, Hashable {
  /// What can happen.
  public enum Kind: Sendable, Hashable {
    /// The customer opened the ticket, in a system that goes by this name, on such a device.
    case opened(Channel, source: String, device: DeviceClass = .unknown)
    /// Somebody wrote.
    case written(TicketMessage.Author)
    /// The ticket's state was set.
    case status(TicketUpdated.Status)
    /// A person put the ticket into a queue.
    case moved(queue: String)
    /// A decision was made.
    case decided(RecordedDecision)
    /// Somebody judged the decision or the ticket.
    case judged(Judgement)
    /// We said "next update by" and were silent.
    case promiseBroken
  }

  /// When.
  public let time: Timestamp
  /// What the event is called where it comes from; with the time it makes a moment one and the same however often it is told.
  public let id: String
  /// What happened.
  public let kind: Kind

  /// `kind` at `time`, told by the event `id`.
  public init(time: Timestamp, id: String, kind: Kind) {
    self.time = time
    self.id = id
    self.kind = kind
  }
}

extension Moment: Comparable {
  /// By time; of the same time causes come before what they led to.
  public static func < (a: Self, b: Self) -> Bool {
    (a.time.nanoseconds, a.kind.rank, a.id) < (b.time.nanoseconds, b.kind.rank, b.id)
  }
}

extension Moment.Kind {
  fileprivate var rank: Int {
    switch self {
    case .opened: 0
    case .written: 1
    case .status: 2
    case .moved: 3
    case .decided: 4
    case .promiseBroken: 5
    // One event may say several things.
    case .judged(let judgement): 6 + judgement.rank
    }
  }
}

/// A judgement in the scorecard's own terms: what `heed.feedback.given.v1` says in many words.
public enum Judgement: Sendable, Hashable {
  /// From 0, not at all, to 1, entirely content.
  case satisfaction(Double)
  /// Whether handing over was necessary, says the agent who got it.
  case handover(needed: Bool)
  /// The customer has, or has not, what they came for.
  case outcome(reached: Bool)
  /// Work removed (or, negative, created) by automation, in an agent's minutes.
  case minutesSaved(Double)
  /// An agent had to do again what came with the case.
  case rework
  /// A reader's label on how a journey felt (G6).
  case journey(JourneyLabel)
  /// The reason that was given, apart from the value: `creepy`, `slow`.
  case reason(String)

  /// How a journey felt to who read it.
  public enum JourneyLabel: String, Sendable, Hashable, CaseIterable {
    case helpful, neutral, intrusive
  }

  /// What a feedback says; nothing where its value is none that its kind has.
  ///
  /// A thumb is `up`, `down`, `true`, `false`, or a number of 1 to 5 as a satisfaction score is. An outcome is reached unless it says that it
  /// is not (`unresolved`, `not_*`, `no`, `false`). An annotation is a label of a journey, `rework`, or minutes saved.
  public static func read(_ feedback: FeedbackGiven) -> [Judgement] {
    let value = feedback.value.lowercased()
    var judgements: [Judgement] = []
    switch feedback.kind {
    case .thumbs, .csat:
      if ["up", "true", "yes"].contains(value) { judgements.append(.satisfaction(1)) }
      if ["down", "false", "no"].contains(value) { judgements.append(.satisfaction(0)) }
      if let score = Double(value), (1...5).contains(score) { judgements.append(.satisfaction((score - 1) / 4)) }
    case .handoffVerdict:
      if ["needed", "true", "yes"].contains(value) { judgements.append(.handover(needed: true)) }
      if ["not_needed", "unneeded", "false", "no"].contains(value) { judgements.append(.handover(needed: false)) }
    case .outcome:
      let isDenied = ["unresolved", "no", "false", "failed"].contains(value) || value.hasPrefix("not_")
      judgements.append(.outcome(reached: !isDenied))
    case .annotation:
      if let label = JourneyLabel(rawValue: value) { judgements.append(.journey(label)) }
      if value == "rework" { judgements.append(.rework) }
      if let minutes = Double(value), minutes.isFinite { judgements.append(.minutesSaved(minutes)) }
    // What is said of the reading and of the policy is for learning, and for no KPI.
    case .reroute, .intent, .sentiment, .pressure, .signal, .noSignal, .boundary, .deadline, .unknown: break
    }
    if let reason = feedback.reasonCode, !judgements.isEmpty { judgements.append(.reason(reason)) }
    return judgements
  }
}

extension Judgement {
  fileprivate var rank: Int {
    switch self {
    case .satisfaction: 0
    case .handover: 1
    case .outcome: 2
    case .minutesSaved: 3
    case .rework: 4
    case .journey: 5
    case .reason: 6
    }
  }
}
