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

  /// What is asked of a fact's mark. Without references, since a decision asks hundreds of them.
  private enum Test: Sendable {
    /// Whether the mark is among these places of `marks`: if it is not, the word is surely none of those; if it is, it is looked at.
    case word(Range<Int>, isWanted: Bool)
    case within(Int, Int)
    case flag(Bool)
    /// The mark says nothing of it.
    case value
  }

  /// The facts it looks at, in the order of the document, with what each must be.
  public let parts: [(fact: FactName, wanted: Wanted)]
  /// The same facts as a set.
  let facts: FactSet
  /// A test for each part.
  private let tests: [Test]
  private let marks: [UInt64]

  init(_ parts: [(fact: FactName, wanted: Wanted)]) {
    self.parts = parts
    facts = FactSet(parts.map(\.fact))
    var marks: [UInt64] = []
    tests = parts.map { fact, wanted in
      switch (fact.kind, wanted) {
      case (.word, .anyOf(let words)): Self.test(words, isWanted: true, &marks)
      case (.word, .noneOf(let words)): Self.test(words, isWanted: false, &marks)
      case (.number, .within(let range)): .within(range.lowerBound, range.upperBound)
      case (.flag, .flag(let flag)): .flag(flag)
      default: .value
      }
    }
    self.marks = marks
  }

  private static func test(_ words: [String], isWanted: Bool, _ marks: inout [UInt64]) -> Test {
    let own = words.map(FactValue.mark(of:))
    guard !own.contains(FactValue.noMark) else { return .value }
    marks += own
    return .word(marks.count - own.count..<marks.count, isWanted: isWanted)
  }

  /// Whether the facts are as it wants.
  public func holds(for facts: Facts) -> Bool { parts.indices.allSatisfy { holds($0, for: facts) } }

  /// Whether the part at `index` holds.
  private func holds(_ index: Int, for facts: Facts) -> Bool {
    let fact = parts[index].fact
    let mark = facts.mark(of: fact)
    switch tests[index] {
    case .word(let range, let isWanted):
      if mark != FactValue.noMark, !marks[range].contains(mark) { return !isWanted }
    case .within(let least, let most):
      let number = Int(truncatingIfNeeded: mark)
      return least <= number && number <= most
    case .flag(let wanted): return wanted == (mark != 0)
    case .value: break
    }
    return parts[index].wanted.holds(for: facts[fact])
  }

  /// The one part that does not hold, where all others do.
  func nearMiss(for facts: Facts) -> (fact: FactName, wanted: Wanted)? {
    var miss: Int?
    for index in parts.indices where !holds(index, for: facts) {
      if miss != nil { return nil }
      miss = index
    }
    return miss.map { parts[$0] }
  }

  /// The parts that do not hold.
  func failing(for facts: Facts) -> [(fact: FactName, wanted: Wanted)] {
    parts.indices.filter { !holds($0, for: facts) }.map { parts[$0] }
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
