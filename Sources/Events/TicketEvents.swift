// What is said about tickets.

/// `heed.ticket.opened.v1`
public struct TicketOpened: Sendable, Hashable {
  /// The ticket.
  public let ticket: TicketID
  /// Whose it is.
  public internal(set) var customer: CustomerID
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
  /// What kind of device they wrote on, if the source says; KPIs are cut by it, and no policy sees it.
  public let device: DeviceClass?

  /// A ticket that a customer opened.
  public init(
    ticket: TicketID, customer: CustomerID, channel: Channel, subject: String, body: String, locale: String? = nil,
    tags: [String] = [], orders: [OrderID] = [], priority: String? = nil, requester: Requester = Requester(),
    consent: Consent = Consent(), device: DeviceClass? = nil
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
    self.device = device
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
  public internal(set) var customer: CustomerID
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
  public internal(set) var customer: CustomerID
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
  /// Which of our people, if that is said: a pseudonym of theirs.
  public let agent: String?

  /// What was set in a ticket.
  public init(
    ticket: TicketID, customer: CustomerID, status: Status? = nil, queue: String? = nil, assignee: String? = nil,
    priority: String? = nil, changedBy: Author, agent: String? = nil
  ) {
    self.ticket = ticket
    self.customer = customer
    self.status = status
    self.queue = queue
    self.assignee = assignee
    self.priority = priority
    self.changedBy = changedBy
    self.agent = agent
  }
}

/// What kind of device a customer wrote on, as their source tells it: never inferred, nor followed from one ticket to the next.
public enum DeviceClass: String, Sendable, Hashable, CaseIterable {
  case desktop, phone, tablet
  /// A kind we do not know.
  case unknown
}

/// How a customer reached us.
public enum Channel: String, Sendable, Hashable, CaseIterable {
  case email, chat, web, phone, social, sms, api
  /// A channel we do not know.
  case unknown
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
