public import Streams

/// What triage hands to the systems around it, read back: a case for an agent, or a reply for the customer.
public enum Handover: Sendable, Hashable {
  case caseSummarised(CaseSummarised)
  case resolutionProposed(ResolutionProposed)

  /// The ticket it is about.
  public var ticket: TicketID {
    switch self {
    case .caseSummarised(let summary): summary.ticket
    case .resolutionProposed(let resolution): resolution.ticket
    }
  }
}

/// Bytes of cases and resolutions to what they say. Total, as `EventDecoder` is: it trusts nobody, also not the fleet's own topics.
public enum HandoverDecoder {
  /// A handover with what CloudEvents puts around it.
  public typealias Enveloped = (envelope: Envelope, handover: Handover)

  /// Reads a record of a queue's cases or of the resolutions.
  ///
  /// - Returns: `nil` for an event of another type.
  /// - Throws: `DecodingFailure`; the record belongs into the dead letters.
  public static func decode(_ record: Record) throws(DecodingFailure) -> Enveloped? {
    guard let value = record.value else { throw DecodingFailure(.emptyRecord) }
    let headers = record.headers
    guard headers.text("ce_type") != nil else { return try decode(structured: value) }
    return try decode(
      OutputPlace(try JSONTree(reading: value), path: "data"),
      attributes: { (name) throws(DecodingFailure) in headers.text("ce_" + name) })
  }

  /// Reads one structured CloudEvent, such as a line of NDJSON.
  ///
  /// - Returns: `nil` for an event of another type.
  /// - Throws: `DecodingFailure`; the line belongs into the dead letters.
  public static func decode(structured line: [UInt8]) throws(DecodingFailure) -> Enveloped? {
    let event = OutputPlace(try JSONTree(reading: line), path: "")
    return try decode(
      try event.at("data"), attributes: { (name) throws(DecodingFailure) in try event.at(name).optionalText() })
  }

  private static func decode(
    _ data: OutputPlace, attributes: (String) throws(DecodingFailure) -> String?
  ) throws(DecodingFailure) -> Enveloped? {
    func required(_ name: String) throws(DecodingFailure) -> String {
      guard let text = try attributes(name) else { throw DecodingFailure(.missingField, path: name) }
      guard EventDecoder.isIdentifier(text) else { throw DecodingFailure(.badIdentifier, path: name) }
      return text
    }
    let type = try required("type")
    guard let kind = EventType(rawValue: type) else { throw DecodingFailure(.unknownType, path: "type") }
    let handover: Handover
    switch kind {
    case .caseSummarised: handover = .caseSummarised(try CaseSummarised(data))
    case .resolutionProposed: handover = .resolutionProposed(try ResolutionProposed(data))
    default: return nil
    }
    guard let time = Timestamp(rfc3339: try required("time")) else { throw DecodingFailure(.badTime, path: "time") }
    let envelope = Envelope(
      id: try required("id"), source: try required("source"), type: type, time: time,
      subject: try attributes("subject"), partitionKey: try attributes("partitionkey"),
      traceparent: try attributes("traceparent"), tracestate: try attributes("tracestate"))
    return (envelope, handover)
  }
}

/// A place in an output, read strictly: these documents are our own.
struct OutputPlace {
  let value: JSONTree
  let path: String

  init(_ value: JSONTree, path: String) {
    self.value = value
    self.path = path
  }

  /// The field of that name; `null` where there is none.
  func at(_ name: String) throws(DecodingFailure) -> OutputPlace {
    guard case .object = value else { throw failure(.wrongType) }
    return OutputPlace(value[name] ?? .null, path: path.isEmpty ? name : "\(path).\(name)")
  }

  func failure(_ code: DecodingFailure.Code) -> DecodingFailure {
    DecodingFailure(value == .null ? .missingField : code, path: path)
  }

  var isPresent: Bool { value != .null }

  func optionalText() throws(DecodingFailure) -> String? {
    if !isPresent { return nil }
    guard case .string(let text) = value else { throw failure(.wrongType) }
    return text
  }

  func text() throws(DecodingFailure) -> String {
    guard case .string(let text) = value else { throw failure(.wrongType) }
    return text
  }

  func identifier() throws(DecodingFailure) -> String {
    let text = try text()
    guard EventDecoder.isIdentifier(text) else { throw failure(.badIdentifier) }
    return text
  }

  /// Words that were redacted when they were written.
  func words() throws(DecodingFailure) -> Redacted { Redacted(ours: try text()) }
  func optionalWords() throws(DecodingFailure) -> Redacted? { try optionalText().map { Redacted(ours: $0) } }

  func flag() throws(DecodingFailure) -> Bool {
    guard case .boolean(let flag) = value else { throw failure(.wrongType) }
    return flag
  }

  func count() throws(DecodingFailure) -> Int {
    guard case .number(let digits) = value else { throw failure(.wrongType) }
    guard let number = Int(digits), number >= 0 else { throw failure(.badNumber) }
    return number
  }

  func time() throws(DecodingFailure) -> Timestamp {
    guard let time = Timestamp(rfc3339: try text()) else { throw failure(.badTime) }
    return time
  }

  func optionalTime() throws(DecodingFailure) -> Timestamp? { isPresent ? try time() : nil }

  func word<Word: RawRepresentable<String>>(_ type: Word.Type) throws(DecodingFailure) -> Word {
    guard let word = Word(rawValue: try text()) else { throw failure(.badValue) }
    return word
  }

