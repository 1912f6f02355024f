internal import Events

/// Reads what holds when: conditions, and what follows from them.
extension PolicyDocument {
  static func proposal(_ node: DocumentNode) throws(PolicyProblem) -> Proposal {
    let fields = try node.fields("when", "step")
    let when = try condition(fields.require("when", of: node))
    guard !when.parts.isEmpty else { throw node.problem("a proposal needs a condition") }
    return Proposal(when: when, step: try fields.require("step", of: node).text())
  }

  static func tripwire(_ node: DocumentNode) throws(PolicyProblem) -> Tripwire {
    let fields = try node.fields("name", "when", "queue", "step", "words")
    let when = try condition(fields.require("when", of: node))
    guard !when.parts.isEmpty else { throw node.problem("a tripwire needs a condition") }
    return Tripwire(
      name: try fields.require("name", of: node).text(), when: when, queue: try fields["queue"]?.text(),
      step: try fields["step"]?.text(), words: try fields.require("words", of: node).text())
  }

  static func urgencyRule(_ node: DocumentNode) throws(PolicyProblem) -> UrgencyRule {
    let fields = try node.fields("urgency", "when")
    return UrgencyRule(
      urgency: try fields.require("urgency", of: node).choice(of: DecisionMade.Urgency.self),
      when: try condition(fields.require("when", of: node)))
  }

  static func rule(_ node: DocumentNode) throws(PolicyProblem) -> Rule {
    let fields = try node.fields("name", "when", "then", "words")
    let then = try fields.require("then", of: node)
    let outcomes = try then.fields("message", "handOff", "nothing")
    guard outcomes.count == 1, let outcome = outcomes.first else {
      throw then.problem("must be one of message, handOff, nothing")
    }
    let result: Rule.Outcome
    switch outcome.key {
    case "message": result = .message(step: try outcome.value.text())
    case "nothing": result = .nothing
    default:
      let target = try outcome.value.fields("queue", "step")
      result = .handOff(queue: try target["queue"]?.text(), step: try target["step"]?.text())
    }
    return Rule(
      name: try fields.require("name", of: node).text(),
      when: try fields["when"].map { node throws(PolicyProblem) in try condition(node) } ?? Condition([]),
      outcome: result, words: try fields.require("words", of: node).text())
  }

  static func condition(_ node: DocumentNode) throws(PolicyProblem) -> Condition {
    var parts: [(fact: FactName, wanted: Condition.Wanted)] = []
    for entry in try node.entries() {
      guard let fact = FactName(rawValue: entry.name) else {
        throw entry.value.problem(
          "there is no such fact; known are \(FactName.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      let wanted = try wanted(entry.value, for: fact)
      if let known = FactName.vocabulary(of: fact), fact != .intent, let words = wanted.words,
        let unknown = words.first(where: { !known.contains($0) })
      {
        // A misspelt signal would be a tripwire that nothing can touch.
        throw entry.value.problem("\(fact.rawValue) is never \(unknown); known are \(known.joined(separator: ", "))")
      }
      parts.append((fact, wanted))
    }
    return Condition(parts)
  }

  static func wanted(_ node: DocumentNode, for fact: FactName) throws(PolicyProblem) -> Condition.Wanted {
    switch fact.kind {
    case .word, .words:
      guard node.isMapping else { return .anyOf(try node.texts()) }
      return .noneOf(try node.fields("not").require("not", of: node).texts())
    case .flag:
      switch try node.text() {
      case "true": return .flag(true)
      case "false": return .flag(false)
      default: throw node.problem("must be true or false")
      }
    case .number:
      let text = try node.text()
      let digits = text.drop { "<>= ".contains($0) }
      guard let number = Int(digits) else { throw node.problem("must be a number, or <= or >= and a number") }
      if text.hasPrefix("<=") { return .within(Int.min...number) }
      if text.hasPrefix(">=") { return .within(number...Int.max) }
      guard digits.count == text.count else { throw node.problem("must be a number, or <= or >= and a number") }
      return .within(number...number)
    }
  }
}
