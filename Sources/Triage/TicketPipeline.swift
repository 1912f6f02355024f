public import Classifier
public import Events
public import Policy
public import Streams

/// What happens to a ticket. Read this file first.
///
/// Triage is a fold, `(context, event) -> (context', outputs)`: pure and total. It has no clock (time is the event's time), no
/// randomness (identifiers are derived from the input), no I/O, and it throws nothing. Same log, same policy, same reader:
/// the same bytes out, whatever the number of workers and however they crash.
public struct TicketPipeline: Sendable {
  /// Text to reading.
  let reader: any TicketReader
  /// Facts to verdict.
  let policy: PolicyDocument
  /// What goes into every decision as evidence of who decided.
  let versions: DecisionMade.Versions

  /// A pipeline of this reader and this policy.
  public init(reader: any TicketReader, policy: PolicyDocument) {
    self.reader = reader
    self.policy = policy
    var versions = DecisionMade.Versions(policy: policy.version, model: reader.version, heed: heedVersion)
    versions.policyDigest = policy.digest
    versions.modelDigest = reader.digest
    self.versions = versions
  }

  /// The names of policy and model, as they stand in every decision.
  public var names: (policy: String, model: String) { (versions.policy, versions.model) }

  /// Folds one event into the shelf of its partition and says what is to be written.
  ///
  /// - Parameters:
  ///   - digest: the digest of what the event was read from, for the decisions it leads to.
  ///   - position: where the event stands in its log; used only to know repeats, never in what is written.
  ///   - passedOn: gets what belongs to another id of the customer, and is to be written to the log under that one. Whoever reads a
  ///     log that was written has it there already.
  public func process(
    _ event: Event, digest: EventDigest? = nil, at position: Offset, shelf: inout Shelf, passedOn: inout [Event]
  ) -> [OutputEvent] {
    let folded = fold(event, digest, at: position, shelf: &shelf)
    passedOn += folded.passedOn
    return folded.outputs
  }

  /// The same for a log that was written: what was passed on stands in it.
  public func process(
    _ event: Event, digest: EventDigest? = nil, at position: Offset, shelf: inout Shelf
  ) -> [OutputEvent] {
    fold(event, digest, at: position, shelf: &shelf).outputs
  }

  /// The same as `process`, telling how it came about: for `heed explain`. `nil` for an event that decides nothing.
  public func explain(_ event: Event, at position: Offset, shelf: inout Shelf) -> Explanation? {
    var passedOn: [Event] = []
    return explain(event, at: position, shelf: &shelf, passedOn: &passedOn)
  }

  /// The same where there is no log yet to which anybody has passed on what belongs to another id of the customer.
  public func explain(
    _ event: Event, at position: Offset, shelf: inout Shelf, passedOn: inout [Event]
  ) -> Explanation? {
    let folded = fold(event, nil, at: position, shelf: &shelf)
    passedOn += folded.passedOn
    let aliases = event.customer.flatMap { shelf.context(of: $0) }?.aliases ?? []
    return folded.answer.map { Explanation($0, policy: policy, aliases: aliases) }
  }

  /// What an event leads to.
  private struct Folded {
    var outputs: [OutputEvent] = []
    var passedOn: [Event] = []
    var answer: Answer?
  }

  private func fold(_ event: Event, _ digest: EventDigest?, at position: Offset, shelf: inout Shelf) -> Folded {
    guard let customer = event.customer else {
      return Folded(outputs: concernsEverybody(event, digest, at: position, shelf: &shelf))
    }
    let entry = shelf.entry(of: customer)
    if let entry, entry.holds(position) { return Folded() }

    var context = entry?.context ?? CustomerContext(firstSeen: event.envelope.time)
    // What links have sent round is no repeat.
    let isNew = context.apply(idOf: event.envelope)
    guard isNew || event.envelope.passage.contains(customer) else { return Folded() }
    if let digest { context.note(input: digest) }
    switch context.belonging(of: event, under: customer) {
    case .here: break
    case .elsewhere(let events):
      shelf.put(context, of: customer, position: position)
      return Folded(passedOn: events)
    case .forgotten(let events):
      shelf.put(nil, of: customer, position: position)
      return Folded(passedOn: events)
    }
    var answer: Answer?

    switch event.body {
    case .ticketOpened(let opened):
      context.remember(consent: opened.consent, tier: opened.requester.tier)
      answer = self.answer(IncomingMessage(opened, in: event.envelope), &context, shelf.shared)
    case .ticketMessage(let message) where message.author == .customer:
      answer = self.answer(IncomingMessage(message, in: event.envelope), &context, shelf.shared)
    case .ticketMessage(let message):
      context.rememberReply(in: message.ticket, by: message.author, at: event.envelope.time)
    case .ticketUpdated(let update):
      context.remember(update, at: event.envelope.time)
    case .orderUpdated(let update):
      let before = context.orders.first { $0.order == update.order }
      if let order = context.remember(update, at: event.envelope.time, &shelf.harmlessWords) {
        answer = follow(order, before: before, for: customer, in: event.envelope, &context, shelf.shared)
      }
    case .customerChanged(let change):
      context.remember(consent: change.consent, tier: change.tier)
    case .customerMoved(let moved):
      context.take(moved)
    case .customerLinked, .customerErased, .feedbackGiven, .disruptionDeclared, .timePassed,
      .experimentStopped:
      break  // Where it belongs was all there was to say; feedback is the scorecard's; the others have no customer.
    }
    shelf.put(context, of: customer, position: position)
    guard let answer else { return Folded() }
    let outputs = answer.rendered.outputs
    return Folded(outputs: answer.alerts.isEmpty ? outputs : outputs + answer.alerts, answer: answer)
  }

