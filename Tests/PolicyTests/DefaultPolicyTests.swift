import Events
import Testing
import TestSupport

@testable import Classifier
@testable import Policy

/// What the policy that is compiled in must keep, whatever else is changed in it.
@Suite struct DefaultPolicyTests {
  private let policy = DefaultPolicy.document

  @Test func plainFactsAreAnswered() {
    let verdict = policy.decide(plainFacts)
    #expect(verdict.action == .resolve && verdict.tripwires.isEmpty && verdict.rule == "on-its-way")
  }

  /// Every way to touch one tripwire and, if that can be, nothing else.
  static let touches: [(tripwire: String, facts: Facts)] = DefaultPolicy.document.tripwires.flatMap { tripwire in
    var ways = [plainFacts]
    for part in tripwire.when.parts {
      let values: [FactValue] =
        switch (part.wanted, part.fact.kind) {
        case (.anyOf(let words), .words): words.map { .words([$0]) }
        case (.anyOf(let words), _): words.map { .word($0) }
        case (.noneOf, .words): [.words([])]
        case (.noneOf, _): [.word("martian")]
        case (.within(let range), _): [.number(range.lowerBound == Int.min ? range.upperBound : range.lowerBound)]
        case (.flag(let flag), _): [.flag(flag)]
        }
      ways = ways.flatMap { way in
        values.map { value in
          var way = way
          way[part.fact] = value
          return way
        }
      }
    }
    return ways.map { (tripwire.name, $0) }
  }

