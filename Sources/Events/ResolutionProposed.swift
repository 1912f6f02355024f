/// `heed.resolution.proposed.v1`: an answer or a question for the customer, in its parts and as one text.
public struct ResolutionProposed: Sendable, Hashable {
  /// What it is.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// It settles the matter: it has a resolving fact (E12).
    case answer
    /// It asks the one question that is allowed.
    case question
    /// It tells what happened before the customer asks.
    case notice
  }
  /// The parts every message has (E4, E9, C11).
  public struct Parts: Sendable, Hashable {
    /// That the message was understood.
    public var acknowledgement: String
    /// The fact that settles the matter, or the question.
    public var fact: String
    /// The one next step.
    public var nextStep: String
    /// How to reach a person.
    public var humanExit: String
    /// That a machine wrote this.
    public var disclosure: String
    /// The five parts.
    public init(acknowledgement: String, fact: String, nextStep: String, humanExit: String, disclosure: String) {
      self.acknowledgement = acknowledgement
      self.fact = fact
      self.nextStep = nextStep
      self.humanExit = humanExit
      self.disclosure = disclosure
    }
    /// The message as it is sent: the parts in order, a blank line between them.
    public var text: String {
      [acknowledgement, fact, nextStep, humanExit, disclosure].filter { !$0.isEmpty }.joined(separator: "\n\n")
    }
  }
  /// Something the customer can choose.
  public struct Choice: Sendable, Hashable {
    /// What comes back if it is chosen.
    public var value: String
    /// What the customer reads.
    public var words: String
    /// A choice with its words.
    public init(value: String, words: String) {
      self.value = value
      self.words = words
    }
  }

  /// Derived from the message's event.
  public var resolution: String
  /// The ticket.
  public var ticket: TicketID
  /// Whose it is.
  public var customer: CustomerID
  /// Answer, question or notice.
  public var kind: Kind
  /// Which one: its name in the policy.
  public var step: String
  /// Where to send it.
  public var channel: Channel
  /// The language it is written in.
  public var language: String
  /// The message in its parts.
  public var parts: Parts
  /// Two to four choices, or none.
  public var choices: [Choice]
  /// What it rests on, in plain words (E8).
  public var basis: [String]
  /// How often people took the case over when this was decided: if more often now, it must not be sent.
  public var caseEpoch: Int
  /// Until when the promise in it holds.
  public var expiresAt: Timestamp?
  /// The decision behind it.
  public var decision: String

  /// A message for the customer.
  public init(
    resolution: String, ticket: TicketID, customer: CustomerID, kind: Kind, step: String, channel: Channel,
    language: String, parts: Parts, choices: [Choice], basis: [String], caseEpoch: Int, expiresAt: Timestamp?,
    decision: String
  ) {
    precondition(choices.isEmpty || (2...4).contains(choices.count), "two to four choices, or none")
    self.resolution = resolution
    self.ticket = ticket
    self.customer = customer
    self.kind = kind
    self.step = step
    self.channel = channel
    self.language = language
    self.parts = parts
    self.choices = choices
    self.basis = basis
    self.caseEpoch = caseEpoch
    self.expiresAt = expiresAt
    self.decision = decision
  }

  /// The JSON of `data`; see `Schemas/heed.resolution.proposed.v1.json`.
  public func encoded() -> [UInt8] {
    var writer = JSONWriter(capacity: 2048)
    writer.object { writer in
      writer.field("resolutionId", resolution)
      writer.field("ticketId", ticket.text)
      writer.field("customerId", customer.text)
      writer.field("kind", kind.rawValue)
      writer.field("step", step)
      writer.field("channel", channel.rawValue)
      writer.field("language", language)
      writer.field("text", parts.text)
      writer.field("parts") { writer in
        writer.object { writer in
          writer.field("acknowledgement", parts.acknowledgement)
          writer.field(kind == .question ? "question" : "resolvingFact", parts.fact)
          writer.field("nextStep", parts.nextStep)
          writer.field("humanExit", parts.humanExit)
          writer.field("disclosure", parts.disclosure)
        }
      }
      if !choices.isEmpty {
        writer.field("choices", array: choices) { writer, choice in
          writer.object { writer in
            writer.field("value", choice.value)
            writer.field("words", choice.words)
          }
        }
      }
      writer.field("basis", basis)
      writer.field("caseEpoch", integer: caseEpoch)
      writer.field("expiresAt", optional: expiresAt)
      writer.field("decisionId", decision)
    }
    return writer.bytes
  }
}
