internal import Events

/// What a new policy guards less than an old one: what corrections must never lead to, whoever and however many ask for it.
///
/// Tripwires stay as they are, word for word; automation does nothing that it did not do; no reading may be less sure, no boundary wider, no deadline
/// later, no urgency lower, no turn more, and who is in the baseline of an experiment stays there. That a policy may be used at all is for
/// `PolicyProof`; this is about the way from one to the other.
public enum LoweredGuard {
  /// What is guarded less in `new` than in `old`, for people; empty if nothing is.
  public static func faults(from old: PolicyDocument, to new: PolicyDocument) -> [String] {
    tripwires(old, new) + confidences(old, new) + boundaries(old, new) + rules(old, new) + deadlines(old, new)
      + turns(old, new) + experiment(old, new)
  }

  private static func tripwires(_ old: PolicyDocument, _ new: PolicyDocument) -> [String] {
    let places = Dictionary(new.tripwires.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var faults = old.tripwires.compactMap { tripwire -> String? in
      guard let other = places[tripwire.name] else { return "the tripwire \(tripwire.name) would be gone" }
      let isSame = other.when == tripwire.when && other.queue == tripwire.queue && other.step == tripwire.step
      return isSame ? nil : "the tripwire \(tripwire.name) would be another: tripwires are not changed by corrections"
    }
    if faults.isEmpty, new.tripwires.map(\.name) != old.tripwires.map(\.name) {
      faults.append("the tripwires would stand otherwise")
    }
    return faults
  }

  private static func confidences(_ old: PolicyDocument, _ new: PolicyDocument) -> [String] {
    old.intents.sorted { $0.key < $1.key }.compactMap { name, intent in
      guard let other = new.intents[name] else { return "the intent \(name) would be gone" }
      return other.confidence < intent.confidence
        ? "automation would act on a less sure reading of \(name) than its calibration allows" : nil
    }
  }

  private static func boundaries(_ old: PolicyDocument, _ new: PolicyDocument) -> [String] {
    old.steps.sorted { $0.key < $1.key }.compactMap { name, step in
      guard let other = new.steps[name] else { return "the step \(name) would be gone" }
      if other.stakes != step.stakes { return "\(name) would have other stakes" }
      return other.boundary.strictness < step.boundary.strictness
        ? "\(name) would be \(other.boundary.rawValue), and it is \(step.boundary.rawValue) on purpose" : nil
    }
  }

  private static func rules(_ old: PolicyDocument, _ new: PolicyDocument) -> [String] {
    func faults(_ old: [PolicyDocument.Rule], _ new: [PolicyDocument.Rule]) -> [String] {
      guard old.map(\.name) == new.map(\.name), zip(old, new).allSatisfy({ $0.when == $1.when }) else {
        return ["the rules would hold in other states"]
      }
      return zip(old, new).compactMap { before, after in
        if case .handOff = after.outcome { return nil }
        return after.outcome == before.outcome ? nil : "the rule \(after.name) would let a machine act"
      }
    }
    return faults(old.rules, new.rules) + faults(old.notices, new.notices)
  }

  private static func deadlines(_ old: PolicyDocument, _ new: PolicyDocument) -> [String] {
    var faults = old.queues.sorted { $0.key < $1.key }.flatMap { name, queue -> [String] in
      guard let other = new.queues[name] else { return ["the queue \(name) would be gone"] }
      return DecisionMade.Urgency.allCases.compactMap { urgency in
        guard let before = queue.deadlines[urgency], let after = other.deadlines[urgency], after > before else {
          return nil
        }
        return "\(urgency.rawValue) cases of \(name) would wait longer"
      }
    }
    if old.urgencies != new.urgencies { faults.append("cases would have another urgency") }
    return faults
  }

  /// Another name draws other customers, and so nobody stays whom the old one drew.
  private static func experiment(_ old: PolicyDocument, _ new: PolicyDocument) -> [String] {
    guard let before = old.experiment else { return [] }
    guard let after = new.experiment, after.name == before.name else {
      return ["the experiment \(before.name) would be gone: a machine would speak to those in its baseline"]
    }
    return after.baselineThousandths < before.baselineThousandths
      ? ["the experiment \(before.name) would have a smaller baseline: a machine would speak to some who are in it"]
      : []
  }

  private static func turns(_ old: PolicyDocument, _ new: PolicyDocument) -> [String] {
    new.turns.questions > old.turns.questions || new.turns.answers > old.turns.answers
      ? ["automation would speak more often in a case"] : []
  }
}

extension PolicyDocument.Step.Boundary {
  /// From what a machine may do to what nobody may.
  fileprivate var strictness: Int {
    switch self {
    case .automatic: 0
    case .needsApproval: 1
    case .never: 2
    }
  }
}
