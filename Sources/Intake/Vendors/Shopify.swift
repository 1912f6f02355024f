internal import Events

/// Shopify: orders, fulfilments, fulfilment events, fulfilment orders with their holds, and refunds, as webhooks send them (bare) and as
/// the REST API gives them (wrapped in their names).
///
/// Only orders say whose they are and what was bought; the others change an order that was told before. An order's id is its name without the
/// `#`, because that is the number that customers write.
struct Shopify {
  private let maker: EventMaker
  init(_ maker: EventMaker) { self.maker = maker }

  func events(in document: Foreign, _ orders: inout OrderBook) throws(IntakeFailure) -> [Event] {
    let (kind, node) = try object(in: document)
    let id = try (kind == .order ? node["id"] : node["order_id"]).requiredID()
    let change = try change(kind, node)
    let order = orders.update(id, change.apply)
    guard let state = order.state, let asOf = order.asOf else {
      throw IntakeFailure(.unknownOrder, path: node["order_id"].path)
    }
    return [
      maker.event(
        .orderUpdated, id: "\(kind.rawValue)/\(change.id)", at: asOf, about: state.order.text, .orderUpdated(state))
    ]
  }

  // MARK: Shapes

  private enum Kind: String, CaseIterable {
    case order, fulfillment, refund
    case event = "fulfillment_event"
    case request = "fulfillment_order"
  }

  private func object(in document: Foreign) throws(IntakeFailure) -> (Kind, Foreign) {
    for kind in Kind.allCases where document[kind.rawValue].isObject { return (kind, document[kind.rawValue]) }
    func has(_ names: String...) -> Bool { names.allSatisfy { document.value[$0] != nil } }
    if has("fulfillment_id", "status") { return (.event, document) }
    if has("order_id") {
      if has("refund_line_items") || has("transactions") { return (.refund, document) }
      if has("fulfillment_holds") || has("request_status") { return (.request, document) }
      if has("status") { return (.fulfillment, document) }
    }
    if has("id", "line_items"), has("financial_status") || has("total_price") { return (.order, document) }
    throw IntakeFailure(.unsupportedShape)
  }

  /// What a payload changes, read in full before anything is changed.
  private struct Change {
    let id: String
    let apply: (inout ShopOrder) -> Void
  }

  private func change(_ kind: Kind, _ node: Foreign) throws(IntakeFailure) -> Change {
    let id = try node["id"].requiredID()
    switch kind {
    case .order: return try order(node, id)
    case .fulfillment: return try parcel(node, id)
    case .event: return try scan(node, id)
    case .request: return try request(node, id)
    case .refund: return try refund(node, id, currency: nil)
    }
  }

  // MARK: Orders

  private func order(_ node: Foreign, _ id: String) throws(IntakeFailure) -> Change {
    let asOf = try node["updated_at"].requiredTime(or: node["created_at"])
    let currency = node["currency"].text
    let base = ShopOrder.Base(
      order: OrderID(name(of: node) ?? id), customer: try customer(of: node),
      placedAt: try node["processed_at"].time(or: node["created_at"]),
      isCancelled: try node["cancelled_at"].time() != nil, fulfilment: node["fulfillment_status"].word,
      payment: node["financial_status"].word, region: region(of: node),
      total: try money(node.first("current_total_price", "total_price"), currency), currency: currency,
      items: try items(of: node))
    var parts: [Change] = []
    for element in node["fulfillments"].elements { parts.append(try parcel(element, try element["id"].requiredID())) }
    for element in node["refunds"].elements {
      parts.append(try refund(element, try element["id"].requiredID(), currency: currency))
    }
    let pieces = parts
    return Change(id: "\(id)/\(asOf.rfc3339)") { order in
      if order.base.map({ $0.asOf <= asOf }) ?? true { order.base = Piece(asOf: asOf, value: base) }
      for piece in pieces { piece.apply(&order) }
    }
  }

  private func name(of node: Foreign) -> String? {
    guard let name = node["name"].text?.trimmed.drop(while: { $0 == "#" }), !name.isEmpty else { return nil }
    return String(name)
  }

  private func customer(of node: Foreign) throws(IntakeFailure) -> CustomerID {
    let customer = node["customer"]
    let address = node["shipping_address"].isObject ? node["shipping_address"] : node["billing_address"]
    return try maker.customer(
      maker.person(
        email: node["email"].text ?? node["contact_email"].text ?? customer["email"].text,
        phone: node["phone"].text ?? customer["phone"].text, country: address["country_code"].text,
        id: customer["id"].id), at: node["email"].path)
  }

