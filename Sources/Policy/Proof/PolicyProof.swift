public import Events

/// What was proved about a policy, by going through all states that its facts can have.
///
/// The space is cut by the policy's conditions in the order in which they decide, into regions within which it cannot tell
/// one state from another. Each region has one outcome, so looking at all regions is looking at all states: their sizes sum
/// to the size of the space, which proves that every state has an outcome and only one.
public struct PolicyProof: Sendable {
  /// Something that a policy must not do.
  public struct Fault: Sendable, Hashable {
    /// The rule of the check: `opt_out`, `never_fires`, `deadline`.
    public let check: String
    /// What is wrong and how to mend it.
    public let words: String
    /// The tripwire, rule, step, intent or message that is to blame.
    public let blames: String
    /// Facts in which it happens, where there are such.
    public let example: [String: String]
    /// The line of the document to mend; 0 where no one line is to blame.
    public var line = 0
  }

  /// What was proved about the customers in the baseline of an experiment.
  public struct Baseline: Sendable, Hashable {
    /// States of a message in it, and as many of an order that changes.
    public let states: UInt128
    /// Of both, those in which something goes to the customer: none, or the policy is refused.
    public let reached: UInt128
    /// States of a message that go to a person only because of the experiment.
    public let withheld: UInt128
  }

  /// All states.
  public let states: UInt128
  /// States that the regions cover; equal to `states`, or the decider has a hole.
  public let covered: UInt128
  /// Regions, each with one outcome.
  public let regions: Int
  /// States by action.
  public let byAction: [DecisionMade.Action: UInt128]
  /// What is wrong; empty for a policy that may be used.
  public let faults: [Fault]
  /// The same for an order that changes before anybody asks.
  public let noticesByAction: [DecisionMade.Action: UInt128]
  /// What becomes of the baseline of the experiment; `nil` where there is no experiment.
  public let baseline: Baseline?
  /// Tripwires, rules, the experiment and notices in their order with the number of states each decides.
  public let decided: [(name: String, states: UInt128)]

  /// Goes through all states of `policy`.
  public init(of policy: PolicyDocument) { self.init(of: policy, untilFault: false) }

  /// With `untilFault` one fault is enough to stop.
  init(of policy: PolicyDocument, untilFault: Bool) {
    var search = Search(policy, untilFault: untilFault)
    search.run()
    states = search.whole.size
    covered = search.covered
    regions = search.regions
    byAction = search.byAction
    let notices = NoticeProof(of: policy)
    noticesByAction = notices.byAction
    baseline = policy.experiment.map { experiment in
      Baseline(
        states: search.whole.baseline, reached: search.reachedBaseline + notices.reachedBaseline,
        withheld: search.decided[experiment.rule] ?? 0)
    }
    decided = search.names.map { ($0, search.decided[$0] ?? 0) } + notices.decided
    guard !untilFault || search.faults.isEmpty else {
      faults = search.faults
      return
    }
    var faults = search.faults + notices.faults
    for (name, states) in decided where states == 0 {
      faults.append(
        Fault(
          check: "never_fires", words: "no state of the facts leads here: what stands before it decides them all",
          blames: name, example: [:]))
    }
    if covered != states || notices.byAction.values.reduce(0, +) != states {
      faults.append(Fault(check: "total", words: "some states have no outcome", blames: "rules", example: [:]))
    }
    self.faults = faults + Self.urgencyFaults(policy) + Self.documentFaults(policy)
  }

  // MARK: Urgency and deadlines

  private static func urgencyFaults(_ policy: PolicyDocument) -> [Fault] {
    var faults: [Fault] = []
    var open = [FactRegion(whole: policy)]
    for rule in policy.urgencies {
      var rest: [FactRegion] = []
      for region in open {
        let (holds, fails) = region.cut(by: rule.when)
        rest += fails
        for rail in GuardRail.urgencies where rule.urgency < rail.least {
          if let touched = holds.lazy.flatMap({ $0.cut(by: rail.rail.when).holds }).first,
            !faults.contains(where: { $0.blames == rail.rail.name })
          {
            faults.append(
              Fault(
                check: "urgency",
                words:
                  "\(rail.rail.words) is at least \(rail.least.rawValue), and this makes it \(rule.urgency.rawValue)",
                blames: rail.rail.name, example: example(touched, rule.when.parts + rail.rail.when.parts)))
          }
        }
      }
      open = rest
    }
    // What no rule holds for is of normal urgency.
    for rail in GuardRail.urgencies where !faults.contains(where: { $0.blames == rail.rail.name }) {
      if let touched = open.lazy.flatMap({ $0.cut(by: rail.rail.when).holds }).first {
        faults.append(
          Fault(
            check: "urgency", words: "\(rail.rail.words) is at least \(rail.least.rawValue), and no urgency says so",
            blames: rail.rail.name, example: example(touched, rail.rail.when.parts)))
      }
    }
    for (name, queue) in policy.queues.sorted(by: { $0.key < $1.key }) {
      let times = DecisionMade.Urgency.allCases.sorted(by: >).compactMap { queue.deadlines[$0] }
      if times != times.sorted() {
        faults.append(
          Fault(
            check: "deadline", words: "what is more urgent must not have more time", blames: "queue " + name,
            example: [:]))
      }
    }
    return faults
  }

