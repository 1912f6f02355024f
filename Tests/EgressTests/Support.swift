import Events
import Foundation
import Streams

@testable import Egress

func time(_ text: String) -> Timestamp { Timestamp(rfc3339: text)! }

let morning = time("2026-03-02T08:00:00Z")

func cause(_ id: String = "e-1", type: EventType = .resolutionProposed, at time: Timestamp = morning) -> Envelope {
  Envelope(id: id, source: "/heed/triage", type: type.rawValue, time: time, traceparent: "00-aa-bb-01")
}

func resolution(
  _ ticket: String = "zendesk:5158", decision: String = "dec_1", epoch: Int = 0, expiresAt: Timestamp? = nil,
  text: String = "Your parcel is on its way."
) -> ResolutionProposed {
  ResolutionProposed(
    resolution: "res_" + decision, ticket: TicketID(ticket), customer: CustomerID("c-1"), kind: .answer,
    step: "tell_order_status", channel: .email, language: "en",
    parts: .init(
      acknowledgement: "Thank you for your patience.", fact: text, nextStep: "You need to do nothing.",
      humanExit: "Answer \"person\" to reach one of us.", disclosure: "Written by an assistant."),
    choices: [], basis: ["order 1047"], caseEpoch: epoch, expiresAt: expiresAt, decision: decision)
}

func summary(
  _ ticket: String = "zendesk:5158", decision: String = "dec_2", epoch: Int = 0, queue: String = "delivery",
  urgency: DecisionMade.Urgency = .high, headline: Redacted = "A parcel is late", supersedes: String? = nil
) -> CaseSummarised {
  CaseSummarised(
    summary: "case_" + decision, ticket: TicketID(ticket), customer: CustomerID("c-1"), tier: "vip", channel: .email,
    language: "en", queue: queue, urgency: urgency, dueBy: morning.adding(seconds: 3_600), headline: headline,
    wants: "To know where the parcel is", feels: "Annoyed", cause: "carrier delay",
    orders: [
      .init(
        order: OrderID("1047"), isSubject: true, status: .delayed, words: "late since Monday", carrier: "NordPost",
        trackingNumber: nil, promisedBy: morning, estimatedDelivery: nil,
        total: Money(amount: "12.50", currency: "EUR"),
        asOf: morning)
    ],
    checks: [.init(name: "order_status", finding: "delayed", order: OrderID("1047"))], history: ["asked once"],
    known: ["the order"], unknown: ["the address"],
    recommended: .init(name: "check_with_carrier", words: "Open a trace", boundary: "automatic"),
    alternatives: [.init(name: "refund", words: "Refund", boundary: "needs_approval")],
    suggestedReply: "Dear customer,\nwe look into it.", reason: "The customer is annoyed",
    tripwires: ["repeat_contact"],
    caseEpoch: epoch, decision: decision, supersedes: supersedes,
    sources: [.headline: [.init(.text), .init(.order, order: OrderID("1047"), asOf: morning)]])
}

/// As triage writes them.
func output(_ resolution: ResolutionProposed, at time: Timestamp = morning) -> OutputEvent {
  OutputEvent(
    to: .resolutions, type: .resolutionProposed, id: resolution.resolution, key: resolution.ticket.text,
    correlationID: resolution.ticket.text, cause: cause(type: .ticketOpened, at: time),
    expiryTime: resolution.expiresAt,
    data: resolution.encoded())
}

func output(_ summary: CaseSummarised, at time: Timestamp = morning) -> OutputEvent {
  OutputEvent(
    to: .cases(queue: summary.queue), type: .caseSummarised, id: summary.summary, key: summary.ticket.text,
    correlationID: summary.ticket.text, cause: cause(type: .ticketOpened, at: time), data: summary.encoded())
}

/// As they come out of the log.
func record(_ event: OutputEvent, _ offset: Offset = 0, partition: Int32 = 0) -> Record {
  let written = event.record(in: Catalogue())
  return Record(
    source: TopicPartition(written.topic, partition), offset: offset, key: written.key, headers: written.headers,
    value: written.value)
}

/// What `data` of an update says.
func update(_ record: OutgoingRecord) -> JSONTree { try! JSONTree(reading: record.value ?? []) }

extension JSONTree {
  subscript(path: String...) -> JSONTree? { path.reduce(Optional(self)) { $0?[$1] } }
}

func target(_ yaml: String) throws -> EgressTarget { try EgressTarget(yaml: yaml) }
