import Events
import Policy
import Testing

@testable import Triage

/// What happens to a message, from the customer's side: who answers, how often, and when a machine is silent.
@Suite struct TicketPipelineTests {
  private func desk(_ state: OrderState = OrderState()) -> Desk {
    var desk = Desk()
    desk.order("LL-20411", state)
    return desk
  }

  private let question = "Where is my order LL-20411?"

  // MARK: One decision

  @Test func everyMessageOfACustomerGetsExactlyOneDecisionAndNothingElseDoes() {
    var desk = desk()
    for body in [question, "", "😀", "thanks", "????", "I am furious!!!", "xyz", "Здравствуйте", question] {
      let outputs = desk.write(body, ticket: "T9")
      #expect(outputs.all.count { $0.event.type == .decisionMade } == 1)
      // What the story shows besides goes to people who look after it, and decides nothing.
      let follow = outputs.all.dropFirst().map(\.event.type).filter { $0 != .insightRaised }
      switch outputs.action {
      case "resolve", "clarify": #expect(follow == [.resolutionProposed])
      case "hand_off": #expect(follow == [.caseSummarised])
      default: #expect(follow.isEmpty && outputs.action == "none")
      }
    }
    #expect(desk.write("Hello", author: "agent").all.isEmpty)
    #expect(desk.write("Hello", author: "automation").all.isEmpty)
    #expect(desk.update(status: "open").all.isEmpty)
    #expect(desk.change(automation: true).all.isEmpty)
    #expect(desk.passTime().all.isEmpty)
  }

  @Test func aMessageInATicketThatWasNeverOpenedIsDecidedToo() {
    var desk = desk()
    #expect(desk.write(question, ticket: "T77").action == "resolve")
  }

  @Test func idsAreDerivedFromTheEvent() throws {
    var (one, other) = (desk(), desk())
    let first = one.open(question)
    let second = other.open(question)
    #expect(first.all.map(\.event) == second.all.map(\.event))
    #expect(first.decision?.event.id == DerivedID.make("dec", source: "/test", id: "e1"))
    #expect(first.resolution?.event.id == DerivedID.make("res", source: "/test", id: "e1"))
    #expect(first.decision?.string("decisionId") == first.resolution?.string("decisionId"))
    #expect(first.all.allSatisfy { $0.event.causationID == "e1" && $0.event.correlationID == "T1" })
    one.later(hours: 1)
    #expect(one.write("I want my money back").decision?.event.id != first.decision?.event.id)
  }

  @Test func decisionsOfOneCustomerAreAChain() throws {
    var desk = desk()
    var last: Output?
    for body in [question, "thanks", "I want a refund for it"] {
      let decision = try #require(desk.write(body).decision)
      #expect(decision.string("previous") == last.map { Digest256(of: $0.event.data).hex })
      last = decision
    }
    #expect(desk.open("Hello there", ticket: "X", by: "C2").decision?.string("previous") == nil)
  }

  // MARK: Two voices

  @Test func automationIsSilentAfterAnAgentWrote() {
    var desk = desk()
    desk.open("Hello there")
    desk.write("I'll look into it", author: "agent")
    for body in [question, "thanks", "Where is it?"] {
      let outputs = desk.write(body)
      #expect(outputs.resolution == nil && outputs.tripwires.contains("human_has_case"))
      #expect(outputs.decision?.data["caseEpoch"] as? Int == 1)
    }
    // Nor in another ticket about the same order: the customer has come before.
    #expect(desk.open(question, ticket: "T2").tripwires.contains("repeat_contact"))
  }

  @Test(arguments: ["I want to end my life", "My lawyer will write to you", "I want to speak to a person"])
  func automationIsSilentOnceAPersonWasPromised(first: String) {
    var desk = desk()
    let handedOver = desk.open(first)
    #expect(handedOver.action == "hand_off")
    let outputs = desk.write(question)
    #expect(outputs.resolution == nil && outputs.tripwires.contains("human_has_case"))
    #expect(outputs.queue == handedOver.queue)
  }

  @Test func automationIsSilentAfterAPersonChangedTheTicketAndTheirQueueStays() {
    var desk = desk()
    desk.open("Hello there")
    desk.update(queue: "returns")
    let outputs = desk.write(question)
    #expect(outputs.action == "hand_off" && outputs.queue == "returns")
    #expect(outputs.summary?.event.destination == .cases(queue: "returns"))
    let due = pipeline.policy.queues["returns"]?.deadlines[.normal]
    #expect(outputs.urgency == "normal")
    #expect(outputs.decision?.string("dueBy") == outputs.decision?.event.time.adding(seconds: due ?? 0).rfc3339)
  }

  @Test func aQueueThatThePolicyDoesNotHaveIsNotUsed() {
    var desk = desk()
    desk.open("Hello there")
    desk.update(queue: "Attic")
    #expect(desk.write(question).queue == "delivery")
  }

