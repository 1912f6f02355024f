import Events
import Foundation
import Testing

@testable import Policy
@testable import Triage

/// What must hold of everything that comes out, whatever was said: over every step of every written conversation.
@Suite struct EveryConversationTests {
  private typealias Object = [String: Any]

  private static func outputs(_ type: EventType) -> [(step: PlayedStep, output: Output)] {
    PlayedStep.all.flatMap { step in step.outputs.all.filter { $0.event.type == type }.map { (step, $0) } }
  }
  private let decisions = outputs(.decisionMade)
  private let summaries = outputs(.caseSummarised)
  private let resolutions = outputs(.resolutionProposed)
  private let policy = pipeline.policy

  @Test func thereIsEnoughToLookAt() {
    #expect(decisions.count > 250 && summaries.count > 120 && resolutions.count > 80)
    #expect(Set(resolutions.compactMap { $0.output.string("kind") }) == ["answer", "question", "notice"])
    #expect(Set(resolutions.compactMap { $0.output.string("language") }) == ["en", "es", "de", "fr"])
  }

  // MARK: Decisions

  @Test func everyDecisionNamesAnIntentOfTheClosedListOrSaysWhyNot() throws {
    let known = Set(policy.intents.keys)
    for (step, decision) in decisions {
      let reading = try #require(decision.data["reading"] as? Object)
      let names = try #require(reading["intents"] as? [Object]).compactMap { $0["name"] as? String }
      #expect(Set(names).isSubset(of: known), "\(names)")
      #expect(!names.isEmpty || reading["abstention"] != nil, "\(step.conversation.name)")
      guard step.isMessage else { continue }
      let intent = try #require(decision.string("facts", "intent"), "\(step.conversation.name)")
      #expect(known.contains(intent) || intent == "none")
    }
  }

  @Test func everyDecisionHasIntentCauseAndActionEachWithItsEvidence() throws {
    var (claims, shown) = (0, 0)
    var causes = 0
    for (step, decision) in decisions {
      let reading = try #require(decision.data["reading"] as? Object)
      let cues = try #require(reading["cues"] as? [Object])
      if let first = (reading["intents"] as? [Object])?.first, reading["abstention"] == nil,
        // One of our own choices, taken at its word, needs no other evidence.
        first["probability"] as? Double != 1
      {
        claims += 1
        shown +=
          cues.contains {
            $0["kind"] as? String == "intent" && $0["name"] as? String == first["name"] as? String
          } ? 1 : 0
      }
      let checks = try #require(decision.data["checks"] as? [Object])
      #expect(checks.count == 3)
      if decision.string("cause") != "none" {
        causes += 1
        let order = try #require(decision.string("orderId"), "\(step.conversation.name)")
        #expect(checks.allSatisfy { $0["orderId"] as? String == order })
      }
      let (name, used) = (decision.string("rule") ?? "", decision.data["facts"] as? Object ?? [:])
      let when =
        policy.tripwires.first { "tripwire." + $0.name == name }?.when
        ?? (policy.rules + policy.notices).first { $0.name == name }?.when
      for part in try #require(when, "\(name)").parts { #expect(used[part.fact.rawValue] != nil, "\(name)") }
      #expect(policy.steps[decision.string("step") ?? ""] != nil || decision.string("action") == "none")
    }
    #expect(claims > 150 && causes > 50)
    // Now and then a model is sure without a single word that alone would make it so.
    #expect(shown * 100 >= claims * 95, "\(shown) of \(claims)")
  }

  @Test func everyLabelHasAProbabilityAndABandAndAgentsReadThemInWords() throws {
    for (_, decision) in decisions {
      for intent in (decision.data["reading"] as? Object)?["intents"] as? [Object] ?? [] {
        let probability = try #require(intent["probability"] as? Double)
        #expect((0...1).contains(probability))
        #expect(["low", "medium", "high"].contains(intent["band"] as? String))
      }
    }
    for (step, summary) in summaries {
      let wants = try #require(summary.string("wants"))
      let isHonest =
        wants.contains(" %, ") && wants.contains(" confidence)") || wants.hasPrefix("Not clear (")
        || wants.contains("understood earlier in this case")
      #expect(isHonest, "\(step.conversation.name): \(wants)")
    }
  }

