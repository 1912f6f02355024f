/// `heed.case.summarised.v1`: what a person needs to go on with a case, on one screen.
public struct CaseSummarised: Sendable, Hashable {
  /// An order as it stood when the case came.
  public struct OrderFacts: Sendable, Hashable {
    /// The order.
    public var order: OrderID
    /// Whether the case is about this one.
    public var isSubject: Bool
    /// Its state.
    public var status: OrderUpdated.Status
    /// One line about it, for people.
    public var words: Redacted
    /// Who carries it.
    public var carrier: Redacted?
    /// The carrier's number.
    public var trackingNumber: Redacted?
    /// What the customer was promised.
    public var promisedBy: Timestamp?
    /// What the carrier expects.
    public var estimatedDelivery: Timestamp?
    /// What it cost.
    public var total: Money?
    /// When this was known.
    public var asOf: Timestamp

    /// An order as it stood.
    public init(
      order: OrderID, isSubject: Bool, status: OrderUpdated.Status, words: Redacted, carrier: Redacted?,
      trackingNumber: Redacted?, promisedBy: Timestamp?, estimatedDelivery: Timestamp?, total: Money?, asOf: Timestamp
    ) {
      self.order = order
      self.isSubject = isSubject
      self.status = status
      self.words = words
      self.carrier = carrier
      self.trackingNumber = trackingNumber
      self.promisedBy = promisedBy
      self.estimatedDelivery = estimatedDelivery
      self.total = total
      self.asOf = asOf
    }
  }
  /// Something an agent can do.
  public struct Recommendation: Sendable, Hashable {
    /// Its name in the policy.
    public var name: String
    /// What it is, for people.
    public var words: String
    /// What the policy says about it: `automatic`, `needs_approval`, `never`.
    public var boundary: String
    /// An action with its words and boundary.
    public init(name: String, words: String, boundary: String) {
      self.name = name
      self.words = words
      self.boundary = boundary
    }
  }

  /// Where a statement comes from, so that what was read can be told from what is known.
  public struct Source: Sendable, Hashable {
    /// What it rests on.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
      /// The words of the message; `spans` say which, where some stand out.
      case text
      /// What the shop or the carrier reported about an order.
      case order
      /// What happened before in this case or in others of the customer.
      case history
      /// What is known of the customer, such as their tier.
      case customerRecord = "customer_record"
      /// The written policy.
      case policy
    }
    /// What it rests on.
    public var kind: Kind
    /// The words it rests on.
    public var spans: [Reading.Span]
    /// The order it rests on.
    public var order: OrderID?
    /// When that order was so.
    public var asOf: Timestamp?

