import Events
import Foundation
import Testing

@testable import Policy

/// A policy that is not whole is refused, with the line and what to mend.
@Suite struct PolicyLoaderTests {
  @Test func theSmallestPolicyIsRead() throws {
    let policy = try PolicyDocument(yaml: miniature())
    #expect(policy.name == "miniature")
    #expect(policy.queues["desk"]?.deadlines == [.critical: 30, .high: 600, .normal: 14_400, .low: 604_800])
    #expect(policy.highValue == ["*": 400_000_000])
    #expect(policy.intents["order_status"]?.alternatives == [])
    #expect(policy.rules.map(\.name) == ["default"])
  }

  @Test func theVersionChangesWithEveryByte() throws {
    let version = try PolicyDocument(yaml: miniature()).version
    #expect(version.hasPrefix("7+") && version.count == 14)
    #expect(try PolicyDocument(yaml: miniature()).version == version)
    #expect(try PolicyDocument(yaml: miniature() + "\n# later").version != version)
  }

  /// A change to the default policy that breaks it, and the words that must be in the answer.
  @Test(arguments: [
    ("turns: {questions: 1", "turns: {jokes: 2, questions: 1", "no such field"),
    ("policy: default", "policy: default\ntripwire: []", "no such field"),
    ("deadlines: {critical: 1h, high: 4h", "deadlines: {critical: 1h, hihg: 4h", "no such urgency"),
    ("deadlines: {critical: 1h, high: 4h", "deadlines: {high: 4h", "needs a deadline for each"),
    ("deadlines: {critical: 1h, high: 4h", "deadlines: {critical: an hour, high: 4h", "must be a duration"),
    ("repeatWithin: 7d", "repeatWithin: 0d", "must be a duration"),
    ("repeatWithin: 7d", "repeatWithin: 7w", "must be a duration"),
    ("repeatWithin: 7d", "repeatWithin: -7d", "must be a duration"),
    ("repeatWithin: 7d", "repeatWithin: [7d]", "must be a text"),
    ("turns: {questions: 1", "turns: {questions: one", "must be a whole number"),
    ("EUR: \"400\"", "EUR: \"4,00\"", "must be an amount"), ("EUR: \"400\"", "EURO: \"400\"", "must be an amount"),
    (
      "boundary: needs_approval, kind: work, stakes: money, words: Refund",
      "boundary: sometimes, kind: work, words: Refund",
      "sometimes is none of"
    ),
    ("goal: compare", "goal: dream", "none of buy, compare"),
    (
      "alternatives: [resend_or_refund, rebook_delivery]", "alternatives: [refund, refund, refund, refund]",
      "at most three"
    ),
    ("when: {signals: self_harm}", "when: {sings: self_harm}", "no such fact"),
    ("when: {signals: self_harm}", "when: {}", "a tripwire needs a condition"),
    ("when: {human_has_case: true}", "when: {human_has_case: yes please}", "must be true or false"),
    ("when: {sentiment: \"<= -2\"}", "when: {sentiment: \"< many\"}", "must be a number"),
    ("when: {sentiment: \"<= -2\"}", "when: {sentiment: \"= -2\"}", "must be a number"),
    ("when: {intent: {not: [none]}}", "when: {intent: {nor: [none]}}", "no such field"),
    ("then: {message: explain_disruption}", "then: {massage: explain_disruption}", "no such field"),
    ("then: {message: explain_disruption}", "then: {message: explain_disruption, nothing: true}", "one of message"),
    ("then: {message: explain_disruption}", "then: {}", "one of message"),
    (
      "tell_order_status:\n        calm: \"Hello{{#hasName}} {{name}}",
      "tell_order_status:\n        calm: \"Hello{{#hasName}} {{email}}", "{{email}} is no fact"
    ),
    ("What can we do for you?", "What can we do for you, {{name?", "braces"),
    ("[Sunday, Monday,", "[Monday,", "must be seven"), ("[January, February,", "[February,", "must be twelve"),
    ("languages:\n  en:\n    weekdays:", "languages:\n  en:\n    jokes: {}\n    weekdays:", "no such field"),
    ("policy: default", "policy: default\nexperiment: {name: trial}", "baseline is missing"),
    ("policy: default", "policy: default\nexperiment: {baseline: 5%}", "name is missing"),
    ("policy: default", "policy: default\nexperiment: {name: The trial, baseline: 5%}", "small letters"),
    ("policy: default", "policy: default\nexperiment: {name: trial, baseline: 5}", "must be a share"),
    ("policy: default", "policy: default\nexperiment: {name: trial, baseline: 100.1%}", "at most 100%"),
    ("policy: default", "policy: default\nexperiment: {name: trial, baseline: 2.55%}", "must be a share"),
    ("policy: default", "policy: default\nexperiment: {name: trial, baseline: -1%}", "must be a share"),
    ("policy: default", "policy: default\nexperiment: {name: t, baseline: 5%, automatic: true}", "no such field"),
  ])
  func anErrorNamesItsLine(good: String, bad: String, words: String) throws {
    let yaml = DefaultPolicy.yaml
    let place = try #require(yaml.firstRange(of: good), "the default policy has no \(good)")
    let found = try #require(problem(yaml.replacingCharacters(in: place, with: bad)))
    let first = yaml[..<place.lowerBound].count { $0 == "\n" } + 1
    let last = first + bad.count { $0 == "\n" }
    #expect(found.words.contains(words), "\(found)")
    #expect((first...last).contains(found.line), "\(found), expected in lines \(first) to \(last)")
    #expect(found.description.hasPrefix("line \(found.line): "))
  }

