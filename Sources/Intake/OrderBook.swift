internal import Events

/// What shops told of their orders, piece by piece. Each piece is kept with the moment it is of, and a newer one replaces it, so the state
/// is the same in whatever order connectors deliver.
///
/// An order whose whole state was not told yet cannot be changed by a piece (`unknown_order`). The piece is kept nonetheless, for when the
/// order comes.
///
/// Guaranteed: what was told is known after a restart and on another worker, as it stands in a table that is written with the events
/// (`heed.orders.<source>.v1`); so pieces may come in any order, more than once, and with restarts between them, and the state that is told last
/// is the same. Not guaranteed: an order of which half a year nothing was told, or which is not among the `ordersMax` newest of
/// its partition, may be forgotten, and its next piece is one of an unknown order.
struct OrderBook: Sendable {
  /// How many orders are kept of a partition; beyond it those go that were told first.
  static let ordersMax = 100_000
  /// How many pieces of one kind an order keeps.
  static let piecesMax = 64

  private var orders: [String: ShopOrder] = [:]
  /// Ids in the order they came; a ring once it is full.
  private var arrivals: [String] = []
  private var next = 0
  /// How many orders were ever told: the arrival of the next one.
  private var arrivalCount: Int64 = 0
  /// Whether orders were restored whose place in the ring is not found yet.
  private var hasUnplaced = false
  /// The orders as they were at the last `accept`, of those changed since; and how the ring was filled then.
  private var before: [String: ShopOrder?] = [:]
  private var ring: (arrivals: Int, next: Int, count: Int64, replaced: [(index: Int, id: String)])?

  /// Changes what is known of an order, and gives what is known then.
  mutating func update(_ id: String, _ change: (inout ShopOrder) -> Void) -> ShopOrder {
    if hasUnplaced { placeRestored() }
    if before[id] == nil { before[id] = .some(orders[id]) }
    if orders[id] == nil { make(id) }
    change(&orders[id]!)
    return orders[id]!
  }

  /// What was told since the last call holds: it is the new ground to go back to.
  mutating func accept() {
    before.removeAll(keepingCapacity: true)
    ring = nil
  }

  /// What was told since the last `accept` is taken back, exactly: it will be told again.
  mutating func rewind() {
    for (id, order) in before { orders[id] = order }
    if let ring {
      for (index, id) in ring.replaced.reversed() { arrivals[index] = id }
      arrivals.removeLast(arrivals.count - ring.arrivals)
      next = ring.next
      arrivalCount = ring.count
    }
    accept()
  }

  // MARK: The table

  /// What was changed since the last `accept`: the orders as they are now, and without bytes those that went.
  var changes: [(id: String, bytes: [UInt8]?)] {
    before.keys.sorted().map { ($0, orders[$0]?.encoded) }
  }

  /// Takes what stands in the table of one order. Bytes that cannot be read are none.
  mutating func restore(_ id: String, _ bytes: [UInt8]?) {
    orders[id] = bytes.flatMap { ShopOrder(bytes: $0) }
    hasUnplaced = true
  }

  /// The ring as it was: a table tells its orders in the order of their last change.
  private mutating func placeRestored() {
    hasUnplaced = false
    arrivals = orders.sorted { ($0.value.arrival, $0.key) < ($1.value.arrival, $1.key) }.map(\.key)
    for id in arrivals.dropLast(Self.ordersMax) { orders[id] = nil }
    arrivals = arrivals.suffix(Self.ordersMax)
    next = 0
    arrivalCount = (arrivals.last.flatMap { orders[$0]?.arrival } ?? -1) + 1
  }

  private mutating func make(_ id: String) {
    var ring = self.ring ?? (arrivals.count, next, arrivalCount, [])
    defer { self.ring = ring }
    if arrivals.count < Self.ordersMax {
      arrivals.append(id)
    } else {
      let oldest = arrivals[next]
      if before[oldest] == nil { before[oldest] = .some(orders[oldest]) }
      orders[oldest] = nil
      ring.replaced.append((next, oldest))
      arrivals[next] = id
      next = (next + 1) % Self.ordersMax
    }
    orders[id] = ShopOrder(arrival: arrivalCount)
    arrivalCount += 1
  }
}

/// Something known as of a moment.
struct Piece<Value: Sendable>: Sendable {
  let asOf: Timestamp
  let value: Value
}

/// Pieces of one kind by their ids.
struct Pieces<Value: Sendable>: Sendable {
  private var byID: [String: Piece<Value>]

  /// Those that are known already.
  init(_ known: [String: Piece<Value>] = [:]) { byID = known }

  /// Takes a piece unless a newer one is known.
  mutating func take(_ value: Value, id: String, asOf: Timestamp) {
    if let known = byID[id], known.asOf > asOf { return }
    guard byID[id] != nil || byID.count < OrderBook.piecesMax else { return }
    byID[id] = Piece(asOf: asOf, value: value)
  }

  subscript(id: String) -> Piece<Value>? { byID[id] }

  /// Oldest first; those of one moment by their ids, so that the order is the same in every process.
  var inOrder: [(id: String, piece: Piece<Value>)] {
    byID.map { (id: $0.key, piece: $0.value) }.sorted { ($0.piece.asOf, $0.id) < ($1.piece.asOf, $1.id) }
  }
}

