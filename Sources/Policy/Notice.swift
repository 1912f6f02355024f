internal import Events

extension PolicyDocument {
  /// What is done about an order that changed, before the customer asks (C26); `nil` where that is nothing.
  ///
  /// A person may always be told. The customer is told only what the policy lists, and only where a machine may speak to them
  /// at all: no tripwire, no opt-out, no baseline, nobody at work on a case of theirs, a language with words.
  ///
  /// - Parameter facts: of the order and of the customer's case about it, if there is one; no message was read.
  public func notice(for facts: Facts) -> Verdict? {
    let urgency = urgencies.first { $0.when.holds(for: facts) }?.urgency ?? .normal
    let isTripped = tripwires.contains { $0.when.holds(for: facts) }
    var used = FactTrail()
    for rule in notices {
      used.add(rule.when)
      guard rule.when.holds(for: facts) else { continue }
      switch rule.outcome {
      case .nothing: return nil
      case .handOff(let queue?, let step?):
        return Verdict(
          action: .handOff, step: step, queue: queue, urgency: urgency, dueIn: queues[queue]?.deadlines[urgency],
          rule: rule.name, words: rule.words, tripwires: [], nearMisses: [],
          boundary: steps[step]?.boundary ?? .needsApproval, confidenceNeeded: .low, alternatives: [],
          factsUsed: used.names)
      case .handOff: continue  // The loader refuses it.
      case .message(let name):
        used.add(noticeAllowed)
        guard !isTripped, noticeAllowed.holds(for: facts) else { continue }
        return Verdict(
          action: .notify, step: name, queue: nil, urgency: urgency, dueIn: nil, rule: rule.name, words: rule.words,
          tripwires: [], nearMisses: [], boundary: .automatic, confidenceNeeded: .low, alternatives: [],
          factsUsed: used.names)
      }
    }
    return nil
  }

  /// Where a machine may speak first: in one of `languages`, and not in the baseline of an experiment.
  static func noticeAllowed(in languages: some Sequence<String>, _ experiment: Experiment?) -> Condition {
    Condition(
      [
        (.automationAllowed, .flag(true)), (.humanHasCase, .flag(false)), (.language, .anyOf(languages.sorted())),
      ] + (experiment == nil ? [] : inTreatment.parts))
  }
}
