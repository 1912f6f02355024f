internal import Events
internal import Policy
internal import Streams

/// A verdict in its written forms: the decision for the audit, and the message for the customer or the case for an agent.
///
/// A class for the reason for which `Situation` is one.
final class Renderer {
  final class Rendered {
    let decision: DecisionMade
    let resolution: ResolutionProposed?
    let summary: CaseSummarised?
    let outputs: [OutputEvent]
    /// The digest of the decision's bytes: the next link of this customer's chain.
    let digest: Digest256
    /// What the customer was told to expect.
    let promise: Case.Promise?

    init(
      decision: DecisionMade, resolution: ResolutionProposed?, summary: CaseSummarised?, outputs: [OutputEvent],
      digest: Digest256, promise: Case.Promise?
    ) {
      self.decision = decision
      self.resolution = resolution
      self.summary = summary
      self.outputs = outputs
      self.digest = digest
      self.promise = promise
    }
  }

  let situation: Situation
  let facts: Facts
  let verdict: Verdict
  let context: CustomerContext
  let `case`: Case
  let policy: PolicyDocument
  let versions: DecisionMade.Versions
  /// The decision that this one replaces.
  let supersedes: String?

  init(
    situation: Situation, facts: Facts, verdict: Verdict, context: CustomerContext, case: Case, policy: PolicyDocument,
    versions: DecisionMade.Versions, supersedes: String? = nil
  ) {
    self.situation = situation
    self.facts = facts
    self.verdict = verdict
    self.context = context
    self.case = `case`
    self.policy = policy
    self.versions = versions
    self.supersedes = supersedes
  }

  private var message: IncomingMessage { situation.message }

  func render() -> Rendered {
    var decision = decision()
    decision.inputs = context.inputs
    decision.disruption = situation.diagnosis.disruption?.digest
    decision.experiment = situation.trial.map { .init(name: $0.name, stoppedAt: $0.stop?.at) }
    decision.stop = situation.trial?.stop?.digest
    let bytes = decision.encoded()
    let digest = Digest256(of: bytes)
    let tally = Tally.decision(
      action: decision.action.rawValue, queue: decision.queue ?? "", intent: situation.intent?.name ?? "")
    var outputs = [
      output(.decisions, .decisionMade, id: decision.decision, data: bytes, dataDigest: digest, tally: tally)
    ]
    var resolution: ResolutionProposed?
    var summary: CaseSummarised?
    switch verdict.action {
    case .resolve, .clarify, .notify:
      let message = message(for: decision)
      resolution = message
      outputs.append(
        output(
          .resolutions, .resolutionProposed, id: message.resolution, expiry: message.expiresAt, data: message.encoded())
      )
    case .handOff:
      let handOver = CaseRendering(renderer: self, decision: decision).summary()
      summary = handOver
      outputs.append(
        output(.cases(queue: handOver.queue), .caseSummarised, id: handOver.summary, data: handOver.encoded()))
    case .none: break
    }
    return Rendered(
      decision: decision, resolution: resolution, summary: summary, outputs: outputs, digest: digest,
      promise: resolution?.expiresAt.map { Case.Promise(by: $0, decision: decision.decision) })
  }

  // MARK: The decision

  private func decision() -> DecisionMade {
    // A queue that a person chose always wins.
    let queue = verdict.action == .handOff ? humanQueue ?? verdict.queue : nil
    return DecisionMade(
      decision: derivedID("dec"), ticket: message.ticket, customer: message.customer, action: verdict.action,
      step: verdict.step, queue: queue, urgency: urgency,
      dueBy: dueBy(in: queue), reading: situation.reading,
      trajectory: situation.trajectory, cause: Redacted(ours: situation.diagnosis.cause),
      order: situation.match.order?.order,
      checks: situation.diagnosis.checks,
      facts: verdict.factsUsed.map { DecisionMade.Fact(name: $0.rawValue, value: Redacted(ours: facts[$0].text)) },
      rule: verdict.rule, nearMisses: verdict.nearMisses, tripwires: verdict.tripwires,
      boundary: verdict.boundary.rawValue, confidenceNeeded: verdict.confidenceNeeded, context: situation.contextState,
      contextAsOf: situation.match.order?.asOf, caseEpoch: `case`.epoch, versions: versions,
      arm: (situation.trial?.arm ?? .treatment).rawValue,
      previous: context.lastDecision, supersedes: supersedes, customerExplanation: customerExplanation,
      auditExplanation: auditExplanation)
  }

