import Events
import Testing

@testable import Policy

/// Facts to verdict: what must be true of every policy, shown on a small one.
@Suite struct DecideTests {
  private static let messages = language("en", messages: "tell", "ask")
  private static let steps = """
    tell: {boundary: automatic, kind: answer, answers: [order_status, invoice], words: w}
        ask: {boundary: automatic, kind: question, about: order, words: w}
    """

  private func policy(tripwires: String = "[]", urgencies: String = "[]", rules: String) throws -> PolicyDocument {
    try PolicyDocument(
      yaml: miniature(
        queues: "other: {title: Other, deadlines: {critical: 1s, high: 2s, normal: 3s, low: 4s}}",
        steps: Self.steps,
        intents:
          "invoice: {goal: learn, words: w, trigger: t, outcome: o, response: r, fallback: f, handoff: h, queue: other, step: reply, confidence: high}",
        tripwires: tripwires, urgencies: urgencies, rules: rules, languages: Self.messages))
  }

  private let answer = "- {name: answer, when: {order: named}, then: {message: tell}, words: w}"
  private let question = "- {name: question, when: {order: ambiguous}, then: {message: ask}, words: w}"

  @Test func anAnswerGoesOutWhereNothingIsInTheWay() throws {
    let verdict = try policy(rules: answer).decide(plainFacts)
    #expect(verdict.action == .resolve && verdict.step == "tell" && verdict.rule == "answer")
    #expect(verdict.queue == nil && verdict.dueIn == nil && verdict.boundary == .automatic)
    #expect(verdict.confidenceNeeded == .medium)
  }

  struct Obstacle: CustomTestStringConvertible {
    let fact: FactName
    let value: FactValue
    var testDescription: String { "\(fact.rawValue) = \(value.text)" }
  }

  @Test(arguments: [
    Obstacle(fact: .automationAllowed, value: .flag(false)), Obstacle(fact: .humanHasCase, value: .flag(true)),
    Obstacle(fact: .answersGiven, value: .number(1)), Obstacle(fact: .answersGiven, value: .number(Int.max)),
    Obstacle(fact: .confidence, value: .word("low")), Obstacle(fact: .confidence, value: .word("none")),
    Obstacle(fact: .confidence, value: .word("martian")), Obstacle(fact: .language, value: .word("de")),
    Obstacle(fact: .language, value: .word("und")),
  ])
  func eachObstacleAloneKeepsAnAnswerBackAndIsNamed(obstacle: Obstacle) throws {
    var facts = plainFacts
    facts[obstacle.fact] = obstacle.value
    let verdict = try policy(rules: answer).decide(facts)
    #expect(verdict.action == .handOff && verdict.rule == "default" && verdict.queue == "desk")
    #expect(verdict.nearMisses.map(\.rule) == ["answer"])
    #expect(verdict.nearMisses.map(\.fact) == [obstacle.fact.rawValue])
    #expect(verdict.factsUsed.contains(obstacle.fact))
  }

  @Test(arguments: [
    Obstacle(fact: .automationAllowed, value: .flag(false)), Obstacle(fact: .humanHasCase, value: .flag(true)),
    Obstacle(fact: .questionsAsked, value: .number(1)), Obstacle(fact: .answersGiven, value: .number(1)),
    Obstacle(fact: .language, value: .word("de")),
  ])
  func eachObstacleAloneKeepsAQuestionBack(obstacle: Obstacle) throws {
    var facts = plainFacts
    facts[.order] = .word("ambiguous")
    facts[.confidence] = .word("none")
    #expect(try policy(rules: question).decide(facts).action == .clarify)
    facts[obstacle.fact] = obstacle.value
    #expect(try policy(rules: question).decide(facts).action == .handOff)
  }

  @Test(arguments: [
    ("order_status", "low", false), ("order_status", "medium", true), ("order_status", "high", true),
    ("invoice", "medium", false), ("invoice", "high", true), ("none", "medium", false), ("none", "high", true),
    ("martian", "medium", false),
  ])
  func anAnswerNeedsTheConfidenceOfItsIntent(intent: String, confidence: String, answers: Bool) throws {
    var facts = plainFacts
    facts[.intent] = .word(intent)
    facts[.confidence] = .word(confidence)
    #expect(try policy(rules: answer).decide(facts).action == (answers ? .resolve : .handOff))
  }

  @Test func theFirstRuleThatHoldsDecides() throws {
    let first = "- {name: first, when: {late: true}, then: {nothing: true}, words: w}"
    var facts = plainFacts
    facts[.late] = .flag(true)
    #expect(try policy(rules: "\(first)\n\(answer)").decide(facts).rule == "first")
    #expect(try policy(rules: "\(answer)\n\(first)").decide(facts).rule == "answer")
  }

  @Test func aRuleThatMayNotSpeakIsPassedOverForTheNext() throws {
    let person = "- {name: person, when: {order: named}, then: {handOff: {queue: other}}, words: w}"
    var facts = plainFacts
    facts[.answersGiven] = .number(1)
    let verdict = try policy(rules: "\(answer)\n\(person)").decide(facts)
    #expect(verdict.rule == "person" && verdict.queue == "other" && verdict.step == "reply")
  }

