public import Events

/// What is known about one customer: enough to decide about the next message, bounded in every dimension.
///
/// No words of the customer are kept, and no name, address or number of theirs; of the words of a source only what is left when
/// such are taken out.
public struct CustomerContext: Sendable, Hashable {
  /// What they agreed to.
  public var consent = Consent()
  /// Their tier, in the shop's words.
  public var tier: Redacted?
  /// Orders in flight and recently closed; the one that changed last comes last.
  public var orders: [KnownOrder] = []
  /// Cases open and recently closed; the one that was touched last comes last.
  public var cases: [Case] = []
  /// Digests of the ids of events that were applied, so that a duplicate from a source changes nothing.
  public var applied: [UInt64] = []
  /// The digest of the last decision about this customer: the link of the chain that `heed verify` follows.
  public var lastDecision: Digest256?
  /// The digests of the events since then, the newest last.
  public var inputs: [EventDigest] = []
  /// When it was last raised that they may leave.
  public var churnRaisedAt: Timestamp?
  /// The time of the newest event.
  public var lastSeen: Timestamp
  /// What became of this id, if it was linked to another.
  public var link: Link?
  /// The ids that were linked to this one, the newest last.
  public var aliases: [CustomerID] = []

  /// A customer of whom nothing is known yet.
  public init(firstSeen: Timestamp) { lastSeen = firstSeen }

  /// What can become of an id that was linked.
  public enum Link: Sendable, Hashable {
    /// It is this customer's: what comes under it is passed on.
    case to(CustomerID)
    /// It was linked to two customers, or links lead round to it, so it says no longer who somebody is: what comes under it goes to people.
    case disputed
  }

  /// How much is kept. A customer with more keeps the newest.
  public enum Limits {
    /// Orders, closed ones dropped first.
    public static let orders = 12
    /// Cases, closed ones dropped first.
    public static let cases = 8
    /// Ids of events.
    public static let applied = 48
    /// Digests of events since the last decision.
    public static let inputs = 8
    /// Ids that were linked to this one.
    public static let aliases = 8
    /// What was said in one case.
    public static let said = 8
    /// Answers given about one order.
    public static let answers = 4
    /// Causes explained of one order.
    public static let explained = 6
    /// Titles of one order's items.
    public static let titles = 3
    /// Bytes of any one text.
    public static let textBytes = 120
    /// For how long a risk of leaving that was raised is not raised again, and tickets count as many, in seconds: 30 days.
    public static let churnMemory: Int64 = 30 * 86_400
    /// How long a customer is remembered after their last event, in seconds: 180 days.
    public static let retention: Int64 = 180 * 86_400
  }
}

/// An order as it was last reported.
public struct KnownOrder: Sendable, Hashable {
  /// Something a machine said about it.
  public struct Answer: Sendable, Hashable {
    /// Which one: its name in the policy.
    public var step: String
    /// When.
    public var at: Timestamp
  }

  /// The order.
  public var order: OrderID
  /// Where it is.
  public var status: OrderUpdated.Status
  /// The time of the event that said so.
  public var asOf: Timestamp
  /// What the customer was promised.
  public var promisedBy: Timestamp?
  /// What the carrier expects.
  public var estimatedDelivery: Timestamp?
  /// When it was last seen.
  public var lastScanAt: Timestamp?
  /// Who carries it.
  public var carrier: Redacted?
  /// The carrier's number.
  public var trackingNumber: Redacted?
  /// Where it goes.
  public var region: Redacted?
  /// Why it is held.
  public var holds: [Redacted] = []
  /// Whether something is wrong with the address.
  public var hasAddressProblem = false
  /// What it cost.
  public var total: Money?
  /// The titles of some of its items.
  public var titles: [Redacted] = []
  /// The newest refund.
  public var refund: OrderUpdated.Refund?
  /// The causes of which the customer was told, by the words of the policy's fact `cause`.
  public var explained: [String] = []
  /// What automation answered about it, the newest last; the tickets may have moved on to other matters.
  public var answers: [Answer] = []

  /// Whether the customer is still waiting for it.
  public var isOpen: Bool {
    switch status {
    case .delivered, .returned, .cancelled: false
    default: true
    }
  }