  // MARK: The document

  private static func documentFaults(_ policy: PolicyDocument) -> [Fault] {
    var faults: [Fault] = []
    if policy.turns.questions > 1 {
      faults.append(
        Fault(
          check: "turns", words: "one clarifying question per case at most: set turns.questions to 1 or 0",
          blames: "turns.questions", example: [:]))
    }
    if policy.turns.answers > 2 {
      faults.append(
        Fault(
          check: "turns", words: "two automated answers per case at most: set turns.answers to 2 or less",
          blames: "turns.answers", example: [:]))
    }
    for (name, step) in policy.steps.sorted(by: { $0.key < $1.key }) {
      if let stakes = step.stakes, step.boundary == .automatic {
        faults.append(
          Fault(
            check: "boundary",
            words:
              "what is about \(stakes.rawValue) needs a person's approval: set boundary to needs_approval or never",
            blames: "step " + name, example: [:]))
      }
      if step.kind != .work, step.boundary == .automatic, !policy.sends(name) {
        faults.append(
          Fault(
            check: "unused", words: "no rule sends it: remove it or write the rule", blames: "step " + name,
            example: [:]))
      }
    }
    for (name, intent) in policy.intents.sorted(by: { $0.key < $1.key }) where intent.confidence == .low {
      faults.append(
        Fault(
          check: "confidence", words: "a low reading is wrong too often to act on: ask for medium or high",
          blames: "intent " + name, example: [:]))
    }
    for tripwire in policy.tripwires where policy.tripwires.count(where: { $0.name == tripwire.name }) > 1 {
      faults.append(Fault(check: "names", words: "two tripwires have this name", blames: tripwire.name, example: [:]))
    }
    return faults + MessageLint.faults(of: policy) + ChannelLint.faults(of: policy)
  }

  static func example(
    _ region: FactRegion, _ parts: [(fact: FactName, wanted: Condition.Wanted)]
  ) -> [String: String] {
    let sample = region.sample
    return Dictionary(parts.map { ($0.fact.rawValue, sample[$0.fact].text) }, uniquingKeysWith: { first, _ in first })
  }
}

extension PolicyDocument {
  /// Whether a rule sends this step.
  func sends(_ step: String) -> Bool { (rules + notices).contains { $0.outcome == .message(step: step) } }
}

/// The same order of deciding as `PolicyDocument.decide`, on regions instead of states. That both agree is checked on one
/// state of every region.
private struct Search {
  let policy: PolicyDocument
  let whole: FactRegion
  let rails: [GuardRail]
  private(set) var covered: UInt128 = 0
  private(set) var regions = 0
  private(set) var byAction: [DecisionMade.Action: UInt128] = [:]
  private(set) var decided: [String: UInt128] = [:]
  /// States of the baseline in which something is sent.
  private(set) var reachedBaseline: UInt128 = 0
  private(set) var faults: [PolicyProof.Fault] = []
  let names: [String]
  private let untilFault: Bool

  init(_ policy: PolicyDocument, untilFault: Bool) {
    self.policy = policy
    self.untilFault = untilFault
    whole = FactRegion(whole: policy)
    rails = GuardRail.silence(policy)
    names =
      policy.tripwires.map { "tripwire." + $0.name } + policy.rules.map(\.name)
      + (policy.experiment.map { [$0.rule] } ?? [])
  }

  mutating func run() {
    var open = [whole]
    for tripwire in policy.tripwires {
      var rest: [FactRegion] = []
      for region in open {
        let (holds, fails) = region.cut(by: tripwire.when)
        for region in holds { decide(region, "tripwire." + tripwire.name, .handOff) }
        rest += fails
      }
      open = rest
    }
    for rule in policy.rules {
      var rest: [FactRegion] = []
      for region in open {
        let (holds, fails) = region.cut(by: rule.when)
        rest += fails
        for region in holds {
          switch rule.outcome {
          case .nothing: decide(region, rule.name, .none)
          case .handOff: decide(region, rule.name, .handOff)
          case .message(let name):
            let (sent, kept) = message(name, in: region)
            guard let step = policy.steps[name] else { continue }
            for region in sent { send(step, region, rule.name) }
            rest += kept
          }
          if untilFault, !faults.isEmpty { return }
        }
      }
      open = rest
    }
  }

  /// What would be sent goes to a person where the experiment withholds it.
  private mutating func send(_ step: PolicyDocument.Step, _ region: FactRegion, _ rule: String) {
    var sent = [region]
    if let experiment = policy.experiment {
      let (treated, withheld) = region.cut(by: PolicyDocument.inTreatment)
      for region in withheld { decide(region, experiment.rule, .handOff) }
      sent = treated
    }
    for region in sent {
      decide(region, rule, step.kind == .answer ? .resolve : .clarify)
      checkFit(of: step, region, rule)
    }
  }

