public import Events

/// The smallest change of facts that leads somewhere else: what "why did this not go to billing?" asks for.
public struct WhyNot: Sendable, Hashable {
  /// Where a case did not go.
  public enum Target: Sendable, Hashable {
    /// To the people of this queue.
    case queue(String)
    /// Anywhere by this action.
    case action(DecisionMade.Action)

    /// What `name` stands for in `policy`: an action as decisions write it or, if there is none of that name, a queue; `nil`
    /// if it is neither.
    public init?(_ name: String, in policy: PolicyDocument) {
      if let action = DecisionMade.Action(rawValue: name) {
        self = .action(action)
      } else if policy.queues[name] != nil {
        self = .queue(name)
      } else {
        return nil
      }
    }

    /// As it is asked for.
    public var name: String {
      switch self {
      case .queue(let name): name
      case .action(let action): action.rawValue
      }
    }

    func isReached(by verdict: Verdict) -> Bool {
      switch self {
      case .queue(let name): verdict.queue == name
      case .action(let action): verdict.action == action
      }
    }
  }

  /// A fact that would have to be otherwise.
  public struct Change: Sendable, Hashable {
    /// The fact.
    public let fact: FactName
    /// What it is.
    public let from: FactValue
    /// What it would have to be.
    public let to: FactValue
  }

  /// What was found.
  public enum Answer: Sendable, Hashable {
    /// These facts lead there as they are, by this rule.
    case already(rule: String)
    /// With these changes, in the order of the closed list, this rule would decide and lead there.
    case changes([Change], rule: String)
    /// No change of up to `WhyNot.mostChanges` facts leads there.
    case nothing
  }

  /// How many facts are changed at most: what needs more is another case, not an explanation of this one.
  public static let mostChanges = 3

  /// Where the case did not go.
  public let target: Target
  /// What would have led there.
  public let answer: Answer
}

extension FactName {
  /// Whether it describes the person rather than the matter, so that nobody can make it otherwise.
  public var describesPerson: Bool {
    switch self {
    case .tier, .language, .channel, .arm: true
    default: false
    }
  }
}

extension PolicyDocument {
  /// The fewest facts whose change leads to `target`. Among as many, those that describe the person come last, then the order
  /// of the closed list decides; of a fact's values the neutral one comes first, then the order of the document, of numbers
  /// and sets the nearest. The same facts always give the same answer.
  public func whyNot(_ target: WhyNot.Target, _ facts: Facts) -> WhyNot {
    let verdict = decide(facts)
    if target.isReached(by: verdict) { return WhyNot(target: target, answer: .already(rule: verdict.rule)) }
    return WhyNot(target: target, answer: Search(policy: self, target: target, facts: facts).answer())
  }
}

/// Breadth first over sets of facts. What cannot lead there is left out early; what is left is shown to `decide`, whose word
/// alone counts.
private struct Search {
  /// A tripwire or rule, in the order in which they are tried.
  struct Line {
    let when: Condition
    /// The facts it looks at, and those of them that are not as it wants.
    let facts: FactSet
    let failing: FactSet
    let outcome: PolicyDocument.Rule.Outcome
  }

  let policy: PolicyDocument
  let target: WhyNot.Target
  let facts: Facts
  let lines: [Line]

  init(policy: PolicyDocument, target: WhyNot.Target, facts: Facts) {
    self.policy = policy
    self.target = target
    self.facts = facts
    func line(_ when: Condition, _ outcome: PolicyDocument.Rule.Outcome) -> Line {
      Line(
        when: when, facts: when.facts, failing: FactSet(when.failing(for: facts).map(\.fact)),
        outcome: outcome)
    }
    // A tripwire that names neither queue nor step sends the case where the first rule that hands over would.
    let destinations = policy.rules.filter { if case .handOff = $0.outcome { true } else { false } }
    lines =
      policy.tripwires.flatMap { tripwire -> [Line] in
        guard tripwire.queue == nil, tripwire.step == nil else {
          return [line(tripwire.when, .handOff(queue: tripwire.queue, step: tripwire.step))]
        }
        return destinations.map { line(Condition(tripwire.when.parts + $0.when.parts), $0.outcome) }
      } + policy.rules.map { line($0.when, $0.outcome) }
  }

