import Events
import Testing

@testable import Triage

/// Scenario B: order status, package exceptions and address problems are looked at before anything is said. What is known is
/// answered, what is in trouble goes to a person with the facts.
@Suite struct WhereIsMyOrderTests {
  private func ask(
    _ state: OrderState, _ body: String = "Hi, where is my order LL-20411?", before: (inout Desk) -> Void = { _ in }
  ) -> Outputs {
    var desk = Desk()
    before(&desk)
    desk.order("LL-20411", state)
    return desk.open(body)
  }

  @Test func anOrderOnTimeIsAnsweredWithCarrierAndDate() throws {
    let outputs = ask(OrderState())
    #expect(outputs.action == "resolve" && outputs.step == "tell_order_status" && outputs.cause == "none")
    let reply = try #require(outputs.reply)
    #expect(reply.contains("on its way with Swift Parcel") && reply.contains("Wednesday 4 March"))
    #expect(reply.contains("JD0146000038283") && reply.contains("automated assistant") && reply.contains("\"agent\""))
    #expect(outputs.summary == nil)
    #expect(outputs.resolution?.string("parts", "resolvingFact") != nil)
  }

  @Test func delayUnderADeclaredDisruptionIsAnsweredWithItsCauseAndNextUpdate() throws {
    let late = OrderState.with { $0.promised = -4 }
    let outputs = ask(late) { $0.declare() }
    #expect(outputs.action == "resolve" && outputs.step == "explain_disruption" && outputs.cause == "disruption")
    let reply = try #require(outputs.reply)
    #expect(reply.contains("severe weather") && reply.contains("Tuesday 3 March, 16:00 UTC"))
    #expect(outputs.resolution?.string("expiresAt") == hour(30).rfc3339)
    #expect(outputs.resolution?.event.expiryTime == hour(30))
  }

  @Test func delayIsExplainedInTheCustomersLanguage() throws {
    let late = OrderState.with { $0.promised = -4 }
    let texts = [
      ("es", "Hola, ¿dónde está mi pedido LL-20411?", "el mal tiempo"),
      ("de", "Hallo, wo bleibt meine Bestellung LL-20411?", "Unwetter"),
      ("fr", "Bonjour, où est ma commande LL-20411 ?", "les intempéries"),
    ]
    for (language, body, cause) in texts {
      let outputs = ask(late, body) { $0.declare() }
      #expect(outputs.resolution?.string("language") == language)
      #expect(try #require(outputs.reply).contains(cause))
    }
  }

  @Test func anOverdueDisruptionGoesToAPerson() {
    let late = OrderState.with { $0.promised = -4 }
    let outputs = ask(late) { $0.declare(next: -1) }
    #expect(outputs.action == "hand_off" && outputs.cause == "disruption_overdue" && outputs.resolution == nil)
  }

  @Test(arguments: [
    ("another carrier", { @Sendable (desk: inout Desk) in desk.declare(carrier: "Other") }),
    ("another region", { @Sendable (desk: inout Desk) in desk.declare(region: "IE") }),
    ("over", { @Sendable (desk: inout Desk) in desk.declare(until: -1) }),
    ("not begun", { @Sendable (desk: inout Desk) in desk.declare(from: 5) }),
  ])
  func aDisruptionThatDoesNotConcernTheOrderExplainsNothing(name: String, declare: @Sendable (inout Desk) -> Void) {
    let late = OrderState.with {
      $0.promised = -4
      $0.expected = nil
    }
    let outputs = ask(late, before: declare)
    #expect(outputs.cause == "carrier_delay" && outputs.action == "hand_off", "\(name)")
  }

  @Test func aDisruptionOfEverybodyConcernsEveryOrder() {
    let late = OrderState.with { $0.promised = -4 }
    #expect(ask(late) { $0.declare(carrier: nil, region: nil) }.cause == "disruption")
  }

  @Test func anOrderThatIsOnTimeInADisruptionIsNotCalledLate() {
    #expect(ask(OrderState()) { $0.declare() }.cause == "none")
  }

  @Test func aDelayWithADateIsAnsweredWithIt() throws {
    let outputs = ask(.with { $0.promised = -4 })
    #expect(outputs.step == "tell_new_date" && outputs.cause == "carrier_delay_dated")
    #expect(try #require(outputs.reply).contains("Wednesday 4 March"))
  }