  /// ISO 3166-2, as `GB-ENG`, or the country where there is no province.
  private func region(of node: Foreign) -> String? {
    let address = node["shipping_address"]
    guard let country = address["country_code"].text else { return nil }
    return address["province_code"].text.map { "\(country)-\($0)" } ?? country
  }

  private func items(of node: Foreign) throws(IntakeFailure) -> [OrderUpdated.Item] {
    var items: [OrderUpdated.Item] = []
    // What was taken out of the order stays in it with nothing left.
    for line in node["line_items"].elements where line["current_quantity"].id != "0" {
      let item = OrderUpdated.Item(
        sku: line["sku"].text, title: line["title"].text ?? line["name"].text,
        quantity: line.first("current_quantity", "quantity").id.flatMap(Int64.init) ?? 1, price: line["price"].decimal)
      guard let item else { throw IntakeFailure(.badValue, path: line["price"].path) }
      items.append(item)
    }
    return items
  }

  /// An amount that cannot be read is no small one: it is refused.
  private func money(_ amount: Foreign, _ currency: String?) throws(IntakeFailure) -> Money? {
    guard let text = amount.decimal else { return nil }
    guard let currency, let money = Money(amount: text, currency: currency) else {
      throw IntakeFailure(.badValue, path: amount.path)
    }
    return money
  }

  // MARK: Pieces

  private func parcel(_ node: Foreign, _ id: String) throws(IntakeFailure) -> Change {
    let asOf = try node["updated_at"].requiredTime(or: node["created_at"])
    let parcel = ShopOrder.Parcel(
      status: node["status"].word, shipment: node["shipment_status"].word, carrier: node["tracking_company"].text,
      trackingNumber: node["tracking_number"].text ?? node["tracking_numbers"].elements.first?.text)
    return Change(id: "\(id)/\(asOf.rfc3339)") { $0.parcels.take(parcel, id: id, asOf: asOf) }
  }

  private func scan(_ node: Foreign, _ id: String) throws(IntakeFailure) -> Change {
    let asOf = try node["happened_at"].requiredTime(or: node["created_at"])
    let parcel = try node["fulfillment_id"].requiredID()
    // A null status is one that nobody knows.
    let scan = ShopOrder.Scan(
      status: node["status"].word ?? "unknown", estimatedDelivery: try node["estimated_delivery_at"].time())
    return Change(id: id) { order in
      order.scans.take(scan, id: parcel, asOf: asOf)
      if order.parcels[parcel] == nil {
        order.parcels.take(ShopOrder.Parcel(status: "success"), id: parcel, asOf: Timestamp(nanoseconds: .min))
      }
    }
  }

  private func request(_ node: Foreign, _ id: String) throws(IntakeFailure) -> Change {
    let asOf = try node["updated_at"].requiredTime(or: node["created_at"])
    let isOver = ["closed", "cancelled", "incomplete"].contains(node["status"].word)
    var holds = node["fulfillment_holds"].elements.map { Self.hold($0["reason"].word) }
    if holds.isEmpty, node["status"].word == "on_hold" { holds = ["unknown"] }
    let request = ShopOrder.Request(
      holds: isOver ? [] : holds, promisedBy: try node["delivery_method"]["max_delivery_date_time"].time())
    return Change(id: "\(id)/\(asOf.rfc3339)") { $0.requests.take(request, id: id, asOf: asOf) }
  }

  /// Shopify's reasons in the words that policies ask for; others as they are.
  private static func hold(_ reason: String?) -> String {
    switch reason {
    case "awaiting_payment": "payment_pending"
    case "high_risk_of_fraud": "fraud_review"
    default: reason ?? "unknown"
    }
  }

  private func refund(_ node: Foreign, _ id: String, currency: String?) throws(IntakeFailure) -> Change {
    let at = try node["processed_at"].requiredTime(or: node["created_at"])
    var refunds: [OrderUpdated.Refund] = []
    for transaction in node["transactions"].elements where transaction["kind"].word ?? "refund" == "refund" {
      guard let money = try money(transaction["amount"], transaction["currency"].text ?? currency) else { continue }
      refunds.append(OrderUpdated.Refund(money: money, status: Self.refundStatus(transaction["status"].word), at: at))
    }
    let known = refunds
    return Change(id: id) { $0.refunds.take(known, id: id, asOf: at) }
  }

  private static func refundStatus(_ word: String?) -> String {
    switch word {
    case "success": "completed"
    case "failure", "error": "failed"
    default: word ?? "unknown"
    }
  }
}