  /// Where nothing in the facts keeps the step back, and where something does.
  private func message(_ name: String, in region: FactRegion) -> (sent: [FactRegion], kept: [FactRegion]) {
    guard let step = policy.steps[name], step.boundary == .automatic else { return ([], [region]) }
    var sent: [FactRegion] = []
    var kept: [FactRegion] = []
    for region in region.byIntent {
      let needed: [String] =
        switch step.kind {
        case .question: FactName.vocabulary(of: .confidence) ?? []
        case .answer:
          Reading.Band.allCases.filter { $0 >= policy.intents[region.intent]?.confidence ?? .high }.map(\.rawValue)
        case .notice, .work: []
        }
      let turns: [(fact: FactName, wanted: Condition.Wanted)] =
        step.kind == .question
        ? [
          (.questionsAsked, .within(Int.min...(policy.turns.questions - 1))), (.answersGiven, .within(0...0)),
        ] : [(.answersGiven, .within(Int.min...(policy.turns.answers - 1)))]
      let (holds, fails) = region.cut(
        by: Condition(
          [
            (.automationAllowed, .flag(true)), (.humanHasCase, .flag(false)),
            (.language, .anyOf(policy.languages.keys.sorted())), (.confidence, .anyOf(needed)),
          ] + turns))
      sent += holds
      kept += fails
    }
    return (sent, kept)
  }

  private mutating func decide(_ region: FactRegion, _ name: String, _ action: DecisionMade.Action) {
    let size = region.size
    covered += size
    regions += 1
    byAction[action, default: 0] += size
    decided[name, default: 0] += size
    if action == .resolve || action == .clarify { reachedBaseline += region.baseline }
    let verdict = untilFault ? nil : policy.decide(region.sample)
    if let verdict, verdict.rule != name || verdict.action != action {
      blame("decider", "the proof and the decider differ; this is a fault of Heed, please report it", name, region, [])
    }
    if !name.hasPrefix("tripwire.") {
      for rail in rails where rail.needsTripwire {
        if let touched = region.cut(by: rail.when).holds.first {
          blame(rail.name, "\(rail.words) needs a tripwire of its own", name, touched, rail.when.parts)
        }
      }
    }
    guard action != .handOff else { return }
    for rail in rails where action != .none || !rail.isOnlyForWords {
      if let touched = region.cut(by: rail.when).holds.first {
        let words =
          action == .none
          ? "\(rail.words) must go to a person, and this leaves it unanswered: add a tripwire"
          : "\(rail.words) must go to a person, and this lets a machine answer: add or mend a tripwire"
        blame(rail.name, words, name, touched, rail.when.parts)
      }
    }
    switch action {
    case .resolve:
      if let touched = region.cut(by: GuardRail.doubt.when).holds.first {
        blame("doubt", "an answer must not rest on \(GuardRail.doubt.words)", name, touched, GuardRail.doubt.when.parts)
      }
    case .none:
      if let touched = region.cut(by: GuardRail.farewell).holds.first {
        blame(
          "silence", "only a message that closes the conversation may stay without a reaction", name, touched,
          GuardRail.farewell.parts)
      }
    case .clarify, .handOff, .notify: break
    }
  }

  /// An answer is one to what is wanted, and a question asks for what is not known (B1).
  private mutating func checkFit(of step: PolicyDocument.Step, _ region: FactRegion, _ name: String) {
    let misfit: (condition: Condition, words: String) =
      switch step.about {
      case nil:
        (
          Condition([(fact: .intent, wanted: .noneOf(step.answers.sorted()))]),
          "this is no answer to what is wanted: narrow the rule to the intents that the step answers"
        )
      case .intent:
        (
          Condition([(fact: .confidence, wanted: .anyOf(["medium", "high"]))]),
          "this asks what is wanted although it is known: add confidence or abstention to the rule"
        )
      case .order:
        (
          Condition([(fact: .order, wanted: .anyOf(["named", "single", "likely"]))]),
          "this asks for an order that is known: add order to the rule"
        )
      }
    if let touched = region.cut(by: misfit.condition).holds.first {
      blame("fit", misfit.words, name, touched, misfit.condition.parts)
    }
  }

  /// Each fault once per rule: one example is enough to mend it.
  private mutating func blame(
    _ check: String, _ words: String, _ name: String, _ region: FactRegion,
    _ parts: [(fact: FactName, wanted: Condition.Wanted)]
  ) {
    guard !faults.contains(where: { $0.check == check && $0.blames == name }) else { return }
    let rule = policy.rules.first { $0.name == name }?.when.parts ?? []
    faults.append(
      .init(check: check, words: words, blames: name, example: PolicyProof.example(region, parts + rule)))
  }
}

extension FactRegion {
  /// The region, cut so that each part has one intent: the confidence that is needed depends on it.
  fileprivate var byIntent: [FactRegion] {
    guard case .words(let words) = self[.intent] else { return [self] }
    return words.sorted().flatMap { cut(by: Condition([(fact: .intent, wanted: .anyOf([$0]))])).holds }
  }

  fileprivate var intent: String {
    if case .words(let words) = self[.intent], words.count == 1 { words.first! } else { "" }
  }
}
