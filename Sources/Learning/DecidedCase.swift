public import Events

/// What learning needs of a decision that was recorded: names, numbers and identifiers, and no words of a customer.
public struct DecidedCase: Sendable, Hashable {
  /// The decision.
  public var id: String
  /// The ticket it is about.
  public var ticket: TicketID
  /// Whose it is.
  public var customer: CustomerID
  /// When it was made, which is when its event happened.
  public var time: Timestamp
  /// What is done.
  public var action: DecisionMade.Action
  /// What exactly.
  public var step: String
  /// The queue of people, if it was handed over.
  public var queue: String?
  /// How fast somebody must act.
  public var urgency: DecisionMade.Urgency
  /// The rule or tripwire that decided.
  public var rule: String
  /// The intent that the policy went by; `none` if none was claimed.
  public var intent: String
  /// How far the likeliest intent could be relied upon.
  public var band: Reading.Band?
  /// Every intent that the reading held possible, the likeliest first.
  public var possible: [String]
  /// The signals that were noticed.
  public var signals: [String]
  /// The version of the policy that decided, with the beginning of its digest.
  public var policy: String

  /// A decision as it was recorded.
  public init(
    id: String, ticket: TicketID, customer: CustomerID, time: Timestamp, action: DecisionMade.Action, step: String = "",
    queue: String? = nil, urgency: DecisionMade.Urgency = .normal, rule: String, intent: String,
    band: Reading.Band? = nil, possible: [String] = [], signals: [String] = [], policy: String
  ) {
    self.id = id
    self.ticket = ticket
    self.customer = customer
    self.time = time
    self.action = action
    self.step = step
    self.queue = queue
    self.urgency = urgency
    self.rule = rule
    self.intent = intent
    self.band = band
    self.possible = possible
    self.signals = signals
    self.policy = policy
  }

  /// Reads a line of `heed.decision.made.v1`; `nil` if it is another type of event, or about an order that changed and no message.
  ///
  /// - Throws: `DecodingFailure` if it is no such decision: `missingField` names what it lacks.
  public init?(structured line: [UInt8]) throws(DecodingFailure) {
    let tree = try JSONTree(reading: line)
    guard tree["type"]?.text == EventType.decisionMade.rawValue else { return nil }
    let data = try needed(tree["data"], "data")
    let reading = data["reading"]
    let intents = reading?["intents"]?.elements ?? []
    action = try needed(data["action"]?.text.flatMap { DecisionMade.Action(rawValue: $0) }, "data.action")
    guard action != .notify, data["supersedes"]?.text == nil else { return nil }
    id = try needed(data["decisionId"]?.text, "data.decisionId")
    ticket = TicketID(try needed(data["ticketId"]?.text, "data.ticketId"))
    customer = CustomerID(try needed(data["customerId"]?.text, "data.customerId"))
    time = try needed(tree["time"]?.time, "time")
    step = data["step"]?.text ?? ""
    queue = data["queue"]?.text
    urgency = try needed(data["urgency"]?.text.flatMap { DecisionMade.Urgency(rawValue: $0) }, "data.urgency")
    rule = data["rule"]?.text ?? ""
    let likeliest = intents.first?["name"]?.text
    // The facts say what the policy saw: nothing, where the reading did not claim its likeliest intent.
    intent = data["facts"]?["intent"]?.text ?? likeliest ?? "none"
    band = intents.first?["band"]?.text.flatMap { Reading.Band(rawValue: $0) }
    var possible: [String] = []
    for name in intents.compactMap({ $0["name"]?.text }) + (reading?["candidates"]?.texts ?? [])
    where !possible.contains(name) {
      possible.append(name)
    }
    self.possible = possible
    signals = reading?["signals"]?.elements.compactMap { $0["name"]?.text } ?? []
    policy = data["versions"]?["policy"]?.text ?? ""
  }
}