  /// Whether the carrier has it.
  public var isInFlight: Bool {
    switch status {
    case .shipped, .inTransit, .outForDelivery, .delayed: true
    default: false
    }
  }
}

/// A ticket as automation must remember it.
public struct Case: Sendable, Hashable {
  /// Something that happened in it.
  public struct Said: Sendable, Hashable {
    /// What can happen.
    public enum Kind: UInt8, Sendable, Hashable, CaseIterable {
      case customerWrote, automationAsked, automationAnswered, handedOff, agentReplied, humanChanged, solved, reopened
      case automationTold
    }
    /// What happened.
    public var kind: Kind
    /// The step, where there is one.
    public var step: Redacted
    /// When.
    public var at: Timestamp
  }
  /// Something the customer was told to expect.
  public struct Promise: Sendable, Hashable {
    /// Until when.
    public var by: Timestamp
    /// The decision that promised it.
    public var decision: String
  }

  /// The ticket.
  public var ticket: TicketID
  /// When it began.
  public var openedAt: Timestamp
  /// When the customer last wrote.
  public var lastMessageAt: Timestamp
  /// Where they wrote.
  public var channel: Channel
  /// The language they write in.
  public var language: String
  /// Whether it is solved.
  public var isSolved = false
  /// What the customer wants, as last understood.
  public var intent: String?
  /// How sure that was.
  public var band: Reading.Band?
  /// The order it is about.
  public var order: OrderID?
  /// The queue a person put it in; it always wins.
  public var humanQueue: Redacted?
  /// Whether a person has it. Once true it stays true.
  public var humanHasCase = false
  /// The queue it was handed to. Until it is solved a person has it, whether they wrote already or not.
  public var handedTo: String?
  /// How often people took it over.
  public var epoch = 0
  /// Until when that queue must answer. What is handed over again has no more time than before.
  public var dueBy: Timestamp?
  /// How urgent it was when it was handed over.
  public var urgency: DecisionMade.Urgency?
  /// The last decision about it.
  public var decision: String?
  /// Questions automation asked.
  public var questionsAsked = 0
  /// Answers automation gave.
  public var answersGiven = 0
  /// The feeling of the first message.
  public var firstSentiment: Int?
  /// The feeling of the last message.
  public var lastSentiment: Int?
  /// What the customer is to expect.
  public var promise: Promise?
  /// What was raised about it: nothing is raised twice, until it is reopened.
  public var raised: RaisedSigns = []
  /// What happened, oldest first.
  public var said: [Said] = []

  /// A case that begins with a message.
  public init(ticket: TicketID, openedAt: Timestamp, channel: Channel) {
    self.ticket = ticket
    self.openedAt = openedAt
    lastMessageAt = openedAt
    self.channel = channel
    language = "und"
  }
}

/// What was raised about a case, a bit for each sign.
public struct RaisedSigns: OptionSet, Sendable, Hashable {
  /// The bits, by the signs' places in their list.
  public let rawValue: UInt16
  /// Those of `rawValue`.
  public init(rawValue: UInt16) { self.rawValue = rawValue }
  /// This one alone.
  public init(_ sign: InsightRaised.Sign) {
    rawValue = 1 << UInt16(InsightRaised.Sign.allCases.firstIndex(of: sign)!)
  }
}

/// What concerns every customer: kept once in each partition, under the key `*`.
public struct SharedContext: Sendable, Hashable {
  /// Disruptions that were declared and are not over.
  public var disruptions: [DisruptionDeclared] = []
  /// How far time was told to have passed.
  public var time: Timestamp?
  /// Experiments that are over.
  public var stopped: [StoppedExperiment] = []

  /// Nothing is known.
  public init() {}

  /// How many disruptions are kept; beyond it the one that began first goes.
  public static let disruptionsMax = 64
  /// How many experiments that are over are kept; beyond it the one that was stopped first goes. A policy has one experiment at a time.
  public static let stoppedMax = 64
}

/// An experiment that is over.
public struct StoppedExperiment: Sendable, Hashable {
  /// Its name.
  public var name: String
  /// Since when: the time of the event that said so.
  public var at: Timestamp
  /// The digest of that event, where it is known: decisions that it changes carry it.
  public var digest: EventDigest?
}
