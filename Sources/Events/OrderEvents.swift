// What is said about orders, and about those who carry them.

/// `heed.order.updated.v1`
public struct OrderUpdated: Sendable, Hashable {
  /// The states of an order.
  public enum Status: String, Sendable, Hashable, CaseIterable {
    case placed, confirmed, processing, packed, shipped, delivered, delayed, exception, returning, returned, cancelled
    case onHold = "on_hold"
    case inTransit = "in_transit"
    case outForDelivery = "out_for_delivery"
    case deliveryAttempted = "delivery_attempted"
    /// A state we do not know; never taken for "fine".
    case unknown
  }
  /// Something bought.
  public struct Item: Sendable, Hashable {
    /// The shop's number of the article.
    public let sku: String?
    /// Its name.
    public let title: String?
    /// How many.
    public let quantity: Int64
    /// The price of one, as a decimal string in the order's currency.
    public let price: String?

    /// Something bought; `nil` if the price is no decimal.
    public init?(sku: String?, title: String?, quantity: Int64, price: String?) {
      if let price, Money.micros(of: price) == nil { return nil }
      self.sku = sku
      self.title = title
      self.quantity = quantity
      self.price = price
    }

    init(read sku: String?, title: String?, quantity: Int64, price: String?) {
      self.sku = sku
      self.title = title
      self.quantity = quantity
      self.price = price
    }
  }
  /// Money going back.
  public struct Refund: Sendable, Hashable {
    /// How much.
    public let money: Money
    /// `pending`, `completed`, `failed`, in the shop's own words.
    public let status: String
    /// Since when.
    public let at: Timestamp?

    /// Money that goes back.
    public init(money: Money, status: String, at: Timestamp?) {
      self.money = money
      self.status = status
      self.at = at
    }
  }

  /// The order.
  public let order: OrderID
  /// Whose it is.
  public internal(set) var customer: CustomerID
  /// Where it is now.
  public let status: Status
  /// When it was bought.
  public let placedAt: Timestamp?
  /// What the customer was promised.
  public let promisedBy: Timestamp?
  /// What the carrier expects.
  public let estimatedDelivery: Timestamp?
  /// Who carries it.
  public let carrier: String?
  /// The carrier's number.
  public let trackingNumber: String?
  /// When it was last seen.
  public let lastScanAt: Timestamp?
  /// Why it is held, if it is: `incorrect_address`, `payment_review`, ...
  public let holds: [String]
  /// Whether something is wrong with the address.
  public let hasAddressProblem: Bool
  /// Where it goes.
  public let region: String?
  /// What it cost.
  public let total: Money?
  /// What was bought.
  public let items: [Item]
  /// What goes back.
  public let refunds: [Refund]

  /// The whole state of an order.
  public init(
    order: OrderID, customer: CustomerID, status: Status, placedAt: Timestamp? = nil, promisedBy: Timestamp? = nil,
    estimatedDelivery: Timestamp? = nil, carrier: String? = nil, trackingNumber: String? = nil,
    lastScanAt: Timestamp? = nil, holds: [String] = [], hasAddressProblem: Bool = false, region: String? = nil,
    total: Money? = nil, items: [Item] = [], refunds: [Refund] = []
  ) {
    self.order = order
    self.customer = customer
    self.status = status
    self.placedAt = placedAt
    self.promisedBy = promisedBy
    self.estimatedDelivery = estimatedDelivery
    self.carrier = carrier
    self.trackingNumber = trackingNumber
    self.lastScanAt = lastScanAt
    self.holds = holds
    self.hasAddressProblem = hasAddressProblem
    self.region = region
    self.total = total
    self.items = items
    self.refunds = refunds
  }
}

/// `heed.disruption.declared.v1`; broadcast
public struct DisruptionDeclared: Sendable, Hashable {
  /// Its name; declaring it again replaces it.
  public let disruption: String
  /// The carrier concerned; `nil` for every carrier.
  public let carrier: String?
  /// The region concerned; `nil` for every region.
  public let region: String?
  /// Since when.
  public let from: Timestamp
  /// Until when, if that is known.
  public let until: Timestamp?
  /// What happened, in words that a customer may read: `severe weather`.
  public let cause: String
  /// When there will be news.
  public let nextUpdateBy: Timestamp
  /// The digest of the event that declared it, where that is known: decisions which it explains carry it.
  public var digest: EventDigest?

  /// A carrier or region in trouble.
  public init(
    disruption: String, carrier: String?, region: String?, from: Timestamp, until: Timestamp?, cause: String,
    nextUpdateBy: Timestamp
  ) {
    self.disruption = disruption
    self.carrier = carrier
    self.region = region
    self.from = from
    self.until = until
    self.cause = cause
    self.nextUpdateBy = nextUpdateBy
  }
}