  @Test func theNamedTripwiresAreThere() {
    let names = Set(policy.tripwires.map(\.name))
    #expect(
      names.isSuperset(of: [
        "repeated_confusion", "distress", "account_security", "policy_exception", "high_value_request", "self_harm",
        "safety", "very_negative", "falling", "repeat_contact", "opt_out", "human_has_case", "wants_human",
        "unsupported_language", "sensitive_topic", "instructions_to_machine",
      ]))
    #expect(Set(Self.touches.map(\.tripwire)) == names)
  }

  @Test(arguments: touches.indices)
  func eachTripwireAloneForcesAHandOff(index: Int) {
    let (name, facts) = Self.touches[index]
    let verdict = policy.decide(facts)
    #expect(verdict.action == .handOff)
    #expect(verdict.rule == "tripwire.\(name)" && verdict.tripwires == [name])
    #expect(verdict.queue.flatMap { policy.queues[$0] } != nil && verdict.dueIn != nil)
  }

  @Test(arguments: touches.indices)
  func aTouchedTripwireForcesAHandOffWhateverElseIsTrue(index: Int) {
    let (name, touched) = Self.touches[index]
    let needed = Set(policy.tripwires.first { $0.name == name }!.when.parts.map(\.fact))
    for fact in FactName.allCases where !needed.contains(fact) {
      for value in fact.values {
        for confidence in FactName.confidence.values {
          var facts = touched
          if !needed.contains(.confidence) { facts[.confidence] = confidence }
          facts[fact] = value
          let verdict = policy.decide(facts)
          guard verdict.action == .handOff, verdict.tripwires.contains(name) else {
            return #expect(Bool(false), "\(name) with \(fact.rawValue)=\(value.text): \(verdict.rule)")
          }
        }
      }
    }
  }

  /// Facts by lot; half of the time near those that are answered.
  private func facts(_ dice: inout Dice, signals: [String]) -> Facts {
    var facts = dice.roll(2) == 0 ? Facts() : plainFacts
    let isNear = dice.roll(2) == 0
    for name in FactName.allCases where !isNear || dice.roll(5) == 0 {
      facts[name] =
        name.kind == .words
        ? .words(Set((0..<dice.roll(3)).map { _ in dice.pick(signals) })) : dice.pick(name.values)
    }
    if dice.roll(20) == 0 {
      facts[.signals] = .words(["closing"])
      facts[.moment] = .word("message")
    }
    return facts
  }

  @Test func everySetOfFactsHasAVerdictThatKeepsThePromises() {
    var dice = Dice(seed: 0x4EED)
    let signals = Set(SignalPhrases.all.map(\.signal)).union(["closing", "martian"]).sorted()
    var counts: [DecisionMade.Action: Int] = [:]
    for _ in 0..<50_000 {
      let facts = facts(&dice, signals: signals)
      let verdict = policy.decide(facts)
      counts[verdict.action, default: 0] += 1
      guard keepsThePromises(verdict, facts), verdict == policy.decide(facts) else {
        return #expect(Bool(false), "\(FactName.allCases.map { "\($0.rawValue)=\(facts[$0].text)" }) gives \(verdict)")
      }
    }
    for action in DecisionMade.Action.allCases where action != .notify {
      #expect(counts[action, default: 0] > 100, "\(action)")
    }
  }

  private func keepsThePromises(_ verdict: Verdict, _ facts: Facts) -> Bool {
    let touched = policy.tripwires.filter { $0.when.holds(for: facts) }.map(\.name)
    guard verdict.tripwires == touched, touched.isEmpty || verdict.action == .handOff else { return false }
    guard verdict.action == .none || policy.steps[verdict.step] != nil else { return false }
    switch verdict.action {
    case .handOff:
      guard let queue = verdict.queue.flatMap({ policy.queues[$0] }) else { return false }
      return verdict.dueIn == queue.deadlines[verdict.urgency] && verdict.alternatives.count <= 3
        && !verdict.alternatives.contains(verdict.step)
    case .resolve, .clarify:
      guard verdict.boundary == .automatic, verdict.queue == nil, facts.flag(.automationAllowed),
        !facts.flag(.humanHasCase), let words = policy.languages[facts.word(.language)],
        words.messages[verdict.step] != nil
      else { return false }
      guard verdict.action == .resolve else {
        return facts.number(.questionsAsked) < policy.turns.questions && facts.number(.answersGiven) == 0
      }
      let needed = policy.intents[facts.word(.intent)]?.confidence ?? .high
      let band = Reading.Band(rawValue: facts.word(.confidence))
      return facts.number(.answersGiven) < policy.turns.answers && band.map { $0 >= needed } == true
    case .notify: return false  // Nobody asked, so this is no answer to a message.
    case .none:
      return verdict.queue == nil && verdict.dueIn == nil
    }
  }

  // MARK: What must be in it

  @Test func everyIntentTheReaderCanClaimIsInThePolicyAndNoOther() {
    #expect(Set(policy.intents.keys) == Set(IntentPhrases.all.map(\.intent)))
  }

  @Test func everyIntentHasWhatItNeeds() throws {
    for (name, intent) in policy.intents {
      #expect(["buy", "compare", "troubleshoot", "cancel", "learn"].contains(intent.goal), "\(name)")
      #expect(policy.queues[intent.queue] != nil && policy.steps[intent.step] != nil, "\(name)")
      #expect(!intent.words.isEmpty && intent.alternatives.count <= 3 && !intent.alternatives.contains(intent.step))
    }
    #expect(Set(policy.intents.values.map(\.goal)).count == 5)
  }

  @Test func everyWordThatAConditionWantsIsOneThatFactsCanHave() {
    var signals = Set(SignalPhrases.all.map(\.signal))
    signals.insert("closing")
    let conditions = policy.tripwires.map(\.when) + policy.rules.map(\.when) + policy.urgencies.map(\.when)
    for part in conditions.flatMap(\.parts) {
      let wanted: [String]
      switch part.wanted {
      case .anyOf(let words), .noneOf(let words): wanted = words
      case .within, .flag: continue
      }
      let possible = part.fact == .signals ? signals : Set(part.fact.values.map(\.text)).subtracting(["martian"])
      #expect(Set(wanted).isSubset(of: possible), "\(part.fact.rawValue): \(wanted)")
    }
  }

  @Test func everySignalThatIsAnAlarmTouchesATripwire() {
    for signal in Set(SignalPhrases.all.map(\.signal)).subtracting(["thanks", "settled", "not_received"]) {
      var facts = plainFacts
      facts[.signals] = .words([signal])
      facts[.moment] = .word("message")
      if signal == "repeat_contact" { facts[.repeatContact] = .flag(true) }
      #expect(policy.decide(facts).action == .handOff, "\(signal)")
    }
  }

  @Test func everyStepThatSpeaksHasWordsInEveryLanguage() {
    let spoken = policy.steps.filter { $0.value.kind != .work }
    #expect(spoken.values.allSatisfy { $0.boundary == .automatic })
    #expect(Set(policy.languages.keys) == ModelReader.supported)
    for (tag, language) in policy.languages {
      for step in spoken.keys { #expect(language.messages[step] != nil, "\(tag) \(step)") }
    }
  }

  @Test func moneyAndPromisesNeedAPerson() {
    for step in [
      "refund", "cancel_order", "goodwill", "retention_offer", "resend_or_refund", "replace_item", "delete_account",
    ] {
      #expect(policy.steps[step]?.boundary == .needsApproval, "\(step)")
    }
  }

  @Test func noMessageClaimsFeelingsOrKnowsThoseOfTheCustomer() throws {
    let claims = [
      "i know how", "i feel", "i understand how you feel", "ich weiß, wie", "je sais ce que vous", "sé cómo se siente",
    ]
    var facts = Dictionary(uniqueKeysWithValues: Template.placeholders.map { ($0, $0.uppercased()) })
    for name in Template.placeholders where name.hasPrefix("has") || name == "late" { facts[name] = "true" }
    for (tag, language) in policy.languages {
      for (step, words) in language.messages {
        let parts = [words.calm, words.upset, words.fact, words.nextStep].map { $0.render(facts) }
        #expect(!parts.contains { part in claims.contains { part.lowercased().contains($0) } }, "\(tag) \(step)")
        #expect(!parts.contains { $0.contains("{{") || $0.contains("!") }, "\(tag) \(step)")
        #expect(parts.allSatisfy { !$0.isEmpty && $0.count <= 240 }, "\(tag) \(step)")
      }
      for frame in [language.frame.humanExit, language.frame.disclosure, language.frame.basis, language.frame.handOff] {
        #expect(!frame.render(facts).isEmpty)
      }
    }
  }

  /// The facts of a message are the same whoever reads it; only the acknowledgement differs (E11).
  @Test func theResolvingFactAndTheNextStepAreTheSameForEverybody() {
    for (tag, language) in policy.languages {
      for (step, words) in language.messages where step != "suggested_reply" {
        #expect(!words.fact.names.contains("name") && !words.nextStep.names.contains("name"), "\(tag) \(step)")
      }
    }
  }
}
