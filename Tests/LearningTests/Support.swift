import Events
import Policy
import Shipped

@testable import Learning

/// The policy that is compiled in.
enum DefaultPolicy {
  static let yaml = Shipped.policy
  static let document = try! PolicyDocument(yaml: yaml)
}

/// Monday, 2 March 2026, 10:00 UTC, and so many minutes later.
func minute(_ minutes: Int) -> Timestamp {
  Timestamp(rfc3339: "2026-03-02T10:00:00Z")!.adding(seconds: Int64(minutes) * 60)
}

/// A week at a desk: messages, what was decided, what agents said about it.
struct Desk {
  private(set) var events: [Event] = []
  private(set) var decisions: [DecidedCase] = []
  private var count = 0

  /// A message that opened a ticket, and the decision about it; the decision's name.
  @discardableResult
  mutating func decided(
    _ body: String = "", subject: String = "", ticket: String, customer: String? = nil, rule: String = "known-intent",
    intent: String = "invoice", queue: String? = "billing", action: DecisionMade.Action = .handOff,
    step: String = "send_invoice", urgency: DecisionMade.Urgency = .normal, band: Reading.Band = .high,
    possible: [String]? = nil, signals: [String] = [], policy: String = DefaultPolicy.document.version
  ) -> String {
    let customer = CustomerID(customer ?? "customer of \(ticket)")
    let opened = TicketOpened(
      ticket: TicketID(ticket), customer: customer, channel: .email, subject: subject, body: body)
    let event = add(.ticketOpened(opened), of: customer.text)
    let id = DerivedID.make("dec", source: event.envelope.source, id: event.envelope.id)
    decisions.append(
      DecidedCase(
        id: id, ticket: TicketID(ticket), customer: customer, time: event.envelope.time, action: action, step: step,
        queue: action == .handOff ? queue : nil, urgency: urgency, rule: rule, intent: intent, band: band,
        possible: possible ?? [intent], signals: signals, policy: policy))
    return id
  }

  /// Feedback about a decision.
  mutating func says(
    _ agent: String?, _ kind: FeedbackGiven.Kind, _ value: String, about decision: String,
    as author: FeedbackGiven.Author = .agent
  ) {
    _ = add(
      .feedbackGiven(
        FeedbackGiven(subject: .decision(decision), kind: kind, value: value, author: author, agent: agent)), of: "c")
  }

  /// A ticket is moved.
  mutating func moves(
    _ agent: String?, _ ticket: String, to queue: String, by author: TicketUpdated.Author = .human
  ) {
    _ = add(
      .ticketUpdated(
        TicketUpdated(
          ticket: TicketID(ticket), customer: CustomerID("c"), queue: queue, changedBy: author, agent: agent)), of: "c")
  }

  /// Two ids are one customer.
  mutating func link(_ customer: String, to target: String) {
    _ = add(
      .customerLinked(CustomerLinked(customer: CustomerID(customer), linkedTo: CustomerID(target))), of: customer)
  }

  /// A customer asks to be forgotten.
  mutating func forget(_ customer: String) {
    let line = """
      {"specversion":"1.0","id":"forget","source":"/test","type":"heed.customer.erased.v1","time":"\(minute(count).rfc3339)",\
      "data":{"customerId":"\(customer)"}}
      """
    events.append(try! EventDecoder.decode(structured: Array(line.utf8)))
  }

  private mutating func add(_ body: Event.Body, of customer: String) -> Event {
    count += 1
    let event = Event(
      envelope: Envelope(
        id: "event-\(count)", source: "/test", type: "test", time: minute(count), partitionKey: customer), body: body)
    events.append(event)
    return event
  }

  /// What was said, joined.
  var judged: [JudgedCase] { Self.judged(events, decisions) }

  static func judged(_ events: some Sequence<Event>, _ decisions: some Sequence<DecidedCase>) -> [JudgedCase] {
    var book = CorrectionBook()
    for event in events { book.take(event) }
    for decision in decisions { book.take(decision) }
    return book.judged()
  }

  /// The rows that come of it.
  func harvest(_ limits: RowLimits = RowLimits(), order: [Event]? = nil) -> Lessons.Harvest {
    var lessons = Lessons(from: judged, policy: DefaultPolicy.document, limits: limits)
    for event in order ?? events { lessons.take(event) }
    return lessons.finish()
  }
}
