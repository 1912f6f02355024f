internal import Events

// Two ids that are one customer. A customer's log is that of one id, so what was known under the other has to come over.
//
//   from's log:  ... e1  link(from → to)  e2 ...          to's log:  ... f1  moved(what e1 led to)  f2  e2 ...
//                          │               │                               ▲                         ▲
//                          └─ what is known ┼───────────────────────────────┘                         │
//                                           └─ passed on, with its own id ────────────────────────────┘
//
// The fold of `from` gives up what it knows, keeps a note, and passes on whatever comes later. All of it goes through `heed.events.v1` as
// `heed.customer.moved.v1` and as the events themselves under the other key: in the same transaction as contexts and positions, so nothing is
// lost or taken twice. Another topic would not do: between two topics there is no order that a replay could repeat.
//
// **Guaranteed**
// - Each event is decided on once, under one of the two ids, and its decision's id is the same under either.
// - The events of one id keep their order, also over the link: what was known before an event of `from` is at `to` before it.
// - Nothing that keeps automation silent is lost: a takeover, an opt-out, a case with a person, turns that were used. From the event on that brings
//   them, no reply of triage is in such a ticket, under either id.
// - The same log gives the same bytes: what was moved and passed on stands in it, and a replay writes neither again.
// - What is known in the end about takeovers, consent and orders does not depend on how the two logs lay to one another.
//
// **Not guaranteed**
// - Between the link and `moved` the log of `to` knows nothing of `from`. Where a ticket's events come under both ids in that time, triage may propose
//   a reply that a takeover under the other id forbids. Egress, which knows takeovers by ticket and not by customer, does not send it, if its
//   listener has read the takeover by then: it goes ahead of triage, and nothing makes it.
// - What egress does not know by ticket it cannot hold back: an opt-out under the other id, and turns that were used there, count from `moved` on.
// - Beyond the limits of a context the oldest is forgotten, as always.
//
// An id is linked once. If it is linked to another customer too (a family's telephone), it is nobody's: what was moved stays where it is, what
// comes later is not passed on, and no machine answers it. Links that lead round, over up to four ids, end at one of them, whichever is looked at
// first; and nothing is passed on more than `Passage.hopsMax` times. The id where they end is nobody's either. Part of what it once knew, a
// takeover perhaps, is still on its way round when its next event comes, so a machine that answered there would not know of it; and if it
// followed a link again, what it moves would overtake what it passed on. Of such an id alone the order of events is not kept.

/// Where an event of a customer belongs.
enum Belonging {
  /// To the id under which it stands.
  case here
  /// Elsewhere: these are written to the log in its place.
  case elsewhere([Event])
  /// Nowhere: the id is to be forgotten, and those that are linked with it.
  case forgotten([Event])
}

extension CustomerContext {
  /// Whether a machine may answer, as far as the customer has a say in it.
  var mayAutomate: Bool { consent.automation ?? true && link != .disputed }

  /// Says where `event` belongs, and notes what it says of links.
  mutating func belonging(of event: Event, under customer: CustomerID) -> Belonging {
    switch event.body {
    case .customerLinked(let link): return .elsewhere(follow(link, in: event.envelope))
    case .customerErased: return .forgotten(erasures(because: event, of: customer))
    // It is the scorecard's, which goes by the ticket.
    case .feedbackGiven: return .here
    default:
      guard case .to(let target) = link else { return .here }
      if event.envelope.passage.isFull || isEndOfRing(event.envelope.passage, customer, before: target) {
        link = .disputed
        return .here
      }
      return .elsewhere([event.passedOn(to: target, from: customer)])
    }
  }

  private mutating func follow(_ told: CustomerLinked, in envelope: Envelope) -> [Event] {
    guard told.linkedTo != told.customer, link != .to(told.linkedTo), link != .disputed else { return [] }
    guard link == nil else {
      link = .disputed
      return []
    }
    let moved = Event.moved(givenUp().encoded(), because: told, in: envelope)
    link = .to(told.linkedTo)
    return [moved]
  }

  /// What goes over to the other id. What stays is what tells repeats, and the chain of this id's own decisions.
  private mutating func givenUp() -> CustomerContext {
    var given = self
    (given.lastDecision, given.inputs) = (nil, [])
    (consent, tier, orders, cases, aliases, churnRaisedAt) = (Consent(), nil, [], [], [], nil)
    return given
  }

  private func isEndOfRing(_ passage: Passage, _ customer: CustomerID, before target: CustomerID) -> Bool {
    passage.contains(target) && passage.endsRing(at: customer, before: target)
  }

  /// Who asks to be forgotten means all that they are called.
  private func erasures(because event: Event, of customer: CustomerID) -> [Event] {
    var others = aliases
    if case .to(let target) = link { others.append(target) }
    guard !event.envelope.passage.isFull else { return [] }
    return others.filter { !event.envelope.passage.contains($0) }.map { event.passedOn(to: $0, from: customer) }
  }
}