  /// The elements of a list, which may be left out.
  func list<Element>(
    _ read: (OutputPlace) throws(DecodingFailure) -> Element
  ) throws(DecodingFailure) -> [Element] {
    if !isPresent { return [] }
    guard case .array(let elements) = value else { throw failure(.wrongType) }
    var list: [Element] = []
    for (index, element) in elements.enumerated() {
      list.append(try read(OutputPlace(element, path: "\(path)[\(index)]")))
    }
    return list
  }
}

// MARK: - Resolutions

extension ResolutionProposed {
  init(_ data: OutputPlace) throws(DecodingFailure) {
    let kind = try data.at("kind").word(Kind.self)
    let parts = try data.at("parts")
    let choices = try data.at("choices").list { (place) throws(DecodingFailure) in
      Choice(value: try place.at("value").text(), words: try place.at("words").text())
    }
    guard choices.isEmpty || (2...4).contains(choices.count) else { throw try data.at("choices").failure(.badValue) }
    self.init(
      resolution: try data.at("resolutionId").identifier(), ticket: TicketID(try data.at("ticketId").identifier()),
      customer: CustomerID(try data.at("customerId").identifier()), kind: kind, step: try data.at("step").text(),
      channel: try data.at("channel").word(Channel.self), language: try data.at("language").text(),
      parts: Parts(
        acknowledgement: try parts.at("acknowledgement").optionalText() ?? "",
        fact: try parts.at(kind == .question ? "question" : "resolvingFact").text(),
        nextStep: try parts.at("nextStep").text(), humanExit: try parts.at("humanExit").text(),
        disclosure: try parts.at("disclosure").text()),
      choices: choices, basis: try data.at("basis").list { (place) throws(DecodingFailure) in try place.text() },
      caseEpoch: try data.at("caseEpoch").count(), expiresAt: try data.at("expiresAt").optionalTime(),
      decision: try data.at("decisionId").identifier())
  }
}

// MARK: - Cases

extension CaseSummarised {
  init(_ data: OutputPlace) throws(DecodingFailure) {
    func words(_ name: String) throws(DecodingFailure) -> [Redacted] {
      try data.at(name).list { (place) throws(DecodingFailure) in try place.words() }
    }
    let suggestion = try data.at("suggestedReply")
    var sources: [Statement: [Source]] = [:]
    for (statement, from) in try data.at("sources").list({ (place) throws(DecodingFailure) in
      (
        try place.at("of").word(Statement.self),
        try place.at("from").list { (source) throws(DecodingFailure) in try Source(source) }
      )
    }) { sources[statement] = from }
    self.init(
      summary: try data.at("summaryId").identifier(), ticket: TicketID(try data.at("ticketId").identifier()),
      customer: CustomerID(try data.at("customerId").identifier()), tier: try data.at("tier").optionalWords(),
      channel: try data.at("channel").word(Channel.self), language: try data.at("language").text(),
      queue: try data.at("queue").identifier(), urgency: try data.at("urgency").word(DecisionMade.Urgency.self),
      dueBy: try data.at("dueBy").time(), headline: try data.at("headline").words(),
      wants: try data.at("wants").words(), feels: try data.at("feels").words(), cause: try data.at("cause").words(),
      orders: try data.at("orders").list { (place) throws(DecodingFailure) in try OrderFacts(place) },
      checks: try data.at("checks").list { (place) throws(DecodingFailure) in try DecisionMade.Check(place) },
      history: try words("history"), known: try words("known"), unknown: try words("unknown"),
      recommended: try Recommendation(try data.at("recommendedAction")),
      alternatives: try data.at("alternatives").list { (place) throws(DecodingFailure) in try Recommendation(place) },
      suggestedReply: suggestion.isPresent ? try suggestion.at("text").words() : nil,
      reason: try data.at("reason").words(),
      tripwires: try data.at("tripwires").list { (place) throws(DecodingFailure) in try place.text() },
      caseEpoch: try data.at("caseEpoch").count(), decision: try data.at("decisionId").identifier(),
      supersedes: try data.at("supersedes").optionalText(), sources: sources)
  }
}

extension CaseSummarised.Source {
  /// Where in the message the words stand is not read back: a note shows no message.
  fileprivate init(_ place: OutputPlace) throws(DecodingFailure) {
    self.init(
      try place.at("kind").word(Kind.self), order: try place.at("orderId").optionalText().map { OrderID($0) },
      asOf: try place.at("asOf").optionalTime())
  }
}

extension CaseSummarised.Recommendation {
  fileprivate init(_ place: OutputPlace) throws(DecodingFailure) {
    self.init(
      name: try place.at("action").text(), words: try place.at("words").text(),
      boundary: try place.at("boundary").text())
  }
}

extension CaseSummarised.OrderFacts {
  fileprivate init(_ place: OutputPlace) throws(DecodingFailure) {
    let total = try place.at("total")
    var money: Money?
    if total.isPresent {
      money = Money(amount: try total.at("amount").text(), currency: try total.at("currency").text())
      guard money != nil else { throw total.failure(.badMoney) }
    }
    self.init(
      order: OrderID(try place.at("orderId").identifier()), isSubject: try place.at("isSubject").flag(),
      status: try place.at("status").word(OrderUpdated.Status.self), words: try place.at("words").words(),
      carrier: try place.at("carrier").optionalWords(), trackingNumber: try place.at("trackingNumber").optionalWords(),
      promisedBy: try place.at("promisedBy").optionalTime(),
      estimatedDelivery: try place.at("estimatedDelivery").optionalTime(), total: money,
      asOf: try place.at("asOf").time())
  }
}

extension DecisionMade.Check {
  fileprivate init(_ place: OutputPlace) throws(DecodingFailure) {
    self.init(
      name: try place.at("check").text(), finding: try place.at("finding").words(),
      order: try place.at("orderId").optionalText().map { OrderID($0) })
  }
}
