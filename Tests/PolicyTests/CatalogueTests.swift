import Events
import Foundation
import Testing

@testable import Policy

/// The catalogue of intents as the shared page of support leads and engineers: whole, of one goal each, and changed by editing alone.
@Suite struct CatalogueTests {
  private static let page =
    "invoice: {goal: learn, words: w, trigger: t, outcome: o, response: r, fallback: f, handoff: h, queue: desk, step: reply, confidence: high}"

  @Test func thePageOfTheseTestsIsWhole() {
    #expect(problem(miniature(intents: Self.page)) == nil)
  }

  @Test(arguments: ["goal: learn", "trigger: t", "outcome: o", "response: r", "fallback: f", "handoff: h"])
  func anIntentThatLacksAFieldIsRefused(field: String) throws {
    let found = try #require(problem(miniature(intents: Self.page.replacing(field + ", ", with: ""))))
    let name = try #require(field.split(separator: ":").first)
    #expect(found.words.contains("\(name) is missing") && found.line > 0, "\(found)")
  }

  @Test(arguments: ["goal: [learn, buy]", "goal: none", "goal: \"\""])
  func anIntentHasOneOfTheFiveGoals(goal: String) {
    #expect(problem(miniature(intents: Self.page.replacing("goal: learn", with: goal))) != nil)
  }

  @Test func anIntentAQueueAndAStepAreAddedByEditingTheFile() throws {
    var yaml = DefaultPolicy.yaml
    for (place, more) in [
      ("\nqueues:\n", "  gifts: {title: Gifts, deadlines: {critical: 1h, high: 4h, normal: 24h, low: 72h}}\n"),
      ("\nsteps:\n", "  wrap_gift: {boundary: automatic, kind: work, words: Wrap it}\n"),
      (
        "\nintents:\n",
        "  gift_wrap: {goal: buy, words: wants a gift wrapped, trigger: t, outcome: o, response: r, fallback: f, handoff: h, queue: gifts, step: wrap_gift, confidence: high}\n"
      ),
    ] {
      yaml = yaml.replacing(place, with: place + more, maxReplacements: 1)
    }
    let policy = try PolicyDocument(yaml: yaml)
    var facts = plainFacts
    facts[.intent] = .word("gift_wrap")
    let verdict = policy.decide(facts)
    #expect(verdict.action == .handOff && verdict.queue == "gifts" && verdict.step == "wrap_gift")
    #expect(verdict.dueIn == 86_400)
    #expect(PolicyProof(of: policy).faults == [])
  }

  @Test func theCasesBesideThePolicyHold() throws {
    let file = URL(filePath: #filePath).appending(path: "../../../Deploy/policies/default.cases.yaml")
    let cases = try PolicyCases(yaml: String(contentsOf: file.standardizedFileURL, encoding: .utf8))
    #expect(cases.count > 60)
    #expect(cases.run(DefaultPolicy.document) == [])
  }

  // MARK: The closed list of facts

  /// What describes a person is their language, tier, channel and consent, as they or the shop said; nothing is inferred (F6).
  @Test func aPolicySeesNothingThatIsInferredAboutThePerson() {
    #expect(
      FactName.allCases.map(\.rawValue) == [
        "intent", "confidence", "abstention", "language", "sentiment", "trajectory", "pressure", "signals", "order",
        "order_status", "cause", "late", "refund", "context", "repeat_contact", "high_value", "automation_allowed",
        "tier", "channel", "moment", "questions_asked", "answers_given", "human_has_case", "arm",
      ])
    #expect(Template.placeholders.isDisjoint(with: ["email", "phone", "age", "gender", "device", "tier", "sentiment"]))
  }

  // MARK: Urgency

  @Test func aMoodThatFellMakesACaseMoreUrgentThanTheSameMoodAlone() {
    var facts = plainFacts
    facts[.sentiment] = .number(-1)
    for trajectory in ["first", "steady", "rising"] {
      facts[.trajectory] = .word(trajectory)
      #expect(DefaultPolicy.document.decide(facts).urgency == .normal)
    }
    facts[.trajectory] = .word("falling")
    #expect(DefaultPolicy.document.decide(facts).urgency == .high)
  }

  // MARK: Proposals

  private let work = "gift: {boundary: needs_approval, kind: work, stakes: money, words: w}"
  private let proposal = "proposals: [{when: {signals: churn}, step: gift}]"

  @Test func aProposalStandsBeforeTheOtherAlternativesAndOnlyWhereItsConditionHolds() throws {
    let policy = try PolicyDocument(yaml: miniature(top: proposal, steps: work))
    #expect(policy.decide(plainFacts).alternatives == [])
    var facts = plainFacts
    facts[.signals] = .words(["churn"])
    let verdict = policy.decide(facts)
    #expect(verdict.action == .handOff && verdict.step == "reply" && verdict.alternatives == ["gift"])
    #expect(verdict.factsUsed.contains(.signals))
  }

  @Test(arguments: [
    ("boundary: needs_approval", "boundary: automatic"), ("boundary: needs_approval", "boundary: never"),
    ("gift:", "other:"), ("{signals: churn}", "{}"), ("{signals: churn}", "{signals: churned}"),
  ])
  func whatNeedsNoApprovalCannotBeProposed(good: String, bad: String) {
    #expect(problem(miniature(top: proposal, steps: work)) == nil)
    #expect(
      problem(
        miniature(
          top: proposal.replacing(good, with: bad), steps: work.replacing(good, with: bad))) != nil)
  }
}
