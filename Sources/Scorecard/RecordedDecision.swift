public import Events

/// What the scorecard needs of a decision that was recorded: names, numbers and identifiers.
public struct RecordedDecision: Sendable, Hashable {
  /// Its identifier.
  public let id: String
  /// The ticket it is about.
  public let ticket: TicketID
  /// Whose it is.
  public let customer: CustomerID
  /// When it was made, which is when its event happened.
  public let time: Timestamp
  /// What was done.
  public let action: DecisionMade.Action
  /// The queue of people, if it was handed over.
  public let queue: String?
  /// The matter that was recognised; `other` if none was.
  public let intent: String
  /// The language that was recognised.
  public let language: String
  /// The order it is about, if one is known.
  public let order: OrderID?
  /// How the customer felt, -2 to 2.
  public let sentiment: Int
  /// The signals that were noticed.
  public let signals: [String]
  /// The rule or tripwire that decided.
  public let rule: String
  /// Until when somebody must act.
  public let dueBy: Timestamp?
  /// `treatment`, or `baseline` in an experiment.
  public let arm: String
  /// The experiment that the arm is one of, if there is one.
  public let experiment: String?
  /// Whether that experiment was over: then nobody's arm was drawn by lot any more.
  public let isExperimentOver: Bool
  /// Whether the customer's words led to it, and not an order that changed.
  public let answersMessage: Bool

  /// Reads a line of `heed.decision.made.v1`; `nil` if the line is another type of event.
  ///
  /// - Throws: `DecodingFailure` if it is no such decision: `missingField` names what it lacks.
  public init?(structured line: [UInt8]) throws(DecodingFailure) { try self.init(try JSONTree(reading: line)) }

  init?(_ tree: JSONTree) throws(DecodingFailure) {
    guard tree["type"]?.text == EventType.decisionMade.rawValue else { return nil }
    let data = try needed(tree["data"], "data")
    let reading = data["reading"]
    id = try needed(data["decisionId"]?.text, "data.decisionId")
    ticket = TicketID(try needed(data["ticketId"]?.text, "data.ticketId"))
    customer = CustomerID(try needed(data["customerId"]?.text, "data.customerId"))
    time = try needed(tree["time"]?.time, "time")
    action = try needed(data["action"]?.text.flatMap { DecisionMade.Action(rawValue: $0) }, "data.action")
    queue = data["queue"]?.text
    intent = reading?["intents"]?.elements.first?["name"]?.text ?? "other"
    language = reading?["language"]?["tag"]?.text ?? "und"
    order = data["orderId"]?.text.map { OrderID($0) }
    sentiment = reading?["sentiment"]?["level"]?.integer ?? 0
    signals = reading?["signals"]?.elements.compactMap { $0["name"]?.text } ?? []
    rule = data["rule"]?.text ?? ""
    dueBy = data["dueBy"]?.time
    arm = data["arm"]?.text ?? "treatment"
    experiment = data["experiment"]?["name"]?.text
    isExperimentOver = data["experiment"]?["stoppedAt"] != nil
    // A ticket that Heed began itself has a derived name.
    answersMessage = data["supersedes"]?.text == nil && action != .notify && !ticket.text.hasPrefix("notice_")
  }

  /// A decision as it was recorded.
  public init(
    id: String, ticket: TicketID, customer: CustomerID, time: Timestamp, action: DecisionMade.Action,
    queue: String? = nil, intent: String, language: String = "en", order: OrderID? = nil, sentiment: Int = 0,
    signals: [String] = [], rule: String = "", dueBy: Timestamp? = nil, arm: String = "treatment",
    experiment: String? = nil, isExperimentOver: Bool = false, answersMessage: Bool = true
  ) {
    self.id = id
    self.ticket = ticket
    self.customer = customer
    self.time = time
    self.action = action
    self.queue = queue
    self.intent = intent
    self.language = language
    self.order = order
    self.sentiment = sentiment
    self.signals = signals
    self.rule = rule
    self.dueBy = dueBy
    self.arm = arm
    self.experiment = experiment
    self.isExperimentOver = isExperimentOver
    self.answersMessage = answersMessage
  }
}

/// A promise that passed in silence, of `heed.insight.raised.v1`.
public struct BrokenPromise: Sendable, Hashable {
  /// The insight's identifier.
  public let insight: String
  /// The ticket in which we had promised.
  public let ticket: TicketID
  /// When it passed.
  public let time: Timestamp

  /// Reads an event; `nil` if it is of another type, or another insight.
  init?(_ tree: JSONTree) {
    guard tree["type"]?.text == EventType.insightRaised.rawValue, let data = tree["data"],
      data["kind"]?.text == InsightRaised.Kind.promiseBroken.rawValue, let insight = data["insightId"]?.text,
      let ticket = data["ticketId"]?.text, let time = tree["time"]?.time
    else { return nil }
    self.insight = insight
    self.ticket = TicketID(ticket)
    self.time = time
  }
}