  /// What names something that is not there, or leaves something out: the section's line is named.
  @Test(arguments: [
    (
      miniature(
        intents:
          "invoice: {goal: learn, words: w, trigger: t, outcome: o, response: r, fallback: f, handoff: h, queue: nowhere, step: reply, confidence: high}"
      ), "nowhere"
    ),
    (
      miniature(
        intents:
          "invoice: {goal: learn, words: w, trigger: t, outcome: o, response: r, fallback: f, handoff: h, queue: desk, step: dance, confidence: high}"
      ), "dance"
    ),
    (
      miniature(
        intents:
          "invoice: {goal: learn, words: w, trigger: t, outcome: o, response: r, fallback: f, handoff: h, queue: desk, step: reply, alternatives: [dance], confidence: high}"
      ),
      "dance"
    ),
    (miniature(tripwires: "[{name: t, when: {late: true}, queue: nowhere, words: w}]"), "nowhere"),
    (miniature(tripwires: "[{name: t, when: {late: true}, step: dance, words: w}]"), "dance"),
    (miniature(rules: "- {name: r, then: {handOff: {queue: nowhere}}, words: w}"), "nowhere"),
    (miniature(rules: "- {name: r, then: {message: dance}, words: w}"), "dance"),
    (miniature(rules: "- {name: experiment.r, then: {handOff: {}}, words: w}"), "only an experiment has"),
    (miniature(rules: "- {name: r, then: {message: reply}, words: w}"), "no automatic answer or question"),
    (
      miniature(
        steps: "tell: {boundary: needs_approval, kind: answer, answers: order_status, words: w}",
        rules: "- {name: r, then: {message: tell}, words: w}"), "no automatic answer or question"
    ),
    (
      miniature(
        steps: "tell: {boundary: never, kind: answer, answers: order_status, words: w}",
        rules: "- {name: r, then: {message: tell}, words: w}"),
      "no automatic answer or question"
    ),
    (
      miniature(
        steps: "tell: {boundary: automatic, kind: answer, answers: order_status, words: w}",
        rules: "- {name: r, then: {message: tell}, words: w}", languages: language("en", messages: "other")),
      "en has no message for tell"
    ),
    (miniature(rules: "- {name: default, then: {nothing: true}, words: w}"), "two rules have one name"),
    (miniature().replacing("then: {handOff: {queue: desk, step: reply}}", with: "then: {handOff: {}}"), "last rule"),
    (miniature().replacing("then: {handOff: {queue: desk, step: reply}}", with: "then: {nothing: true}"), "last rule"),
    (miniature().replacing("{name: default, then", with: "{name: default, when: {late: true}, then"), "last rule"),
    (miniature().replacing("turns: {questions: 1, answers: 1}", with: "turns: {questions: 1}"), "answers is missing"),
    (miniature().replacing("policy: miniature\n", with: ""), "policy is missing"),
    (miniature().replacing("policy: miniature", with: "policy: \"\""), "must be a text"),
    (miniature().replacing("highValue: {\"*\": \"400\"}", with: "highValue: 400"), "must be a mapping"),
    (miniature().replacing("tripwires: []", with: "tripwires: {}"), "must be a list"),
  ])
  func whatDoesNotFitTogetherIsRefused(yaml: String, words: String) throws {
    let found = try #require(problem(yaml))
    #expect(found.words.contains(words), "\(found)")
    #expect(found.line > 0)
  }

