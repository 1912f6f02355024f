import Events

@testable import Scorecard

/// Records of made-up journeys. Times are hours after the beginning.
enum Told: Sendable {
  case event(Event)
  case decision(RecordedDecision)
  case promiseBroken(String, at: Double)

  static func time(_ hours: Double) -> Timestamp { Timestamp(nanoseconds: Int64(hours * 3_600) * 1_000_000_000) }

  static func event(_ body: Event.Body, _ id: String, _ hours: Double, _ customer: String) -> Told {
    .event(
      Event(
        envelope: Envelope(
          id: id, source: "/test", type: "test", time: time(hours), partitionKey: customer), body: body))
  }

  /// A ticket that is opened, and what is decided on it.
  static func opened(
    _ ticket: String, by customer: String = "c1", at hours: Double, _ action: DecisionMade.Action = .resolve,
    queue: String? = nil, intent: String = "order_status", order: String? = nil, sentiment: Int = 0,
    channel: Channel = .email
  ) -> [Told] {
    [
      event(
        .ticketOpened(
          TicketOpened(
            ticket: TicketID(ticket), customer: CustomerID(customer), channel: channel, subject: "", body: "")),
        "\(ticket)-opened", hours, customer),
      decided(
        ticket, by: customer, at: hours, action, queue: queue, intent: intent, order: order, sentiment: sentiment),
    ]
  }

  /// A further message of the customer, and what is decided on it.
  static func written(
    _ ticket: String, by customer: String = "c1", at hours: Double, _ action: DecisionMade.Action,
    queue: String? = nil, intent: String = "order_status", sentiment: Int = 0, signals: [String] = []
  ) -> [Told] {
    [
      event(
        .ticketMessage(
          TicketMessage(ticket: TicketID(ticket), customer: CustomerID(customer), author: .customer, body: "")),
        "\(ticket)-\(hours)", hours, customer),
      decided(
        ticket, by: customer, at: hours, action, queue: queue, intent: intent, sentiment: sentiment, signals: signals),
    ]
  }

  static func decided(
    _ ticket: String, by customer: String = "c1", at hours: Double, _ action: DecisionMade.Action,
    queue: String? = nil, intent: String = "order_status", order: String? = nil, sentiment: Int = 0,
    signals: [String] = [], arm: String = "treatment", experiment: String? = nil, isOver: Bool = false
  ) -> Told {
    .decision(
      RecordedDecision(
        id: "dec-\(ticket)-\(hours)", ticket: TicketID(ticket), customer: CustomerID(customer), time: time(hours),
        action: action, queue: queue, intent: intent, order: order.map { OrderID($0) }, sentiment: sentiment,
        signals: signals, arm: arm, experiment: experiment, isExperimentOver: isOver))
  }

  static func status(
    _ status: TicketUpdated.Status, _ ticket: String, by customer: String = "c1", at hours: Double
  ) -> Told {
    event(
      .ticketUpdated(
        TicketUpdated(
          ticket: TicketID(ticket), customer: CustomerID(customer), status: status, changedBy: .human)),
      "\(ticket)-\(status)-\(hours)", hours, customer)
  }

  static func moved(_ ticket: String, to queue: String, by author: TicketUpdated.Author = .human, at hours: Double)
    -> Told
  {
    event(
      .ticketUpdated(
        TicketUpdated(ticket: TicketID(ticket), customer: CustomerID("c1"), queue: queue, changedBy: author)),
      "\(ticket)-moved-\(hours)", hours, "c1")
  }

  /// An order with one article.
  static func order(_ order: String, of customer: String, carrier: String, sku: String, at hours: Double) throws -> Told
  {
    let line = """
      {"specversion":"1.0","id":"\(order)-\(hours)","source":"/test","type":"heed.order.updated.v1",\
      "time":"\(time(hours).rfc3339)","partitionkey":"\(customer)","data":{"orderId":"\(order)","customerId":"\(customer)",\
      "status":"shipped","carrier":"\(carrier)","items":[{"sku":"\(sku)","title":"Lamp","quantity":1}]}}
      """
    return .event(try EventDecoder.decode(structured: Array(line.utf8)))
  }

  /// A customer who asks to be forgotten.
  static func erased(_ customer: String, at hours: Double) throws -> Told {
    let line = """
      {"specversion":"1.0","id":"erase-\(customer)","source":"/test","type":"heed.customer.erased.v1",\
      "time":"\(time(hours).rfc3339)","partitionkey":"\(customer)","data":{"customerId":"\(customer)"}}
      """
    return .event(try EventDecoder.decode(structured: Array(line.utf8)))
  }

  /// Two ids are one customer.
  static func linked(_ customer: String, to target: String, at hours: Double) -> Told {
    event(
      .customerLinked(CustomerLinked(customer: CustomerID(customer), linkedTo: CustomerID(target))),
      "\(customer)-\(target)", hours, customer)
  }

  /// A feedback in the words of its wire form.
  static func feedback(_ about: String, _ kind: String, _ value: String, reason: String? = nil, at hours: Double) throws
    -> Told
  {
    let reason = reason.map { #","reasonCode":"\#($0)""# } ?? ""
    let line = """
      {"specversion":"1.0","id":"fb-\(kind)-\(hours)","source":"/test","type":"heed.feedback.given.v1",\
      "time":"\(time(hours).rfc3339)","partitionkey":"c1","data":{"about":{\(about)},"kind":"\(kind)","value":\(value)\
      \(reason),"by":"agent"}}
      """
    return .event(try EventDecoder.decode(structured: Array(line.utf8)))
  }
}

extension JourneyBook {
  init(_ told: [Told]) {
    self.init()
    for item in told {
      switch item {
      case .event(let event): take(event)
      case .decision(let decision): take(decision)
      case .promiseBroken(let ticket, let hours):
        takeBrokenPromise("insight-\(ticket)-\(hours)", of: TicketID(ticket), at: Told.time(hours))
      }
    }
  }

  func card(at hours: Double) -> Scorecard { Scorecard(of: self, asOf: Told.time(hours)) }
}
