/// The ids under which an event stood before it was passed on to where it stands now, as links said: the first one first.
///
/// Written as CloudEvents' extension attribute `heedpath`. It holds digests and not the ids, so that it is short and tells nothing; and it
/// is what keeps links that lead round from sending an event round for ever.
public struct Passage: Sendable, Hashable {
  /// An event is passed on so often at most.
  public static let hopsMax = 8

  /// The digests of the ids.
  public private(set) var hops: [UInt64]

  /// An event that stands where its source put it.
  public init() { hops = [] }

  /// Reads what `text` writes; `nil` if it is none.
  public init?(_ text: String) {
    var hops: [UInt64] = []
    for part in text.split(separator: ".", omittingEmptySubsequences: false) {
      guard part.utf8.count == 16, !part.hasPrefix("+"), let hop = UInt64(part, radix: 16) else { return nil }
      hops.append(hop)
    }
    guard hops.count <= Self.hopsMax else { return nil }
    self.hops = hops
  }

  /// 16 hexadecimal digits for each id, with dots between them; `nil` where there is nothing to write.
  public var text: String? {
    guard !hops.isEmpty else { return nil }
    return hops.map { hop in
      HexDigits.text(of: (0..<8).map { UInt8(truncatingIfNeeded: hop >> (56 - 8 * UInt64($0))) })
    }.joined(separator: ".")
  }

  /// Whether nothing may be passed on any further.
  public var isFull: Bool { hops.count >= Self.hopsMax }

  /// Whether the event stood under `customer` before.
  public func contains(_ customer: CustomerID) -> Bool { !hops.isEmpty && hops.contains(Self.hop(of: customer)) }

  /// Whether of all ids of a ring of links, which goes from `customer` to `target` and by this way back to `customer`, this is the one
  /// where what goes round comes to rest. All ids of the ring say the same, whichever of them an event came in under.
  ///
  /// - Precondition: the event stood under `target`.
  public func endsRing(at customer: CustomerID, before target: CustomerID) -> Bool {
    guard let start = hops.lastIndex(of: Self.hop(of: target)) else {
      preconditionFailure("a ring has been where it leads")
    }
    let own = Self.hop(of: customer)
    return hops[start...].allSatisfy { own <= $0 }
  }

  /// The same with one more id behind it.
  func going(on customer: CustomerID) -> Passage {
    var passage = self
    passage.hops.append(Self.hop(of: customer))
    return passage
  }

  private static func hop(of customer: CustomerID) -> UInt64 { Digest256(joining: customer.text).leading }
}

extension Event {
  /// The same event under another id of its customer. It keeps its own id, by which repeats are known.
  ///
  /// - Precondition: it is one customer's, and its passage is not full.
  public func passedOn(to target: CustomerID, from customer: CustomerID) -> Event {
    precondition(!envelope.passage.isFull, "an event is not passed on for ever")
    var envelope = envelope
    envelope.partitionKey = target.text
    envelope.passage = envelope.passage.going(on: customer)
    return Event(envelope: envelope, body: body.under(target))
  }

  /// The event that brings what is known under a linked id to the id it is linked to.
  ///
  /// Its id is derived from the link's, and from its time, since the same link may be told again when the first is long forgotten.
  ///
  /// - Parameter context: what is known, as triage writes it.
  public static func moved(_ context: [UInt8], because link: CustomerLinked, in cause: Envelope) -> Event {
    let id = DerivedID.make("moved", source: cause.source, id: cause.id, part: cause.time.rfc3339)
    return Event(
      envelope: Envelope(
        id: id, source: outputSource, type: EventType.customerMoved.rawValue, time: cause.time,
        subject: link.linkedTo.text, partitionKey: link.linkedTo.text, traceparent: cause.traceparent,
        tracestate: cause.tracestate, passage: Passage().going(on: link.customer)),
      body: .customerMoved(CustomerMoved(customer: link.linkedTo, movedFrom: link.customer, context: context)))
  }
}

extension Event.Body {
  fileprivate func under(_ target: CustomerID) -> Event.Body {
    switch self {
    case .ticketOpened(var event):
      event.customer = target
      return .ticketOpened(event)
    case .ticketMessage(var event):
      event.customer = target
      return .ticketMessage(event)
    case .ticketUpdated(var event):
      event.customer = target
      return .ticketUpdated(event)
    case .orderUpdated(var event):
      event.customer = target
      return .orderUpdated(event)
    case .customerChanged(var event):
      event.customer = target
      return .customerChanged(event)
    case .customerErased: return .customerErased(CustomerErased(customer: target))
    case .customerLinked(let event): return .customerLinked(CustomerLinked(customer: target, linkedTo: event.linkedTo))
    case .customerMoved(var event):
      event.customer = target
      return .customerMoved(event)
    case .disruptionDeclared, .feedbackGiven, .timePassed, .experimentStopped: return self
    }
  }
}
