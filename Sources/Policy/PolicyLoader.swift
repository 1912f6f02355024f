internal import Events
internal import Yams

extension PolicyDocument {
  /// Reads and checks a policy document.
  ///
  /// - Throws: `PolicyProblem` with the line and what to mend; nothing half-read is ever used.
  public init(yaml: String) throws(PolicyProblem) {
    let root: DocumentNode
    do {
      guard let node = try Yams.compose(yaml: yaml) else {
        throw PolicyProblem(line: 0, words: "the document is empty")
      }
      root = DocumentNode(node: node, path: "")
    } catch let problem as PolicyProblem {
      throw problem
    } catch let error as YamlError {
      throw PolicyProblem(error)
    } catch {
      throw PolicyProblem(line: 0, words: "this is no YAML")
    }
    let fields = try root.fields(
      "policy", "version", "turns", "highValue", "repeatWithin", "lostAfter", "channels", "queues", "steps", "intents",
      "proposals", "tripwires", "urgencies", "rules", "notices", "firstLanguage", "firstChannel", "languages")
    name = try fields.require("policy", of: root).text()
    let digest = Digest256(of: yaml.utf8).hex.prefix(12)
    version = try fields.require("version", of: root).text() + "+" + digest
    turns = try Self.turns(fields.require("turns", of: root))
    highValue = try Self.highValue(fields.require("highValue", of: root))
    repeatWithin = try fields.require("repeatWithin", of: root).seconds()
    lostAfter = try fields.require("lostAfter", of: root).seconds()
    channels = try Self.channels(fields.require("channels", of: root))
    queues = try Self.named(fields.require("queues", of: root), Self.queue)
    steps = try Self.named(fields.require("steps", of: root), Self.step)
    intents = try Self.named(fields.require("intents", of: root), Self.intent)
    proposals = try fields["proposals"].map { node throws(PolicyProblem) in try Self.listed(node, Self.proposal) } ?? []
    tripwires = try Self.listed(fields.require("tripwires", of: root), Self.tripwire)
    urgencies = try Self.listed(fields.require("urgencies", of: root), Self.urgencyRule)
    rules = try Self.listed(fields.require("rules", of: root), Self.rule)
    notices = try fields["notices"].map { node throws(PolicyProblem) in try Self.listed(node, Self.rule) } ?? []
    languages = try Self.named(fields.require("languages", of: root), Self.language)
    firstLanguage = try fields["firstLanguage"]?.text()
    firstChannel = try fields["firstChannel"].map { node throws(PolicyProblem) in try node.choice(of: Channel.self) }
    try check(fields)
  }

  // MARK: Parts

  private static func named<Value>(
    _ node: DocumentNode, _ read: (DocumentNode) throws(PolicyProblem) -> Value
  ) throws(PolicyProblem) -> [String: Value] {
    var values: [String: Value] = [:]
    for entry in try node.entries() { values[entry.name] = try read(entry.value) }
    return values
  }

  private static func listed<Value>(
    _ node: DocumentNode, _ read: (DocumentNode) throws(PolicyProblem) -> Value
  ) throws(PolicyProblem) -> [Value] {
    var values: [Value] = []
    for element in try node.elements() { values.append(try read(element)) }
    return values
  }

  private static func turns(_ node: DocumentNode) throws(PolicyProblem) -> Turns {
    let fields = try node.fields("questions", "answers")
    return Turns(
      questions: try fields.require("questions", of: node).integer(),
      answers: try fields.require("answers", of: node).integer())
  }

  private static func highValue(_ node: DocumentNode) throws(PolicyProblem) -> [String: Int64] {
    var limits: [String: Int64] = [:]
    for entry in try node.entries() {
      guard let limit = Money(amount: try entry.value.text(), currency: entry.name == "*" ? "XXX" : entry.name) else {
        throw entry.value.problem("must be an amount under a currency's code or *")
      }
      limits[entry.name] = limit.micros
    }
    return limits
  }

