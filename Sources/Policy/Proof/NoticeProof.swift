internal import Events

/// The same for notices as for answers: whatever an order does, no machine speaks where it must not, and each notice explains
/// what happened.
struct NoticeProof {
  private let policy: PolicyDocument
  private let rails: [GuardRail]
  private(set) var byAction: [DecisionMade.Action: UInt128] = [:]
  private(set) var decided: [(name: String, states: UInt128)] = []
  /// States of the baseline of an experiment in which something is sent.
  private(set) var reachedBaseline: UInt128 = 0
  private(set) var faults: [PolicyProof.Fault] = []

  init(of policy: PolicyDocument) {
    self.policy = policy
    rails = GuardRail.silence(policy)
    var open = [FactRegion(whole: policy)]
    for rule in policy.notices {
      var rest: [FactRegion] = []
      var states: UInt128 = 0
      for region in open {
        let (holds, fails) = region.cut(by: rule.when)
        rest += fails
        for region in holds {
          let (sent, kept) = split(region, rule.outcome)
          rest += kept
          for region in sent {
            states += region.size
            count(region, rule)
          }
        }
      }
      decided.append((rule.name, states))
      open = rest
    }
    byAction[.none, default: 0] += open.reduce(0) { $0 + $1.size }
  }

  /// Where the rule does what it says, and where something keeps it back.
  private func split(
    _ region: FactRegion, _ outcome: PolicyDocument.Rule.Outcome
  ) -> (sent: [FactRegion], kept: [FactRegion]) {
    guard case .message = outcome else { return ([region], []) }
    var (sent, kept) = region.cut(by: policy.noticeAllowed)
    for tripwire in policy.tripwires {
      var rest: [FactRegion] = []
      for region in sent {
        let (touched, untouched) = region.cut(by: tripwire.when)
        kept += touched
        rest += untouched
      }
      sent = rest
    }
    return (sent, kept)
  }

  private mutating func count(_ region: FactRegion, _ rule: PolicyDocument.Rule) {
    let verdict = policy.notice(for: region.sample)
    byAction[verdict?.action ?? .none, default: 0] += region.size
    guard case .message(let name) = rule.outcome, let step = policy.steps[name] else { return }
    reachedBaseline += region.baseline
    if verdict?.rule != rule.name {
      blame("decider", "the proof and the decider differ; this is a fault of Heed, please report it", rule, region, [])
    }
    for rail in rails where !rail.needsTripwire {
      if let touched = region.cut(by: rail.when).holds.first {
        blame(
          rail.name, "\(rail.words) must not be written to by a machine: add or mend a tripwire", rule, touched,
          rail.when.parts)
      }
    }
    let foreign = Condition([(fact: .cause, wanted: .noneOf(step.explains.sorted()))])
    if let touched = region.cut(by: foreign).holds.first {
      blame(
        "fit", "this explains nothing of what happened: narrow the notice to the causes that its step explains", rule,
        touched, foreign.parts)
    }
  }

  private mutating func blame(
    _ check: String, _ words: String, _ rule: PolicyDocument.Rule, _ region: FactRegion,
    _ parts: [(fact: FactName, wanted: Condition.Wanted)]
  ) {
    guard !faults.contains(where: { $0.check == check && $0.blames == rule.name }) else { return }
    faults.append(
      .init(
        check: check, words: words, blames: rule.name, example: PolicyProof.example(region, parts + rule.when.parts)))
  }
}
