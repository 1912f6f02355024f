/// A set of facts as bits.
struct FactSet: OptionSet {
  let rawValue: UInt32

  init(rawValue: UInt32) { self.rawValue = rawValue }

  init(_ fact: FactName) { rawValue = 1 << UInt32(fact.place) }

  init(_ facts: [FactName]) {
    self = facts.reduce(into: []) { $0.formUnion(FactSet($1)) }
  }
}

/// Facts in the order in which they were first looked at.
struct FactTrail: Sendable {
  private(set) var names: [FactName] = []
  private var set: FactSet = []

  init() {}

  init(of conditions: [Condition]) {
    for condition in conditions { add(condition) }
  }

  mutating func add(_ fact: FactName) {
    if set.insert(FactSet(fact)).inserted { names.append(fact) }
  }

  mutating func add(_ facts: FactName...) {
    for fact in facts { add(fact) }
  }

  mutating func add(_ condition: Condition) {
    // Nearly always all of them were looked at before.
    guard !condition.facts.isSubset(of: set) else { return }
    for part in condition.parts { add(part.fact) }
  }
}
