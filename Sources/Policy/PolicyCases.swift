internal import Events
internal import Yams

/// Cases beside a policy: facts and what the policy must say about them. A support lead's examples, run like tests.
public struct PolicyCases: Sendable {
  /// One case that is not as it should be.
  public struct Failure: Sendable, Hashable {
    /// The case's name and line.
    public let name: String
    /// The line it begins on.
    public let line: Int
    /// What was expected and what came: `queue: legal expected, care decided`.
    public let words: String
  }

  private struct Case {
    let name: String
    let line: Int
    let facts: Facts
    let isNotice: Bool
    let expected: [(field: String, value: String)]
  }

  private let cases: [Case]

  /// How many there are.
  public var count: Int { cases.count }

  /// Reads cases: a list of `{name, facts, expect}`. Facts that are not named are as in a first message in English of which
  /// nothing is claimed; with `about: order` they are of an order that changed, before anybody wrote. `expect` has one or more of action, step, queue, urgency, rule and tripwires.
  ///
  /// - Throws: `PolicyProblem` with the line.
  public init(yaml: String) throws(PolicyProblem) {
    let root: DocumentNode
    do {
      guard let node = try Yams.compose(yaml: yaml) else { throw PolicyProblem(line: 0, words: "there are no cases") }
      root = DocumentNode(node: node, path: "")
    } catch let problem as PolicyProblem {
      throw problem
    } catch {
      throw PolicyProblem(line: 0, words: "this is no YAML: \(error)")
    }
    var cases: [Case] = []
    for node in try root.fields("cases").require("cases", of: root).elements() {
      let fields = try node.fields("name", "about", "facts", "expect")
      let expect = try fields.require("expect", of: node)
      _ = try expect.fields("action", "step", "queue", "urgency", "rule", "tripwires")
      let about = try fields["about"]?.text() ?? "message"
      guard ["message", "order"].contains(about) else {
        throw node.problem("a case is about a message or about an order that changed")
      }
      var expected: [(field: String, value: String)] = []
      for entry in try expect.entries() {
        expected.append((entry.name, try entry.value.texts().sorted().joined(separator: " ")))
      }
      cases.append(
        Case(
          name: try fields.require("name", of: node).text(), line: node.line,
          facts: try Self.facts(fields.require("facts", of: node)), isNotice: about == "order", expected: expected))
    }
    self.cases = cases
  }

  private static func facts(_ node: DocumentNode) throws(PolicyProblem) -> Facts {
    var facts = Facts()
    facts[.language] = .word("en")
    facts[.context] = .word("complete")
    facts[.channel] = .word("email")
    for entry in try node.entries() {
      guard let fact = FactName(rawValue: entry.name) else { throw entry.value.problem("there is no such fact") }
      let words = try entry.value.texts()
      if let known = FactName.vocabulary(of: fact), fact != .intent, fact.kind == .word || fact.kind == .words,
        let unknown = words.first(where: { !known.contains($0) })
      {
        throw entry.value.problem("\(fact.rawValue) is never \(unknown)")
      }
      switch fact.kind {
      case .word: facts[fact] = .word(words.joined(separator: " "))
      case .words: facts[fact] = .words(Set(words))
      case .number: facts[fact] = .number(try entry.value.integer())
      case .flag:
        guard words == ["true"] || words == ["false"] else { throw entry.value.problem("must be true or false") }
        facts[fact] = .flag(words == ["true"])
      }
    }
    return facts
  }

  /// Runs all cases.
  public func run(_ policy: PolicyDocument) -> [Failure] {
    cases.flatMap { one -> [Failure] in
      let verdict = one.isNotice ? policy.notice(for: one.facts) : policy.decide(one.facts)
      return one.expected.compactMap { expected -> Failure? in
        let found =
          switch expected.field {
          case "action": verdict?.action.rawValue ?? "none"
          case "step": verdict?.step ?? "none"
          case "queue": verdict?.queue ?? "none"
          case "urgency": verdict?.urgency.rawValue ?? "none"
          case "rule": verdict?.rule ?? "none"
          default: verdict?.tripwires.sorted().joined(separator: " ") ?? ""
          }
        guard found != expected.value else { return nil }
        return Failure(
          name: one.name, line: one.line, words: "\(expected.field): \(expected.value) expected, \(found) decided")
      }
    }
  }
}