  @Test func noAnswerRestsOnLessConfidenceThanItsIntentNeeds() throws {
    for (step, decision) in decisions where decision.string("action") == "resolve" {
      let band = Reading.Band(rawValue: decision.string("facts", "confidence") ?? "")
      let needed = try #require(Reading.Band(rawValue: decision.string("confidenceNeeded") ?? ""))
      #expect(try #require(band, "\(step.conversation.name)") >= needed)
      #expect(needed >= .medium && decision.string("boundary") == "automatic")
    }
  }

  @Test func whoIsVeryUpsetOrWantsNoMachineOrHasAPersonHearsNoMachine() {
    var silent = 0
    for (step, decision) in decisions {
      let feeling = (decision.data["reading"] as? Object)?["sentiment"] as? Object
      let tripwires = decision.data["tripwires"] as? [String] ?? []
      let mustBeSilent =
        feeling?["level"] as? Int == -2 || decision.string("facts", "automation_allowed") == "false"
        || decision.string("facts", "human_has_case") == "true" || !tripwires.isEmpty
      guard mustBeSilent else { continue }
      silent += 1
      #expect(step.outputs.resolution == nil && step.outputs.summary != nil, "\(step.conversation.name)")
    }
    #expect(silent > 60)
  }

  @Test func everyDecisionAboutAnOrderSaysOfWhenItsFactsAre() throws {
    var told = 0
    for (step, decision) in decisions {
      guard let message = step.message, let id = decision.string("orderId") else { continue }
      let order = step.before.context(message.customer)?.orders.first { $0.order.text == id }
      #expect(decision.string("contextAsOf") == order?.asOf.rfc3339 && order != nil, "\(step.conversation.name)")
      told += 1
    }
    #expect(told > 120)
  }

  @Test func everyDecisionIsPinnedToThePolicyTheModelAndTheProgram() {
    for (_, decision) in decisions {
      #expect(decision.string("versions", "policy") == policy.version)
      #expect(decision.string("versions", "model")?.isEmpty == false)
      #expect(decision.string("versions", "heed") == heedVersion)
      #expect(decision.string("auditExplanation")?.isEmpty == false)
    }
  }

