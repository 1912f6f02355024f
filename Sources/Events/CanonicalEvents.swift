// The events Heed reads: the vocabulary of `heed.events.v1`. Their wire forms are in `Schemas/`, their decoding in
// `EventDecoder.swift`.

/// What happened, with the attributes that CloudEvents puts around it.
public struct Event: Sendable, Hashable {
  /// Who says what happened, and when.
  public let envelope: Envelope
  /// What happened.
  public let body: Body

  /// An event of `body` in `envelope`.
  public init(envelope: Envelope, body: Body) {
    self.envelope = envelope
    self.body = body
  }

  /// What can happen.
  public enum Body: Sendable, Hashable {
    /// A customer asked for something for the first time in this ticket.
    case ticketOpened(TicketOpened)
    /// Somebody wrote in a ticket that is there already.
    case ticketMessage(TicketMessage)
    /// A ticket's status, queue, assignee or priority was set.
    case ticketUpdated(TicketUpdated)
    /// An order is now in this state; the whole state, not a difference.
    case orderUpdated(OrderUpdated)
    /// A carrier or region is in trouble; concerns every customer.
    case disruptionDeclared(DisruptionDeclared)
    /// Somebody judged what was decided or done.
    case feedbackGiven(FeedbackGiven)
    /// What a customer agrees to, or their tier, changed.
    case customerChanged(CustomerChanged)
    /// Forget this customer.
    case customerErased(CustomerErased)
    /// Time went on; concerns every customer.
    case timePassed
  }

  /// The customer the event belongs to; `nil` where it concerns every customer.
  public var customer: CustomerID? {
    switch body {
    case .ticketOpened(let event): event.customer
    case .ticketMessage(let event): event.customer
    case .ticketUpdated(let event): event.customer
    case .orderUpdated(let event): event.customer
    case .customerChanged(let event): event.customer
    case .customerErased(let event): event.customer
    case .feedbackGiven: envelope.partitionKey.map { CustomerID($0) }
    case .disruptionDeclared, .timePassed: nil
    }
  }
}

/// How a customer reached us.
public enum Channel: String, Sendable, Hashable, CaseIterable {
  case email, chat, web, phone, social, sms, api
  /// A channel we do not know.
  case unknown
}

/// What a customer agreed to. Where nothing was said, service by automation is assumed and personalisation is not.
public struct Consent: Sendable, Hashable {
  /// Whether a machine may answer; `nil` if they never said.
  public var automation: Bool?
  /// Whether data beyond the case may be used; `nil` if they never said.
  public var personalization: Bool?

  /// A consent as far as it was given.
  public init(automation: Bool? = nil, personalization: Bool? = nil) {
    self.automation = automation
    self.personalization = personalization
  }
}

/// Who opened a ticket, as far as the ticketing system says.
public struct Requester: Sendable, Hashable {
  /// The name.
  public var name: String?
  /// The e-mail address.
  public var email: String?
  /// The phone number.
  public var phone: String?
  /// The customer's tier, in the shop's own words: `vip`.
  public var tier: String?

  /// A requester of whom nothing is known.
  public init() {}
}

/// `heed.ticket.opened.v1`
public struct TicketOpened: Sendable, Hashable {
  /// The ticket.
  public let ticket: TicketID
  /// Whose it is.
  public let customer: CustomerID
  /// Where it came in.
  public let channel: Channel
  /// The subject line; may be empty.
  public let subject: String
  /// What the customer wrote; may be empty.
  public let body: String
  /// What the source says the language is (BCP 47).
  public let locale: String?
  /// Tags of the source.
  public let tags: [String]
  /// Orders that the source attached.
  public let orders: [OrderID]
  /// The priority of the source, in its own words.
  public let priority: String?
  /// Who wrote.
  public let requester: Requester
  /// What they agreed to, as told with this ticket.
  public let consent: Consent

