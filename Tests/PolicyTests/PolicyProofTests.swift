import Events
import Testing
import TestSupport

@testable import Policy

/// What `heed policy check` proves, and that it notices when it is not so.
@Suite struct PolicyProofTests {
  private static let proof = PolicyProof(of: DefaultPolicy.document)

  @Test func theDefaultPolicyKeepsEveryPromise() {
    #expect(Self.proof.faults == [])
    #expect(Self.proof.covered == Self.proof.states && Self.proof.states > 1_000_000_000_000)
    #expect(Self.proof.byAction.values.reduce(0, +) == Self.proof.states)
    #expect(Self.proof.byAction[.resolve]! > 0 && Self.proof.byAction[.clarify]! > 0)
  }

  @Test func everyRuleDecidesSomething() {
    #expect(Self.proof.decided.allSatisfy { $0.states > 0 })
    let policy = DefaultPolicy.document
    #expect(Self.proof.decided.count == policy.tripwires.count + policy.rules.count + policy.notices.count)
  }

  /// States by lot belong to the region that decides them as the decider does.
  @Test func regionsAndTheDeciderAgreeOnStatesByLot() {
    var dice = Dice(seed: 7)
    let policy = DefaultPolicy.document
    let whole = FactRegion(whole: policy)
    for _ in 0..<2_000 {
      var facts = Facts()
      for fact in FactName.allCases {
        switch whole[fact] {
        case .words(let words): facts[fact] = .word(dice.pick(words.sorted()))
        case .numbers(let low, let high): facts[fact] = .number(low + dice.roll(high - low + 1))
        case .flags: facts[fact] = .flag(dice.roll(2) == 0)
        case .sets(_, let open): facts[fact] = .words(Set(open.sorted().filter { _ in dice.roll(12) == 0 }))
        }
      }
      for tripwire in policy.tripwires {
        let (holds, fails) = whole.cut(by: tripwire.when)
        #expect(holds.contains { $0.contains(facts) } == tripwire.when.holds(for: facts))
        #expect(holds.count { $0.contains(facts) } + fails.count { $0.contains(facts) } == 1)
      }
    }
  }

  @Test func aCutLosesNoStateAndCountsNoneTwice() {
    let whole = FactRegion(whole: DefaultPolicy.document)
    for rule in DefaultPolicy.document.rules {
      let (holds, fails) = whole.cut(by: rule.when)
      #expect((holds + fails).reduce(0) { $0 + $1.size } == whole.size)
    }
  }

  /// Each dangerous change of the default policy is refused; in eight parts, so that they run side by side.
  @Test(arguments: 0..<8)
  func everyDangerousChangeIsRefused(part: Int) throws {
    let tried = try PolicyMutants(of: DefaultPolicy.yaml, part: part, of: 8)
    #expect(tried.mutants.count >= 12)
    #expect(tried.survivors == [])
  }

  // MARK: What is noticed

  private func faults(_ change: (inout String) -> Void) throws -> [String: String] {
    var yaml = DefaultPolicy.yaml
    let before = yaml
    change(&yaml)
    #expect(yaml != before)
    return Dictionary(
      PolicyProof(of: try PolicyDocument(yaml: yaml)).faults.map { ($0.check, $0.blames) },
      uniquingKeysWith: { a, _ in a })
  }

  @Test func aRuleOutOfReachIsNamed() throws {
    let found = try faults {
      $0 = $0.replacing(
        "  - name: on-its-way\n",
        with:
          "  - {name: all-status, when: {intent: order_status}, then: {handOff: {}}, words: All}\n  - name: on-its-way\n"
      )
    }
    #expect(found["never_fires"] == "on-its-way")
  }

  @Test func aTripwireThatIsDroppedIsMissedWithAnExample() throws {
    let yaml = DefaultPolicy.yaml.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.contains("{name: legal_threat,") }.joined(separator: "\n")
    let fault = try #require(PolicyProof(of: try PolicyDocument(yaml: yaml)).faults.first)
    #expect(fault.check == "legal_threat" && fault.example["signals"]?.contains("legal_threat") == true)
  }

  @Test func whatIsAtStakeIsNeverAutomatic() throws {
    let found = try faults {
      $0 = $0.replacing(
        "refund: {boundary: needs_approval, kind: work, stakes",
        with: "refund: {boundary: automatic, kind: work, stakes")
    }
    #expect(found["boundary"]?.hasPrefix("step ") == true)
  }

  @Test(arguments: [
    ("Gracias por escribirnos. Lo miro enseguida.", "Sé cómo se siente.", "feeling"),
    ("thank you for writing", "I know how you feel", "feeling"),
    ("thank you for writing", "we guarantee it", "certainty"),
    ("thank you for writing", "thank you for your patience", "blame"),
    ("thank you for writing", "your ticket is here", "jargon"),
  ])
  func wordsThatMustNotReachACustomerAreNamed(words: String, instead: String, check: String) throws {
    #expect(try faults { $0 = $0.replacing(words, with: instead) }[check] != nil)
  }

  @Test func aMisspeltSignalIsRefusedWithItsLine() {
    let refused = problem(DefaultPolicy.yaml.replacing("{signals: legal_threat}", with: "{signals: legal_treat}"))
    #expect(refused?.words.contains("never legal_treat") == true && (refused?.line ?? 0) > 50)
  }

  @Test(arguments: ["trigger", "outcome", "response", "fallback", "handoff"])
  func anIntentWithoutItsPageIsRefused(field: String) {
    let yaml = DefaultPolicy.yaml.replacing("     \(field): ", with: "     x\(field): ", maxReplacements: 1)
    #expect(problem(yaml) != nil)
  }
}

extension FactRegion {
  fileprivate func contains(_ facts: Facts) -> Bool {
    FactName.allCases.allSatisfy { fact in
      switch (self[fact], facts[fact]) {
      case (.words(let words), .word(let word)): words.contains(word)
      case (.numbers(let low, let high), .number(let number)): (low...high).contains(number)
      case (.flags(let flags), .flag(let flag)): flags.contains(flag)
      case (.sets(let there, let open), .words(let words)):
        words.isSuperset(of: there) && words.isSubset(of: there.union(open))
      default: false
      }
    }
  }
}
