public import Events

/// What a policy says about a set of facts.
public struct Verdict: Sendable, Hashable {
  /// What is done.
  public let action: DecisionMade.Action
  /// What exactly; for a hand-off, what a person is advised to do.
  public let step: String
  /// Who gets it, for a hand-off.
  public let queue: String?
  /// How fast somebody must act.
  public let urgency: DecisionMade.Urgency
  /// In how many seconds, for a hand-off.
  public let dueIn: Int64?
  /// The rule or tripwire that decided.
  public let rule: String
  /// Why, for agents.
  public let words: String
  /// All tripwires that are touched.
  public let tripwires: [String]
  /// Rules that one fact kept from firing.
  public let nearMisses: [DecisionMade.NearMiss]
  /// Who may do the step.
  public let boundary: PolicyDocument.Step.Boundary
  /// How sure the reading had to be for automation.
  public let confidenceNeeded: Reading.Band
  /// What else a person may do.
  public let alternatives: [String]
  /// The facts that were looked at, in the order they were.
  public let factsUsed: [FactName]
}

extension PolicyDocument {
  /// Facts to a verdict: first tripwires, then rules with boundaries and confidence, then the experiment, which turns what would be said to
  /// a customer of its baseline into a case. Total: the last rule always holds.
  public func decide(_ facts: Facts) -> Verdict {
    let intent = intents[facts.word(.intent)]
    let touched = tripwires.filter { $0.when.holds(for: facts) }
    let urgency = urgencies.first { $0.when.holds(for: facts) }?.urgency ?? .normal
    var used = alwaysUsed

    if let tripwire = touched.first {
      // A tripwire says that a person has it, not always which: what the rules know of the cause is not lost.
      let known = tripwire.queue == nil && tripwire.step == nil ? destination(facts) : nil
      return handOff(
        queue: tripwire.queue ?? known?.queue, step: tripwire.step ?? known?.step, facts, intent: intent,
        urgency: urgency,
        rule: "tripwire." + tripwire.name,
        words: tripwire.words, tripwires: touched.map(\.name), nearMisses: [], used: used.names)
    }

    var nearMisses: [DecisionMade.NearMiss] = []
    for rule in rules {
      used.add(rule.when)
      guard rule.when.holds(for: facts) else {
        if rule.when.parts.count > 1, let miss = rule.when.nearMiss(for: facts) {
          nearMisses.append(.init(rule: rule.name, fact: miss.fact.rawValue, wanted: miss.wanted.text))
        }
        continue
      }
      switch rule.outcome {
      case .nothing:
        return Verdict(
          action: .none, step: "nothing", queue: nil, urgency: .low, dueIn: nil, rule: rule.name, words: rule.words,
          tripwires: [], nearMisses: nearMisses, boundary: .automatic, confidenceNeeded: .low, alternatives: [],
          factsUsed: used.names)
      case .handOff(let queue, let step):
        return handOff(
          queue: queue, step: step, facts, intent: intent, urgency: urgency, rule: rule.name, words: rule.words,
          tripwires: [], nearMisses: nearMisses, used: used.names)
      case .message(let name):
        guard let step = steps[name] else { continue }  // The loader refuses a rule without its step.
        if let obstacle = obstacle(to: step, intent: intent, facts, &used) {
          nearMisses.append(.init(rule: rule.name, fact: obstacle.fact, wanted: obstacle.wanted))
          continue
        }
        if let experiment {
          used.add(.arm)
          guard Self.inTreatment.holds(for: facts) else {
            let passedOver = DecisionMade.NearMiss(
              rule: rule.name, fact: FactName.arm.rawValue, wanted: Arm.treatment.rawValue)
            return withhold(experiment, facts, intent: intent, urgency: urgency, [passedOver] + nearMisses, used.names)
          }
        }
        return Verdict(
          action: step.kind == .answer ? .resolve : .clarify, step: name, queue: nil, urgency: urgency, dueIn: nil,
          rule: rule.name, words: rule.words, tripwires: [], nearMisses: nearMisses, boundary: step.boundary,
          confidenceNeeded: confidence(for: step, intent), alternatives: [], factsUsed: used.names)
      }
    }
    preconditionFailure("the loader refuses a policy whose last rule does not always hold")
  }

