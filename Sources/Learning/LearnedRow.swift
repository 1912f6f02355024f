public import Events
public import Trainer

/// A text with what agents said about it: what a model may learn from, and where it comes from.
public struct LearnedRow: Sendable, Hashable {
  /// The text without personal data, and its labels.
  public let labelled: LabelledText
  /// The ticket it stands in.
  public let ticket: TicketID
  /// Whose words they are.
  public let customer: CustomerID
  /// The decision that was corrected.
  public let decision: String
  /// Who said so, by their pseudonyms; empty for somebody who is not named.
  public let agents: [String]
  /// When the last of them did.
  public let at: Timestamp
  /// Whether it is kept for comparing models and never learned from.
  public let isHeldOut: Bool

  /// The row as a line of NDJSON, which is a line of a label file, too.
  public var line: [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      if !labelled.subject.isEmpty { writer.field("subject", labelled.subject) }
      writer.field("text", labelled.text)
      if !labelled.intents.isEmpty { writer.field("intents", labelled.intents) }
      if case .level(let level) = labelled.sentiment { writer.field("sentiment", integer: level) }
      writer.field("pressure", optional: labelled.pressure)
      if let signals = labelled.signals { writer.field("signals", signals.sorted()) }
      writer.field("source", labelled.source)
      writer.field("ticketId", ticket.text)
      writer.field("decisionId", decision)
      writer.field("agents", agents)
      writer.field("at", at)
      writer.field("heldOut", isHeldOut)
    }
    return writer.bytes
  }
}

/// How much of what is learned may come from one person.
public struct RowLimits: Sendable, Hashable {
  /// Texts of one customer at most.
  public var perCustomer = 5
  /// Texts at most that one agent alone labelled; those of agents who are not named count as one agent's.
  public var perAgent = 50

  /// The limits that are usual.
  public init() {}
}
