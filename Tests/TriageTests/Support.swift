import Classifier
import Events
import Foundation
import Policy
import Streams
import Testing
import Shipped

@testable import Triage

/// The pipeline with the policy and the reader that are compiled in.
let pipeline = TicketPipeline(
  reader: ModelReader(try! Model(bytes: Shipped.model)), policy: try! PolicyDocument(yaml: Shipped.policy))

/// The same with an experiment whose baseline has this share of the customers.
func trialPipeline(baseline share: String) -> TicketPipeline {
  let policy = try! PolicyDocument(yaml: Shipped.policy + "\nexperiment: {name: trial, baseline: \(share)}\n")
  return TicketPipeline(reader: pipeline.reader, policy: policy)
}

/// Monday, 2 March 2026, 10:00 UTC, and so many hours later.
func hour(_ hours: Int) -> Timestamp {
  Timestamp(rfc3339: "2026-03-02T10:00:00Z")!.adding(seconds: Int64(hours) * 3_600)
}

/// One event as a line of NDJSON.
struct Line: Hashable {
  /// The customer, or `*`.
  let key: String
  let bytes: [UInt8]

  var event: Event { try! EventDecoder.decode(structured: bytes) }

  init(_ type: EventType, key: String, id: String, at time: Timestamp, source: String = "/test", _ data: [String: Any])
  {
    self.key = key
    let event: [String: Any] = [
      "specversion": "1.0", "id": id, "source": source, "type": type.rawValue, "time": time.rfc3339,
      "partitionkey": key, "data": data,
    ]
    bytes = [UInt8](
      try! JSONSerialization.data(withJSONObject: event, options: [.sortedKeys, .withoutEscapingSlashes]))
  }

  /// The same event as a record in CloudEvents' binary mode.
  func record(at offset: Offset, topic: String = "heed.events.v1", partition: Int32 = 0) -> Record {
    let event = try! JSONSerialization.jsonObject(with: Data(bytes)) as! [String: Any]
    var headers = Headers()
    for (name, value) in event.sorted(by: { $0.key < $1.key }) where name != "data" {
      headers.append("ce_" + name, value as! String)
    }
    headers.append("content-type", "application/json")
    let data = try! JSONSerialization.data(withJSONObject: event["data"]!, options: .sortedKeys)
    return Record(
      source: TopicPartition(topic, partition), offset: offset, key: Array(key.utf8), headers: headers,
      value: [UInt8](data))
  }
}

/// What an order can say in tests.
struct OrderState {
  var status = "in_transit"
  var promised: Int? = 48
  var expected: Int? = 40
  var carrier: String? = "Swift Parcel"
  var scanned: Int? = -3
  var region: String? = "UK-North"
  var holds: [String] = []
  var addressProblem = false
  var total: String? = "59.90"
  var items: [String] = []
  var refund: String?

  var data: [String: Any] {
    var data: [String: Any] = ["status": status, "addressProblem": addressProblem]
    data["promisedBy"] = promised.map { hour($0).rfc3339 }
    data["estimatedDelivery"] = expected.map { hour($0).rfc3339 }
    data["lastScanAt"] = scanned.map { hour($0).rfc3339 }
    data["carrier"] = carrier
    data["region"] = region
    data["trackingNumber"] = carrier == nil ? nil : "JD0146000038283"
    data["holds"] = holds.map { ["reason": $0] }
    data["total"] = total.map { ["amount": $0, "currency": "EUR"] }
    data["items"] = items.map { ["title": $0, "quantity": 1] as [String: Any] }
    if let refund {
      data["refunds"] = [["amount": "20.00", "currency": "EUR", "status": refund, "at": hour(-20).rfc3339]]
    }
    return data
  }
}

/// What comes out, as a reader of the topics sees it.
struct Output {
  let event: OutputEvent
  let data: [String: Any]
  init(_ event: OutputEvent) {
    self.event = event
    data = try! JSONSerialization.jsonObject(with: Data(event.data)) as! [String: Any]
  }
  var text: String { String(decoding: event.data, as: UTF8.self) }
  func string(_ path: String...) -> String? {
    var value: Any? = data
    for name in path { value = (value as? [String: Any])?[name] }
    return value as? String
  }
}

/// The outputs of one event.
struct Outputs {
  let all: [Output]
  private func only(_ type: EventType) -> Output? { all.first { $0.event.type == type } }

  var decision: Output? { only(.decisionMade) }
  var resolution: Output? { only(.resolutionProposed) }
  var summary: Output? { only(.caseSummarised) }
  var insights: [Output] { all.filter { $0.event.type == .insightRaised } }

  var action: String? { decision?.string("action") }
  var step: String? { decision?.string("step") }
  var rule: String? { decision?.string("rule") }
  var queue: String? { decision?.string("queue") }
  var cause: String? { decision?.string("cause") }
  var urgency: String? { decision?.string("urgency") }
  var reply: String? { resolution?.string("text") }
  var tripwires: [String] { decision?.data["tripwires"] as? [String] ?? [] }
  func fact(_ name: String) -> String? { decision?.string("facts", name) }
  var choices: [String] {
    (resolution?.data["choices"] as? [[String: Any]])?.compactMap { $0["value"] as? String } ?? []
  }
}

