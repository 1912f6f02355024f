import Events
import Testing
import TestSupport

@testable import Policy

/// "Why not there?": the answer leads there, and nothing smaller does.
@Suite struct WhyNotTests {
  private let policy = DefaultPolicy.document

  private func changes(_ name: String, _ facts: Facts) throws -> (list: [String], rule: String) {
    let target = try #require(WhyNot.Target(name, in: policy))
    guard case .changes(let changes, let rule) = policy.whyNot(target, facts).answer else { return ([], "") }
    return (changes.map { "\($0.fact.rawValue): \($0.from.text) > \($0.to.text)" }, rule)
  }

  // MARK: On the default policy

  @Test(arguments: [
    ("delivery", ["intent: order_status > delivery_issue"], "known-intent"),
    ("clarify", ["order: named > none"], "which-number"),
    ("none", ["signals:  > closing", "moment: opened > message"], "nothing-owed"),
    ("legal", ["signals:  > legal_threat"], "tripwire.legal_threat"),
    ("account-security", ["signals:  > account_takeover"], "tripwire.account_security"),
    ("languages", ["abstention: none > unsupported_language"], "tripwire.unsupported_language"),
    ("hand_off", ["intent: order_status > none"], "default"),
  ])
  func aPlainQuestionHasAPlainAnswer(name: String, list: [String], rule: String) throws {
    let answer = try changes(name, plainFacts)
    #expect(answer.list == list && answer.rule == rule)
  }

  @Test func whatLeadsThereAlreadyNeedsNoChange() {
    #expect(policy.whyNot(.action(.resolve), plainFacts).answer == .already(rule: "on-its-way"))
  }

  @Test func allThatStandsInTheWayIsChanged() throws {
    var facts = plainFacts
    facts[.automationAllowed] = .flag(false)
    facts[.sentiment] = .number(-2)
    facts[.confidence] = .word("low")
    let answer = try changes("resolve", facts)
    #expect(answer.list == ["confidence: low > medium", "sentiment: -2 > -1", "automation_allowed: false > true"])
    facts[.humanHasCase] = .flag(true)
    #expect(policy.whyNot(.action(.resolve), facts).answer == .nothing)
  }

  @Test func aWordThatDoesNoHarmStaysInItsSet() throws {
    var facts = plainFacts
    facts[.signals] = .words(["settled", "wants_human", "press"])
    #expect(try changes("resolve", facts).list == ["signals: press settled wants_human > settled"])
  }