  /// A ticket that a customer opened.
  public init(
    ticket: TicketID, customer: CustomerID, channel: Channel, subject: String, body: String, locale: String? = nil,
    tags: [String] = [], orders: [OrderID] = [], priority: String? = nil, requester: Requester = Requester(),
    consent: Consent = Consent()
  ) {
    self.ticket = ticket
    self.customer = customer
    self.channel = channel
    self.subject = subject
    self.body = body
    self.locale = locale
    self.tags = tags
    self.orders = orders
    self.priority = priority
    self.requester = requester
    self.consent = consent
  }
}

/// `heed.ticket.message.v1`
public struct TicketMessage: Sendable, Hashable {
  /// Who can write in a ticket.
  public enum Author: String, Sendable, Hashable, CaseIterable {
    case customer, agent, automation
    /// Someone we do not know; treated as a person of ours, so that automation stays silent.
    case unknown
  }

  /// The ticket.
  public let ticket: TicketID
  /// Whose it is.
  public let customer: CustomerID
  /// Who wrote.
  public let author: Author
  /// What they wrote.
  public let body: String
  /// Where it came in, if it says.
  public let channel: Channel?

  /// What `author` wrote in a ticket.
  public init(ticket: TicketID, customer: CustomerID, author: Author, body: String, channel: Channel? = nil) {
    self.ticket = ticket
    self.customer = customer
    self.author = author
    self.body = body
    self.channel = channel
  }
}

/// `heed.ticket.updated.v1`
public struct TicketUpdated: Sendable, Hashable {
  /// The states of a ticket.
  public enum Status: String, Sendable, Hashable, CaseIterable {
    case new, open, pending, solved, closed
    /// A state we do not know.
    case unknown
  }
  /// Who can set a value.
  public enum Author: String, Sendable, Hashable, CaseIterable {
    case human, automation
    /// Someone we do not know; treated as a person.
    case unknown
  }

  /// The ticket.
  public let ticket: TicketID
  /// Whose it is.
  public let customer: CustomerID
  /// The state it is in now, if that was set.
  public let status: Status?
  /// The queue it is in now, if that was set.
  public let queue: String?
  /// Who works on it now, if that was set.
  public let assignee: String?
  /// Its priority now, if that was set.
  public let priority: String?
  /// Who set it. A human's value always wins from then on.
  public let changedBy: Author

  /// What was set in a ticket.
  public init(
    ticket: TicketID, customer: CustomerID, status: Status? = nil, queue: String? = nil, assignee: String? = nil,
    priority: String? = nil, changedBy: Author
  ) {
    self.ticket = ticket
    self.customer = customer
    self.status = status
    self.queue = queue
    self.assignee = assignee
    self.priority = priority
    self.changedBy = changedBy
  }
}

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
  public let customer: CustomerID
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

/// `heed.feedback.given.v1`
public struct FeedbackGiven: Sendable, Hashable {
  /// What it is about.
  public enum Subject: Sendable, Hashable {
    /// One decision.
    case decision(String)
    /// A ticket as a whole.
    case ticket(TicketID)
  }
  /// The kinds of feedback.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case thumbs, csat, reroute, annotation, outcome
    case handoffVerdict = "handoff_verdict"
    /// A kind we do not know.
    case unknown
  }
  /// Who can give it.
  public enum Author: String, Sendable, Hashable, CaseIterable {
    case customer, agent
    /// Someone we do not know.
    case unknown
  }

  /// What it is about.
  public let subject: Subject
  /// What kind it is.
  public let kind: Kind
  /// The value as it came: a number's digits, `true`, or a word.
  public let value: String
  /// A code for the reason.
  public let reasonCode: String?
  /// Who gave it.
  public let author: Author
}

/// `heed.customer.changed.v1`
public struct CustomerChanged: Sendable, Hashable {
  /// Whose it is.
  public let customer: CustomerID
  /// What they now agree to; what is not said stays as it was.
  public let consent: Consent
  /// Their tier now; `nil` leaves it as it was.
  public let tier: String?
}

/// `heed.customer.erased.v1`
public struct CustomerErased: Sendable, Hashable {
  /// Whom to forget.
  public let customer: CustomerID
}