  /// What a machine would have said goes to a person: to those who get it where the customer wants no machine.
  private func withhold(
    _ experiment: Experiment, _ facts: Facts, intent: Intent?, urgency: DecisionMade.Urgency,
    _ nearMisses: [DecisionMade.NearMiss], _ used: [FactName]
  ) -> Verdict {
    let known = destination(facts)
    return handOff(
      queue: known?.queue, step: known?.step, facts, intent: intent, urgency: urgency, rule: experiment.rule,
      words: experiment.words, tripwires: [], nearMisses: nearMisses, used: used)
  }

  /// Where the first rule that hands over would send these facts.
  private func destination(_ facts: Facts) -> (queue: String?, step: String?)? {
    for rule in rules where rule.when.holds(for: facts) {
      if case .handOff(let queue, let step) = rule.outcome { return (queue, step) }
    }
    return nil
  }

  /// What keeps automation from doing `step`, if something does.
  private func obstacle(
    to step: Step, intent: Intent?, _ facts: Facts, _ used: inout FactTrail
  ) -> (fact: String, wanted: String)? {
    used.add(.automationAllowed, .humanHasCase, .confidence, .questionsAsked, .answersGiven, .language)
    if step.boundary != .automatic { return ("boundary", Step.Boundary.automatic.rawValue) }
    if !facts.flag(.automationAllowed) { return (FactName.automationAllowed.rawValue, "true") }
    if facts.flag(.humanHasCase) { return (FactName.humanHasCase.rawValue, "false") }
    if languages[facts.word(.language)] == nil {
      return (FactName.language.rawValue, languages.keys.sorted().joined(separator: " | "))
    }
    let needed = confidence(for: step, intent)
    if let band = Reading.Band(rawValue: facts.word(.confidence)) ?? (step.kind == .question ? .low : nil) {
      if band < needed { return (FactName.confidence.rawValue, needed.rawValue) }
    } else {
      return (FactName.confidence.rawValue, needed.rawValue)
    }
    switch step.kind {
    case .question:
      if facts.number(.questionsAsked) >= turns.questions {
        return (FactName.questionsAsked.rawValue, "< \(turns.questions)")
      }
      if facts.number(.answersGiven) > 0 { return (FactName.answersGiven.rawValue, "0") }
    case .answer:
      if facts.number(.answersGiven) >= turns.answers { return (FactName.answersGiven.rawValue, "< \(turns.answers)") }
    case .notice, .work: return ("kind", "answer | question")
    }
    return nil
  }

  /// A question needs no certainty: it is asked because there is none.
  private func confidence(for step: Step, _ intent: Intent?) -> Reading.Band {
    step.kind == .question ? .low : intent?.confidence ?? .high
  }

  private func handOff(
    queue: String?, step: String?, _ facts: Facts, intent: Intent?, urgency: DecisionMade.Urgency, rule: String,
    words: String, tripwires: [String], nearMisses: [DecisionMade.NearMiss], used: [FactName]
  ) -> Verdict {
    let queue = queue ?? intent?.queue ?? defaultQueue
    let step = step ?? intent?.step ?? defaultStep
    return Verdict(
      action: .handOff, step: step, queue: queue, urgency: urgency, dueIn: queues[queue]?.deadlines[urgency],
      rule: rule, words: words, tripwires: tripwires, nearMisses: nearMisses,
      boundary: steps[step]?.boundary ?? .needsApproval, confidenceNeeded: intent?.confidence ?? .high,
      alternatives: alternatives(to: step, intent, facts), factsUsed: used)
  }

  /// What else the person may do: what these facts make worth proposing, then what the intent knows; at most three.
  private func alternatives(to step: String, _ intent: Intent?, _ facts: Facts) -> [String] {
    let proposed = proposals.filter { $0.when.holds(for: facts) }.map(\.step)
    let known = (intent?.alternatives ?? []).filter { !proposed.contains($0) }
    return Array((proposed + known).filter { $0 != step }.prefix(3))
  }

  /// The queue and step of a case whose intent is not known: those of the last rule, which the loader makes sure of.
  private var defaultQueue: String {
    if case .handOff(let queue?, _) = rules.last?.outcome { queue } else { "" }
  }
  private var defaultStep: String {
    if case .handOff(_, let step?) = rules.last?.outcome { step } else { "" }
  }
}