/// What is known of one order.
struct ShopOrder: Sendable {
  /// What the order itself says.
  struct Base: Sendable {
    var order: OrderID
    var customer: CustomerID
    var placedAt: Timestamp?
    var isCancelled: Bool
    /// The shop's words.
    var fulfilment: String?
    var payment: String?
    var region: String?
    var total: Money?
    var currency: String?
    var items: [OrderUpdated.Item]
  }
  /// A parcel, as the shop tells of it.
  struct Parcel: Sendable {
    var status: String?
    var shipment: String?
    var carrier: String?
    var trackingNumber: String?
  }
  /// What the carrier said of a parcel.
  struct Scan: Sendable {
    var status: String?
    var estimatedDelivery: Timestamp?
  }
  /// What the warehouse was asked to do, and why it does not.
  struct Request: Sendable {
    var holds: [String]
    var promisedBy: Timestamp?
  }

  /// How many orders were told before it.
  var arrival: Int64 = 0
  var base: Piece<Base>?
  var parcels = Pieces<Parcel>()
  /// By the parcel's id.
  var scans = Pieces<Scan>()
  var requests = Pieces<Request>()
  var refunds = Pieces<[OrderUpdated.Refund]>()

  /// The moment of the newest piece: the state is of then.
  var asOf: Timestamp? {
    ([base?.asOf] + parcels.inOrder.map(\.piece.asOf) + scans.inOrder.map(\.piece.asOf)
      + requests.inOrder.map(\.piece.asOf) + refunds.inOrder.map(\.piece.asOf)).compactMap { $0 }.max()
  }

  /// The whole state; `nil` as long as the order itself was not told.
  var state: OrderUpdated? {
    guard let base = base?.value else { return nil }
    let holds = requests.inOrder.flatMap(\.piece.value.holds)
    let parcel = parcels.inOrder.last { $0.piece.value.trackingNumber != nil } ?? parcels.inOrder.last
    return OrderUpdated(
      order: base.order, customer: base.customer, status: status(base, isHeld: !holds.isEmpty), placedAt: base.placedAt,
      promisedBy: requests.inOrder.compactMap(\.piece.value.promisedBy).max(),
      estimatedDelivery: scans.inOrder.last { $0.piece.value.estimatedDelivery != nil }?.piece.value.estimatedDelivery,
      carrier: parcel?.piece.value.carrier, trackingNumber: parcel?.piece.value.trackingNumber,
      lastScanAt: scans.inOrder.last { Self.isSeen($0.piece.value.status) }?.piece.asOf, holds: holds,
      hasAddressProblem: holds.contains("incorrect_address"), region: base.region, total: base.total,
      items: base.items, refunds: refunds.inOrder.flatMap(\.piece.value))
  }

  // MARK: Status

  private func status(_ base: Base, isHeld: Bool) -> OrderUpdated.Status {
    if base.isCancelled { return .cancelled }
    let states = parcels.inOrder.compactMap { status(of: $0.id, $0.piece) }
    // What is wrong with one parcel is what the customer asks about; of parcels that go well, the last one.
    if let trouble = Self.troubles.first(where: states.contains) { return trouble }
    if isHeld { return .onHold }
    switch base.fulfilment {
    case nil, "unfulfilled": return states.isEmpty ? Self.unshipped(base.payment) : Self.leastFar(states)
    case "partial", "partially_fulfilled", "in_progress", "open", "scheduled": return .processing
    case "on_hold": return .onHold
    case "fulfilled", "shipped": return states.isEmpty ? .shipped : Self.leastFar(states)
    // "Every line item in the order has been restocked and the order has been cancelled."
    case "restocked": return .cancelled
    default: return .unknown
    }
  }

  private static let troubles: [OrderUpdated.Status] = [
    .exception, .returning, .unknown, .deliveryAttempted, .delayed,
  ]
  private static let progress: [OrderUpdated.Status] = [
    .processing, .packed, .shipped, .inTransit, .outForDelivery, .delivered,
  ]

  private static func leastFar(_ states: [OrderUpdated.Status]) -> OrderUpdated.Status {
    progress.first(where: states.contains) ?? .unknown
  }

  private static func unshipped(_ payment: String?) -> OrderUpdated.Status {
    switch payment {
    case "pending", "unpaid": .placed
    case "authorized", "paid", "partially_paid", "partially_refunded": .confirmed
    default: .unknown
    }
  }

  /// `nil` for a parcel that was called off.
  private func status(of id: String, _ parcel: Piece<Parcel>) -> OrderUpdated.Status? {
    let scan = scans[id]
    let isScanNewer = scan.map { parcel.value.shipment == nil || $0.asOf >= parcel.asOf } ?? false
    if let status = Self.shipment(isScanNewer ? scan?.value.status : parcel.value.shipment) { return status }
    return switch parcel.value.status {
    case "success": .shipped
    case "pending", "open": .processing
    case "cancelled", "canceled": nil
    case "error", "failure": .exception
    default: .unknown
    }
  }

  /// What a shipment's word says; `nil` where it says nothing. `confirmed` is Shopify's word for "nothing is known yet".
  private static func shipment(_ word: String?) -> OrderUpdated.Status? {
    switch word {
    case nil, "confirmed": nil
    case "label_printed", "label_purchased": .packed
    case "carrier_picked_up": .shipped
    case "in_transit": .inTransit
    case "out_for_delivery": .outForDelivery
    case "attempted_delivery": .deliveryAttempted
    case "delayed": .delayed
    case "delivered", "picked_up": .delivered
    case "failure", "buyer_action_required", "lost", "damaged": .exception
    case "returning_to_sender", "return_to_sender": .returning
    // Waiting somewhere for the customer is no state of ours, nor is what comes after this was written.
    default: .unknown
    }
  }

  /// Whether the carrier had the parcel in its hands then.
  private static func isSeen(_ word: String?) -> Bool {
    switch word {
    case nil, "confirmed", "label_printed", "label_purchased": false
    default: true
    }
  }
}