  @Test func everythingAboutACaseIsUnderItsTicketWhateverTheChannel() {
    for step in PlayedStep.all {
      for output in step.outputs.all {
        #expect(output.event.correlationID == output.string("ticketId"))
        if let message = step.message { #expect(output.event.correlationID == message.ticket) }
      }
    }
  }

  // MARK: What the schemas ask for

  /// The schemas are checked in full elsewhere, on examples; here everything that really comes out is held against what they require.
  @Test func everyOutputHasWhatItsSchemaRequiresAndNothingElse() throws {
    var schemas: [EventType: Object] = [:]
    for step in PlayedStep.all {
      for output in step.outputs.all {
        let type = output.event.type
        let schema = try schemas[type] ?? Self.schema(type)
        schemas[type] = schema
        let event = try #require(JSONSerialization.jsonObject(with: Data(output.event.structured())) as? Object)
        let inner = try #require((schema["properties"] as? Object)?["data"] as? Object)
        for (object, schema) in [(event, schema), (output.data, inner)] {
          let names = Set(object.keys)
          #expect(names.isSuperset(of: try #require(schema["required"] as? [String])), "\(type.rawValue)")
          #expect(names.isSubset(of: try #require(schema["properties"] as? Object).keys), "\(type.rawValue)")
        }
      }
    }
    #expect(Set(schemas.keys) == [.decisionMade, .caseSummarised, .resolutionProposed, .insightRaised])
  }

  private static func schema(_ type: EventType) throws -> Object {
    let file = URL(filePath: #filePath).appending(path: "../../../Schemas/\(type.rawValue).json").standardizedFileURL
    return try #require(JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? Object)
  }

  // MARK: Summaries

  @Test func everySummaryRecommendsOneThingAndAtMostThreeOthers() throws {
    for (step, summary) in summaries {
      let recommended = try #require(summary.string("recommendedAction", "action"))
      let others = try #require(summary.data["alternatives"] as? [Object]).compactMap { $0["action"] as? String }
      #expect(others.count <= 3 && Set(others).count == others.count && !others.contains(recommended))
      for name in [recommended] + others {
        #expect(policy.steps[name]?.kind == .work && policy.steps[name]?.boundary != .never, "\(name)")
      }
      #expect(recommended == step.outputs.step)
    }
  }

  @Test func whatAnAgentCouldAnswerIsMarkedAsASuggestion() throws {
    var suggestions = 0
    for (step, summary) in summaries {
      guard let reply = summary.data["suggestedReply"] as? Object else {
        #expect(policy.languages[summary.string("language") ?? ""] == nil, "\(step.conversation.name)")
        continue
      }
      suggestions += 1
      #expect(reply["status"] as? String == "suggestion" && (reply["text"] as? String)?.isEmpty == false)
    }
    #expect(suggestions > 100)
  }

  @Test func everySummaryTellsTheStoryInsteadOfTheConversation() throws {
    for (step, summary) in summaries {
      for field in ["headline", "wants", "feels", "reason"] {
        #expect(summary.string(field)?.isEmpty == false, "\(step.conversation.name) \(field)")
      }
      let unknown = try #require(summary.data["unknown"] as? [String])
      if step.outputs.fact("order") == "ambiguous" { #expect(unknown.contains { $0.contains("Which of the orders") }) }
      // What was said before stands there: nobody must ask for it again.
      guard let message = step.message, let known = step.before.theCase(message.ticket, of: message.customer) else {
        continue
      }
      let history = try #require(summary.data["history"] as? [String])
      if known.questionsAsked > 0 { #expect(history.contains { $0.contains("automation asked") }) }
      if known.answersGiven > 0 { #expect(history.contains { $0.contains("automation answered") }) }
    }
  }

  // MARK: Messages

  @Test func everyMessageHasAllItsPartsAndNoGaps() throws {
    for (step, message) in resolutions {
      let parts = try #require(message.data["parts"] as? [String: String])
      let fact = message.string("kind") == "question" ? "question" : "resolvingFact"
      #expect(Set(parts.keys) == ["acknowledgement", fact, "nextStep", "humanExit", "disclosure"])
      #expect(parts.values.allSatisfy { $0.contains(where: \.isLetter) }, "\(step.conversation.name)")
      let basis = try #require(message.data["basis"] as? [String])
      #expect(!basis.isEmpty && basis.allSatisfy { $0.contains(where: \.isLetter) })
      let text = try #require(message.string("text"))
      for gap in ["{{", "}}", "  ", " .", " ,", "()", ".."] { #expect(!text.contains(gap), "\(text)") }
      #expect(text.split(whereSeparator: \.isWhitespace).count <= 130 && !text.contains("!"), "\(text)")
    }
  }

  @Test func theWayToAPersonNamesAWordThatLeadsThere() throws {
    for (_, message) in resolutions {
      let exit = try #require(message.string("parts", "humanExit")).lowercased()
      let words = try #require(policy.languages[message.string("language") ?? ""]).frame.exitWords
      #expect(words.contains { exit.contains($0) }, "\(exit)")
    }
  }

  @Test func choicesAreTwoToFourOrNone() throws {
    var offered = 0
    for (step, message) in resolutions {
      guard let choices = message.data["choices"] as? [Object] else {
        #expect(!["ask_which_order", "ask_which_matter"].contains(message.string("step")), "\(step.conversation.name)")
        continue
      }
      offered += 1
      #expect((2...4).contains(choices.count) && message.string("kind") == "question")
      #expect(Set(choices.compactMap { $0["value"] as? String }).count == choices.count)
    }
    #expect(offered > 10)
  }

  @Test func noQuestionAsksForWhatIsKnown() throws {
    var asked = 0
    for (step, question) in resolutions where question.string("kind") == "question" {
      asked += 1
      let message = try #require(step.message)
      let name = step.conversation.name
      let context = step.before.context(message.customer)
      let known = step.before.theCase(message.ticket, of: message.customer)
      #expect(known?.questionsAsked ?? 0 == 0, "\(name)")
      switch try #require(policy.steps[question.string("step") ?? ""]?.about) {
      case .order:
        #expect(step.outputs.decision?.string("orderId") == nil && known?.order == nil, "\(name)")
        let open = context?.orders.count { $0.isOpen } ?? 0
        // With one order in question it is the one meant, unless another one is named.
        #expect(open != 1 || step.outputs.fact("order") != "none", "\(name)")
        let named = context?.orders.first {
          message.body.contains($0.order.text) || message.orders.contains($0.order.text)
        }
        #expect(named == nil, "\(name)")
      case .intent:
        #expect(["none", "low"].contains(step.outputs.fact("confidence")), "\(name)")
        #expect(known?.intent == nil || known?.band == .low, "\(name)")
      }
    }
    #expect(asked > 20)
  }
}
