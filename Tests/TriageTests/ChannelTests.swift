import Events
import Testing

@testable import Triage

/// One ticket on many channels: the same decision and the same facts, in the words of the channel; and where others read along,
/// nothing of the customer's own.
@Suite struct ChannelTests {
  private func ask(
    on channel: String, _ body: String = "Hi, where is my order LL-20411?", _ state: OrderState = OrderState(),
    before: (inout Desk) -> Void = { _ in }
  ) -> Outputs {
    var desk = Desk()
    before(&desk)
    desk.order("LL-20411", state)
    return desk.open(body, name: "Ada Lovelace", personalization: true, channel: channel)
  }

  static let late = OrderState.with { $0.promised = -4 }

  static let questions: [(name: String, body: String, state: OrderState, isDisrupted: Bool, facts: [String])] = [
    (
      "on its way", "Hi, where is my order LL-20411?", OrderState(), false,
      ["LL-20411", "Swift Parcel", "JD0146000038283", "Wednesday 4 March"]
    ),
    (
      "unhappy", "Where is my order LL-20411? It should have been here, not good", OrderState(),
      false,
      ["LL-20411", "Swift Parcel", "JD0146000038283", "Wednesday 4 March"]
    ),
    (
      "late", "Hi, where is my order LL-20411?", late, false,
      ["LL-20411", "Swift Parcel", "Wednesday 4 March", "Monday 2 March"]
    ),
    (
      "storm", "Hi, where is my order LL-20411?", late, true,
      ["LL-20411", "Swift Parcel", "severe weather", "Tuesday 3 March, 16:00 UTC"]
    ),
    (
      "refund", "Hi, where is my refund for order LL-20411?",
      .with {
        $0.status = "returned"
        $0.refund = "pending"
      }, false, ["LL-20411", "20.00 EUR", "Sunday 1 March"]
    ),
  ]

