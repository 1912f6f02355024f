internal import Events

/// Reads who works where on what: channels, queues, steps, intents, and who is in an experiment.
extension PolicyDocument {
  static func turns(_ node: DocumentNode) throws(PolicyProblem) -> Turns {
    let fields = try node.fields("questions", "answers")
    return Turns(
      questions: try fields.require("questions", of: node).integer(),
      answers: try fields.require("answers", of: node).integer())
  }

  static func reveal(_ node: DocumentNode) throws(PolicyProblem) -> Reveal {
    try node.fields("reveal").require("reveal", of: node).choice(of: Reveal.self)
  }

  static func highValue(_ node: DocumentNode) throws(PolicyProblem) -> [String: Int64] {
    var limits: [String: Int64] = [:]
    for entry in try node.entries() {
      let amount = try entry.value.text()
      let limit = entry.name == "*" ? Money.micros(of: amount) : Money(amount: amount, currency: entry.name)?.micros
      guard let limit else {
        throw entry.value.problem("must be an amount under a currency's code or *")
      }
      limits[entry.name] = limit
    }
    return limits
  }

  static func channels(_ node: DocumentNode) throws(PolicyProblem) -> [Channel: ChannelRule] {
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

  static func experiment(_ node: DocumentNode) throws(PolicyProblem) -> Experiment {
    let fields = try node.fields("name", "baseline")
    let name = try fields.require("name", of: node)
    // It stands in decisions and in names of rules.
    guard try name.text().wholeMatch(of: /[a-z0-9][a-z0-9._-]{0,63}/) != nil else {
      throw name.problem("must be of small letters, digits, dots and dashes, at most 64 of them")
    }
    return Experiment(
      name: try name.text(), baselineThousandths: try fields.require("baseline", of: node).thousandths())
  }

  static func queue(_ node: DocumentNode) throws(PolicyProblem) -> Queue {
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

  static func step(_ node: DocumentNode) throws(PolicyProblem) -> Step {
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

  static func intent(_ node: DocumentNode) throws(PolicyProblem) -> Intent {
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
}
