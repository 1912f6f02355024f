internal import Events
public import Policy

/// A change of the policy that corrections ask for.
public struct PolicyWish: Sendable, Hashable {
  /// What would be changed.
  public let edit: PolicyEdit
  /// Who asks for it, and how often.
  public let support: Support
  /// The decisions that were corrected so.
  public let decisions: [String]
}

/// Corrections as wishes: cases that the same field of the policy decided are put together, and where people agree on what it should have been, and
/// enough of them, that is a wish. What contradicts itself, or comes from one person, is none.
struct PolicyWishes {
  private let policy: PolicyDocument
  private let limits: ProposalLimits
  private var groups: [Origin: Group] = [:]

  /// The field of the policy that an outcome follows from.
  private enum Origin: Hashable {
    case intent(String)
    case rule(String)
    case tripwire(String)
    case confidence(String)
    case step(String)
    case deadline(queue: String, DecisionMade.Urgency)
  }

  /// The tickets that one field decided.
  private struct Group {
    var tickets: Set<TicketID> = []
    /// The first correction of each ticket.
    var corrected: [TicketID: (claim: Claim, agents: [String], decision: String)] = [:]
  }

  init(_ judged: [JudgedCase], policy: PolicyDocument, limits: ProposalLimits) {
    self.policy = policy
    self.limits = limits
    for one in judged {
      if let origin = origin(ofQueueOf: one.decided) { take(one, origin, one.agreed(.queue)) }
      if one.decided.action == .handOff, let queue = one.decided.queue {
        take(one, .deadline(queue: queue, one.decided.urgency), one.agreed(.deadline))
      }
      if isOnTheEdge(one.decided) { take(one, .confidence(one.decided.intent), one.agreed(.intent)) }
      if !one.decided.step.isEmpty { take(one, .step(one.decided.step), one.agreed(.boundary)) }
    }
  }

  /// A ticket is one case, however many messages it has.
  private mutating func take(_ one: JudgedCase, _ origin: Origin, _ agreed: (claim: Claim, agents: [String])?) {
    let ticket = one.decided.ticket
    groups[origin, default: Group()].tickets.insert(ticket)
    guard let agreed, asksForMore(agreed.claim, than: one.decided), groups[origin]!.corrected[ticket] == nil else {
      return
    }
    groups[origin]!.corrected[ticket] = (agreed.claim, agreed.agents, one.decided.id)
  }

  private func asksForMore(_ claim: Claim, than decided: DecidedCase) -> Bool {
    switch claim {
    case .queue(let queue): queue != decided.queue && policy.queues[queue] != nil
    case .intent(let intent): intent != decided.intent
    case .boundary(let boundary): policy.steps[decided.step].map { $0.boundary != boundary } ?? false
    case .deadline, .sentiment, .pressure, .signal: true
    }
  }

  /// Whose queue a case went to: a tripwire's or a rule's own, or that of the intent.
  private func origin(ofQueueOf decided: DecidedCase) -> Origin? {
    guard decided.action == .handOff, let queue = decided.queue else { return nil }
    if decided.rule.hasPrefix("tripwire.") {
      let name = String(decided.rule.dropFirst("tripwire.".count))
      if policy.tripwires.first(where: { $0.name == name })?.queue != nil { return .tripwire(name) }
    } else if case .handOff(.some, _) = policy.rules.first(where: { $0.name == decided.rule })?.outcome {
      return .rule(decided.rule)
    }
    return policy.intents[decided.intent]?.queue == queue ? .intent(decided.intent) : nil
  }

  /// Whether automation answered on the least sure reading that the policy allows.
  private func isOnTheEdge(_ decided: DecidedCase) -> Bool {
    decided.action == .resolve && decided.band != nil && decided.band == policy.intents[decided.intent]?.confidence
  }

  // MARK: Wishes

  /// What is asked for, the best supported first.
  var wishes: [PolicyWish] {
    groups.compactMap { origin, group in wish(origin, group) }.sorted {
      ($1.support.corrections, $0.edit.place) < ($0.support.corrections, $1.edit.place)
    }
  }

  private func wish(_ origin: Origin, _ group: Group) -> PolicyWish? {
    switch origin {
    case .intent(let intent): moved(group) { .intentQueue(intent: intent, queue: $0) }
    case .rule(let rule): moved(group) { .ruleQueue(rule: rule, queue: $0) }
    case .tripwire(let tripwire): moved(group) { .tripwireQueue(tripwire: tripwire, queue: $0) }
    case .confidence(let intent):
      policy.intents[intent].flatMap { $0.confidence.next }.flatMap { band in
        wish(group, .confidence) { _ in
          true
        } edit: {
          .confidence(intent: intent, band: band)
        }
      }
    case .step(let step):
      best(group) { claim -> PolicyWish? in
        guard case .boundary(let boundary) = claim else { return nil }
        return wish(group, .boundary) {
          $0 == claim
        } edit: {
          .boundary(step: step, boundary: boundary)
        }
      }
    case .deadline(let queue, let urgency): sooner(group, queue, urgency)
    }
  }

  private func moved(_ group: Group, _ edit: (String) -> PolicyEdit) -> PolicyWish? {
    best(group) { claim -> PolicyWish? in
      guard case .queue(let queue) = claim else { return nil }
      return wish(group, .queue) {
        $0 == claim
      } edit: {
        edit(queue)
      }
    }
  }

  /// Of the times that people ask for, the one in the middle: half of them would be content with more.
  private func sooner(_ group: Group, _ queue: String, _ urgency: DecisionMade.Urgency) -> PolicyWish? {
    let asked = group.corrected.values.compactMap { one -> Int64? in
      if case .deadline(let seconds) = one.claim { seconds } else { nil }
    }.sorted()
    guard let present = policy.queues[queue]?.deadlines[urgency], !asked.isEmpty else { return nil }
    let seconds = asked[asked.count / 2]
    guard seconds != present else { return nil }
    return wish(group, .deadline) { claim in
      guard case .deadline(let other) = claim else { return false }
      return (other < present) == (seconds < present)
    } edit: {
      .deadline(queue: queue, urgency: urgency, seconds: seconds)
    }
  }

  /// The wish with the most support among those for each thing that is claimed.
  private func best(_ group: Group, _ wish: (Claim) -> PolicyWish?) -> PolicyWish? {
    Set(group.corrected.values.map(\.claim)).compactMap(wish).max {
      ($0.support.corrections, $1.edit.words) < ($1.support.corrections, $0.edit.words)
    }
  }

  private func wish(
    _ group: Group, _ field: ProposalLimits.Field, _ isFor: (Claim) -> Bool, edit: () -> PolicyEdit
  ) -> PolicyWish? {
    let speaking = group.corrected.values.filter { isFor($0.claim) }
    let support = Support(by: speaking.map(\.agents), cases: group.tickets.count)
    guard limits.isEnough(support, for: field) else { return nil }
    return PolicyWish(edit: edit(), support: support, decisions: speaking.map(\.decision).sorted())
  }
}

extension Reading.Band {
  /// The next surer one.
  fileprivate var next: Self? {
    switch self {
    case .low: .medium
    case .medium: .high
    case .high: nil
    }
  }
}