  /// One message of a customer: understand, decide, render.
  private func answer(
    _ incoming: IncomingMessage, _ context: inout CustomerContext, _ shared: SharedContext
  ) -> Answer {
    // The case it belongs to.
    var message = incoming
    let isNew = !context.cases.contains { $0.ticket == message.ticket }
    let index = context.open(message.ticket, channel: message.channel, at: message.time)
    let wasSolved = context.cases[index].isSolved
    if let channel = message.statedChannel { context.cases[index].channel = channel }
    message.channel = context.cases[index].channel
    if wasSolved { context.cases[index].reopen(at: message.time) }
    let moment = wasSolved ? "reopened" : message.opensTicket && isNew ? "opened" : "message"

    // Understand: what the text says, and what it means beside what is known.
    let reading =
      OfferedReply(message, in: context.cases[index], policy)?.reading(in: context.cases[index])
      ?? reader.read(message.text)
    let situation = Situation(
      message, reading: reading, context: context, shared: shared, case: context.cases[index], moment: moment,
      policy: policy)

    // Decide: facts to verdict. The words of the customer are not among the facts.
    let facts = situation.facts(context, context.cases[index], policy: policy)
    let verdict = policy.decide(facts)

    // Render: the decision with its evidence, and what the customer or the agent gets.
    // No name for the renderer, which would hold on to the context: what is remembered below would go into a copy of it.
    let rendered = Renderer(
      situation: situation, facts: facts, verdict: verdict, context: context, case: context.cases[index],
      policy: policy, versions: versions
    ).render()

    // Notice: what the story shows that somebody should look at.
    let noticed = MessageAlerts(
      situation: situation, verdict: verdict, before: context.cases[index], context: context, policy: policy
    ).all

    // Remember: what was said, felt, asked and promised.
    if reading.has(signal: "opt_out") { context.consent.automation = false }
    context.cases[index].remember(situation)
    context.cases[index].remember(verdict, rendered, at: message.time)
    if let order = situation.match.order {
      context.takeOverNotice(of: order.order, into: index)
      if verdict.action == .resolve {
        context.remember(explained: situation.diagnosis.cause, of: order.order)
        context.remember(answer: verdict.step, about: order.order, at: message.time)
      }
    }
    // "Thank you" opens nothing.
    if wasSolved, verdict.action == .none { context.cases[index].isSolved = true }
    context.link(to: rendered.digest)
    let alerts = context.raise(noticed, about: index, at: message.time).map {
      OutputEvent($0, about: context.cases[index], of: message.customer, because: message.envelope)
    }
    return Answer(situation: situation, facts: facts, rendered: rendered, alerts: alerts)
  }

  /// A fact for every customer: a disruption, an experiment that is over, or time.
  private func concernsEverybody(
    _ event: Event, _ digest: EventDigest?, at position: Offset, shelf: inout Shelf
  ) -> [OutputEvent] {
    guard !shelf.isApplied(position, to: nil) else { return [] }
    var shared = shelf.shared
    var outputs: [OutputEvent] = []
    switch event.body {
    case .disruptionDeclared(var disruption):
      disruption.digest = digest
      shared.remember(disruption, at: event.envelope.time)
    case .timePassed:
      guard shared.time.map({ $0 < event.envelope.time }) ?? true else { return [] }
      shared.time = event.envelope.time
      outputs = wake(at: event.envelope, position: position, shelf: &shelf)
    case .experimentStopped(let stop):
      shared.remember(StoppedExperiment(name: stop.experiment, at: event.envelope.time, digest: digest))
    case .ticketOpened, .ticketMessage, .ticketUpdated, .orderUpdated, .feedbackGiven, .customerChanged,
      .customerErased, .customerLinked, .customerMoved:
      break  // These have a customer.
    }
    shelf.putShared(shared, position: position)
    return outputs
  }

  /// Time went on: promises that were not kept and waits that grow long are raised, customers not seen for long are forgotten.
  private func wake(at envelope: Envelope, position: Offset, shelf: inout Shelf) -> [OutputEvent] {
    var outputs: [OutputEvent] = []
    for customer in shelf.takeDue(at: envelope.time) {
      guard var context = shelf.context(of: customer) else { continue }
      if context.lastSeen.adding(seconds: CustomerContext.Limits.retention) <= envelope.time {
        shelf.put(nil, of: customer, position: position)
        continue
      }
      for index in context.cases.indices {
        guard let promise = context.cases[index].promise, promise.by <= envelope.time else { continue }
        outputs.append(brokenPromise(promise, of: context.cases[index], customer: customer, cause: envelope))
        context.cases[index].promise = nil
      }
      for index in context.cases.indices {
        let found = context.cases[index].alerts(at: envelope.time, policy)
        outputs += context.raise(found, about: index, at: envelope.time).map {
          OutputEvent($0, about: context.cases[index], of: customer, because: envelope)
        }
        context.cases[index].forgetPastAlerts(at: envelope.time)
      }
      shelf.put(context, of: customer, position: position)
    }
    return outputs
  }

  private func brokenPromise(
    _ promise: Case.Promise, of case: Case, customer: CustomerID, cause: Envelope
  ) -> OutputEvent {
    let id = DerivedID.make("ins", source: cause.source, id: promise.decision, part: "promise_broken")
    let insight = InsightRaised(
      insight: id, kind: .promiseBroken, subject: Redacted(ours: `case`.ticket.text), customer: customer,
      ticket: `case`.ticket,
      reason: "The customer was promised news by \(promise.by), and nobody has written since.",
      decision: promise.decision)
    return OutputEvent(
      to: .insights, type: .insightRaised, id: id, key: `case`.ticket.text, correlationID: `case`.ticket.text,
      cause: cause, data: insight.encoded())
  }
}

/// The version of the program, as it stands in every decision.
public let heedVersion = "0.1.0"
