/// What a decision says must be done and why: the little by which two decisions about one event are compared, read from a recorded
/// line without the rest, or taken from a decision at hand. No words of a customer are in it.
public struct RecordedOutcome: Sendable, Hashable {
  /// Derived from the event: two decisions about one event have the same.
  public internal(set) var decision = ""
  /// The ticket.
  public internal(set) var ticket = ""
  /// The event that caused it.
  public internal(set) var event = ""
  /// The day of that event, `2026-03-02`, UTC.
  public internal(set) var day = ""
  /// What is done.
  public internal(set) var action = ""
  /// What exactly.
  public internal(set) var step = ""
  /// The queue of people; empty if there is none.
  public internal(set) var queue = ""
  /// How fast somebody must act.
  public internal(set) var urgency = ""
  /// Until when; empty if there is no deadline.
  public internal(set) var dueBy = ""
  /// The likeliest intent; empty if none was read.
  public internal(set) var intent = ""
  /// The rule or tripwire that fired.
  public internal(set) var rule = ""

  /// A decision of which nothing is known yet.
  init() {}

  /// What was kept of a decision.
  public init(
    decision: String, ticket: String, event: String, day: String, action: String, step: String, queue: String,
    urgency: String, dueBy: String, intent: String, rule: String
  ) {
    self.decision = decision
    self.ticket = ticket
    self.event = event
    self.day = day
    self.action = action
    self.step = step
    self.queue = queue
    self.urgency = urgency
    self.dueBy = dueBy
    self.intent = intent
    self.rule = rule
  }

  /// What the decision in `output` says; `nil` for an output that is no decision.
  public init?(_ output: OutputEvent) {
    guard output.type == .decisionMade else { return nil }
    self.init(data: output.data)
    event = output.causationID
    day = String(output.time.rfc3339.prefix(10))
  }

  /// Reads a structured event; `nil` if it is no decision.
  public init?(_ line: [UInt8]) {
    guard (try? UTF8Span(validating: line.span)) != nil else { return nil }
    var read = RecordedOutcome()
    let isRead = line.withUnsafeBytes { bytes in
      var scanner = JSONScanner(bytes)
      do throws(DecodingFailure) { return try read.read(&scanner) } catch { return false }
    }
    guard isRead, !read.decision.isEmpty else { return nil }
    self = read
  }

  private init?(data: [UInt8]) {
    var read = RecordedOutcome()
    let isRead = data.withUnsafeBytes { bytes in
      var scanner = JSONScanner(bytes)
      do throws(DecodingFailure) {
        try read.readData(&scanner)
        return true
      } catch { return false }
    }
    guard isRead else { return nil }
    self = read
  }

  // MARK: Reading

  private mutating func read(_ scanner: inout JSONScanner) throws(DecodingFailure) -> Bool {
    var (isDecision, event, day) = (false, "", "")
    var data: RecordedOutcome?
    try scanner.object { (key, scanner) throws(DecodingFailure) in
      switch key {
      case "type": isDecision = try scanner.text() == EventType.decisionMade.rawValue
      case "causationid": event = try scanner.text()
      case "time": day = String(try scanner.text().prefix(10))
      case "data" where isDecision:
        var read = RecordedOutcome()
        try read.readData(&scanner)
        data = read
      default: try scanner.skip()
      }
    }
    guard let data else { return false }
    self = data
    (self.event, self.day) = (event, day)
    return true
  }

  private mutating func readData(_ scanner: inout JSONScanner) throws(DecodingFailure) {
    var read = self
    try scanner.object { (key, scanner) throws(DecodingFailure) in
      switch key {
      case "decisionId": read.decision = try scanner.text()
      case "ticketId": read.ticket = try scanner.text()
      case "action": read.action = try scanner.text()
      case "step": read.step = try scanner.text()
      case "queue": read.queue = try scanner.text()
      case "urgency": read.urgency = try scanner.text()
      case "dueBy": read.dueBy = try scanner.text()
      case "rule": read.rule = try scanner.text()
      case "reading": read.intent = try Self.likeliest(&scanner)
      default: try scanner.skip()
      }
    }
    self = read
  }

  /// The name of the first intent of a reading.
  private static func likeliest(_ scanner: inout JSONScanner) throws(DecodingFailure) -> String {
    var first = ""
    try scanner.object { (key, scanner) throws(DecodingFailure) in
      guard "intents" ~= key else {
        try scanner.skip()
        return
      }
      var isFirst = true
      try scanner.array { (scanner) throws(DecodingFailure) in
        guard isFirst else {
          try scanner.skip()
          return
        }
        isFirst = false
        try scanner.object { (key, scanner) throws(DecodingFailure) in
          if "name" ~= key { first = try scanner.text() } else { try scanner.skip() }
        }
      }
    }
    return first
  }
}