  @Test func aTakeoverLastsThroughSolvingAndReopening() {
    var desk = desk()
    desk.open("Hello there")
    desk.write("Done!", author: "agent")
    desk.update(status: "solved")
    desk.later(hours: 2)
    let outputs = desk.write(question)
    #expect(outputs.resolution == nil && outputs.fact("human_has_case") == "true")
  }

  @Test func automationSpeaksOnceInACase() {
    var desk = desk()
    #expect(desk.open(question).action == "resolve")
    let outputs = desk.write("And has my order shipped? When will it arrive?")
    #expect(outputs.action == "hand_off" && outputs.fact("answers_given") == "1")
  }

  @Test func thanksAfterAnAnswerNeedNoAnswer() {
    var desk = desk()
    desk.open(question)
    let outputs = desk.write("Thank you!")
    #expect(outputs.action == "none" && outputs.all.count == 1)
  }

  // MARK: Who wants no machine

  @Test func whoOptedOutIsAnsweredByAPerson() {
    var desk = desk()
    #expect(desk.open(question, automation: false).tripwires == ["opt_out"])
    desk = self.desk()
    desk.change(automation: false)
    #expect(desk.open(question).resolution == nil)
    desk.change(automation: true)
    #expect(desk.open(question, ticket: "T2").fact("automation_allowed") == "true")
  }

  @Test(arguments: ["I don't want automated replies.", "I want to talk to a real person"])
  func whoAsksForAPersonGetsOne(words: String) {
    var desk = desk()
    #expect(desk.open("\(question) \(words)").action == "hand_off")
  }

  // MARK: Feelings and history

  @Test func aSecondTicketAboutTheSameIsARepeat() {
    var desk = desk()
    desk.order("LL-20499")
    desk.open(question)
    desk.later(hours: 24)
    let again = desk.open(question, ticket: "T2")
    #expect(again.tripwires == ["repeat_contact"] && again.resolution == nil)
    #expect(desk.open("Where is my order LL-20499?", ticket: "T3").resolution != nil)
    desk.later(hours: 24 * 8)
    #expect(desk.open("Can I have the invoice for LL-20411?", ticket: "T4").fact("repeat_contact") == "false")
  }

  @Test func afterAWeekItIsNoRepeat() {
    var desk = desk(.with { ($0.promised, $0.expected, $0.scanned) = (24 * 30, 24 * 29, 24 * 8) })
    desk.open(question)
    desk.later(hours: 24 * 8)
    #expect(desk.open(question, ticket: "T2").fact("repeat_contact") == "false")
  }

  @Test func aMoodThatFallsGoesToAPerson() {
    var desk = desk()
    #expect(desk.open("Hello, " + question).decision?.string("reading", "sentiment", "trajectory") == "first")
    let outputs = desk.write("This is really annoying and I am disappointed.")
    #expect(outputs.tripwires.contains("falling") && outputs.resolution == nil)
    #expect(outputs.decision?.string("reading", "sentiment", "trajectory") == "falling")
    #expect(outputs.urgency == "high")
  }

  @Test func anIrateCustomerIsNotAnsweredByAMachine() throws {
    var desk = desk()
    let outputs = desk.open("This is UNACCEPTABLE, the worst shop ever!!! I am furious. \(question)")
    #expect(outputs.tripwires.contains("very_negative") && outputs.resolution == nil && outputs.urgency == "high")
    #expect(try #require(outputs.summary).string("feels")?.hasPrefix("Very upset, shown by") == true)
  }

  @Test func theAcknowledgementFollowsTheFeelingAndTheFactsDoNot() throws {
    var (calm, upset) = (desk(), desk())
    let friendly = try #require(calm.open("Hi, \(question)").resolution)
    let annoyed = try #require(upset.open("I'm annoyed. \(question)").resolution)
    #expect(friendly.string("parts", "acknowledgement") != annoyed.string("parts", "acknowledgement"))
    for part in ["resolvingFact", "nextStep", "humanExit", "disclosure"] {
      #expect(friendly.string("parts", part) == annoyed.string("parts", part))
    }
  }

  // MARK: Promises

  private func promised() -> Desk {
    var desk = Desk()
    desk.declare(next: 30)
    desk.order("LL-20411", .with { $0.promised = -4 })
    #expect(desk.open(question).step == "explain_disruption")
    return desk
  }

  @Test func aBrokenPromiseIsRaisedOnceWhenItsTimePasses() throws {
    var desk = promised()
    desk.later(hours: 20)
    #expect(desk.passTime().all.isEmpty)
    desk.later(hours: 12)
    let insight = try #require(desk.passTime().insights.first)
    #expect(insight.string("kind") == "promise_broken" && insight.string("ticketId") == "T1")
    #expect(insight.string("decisionId") == DerivedID.make("dec", source: "/test", id: "e2"))
    #expect(desk.passTime().all.isEmpty)
  }

