internal import Events

/// Why the customer has the problem, found from the order and apart from what they want (A12): order status, package
/// exceptions and address problems, each looked at on its own and reported (C20).
struct Diagnosis {
  /// The cause, by the words of the policy's fact `cause`.
  let cause: String
  /// Whether what was promised is past.
  let isLate: Bool
  /// The disruption that explains it.
  let disruption: DisruptionDeclared?
  /// What was found where an order was looked at.
  private let findings: Findings?

  /// Of the order itself no more than is told, since a diagnosis is made of each order that changes.
  private struct Findings {
    let order: OrderID
    let status: OrderUpdated.Status
    let exception: String
    let address: String
  }

  /// Whether something must be done.
  var isTrouble: Bool { cause != "none" }

  /// Where no order is meant, or none is known.
  static let ofNoOrder = Diagnosis(cause: "none", isLate: false, disruption: nil, findings: nil)

  private init(cause: String, isLate: Bool, disruption: DisruptionDeclared?, findings: Findings?) {
    self.cause = cause
    self.isLate = isLate
    self.disruption = disruption
    self.findings = findings
  }

  /// "It says delivered, but I have nothing" is a cause of its own, which only the wish tells from a plain delivery.
  func deliveredButNotReceived() -> Diagnosis {
    Diagnosis(cause: "delivered_not_received", isLate: isLate, disruption: disruption, findings: findings)
  }

  /// What was looked at and found.
  var checks: [DecisionMade.Check] {
    guard let findings else {
      return ["order_status", "package_exceptions", "address_problems"].map {
        DecisionMade.Check(name: $0, finding: "no_order", order: nil)
      }
    }
    return [
      DecisionMade.Check(
        name: "order_status", finding: Redacted(ours: findings.status.rawValue), order: findings.order),
      DecisionMade.Check(
        name: "package_exceptions", finding: disruption != nil ? "disruption" : Redacted(ours: findings.exception),
        order: findings.order),
      DecisionMade.Check(
        name: "address_problems", finding: Redacted(ours: findings.address), order: findings.order),
    ]
  }

  /// Of `order` at `time`; a parcel not seen for `lostAfter` seconds counts as lost.
  init(of order: KnownOrder, shared: SharedContext, time: Timestamp, lostAfter: Int64) {
    let address = Self.addressProblem(order)
    let exception = Self.exception(order, time: time, lostAfter: lostAfter)
    isLate = order.isOpen && order.promisedBy.map { $0 < time } ?? false
    let isDelayed =
      order.status == .delayed || isLate
      || zip(order.estimatedDelivery, order.promisedBy).map { $0 > $1 } ?? false
    disruption =
      order.isInFlight && (isDelayed || exception == "lost_scan")
      ? shared.disruptions.last { $0.concerns(order, at: time) } : nil
    if address != "none" {
      cause = "address_problem"
    } else if let hold = order.holds.first {
      cause = hold.text.hasPrefix("payment") || hold.text.hasPrefix("fraud") ? "payment_hold" : "hold"
    } else if order.status == .onHold {
      cause = "hold"
    } else if let disruption {
      // An update that was due and did not come is no promise to make again.
      cause = disruption.nextUpdateBy > time ? "disruption" : "disruption_overdue"
    } else if exception != "none" {
      cause = exception
    } else if order.isInFlight, isDelayed {
      let hasDate = order.estimatedDelivery.map { $0 > time } ?? false
      cause = hasDate && order.carrier != nil && order.lastScanAt != nil ? "carrier_delay_dated" : "carrier_delay"
    } else if isLate {
      cause = "dispatch_delay"
    } else {
      cause = "none"
    }
    findings = Findings(order: order.order, status: order.status, exception: exception, address: address)
  }

  private static func addressProblem(_ order: KnownOrder) -> String {
    if order.holds.contains(where: { $0.text.contains("address") }) { return "incorrect_address" }
    return order.hasAddressProblem ? "address_problem" : "none"
  }

  private static func exception(_ order: KnownOrder, time: Timestamp, lostAfter: Int64) -> String {
    switch order.status {
    case .exception: return "exception"
    case .deliveryAttempted: return "delivery_attempted"
    case .returning: return "returning"
    case .unknown: return "unknown_status"
    default: break
    }
    if order.isInFlight, let seen = order.lastScanAt ?? Optional(order.asOf), time.seconds(since: seen) > lostAfter {
      return "lost_scan"
    }
    return "none"
  }
}

/// Both or neither.
private func zip<A, B>(_ a: A?, _ b: B?) -> (A, B)? {
  if let a, let b { (a, b) } else { nil }
}
