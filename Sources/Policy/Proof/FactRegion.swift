internal import Events

/// A part of the space of facts: for each fact the values it may have, independently of each other. The whole space is one
/// region; a condition cuts a region into the part where it holds and parts where it does not.
struct FactRegion: Sendable, Hashable {
  /// The values one fact may have.
  enum Values: Sendable, Hashable {
    case words(Set<String>)
    /// Both ends belong to it.
    case numbers(Int, Int)
    case flags(Set<Bool>)
    /// Names that are there, and names of which it is open; all others are not.
    case sets(there: Set<String>, open: Set<String>)
  }

  private(set) var values: [FactName: Values]

  init(_ values: [FactName: Values]) { self.values = values }

  subscript(fact: FactName) -> Values { values[fact]! }

  /// How many states it has.
  var size: UInt128 {
    values.values.reduce(1) { product, values in
      product
        * {
          switch values {
          case .words(let words): UInt128(words.count)
          case .numbers(let low, let high): UInt128(high - low + 1)
          case .flags(let flags): UInt128(flags.count)
          case .sets(_, let open): 1 << UInt128(open.count)
          }
        }()
    }
  }

  /// How many of its states are in the baseline of an experiment.
  var baseline: UInt128 { cut(by: PolicyDocument.inBaseline).holds.reduce(0) { $0 + $1.size } }

  /// The parts where `condition` holds and those where it does not; together they are the whole, and no two overlap.
  func cut(by condition: Condition) -> (holds: [FactRegion], fails: [FactRegion]) {
    var holding = [self]
    var failing: [FactRegion] = []
    for part in condition.parts {
      var next: [FactRegion] = []
      for region in holding {
        let (yes, no) = region.cut(part.fact, part.wanted)
        next += yes
        failing += no
      }
      holding = next
    }
    return (holding, failing)
  }

  private func cut(_ fact: FactName, _ wanted: Condition.Wanted) -> (holds: [FactRegion], fails: [FactRegion]) {
    switch (self[fact], wanted) {
    case (.words(let words), .anyOf(let named)):
      return (with(fact, .words(words.intersection(named))), with(fact, .words(words.subtracting(named))))
    case (.words(let words), .noneOf(let named)):
      return (with(fact, .words(words.subtracting(named))), with(fact, .words(words.intersection(named))))
    case (.flags(let flags), .flag(let flag)):
      return (with(fact, .flags(flags.intersection([flag]))), with(fact, .flags(flags.subtracting([flag]))))
    case (.numbers(let low, let high), .within(let range)):
      let inside = (max(low, range.lowerBound), min(high, range.upperBound))
      var fails: [FactRegion] = []
      if low < range.lowerBound { fails += with(fact, .numbers(low, min(high, range.lowerBound - 1))) }
      if high > range.upperBound { fails += with(fact, .numbers(max(low, range.upperBound + 1), high)) }
      return (inside.0 <= inside.1 ? with(fact, .numbers(inside.0, inside.1)) : [], fails)
    case (.sets(let there, let open), .anyOf(let named)):
      let (some, none) = cutSets(fact, there, open, named)
      return (some, none)
    case (.sets(let there, let open), .noneOf(let named)):
      let (some, none) = cutSets(fact, there, open, named)
      return (none, some)
    default:
      return ([], [self])  // The loader refuses a condition of another kind than its fact.
    }
  }

  /// One of `named` is there: the first of them, or not the first but the second, and so on; or none is.
  private func cutSets(
    _ fact: FactName, _ there: Set<String>, _ open: Set<String>, _ named: [String]
  ) -> (some: [FactRegion], none: [FactRegion]) {
    guard !named.contains(where: there.contains) else { return ([self], []) }
    var some: [FactRegion] = []
    var rest = open
    for name in named where rest.contains(name) {
      rest.remove(name)
      some += with(fact, .sets(there: there.union([name]), open: rest))
    }
    return (some, with(fact, .sets(there: there, open: rest)))
  }

  private func with(_ fact: FactName, _ new: Values) -> [FactRegion] {
    switch new {
    case .words(let words) where words.isEmpty: return []
    case .flags(let flags) where flags.isEmpty: return []
    case .numbers(let low, let high) where low > high: return []
    default:
      var region = self
      region.values[fact] = new
      return [region]
    }
  }

  /// One state of it: of each fact the first value, in the order of names and numbers.
  var sample: Facts {
    var facts = Facts()
    for (fact, values) in values {
      switch values {
      case .words(let words): facts[fact] = .word(words.min()!)
      case .numbers(let low, _): facts[fact] = .number(low)
      case .flags(let flags): facts[fact] = .flag(!flags.contains(false))
      case .sets(let there, _): facts[fact] = .words(there)
      }
    }
    return facts
  }
}

extension FactRegion {
  /// A word that a policy does not know: another language, another tier.
  static let another = "*"

  /// All states that a message can be decided in, as far as this policy can tell them apart.
  init(whole policy: PolicyDocument) {
    var values: [FactName: Values] = [:]
    for fact in FactName.allCases {
      switch fact.kind {
      case .flag: values[fact] = .flags([false, true])
      case .number: values[fact] = fact == .sentiment ? .numbers(-2, 2) : .numbers(0, 3)
      case .words: values[fact] = .sets(there: [], open: Set(FactName.vocabulary(of: fact) ?? []))
      case .word:
        var words = Set(FactName.vocabulary(of: fact) ?? [Self.another])
        if fact == .intent { words.formUnion(policy.intents.keys) }
        if fact == .language { words.formUnion(policy.languages.keys) }
        if fact == .arm, policy.experiment == nil { words = [Arm.treatment.rawValue] }
        if fact == .tier { words.formUnion(policy.wordsAsked(of: .tier) + ["none"]) }
        values[fact] = .words(words)
      }
    }
    self.init(values)
  }
}

extension PolicyDocument {
  /// The words that conditions of this policy ask of a fact.
  func wordsAsked(of fact: FactName) -> [String] {
    (tripwires.map(\.when) + urgencies.map(\.when) + rules.map(\.when)).flatMap(\.parts).filter { $0.fact == fact }
      .flatMap { $0.wanted.words ?? [] }
  }
}
