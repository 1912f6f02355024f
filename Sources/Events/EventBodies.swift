internal import FoundationEssentials

// One function per event type: from the JSON of `data` to the value. Unknown fields are passed over, `null` is the same as
// absent, an unknown word of an enumeration becomes `unknown`.

func decodeBody(_ type: EventType, _ scanner: inout JSONScanner) throws(DecodingFailure) -> Event.Body {
  switch type {
  case .ticketOpened: .ticketOpened(try ticketOpened(&scanner))
  case .ticketMessage: .ticketMessage(try ticketMessage(&scanner))
  case .ticketUpdated: .ticketUpdated(try ticketUpdated(&scanner))
  case .orderUpdated: .orderUpdated(try orderUpdated(&scanner))
  case .disruptionDeclared: .disruptionDeclared(try disruptionDeclared(&scanner))
  case .feedbackGiven: .feedbackGiven(try feedbackGiven(&scanner))
  case .customerChanged: .customerChanged(try customerChanged(&scanner))
  case .customerErased: .customerErased(try customerErased(&scanner))
  case .customerLinked: .customerLinked(try customerLinked(&scanner))
  case .customerMoved: .customerMoved(try customerMoved(&scanner))
  case .timePassed: .timePassed
  case .experimentStopped: .experimentStopped(try experimentStopped(&scanner))
  case .decisionMade, .caseSummarised, .resolutionProposed, .insightRaised, .updateRequested, .kpiMeasured,
    .deadLetter:
    throw DecodingFailure(.notAnInput)
  }
}

private func ticketOpened(_ scanner: inout JSONScanner) throws(DecodingFailure) -> TicketOpened {
  var ticket, customer, channel, subject, body, locale, priority, device: String?
  var tags: [String] = []
  var orders: [String] = []
  var requester = Requester()
  var consent = Consent()
  try scanner.object { (key, scanner) throws(DecodingFailure) in
    switch key {
    case "ticketId": ticket = try scanner.optionalIdentifier()
    case "customerId": customer = try scanner.optionalIdentifier()
    case "channel": channel = try scanner.optionalText()
    case "subject": subject = try scanner.optionalText()
    case "body": body = try scanner.optionalText()
    case "locale": locale = try scanner.optionalText()
    case "priority": priority = try scanner.optionalText()
    case "tags": tags = try scanner.list { (scanner) throws(DecodingFailure) in try scanner.text() }
    case "orderIds": orders = try scanner.list { (scanner) throws(DecodingFailure) in try scanner.identifier() }
    case "requester": requester = try decodeRequester(&scanner)
    case "consent": consent = try decodeConsent(&scanner)
    case "device": device = try scanner.optionalText()
    default: try scanner.skip()
    }
  }
  return TicketOpened(
    ticket: TicketID(try needed(ticket, "ticketId")), customer: CustomerID(try needed(customer, "customerId")),
    channel: Channel(rawValue: try needed(channel, "channel")) ?? .unknown, subject: subject ?? "",
    body: try needed(body, "body"), locale: locale, tags: tags, orders: orders.map { OrderID($0) },
    priority: priority, requester: requester, consent: consent,
    device: device.map { DeviceClass(rawValue: $0) ?? .unknown })
}

private func decodeRequester(_ scanner: inout JSONScanner) throws(DecodingFailure) -> Requester {
  var requester = Requester()
  try scanner.optionalObject { (key, scanner) throws(DecodingFailure) in
    switch key {
    case "name": requester.name = try scanner.optionalText()
    case "email": requester.email = try scanner.optionalText()
    case "phone": requester.phone = try scanner.optionalText()
    case "tier": requester.tier = try scanner.optionalText()
    default: try scanner.skip()
    }
  }
  return requester
}

private func decodeConsent(_ scanner: inout JSONScanner) throws(DecodingFailure) -> Consent {
  var consent = Consent()
  try scanner.optionalObject { (key, scanner) throws(DecodingFailure) in
    switch key {
    case "automation": consent.automation = try scanner.optionalBoolean()
    case "personalization": consent.personalization = try scanner.optionalBoolean()
    default: try scanner.skip()
    }
  }
  return consent
}