/// One partition, told event by event; every event is checked for what must always hold.
struct Desk {
  private let triage: TicketPipeline
  var shelf = Shelf(partition: 0)
  private var position: Offset = -1
  private(set) var lines: [Line] = []
  private(set) var now = hour(0)

  init(_ triage: TicketPipeline = pipeline) { self.triage = triage }

  mutating func later(hours: Int) { now = now.adding(seconds: Int64(hours) * 3_600) }

  @discardableResult
  mutating func tell(_ line: Line) -> Outputs {
    position += 1
    lines.append(line)
    now = now.adding(seconds: 60)
    let outputs = Outputs(all: triage.process(line.event, at: position, shelf: &shelf).map(Output.init))
    shelf.accept()
    return outputs
  }

  private mutating func line(_ type: EventType, _ key: String, _ data: [String: Any]) -> Line {
    Line(type, key: key, id: "e\(lines.count)", at: now, data)
  }

  @discardableResult
  mutating func open(
    _ body: String, ticket: String = "T1", by customer: String = "C1", subject: String = "", orders: [String] = [],
    name: String? = nil, automation: Bool? = nil, personalization: Bool? = nil, channel: String = "email",
    tier: String? = nil, locale: String? = nil
  ) -> Outputs {
    var data: [String: Any] = [
      "ticketId": ticket, "customerId": customer, "channel": channel, "subject": subject, "body": body,
      "orderIds": orders,
    ]
    data["locale"] = locale
    var requester: [String: Any] = [:]
    requester["name"] = name
    requester["tier"] = tier
    data["requester"] = requester
    var consent: [String: Any] = [:]
    consent["automation"] = automation
    consent["personalization"] = personalization
    data["consent"] = consent
    return tell(line(.ticketOpened, customer, data))
  }

  @discardableResult
  mutating func write(
    _ body: String, ticket: String = "T1", by customer: String = "C1", author: String = "customer"
  ) -> Outputs {
    tell(
      line(
        .ticketMessage, customer,
        ["ticketId": ticket, "customerId": customer, "author": ["kind": author], "body": body]))
  }

  @discardableResult
  mutating func update(
    ticket: String = "T1", of customer: String = "C1", status: String? = nil, queue: String? = nil,
    assignee: String? = nil, by author: String = "human"
  ) -> Outputs {
    var data: [String: Any] = ["ticketId": ticket, "customerId": customer, "changedBy": author]
    data["status"] = status
    data["queue"] = queue
    data["assignee"] = assignee
    return tell(line(.ticketUpdated, customer, data))
  }

  @discardableResult
  mutating func order(
    _ order: String = "LL-20411", of customer: String = "C1", _ state: OrderState = OrderState()
  ) -> Outputs {
    let data = state.data.merging(["orderId": order, "customerId": customer]) { $1 }
    return tell(line(.orderUpdated, customer, data))
  }

  mutating func declare(
    _ name: String = "storm", carrier: String? = "Swift Parcel", region: String? = "UK-North", from: Int = -24,
    until: Int? = nil, next: Int = 30, cause: String = "severe weather"
  ) {
    var data: [String: Any] = [
      "disruptionId": name, "from": hour(from).rfc3339, "cause": cause, "nextUpdateBy": hour(next).rfc3339,
    ]
    data["carrier"] = carrier
    data["region"] = region
    data["until"] = until.map { hour($0).rfc3339 }
    #expect(tell(line(.disruptionDeclared, "*", data)).all.isEmpty)
  }

  mutating func stop(_ experiment: String = "trial") {
    let data = [
      "experiment": experiment, "at": now.rfc3339, "reason": "Customers of the treatment come back more often.",
    ]
    #expect(tell(line(.experimentStopped, "*", data)).all.isEmpty)
  }

  @discardableResult
  mutating func passTime() -> Outputs { tell(line(.timePassed, "*", [:])) }

  @discardableResult
  mutating func change(_ customer: String = "C1", automation: Bool) -> Outputs {
    tell(line(.customerChanged, customer, ["customerId": customer, "consent": ["automation": automation]]))
  }

  @discardableResult
  mutating func erase(_ customer: String = "C1") -> Outputs {
    tell(line(.customerErased, customer, ["customerId": customer]))
  }

  func context(_ customer: String = "C1") -> CustomerContext? { shelf.context(of: CustomerID(customer)) }
  func theCase(_ ticket: String = "T1", of customer: String = "C1") -> Case? {
    context(customer)?.cases.first { $0.ticket.text == ticket }
  }
}

extension OrderState {
  static func with(_ change: (inout OrderState) -> Void) -> OrderState {
    var state = OrderState()
    change(&state)
    return state
  }
}
