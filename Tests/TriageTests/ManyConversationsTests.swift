import Events
import Testing
import TestSupport

@testable import Triage

/// What must hold of many conversations together: a burst, conversations by lot, two customers side by side.
@Suite struct ManyConversationsTests {
  private static let questions = [
    "Hi, where is my order %?", "Hello, could you tell me where my order % is, please?",
    "Hallo, wo bleibt meine Bestellung %?", "Hola, ¿dónde está mi pedido %?", "Bonjour, où est ma commande % ?",
  ]

  /// Four hundred people ask within a day; people see the one in twenty whose address is wrong, and nobody else (C21, C22).
  @Test func aBurstInADisruptionReachesPeopleOnlyWithTrueExceptions() {
    var desk = Desk()
    desk.declare(next: 30)
    var queues: [String: Int] = [:]
    var explained = 0
    for index in 0..<400 {
      let (customer, order) = ("C\(index)", "LL-\(30_000 + index)")
      let isException = index % 20 == 7
      desk.order(order, of: customer, .with { ($0.promised, $0.addressProblem) = (-4, isException) })
      let body = Self.questions[index % Self.questions.count].replacing("%", with: order)
      let outputs = desk.open(body, ticket: "T\(index)", by: customer)
      if outputs.step == "explain_disruption", outputs.summary == nil { explained += 1 }
      if let queue = outputs.queue { queues[queue, default: 0] += 1 }
    }
    #expect(explained == 380 && queues == ["orders": 20], "\(explained) \(queues)")
  }

  @Test(arguments: questions)
  func aPlainQuestionAboutAnOrderOnTimeIsAnsweredAndNotHandedOver(question: String) {
    for status in ["confirmed", "packed", "in_transit", "out_for_delivery"] {
      var desk = Desk()
      desk.order("LL-20411", .with { $0.status = status })
      let outputs = desk.open(
        question.replacing("%", with: "LL-20411"))
      #expect(outputs.action == "resolve" && outputs.summary == nil, "\(status)")
      #expect(outputs.decision?.string("facts", "confidence") == "high")
    }
  }

  // MARK: Conversations by lot

  private static let bodies = [
    "Where is my order LL-10001?", "Where is my order LL-90001?", "Where is my order?", "When will LL-10002 arrive?",
    "My parcel LL-10001 has not arrived.", "hmm", "hello", "", "Thank you!", "I want a refund for LL-10002.",
    "Where is my refund?", "LL-10001", "the lamp", "Please cancel my order.", "¿Dónde está mi pedido LL-10002?",
    "I am not happy. Where is my order LL-90001?", "Was the order LL-90001 sent to my neighbour?",
  ]

  private struct Lot {
    /// What came out after a message of `customer` in `ticket`.
    var told: [(customer: String, ticket: String, outputs: Outputs)] = []

    init(seed: UInt64) {
      var dice = Dice(seed: seed)
      var desk = Desk()
      for (customer, first, carrier) in [("C1", 10_001, "Alpha Freight"), ("C2", 90_001, "Beta Post")] {
        for order in first...(first + dice.roll(2)) {
          desk.order(
            "LL-\(order)", of: customer,
            .with {
              $0.status = dice.pick(["in_transit", "delayed", "packed", "exception", "delivered"])
              $0.promised = dice.pick([-4, 48])
              $0.carrier = carrier
              $0.items = [customer == "C1" ? "Lamp" : "Saxophone"]
            })
        }
      }
      for _ in 0..<14 {
        let customer = dice.pick(["C1", "C2"])
        let ticket = "\(customer)-\(dice.roll(3))"
        told.append(
          (customer, ticket, desk.write(dice.pick(ManyConversationsTests.bodies), ticket: ticket, by: customer)))
        desk.later(hours: dice.roll(9))
      }
    }
  }

  private static let seeds = 1...150 as ClosedRange<UInt64>

  @Test func aMachineAsksOnceAndAnswersOnceInACase() {
    var most = 0
    for seed in Self.seeds {
      var questions: [String: Int] = [:]
      var answers: [String: Int] = [:]
      for (_, ticket, outputs) in Lot(seed: seed).told {
        if outputs.action == "clarify" { questions[ticket, default: 0] += 1 }
        if outputs.action == "resolve" { answers[ticket, default: 0] += 1 }
        most = max(most, questions[ticket, default: 0] + answers[ticket, default: 0])
        #expect(questions[ticket, default: 0] <= 1 && answers[ticket, default: 0] <= 1, "seed \(seed)")
      }
    }
    #expect(most == 2, "some case had its question and its answer")
  }

  @Test func aMachineNeverGivesTheSameAnswerTwice() {
    var answers = 0
    for seed in Self.seeds {
      var given: Set<[String?]> = []
      for (customer, _, outputs) in Lot(seed: seed).told where outputs.action == "resolve" {
        answers += 1
        let isNew = given.insert([customer, outputs.step, outputs.decision?.string("orderId")]).inserted
        #expect(isNew, "seed \(seed): \(outputs.step ?? "")")
      }
    }
    #expect(answers > 60)
  }

  @Test func nothingOfOneCustomerIsToldToOrAboutAnother() {
    let own = ["C1": ["LL-1000", "Alpha Freight", "Lamp"], "C2": ["LL-9000", "Beta Post", "Saxophone"]]
    for seed in Self.seeds {
      for (customer, _, outputs) in Lot(seed: seed).told {
        for output in outputs.all {
          let foreign = own.filter { $0.key != customer }.flatMap(\.value).first { output.text.contains($0) }
          #expect(foreign == nil, "seed \(seed): \(output.event.type.rawValue) tells \(foreign ?? "")")
        }
      }
    }
  }

  @Test func anOrderThatNobodyKnowsLeavesAGapHoweverMuchElseIsKnown() {
    var desk = Desk()
    desk.open("I forgot my password and cannot log in to my account.")
    let outputs = desk.open("Where is my order?", ticket: "T2")
    #expect(outputs.fact("order") == "none" && outputs.decision?.string("context") == "partial")
  }

  @Test func anEarlierTicketAndItsOrderAreInTheNextSummary() throws {
    var desk = Desk()
    desk.order("LL-20411", .with { $0.items = ["Copper kettle"] })
    desk.open("Where is my order LL-20411?", channel: "chat")
    desk.later(hours: 24)
    let summary = try #require(desk.open("My lawyer will write to you about LL-20411.", ticket: "T2").summary)
    let history = try #require(summary.data["history"] as? [String])
    #expect(history.contains { $0.contains("ticket T1, customer wants to know where an order is") }, "\(history)")
    let orders = try #require(summary.data["orders"] as? [[String: Any]])
    #expect(
      orders.contains {
        $0["orderId"] as? String == "LL-20411" && ($0["words"] as? String)?.contains("Copper kettle") == true
      })
    #expect(desk.context()?.cases.map(\.channel) == [.chat, .email])
  }
}
