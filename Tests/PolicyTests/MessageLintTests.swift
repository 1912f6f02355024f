import Events
import Testing

@testable import Policy

/// What the linter says about one message, part by part (E1 to E12).
@Suite struct MessageLintTests {
  /// The checks that a message of these parts fails.
  private func checks(
    calm: String = "Hello, thank you for asking.", upset: String = "Hello, you have waited too long.",
    fact: String = "It comes on Monday.", nextStep: String = "Reply here if it does not come.",
    exit: String = "Reply \\\"agent\\\" and a colleague takes over.", disclosure: String = "A machine wrote this.",
    basis: String = "Your message"
  ) throws -> Set<String> {
    let policy = try PolicyDocument(
      yaml: miniature(
        steps: "tell: {boundary: automatic, kind: answer, answers: [order_status], places: [cause], words: w}",
        rules: "- {name: r, when: {order: named}, then: {message: tell}, words: w}",
        languages: """
          {en: {weekdays: [a, b, c, d, e, f, g], months: [a, b, c, d, e, f, g, h, i, j, k, l], date: "{day}", terms: {},
            frame: {humanExit: "\(exit)", exitWords: [agent], handOff: Off, disclosure: "\(disclosure)", basis: "\(basis)"},
            messages: {tell: {calm: "\(calm)", upset: "\(upset)", fact: "\(fact)", nextStep: "\(nextStep)"}}}}
          """))
    let words: Set = [
      "feeling", "certainty", "jargon", "blame", "apology", "parts", "places", "length", "exit",
    ]
    return Set(PolicyProof(of: policy).faults.map(\.check)).intersection(words)
  }

  @Test(arguments: [
    "Hello, you have waited too long.", "Hello, I hear that you are upset, and I am sorry for the trouble.",
    "Hello, that is annoying. I am sorry.",
  ])
  func whoListensIsLeftAlone(words: String) throws {
    #expect(try checks(upset: words) == [])
  }

  @Test(arguments: [
    ("I know that it feels terrible.", "feeling"), ("I know how you feel.", "feeling"),
    ("I feel your pain.", "feeling"), ("I am happy to help.", "feeling"), ("It definitely comes.", "certainty"),
    ("Thank you for your patience.", "blame"), ("Your ticket is with the backend.", "jargon"),
  ])
  func whoClaimsFeelingsOrCertaintyIsNot(words: String, check: String) throws {
    #expect(try checks(upset: words) == [check])
    #expect(try checks(calm: words) == [check])
  }

  @Test func anApologyStandsNeverAlone() throws {
    #expect(try checks(upset: "I am sorry.") == [])
    #expect(try checks(upset: "I am sorry.", fact: "{{cause}}").isSuperset(of: ["apology", "parts"]))
    #expect(try checks(upset: "I am sorry.", nextStep: "{{cause}}").isSuperset(of: ["apology", "parts"]))
    #expect(try !checks(fact: "{{cause}}").contains("apology"))
  }

  @Test func everyPartMustSaySomethingWhateverIsKnown() throws {
    #expect(try checks(calm: "{{cause}}").contains("parts"))
    #expect(try checks(nextStep: "{{#cause}}Wait.{{/cause}}").contains("parts"))
    #expect(try checks(exit: "{{cause}}").contains("parts"))
    #expect(try checks(disclosure: "{{cause}}").contains("parts"))
    #expect(try checks(basis: "{{cause}}").contains("parts"))
  }

  @Test func aMessageTellsOnlyWhatItsStepMayTell() throws {
    #expect(try checks(fact: "It is held up by {{cause}}.") == [])
    #expect(try checks(fact: "It is with {{carrier}}.") == ["places"])
    #expect(try checks(upset: "You bought {{items}}.") == ["places"])
  }

  @Test func aMessageIsShortAndSoAreItsSentences() throws {
    #expect(try checks(fact: "It comes " + String(repeating: "soon and ", count: 20) + "safely.") == ["length"])
    #expect(try checks(fact: String(repeating: "It comes on Monday. ", count: 40)) == ["length"])
  }

  @Test func theWayOutMustBeAWordThatWorks() throws {
    #expect(try checks(exit: "Call us some day.") == ["exit"])
  }

  // MARK: The default policy's own words

  private static let known: [String: String] = {
    var facts = Dictionary(
      uniqueKeysWithValues: Template.placeholders.map { ($0, $0.hasPrefix("has") ? "true" : "x") })
    facts["delivered"] = nil
    return facts
  }()

  @Test func whoIsUpsetIsAcknowledgedInOtherWords() {
    for (tag, language) in DefaultPolicy.document.languages {
      for (step, message) in language.messages {
        for form in PolicyDocument.Form.allCases {
          let words = message.form(form)
          #expect(words.calm.render(Self.known) != words.upset.render(Self.known), "\(tag) \(step) \(form)")
        }
      }
    }
  }

  /// One question, or one thing to do: never a list of them.
  @Test func everyMessageHasOneNextStep() {
    for (tag, language) in DefaultPolicy.document.languages {
      for (step, message) in language.messages where step != "suggested_reply" {
        for form in [PolicyDocument.Form.full, .brief] {
          let words = message.form(form)
          let (fact, next) = (words.fact.render(Self.known), words.nextStep.render(Self.known))
          let sentences = next.split { ".!?".contains($0) }.filter { $0.contains(where: \.isLetter) }
          // "Not there then? Tell us." is short for one long sentence.
          let short = form == .brief ? 1 : 0
          #expect((1...2 + short).contains(sentences.count) && !next.contains("\n"), "\(tag) \(step): \(next)")
          #expect(next.count { $0 == "?" } <= short, "\(tag) \(step): \(next)")
          let isQuestion = DefaultPolicy.document.steps[step]?.kind == .question
          #expect(fact.count { $0 == "?" } == (isQuestion ? 1 : 0), "\(tag) \(step): \(fact)")
        }
      }
    }
  }

  @Test func aQuestionForWhatIsKnownIsRefused() throws {
    let yaml = DefaultPolicy.yaml.replacing("order: ambiguous}", with: "order: [ambiguous, named]}")
    #expect(yaml != DefaultPolicy.yaml)
    let faults = PolicyProof(of: try PolicyDocument(yaml: yaml)).faults
    #expect(faults.contains { $0.check == "fit" && $0.blames == "which-order" })
  }
}