  /// An order that changes makes a case more urgent, never less.
  private var urgency: DecisionMade.Urgency {
    situation.isOrderChange ? max(`case`.urgency ?? .low, verdict.urgency) : verdict.urgency
  }

  /// The deadline of the queue it really goes to, unless the case waits there already with an earlier one.
  private func dueBy(in queue: String?) -> Timestamp? {
    guard let queue else { return nil }
    let deadline = queue == verdict.queue ? verdict.dueIn : policy.queues[queue]?.deadlines[verdict.urgency]
    guard let new = deadline.map({ message.time.adding(seconds: $0) }) else { return nil }
    return `case`.isWithPerson ? min(`case`.dueBy ?? new, new) : new
  }

  /// The queue a person put the case in, or the one where it waits for a person; if the policy has it, since a name nobody
  /// reads would lose the case.
  private var humanQueue: String? {
    let waiting = verdict.rule == "tripwire.human_has_case" ? `case`.handedTo : nil
    guard let queue = `case`.humanQueue?.text ?? waiting, policy.queues[queue] != nil else { return nil }
    return queue
  }

  private var customerExplanation: Redacted {
    guard let language = policy.languages[situation.language] ?? policy.languages["en"] else { return "" }
    let facts = MessageFacts(self, language: language)
    switch verdict.action {
    case .handOff: return situation.isOrderChange ? "" : Redacted(ours: language.frame.handOff.render(facts.anonymous))
    case .none: return ""
    case .resolve, .clarify, .notify: return Redacted(ours: language.frame.basis.render(facts.anonymous) + ".")
    }
  }

  /// Of rules, steps and facts, which are words of the policy or came from a context, that has no others.
  private var auditExplanation: Redacted {
    var text = Paragraph()
    text.add(ours: "Rule ", verdict.rule, " fired (")
    for (index, part) in decisive.enumerated() {
      text.add(ours: index == 0 ? "" : ", ", part.fact.rawValue, "=", facts[part.fact].text)
      // Of words the value says it all; a number says little without the threshold it was held against.
      if case .within = part.wanted { text.add(ours: ", wanted ", part.wanted.text) }
    }
    text.add(ours: ").")
    if verdict.tripwires.count > 1 {
      text.add(ours: " Tripwires touched: ", verdict.tripwires.joined(separator: ", "), ".")
    }
    if let intent = situation.intent {
      text.add(ours: " Intent ", intent.name, " was read ")
      if intent.probability == 0 {
        text.add(ours: "earlier in this case")
      } else {
        text.add(ours: "with probability ", JSONWriter.decimal(thousandths: intent.probability))
      }
      text.add(ours: ", in the ", intent.band.rawValue, " band.")
    }
    text.add(ours: " Step ", verdict.step, " is ", verdict.boundary.rawValue)
    text.add(ours: "; automation here needs ", verdict.confidenceNeeded.rawValue, " confidence.")
    if let trial = situation.trial { text.add(ours: " ", trial.words) }
    if let miss = verdict.nearMisses.first {
      text.add(ours: " Nearest other rule: ", miss.rule, ", if ", miss.fact, " were ", miss.wanted, ".")
    }
    return text.words
  }

  /// What the rule or tripwire that fired looked at, in its own order.
  private var decisive: [(fact: FactName, wanted: Condition.Wanted)] {
    let name = verdict.rule
    if name.hasPrefix("tripwire."),
      let tripwire = policy.tripwires.first(where: { name.dropFirst("tripwire.".count) == $0.name })
    {
      return tripwire.when.parts
    }
    if name == policy.experiment?.rule { return PolicyDocument.inBaseline.parts }
    let rule = policy.rules.first { $0.name == name } ?? policy.notices.first { $0.name == name }
    return rule?.when.parts ?? []
  }

  // MARK: The message

