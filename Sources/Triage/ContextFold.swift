internal import Classifier
internal import Events

// Events into contexts: one function per kind of event. Nothing here decides; it only remembers.

extension CustomerContext {
  /// Remembers the event's id. `false` if it was applied before: a duplicate from a source, which changes nothing.
  mutating func apply(idOf envelope: Envelope) -> Bool {
    let id = Digest256(joining: envelope.source, envelope.id).leading
    guard !applied.contains(id) else { return false }
    applied.append(id)
    applied.removeFirst(max(0, applied.count - Limits.applied))
    lastSeen = max(lastSeen, envelope.time)
    return true
  }

  /// Notes what the next decision rests on, too. Of more than a few the oldest become one.
  mutating func note(input digest: EventDigest) {
    inputs.append(digest)
    if inputs.count > Limits.inputs { inputs[0] = EventDigest(rolling: inputs[0], inputs.remove(at: 1)) }
  }

  /// A decision was made: the next one is linked to it, and rests on what comes from now on.
  mutating func link(to decision: Digest256) {
    lastDecision = decision
    inputs = []
  }

  /// Takes an order's new state and returns it; `nil` if a newer one is known: sources deliver out of order.
  mutating func remember(_ update: OrderUpdated, at time: Timestamp, _ words: inout HarmlessWords) -> KnownOrder? {
    var order = KnownOrder(update, at: time, &words)
    if let index = orders.firstIndex(where: { $0.order == update.order }) {
      guard orders[index].asOf <= time else { return nil }
      let known = orders.remove(at: index)
      (order.explained, order.answers) = (known.explained, known.answers)
    }
    orders.append(order)
    while orders.count > Limits.orders {
      orders.remove(at: orders.firstIndex { !$0.isOpen } ?? 0)
    }
    return order
  }

  /// Notes that the customer was told of this cause: they need not hear it again.
  mutating func remember(explained cause: String, of order: OrderID) {
    guard let index = orders.firstIndex(where: { $0.order == order }), !orders[index].explained.contains(cause),
      orders[index].explained.count < Limits.explained
    else { return }
    orders[index].explained.append(cause)
  }

  mutating func remember(answer step: String, about order: OrderID, at time: Timestamp) {
    guard let index = orders.firstIndex(where: { $0.order == order }) else { return }
    orders[index].answers.append(KnownOrder.Answer(step: step, at: time))
    orders[index].answers.removeFirst(max(0, orders[index].answers.count - Limits.answers))
  }

  mutating func remember(consent new: Consent, tier newTier: String?) {
    if let automation = new.automation { consent.automation = automation }
    if let personalization = new.personalization { consent.personalization = personalization }
    if let newTier { tier = Redacted(newTier, bytes: Limits.textBytes) }
  }

  /// Notes that people changed a ticket. A human value ends automation for the case, for ever.
  mutating func remember(_ update: TicketUpdated, at time: Timestamp) {
    let index = open(update.ticket, channel: .unknown, at: time)
    cases[index].remember(update, at: time)
  }

  /// Notes that somebody of ours wrote. An author we do not know counts as a person.
  mutating func rememberReply(in ticket: TicketID, by author: TicketMessage.Author, at time: Timestamp) {
    guard author != .automation else { return }
    let index = open(ticket, channel: .unknown, at: time)
    cases[index].takeOver()
    cases[index].promise = nil
    cases[index].note(.agentReplied, at: time)
  }

  /// The place of the ticket's case, which is made if there is none. The case becomes the last one.
  mutating func open(_ ticket: TicketID, channel: Channel, at time: Timestamp) -> Int {
    if let index = cases.firstIndex(where: { $0.ticket == ticket }) {
      let known = cases.remove(at: index)
      cases.append(known)
    } else {
      cases.append(Case(ticket: ticket, openedAt: time, channel: channel))
      if cases.count > Limits.cases { cases.remove(at: cases.dropLast().firstIndex(where: \.isSolved) ?? 0) }
    }
    return cases.count - 1
  }

  /// When something is due that no event of this customer will bring about: a promise, an alert, or being forgotten.
  var wakeAt: Timestamp {
    cases.reduce(lastSeen.adding(seconds: Limits.retention)) { earliest, one in
      min(earliest, one.promise?.by ?? earliest, one.nextAlertAt ?? earliest)
    }
  }
}

extension Case {
  mutating func takeOver() {
    guard !humanHasCase else { return }
    humanHasCase = true
    epoch += 1
  }

