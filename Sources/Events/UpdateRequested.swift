internal import Streams

/// `heed.update.requested.v1`: one HTTP request to a ticketing system, as a document for whoever sends it.
public struct UpdateRequested: Sendable, Hashable {
  /// What it is for.
  public enum Purpose: String, Sendable, Hashable, CaseIterable {
    /// The case summary as an internal note.
    case note
    /// Priority, group and due date of the ticket.
    case fields
    /// Tags of the ticket, added to those it has.
    case tags
    /// The reply, public: the customer reads it.
    case reply
    /// An internal note on a reply that was not sent, and why.
    case withheld
  }

  /// Why a reply was not sent.
  public enum Withheld: String, Sendable, Hashable, CaseIterable {
    /// A person has taken the ticket over.
    case humanHasCase = "human_has_case"
    /// What it promises was over before it could be sent.
    case promiseExpired = "promise_expired"
  }

  /// How it is sent.
  public enum Method: String, Sendable, Hashable, CaseIterable {
    case put = "PUT"
    case post = "POST"
  }

  /// Derived from the decision and the purpose, and the request's idempotency key: however often it is written, it is one request.
  public var update: String
  /// The ticket.
  public var ticket: TicketID
  /// The ticketing system, by the name it has in the settings.
  public var target: String
  /// What it is for.
  public var purpose: Purpose
  /// Why the reply was not sent; only of `withheld`.
  public var withheld: Withheld?
  /// How it is sent.
  public var method: Method
  /// The path below the system's address, with the foreign id of the ticket.
  public var path: String
  /// The JSON body.
  public var body: JSONTree
  /// How often people had taken the case over when this was decided.
  public var caseEpoch: Int
  /// After this it must not be sent any more.
  public var expiresAt: Timestamp?
  /// The decision behind it.
  public var decision: String

  /// A request to `target` about `ticket`.
  public init(
    ticket: TicketID, target: String, purpose: Purpose, withheld: Withheld? = nil, method: Method, path: String,
    body: JSONTree, caseEpoch: Int, expiresAt: Timestamp? = nil, decision: String, part: String = ""
  ) {
    update = DerivedID.make(
      "update", source: egressSource, id: decision, part: "\(target)/\(purpose.rawValue)/\(part)")
    self.ticket = ticket
    self.target = target
    self.purpose = purpose
    self.withheld = withheld
    self.method = method
    self.path = path
    self.body = body
    self.caseEpoch = caseEpoch
    self.expiresAt = expiresAt
    self.decision = decision
  }

  /// The event that asks for it, because of the case or the resolution with the envelope `cause`.
  public func event(because cause: Envelope) -> OutputEvent {
    OutputEvent(
      to: .updates(target: target), type: .updateRequested, id: update, key: ticket.text, correlationID: ticket.text,
      cause: cause, expiryTime: expiresAt, data: encoded(), tally: .update(target: target, purpose: purpose.rawValue))
  }

  /// The JSON of `data`; see `Schemas/heed.update.requested.v1.json`.
  public func encoded() -> [UInt8] {
    var writer = JSONWriter(capacity: 4096)
    writer.object { writer in
      writer.field("updateId", update)
      writer.field("ticketId", ticket.text)
      writer.field("target", target)
      writer.field("purpose", purpose.rawValue)
      writer.field("withheld", optional: withheld?.rawValue)
      writer.field("method", method.rawValue)
      writer.field("path", path)
      writer.field("headers") { writer in
        writer.object { writer in
          writer.field("Content-Type", "application/json")
          writer.field("Idempotency-Key", update)
        }
      }
      writer.field("body") { body.write(to: &$0) }
      writer.field("caseEpoch", integer: caseEpoch)
      writer.field("expiresAt", optional: expiresAt)
      writer.field("decisionId", decision)
    }
    return writer.bytes
  }
}
