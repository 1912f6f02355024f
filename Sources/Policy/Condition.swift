/// What a rule wants facts to be. All of its parts must hold; no parts always hold.
public struct Condition: Sendable, Hashable {
  /// What one fact must be.
  public enum Wanted: Sendable, Hashable {
    /// One of these words; of a set, at least one of them in it.
    case anyOf([String])
    /// None of these words.
    case noneOf([String])
    /// A number in this range.
    case within(ClosedRange<Int>)
    /// This flag.
    case flag(Bool)

    /// As a policy writes it.
    public var text: String {
      switch self {
      case .anyOf(let words): words.joined(separator: " | ")
      case .noneOf(let words): "not " + words.joined(separator: " | ")
      case .within(let range):
        range.lowerBound == Int.min
          ? "<= \(range.upperBound)"
          : range.upperBound == Int.max
            ? ">= \(range.lowerBound)" : range.count == 1 ? "\(range.lowerBound)" : "\(range)"
      case .flag(let flag): flag ? "true" : "false"
      }
    }

    /// The words it names; `nil` for numbers and flags.
    var words: [String]? {
      switch self {
      case .anyOf(let words), .noneOf(let words): words
      case .within, .flag: nil
      }
    }

    func holds(for value: FactValue) -> Bool {
      switch (self, value) {
      case (.anyOf(let wanted), .word(let word)): wanted.contains(word)
      case (.noneOf(let unwanted), .word(let word)): !unwanted.contains(word)
      case (.anyOf(let wanted), .words(let words)): wanted.contains { words.contains($0) }
      case (.noneOf(let unwanted), .words(let words)): !unwanted.contains { words.contains($0) }
      case (.within(let range), .number(let number)): range.contains(number)
      case (.flag(let wanted), .flag(let flag)): wanted == flag
      default: false  // The loader refuses a condition of another kind than its fact.
      }
    }
  }

  /// The facts it looks at, in the order of the document, with what each must be.
  public let parts: [(fact: FactName, wanted: Wanted)]
  /// The same facts as a set.
  let facts: FactSet

  init(_ parts: [(fact: FactName, wanted: Wanted)]) {
    self.parts = parts
    facts = FactSet(parts.map(\.fact))
  }

  /// Whether the facts are as it wants.
  public func holds(for facts: Facts) -> Bool { parts.allSatisfy { $0.wanted.holds(for: facts[$0.fact]) } }

  /// The one part that does not hold, where all others do.
  func nearMiss(for facts: Facts) -> (fact: FactName, wanted: Wanted)? {
    var miss: Int?
    for index in parts.indices where !parts[index].wanted.holds(for: facts[parts[index].fact]) {
      if miss != nil { return nil }
      miss = index
    }
    return miss.map { parts[$0] }
  }

  /// The parts that do not hold.
  func failing(for facts: Facts) -> [(fact: FactName, wanted: Wanted)] {
    parts.filter { !$0.wanted.holds(for: facts[$0.fact]) }
  }

  /// Same facts, same wishes, same order.
  public static func == (a: Self, b: Self) -> Bool {
    a.parts.count == b.parts.count
      && zip(a.parts, b.parts).allSatisfy { $0.fact == $1.fact && $0.wanted == $1.wanted }
  }

  /// Feeds the parts, in order.
  public func hash(into hasher: inout Hasher) {
    for part in parts {
      hasher.combine(part.fact)
      hasher.combine(part.wanted)
    }
  }
}
