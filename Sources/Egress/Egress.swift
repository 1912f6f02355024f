public import Events

// What triage decided, as requests to the ticketing systems that tickets came from. Read this file first.
//
//   case, resolution ─▶ whose ticket? ─▶ may a machine speak there? ─▶ one vendor's file ─▶ update requests
//
// Everything here is pure. What may be said depends on `Voices`: what egress knows of people who took tickets over, and of time.

/// Handovers into update requests.
public struct Egress: Sendable {
  private let targets: [String: EgressTarget]

  /// Egress to these ticketing systems. What belongs to another one is not its business and gives nothing.
  public init(_ targets: [EgressTarget]) {
    self.targets = Dictionary(targets.map { ($0.name, $0) }) { first, _ in first }
  }

  /// The requests that `handover` leads to.
  ///
  /// A notice that we begin ourselves leads to none. Its ticket stands in no system, and to make one there takes the customer's address or the
  /// system's own id of them; what is here knows customers by a keyed hash. Whoever may know addresses sends it.
  ///
  /// A reply that must not be sent any more becomes an internal note in the ticket. Not a dead letter: those are there to be mended and put
  /// back, which is what must never happen to a reply that came too late; and who has to know is the agent, who sees the ticket and
  /// no topic.
  ///
  /// - Throws: `DecodingFailure` for a ticket whose foreign id could not stand in a request's path.
  public func updates(
    for handover: Handover, because cause: Envelope, voices: inout Voices
  ) throws(DecodingFailure) -> [OutputEvent] {
    // A case that was taken over says so itself, also where the event that did it has not come to egress yet.
    if case .caseSummarised(let summary) = handover, summary.caseEpoch > 0 {
      voices.learn(summary.ticket, at: cause.time)
    }
    guard let target = targets[Self.system(of: handover.ticket)] else { return [] }
    let ticket = try ForeignTicket(handover.ticket)
    let requests: [DeskRequest]
    let voice: (caseEpoch: Int, decision: String, withheld: UpdateRequested.Withheld?, expiresAt: Timestamp?)
    switch handover {
    case .caseSummarised(let summary):
      let fields = voices.hasHuman(in: summary.ticket) ? nil : target.fields(of: summary)
      requests = target.desk.requests(note: Note(summary), fields: fields, in: ticket)
      voice = (summary.caseEpoch, summary.decision, nil, nil)
    case .resolutionProposed(let resolution):
      let withheld = voices.reasonToBeSilent(with: resolution)
      if let withheld {
        requests = target.desk.requests(
          withheld: Note(resolution, withheld: withheld), tags: target.tags(of: withheld), in: ticket)
      } else {
        requests = target.desk.requests(reply: resolution.parts.text, status: target.replyStatus, in: ticket)
      }
      voice = (resolution.caseEpoch, resolution.decision, withheld, withheld == nil ? resolution.expiresAt : nil)
    }
    return requests.map { request in
      UpdateRequested(
        ticket: handover.ticket, target: target.name, purpose: request.purpose,
        withheld: request.purpose == .withheld ? voice.withheld : nil, method: request.method, path: request.path,
        body: request.body, caseEpoch: voice.caseEpoch,
        expiresAt: request.purpose == .reply ? voice.expiresAt : nil, decision: voice.decision, part: request.part
      ).event(because: cause)
    }
  }

  /// The name before a ticket's foreign id, as intake writes it.
  private static func system(of ticket: TicketID) -> String { String(ticket.text.prefix { $0 != ":" }) }
}

/// The id of a ticket in its own system, fit for a path.
struct ForeignTicket {
  let id: String

  /// - Throws: for an id that is none of a ticketing system's. Nothing but letters, digits, `-` and `_` stands in one, and nothing else can
  ///   change where a request goes.
  init(_ ticket: TicketID) throws(DecodingFailure) {
    let id = ticket.text.drop { $0 != ":" }.dropFirst()
    let isGood = id.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
    guard isGood, (1...64).contains(id.utf8.count) else {
      throw DecodingFailure(.badIdentifier, path: "data.ticketId")
    }
    self.id = String(id)
  }

  /// A number where it is one: some systems take nothing else. Digit by digit, as ids exceed 2^53.
  var number: JSONTree {
    let isNumber = id.utf8.allSatisfy { (0x30...0x39).contains($0) } && (id == "0" || !id.hasPrefix("0"))
    return isNumber ? .number(id) : .string(id)
  }
}