  func answer() -> WhyNot.Answer {
    let values = FactName.allCases.map { CandidateValues(policy).values(of: $0, besides: facts[$0]) }
    for size in 1...WhyNot.mostChanges {
      for set in sets(of: size) {
        let ways = ways(changing: set)
        guard !ways.isEmpty else { continue }
        let choices = set.map { fact in
          values[FactName.allCases.firstIndex(of: fact)!].filter { value in
            ways.contains { way in way.when.parts.allSatisfy { $0.fact != fact || $0.wanted.holds(for: value) } }
          }
        }
        if let found = first(of: choices, for: set[...], ways, changed: facts) { return found }
      }
    }
    return .nothing
  }

  /// All sets of so many facts: the fewest facts of the person first, then in the order of the closed list.
  private func sets(of size: Int) -> [[FactName]] {
    func sets(_ size: Int, of names: ArraySlice<FactName>) -> [[FactName]] {
      guard size > 0 else { return [[]] }
      return names.indices.flatMap { index in
        sets(size - 1, of: names[(index + 1)...]).map { [names[index]] + $0 }
      }
    }
    let all = sets(size, of: FactName.allCases[...])
    return (0...size).flatMap { persons in all.filter { $0.count(where: \.describesPerson) == persons } }
  }

  /// The lines that can decide and lead there when only these facts are changed.
  private func ways(changing set: [FactName]) -> [Line] {
    let changed = FactSet(set)
    var ways: [Line] = []
    for line in lines {
      if line.failing.isSubset(of: changed), mayLead(line, changing: changed) { ways.append(line) }
      // A line that holds and looks at none of these facts goes on to hold, and nothing behind it decides. A message is the
      // exception: it can be passed over for facts that its condition does not name.
      if line.failing.isEmpty, changed.isDisjoint(with: line.facts) {
        if case .message = line.outcome { continue }
        break
      }
    }
    return ways
  }

  private func mayLead(_ line: Line, changing changed: FactSet) -> Bool {
    switch (target, line.outcome) {
    case (.action(.none), .nothing), (.action(.handOff), .handOff): true
    case (.queue(let name), .handOff(let queue?, _)): queue == name
    case (.queue(let name), .handOff(nil, _)): !changed.isDisjoint(with: FactSet([.intent])) || queue(of: facts) == name
    case (.action(.resolve), .message(let step)): policy.steps[step]?.kind == .answer
    case (.action(.clarify), .message(let step)): policy.steps[step]?.kind == .question
    default: false
    }
  }

  /// The queue of a line that names none; `nil` where the intent has none and the last rule's counts.
  private func queue(of facts: Facts) -> String? {
    if let intent = policy.intents[facts.word(.intent)] { return intent.queue }
    if case .handOff(let queue, _) = policy.rules.last?.outcome { return queue }
    return nil
  }

  private func first(
    of choices: [[FactValue]], for set: ArraySlice<FactName>, _ ways: [Line], changed: Facts
  ) -> WhyNot.Answer? {
    guard let fact = set.first else {
      // Asking the conditions first is cheap and spares most of the deciding.
      guard ways.contains(where: { $0.when.holds(for: changed) }) else { return nil }
      let verdict = policy.decide(changed)
      guard target.isReached(by: verdict) else { return nil }
      let changes = FactName.allCases.filter { changed[$0] != facts[$0] }
      return .changes(changes.map { .init(fact: $0, from: facts[$0], to: changed[$0]) }, rule: verdict.rule)
    }
    for value in choices[choices.count - set.count] {
      var next = changed
      next[fact] = value
      if let found = first(of: choices, for: set.dropFirst(), ways, changed: next) { return found }
    }
    return nil
  }
}

