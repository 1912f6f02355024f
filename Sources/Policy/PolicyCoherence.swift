internal import Events

/// What must fit together in a policy whose parts are all readable: names that are used are there, and rules end somewhere.
extension PolicyDocument {
  func checkCoherence(_ fields: [String: DocumentNode]) throws(PolicyProblem) {
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
    if let taken = (rules + notices).first(where: { $0.name.hasPrefix(Experiment.rulePrefix) }) {
      throw refuse("rules", "\(taken.name) is a name that only an experiment has")
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
