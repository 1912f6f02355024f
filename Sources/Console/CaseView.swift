public import Events

/// A case summary, read back as the agent sees it.
public struct CaseView: Sendable, Hashable {
  /// An order as it stood when the case came.
  public struct Order: Sendable, Hashable {
    /// Its identifier.
    public let id: String
    /// Whether the case is about this one.
    public let isSubject: Bool
    /// What it is, for people.
    public let words: String
    /// When this was known.
    public let asOf: Timestamp?
  }
  /// Something an agent can do.
  public struct Recommendation: Sendable, Hashable {
    /// What it is, for people.
    public let words: String
    /// What the policy says about it: `automatic`, `needs_approval`, `never`.
    public let boundary: String
  }

  /// The decision behind it.
  public let decision: String
  /// The ticket.
  public let ticket: String
  /// Whose it is.
  public let customer: String
  /// The customer's tier.
  public let tier: String?
  /// Where they wrote.
  public let channel: String
  /// The language, BCP 47.
  public let language: String
  /// The queue of people.
  public let queue: String
  /// How fast somebody must act.
  public let urgency: DecisionMade.Urgency
  /// Until when.
  public let dueBy: Timestamp
  /// The case in one line.
  public let headline: String
  /// What the customer wants.
  public let wants: String
  /// How the customer feels.
  public let feels: String
  /// The orders.
  public let orders: [Order]
  /// What was tried and said before.
  public let history: [String]
  /// What must not be asked again.
  public let known: [String]
  /// What is not known.
  public let unknown: [String]
  /// What to do.
  public let recommended: Recommendation
  /// What else could be done.
  public let alternatives: [Recommendation]
  /// A reply to start from.
  public let suggestedReply: String?
  /// Why a person has it.
  public let reason: String

  /// Reads the data of a `heed.case.summarised.v1`; `nil` for anything else.
  public init?(data: [UInt8]) {
    guard let tree = try? JSONTree(reading: data), let ticket = tree["ticketId"]?.text,
      let decision = tree["decisionId"]?.text, let queue = tree["queue"]?.text, let dueBy = tree["dueBy"]?.time
    else { return nil }
    self.ticket = ticket
    self.decision = decision
    self.queue = queue
    self.dueBy = dueBy
    customer = tree["customerId"]?.text ?? ""
    tier = tree["tier"]?.text
    channel = tree["channel"]?.text ?? "unknown"
    language = tree["language"]?.text ?? "und"
    urgency = tree["urgency"]?.text.flatMap { DecisionMade.Urgency(rawValue: $0) } ?? .normal
    headline = tree["headline"]?.text ?? ""
    wants = tree["wants"]?.text ?? ""
    feels = tree["feels"]?.text ?? ""
    orders = (tree["orders"]?.elements ?? []).compactMap { order in
      guard let id = order["orderId"]?.text else { return nil }
      return Order(
        id: id, isSubject: order["isSubject"] == .boolean(true), words: order["words"]?.text ?? "",
        asOf: order["asOf"]?.time)
    }
    history = tree["history"]?.texts ?? []
    known = tree["known"]?.texts ?? []
    unknown = tree["unknown"]?.texts ?? []
    func recommendation(_ tree: JSONTree) -> Recommendation {
      Recommendation(words: tree["words"]?.text ?? "", boundary: tree["boundary"]?.text ?? "")
    }
    recommended = recommendation(tree["recommendedAction"] ?? .null)
    alternatives = (tree["alternatives"]?.elements ?? []).map(recommendation)
    suggestedReply = tree["suggestedReply"]?["text"]?.text
    reason = tree["reason"]?.text ?? ""
  }
}
