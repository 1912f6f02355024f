// What customers agree to, think and ask to be forgotten.

/// `heed.customer.changed.v1`
public struct CustomerChanged: Sendable, Hashable {
  /// Whose it is.
  public internal(set) var customer: CustomerID
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

/// `heed.customer.linked.v1`: from now on whatever comes under one id belongs to the customer of another.
public struct CustomerLinked: Sendable, Hashable {
  /// The id that is given up.
  public let customer: CustomerID
  /// The id under which the customer goes on.
  public let linkedTo: CustomerID

  /// `customer` is `linkedTo`.
  public init(customer: CustomerID, linkedTo: CustomerID) {
    self.customer = customer
    self.linkedTo = linkedTo
  }
}

/// `heed.customer.moved.v1`: what was known under an id that is linked. Triage writes it, and triage reads it.
public struct CustomerMoved: Sendable, Hashable {
  /// The customer to whom it is brought.
  public internal(set) var customer: CustomerID
  /// The id under which it was known.
  public let movedFrom: CustomerID
  /// What was known, as it stands in `heed.contexts.v1`: no word of a customer is in it.
  public let context: [UInt8]
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
    /// What the customer wanted, how they felt, how pressing their words were, as an agent read them.
    case intent, sentiment, pressure
    /// A signal that was there, or was not, whatever was noticed.
    case signal
    case noSignal = "no_signal"
    /// Who should do what was decided, and within which time.
    case boundary, deadline
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
  /// Which of them, if that is said: a pseudonym of an agent.
  public let agent: String?

  /// A feedback of `author` about `subject`.
  public init(
    subject: Subject, kind: Kind, value: String, reasonCode: String? = nil, author: Author, agent: String? = nil
  ) {
    self.subject = subject
    self.kind = kind
    self.value = value
    self.reasonCode = reasonCode
    self.author = author
    self.agent = agent
  }
}