    /// A source of this kind.
    public init(_ kind: Kind, spans: [Reading.Span] = [], order: OrderID? = nil, asOf: Timestamp? = nil) {
      self.kind = kind
      self.spans = spans
      self.order = order
      self.asOf = asOf
    }
  }
  /// The statements of a summary that have sources of their own; orders and checks carry theirs, and the history is one.
  public enum Statement: String, Sendable, Hashable, CaseIterable {
    case headline, wants, feels, cause, unknown, recommendedAction, reason
  }

  /// Derived from the message's event.
  public var summary: String
  /// The ticket.
  public var ticket: TicketID
  /// Whose it is.
  public var customer: CustomerID
  /// The customer's tier, if it is known.
  public var tier: Redacted?
  /// Where they wrote.
  public var channel: Channel
  /// The language they write in.
  public var language: String
  /// The queue it goes to.
  public var queue: String
  /// How fast somebody must act.
  public var urgency: DecisionMade.Urgency
  /// Until when.
  public var dueBy: Timestamp
  /// The case in one line.
  public var headline: Redacted
  /// What the customer wants and how sure we are, in words.
  public var wants: Redacted
  /// How the customer feels and what shows it, in words.
  public var feels: Redacted
  /// Why the customer has the problem.
  public var cause: Redacted
  /// The orders, the one it is about first.
  public var orders: [OrderFacts]
  /// What was looked up.
  public var checks: [DecisionMade.Check]
  /// What was tried and said before, oldest first.
  public var history: [Redacted]
  /// What is known and must not be asked again.
  public var known: [Redacted]
  /// What is still unknown.
  public var unknown: [Redacted]
  /// What to do.
  public var recommended: Recommendation
  /// What else could be done; at most three.
  public var alternatives: [Recommendation]
  /// A reply to start from: a suggestion, nothing that was sent.
  public var suggestedReply: Redacted?
  /// Why a person has it.
  public var reason: Redacted
  /// Tripwires that were touched.
  public var tripwires: [String]
  /// How often people took the case over.
  public var caseEpoch: Int
  /// The decision behind it.
  public var decision: String
  /// The decision whose summary this one replaces, since an order changed after it.
  public var supersedes: String?
  /// Where each statement comes from.
  public var sources: [Statement: [Source]]

  /// A case as a person should see it.
  public init(
    summary: String, ticket: TicketID, customer: CustomerID, tier: Redacted?, channel: Channel, language: String,
    queue: String, urgency: DecisionMade.Urgency, dueBy: Timestamp, headline: Redacted, wants: Redacted,
    feels: Redacted,
    cause: Redacted, orders: [OrderFacts], checks: [DecisionMade.Check], history: [Redacted], known: [Redacted],
    unknown: [Redacted], recommended: Recommendation, alternatives: [Recommendation], suggestedReply: Redacted?,
    reason: Redacted, tripwires: [String], caseEpoch: Int, decision: String, supersedes: String?,
    sources: [Statement: [Source]]
  ) {
    self.summary = summary
    self.ticket = ticket
    self.customer = customer
    self.tier = tier
    self.channel = channel
    self.language = language
    self.queue = queue
    self.urgency = urgency
    self.dueBy = dueBy
    self.headline = headline
    self.wants = wants
    self.feels = feels
    self.cause = cause
    self.orders = orders
    self.checks = checks
    self.history = history
    self.known = known
    self.unknown = unknown
    self.recommended = recommended
    self.alternatives = alternatives
    self.suggestedReply = suggestedReply
    self.reason = reason
    self.tripwires = tripwires
    self.caseEpoch = caseEpoch
    self.decision = decision
    self.supersedes = supersedes
    self.sources = sources
  }

  /// The JSON of `data`; see `Schemas/heed.case.summarised.v1.json`.
  public func encoded() -> [UInt8] {
    var writer = JSONWriter(capacity: 3072)
    writer.object { writer in
      writer.field("summaryId", summary)
      writer.field("ticketId", ticket.text)
      writer.field("customerId", customer.text)
      writer.words("tier", optional: tier)
      writer.field("channel", channel.rawValue)
      writer.field("language", language)
      writer.field("queue", queue)
      writer.field("urgency", urgency.rawValue)
      writer.field("dueBy", dueBy)
      writer.words("headline", headline)
      writer.words("wants", wants)
      writer.words("feels", feels)
      writer.words("cause", cause)
      writer.field("orders", array: orders) { $1.write(to: &$0) }
      writer.field("checks", array: checks) { $1.write(to: &$0) }
      writer.words("history", history)
      writer.words("known", known)
      writer.words("unknown", unknown)
      writer.field("recommendedAction") { recommended.write(to: &$0) }
      writer.field("alternatives", array: alternatives) { $1.write(to: &$0) }
      if let suggestedReply {
        writer.field("suggestedReply") { writer in
          writer.object { writer in
            writer.words("text", suggestedReply)
            writer.field("status", "suggestion")
          }
        }
      }
      writer.words("reason", reason)
      writer.field("tripwires", tripwires)
      writer.field("caseEpoch", integer: caseEpoch)
      writer.field("decisionId", decision)
      writer.field("supersedes", optional: supersedes)
      writer.field("sources") { writer in
        writer.array { writer in
          for statement in Statement.allCases {
            guard let sources = sources[statement], !sources.isEmpty else { continue }
            writer.object { writer in
              writer.field("of", statement.rawValue)
              writer.field("from", array: sources) { $1.write(to: &$0) }
            }
          }
        }
      }
    }
    return writer.bytes
  }
}

extension CaseSummarised.Source {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("kind", kind.rawValue)
      if !spans.isEmpty { writer.field("spans", array: spans) { $1.write(to: &$0) } }
      writer.field("orderId", optional: order?.text)
      writer.field("asOf", optional: asOf)
    }
  }
}

extension CaseSummarised.OrderFacts {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("orderId", order.text)
      writer.field("isSubject", isSubject)
      writer.field("status", status.rawValue)
      writer.words("words", words)
      writer.words("carrier", optional: carrier)
      writer.words("trackingNumber", optional: trackingNumber)
      writer.field("promisedBy", optional: promisedBy)
      writer.field("estimatedDelivery", optional: estimatedDelivery)
      if let total {
        writer.field("total") { writer in
          writer.object { writer in
            writer.field("amount", total.amount)
            writer.field("currency", total.currency)
          }
        }
      }
      writer.field("asOf", asOf)
    }
  }
}

extension CaseSummarised.Recommendation {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("action", name)
      writer.field("words", words)
      writer.field("boundary", boundary)
    }
  }
}