  struct Trouble: CustomTestStringConvertible, Sendable {
    let cause: String
    let queue: String
    let step: String
    let words: String
    let state: OrderState
    var testDescription: String { "\(cause) \(state.status) \(state.holds)" }
    init(_ cause: String, _ queue: String, _ step: String, _ words: String, _ change: (inout OrderState) -> Void) {
      (self.cause, self.queue, self.step, self.words) = (cause, queue, step, words)
      state = .with(change)
    }
  }

  static let troubles = [
    Trouble("address_problem", "orders", "correct_address", "address problem") { $0.addressProblem = true },
    Trouble("address_problem", "orders", "correct_address", "incorrect address") {
      $0.status = "on_hold"
      $0.holds = ["incorrect_address"]
    },
    Trouble("payment_hold", "billing", "release_payment_hold", "payment review") {
      $0.status = "on_hold"
      $0.holds = ["payment_review"]
    },
    Trouble("hold", "orders", "release_hold", "On hold") { $0.status = "on_hold" },
    Trouble("hold", "orders", "release_hold", "out of stock") { $0.holds = ["out_of_stock"] },
    Trouble("exception", "delivery", "check_with_carrier", "Exception") { $0.status = "exception" },
    Trouble("delivery_attempted", "delivery", "rebook_delivery", "Delivery attempted") {
      $0.status = "delivery_attempted"
    },
    Trouble("lost_scan", "delivery", "check_with_carrier", "last seen 6 days ago") { $0.scanned = -24 * 6 },
    Trouble("dispatch_delay", "orders", "speed_up_dispatch", "now late") {
      $0.status = "packed"
      $0.promised = -30
      $0.scanned = nil
    },
    Trouble("carrier_delay", "delivery", "check_with_carrier", "now late") {
      $0.promised = -30
      $0.expected = -20
    },
    Trouble("returning", "delivery", "check_with_carrier", "Returning") { $0.status = "returning" },
    Trouble("unknown_status", "delivery", "check_with_carrier", "Unknown") { $0.status = "beamed_up" },
  ]

  @Test(arguments: troubles)
  func trueExceptionsGoToAPersonWithTheFacts(trouble: Trouble) throws {
    for body in ["Hi, where is my order LL-20411?", "My parcel LL-20411 has not arrived."] {
      let outputs = ask(trouble.state, body)
      #expect(outputs.action == "hand_off" && outputs.cause == trouble.cause)
      #expect(outputs.queue == trouble.queue && outputs.step == trouble.step)
      #expect(outputs.resolution == nil)
      let summary = try #require(outputs.summary)
      #expect(summary.text.contains(trouble.words), "\(summary.text)")
      #expect(summary.text.contains("LL-20411") && summary.text.contains("Swift Parcel"))
      #expect(summary.string("recommendedAction", "action") == trouble.step)
      #expect(summary.event.destination == .cases(queue: trouble.queue))
    }
  }

  @Test func atTroubleADisruptionDoesNotHideTheAddress() {
    let outputs = ask(.with { ($0.promised, $0.addressProblem) = (-4, true) }) { $0.declare() }
    #expect(outputs.cause == "address_problem" && outputs.queue == "orders")
  }

  @Test func deliveredButNotReceivedGoesToAPerson() throws {
    let delivered = OrderState.with { $0.status = "delivered" }
    let outputs = ask(delivered, "LL-20411 says delivered but I never received it")
    #expect(outputs.action == "hand_off" && outputs.cause == "delivered_not_received" && outputs.queue == "delivery")
    #expect(try #require(outputs.summary).text.contains("delivered not received"))
    // Asked calmly, a delivery is an answer.
    let calm = ask(delivered, "Has order LL-20411 been delivered? Where is my order?")
    #expect(calm.action == "resolve" && calm.cause == "none")
  }

  @Test func theThreeChecksAreReportedWhateverIsFound() throws {
    for outputs in [ask(OrderState()), ask(.with { $0.status = "exception" }), ask(OrderState(), "Hello there")] {
      let checks = try #require(outputs.decision?.data["checks"] as? [[String: String]])
      #expect(checks.map { $0["check"] } == ["order_status", "package_exceptions", "address_problems"])
    }
  }

  // MARK: Which order

  private func severalOrders(_ count: Int) -> Desk {
    var desk = Desk()
    for index in 0..<count {
      desk.order(
        "LL-2041\(index)",
        .with { $0.items = [["Copper kettle", "Walnut shelf", "Linen duvet", "Ceramic vase", "Felt slippers"][index]] })
    }
    return desk
  }