  @Test(arguments: ["agent", "solved"])
  func aPromiseThatWasKeptIsNotRaised(how: String) {
    var desk = promised()
    if how == "agent" { desk.write("It is here", author: "agent") } else { desk.update(status: "solved") }
    desk.later(hours: 40)
    #expect(desk.passTime().all.isEmpty)
  }

  @Test func brokenPromisesOfManyComeInOneOrder() {
    var desk = Desk()
    desk.declare(next: 30)
    for index in [5, 2, 9, 1] {
      desk.order("LL-2041\(index)", of: "C\(index)", .with { $0.promised = -4 })
      desk.open("Where is my order?", ticket: "T\(index)", by: "C\(index)")
    }
    desk.later(hours: 40)
    #expect(desk.passTime().insights.map { $0.string("customerId") } == ["C1", "C2", "C5", "C9"])
  }

  // MARK: Words

  @Test(arguments: ["Maren Oduya", "Maren", "  Maren  "])
  func aCustomerIsCalledByTheirNameOnlyIfTheyAllowIt(name: String) throws {
    var desk = desk()
    #expect(try #require(desk.open(question, name: name, personalization: true).reply).contains("Hello Maren,"))
    desk = self.desk()
    #expect(try #require(desk.open(question, name: name, personalization: false).reply).contains("Hello,"))
  }

  @Test(arguments: [
    "{{order}}", "X", "maren@mail.example", "+44 7700", "<b>M</b>", String(repeating: "a", count: 40), "",
  ])
  func whatIsNoNameIsNotUsedAsOne(name: String) throws {
    var desk = desk()
    #expect(try #require(desk.open(question, name: name, personalization: true).reply).contains("Hello,"))
  }

  @Test func everyMessageToACustomerHasAllItsParts() throws {
    var desk = promised()
    desk.order("LL-20412")
    let outputs = [
      desk.open("Where is order LL-20412?", ticket: "T2"), desk.open("Where is order 99999?", ticket: "T3"),
    ]
    for output in outputs {
      let resolution = try #require(output.resolution)
      for part in ["acknowledgement", "nextStep", "humanExit", "disclosure"] {
        #expect(resolution.string("parts", part)?.isEmpty == false, "\(part)")
      }
      #expect((resolution.data["basis"] as? [String])?.first?.isEmpty == false)
      let explanation = try #require(output.decision?.string("customerExplanation"))
      #expect(!explanation.isEmpty)
      for secret in ["rule", "tripwire", "confidence", "high", "which-number"] {
        #expect(!explanation.contains(secret))
      }
    }
  }

  @Test func theSameWordsThroughTwoChannelsAreDecidedAlike() throws {
    func answer(on channel: String) -> Outputs {
      var desk = desk()
      return desk.open(question, channel: channel)
    }
    let letter = try #require(answer(on: "email").decision)
    for channel in ["chat", "sms", "social", "carrier-pigeon"] {
      #expect(answer(on: channel).decision?.text == letter.text)
    }
    // Channels of one form have the same words, too.
    let reply = try #require(answer(on: "email").reply)
    for channel in ["web", "api"] { #expect(answer(on: channel).reply == reply) }
  }

  @Test func aMessageInAnotherLanguageGoesToThoseWhoSpeakIt() {
    var desk = desk()
    let outputs = desk.open("Buongiorno, dove si trova il mio ordine LL-20411? Non è ancora arrivato.")
    #expect(outputs.action == "hand_off" && outputs.queue == "languages")
    #expect(outputs.decision?.string("reading", "abstention") == "unsupported_language")
  }

  @Test func nothingKnownStillReachesAPersonInTime() throws {
    var desk = Desk()
    let outputs = desk.open(
      "We walked along the river with the dog and my sister took some pictures of the boats.")
    #expect(outputs.action == "hand_off" && outputs.queue == "general")
    #expect(outputs.decision?.string("context") == "none")
    #expect(outputs.decision?.string("dueBy") != nil)
    #expect(try #require(outputs.summary).text.contains("What the customer wants"))
  }

  @Test(arguments: [
    ("I want a refund for LL-20411", "refund_request"),
    ("I want to return LL-20411, it does not fit", "return_exchange"),
    ("My kettle LL-20411 is broken and I want a replacement", ""),
  ])
  func moneyOnAnOrderOfHighValueGoesToAPersonAtOnce(body: String, intent: String) {
    var desk = desk(.with { ($0.status, $0.total) = ("delivered", "400.00") })
    let outputs = desk.open(body)
    #expect(outputs.tripwires.contains("high_value_request"))
    desk = self.desk(.with { ($0.status, $0.total) = ("delivered", "399.99") })
    #expect(!desk.open(body).tripwires.contains("high_value_request"))
  }
}