  mutating func remember(_ update: TicketUpdated, at time: Timestamp) {
    if update.changedBy != .automation {
      takeOver()
      if let queue = update.queue { humanQueue = Redacted(queue, bytes: CustomerContext.Limits.textBytes) }
      note(.humanChanged, step: Redacted(update.queue ?? "", bytes: CustomerContext.Limits.textBytes), at: time)
    }
    switch update.status {
    case .solved, .closed:
      isSolved = true
      promise = nil
      note(.solved, at: time)
    case .new, .open, .pending: isSolved = false
    case .unknown, nil: break
    }
  }

  /// The customer wrote again after it was solved: a new budget of turns, with the memory of what was.
  mutating func reopen(at time: Timestamp) {
    isSolved = false
    handedTo = nil
    dueBy = nil
    urgency = nil
    questionsAsked = 0
    answersGiven = 0
    raised = []
    note(.reopened, at: time)
  }

  mutating func note(_ kind: Said.Kind, step: Redacted = "", at time: Timestamp) {
    said.append(Said(kind: kind, step: step, at: time))
    guard said.count > CustomerContext.Limits.said else { return }
    // Of a long case it counts more what was asked and answered than how often the customer wrote and was handed on.
    let repeated = said.indices.first { index in
      said[(index + 1)...].contains {
        $0.kind == said[index].kind && ($0.kind == .customerWrote || $0.step == said[index].step)
      }
    }
    said.remove(at: repeated ?? 0)
  }
}

extension KnownOrder {
  init(_ update: OrderUpdated, at time: Timestamp, _ words: inout HarmlessWords) {
    let bytes = CustomerContext.Limits.textBytes
    func bounded(_ text: String?) -> Redacted? { text.map { words.redacted($0, bytes: bytes) } }
    self.init(
      order: update.order, status: update.status, asOf: time, promisedBy: update.promisedBy,
      estimatedDelivery: update.estimatedDelivery, lastScanAt: update.lastScanAt, carrier: bounded(update.carrier),
      trackingNumber: update.trackingNumber.map { Redacted(parcel: $0.prefix(bytes: bytes)) },
      region: bounded(update.region),
      holds: update.holds.prefix(4).compactMap { bounded($0) }, hasAddressProblem: update.hasAddressProblem,
      total: update.total,
      titles: update.items.lazy.compactMap(\.title).prefix(CustomerContext.Limits.titles).compactMap { bounded($0) },
      refund: update.refunds.last.map {
        OrderUpdated.Refund(money: $0.money, status: words.redacted($0.status, bytes: bytes).text, at: $0.at)
      })
  }
}

extension SharedContext {
  /// Notes that an experiment is over. The first word counts: what was stopped cannot be stopped again.
  mutating func remember(_ stop: StoppedExperiment) {
    guard !stopped.contains(where: { $0.name == stop.name }) else { return }
    stopped.append(stop)
    if stopped.count > Self.stoppedMax { stopped.removeFirst() }
  }

  mutating func remember(_ disruption: DisruptionDeclared, at time: Timestamp) {
    disruptions.removeAll { known in known.disruption == disruption.disruption || known.isOver(at: time) }
    disruptions.append(disruption.redacted)
    if disruptions.count > Self.disruptionsMax { disruptions.removeFirst() }
  }
}

extension DisruptionDeclared {
  /// The same without personal data that may have come into its words.
  fileprivate var redacted: DisruptionDeclared {
    var copy = DisruptionDeclared(
      disruption: disruption, carrier: carrier.map { Redacted($0).text }, region: region.map { Redacted($0).text },
      from: from, until: until, cause: Redacted(cause).text, nextUpdateBy: nextUpdateBy)
    copy.digest = digest
    return copy
  }

  func isOver(at time: Timestamp) -> Bool { until.map { $0 < time } ?? false }

  /// Whether it explains the delay of `order` at `time`.
  func concerns(_ order: KnownOrder, at time: Timestamp) -> Bool {
    from <= time && !isOver(at: time) && (carrier == nil || carrier == order.carrier?.text)
      && (region == nil || region == order.region?.text)
  }
}

extension Redacted {
  /// The beginning of `text` that has at most `count` bytes, without personal data. It is taken out before the text is cut, since half a
  /// number is not known for what it is; and it may become longer by what stands for it, so it is cut again.
  init(_ text: String, bytes count: Int) {
    self.init(ours: Redacted(text).text.prefix(bytes: count))
  }
}

extension String {
  /// The longest beginning of whole characters that has at most `count` bytes.
  func prefix(bytes count: Int) -> String {
    guard utf8.count > count else { return self }
    var end = startIndex
    while let next = index(end, offsetBy: 1, limitedBy: endIndex), self[..<next].utf8.count <= count { end = next }
    return String(self[..<end])
  }
}
