internal import Classifier
internal import Events
internal import Policy

// What an order that changed means to its customer. Where a person has a case about it, they get the new facts; where
// automation answered, the answer is replaced if it no longer holds; where nobody has asked yet, the policy may speak first
// (C26). Nothing of it is silent: each is a decision of its own, caused by the order's event.

extension TicketPipeline {
  /// - Parameter before: the order as it was known before this event, if it was.
  func follow(
    _ order: KnownOrder, before: KnownOrder?, for customer: CustomerID, in envelope: Envelope,
    _ context: inout CustomerContext,
    _ shared: SharedContext
  ) -> Answer? {
    func cause(of order: KnownOrder) -> String {
      Diagnosis(of: order, shared: shared, time: envelope.time, lostAfter: policy.lostAfter).cause
    }
    let cause = cause(of: order)
    let hasCauseChanged = cause != before.map(cause(of:)) ?? "none"
    // News of a parcel that has come are owed to nobody.
    if !order.isOpen { context.forgetPromises(about: order.order) }
    let index = context.cases.lastIndex { !$0.isSolved && $0.order == order.order }
    if let index, context.cases[index].isWithPerson {
      guard hasCauseChanged || order.status != before?.status else { return nil }
      return update(order, of: index, for: customer, in: envelope, &context, shared)
    }
    // Who is being talked to by a person hears it from them.
    let isTalkedTo = context.cases.contains { !$0.isSolved && $0.isWithPerson }
    guard hasCauseChanged, !isTalkedTo, !order.explained.contains(cause) else { return nil }
    return notice(of: order, cause: cause, case: index, for: customer, in: envelope, &context, shared)
  }

  /// The person who has the case gets the new facts. The deadline stays: nothing that happens gives them more time.
  private func update(
    _ order: KnownOrder, of index: Int, for customer: CustomerID, in envelope: Envelope,
    _ context: inout CustomerContext, _ shared: SharedContext
  ) -> Answer {
    let change = Situation.OrderChange(
      order: order, customer: customer, envelope: envelope, language: context.cases[index].language)
    let situation = Situation(change, case: context.cases[index], shared: shared, policy: policy)
    let facts = situation.facts(context, context.cases[index], policy: policy)
    let answer = render(situation, facts, policy.decide(facts), context, context.cases[index])
    context.cases[index].decision = answer.rendered.decision.decision
    context.link(to: answer.rendered.digest)
    return answer
  }

  /// What the policy says about an order of which nobody has asked, or of which automation has spoken.
  private func notice(
    of order: KnownOrder, cause: String, case known: Int?, for customer: CustomerID, in envelope: Envelope,
    _ context: inout CustomerContext,
    _ shared: SharedContext
  ) -> Answer? {
    let last = context.cases.last
    let language = last.map(\.language).flatMap { $0 == "und" ? nil : $0 } ?? policy.firstLanguage ?? "und"
    let `case` =
      known.map { context.cases[$0] }
      ?? Case(
        ofNotice: cause, of: order.order, in: envelope, channel: policy.noticeChannel(after: last?.channel),
        language: language)
    let change = Situation.OrderChange(order: order, customer: customer, envelope: envelope, language: language)
    let situation = Situation(change, case: `case`, shared: shared, policy: policy)
    let facts = situation.facts(context, `case`, policy: policy)
    guard let verdict = policy.notice(for: facts) else { return nil }
    let answer = render(situation, facts, verdict, context, `case`)

    let index = context.open(`case`.ticket, channel: `case`.channel, at: envelope.time)
    context.cases[index].language = language
    context.cases[index].order = order.order
    context.cases[index].remember(verdict, answer.rendered, at: envelope.time)
    context.remember(explained: cause, of: order.order)
    context.link(to: answer.rendered.digest)
    return answer
  }

  private func render(
    _ situation: Situation, _ facts: Facts, _ verdict: Verdict, _ context: CustomerContext, _ case: Case
  ) -> Answer {
    let rendered = Renderer(
      situation: situation, facts: facts, verdict: verdict, context: context, case: `case`, policy: policy,
      versions: versions, supersedes: `case`.decision
    ).render()
    return Answer(situation: situation, facts: facts, rendered: rendered)
  }
}

extension CustomerContext {
  fileprivate mutating func forgetPromises(about order: OrderID) {
    for index in cases.indices where cases[index].order == order { cases[index].promise = nil }
  }

  /// The customer wrote about an order of which they had a notice: the ticket goes on with it, and owes what it promised.
  mutating func takeOverNotice(of order: OrderID, into index: Int) {
    for other in cases.indices where other != index && cases[other].order == order && cases[other].isNotice {
      cases[index].promise = cases[index].promise ?? cases[other].promise
      cases[other].promise = nil
      cases[other].isSolved = true
    }
  }
}

extension Case {
  /// Whether we began it, with a word to the customer or to an agent, and the customer has not written.
  var isNotice: Bool {
    said.contains { $0.kind == .automationTold || $0.kind == .handedOff }
      && !said.contains { $0.kind == .customerWrote }
  }

  /// Whether a person has it now, or will.
  var isWithPerson: Bool { humanHasCase || handedTo != nil }

  /// A case that we begin: its name is the same whenever the log is read.
  fileprivate init(
    ofNotice cause: String, of order: OrderID, in envelope: Envelope, channel: Channel, language: String
  ) {
    let ticket = DerivedID.make("notice", source: envelope.source, id: order.text, part: cause)
    self.init(ticket: TicketID(ticket), openedAt: envelope.time, channel: channel)
    self.language = language
  }
}