  @Test func tripwiresGoFirstAndAllThatAreTouchedAreNamed() throws {
    let tripwires = """
      [{name: a, when: {late: true}, words: A}, {name: b, when: {high_value: true}, queue: other, words: B},
        {name: c, when: {late: false}, words: C}]
      """
    var facts = plainFacts
    facts[.late] = .flag(true)
    facts[.highValue] = .flag(true)
    var verdict = try policy(tripwires: tripwires, rules: answer).decide(facts)
    #expect(verdict.rule == "tripwire.a" && verdict.tripwires == ["a", "b"] && verdict.words == "A")
    #expect(verdict.queue == "desk" && verdict.nearMisses.isEmpty)
    facts[.late] = .flag(false)
    verdict = try policy(tripwires: tripwires, rules: answer).decide(facts)
    #expect(verdict.rule == "tripwire.b" && verdict.tripwires == ["b", "c"] && verdict.queue == "other")
  }

  @Test func aRuleMissesNearlyByExactlyOneFact() throws {
    let rules = """
      - {name: two, when: {late: true, cause: hold}, then: {nothing: true}, words: w}
          - {name: one, when: {late: true}, then: {nothing: true}, words: w}
          - {name: three, when: {late: true, order: named, sentiment: "<= -1"}, then: {nothing: true}, words: w}
          - {name: near, when: {intent: [invoice], order: named}, then: {nothing: true}, words: w}
      """
    let verdict = try policy(rules: rules).decide(plainFacts)
    #expect(verdict.nearMisses == [.init(rule: "near", fact: "intent", wanted: "invoice")])
  }

  @Test func rulesBehindTheOneThatDecidedAreNoMisses() throws {
    let near = "- {name: near, when: {late: true, order: named}, then: {nothing: true}, words: w}"
    #expect(try policy(rules: "\(answer)\n\(near)").decide(plainFacts).nearMisses.isEmpty)
  }

  @Test(arguments: zip(["critical", "high", "normal", "low"], [1, 2, 3, 4] as [Int64]))
  func urgencyAndQueueGiveTheDeadline(urgency: String, seconds: Int64) throws {
    let policy = try policy(
      tripwires: "[{name: t, when: {order: named}, queue: other, words: w}]",
      urgencies: "[{urgency: \(urgency), when: {order: named}}, {urgency: critical, when: {}}]", rules: answer)
    let verdict = policy.decide(plainFacts)
    #expect(verdict.urgency.rawValue == urgency && verdict.dueIn == seconds)
  }

  @Test func urgencyIsNormalWhereNoRuleSaysOtherwise() throws {
    #expect(try policy(rules: "").decide(plainFacts).urgency == .normal)
  }

  @Test func theFactsUsedAreThoseThatWereLookedAt() throws {
    let verdict = try policy(
      tripwires: "[{name: t, when: {late: true}, words: w}]", urgencies: "[{urgency: low, when: {tier: vip}}]",
      rules: "\(answer)\n    - {name: later, when: {pressure: danger}, then: {nothing: true}, words: w}"
    ).decide(plainFacts)
    #expect(
      verdict.factsUsed == [
        .late, .tier, .order, .automationAllowed, .humanHasCase, .confidence, .questionsAsked, .answersGiven, .language,
      ])
  }

  @Test(arguments: [
    ("{moment: [opened, message]}", FactName.moment, FactValue.word("message"), true),
    ("{moment: [opened, message]}", .moment, .word("reopened"), false),
    ("{moment: {not: [opened, message]}}", .moment, .word("reopened"), true),
    ("{moment: {not: opened}}", .moment, .word("opened"), false),
    ("{signals: [abuse, press]}", .signals, .words(["press", "minor"]), true),
    ("{signals: [abuse, press]}", .signals, .words([]), false),
    ("{signals: {not: [abuse]}}", .signals, .words([]), true),
    ("{signals: {not: [abuse]}}", .signals, .words(["abuse", "press"]), false),
    ("{sentiment: \"<= -1\"}", .sentiment, .number(-1), true),
    ("{sentiment: \"<= -1\"}", .sentiment, .number(0), false),
    ("{sentiment: \">= 1\"}", .sentiment, .number(1), true), ("{sentiment: \">= 1\"}", .sentiment, .number(0), false),
    ("{sentiment: 0}", .sentiment, .number(0), true), ("{sentiment: 0}", .sentiment, .number(1), false),
    ("{late: true}", .late, .flag(true), true), ("{late: false}", .late, .flag(true), false),
  ])
  func aConditionHoldsForTheFactsItNames(condition: String, fact: FactName, value: FactValue, holds: Bool) throws {
    let policy = try policy(rules: "- {name: r, when: \(condition), then: {nothing: true}, words: w}")
    var facts = Facts()
    facts[fact] = value
    #expect(policy.rules[0].when.holds(for: facts) == holds)
    #expect((policy.decide(facts).action == .none) == holds)
  }
}
