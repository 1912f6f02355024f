internal import Events

// Orders in pieces as they stand in `heed.orders.<source>.v1`: JSON, so that an operator can read what is known of an order. Times are
// nanoseconds, as some stand before everything that a date can say. What is of another version, or broken, reads as nothing known.

extension ShopOrder {
  private static let version = JSONTree.number("1")

  /// The bytes of this order.
  var encoded: [UInt8] {
    let tree = object(
      ("version", Self.version), ("arrival", .number(String(arrival))), ("base", base.map { $0.tree(Self.tree) }),
      ("parcels", parcels.tree(Self.tree)), ("scans", scans.tree(Self.tree)), ("requests", requests.tree(Self.tree)),
      ("refunds", refunds.tree { object(("refunds", .array($0.map(Self.tree)))) }))
    var writer = JSONWriter(capacity: 1024)
    tree.write(to: &writer)
    return writer.bytes
  }

  init?(bytes: [UInt8]) {
    guard let tree = try? JSONTree(reading: bytes), tree["version"] == Self.version,
      let arrival = tree["arrival"]?.integer.map(Int64.init), let parcels = Pieces(tree["parcels"], Self.parcel),
      let scans = Pieces(tree["scans"], Self.scan), let requests = Pieces(tree["requests"], Self.request),
      let refunds = Pieces(tree["refunds"], Self.refunds)
    else { return nil }
    self.init(arrival: arrival, parcels: parcels, scans: scans, requests: requests, refunds: refunds)
    guard let base = tree["base"] else { return }
    guard let piece = Piece(base, Self.base) else { return nil }
    self.base = piece
  }

  // MARK: The order itself

  private static func tree(_ base: Base) -> JSONTree {
    object(
      ("order", .string(base.order.text)), ("customer", .string(base.customer.text)), ("placedAt", time(base.placedAt)),
      ("isCancelled", .boolean(base.isCancelled)), ("fulfilment", text(base.fulfilment)),
      ("payment", text(base.payment)), ("region", text(base.region)), ("total", base.total.map(tree)),
      ("currency", text(base.currency)), ("items", .array(base.items.map(tree))))
  }

  private static func base(_ tree: JSONTree) -> Base? {
    guard let order = tree["order"]?.text, let customer = tree["customer"]?.text, case .array(let list)? = tree["items"]
    else { return nil }
    let items = list.compactMap(item)
    guard items.count == list.count, tree["total"] == nil || money(tree["total"]) != nil else { return nil }
    return Base(
      order: OrderID(order), customer: CustomerID(customer), placedAt: tree["placedAt"]?.instant,
      isCancelled: tree["isCancelled"] == .boolean(true), fulfilment: tree["fulfilment"]?.text,
      payment: tree["payment"]?.text, region: tree["region"]?.text, total: money(tree["total"]),
      currency: tree["currency"]?.text, items: items)
  }

  private static func tree(_ item: OrderUpdated.Item) -> JSONTree {
    object(
      ("sku", text(item.sku)), ("title", text(item.title)), ("quantity", .number(String(item.quantity))),
      ("price", text(item.price)))
  }

  private static func item(_ tree: JSONTree) -> OrderUpdated.Item? {
    guard let quantity = tree["quantity"]?.integer.map(Int64.init) else { return nil }
    return OrderUpdated.Item(
      sku: tree["sku"]?.text, title: tree["title"]?.text, quantity: quantity, price: tree["price"]?.text)
  }

  private static func tree(_ money: Money) -> JSONTree {
    object(("amount", .string(money.amount)), ("currency", .string(money.currency)))
  }

  private static func money(_ tree: JSONTree?) -> Money? {
    guard let amount = tree?["amount"]?.text, let currency = tree?["currency"]?.text else { return nil }
    return Money(amount: amount, currency: currency)
  }

  // MARK: Pieces

  private static func tree(_ parcel: Parcel) -> JSONTree {
    object(
      ("status", text(parcel.status)), ("shipment", text(parcel.shipment)), ("carrier", text(parcel.carrier)),
      ("trackingNumber", text(parcel.trackingNumber)))
  }

  private static func parcel(_ tree: JSONTree) -> Parcel? {
    Parcel(
      status: tree["status"]?.text, shipment: tree["shipment"]?.text, carrier: tree["carrier"]?.text,
      trackingNumber: tree["trackingNumber"]?.text)
  }

  private static func tree(_ scan: Scan) -> JSONTree {
    object(("status", text(scan.status)), ("estimatedDelivery", time(scan.estimatedDelivery)))
  }

  private static func scan(_ tree: JSONTree) -> Scan? {
    Scan(status: tree["status"]?.text, estimatedDelivery: tree["estimatedDelivery"]?.instant)
  }

  private static func tree(_ request: Request) -> JSONTree {
    object(("holds", .array(request.holds.map { .string($0) })), ("promisedBy", time(request.promisedBy)))
  }

  private static func request(_ tree: JSONTree) -> Request? {
    guard case .array(let holds)? = tree["holds"] else { return nil }
    return Request(holds: holds.compactMap(\.text), promisedBy: tree["promisedBy"]?.instant)
  }

  private static func tree(_ refund: OrderUpdated.Refund) -> JSONTree {
    object(("money", tree(refund.money)), ("status", .string(refund.status)), ("at", time(refund.at)))
  }

  private static func refunds(_ tree: JSONTree) -> [OrderUpdated.Refund]? {
    guard case .array(let list)? = tree["refunds"] else { return nil }
    let refunds = list.compactMap { refund -> OrderUpdated.Refund? in
      guard let money = money(refund["money"]), let status = refund["status"]?.text else { return nil }
      return OrderUpdated.Refund(money: money, status: status, at: refund["at"]?.instant)
    }
    return refunds.count == list.count ? refunds : nil
  }
}

extension Piece {
  fileprivate func tree(_ tree: (Value) -> JSONTree) -> JSONTree {
    object(("asOf", time(asOf)), ("value", tree(value)))
  }

  fileprivate init?(_ tree: JSONTree, _ value: (JSONTree) -> Value?) {
    guard let asOf = tree["asOf"]?.instant, let value = tree["value"].flatMap(value) else { return nil }
    self.init(asOf: asOf, value: value)
  }
}

extension Pieces {
  fileprivate func tree(_ tree: (Value) -> JSONTree) -> JSONTree {
    .object(inOrder.map { JSONTree.Field($0.id, $0.piece.tree(tree)) })
  }

  fileprivate init?(_ tree: JSONTree?, _ value: (JSONTree) -> Value?) {
    guard case .object(let fields)? = tree else { return nil }
    var known: [String: Piece<Value>] = [:]
    for field in fields {
      guard let piece = Piece(field.value, value) else { return nil }
      known[field.name] = piece
    }
    self.init(known)
  }
}

/// An object of those fields that are there.
private func object(_ fields: (String, JSONTree?)...) -> JSONTree {
  .object(fields.compactMap { name, value in value.map { JSONTree.Field(name, $0) } })
}

private func text(_ text: String?) -> JSONTree? { text.map { .string($0) } }
private func time(_ time: Timestamp?) -> JSONTree? { time.map { .number(String($0.nanoseconds)) } }

extension JSONTree {
  /// A time in nanoseconds.
  fileprivate var instant: Timestamp? { integer.map { Timestamp(nanoseconds: Int64($0)) } }
}