  private static func channels(_ node: DocumentNode) throws(PolicyProblem) -> [Channel: ChannelRule] {
    var rules: [Channel: ChannelRule] = [:]
    for entry in try node.entries() {
      guard let channel = Channel(rawValue: entry.name) else {
        throw entry.value.problem(
          "there is no such channel; known are \(Channel.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      let fields = try entry.value.fields("form", "charactersMax", "sentenceWordsMax")
      func bound(_ name: String) throws(PolicyProblem) -> Int {
        let field = try fields.require(name, of: entry.value)
        let bound = try field.integer()
        guard bound > 0 else { throw field.problem("must be at least 1") }
        return bound
      }
      rules[channel] = ChannelRule(
        form: try fields.require("form", of: entry.value).choice(of: Form.self),
        charactersMax: try bound("charactersMax"), sentenceWordsMax: try bound("sentenceWordsMax"),
        line: entry.value.line)
    }
    if let missing = Channel.allCases.first(where: { rules[$0] == nil }) {
      throw node.problem("\(missing.rawValue) is missing: every channel says in which words messages go out there")
    }
    return rules
  }

  private static func queue(_ node: DocumentNode) throws(PolicyProblem) -> Queue {
    let fields = try node.fields("title", "deadlines")
    let deadlines = try fields.require("deadlines", of: node)
    var byUrgency: [DecisionMade.Urgency: Int64] = [:]
    for entry in try deadlines.entries() {
      guard let urgency = DecisionMade.Urgency(rawValue: entry.name) else {
        throw entry.value.problem("there is no such urgency")
      }
      byUrgency[urgency] = try entry.value.seconds()
    }
    guard byUrgency.count == DecisionMade.Urgency.allCases.count else {
      throw deadlines.problem("needs a deadline for each of low, normal, high and critical")
    }
    return Queue(title: try fields.require("title", of: node).text(), deadlines: byUrgency)
  }

  private static func step(_ node: DocumentNode) throws(PolicyProblem) -> Step {
    let fields = try node.fields("boundary", "kind", "words", "stakes", "places", "answers", "about", "explains")
    let kind = try fields.require("kind", of: node).choice(of: Step.Kind.self)
    let places = try fields["places"]?.texts() ?? []
    if let unknown = places.first(where: { !Template.placeholders.contains($0) }) {
      throw node.problem("\(unknown) is no fact that may stand in a message")
    }
    let answers = try fields["answers"]?.texts() ?? []
    let about = try fields["about"].map { node throws(PolicyProblem) in try node.choice(of: Step.Subject.self) }
    guard (kind == .answer) != answers.isEmpty else {
      throw node.problem("an answer says with `answers` to which intents it is one, and nothing else does")
    }
    guard (kind == .question) == (about != nil) else {
      throw node.problem("a question says with `about` what it asks for (intent or order), and nothing else does")
    }
    let explains = try fields["explains"]?.texts() ?? []
    guard (kind == .notice) != explains.isEmpty else {
      throw node.problem("a notice says with `explains` which causes it explains, and nothing else does")
    }
    if let unknown = explains.first(where: { FactName.vocabulary(of: .cause)?.contains($0) != true || $0 == "none" }) {
      throw node.problem("\(unknown) is no cause that could be explained")
    }
    return Step(
      boundary: try fields.require("boundary", of: node).choice(of: Step.Boundary.self), kind: kind,
      words: try fields.require("words", of: node).text(),
      stakes: try fields["stakes"].map { node throws(PolicyProblem) in try node.choice(of: Step.Stakes.self) },
      places: Set(places), answers: Set(answers), about: about, explains: Set(explains))
  }

  private static func intent(_ node: DocumentNode) throws(PolicyProblem) -> Intent {
    let fields = try node.fields(
      "goal", "words", "trigger", "outcome", "response", "fallback", "handoff", "queue", "step", "alternatives",
      "confidence")
    let goal = try fields.require("goal", of: node)
    guard Intent.goals.contains(try goal.text()) else {
      throw goal.problem("is none of \(Intent.goals.joined(separator: ", "))")
    }
    let alternatives = try fields["alternatives"]?.texts() ?? []
    guard alternatives.count <= 3 else { throw node.problem("at most three alternatives") }
    return Intent(
      trigger: try fields.require("trigger", of: node).text(), outcome: try fields.require("outcome", of: node).text(),
      response: try fields.require("response", of: node).text(),
      fallback: try fields.require("fallback", of: node).text(),
      handoff: try fields.require("handoff", of: node).text(),
      goal: try goal.text(), words: try fields.require("words", of: node).text(),
      queue: try fields.require("queue", of: node).text(), step: try fields.require("step", of: node).text(),
      alternatives: alternatives,
      confidence: try fields.require("confidence", of: node).choice(of: Reading.Band.self))
  }

  private static func proposal(_ node: DocumentNode) throws(PolicyProblem) -> Proposal {
    let fields = try node.fields("when", "step")
    let when = try condition(fields.require("when", of: node))
    guard !when.parts.isEmpty else { throw node.problem("a proposal needs a condition") }
    return Proposal(when: when, step: try fields.require("step", of: node).text())
  }

  private static func tripwire(_ node: DocumentNode) throws(PolicyProblem) -> Tripwire {
    let fields = try node.fields("name", "when", "queue", "step", "words")
    let when = try condition(fields.require("when", of: node))
    guard !when.parts.isEmpty else { throw node.problem("a tripwire needs a condition") }
    return Tripwire(
      name: try fields.require("name", of: node).text(), when: when, queue: try fields["queue"]?.text(),
      step: try fields["step"]?.text(), words: try fields.require("words", of: node).text())
  }

  private static func urgencyRule(_ node: DocumentNode) throws(PolicyProblem) -> UrgencyRule {
    let fields = try node.fields("urgency", "when")
    return UrgencyRule(
      urgency: try fields.require("urgency", of: node).choice(of: DecisionMade.Urgency.self),
      when: try condition(fields.require("when", of: node)))
  }

  private static func rule(_ node: DocumentNode) throws(PolicyProblem) -> Rule {
    let fields = try node.fields("name", "when", "then", "words")
    let then = try fields.require("then", of: node)
    let outcomes = try then.fields("message", "handOff", "nothing")
    guard outcomes.count == 1, let outcome = outcomes.first else {
      throw then.problem("must be one of message, handOff, nothing")
    }
    let result: Rule.Outcome
    switch outcome.key {
    case "message": result = .message(step: try outcome.value.text())
    case "nothing": result = .nothing
    default:
      let target = try outcome.value.fields("queue", "step")
      result = .handOff(queue: try target["queue"]?.text(), step: try target["step"]?.text())
    }
    return Rule(
      name: try fields.require("name", of: node).text(),
      when: try fields["when"].map { node throws(PolicyProblem) in try condition(node) } ?? Condition([]),
      outcome: result, words: try fields.require("words", of: node).text())
  }

  private static func condition(_ node: DocumentNode) throws(PolicyProblem) -> Condition {
    var parts: [(fact: FactName, wanted: Condition.Wanted)] = []
    for entry in try node.entries() {
      guard let fact = FactName(rawValue: entry.name) else {
        throw entry.value.problem(
          "there is no such fact; known are \(FactName.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      let wanted = try wanted(entry.value, for: fact)
      if let known = FactName.vocabulary(of: fact), fact != .intent, let words = wanted.words,
        let unknown = words.first(where: { !known.contains($0) })
      {
        // A misspelt signal would be a tripwire that nothing can touch.
        throw entry.value.problem("\(fact.rawValue) is never \(unknown); known are \(known.joined(separator: ", "))")
      }
      parts.append((fact, wanted))
    }
    return Condition(parts)
  }

  private static func wanted(_ node: DocumentNode, for fact: FactName) throws(PolicyProblem) -> Condition.Wanted {
    switch fact.kind {
    case .word, .words:
      guard node.isMapping else { return .anyOf(try node.texts()) }
      return .noneOf(try node.fields("not").require("not", of: node).texts())
    case .flag:
      switch try node.text() {
      case "true": return .flag(true)
      case "false": return .flag(false)
      default: throw node.problem("must be true or false")
      }
    case .number:
      let text = try node.text()
      let digits = text.drop { "<>= ".contains($0) }
      guard let number = Int(digits) else { throw node.problem("must be a number, or <= or >= and a number") }
      if text.hasPrefix("<=") { return .within(Int.min...number) }
      if text.hasPrefix(">=") { return .within(number...Int.max) }
      guard digits.count == text.count else { throw node.problem("must be a number, or <= or >= and a number") }
      return .within(number...number)
    }
  }

  private static func language(_ node: DocumentNode) throws(PolicyProblem) -> Language {
    let fields = try node.fields("weekdays", "months", "date", "terms", "frame", "messages")
    let weekdays = try fields.require("weekdays", of: node)
    let months = try fields.require("months", of: node)
    guard try weekdays.texts().count == 7 else { throw weekdays.problem("must be seven, Sunday first") }
    guard try months.texts().count == 12 else { throw months.problem("must be twelve") }
    return Language(
      weekdays: try weekdays.texts(), months: try months.texts(), date: try fields.require("date", of: node).text(),
      terms: try named(fields.require("terms", of: node)) { list throws(PolicyProblem) in
        try named(list) { term throws(PolicyProblem) in try term.text() }
      },
      messages: try named(fields.require("messages", of: node), message),
      frame: try frame(fields.require("frame", of: node)))
  }

  private static func frame(_ node: DocumentNode) throws(PolicyProblem) -> Frame {
    let fields = try node.fields("humanExit", "exitWords", "handOff", "disclosure", "basis", "brief", "public")
    var frame = Frame(
      humanExit: try fields.require("humanExit", of: node).template(),
      exitWords: Set(try fields.require("exitWords", of: node).texts().map { $0.lowercased() }),
      handOff: try fields.require("handOff", of: node).template(),
      disclosure: try fields.require("disclosure", of: node).template(),
      basis: try fields.require("basis", of: node).template(), line: node.line)
    for form in Form.others {
      guard let place = fields[form.rawValue] else { continue }
      let other = try place.fields("humanExit", "disclosure", "basis")
      frame.forms[form] = Frame(
        humanExit: try other["humanExit"]?.template() ?? frame.humanExit, exitWords: frame.exitWords,
        handOff: frame.handOff,
        disclosure: try other["disclosure"]?.template() ?? frame.disclosure,
        basis: try other["basis"]?.template() ?? frame.basis, line: place.line)
    }
    return frame
  }

  private static func message(_ node: DocumentNode) throws(PolicyProblem) -> Message {
    let fields = try node.fields("calm", "upset", "fact", "nextStep", "brief", "public")
    var message = Message(
      calm: try fields.require("calm", of: node).template(), upset: try fields.require("upset", of: node).template(),
      fact: try fields.require("fact", of: node).template(),
      nextStep: try fields.require("nextStep", of: node).template(), line: node.line)
    for form in Form.others {
      guard let place = fields[form.rawValue] else { continue }
      let other = try place.fields("calm", "upset", "fact", "nextStep")
      message.forms[form] = Message(
        calm: try other["calm"]?.template() ?? message.calm, upset: try other["upset"]?.template() ?? message.upset,
        fact: try other["fact"]?.template() ?? message.fact,
        nextStep: try other["nextStep"]?.template() ?? message.nextStep, line: place.line)
    }
    return message
  }

  // MARK: What must fit together

  private func check(_ fields: [String: DocumentNode]) throws(PolicyProblem) {
    if let unknown = wordsAsked(of: .intent).first(where: { $0 != "none" && intents[$0] == nil }) {
      throw fields["rules"]?.problem("a condition asks for the intent \(unknown), which there is not")
        ?? PolicyProblem(line: 0, words: "unknown intent \(unknown)")
    }
    func refuse(_ field: String, _ words: String) -> PolicyProblem {
      fields[field]?.problem(words) ?? PolicyProblem(line: 0, words: words)
    }
    func require(queue: String?, step: String?, in field: String, of name: String) throws(PolicyProblem) {
      if let queue, queues[queue] == nil { throw refuse(field, "\(name) names the queue \(queue), which there is not") }
      if let step, steps[step] == nil { throw refuse(field, "\(name) names the step \(step), which there is not") }
    }
    for (name, intent) in intents.sorted(by: { $0.key < $1.key }) {
      try require(queue: intent.queue, step: intent.step, in: "intents", of: name)
      for step in intent.alternatives { try require(queue: nil, step: step, in: "intents", of: name) }
    }
    for (name, step) in steps.sorted(by: { $0.key < $1.key }) {
      if let unknown = step.answers.sorted().first(where: { intents[$0] == nil }) {
        throw refuse("steps", "\(name) answers the intent \(unknown), which there is not")
      }
    }
    for proposal in proposals {
      guard steps[proposal.step]?.boundary == .needsApproval, steps[proposal.step]?.kind == .work else {
        throw refuse("proposals", "\(proposal.step) is no work that needs approval, so it cannot be proposed")
      }
    }
    for tripwire in tripwires {
      try require(queue: tripwire.queue, step: tripwire.step, in: "tripwires", of: tripwire.name)
    }
    for rule in rules {
      switch rule.outcome {
      case .handOff(let queue, let step): try require(queue: queue, step: step, in: "rules", of: rule.name)
      case .message(let step): try checkMessage(step, of: rule, [.answer, .question], in: "rules", refuse)
      case .nothing: break
      }
    }
    for notice in notices {
      switch notice.outcome {
      case .handOff(let queue?, let step?): try require(queue: queue, step: step, in: "notices", of: notice.name)
      case .handOff:
        throw refuse("notices", "\(notice.name) must name the queue and the step: nobody said what they want")
      case .message(let step): try checkMessage(step, of: notice, [.notice], in: "notices", refuse)
      case .nothing: break
      }
    }
    guard let last = rules.last, last.when.parts.isEmpty, case .handOff(.some, .some) = last.outcome else {
      throw refuse("rules", "the last rule must always hold and hand the case to a queue with a step")
    }
    guard Set((rules + notices).map(\.name)).count == rules.count + notices.count else {
      throw refuse("rules", "two rules have one name")
    }
    if let firstLanguage, languages[firstLanguage] == nil {
      throw refuse("firstLanguage", "\(firstLanguage) is none of the languages, so nobody could be told anything in it")
    }
    if let firstChannel, form(on: firstChannel) == .public {
      throw refuse("firstChannel", "others read along on \(firstChannel.rawValue), so nobody is written to first there")
    }
  }

  private func checkMessage(
    _ name: String, of rule: Rule, _ kinds: [Step.Kind], in field: String, _ refuse: (String, String) -> PolicyProblem
  ) throws(PolicyProblem) {
    guard let step = steps[name] else {
      throw refuse(field, "\(rule.name) sends \(name), which is no step")
    }
    guard step.boundary == .automatic, kinds.contains(step.kind) else {
      let wanted = kinds.map(\.rawValue).joined(separator: " or ")
      throw refuse(field, "\(rule.name) sends \(name), which is no automatic \(wanted)")
    }
    for (tag, language) in languages.sorted(by: { $0.key < $1.key }) where language.messages[name] == nil {
      throw refuse("languages", "\(tag) has no message for \(name)")
    }
  }
}

extension PolicyProblem {
  /// What the YAML parser says, with its line.
  fileprivate init(_ error: YamlError) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self.init(line: mark.line, words: "this is no YAML: \(problem)")
    case .duplicatedKeysInMapping(let names, let context):
      self.init(
        line: context.mark.line, words: "\(names.sorted().joined(separator: ", ")) stands twice in what begins here")
    default: self.init(line: 0, words: "this is no YAML: \(error)")
    }
  }
}