/// Values worth trying: one for every difference that the policy makes.
private struct CandidateValues {
  private let policy: PolicyDocument
  private let parts: [(fact: FactName, wanted: Condition.Wanted)]

  /// Conditions of urgencies are not among them: they change when somebody must act, and never who.
  init(_ policy: PolicyDocument) {
    self.policy = policy
    parts = policy.tripwires.flatMap(\.when.parts) + policy.rules.flatMap(\.when.parts)
  }

  func values(of fact: FactName, besides current: FactValue) -> [FactValue] {
    let values: [FactValue] =
      switch current {
      case .word: words(for: fact).map { .word($0) }
      case .number(let number): numbers(for: fact, near: number).map { .number($0) }
      case .flag(let flag): [.flag(!flag)]
      case .words(let words): sets(for: fact, near: words).map { .words($0) }
      }
    return values.filter { $0 != current }
  }

  private func words(for fact: FactName) -> [String] {
    var words = [Facts().word(fact)] + mentioned(for: fact)
    // What deciding looks at beside the conditions: intents have queues, and messages need certainty and a language.
    switch fact {
    case .intent: words += policy.intents.keys.sorted()
    case .confidence: words += Reading.Band.allCases.map(\.rawValue)
    case .language: words += policy.languages.keys.sorted()
    default: break
    }
    return words.withoutRepeats
  }

  private func mentioned(for fact: FactName) -> [String] {
    parts.flatMap { part -> [String] in
      guard part.fact == fact else { return [] }
      return switch part.wanted {
      case .anyOf(let words), .noneOf(let words): words
      case .within, .flag: []
      }
    }.withoutRepeats
  }

  /// The ends of every range and what stands just outside, as far as there are such numbers.
  private func numbers(for fact: FactName, near current: Int) -> [Int] {
    let possible = fact == .sentiment ? -2...2 : 0...Int.max
    var numbers = [Facts().number(fact)]
    for case (fact, .within(let range)) in parts {
      if range.lowerBound > Int.min { numbers += [range.lowerBound, range.lowerBound - 1] }
      if range.upperBound < Int.max { numbers += [range.upperBound, range.upperBound + 1] }
    }
    switch fact {
    case .questionsAsked: numbers += [policy.turns.questions - 1, policy.turns.questions]
    // The first answer ends the asking, whatever the number of answers.
    case .answersGiven: numbers += [policy.turns.answers - 1, policy.turns.answers, 1]
    default: break
    }
    // Of bits, since the distance between numbers can be more than an `Int` holds.
    func distance(_ number: Int) -> UInt {
      UInt(bitPattern: max(number, current)) &- UInt(bitPattern: min(number, current))
    }
    return numbers.withoutRepeats.filter(possible.contains).sorted { (distance($0), $0) < (distance($1), $1) }
  }

  /// Sets near `current`: a word more, a word less, nothing that the policy looks at, and that with a word of it. Where a
  /// condition wants words to be absent, two of which one may break it.
  private func sets(for fact: FactName, near current: Set<String>) -> [Set<String>] {
    let mentioned = mentioned(for: fact)
    let harmless = current.subtracting(mentioned)
    var sets = [Facts()[fact].set, harmless]
    for word in mentioned { sets += [current.union([word]), harmless.union([word])] }
    for word in current.sorted() { sets.append(current.subtracting([word])) }
    for case (fact, .noneOf(let unwanted)) in parts {
      for word in unwanted { sets += mentioned.map { harmless.union([word, $0]) } }
      sets.append(current.subtracting(unwanted))
    }
    let ranked = sets.withoutRepeats.enumerated().map {
      (edits: $1.symmetricDifference(current).count, at: $0, set: $1)
    }
    return ranked.sorted { ($0.edits, $0.at) < ($1.edits, $1.at) }.map(\.set)
  }
}

extension FactValue {
  fileprivate var set: Set<String> { if case .words(let words) = self { words } else { [] } }
}

extension Array where Element: Hashable {
  fileprivate var withoutRepeats: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