private func ticketMessage(_ scanner: inout JSONScanner) throws(DecodingFailure) -> TicketMessage {
  var ticket, customer, author, body, channel: String?
  try scanner.object { (key, scanner) throws(DecodingFailure) in
    switch key {
    case "ticketId": ticket = try scanner.optionalIdentifier()
    case "customerId": customer = try scanner.optionalIdentifier()
    case "body": body = try scanner.optionalText()
    case "channel": channel = try scanner.optionalText()
    case "author":
      try scanner.object { (key, scanner) throws(DecodingFailure) in
        switch key {
        case "kind": author = try scanner.optionalText()
        default: try scanner.skip()
        }
      }
    default: try scanner.skip()
    }
  }
  return TicketMessage(
    ticket: TicketID(try needed(ticket, "ticketId")), customer: CustomerID(try needed(customer, "customerId")),
    author: TicketMessage.Author(rawValue: try needed(author, "author.kind")) ?? .unknown,
    body: try needed(body, "body"), channel: channel.map { Channel(rawValue: $0) ?? .unknown })
}

private func ticketUpdated(_ scanner: inout JSONScanner) throws(DecodingFailure) -> TicketUpdated {
  var ticket, customer, status, queue, assignee, priority, changedBy, agent: String?
  try scanner.object { (key, scanner) throws(DecodingFailure) in
    switch key {
    case "ticketId": ticket = try scanner.optionalIdentifier()
    case "customerId": customer = try scanner.optionalIdentifier()
    case "status": status = try scanner.optionalText()
    case "queue": queue = try scanner.optionalText()
    case "assignee": assignee = try scanner.optionalText()
    case "priority": priority = try scanner.optionalText()
    case "changedBy": changedBy = try scanner.optionalText()
    case "agentId": agent = try scanner.optionalIdentifier()
    default: try scanner.skip()
    }
  }
  return TicketUpdated(
    ticket: TicketID(try needed(ticket, "ticketId")), customer: CustomerID(try needed(customer, "customerId")),
    status: status.map { TicketUpdated.Status(rawValue: $0) ?? .unknown }, queue: queue, assignee: assignee,
    priority: priority,
    changedBy: TicketUpdated.Author(rawValue: try needed(changedBy, "changedBy")) ?? .unknown, agent: agent)
}

private func orderUpdated(_ scanner: inout JSONScanner) throws(DecodingFailure) -> OrderUpdated {
  var order, customer, status, carrier, trackingNumber, region: String?
  var placedAt, promisedBy, estimatedDelivery, lastScanAt: Timestamp?
  var holds: [String] = []
  var hasAddressProblem = false
  var total: Money?
  var items: [OrderUpdated.Item] = []
  var refunds: [OrderUpdated.Refund] = []
  try scanner.object { (key, scanner) throws(DecodingFailure) in
    switch key {
    case "orderId": order = try scanner.optionalIdentifier()
    case "customerId": customer = try scanner.optionalIdentifier()
    case "status": status = try scanner.optionalText()
    case "placedAt": placedAt = try scanner.optionalTime()
    case "promisedBy": promisedBy = try scanner.optionalTime()
    case "estimatedDelivery": estimatedDelivery = try scanner.optionalTime()
    case "lastScanAt": lastScanAt = try scanner.optionalTime()
    case "carrier": carrier = try scanner.optionalText()
    case "trackingNumber": trackingNumber = try scanner.optionalText()
    case "region": region = try scanner.optionalText()
    case "addressProblem": hasAddressProblem = try scanner.optionalBoolean() ?? false
    case "total": total = try money(&scanner)
    case "holds": holds = try scanner.list(hold)
    case "items": items = try scanner.list(item)
    case "refunds": refunds = try scanner.list(refund)
    default: try scanner.skip()
    }
  }
  return OrderUpdated(
    order: OrderID(try needed(order, "orderId")), customer: CustomerID(try needed(customer, "customerId")),
    status: OrderUpdated.Status(rawValue: try needed(status, "status")) ?? .unknown, placedAt: placedAt,
    promisedBy: promisedBy, estimatedDelivery: estimatedDelivery, carrier: carrier, trackingNumber: trackingNumber,
    lastScanAt: lastScanAt, holds: holds, hasAddressProblem: hasAddressProblem, region: region, total: total,
    items: items, refunds: refunds)
}

