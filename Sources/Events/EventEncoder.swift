internal import FoundationEssentials
public import Streams

/// Events to bytes: what `EventDecoder` reads, in one form, so the same event gives the same bytes everywhere.
public enum EventEncoder {
  /// One structured CloudEvent, such as a line of NDJSON, without the line feed.
  public static func structured(_ event: Event) -> [UInt8] {
    let envelope = event.envelope
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("specversion", "1.0")
      writer.field("id", envelope.id)
      writer.field("source", envelope.source)
      writer.field("type", envelope.type)
      writer.field("time", optional: envelope.time)
      writer.field("subject", optional: envelope.subject)
      writer.field("partitionkey", envelope.partitionKey ?? event.customer?.text ?? broadcastKey)
      writer.field("heedpath", optional: envelope.passage.text)
      writer.field("datacontenttype", "application/json")
      writer.field("traceparent", optional: envelope.traceparent)
      writer.field("tracestate", optional: envelope.tracestate)
      writer.field("data") { writer in writer.object { write(event.body, &$0) } }
    }
    return writer.bytes
  }

  /// The record for `heed.events.v1`, in structured mode and under the key of the event's customer.
  ///
  /// - Parameter partition: where a fact for everybody is to stand; `nil` lets the key decide.
  public static func record(_ event: Event, partition: Int32? = nil, in catalogue: Catalogue) -> OutgoingRecord {
    var headers = Headers()
    headers.append("content-type", "application/cloudevents+json")
    return OutgoingRecord(
      topic: catalogue.events.name, partition: partition, key: Array((event.customer?.text ?? broadcastKey).utf8),
      headers: headers, value: structured(event))
  }

  private static func write(_ body: Event.Body, _ writer: inout JSONWriter) {
    switch body {
    case .ticketOpened(let event): write(event, &writer)
    case .ticketMessage(let event): write(event, &writer)
    case .ticketUpdated(let event): write(event, &writer)
    case .orderUpdated(let event): write(event, &writer)
    case .disruptionDeclared(let event): write(event, &writer)
    case .feedbackGiven(let event): write(event, &writer)
    case .customerChanged(let event):
      writer.field("customerId", event.customer.text)
      write(event.consent, &writer)
      writer.field("tier", optional: event.tier)
    case .customerErased(let event): writer.field("customerId", event.customer.text)
    case .customerLinked(let event):
      writer.field("customerId", event.customer.text)
      writer.field("linkedTo", event.linkedTo.text)
    case .customerMoved(let event):
      writer.field("customerId", event.customer.text)
      writer.field("movedFrom", event.movedFrom.text)
      writer.field("context", Data(event.context).base64EncodedString())
    case .timePassed: break
    case .experimentStopped(let event):
      writer.field("experiment", event.experiment)
      writer.field("at", optional: event.at)
      writer.field("reason", event.reason)
    }
  }

  private static func write(_ event: TicketOpened, _ writer: inout JSONWriter) {
    writer.field("ticketId", event.ticket.text)
    writer.field("customerId", event.customer.text)
    writer.field("channel", event.channel.rawValue)
    writer.field("subject", event.subject)
    writer.field("body", event.body)
    writer.field("locale", optional: event.locale)
    if !event.tags.isEmpty { writer.field("tags", event.tags) }
    if !event.orders.isEmpty { writer.field("orderIds", event.orders.map(\.text)) }
    writer.field("priority", optional: event.priority)
    write(event.requester, &writer)
    write(event.consent, &writer)
    writer.field("device", optional: event.device?.rawValue)
  }

  private static func write(_ requester: Requester, _ writer: inout JSONWriter) {
    guard requester != Requester() else { return }
    writer.field("requester") { writer in
      writer.object { writer in
        writer.field("name", optional: requester.name)
        writer.field("email", optional: requester.email)
        writer.field("phone", optional: requester.phone)
        writer.field("tier", optional: requester.tier)
      }
    }
  }

  private static func write(_ consent: Consent, _ writer: inout JSONWriter) {
    guard consent != Consent() else { return }
    writer.field("consent") { writer in
      writer.object { writer in
        if let automation = consent.automation { writer.field("automation", automation) }
        if let personalization = consent.personalization { writer.field("personalization", personalization) }
      }
    }
  }

  private static func write(_ event: TicketMessage, _ writer: inout JSONWriter) {
    writer.field("ticketId", event.ticket.text)
    writer.field("customerId", event.customer.text)
    writer.field("author") { writer in writer.object { $0.field("kind", event.author.rawValue) } }
    writer.field("body", event.body)
    writer.field("channel", optional: event.channel?.rawValue)
  }

  private static func write(_ event: TicketUpdated, _ writer: inout JSONWriter) {
    writer.field("ticketId", event.ticket.text)
    writer.field("customerId", event.customer.text)
    writer.field("status", optional: event.status?.rawValue)
    writer.field("queue", optional: event.queue)
    writer.field("assignee", optional: event.assignee)
    writer.field("priority", optional: event.priority)
    writer.field("changedBy", event.changedBy.rawValue)
    writer.field("agentId", optional: event.agent)
  }

  private static func write(_ event: OrderUpdated, _ writer: inout JSONWriter) {
    writer.field("orderId", event.order.text)
    writer.field("customerId", event.customer.text)
    writer.field("status", event.status.rawValue)
    writer.field("placedAt", optional: event.placedAt)
    writer.field("promisedBy", optional: event.promisedBy)
    writer.field("estimatedDelivery", optional: event.estimatedDelivery)
    writer.field("carrier", optional: event.carrier)
    writer.field("trackingNumber", optional: event.trackingNumber)
    writer.field("lastScanAt", optional: event.lastScanAt)
    writer.field("holds", array: event.holds) { writer, reason in
      writer.object { $0.field("reason", reason) }
    }
    writer.field("addressProblem", event.hasAddressProblem)
    writer.field("region", optional: event.region)
    if let total = event.total {
      writer.field("total") { writer in writer.object { write(total, &$0) } }
    }
    writer.field("items", array: event.items) { writer, item in
      writer.object { writer in
        writer.field("sku", optional: item.sku)
        writer.field("title", optional: item.title)
        writer.field("quantity", integer: item.quantity)
        writer.field("price", optional: item.price)
      }
    }
    writer.field("refunds", array: event.refunds) { writer, refund in
      writer.object { writer in
        write(refund.money, &writer)
        writer.field("status", refund.status)
        writer.field("at", optional: refund.at)
      }
    }
  }

  private static func write(_ money: Money, _ writer: inout JSONWriter) {
    writer.field("amount", money.amount)
    writer.field("currency", money.currency)
  }

  private static func write(_ event: DisruptionDeclared, _ writer: inout JSONWriter) {
    writer.field("disruptionId", event.disruption)
    writer.field("carrier", optional: event.carrier)
    writer.field("region", optional: event.region)
    writer.field("from", optional: event.from)
    writer.field("until", optional: event.until)
    writer.field("cause", event.cause)
    writer.field("nextUpdateBy", optional: event.nextUpdateBy)
  }

  private static func write(_ event: FeedbackGiven, _ writer: inout JSONWriter) {
    writer.field("about") { writer in
      writer.object { writer in
        switch event.subject {
        case .decision(let id): writer.field("decisionId", id)
        case .ticket(let ticket): writer.field("ticketId", ticket.text)
        }
      }
    }
    writer.field("kind", event.kind.rawValue)
    writer.field("value", event.value)
    writer.field("reasonCode", optional: event.reasonCode)
    writer.field("by", event.author.rawValue)
    writer.field("agentId", optional: event.agent)
  }
}
