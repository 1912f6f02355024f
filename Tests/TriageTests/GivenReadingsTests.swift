import Classifier
import Events
import Policy
import Testing

@testable import Triage

/// What is done about a reading, whatever model made it: the reader of these tests says what it is told to say.
@Suite struct GivenReadingsTests {
  private struct GivenReader: TicketReader {
    let version = "given"
    let readings: [String: Reading]
    func read(_ message: Message) -> Reading { readings[message.body] ?? Reading(abstention: .unclear) }
  }

  private func desk(_ readings: [String: Reading]) -> Desk {
    Desk(TicketPipeline(reader: GivenReader(readings: readings), policy: pipeline.policy))
  }

  private func reading(
    _ intent: String? = nil, _ band: Reading.Band = .high, _ change: (inout Reading) -> Void = { _ in }
  ) -> Reading {
    var reading = Reading(abstention: .unclear)
    reading.language = Reading.Language(tag: "en", probability: 1000)
    if let intent {
      reading.abstention = nil
      reading.intents = [Reading.Intent(name: intent, probability: 900, band: band)]
    }
    change(&reading)
    return reading
  }

  // MARK: Before buying

  @Test func anUncertainQuestionBeforeBuyingIsAskedOnceWithChoicesAndTheChoiceIsTaken() throws {
    let choices = ["product_question", "delivery_info", "ordering_help"]
    var desk = desk([
      "sofa?": reading {
        $0.abstention = .ambiguous
        $0.candidates = choices
      }
    ])
    let asked = desk.open("sofa?")
    #expect(asked.action == "clarify" && asked.choices == choices)
    let words = try #require(asked.resolution?.data["choices"] as? [[String: String]]).compactMap { $0["words"] }
    let answer = desk.write(try #require(words.first))
    #expect(answer.action == "hand_off" && answer.queue == "products" && answer.step == "advise_on_product")
    #expect(answer.summary?.text.contains("automation asked") == true)
  }

  @Test(arguments: [1, 2, 3, 4, 5, 9])
  func aQuestionOffersTwoToFourMattersOrIsNotAsked(count: Int) {
    let candidates = Array(pipeline.policy.intents.keys.sorted().prefix(count))
    var desk = desk([
      "sofa?": reading {
        $0.abstention = .ambiguous
        $0.candidates = candidates
      }
    ])
    let outputs = desk.open("sofa?")
    #expect((outputs.step == "ask_which_matter") == (2...4 ~= outputs.choices.count))
    #expect(outputs.choices.isEmpty || outputs.choices == Array(candidates.prefix(4)))
    #expect(count > 1 || outputs.choices.isEmpty)
  }

  // MARK: The axes of a decision

  @Test func intentFeelingUrgencyAndConsentAreAxesOfTheirOwn() {
    func axes(_ change: (inout Reading) -> Void, automation: Bool? = nil) -> [String?] {
      var desk = desk(["x": reading("order_status", .high, change)])
      desk.order("LL-20411")
      let outputs = desk.open("x", automation: automation)
      return [
        outputs.fact("intent"), outputs.fact("sentiment"), outputs.urgency, outputs.fact("automation_allowed"),
      ]
    }
    #expect(axes { _ in } == ["order_status", "0", "normal", "true"])
    #expect(axes { $0.sentiment = .init(level: -1, score: -400) } == ["order_status", "-1", "normal", "true"])
    #expect(axes { $0.pressure = .deadline } == ["order_status", "0", "high", "true"])
    #expect(axes({ _ in }, automation: false) == ["order_status", "0", "normal", "false"])
    #expect(axes { $0.intents[0].name = "refund_status" } == ["refund_status", "0", "normal", "true"])
  }

  /// A bad mood is no distress, and distress is no bad mood.
  @Test func distressIsASignalOfItsOwn() {
    var desk = desk([
      "cross": reading("order_status") { $0.sentiment = .init(level: -2, score: -900) },
      "lost": reading("order_status") { $0.signals = [.init(name: "distress", spans: [])] },
    ])
    desk.order("LL-20411")
    #expect(desk.open("cross").tripwires == ["very_negative"])
    let distress = desk.open("lost", ticket: "T2", by: "C2")
    #expect(distress.tripwires == ["distress"] && distress.queue == "care" && distress.fact("sentiment") == "0")
  }

  // MARK: Leaving

  @Test(arguments: ["subscription", "complaint", "delete_account", "cancel_order", "order_status"])
  func whoSpeaksOfLeavingGetsAnOfferOnlyAsAProposalThatNeedsApproval(intent: String) throws {
    var desk = desk(["bye": reading(intent) { $0.signals = [.init(name: "churn", spans: [])] }])
    desk.order("LL-20411", .with { $0.status = "exception" })
    let outputs = desk.open("bye")
    #expect(outputs.action == "hand_off" && outputs.resolution == nil && outputs.step != "retention_offer")
    let others = try #require(outputs.summary?.data["alternatives"] as? [[String: String]])
    let offer = try #require(others.first { $0["action"] == "retention_offer" }, "\(others)")
    #expect(offer["boundary"] == "needs_approval" && others.count <= 3)
    #expect(outputs.decision?.string("facts", "signals") == "churn")
  }

  @Test func aBadMoodAloneBringsNoOffer() throws {
    var desk = desk(["cross": reading("complaint") { $0.sentiment = .init(level: -2, score: -900) }])
    let summary = try #require(desk.open("cross").summary)
    #expect(!summary.text.contains("retention_offer"))
  }

  // MARK: Something private

  @Test func somethingPrivateGoesToItsOwnQueueAndNoWordOfItIsToldOn() throws {
    var desk = desk([
      "My zwiebelturm illness": reading("refund_request") { $0.signals = [.init(name: "sensitive_topic", spans: [])] }
    ])
    let outputs = desk.open("My zwiebelturm illness", subject: "zwiebelturm")
    #expect(outputs.action == "hand_off" && outputs.queue == "care" && outputs.resolution == nil)
    for output in outputs.all { #expect(!output.text.contains("zwiebelturm")) }
  }

  // MARK: Ways to a person

  @Test func everyWordThatIsOfferedLeadsToAPersonInItsLanguage() {
    for (tag, language) in pipeline.policy.languages {
      for word in language.frame.exitWords {
        var desk = desk(["x": reading("order_status") { $0.language.tag = tag }])
        desk.order("LL-20411")
        #expect(desk.open("x").resolution?.string("language") == tag)
        let outputs = desk.write("“\(word.uppercased())”.")
        #expect(outputs.action == "hand_off" && outputs.tripwires.contains("wants_human"), "\(tag) \(word)")
      }
    }
  }

  /// Between the customer's moods only the greeting differs, in every language and for every answer (E11).
  @Test(arguments: ["en", "es", "de", "fr"])
  func theFactsAreTheSameInEveryTone(language: String) throws {
    let states: [OrderState] = [
      OrderState(), .with { $0.promised = -4 }, .with { $0.status = "delivered" }, .with { $0.status = "packed" },
    ]
    for (index, state) in states.enumerated() {
      func parts(_ level: Int) throws -> [String: String] {
        var desk = desk([
          "x": reading("order_status") {
            $0.language.tag = language
            $0.sentiment = .init(level: level, score: level * 400)
          }
        ])
        if index == 1 { desk.declare() }
        desk.order("LL-20411", state)
        // A delivery is told only to the calm.
        guard let resolution = desk.open("x").resolution else { return [:] }
        return try #require(resolution.data["parts"] as? [String: String])
      }
      let (calm, upset) = (try parts(0), try parts(-1))
      #expect(try parts(1) == calm && !calm.isEmpty)
      guard !upset.isEmpty else { continue }
      #expect(calm["acknowledgement"] != upset["acknowledgement"])
      #expect(calm.filter { $0.key != "acknowledgement" } == upset.filter { $0.key != "acknowledgement" })
    }
  }
}