private func money(_ scanner: inout JSONScanner) throws(DecodingFailure) -> Money? {
  if try scanner.null() { return nil }
  var amount, currency: String?
  try scanner.object { (key, scanner) throws(DecodingFailure) in
    switch key {
    case "amount": amount = try scanner.text()
    case "currency": currency = try scanner.text()
    default: try scanner.skip()
    }
  }
  let money = Money(amount: try needed(amount, "amount"), currency: try needed(currency, "currency"))
  guard let money else { throw DecodingFailure(.badMoney) }
  return money
}

private func hold(_ scanner: inout JSONScanner) throws(DecodingFailure) -> String {
  var reason: String?
  try scanner.object { (key, scanner) throws(DecodingFailure) in
    switch key {
    case "reason": reason = try scanner.optionalText()
    default: try scanner.skip()
    }
  }
  return reason ?? "unknown"
}

private func item(_ scanner: inout JSONScanner) throws(DecodingFailure) -> OrderUpdated.Item {
  var sku, title, price: String?
  var quantity: Int64 = 1
  try scanner.object { (key, scanner) throws(DecodingFailure) in
    switch key {
    case "sku": sku = try scanner.optionalText()
    case "title": title = try scanner.optionalText()
    case "quantity": quantity = try scanner.null() ? 1 : try scanner.integer()
    case "price":
      price = try scanner.optionalText()
      if let price, Money.micros(of: price) == nil { throw DecodingFailure(.badMoney) }
    default: try scanner.skip()
    }
  }
  return OrderUpdated.Item(read: sku, title: title, quantity: quantity, price: price)
}

private func refund(_ scanner: inout JSONScanner) throws(DecodingFailure) -> OrderUpdated.Refund {
  var amount, currency, status: String?
  var at: Timestamp?
  try scanner.object { (key, scanner) throws(DecodingFailure) in
    switch key {
    case "amount": amount = try scanner.text()
    case "currency": currency = try scanner.text()
    case "status": status = try scanner.optionalText()
    case "at": at = try scanner.optionalTime()
    default: try scanner.skip()
    }
  }
  let money = Money(amount: try needed(amount, "amount"), currency: try needed(currency, "currency"))
  guard let money else { throw DecodingFailure(.badMoney) }
  return OrderUpdated.Refund(money: money, status: status ?? "unknown", at: at)
}

private func disruptionDeclared(_ scanner: inout JSONScanner) throws(DecodingFailure) -> DisruptionDeclared {
  var disruption, carrier, region, cause: String?
  var from, until, nextUpdateBy: Timestamp?
  try scanner.object { (key, scanner) throws(DecodingFailure) in
    switch key {
    case "disruptionId": disruption = try scanner.optionalIdentifier()
    case "carrier": carrier = try scanner.optionalText()
    case "region": region = try scanner.optionalText()
    case "cause": cause = try scanner.optionalText()
    case "from": from = try scanner.optionalTime()
    case "until": until = try scanner.optionalTime()
    case "nextUpdateBy": nextUpdateBy = try scanner.optionalTime()
    default: try scanner.skip()
    }
  }
  return DisruptionDeclared(
    disruption: try needed(disruption, "disruptionId"), carrier: carrier, region: region,
    from: try needed(from, "from"), until: until, cause: try needed(cause, "cause"),
    nextUpdateBy: try needed(nextUpdateBy, "nextUpdateBy"))
}

private func feedbackGiven(_ scanner: inout JSONScanner) throws(DecodingFailure) -> FeedbackGiven {
  var decision, ticket, kind, value, reasonCode, author, agent: String?
  try scanner.object { (key, scanner) throws(DecodingFailure) in
    switch key {
    case "kind": kind = try scanner.optionalText()
    case "value": value = try feedbackValue(&scanner)
    case "reasonCode": reasonCode = try scanner.optionalText()
    case "by": author = try scanner.optionalText()
    case "agentId": agent = try scanner.optionalIdentifier()
    case "about":
      try scanner.object { (key, scanner) throws(DecodingFailure) in
        switch key {
        case "decisionId": decision = try scanner.optionalIdentifier()
        case "ticketId": ticket = try scanner.optionalIdentifier()
        default: try scanner.skip()
        }
      }
    default: try scanner.skip()
    }
  }
  let subject: FeedbackGiven.Subject
  if let decision {
    subject = .decision(decision)
  } else {
    subject = .ticket(TicketID(try needed(ticket, "about.ticketId")))
  }
  return FeedbackGiven(
    subject: subject, kind: FeedbackGiven.Kind(rawValue: try needed(kind, "kind")) ?? .unknown,
    value: try needed(value, "value"), reasonCode: reasonCode,
    author: FeedbackGiven.Author(rawValue: try needed(author, "by")) ?? .unknown, agent: agent)
}

