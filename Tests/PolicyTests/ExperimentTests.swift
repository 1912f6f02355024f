import Events
import TestSupport
import Testing

@testable import Policy

/// Who is in the baseline of an experiment, and that no machine says anything to them.
@Suite struct ExperimentTests {
  private func experiment(_ thousandths: Int, _ name: String = "trial") -> PolicyDocument.Experiment {
    PolicyDocument.Experiment(name: name, baselineThousandths: thousandths)
  }
  private let customers = (0..<100_000).map { CustomerID("C\($0)") }

  static let yaml = DefaultPolicy.yaml + "\nexperiment: {name: trial, baseline: 10%}\n"
  private let policy = try! PolicyDocument(yaml: yaml)

  // MARK: Who

  @Test(arguments: [0, 1, 25, 100, 500, 999, 1_000])
  func theBaselineHasItsShareOfTheCustomers(thousandths: Int) {
    let trial = experiment(thousandths)
    let share = Double(customers.count { trial.arm(of: $0) == .baseline }) / Double(customers.count)
    let wanted = Double(thousandths) / 1_000
    // Five standard errors.
    #expect(abs(share - wanted) <= 5 * (wanted * (1 - wanted) / Double(customers.count)).squareRoot())
  }

  /// Computed apart from the program: `int.from_bytes(sha256(name + "\x1f" + id)[:8]) * 1000 >> 64`.
  @Test(arguments: [("reply-2026.1", "C1", 911), ("reply-2026.1", "customer-17", 377), ("trial", "C2", 653)])
  func anybodyCanComputeTheArm(name: String, customer: String, draw: Int) {
    #expect(experiment(draw, name).arm(of: CustomerID(customer)) == .treatment)
    #expect(experiment(draw + 1, name).arm(of: CustomerID(customer)) == .baseline)
  }

  @Test func whoIsInASmallBaselineIsInALargerOneAndAnotherNameDrawsOthers() {
    let few = Set(customers.filter { experiment(100).arm(of: $0) == .baseline })
    let more = Set(customers.filter { experiment(200).arm(of: $0) == .baseline })
    let others = Set(customers.filter { experiment(100, "retrial").arm(of: $0) == .baseline })
    #expect(few.isSubset(of: more))
    // A tenth of a tenth by chance.
    #expect((800...1_200).contains(few.intersection(others).count))
  }

  @Test func shareAndNameAreReadFromThePolicy() throws {
    #expect(policy.experiment == experiment(100))
    #expect(DefaultPolicy.document.experiment == nil)
    let fine = try PolicyDocument(yaml: miniature(top: "experiment: {name: a.b-c, baseline: 12.5%}"))
    #expect(fine.experiment?.baselineThousandths == 125 && fine.experiment?.share == "12.5%")
  }

  // MARK: What

  /// States by lot, in both arms.
  @Test func inTheBaselineAPersonHasItWhereTheTreatmentIsAnswered() {
    var dice = Dice(seed: 0xA12)
    var withheld = 0
    for _ in 0..<40_000 {
      var treated = facts(&dice)
      treated[.arm] = .word("treatment")
      var untreated = treated
      untreated[.arm] = .word(dice.pick(["baseline", "martian"]))
      var refusing = treated
      refusing[.automationAllowed] = .flag(false)
      let (with, without) = (policy.decide(treated), policy.decide(untreated))
      #expect(![.resolve, .clarify, .notify].contains(without.action))
      #expect(policy.notice(for: untreated)?.action != .notify)
      guard with.action == .resolve || with.action == .clarify else {
        // Where no machine speaks the experiment changes nothing.
        #expect(with == without)
        continue
      }
      withheld += 1
      let person = policy.decide(refusing)
      #expect(without.action == .handOff && without.rule == "experiment.trial" && without.tripwires.isEmpty)
      #expect(without.queue == person.queue && without.step == person.step)
      #expect(without.urgency == person.urgency && without.dueIn == person.dueIn)
      #expect(without.nearMisses.first == .init(rule: with.rule, fact: "arm", wanted: "treatment"))
      #expect(without.factsUsed.contains(.arm) && without.words.contains("trial"))
    }
    #expect(withheld > 500)
  }