  private func message(for decision: DecisionMade) -> ResolutionProposed {
    // The policy lets no message out for which the language has no words.
    let form = policy.form(on: message.channel)
    guard let language = policy.languages[situation.language], let words = language.messages[verdict.step]?.form(form)
    else { preconditionFailure("a message is decided only where there are words for it") }
    let frame = language.frame.form(form)
    let facts = MessageFacts(self, language: language)
    func filled(_ template: Template) -> String { template.render { facts.value(of: $0, in: form) } }
    let isUpset = situation.reading.sentiment.level < 0
    let choices = choices(language)
    return ResolutionProposed(
      resolution: derivedID("res"), ticket: message.ticket, customer: message.customer,
      kind: kind, step: verdict.step, channel: message.channel,
      language: situation.language,
      parts: ResolutionProposed.Parts(
        acknowledgement: filled(isUpset ? words.upset : words.calm), fact: filled(words.fact),
        nextStep: filled(words.nextStep), humanExit: filled(frame.humanExit), disclosure: filled(frame.disclosure)),
      choices: choices, basis: [filled(frame.basis)], caseEpoch: `case`.epoch,
      expiresAt: promisesNews ? situation.diagnosis.disruption?.nextUpdateBy : nil,
      decision: decision.decision)
  }

  private var kind: ResolutionProposed.Kind {
    switch verdict.action {
    case .notify: .notice
    case .clarify: .question
    case .resolve, .handOff, .none: .answer
    }
  }

  /// Who is told when the next update comes is owed one.
  private var promisesNews: Bool { policy.steps[verdict.step]?.places.contains("nextUpdate") == true }

  private func choices(_ language: PolicyDocument.Language) -> [ResolutionProposed.Choice] {
    if verdict.action == .clarify, verdict.step == Self.whichMatter { return matters(language) }
    // Where everybody reads, a customer's orders are no list to choose from.
    guard verdict.action == .clarify, situation.match.how == .ambiguous, policy.form(on: message.channel) != .public
    else { return [] }
    let orders = situation.match.candidates.prefix(4)
    guard orders.count >= 2, verdict.step == "ask_which_order" else { return [] }
    return orders.map { order in
      let titles = order.titles.joined(separator: ", ").text
      return ResolutionProposed.Choice(
        value: order.order.text, words: titles.isEmpty ? order.order.text : "\(order.order.text): \(titles)")
    }
  }

  /// The question to which intents are the choices.
  static let whichMatter = "ask_which_matter"

  /// The intents that the reading cannot tell apart, in the customer's words (C9).
  private func matters(_ language: PolicyDocument.Language) -> [ResolutionProposed.Choice] {
    let words = language.terms["intent"] ?? [:]
    let choices = situation.reading.candidates.compactMap { intent in
      words[intent].map { ResolutionProposed.Choice(value: intent, words: $0) }
    }
    return choices.count >= 2 ? Array(choices.prefix(4)) : []
  }

  // MARK: Common

  func derivedID(_ purpose: String) -> String {
    DerivedID.make(purpose, source: message.envelope.source, id: message.envelope.id)
  }

  private func output(
    _ destination: OutputEvent.Destination, _ type: EventType, id: String, expiry: Timestamp? = nil, data: [UInt8],
    dataDigest: Digest256? = nil, tally: Tally? = nil
  ) -> OutputEvent {
    OutputEvent(
      to: destination, type: type, id: id, key: message.ticket.text, correlationID: message.ticket.text,
      cause: message.envelope, expiryTime: expiry, data: data, dataDigest: dataDigest, tally: tally)
  }
}

extension Case {
  /// What must be known of this message when the next one comes.
  mutating func remember(_ situation: Situation) {
    let time = situation.message.time
    lastMessageAt = time
    language = situation.language
    if let intent = situation.intent {
      self.intent = intent.name
      band = intent.band
    }
    if let order = situation.match.order { self.order = order.order }
    firstSentiment = firstSentiment ?? situation.reading.sentiment.level
    lastSentiment = situation.reading.sentiment.level
    note(.customerWrote, step: Redacted(ours: situation.intent?.name ?? ""), at: time)
  }

  /// What was done, and what the customer may expect of it.
  mutating func remember(_ verdict: Verdict, _ rendered: Renderer.Rendered, at time: Timestamp) {
    decision = rendered.decision.decision
    switch verdict.action {
    case .resolve:
      answersGiven += 1
      promise = rendered.promise
      note(.automationAnswered, step: Redacted(ours: verdict.step), at: time)
    case .notify:
      promise = rendered.promise
      note(.automationTold, step: Redacted(ours: verdict.step), at: time)
    case .clarify:
      questionsAsked += 1
      note(.automationAsked, step: Redacted(ours: verdict.step), at: time)
    case .handOff:
      handedTo = handedTo ?? verdict.queue
      dueBy = rendered.decision.dueBy
      urgency = rendered.decision.urgency
      note(.handedOff, step: Redacted(ours: verdict.queue ?? ""), at: time)
    case .none: break
    }
  }
}