private func feedbackValue(_ scanner: inout JSONScanner) throws(DecodingFailure) -> String? {
  switch try scanner.peek() {
  case UInt8(ascii: "n"): return try scanner.optionalText()
  case UInt8(ascii: "\""): return try scanner.text()
  case UInt8(ascii: "t"), UInt8(ascii: "f"): return try scanner.boolean() ? "true" : "false"
  case UInt8(ascii: "-"), 0x30...0x39: return try scanner.numberText()
  default: throw scanner.anotherKind()
  }
}

private func customerChanged(_ scanner: inout JSONScanner) throws(DecodingFailure) -> CustomerChanged {
  var customer, tier: String?
  var consent = Consent()
  try scanner.object { (key, scanner) throws(DecodingFailure) in
    switch key {
    case "customerId": customer = try scanner.optionalIdentifier()
    case "tier": tier = try scanner.optionalText()
    case "consent": consent = try decodeConsent(&scanner)
    default: try scanner.skip()
    }
  }
  return CustomerChanged(customer: CustomerID(try needed(customer, "customerId")), consent: consent, tier: tier)
}

private func customerErased(_ scanner: inout JSONScanner) throws(DecodingFailure) -> CustomerErased {
  var customer: String?
  try scanner.object { (key, scanner) throws(DecodingFailure) in
    switch key {
    case "customerId": customer = try scanner.optionalIdentifier()
    default: try scanner.skip()
    }
  }
  return CustomerErased(customer: CustomerID(try needed(customer, "customerId")))
}

private func experimentStopped(_ scanner: inout JSONScanner) throws(DecodingFailure) -> ExperimentStopped {
  var experiment, reason: String?
  var at: Timestamp?
  try scanner.object { (key, scanner) throws(DecodingFailure) in
    switch key {
    case "experiment": experiment = try scanner.optionalIdentifier()
    case "at": at = try scanner.optionalTime()
    case "reason": reason = try scanner.optionalText()
    default: try scanner.skip()
    }
  }
  return ExperimentStopped(
    experiment: try needed(experiment, "experiment"), at: try needed(at, "at"),
    reason: try needed(reason, "reason"))
}

private func customerLinked(_ scanner: inout JSONScanner) throws(DecodingFailure) -> CustomerLinked {
  var customer, target: String?
  try scanner.object { (key, scanner) throws(DecodingFailure) in
    switch key {
    case "customerId": customer = try scanner.optionalIdentifier()
    case "linkedTo": target = try scanner.optionalIdentifier()
    default: try scanner.skip()
    }
  }
  return CustomerLinked(
    customer: CustomerID(try needed(customer, "customerId")), linkedTo: try oneCustomer(target, "linkedTo"))
}

private func customerMoved(_ scanner: inout JSONScanner) throws(DecodingFailure) -> CustomerMoved {
  var customer, origin, context: String?
  try scanner.object { (key, scanner) throws(DecodingFailure) in
    switch key {
    case "customerId": customer = try scanner.optionalIdentifier()
    case "movedFrom": origin = try scanner.optionalIdentifier()
    case "context": context = try scanner.optionalText()
    default: try scanner.skip()
    }
  }
  guard let bytes = Data(base64Encoded: try needed(context, "context")) else {
    throw DecodingFailure(.wrongType, path: "context")
  }
  return CustomerMoved(
    customer: CustomerID(try needed(customer, "customerId")), movedFrom: try oneCustomer(origin, "movedFrom"),
    context: Array(bytes))
}

/// The id of a customer, and not the key of what concerns everybody.
private func oneCustomer(_ text: String?, _ name: String) throws(DecodingFailure) -> CustomerID {
  let text = try needed(text, name)
  guard text != broadcastKey else { throw DecodingFailure(.badIdentifier, path: name) }
  return CustomerID(text)
}
