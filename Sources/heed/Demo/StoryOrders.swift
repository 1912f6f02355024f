import Events

/// The carriers of the demo.
enum Carrier: String {
  case nordPost = "NordPost"
  case parcelWay = "ParcelWay"
  case swiftShip = "SwiftShip"
  case urbanCourier = "UrbanCourier"

  var trackingPrefix: String {
    switch self {
    case .nordPost: "NP"
    case .parcelWay: "PW"
    case .swiftShip: "SS"
    case .urbanCourier: "UC"
    }
  }
}

/// An order as the shop knows it.
struct StoryOrder {
  let id: String
  let placedAt: Timestamp
  let promisedBy: Timestamp?
  let lines: [OrderLine]
  var status: OrderUpdated.Status = .placed
  var estimatedDelivery: Timestamp?
  var carrier: Carrier?
  var lastScanAt: Timestamp?
  var hold: String?
  var hasAddressProblem = false
  var refund: (cents: Int, status: String, at: Timestamp)?

  var totalCents: Int { lines.reduce(0) { $0 + $1.quantity * $1.article.cents } }

  /// The carrier's number: its letters and ten digits that follow from the order's.
  var trackingNumber: String? {
    carrier.map { $0.trackingPrefix + String(3_100_000_000 + stableHash(of: id) % 900_000_000) }
  }
}

/// What happens to orders.
extension Story {
  /// The customer buys something.
  mutating func order(_ id: String, _ time: Timestamp, _ lines: [OrderLine], promised: Timestamp? = nil) {
    orders.append(StoryOrder(id: id, placedAt: time, promisedBy: promised, lines: lines))
    tell(orders.count - 1, time)
  }

  /// The order takes the usual course, from where it is up to a state; the whole of it takes two to three days.
  mutating func runs(_ carrier: Carrier, through last: OrderUpdated.Status, of id: String? = nil) {
    let index = index(of: id)
    let course = UsualCourse(of: orders[index])
    let reached = course.steps.firstIndex { $0.0 == orders[index].status } ?? -1
    for (status, time) in course.steps[(reached + 1)...] {
      if status == .shipped {
        orders[index].carrier = carrier
        orders[index].estimatedDelivery = orders[index].estimatedDelivery ?? course.estimatedDelivery
      }
      let isTold = tellsEveryStep || isInWarehouse(last) || status == .inTransit || status == last
      if isTold { becomes(status, time, of: id) }
      if status == last { return }
    }
    preconditionFailure("no usual state: \(last)")
  }

  private func isInWarehouse(_ status: OrderUpdated.Status) -> Bool {
    status == .confirmed || status == .processing || status == .packed
  }

  /// The order is in another state.
  mutating func becomes(
    _ status: OrderUpdated.Status, _ time: Timestamp, eta: Timestamp? = nil, by carrier: Carrier? = nil,
    hold: String? = nil, of id: String? = nil
  ) {
    let index = index(of: id)
    orders[index].status = status
    orders[index].hold = hold
    orders[index].hasAddressProblem = hold == "incorrect_address"
    if let carrier { orders[index].carrier = carrier }
    if let eta { orders[index].estimatedDelivery = eta }
    switch status {
    case .shipped, .inTransit, .outForDelivery, .deliveryAttempted, .exception, .delivered:
      orders[index].lastScanAt = time
    default: break
    }
    switch status {
    case .delivered, .cancelled, .exception, .returned: orders[index].estimatedDelivery = nil
    case .delayed: orders[index].estimatedDelivery = eta
    default: break
    }
    tell(index, time)
  }

  /// Money goes back: all of it, or so many hundredths.
  mutating func refunds(_ status: String, _ time: Timestamp, cents: Int? = nil, of id: String? = nil) {
    let index = index(of: id)
    orders[index].refund = (cents ?? orders[index].refund?.cents ?? orders[index].totalCents, status, time)
    tell(index, time)
  }