  @Test(arguments: [
    ("lostAfter: 5d", "lostAfter: 5d\nlostAfter: 6d", "lostAfter"),
    ("turns: {questions: 1, answers: 1}", "turns: {questions: 1, answers: 1, answers: 9}", "answers"),
    ("  reply: {bound", "  reply: {boundary: never, kind: work, words: w}\n  reply: {bound", "reply"),
  ])
  func aNameThatStandsTwiceIsRefused(good: String, bad: String, name: String) throws {
    let yaml = miniature()
    let place = try #require(yaml.firstRange(of: good))
    let line = yaml[..<place.lowerBound].count { $0 == "\n" } + 1
    let found = try #require(problem(yaml.replacingCharacters(in: place, with: bad)))
    #expect(found.words.contains("\(name) stands twice"), "\(found)")
    // The parser tells where the mapping begins.
    #expect((1...line + 1).contains(found.line), "\(found), expected \(line)")
  }

  @Test(arguments: [("policy: x\nversion: [1", 2), ("a: b\n\n- c", 3), ("a: \"b", 1), ("a: b: c", 1)])
  func whatIsNoYAMLIsRefusedWithItsLine(yaml: String, line: Int) throws {
    let found = try #require(problem(yaml))
    #expect(found.words.hasPrefix("this is no YAML") && abs(found.line - line) <= 1, "\(found)")
  }

  @Test(arguments: ["", "\n\n", "# only a word\n", "- a\n- b", "just words", "a: [", "a: b: c", "\t- x", "{"])
  func whatIsNoPolicyIsRefused(yaml: String) {
    #expect(problem(yaml) != nil)
  }

  @Test(arguments: [
    "{{#order}}", "{{/order}}", "{{#order}}a{{/carrier}}", "{{order", "{{order}", "{{> order}}", "{{body}}", "{{}}",
    "{{order.body}}",
  ])
  func aTemplateThatIsNotWholeOrSaysMoreThanItMayIsRefused(text: String) {
    #expect(throws: TemplateProblem.self) { try Template(text) }
  }

  @Test(arguments: [
    ("Order {{order}} <&> \"{{{status}}}\"", "Order A&<1> <&> \"on its way\""),
    ("{{#carrier}}with {{carrier}}{{/carrier}}{{^carrier}}soon{{/carrier}}", "soon"), ("{{carrier}}", ""),
    ("{{#hasName}}{{name}}{{/hasName}}{{^hasName}}you{{/hasName}}", "you"),
    ("{{#late}}late{{/late}}{{^late}}on time{{/late}}", "on time"), ("no places", "no places"), ("", ""),
  ])
  func aTemplateIsFilledWithFactsAndEscapesNothing(text: String, filled: String) throws {
    let facts = ["order": "A&<1>", "status": "on its way", "late": "false", "name": "{{order}}"]
    #expect(try Template(text).render(facts) == filled)
  }

  @Test func aFactWithBracesIsNoTemplate() throws {
    #expect(try Template("{{name}}").render(["name": "{{order}}", "order": "secret"]) == "{{order}}")
  }

  // MARK: The default policy

  @Test func everythingInTheDocumentIsRead() {
    let policy = DefaultPolicy.document
    let lines = DefaultPolicy.yaml.split(separator: "\n")
    #expect(policy.tripwires.count == lines.count { $0.hasPrefix("  - {name: ") })
    #expect(policy.rules.count + policy.notices.count == lines.count { $0.hasPrefix("  - name: ") })
    #expect(policy.urgencies.count == lines.count { $0.hasPrefix("  - {urgency: ") })
    #expect(Set(policy.tripwires.map(\.name)).count == policy.tripwires.count)
  }
}