  @Test func onlyActionsAndQueuesCanBeAskedFor() {
    #expect(WhyNot.Target("martian", in: policy) == nil)
    #expect(WhyNot.Target("hand_off", in: policy) == .action(.handOff))
    for queue in policy.queues.keys { #expect(WhyNot.Target(queue, in: policy) == .queue(queue)) }
  }

  // MARK: On small policies

  private func small(tripwires: String = "[]", _ rules: String) throws -> PolicyDocument {
    try PolicyDocument(
      yaml: miniature(
        queues: "other: {title: Other, deadlines: {critical: 1s, high: 2s, normal: 3s, low: 4s}}",
        tripwires: tripwires, rules: rules))
  }

  private func facts(in answer: WhyNot.Answer) -> [FactName] {
    if case .changes(let changes, _) = answer { changes.map(\.fact) } else { [] }
  }

  @Test func whatDescribesThePersonIsChangedLast() throws {
    let policy = try small(
      """
      - {name: vip, when: {tier: vip}, then: {handOff: {queue: other}}, words: w}
      - {name: chat, when: {channel: chat}, then: {handOff: {queue: other}}, words: w}
      - {name: again, when: {answers_given: ">= 1"}, then: {handOff: {queue: other}}, words: w}
      """)
    #expect(facts(in: policy.whyNot(.queue("other"), plainFacts).answer) == [.answersGiven])
  }

  @Test func fewerFactsCountMoreThanWhomTheyDescribe() throws {
    let policy = try small(
      """
      - {name: two, when: {late: true, high_value: true}, then: {handOff: {queue: other}}, words: w}
      - {name: vip, when: {tier: vip}, then: {handOff: {queue: other}}, words: w}
      """)
    #expect(facts(in: policy.whyNot(.queue("other"), plainFacts).answer) == [.tier])
  }

  @Test func amongAsManyTheClosedListDecidesAndNotTheDocument() throws {
    let policy = try small(
      """
      - {name: value, when: {high_value: true}, then: {handOff: {queue: other}}, words: w}
      - {name: late, when: {late: true}, then: {handOff: {queue: other}}, words: w}
      """)
    #expect(facts(in: policy.whyNot(.queue("other"), plainFacts).answer) == [.late])
  }

  @Test func fourFactsAreTooMany() throws {
    let three = "late: true, high_value: true, pressure: danger"
    func answer(_ when: String) throws -> WhyNot.Answer {
      try small("- {name: r, when: {\(when)}, then: {handOff: {queue: other}}, words: w}")
        .whyNot(.queue("other"), plainFacts).answer
    }
    #expect(try facts(in: answer(three)) == [.pressure, .late, .highValue])
    #expect(try answer(three + ", repeat_contact: true") == .nothing)
  }

  @Test func aWordThatMustBeAbsentElsewhereIsAdded() throws {
    let policy = try small(
      """
      - {name: no-a, when: {signals: {not: [abuse]}}, then: {handOff: {queue: desk}}, words: w}
      - {name: b, when: {signals: press}, then: {handOff: {queue: other}}, words: w}
      """)
    let change = WhyNot.Change(fact: .signals, from: .words([]), to: .words(["abuse", "press"]))
    #expect(policy.whyNot(.queue("other"), plainFacts).answer == .changes([change], rule: "b"))
  }

  @Test(arguments: [Int.min, -2, 0, 2, Int.max])
  func aNumberGoesToTheNearestThatLeadsThere(number: Int) throws {
    let policy = try small(
      "- {name: r, when: {sentiment: \"<= -1\"}, then: {handOff: {queue: other}}, words: w}")
    var facts = plainFacts
    facts[.sentiment] = .number(number)
    let target = WhyNot.Target.queue(number <= -1 ? "desk" : "other")
    let change = WhyNot.Change(fact: .sentiment, from: .number(number), to: .number(number <= -1 ? 0 : -1))
    guard case .changes(let changes, _) = policy.whyNot(target, facts).answer else {
      return #expect(Bool(false), "\(number)")
    }
    #expect(changes == [change])
  }

  // MARK: Against brute force

  /// Values that a fact can really have, the one it has left out.
  private func others(_ fact: FactName, _ policy: PolicyDocument, _ facts: Facts) -> [FactValue] {
    guard case .words(let current) = facts[fact] else {
      return fact.values.filter { $0 != .word("martian") && $0 != facts[fact] }
    }
    let parts = (policy.tripwires.map(\.when) + policy.rules.map(\.when)).flatMap(\.parts).filter { $0.fact == fact }
    let names = Set(parts.flatMap { $0.wanted.text.split { !($0.isLetter || $0 == "_") }.map(String.init) })
    var sets: Set<Set<String>> = [[]]
    for name in names { sets.formUnion([current.union([name]), [name]]) }
    for name in current { sets.insert(current.subtracting([name])) }
    return sets.filter { $0 != current }.map { .words($0) }
  }

  /// For every target that can be reached by changing so many facts: the first set, in the promised order, with which it can.
  private func bruteForce(_ size: Int, _ policy: PolicyDocument, _ facts: Facts) -> [WhyNot.Target: [FactName]] {
    let choices = Dictionary(uniqueKeysWithValues: FactName.allCases.map { ($0, others($0, policy, facts)) })
    var reached: [WhyNot.Target: [FactName]] = [:]
    func change(_ rest: ArraySlice<FactName>, of set: [FactName], _ facts: Facts) {
      guard let fact = rest.first else {
        let verdict = policy.decide(facts)
        for target in [.action(verdict.action)] + (verdict.queue.map { [WhyNot.Target.queue($0)] } ?? [])
        where reached[target] == nil {
          reached[target] = set
        }
        return
      }
      for value in choices[fact, default: []] {
        var facts = facts
        facts[fact] = value
        change(rest.dropFirst(), of: set, facts)
      }
    }
    let persons: Set<FactName> = [.tier, .language, .channel]
    let sets = subsets(size, of: FactName.allCases)
    for count in 0...size {
      for set in sets where persons.intersection(set).count == count { change(set[...], of: set, facts) }
    }
    return reached
  }

  private func random(_ dice: inout Dice, troubles: Int) -> Facts {
    var facts = plainFacts
    let signals = ["wants_human", "closing", "legal_threat", "thanks", "safety", "exception_wanted"]
    for _ in 0..<troubles {
      let fact = dice.pick(FactName.allCases)
      facts[fact] = fact == .signals ? .words([dice.pick(signals), dice.pick(signals)]) : dice.pick(fact.values)
    }
    return facts
  }

  /// Whether the answer leads there by the rule it names, and changes what it says it changes.
  private func isTrue(_ answer: WhyNot, of facts: Facts, _ policy: PolicyDocument) -> Bool {
    switch answer.answer {
    case .nothing: return !answer.target.isReached(by: policy.decide(facts))
    case .already(let rule):
      let verdict = policy.decide(facts)
      return answer.target.isReached(by: verdict) && verdict.rule == rule
    case .changes(let changes, let rule):
      var changed = facts
      for change in changes {
        guard changed[change.fact] == change.from, change.from != change.to else { return false }
        changed[change.fact] = change.to
      }
      let verdict = policy.decide(changed)
      return answer.target.isReached(by: verdict) && verdict.rule == rule
        && Set(changes.map(\.fact)).count == changes.count
    }
  }

  @Test func theAnswerLeadsThereAndNothingSmallerDoes() {
    var dice = Dice(seed: 2026)
    var sizes: [Int: Int] = [:]
    let targets =
      policy.queues.keys.sorted().map { WhyNot.Target.queue($0) } + DecisionMade.Action.allCases.map { .action($0) }
    for round in 0..<36 {
      let facts = random(&dice, troubles: round % 12)
      let verdict = policy.decide(facts)
      let singles = bruteForce(1, policy, facts)
      // Pairs are many, so they are tried on some of the facts.
      let pairs = round % 16 == 5 ? bruteForce(2, policy, facts) : nil
      for target in targets {
        let answer = policy.whyNot(target, facts)
        #expect(isTrue(answer, of: facts, policy), "\(facts) \(answer)")
        guard !target.isReached(by: verdict) else { continue }
        let found = self.facts(in: answer.answer)
        sizes[found.count, default: 0] += 1
        #expect(singles[target] == (found.count == 1 ? found : nil), "\(facts) \(answer)")
        if let pairs, found.count != 1 {
          #expect(pairs[target] == (found.count == 2 ? found : nil), "\(facts) \(answer)")
        }
      }
    }
    for size in 0...3 { #expect(sizes[size, default: 0] > 10, "\(size): \(sizes)") }
  }

  /// On a policy of few facts three changes can be tried out, too.
  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func onSmallPoliciesNothingOfThreeFactsIsOverlooked(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    let parts = [
      ["late: true", "late: false"], ["pressure: danger", "pressure: {not: [none, danger]}"],
      ["signals: [abuse, press]", "signals: {not: [abuse]}"], ["sentiment: \"<= -1\"", "sentiment: \">= 1\""],
      ["tier: vip", "tier: {not: vip}"], ["intent: {not: [none]}", "intent: none"],
    ]
    func when() -> String {
      parts.shuffled(using: &dice).prefix(1 + dice.roll(4)).map { dice.pick($0) }.joined(separator: ", ")
    }
    let tripwires = (0..<3).map { "{name: t\($0), when: {\(when())}, words: w}" }.joined(separator: ", ")
    let rules = (0..<5).map { index in
      "- {name: r\(index), when: {\(when())}, then: \(dice.pick(["{nothing: true}", "{handOff: {queue: other}}"])), words: w}"
    }
    let policy = try small(tripwires: "[\(tripwires)]", rules.joined(separator: "\n"))
    for target in [WhyNot.Target.queue("other"), .queue("desk"), .action(.none), .action(.resolve)] {
      for _ in 0..<6 {
        var facts = plainFacts
        for fact in [FactName.late, .pressure, .sentiment, .tier] { facts[fact] = dice.pick(fact.values) }
        facts[.signals] = .words(dice.pick([[], ["abuse"], ["press"], ["abuse", "minor"]]))
        let answer = policy.whyNot(target, facts)
        #expect(isTrue(answer, of: facts, policy))
        if target.isReached(by: policy.decide(facts)) { continue }
        let relevant: [FactName] = [.late, .pressure, .signals, .sentiment, .tier, .intent]
        let size = (1...3).first { subsets($0, of: relevant).contains { leads($0[...], target, policy, facts) } }
        #expect(size == (answer.answer == .nothing ? nil : self.facts(in: answer.answer).count), "\(answer)")
      }
    }
  }

  private func subsets(_ size: Int, of facts: [FactName]) -> [[FactName]] {
    guard size > 0 else { return [[]] }
    return facts.indices.flatMap { index in
      subsets(size - 1, of: Array(facts[(index + 1)...])).map { [facts[index]] + $0 }
    }
  }

  private func leads(
    _ set: ArraySlice<FactName>, _ target: WhyNot.Target, _ policy: PolicyDocument, _ facts: Facts
  ) -> Bool {
    guard let fact = set.first else { return target.isReached(by: policy.decide(facts)) }
    let values: [FactValue] =
      switch fact {
      case .signals: [[], ["abuse"], ["press"], ["abuse", "press"]].map { .words(Set($0)) }
      case .intent: [.word("none"), .word("order_status")]
      case .tier: [.word("none"), .word("vip")]
      case .pressure: [.word("none"), .word("danger")]
      default: fact.values
      }
    return values.contains { value in
      var facts = facts
      facts[fact] = value
      return leads(set.dropFirst(), target, policy, facts)
    }
  }
}
