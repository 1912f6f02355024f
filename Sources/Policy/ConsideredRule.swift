/// A tripwire or rule beside the facts: whether it holds and, if not, what stands in the way.
public struct ConsideredRule: Sendable, Hashable {
  /// A fact that is not as the rule wants it.
  public struct Obstacle: Sendable, Hashable {
    /// The fact.
    public let fact: FactName
    /// What it is.
    public let found: String
    /// What the rule wants it to be.
    public let wanted: String
  }

  /// Its name; a tripwire's begins with `tripwire.`.
  public let name: String
  /// Why it is there, for agents.
  public let words: String
  /// What stands in the way; empty if its condition holds.
  public let obstacles: [Obstacle]

  /// Whether its condition holds. A rule that holds may still be passed over: for its boundary, or because one before it
  /// decided.
  public var holds: Bool { obstacles.isEmpty }
}

extension PolicyDocument {
  /// Every tripwire and every rule, or every notice, beside these facts, in the order in which they are tried; then the experiment, which is
  /// asked when a rule would send a message.
  public func considered(_ facts: Facts, forNotice: Bool = false) -> [ConsideredRule] {
    func considered(_ name: String, _ words: String, _ when: Condition) -> ConsideredRule {
      ConsideredRule(
        name: name, words: words,
        obstacles: when.failing(for: facts).map {
          .init(fact: $0.fact, found: facts[$0.fact].text, wanted: $0.wanted.text)
        })
    }
    let trial = experiment.map { [considered($0.rule, $0.words, Self.inBaseline)] } ?? []
    return tripwires.map { considered("tripwire." + $0.name, $0.words, $0.when) }
      + (forNotice ? notices : rules).map { considered($0.name, $0.words, $0.when) } + (forNotice ? [] : trial)
  }
}