  @Test(arguments: [2, 3, 4, 5])
  func severalOrdersGiveOneQuestionWithTwoToFourChoices(count: Int) {
    var desk = severalOrders(count)
    let outputs = desk.open("Where is my order?")
    #expect(outputs.action == "clarify" && outputs.step == "ask_which_order")
    #expect(outputs.choices.count == min(4, count))
    #expect(outputs.choices.first == "LL-2041\(count - 1)")
    #expect(outputs.reply?.contains("Swift Parcel") == false)
    #expect(outputs.resolution?.string("parts", "question") != nil)
  }

  @Test(arguments: ["LL-20411", "LL-20411: Walnut shelf", "it's 20411", "#20411 please", "the walnut one"])
  func theChoiceIsUnderstood(choice: String) {
    var desk = severalOrders(3)
    desk.open("Where is my order?")
    let outputs = desk.write(choice)
    #expect(outputs.action == "resolve" && outputs.step == "tell_order_status")
    #expect(outputs.decision?.string("orderId") == "LL-20411")
  }

  @Test(arguments: ["hmm", "the thing from last week", "😀"])
  func theSecondUnclearTurnGoesToAPerson(answer: String) throws {
    var desk = severalOrders(3)
    #expect(desk.open("Where is my order?").action == "clarify")
    let outputs = desk.write(answer)
    #expect(outputs.action == "hand_off" && outputs.resolution == nil)
    let summary = try #require(outputs.summary)
    #expect(summary.text.contains("Which of the orders") && summary.text.contains("automation asked"))
  }

  @Test func theOneInTroubleOrNamedByItsTitleIsMeant() {
    var desk = severalOrders(3)
    desk.order("LL-20411", .with { $0.status = "exception" })
    #expect(desk.open("Where is my order?").cause == "exception")
    desk = severalOrders(3)
    let outputs = desk.open("Where is my order with the kettle?")
    #expect(outputs.decision?.string("orderId") == "LL-20410" && outputs.fact("order") == "likely")
  }

  @Test(arguments: ["Where is my order 99887?", "Where is my order LL-99887?", "where is my order #9988712"])
  func anOrderNumberOfNobodyIsAskedForAndNoFactTold(body: String) throws {
    var desk = severalOrders(1)
    desk.order("LL-99887", of: "C2", .with { $0.carrier = "Foreign Freight" })
    let outputs = desk.open(body)
    #expect(outputs.action == "clarify" && outputs.step == "ask_order_number" && outputs.choices.isEmpty)
    let reply = try #require(outputs.reply)
    for fact in ["Swift Parcel", "Foreign Freight", "LL-2041", "on its way", "JD0146", "99887"] {
      #expect(!reply.contains(fact), "\(fact)")
    }
    #expect(outputs.decision?.string("context") == "partial" && outputs.decision?.string("orderId") == nil)
    // The second time a person looks.
    #expect(desk.write("It is 99887!").action == "hand_off")
  }

  @Test func anotherCustomersAttachedOrderGivesNoFact() throws {
    var desk = Desk()
    desk.order("LL-99887", of: "C2", .with { $0.carrier = "Foreign Freight" })
    let outputs = desk.open("Where is my order?", orders: ["LL-99887"])
    #expect(outputs.decision?.string("orderId") == nil)
    for output in outputs.all { #expect(!output.text.contains("Foreign Freight")) }
  }

  @Test func ofTwoOrdersThatEndAlikeNoneIsTaken() {
    var desk = Desk()
    desk.order("A-20411")
    desk.order("B-20411")
    #expect(desk.open("Where is my order 20411?").decision?.string("orderId") == nil)
  }

  // MARK: Refunds

  @Test(arguments: zip(["pending", "completed"], ["on its way to you", "paid out"]))
  func aRefundUnderWayIsAnswered(status: String, words: String) throws {
    let returned = OrderState.with { ($0.status, $0.refund) = ("returned", status) }
    let outputs = ask(returned, "When will I get my refund for LL-20411?")
    #expect(outputs.step == "tell_refund_status")
    #expect(try #require(outputs.reply).contains("20.00 EUR for order LL-20411 is \(words)"))
  }

  @Test(arguments: ["failed", "martian"])
  func aRefundInAStateThatSettlesNothingGoesToAPerson(status: String) {
    let outputs = ask(
      .with { ($0.status, $0.refund) = ("returned", status) }, "When will I get my refund for LL-20411?")
    #expect(outputs.action == "hand_off" && outputs.fact("refund") == "unknown")
  }
}