  private func facts(_ dice: inout Dice) -> Facts {
    var facts = plainFacts
    facts[.cause] = .word(dice.pick(["none", "disruption", "carrier_delay_dated"]))
    for name in FactName.allCases where name != .signals && name != .arm && dice.roll(6) == 0 {
      facts[name] = dice.pick(name.values)
    }
    return facts
  }

  @Test func noticesAreWithheldTooAndPeopleAreStillTold() {
    var facts = plainFacts
    facts[.cause] = .word("disruption")
    facts[.intent] = .word("none")
    facts[.confidence] = .word("none")
    #expect(policy.notice(for: facts)?.action == .notify)
    facts[.arm] = .word("baseline")
    #expect(policy.notice(for: facts) == nil)
    facts[.cause] = .word("address_problem")
    #expect(policy.notice(for: facts)?.action == .handOff)
  }

  @Test func withoutAnExperimentTheArmChangesNothing() {
    var facts = plainFacts
    let before = DefaultPolicy.document.decide(facts)
    facts[.arm] = .word("baseline")
    #expect(DefaultPolicy.document.decide(facts) == before)
    #expect(!before.factsUsed.contains(.arm))
  }

  @Test func whyNotNamesTheArmAsAThingThatNobodyCanChange() {
    var facts = plainFacts
    facts[.arm] = .word("baseline")
    let answer = policy.whyNot(.action(.resolve), facts).answer
    let arm = WhyNot.Change(fact: .arm, from: .word("baseline"), to: .word("treatment"))
    #expect(answer == .changes([arm], rule: "on-its-way"))
    #expect(FactName.arm.describesPerson)
    #expect(policy.whyNot(.action(.handOff), facts).answer == .already(rule: "experiment.trial"))
  }

  @Test func theExperimentIsAmongWhatWasConsidered() throws {
    var facts = plainFacts
    let treated = try #require(policy.considered(facts).last)
    #expect(treated.name == "experiment.trial" && !treated.holds)
    facts[.arm] = .word("baseline")
    #expect(policy.considered(facts).last?.holds == true)
    #expect(policy.considered(facts, forNotice: true).allSatisfy { $0.name != "experiment.trial" })
  }

  // MARK: Proof

  @Test func noStateOfTheBaselineLeadsToACustomer() throws {
    let proof = PolicyProof(of: policy)
    let plain = PolicyProof(of: DefaultPolicy.document)
    let baseline = try #require(proof.baseline)
    #expect(proof.faults == [])
    #expect(baseline.reached == 0 && baseline.withheld > 0)
    // One half of the states, all of which are covered, is the baseline.
    #expect(proof.states == 2 * plain.states && baseline.states == plain.states && proof.covered == proof.states)
    // What is withheld is what the treatment is told.
    #expect(baseline.withheld == proof.byAction[.resolve]! + proof.byAction[.clarify]!)
    #expect(proof.byAction[.resolve] == plain.byAction[.resolve])
    #expect(plain.baseline == nil)
  }

  /// The rail looks at states and not at how they were decided: what is sent to both arms is refused.
  @Test func aMessageToTheBaselineTouchesTheGuardRail() throws {
    let rail = try #require(GuardRail.silence(policy).first { $0.name == "baseline" })
    let whole = FactRegion(whole: policy)
    #expect(!whole.cut(by: rail.when).holds.isEmpty)
    #expect(whole.cut(by: PolicyDocument.inTreatment).holds.allSatisfy { $0.cut(by: rail.when).holds.isEmpty })
    #expect(!GuardRail.silence(DefaultPolicy.document).contains { $0.name == "baseline" })
  }

  @Test func everyDangerousChangeOfTheExperimentIsRefused() throws {
    let tried = try PolicyMutants(of: Self.yaml) { _, change in
      ["baseline", "experiment", "treatment"].contains { change.contains($0) }
    }
    #expect(tried.mutants.count == 7)
    #expect(tried.survivors == [])
  }

  @Test func aRuleOnlyForABaselineThatIsNotThereIsOutOfReach() throws {
    let rule = "- {name: r, when: {arm: baseline}, then: {handOff: {queue: desk, step: reply}}, words: w}"
    let faults = PolicyProof(of: try PolicyDocument(yaml: miniature(rules: rule))).faults
    #expect(faults.contains { $0.check == "never_fires" && $0.blames == "r" })
  }
}