  @Test(arguments: questions.indices)
  func theSameTicketGetsTheSameDecisionAndFactsInShorterWords(index: Int) throws {
    let (name, body, state, isDisrupted, facts) = Self.questions[index]
    func ask(_ channel: String) -> Outputs { self.ask(on: channel, body, state) { if isDisrupted { $0.declare() } } }
    let letter = ask("email")
    #expect(letter.action == "resolve", "\(name)")
    let long = try #require(letter.reply)
    for channel in ["email", "chat", "phone", "sms"] {
      let outputs = ask(channel)
      let reply = try #require(outputs.reply)
      #expect(outputs.decision?.text == letter.decision?.text, "\(name) on \(channel)")
      #expect(facts.allSatisfy(reply.contains), "\(name) on \(channel): \(reply)")
      #expect(reply.contains("automated assistant") && reply.contains("\"agent\""))
      for part in ["acknowledgement", "resolvingFact", "nextStep", "humanExit", "disclosure"] {
        #expect(try #require(outputs.resolution?.string("parts", part)).contains(where: \.isLetter))
      }
      #expect(outputs.resolution?.string("channel") == channel)
      if channel != "email" { #expect(reply.count < long.count && reply.count <= 480) }
    }
  }

  @Test(arguments: questions.indices, ["social", "carrier_pigeon"])
  func whereOthersReadTheReplySaysWhereTheAnswerIs(index: Int, channel: String) throws {
    let (name, body, state, isDisrupted, facts) = Self.questions[index]
    let letter = ask(on: "email", body, state) { if isDisrupted { $0.declare() } }
    let outputs = ask(on: channel, body, state) { if isDisrupted { $0.declare() } }
    // What is decided is the same; only the words differ.
    #expect(outputs.decision?.text == letter.decision?.text)
    let sent = try #require(outputs.resolution)
    let basis = (sent.data["basis"] as? [String] ?? []).joined()
    let open: Set = ["severe weather", "Tuesday 3 March, 16:00 UTC"]
    for fact in facts + ["Ada", "LL-", "Swift", "JD01"] where !open.contains(fact) {
      #expect(!(outputs.reply ?? "").contains(fact) && !basis.contains(fact), "\(name): \(fact)")
    }
    for part in ["acknowledgement", "resolvingFact", "nextStep", "humanExit", "disclosure"] {
      #expect(try #require(sent.string("parts", part)).contains(where: \.isLetter))
    }
    let reply = try #require(outputs.reply)
    #expect(isDisrupted ? facts.filter(open.contains).allSatisfy(reply.contains) : reply.contains("private message"))
  }

  @Test func whereOthersReadNoOrdersAreOfferedToChooseFrom() throws {
    func ask(on channel: String) -> Outputs {
      var desk = Desk()
      desk.order("LL-1", .with { $0.items = ["a lamp"] })
      desk.order("LL-2", .with { $0.items = ["a chair"] })
      return desk.open("Where is my order?", channel: channel)
    }
    #expect(ask(on: "sms").choices.count == 2)
    let open = ask(on: "social")
    #expect(open.step == "ask_which_order" && open.choices.isEmpty)
    let sent = try #require(open.resolution?.text)
    #expect(!sent.contains("LL-") && !sent.contains("lamp") && sent.contains("private message"))
  }

  @Test func whereOthersReadAnAgentIsOfferedWordsThatSayNothingOfTheOrder() throws {
    let body = "My lawyer will call about order LL-20411"
    let letter = try #require(ask(on: "email", body).summary?.string("suggestedReply", "text"))
    let open = try #require(ask(on: "social", body).summary?.string("suggestedReply", "text"))
    #expect(letter.contains("LL-20411") && letter.contains("Ada"))
    #expect(!open.contains("LL-20411") && !open.contains("Ada") && open.contains("private message"))
  }

  /// Who has not written, or only where others read, is told in private; who wrote a text message, in short words.
  @Test(arguments: [(String?.none, "email"), ("social", "email"), ("fax", "email"), ("sms", "sms"), ("chat", "chat")])
  func newsThatNobodyAskedForAreToldWhereNobodyElseReads(last: String?, told: String) throws {
    var desk = Desk()
    if let last {
      desk.order("LL-1")
      desk.open("Where is my order LL-1?", channel: last)
    }
    desk.declare()
    let state = Self.late.data.merging(["orderId": "LL-2", "customerId": "C1"]) { $1 }
    let outputs = desk.tell(Line(.orderUpdated, key: "C1", id: "late", at: desk.now, state))
    let sent = try #require(outputs.resolution)
    #expect(outputs.step == "notice_disruption" && sent.string("channel") == told)
    let text = try #require(outputs.reply)
    #expect(["LL-2", "severe weather", "Tuesday 3 March, 16:00 UTC"].allSatisfy(text.contains))
    #expect(text.contains("written by our automated assistant") == (told == "email"))
  }

  @Test(arguments: [
    ("es", "Hola, ¿dónde está mi pedido LL-20411?", "mensaje privado", "asistente automático"),
    ("de", "Hallo, wo bleibt meine Bestellung LL-20411?", "private Nachricht", "automatischer Assistent"),
    ("fr", "Bonjour, où est ma commande LL-20411 ?", "message privé", "assistant automatique"),
  ])
  func everyLanguageHasItsWordsForEveryChannel(language: String, body: String, privately: String, machine: String)
    throws
  {
    let letter = try #require(ask(on: "email", body).reply)
    let brief = ask(on: "sms", body)
    #expect(brief.resolution?.string("language") == language)
    let text = try #require(brief.reply)
    #expect(text.count < letter.count && text.count <= 480)
    #expect(["LL-20411", "Swift Parcel", "JD0146000038283", machine].allSatisfy(text.contains), "\(text)")
    let open = try #require(ask(on: "social", body).reply)
    #expect(
      open.contains(privately) && !open.contains("LL-20411") && !open.contains("Swift") && open.contains(machine))
  }
}