  private func index(of id: String?) -> Int {
    guard let id else { return orders.count - 1 }
    guard let index = orders.firstIndex(where: { $0.id == id }) else { preconditionFailure("no order \(id)") }
    return index
  }

  private mutating func tell(_ index: Int, _ time: Timestamp) {
    let order = orders[index]
    let story = self
    append(.orderUpdated, time, source: "/shop/larch-and-loom", subject: order.id) { data in
      data.field("orderId", order.id)
      data.field("customerId", story.customer)
      data.field("status", order.status.rawValue)
      data.field("placedAt", optional: order.placedAt)
      data.field("promisedBy", optional: order.promisedBy)
      data.field("estimatedDelivery", optional: order.estimatedDelivery)
      data.field("carrier", optional: order.carrier?.rawValue)
      data.field("trackingNumber", optional: order.trackingNumber)
      data.field("lastScanAt", optional: order.lastScanAt)
      if let hold = order.hold { data.field("holds", array: [hold]) { $0.reason($1) } }
      if order.hasAddressProblem { data.field("addressProblem", true) }
      data.field("region", story.region.rawValue)
      data.field("total") { $0.money(order.totalCents, story.region.currency) }
      data.field("items", array: order.lines) { writer, line in
        writer.object { item in
          item.field("sku", line.article.sku)
          item.field("title", line.article.title)
          item.field("quantity", integer: line.quantity)
          item.field("price", amount(cents: line.article.cents))
        }
      }
      if let refund = order.refund {
        data.field("refunds", array: [refund]) { writer, refund in
          writer.object { fields in
            fields.field("amount", amount(cents: refund.cents))
            fields.field("currency", story.region.currency)
            fields.field("status", refund.status)
            fields.field("at", optional: refund.at)
          }
        }
      }
    }
  }
}

/// When an order that nothing happens to reaches each state. Ordered before 14:00 UTC, it leaves the same day.
private struct UsualCourse {
  let steps: [(OrderUpdated.Status, Timestamp)]
  let estimatedDelivery: Timestamp

  init(of order: StoryOrder) {
    let placed = order.placedAt
    let calendar = placed.calendar
    let midnight = placed.adding(seconds: -Int64(calendar.hour * 3_600 + calendar.minute * 60))
    // Minutes that differ from order to order, so that the log does not look like a parade.
    let spread = Int64(stableHash(of: order.id) % 97)
    func at(_ hours: Int64, _ minutes: Int64) -> Timestamp {
      midnight.adding(seconds: (hours * 60 + minutes + spread) * 60)
    }
    let isEarly = calendar.hour < 14
    let arrival: Int64 = isEarly ? 48 : 72
    let outForDelivery = at(arrival + 5, 10)
    let delivered = at(arrival + 8 + spread % 6, 20)
    steps = [
      (.confirmed, placed.adding(seconds: 60 * (1 + spread % 4))),
      (.processing, isEarly ? max(at(7, 30), placed.adding(seconds: 3_600)) : at(24 + 6, 30)),
      (.packed, at(isEarly ? 15 : 24 + 9, 20)),
      (.shipped, at(isEarly ? 17 : 24 + 12, 15)),
      (.inTransit, at(isEarly ? 24 + 2 : 24 + 22, 40)),
      (.outForDelivery, outForDelivery),
      (.delivered, delivered),
    ]
    estimatedDelivery = midnight.adding(seconds: (arrival + 18) * 3_600)
  }
}

extension JSONWriter {
  fileprivate mutating func reason(_ hold: String) { object { $0.field("reason", hold) } }

  fileprivate mutating func money(_ cents: Int, _ currency: String) {
    object { fields in
      fields.field("amount", amount(cents: cents))
      fields.field("currency", currency)
    }
  }
}

/// 3990 is `39.90`.
private func amount(cents: Int) -> String {
  "\(cents / 100)." + (cents % 100 < 10 ? "0" : "") + String(cents % 100)
}
