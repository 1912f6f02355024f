import Events
import Policy
import Testing

@testable import Triage

/// The catalogue of intents and the reader together: what shops are asked for most, and what fits nowhere.
@Suite struct TaxonomyTests {
  struct Sample: CustomTestStringConvertible, Sendable {
    let need: String
    let body: String
    let intents: Set<String>
    var testDescription: String { need }
    init(_ need: String, _ body: String, _ intents: Set<String>) {
      (self.need, self.body, self.intents) = (need, body, intents)
    }
  }

  static let samples = [
    Sample("delivery estimate", "How long does delivery to Ireland usually take?", ["delivery_info"]),
    Sample(
      "return eligibility", "How many days do I have to return something?", ["policy_question", "return_exchange"]),
    Sample("product matching", "Which size of this jacket should I buy if I am 180 cm tall?", ["product_question"]),
    Sample("coupon help", "My discount code is not accepted at the checkout.", ["coupon_promo"]),
    Sample("order status", "Where is my order? When will it arrive?", ["order_status"]),
    Sample(
      "billing change", "Please change my subscription to the yearly plan.",
      ["subscription", "payment_issue", "account_manage"]),
    Sample("password", "I forgot my password and cannot log in to my account.", ["account_access"]),
    Sample("feature comparison", "What is the difference between these two vacuum cleaners?", ["product_question"]),
    Sample("cancellation risk", "I want to cancel my subscription at the end of the month.", ["subscription"]),
    Sample(
      "demo booking", "I would like to speak to someone about a demo, please call me.",
      ["contact_human", "product_question", "ordering_help"]),
  ]

  @Test(arguments: samples)
  func theTenCommonNeedsAreInTheCatalogueAndReachSomebodyWhoHelps(sample: Sample) throws {
    var desk = Desk()
    let outputs = desk.open(sample.body)
    let intent = try #require(outputs.fact("intent"))
    #expect(sample.intents.contains(intent), "\(intent)")
    #expect(pipeline.policy.intents[intent] != nil)
  }

  @Test(arguments: [
    "", "?", "hello", "asdf", "Where is my order?",
    "Buongiorno, dove si trova il mio ordine? Non è ancora arrivato.",
    "注文商品未着。確認お願いします",
    "Goedemorgen, ik heb een vraag over mijn bestelling, where is my order please, ik wacht al een week",
    "Buongiorno a tutti, my order is late, vorrei sapere dove si trova il mio pacco, grazie mille",
  ])
  func whatFitsNowhereOrLacksItsOrderIsAskedBackOrGoesToAPerson(body: String) {
    var desk = Desk()
    let outputs = desk.open(body)
    #expect(["clarify", "hand_off"].contains(outputs.action))
    // With orders that could be told of, a text that is not about them still gets no answer.
    guard body != "Where is my order?" else { return }
    desk = Desk()
    desk.order("LL-20411")
    #expect(desk.open(body).action != "resolve", "\(outputs.fact("intent") ?? "")")
  }

  /// From fury to joy, each sentence better than the one before; five levels, and a score within its bounds.
  @Test func feelingsStandOnALadder() throws {
    let ladder = [
      "This is UNACCEPTABLE, the worst shop ever!!! I am furious.", "I am a little disappointed with the lamp.",
      "When will the parcel with the chair come?", "I love it, thank you so much!",
    ]
    var last = -2.0
    for (index, body) in ladder.enumerated() {
      var desk = Desk()
      let reading = try #require(desk.open(body).decision?.data["reading"] as? [String: Any])
      let feeling = try #require(reading["sentiment"] as? [String: Any])
      let (level, score) = (try #require(feeling["level"] as? Int), try #require(feeling["score"] as? Double))
      #expect((-2...2).contains(level) && (-1...1).contains(score))
      #expect(level.signum() == [-1, -1, 0, 1][index] && score > last, "\(body): \(level) \(score)")
      last = score
    }
  }
}
