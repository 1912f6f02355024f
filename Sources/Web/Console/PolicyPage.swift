internal import Events
internal import Policy

/// **Policy**: the document in force, what it may do by itself, and what was proved about it.
enum PolicyPage {
  static func page(_ policy: PolicyDocument, _ proof: PolicyProof?, _ diff: LastDiff) -> ConsolePage {
    ConsolePage(
      title: "Policy", place: .policy,
      lead: "<strong>\(policy.name)</strong> <code>\(policy.version)</code>, as this console has it.",
      body: """
        \(steps(policy))
        \(proofs(proof))
        \(DiffPart.part(diff, policy))
        \(stops(policy))
        \(queues(policy))
        \(intents(policy))
        """)
  }

  private static func steps(_ policy: PolicyDocument) -> Markup {
    func named(_ boundary: PolicyDocument.Step.Boundary) -> [(String, PolicyDocument.Step)] {
      policy.steps.filter { $0.value.boundary == boundary }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
    let automatic = named(.automatic).map { name, step -> [Markup] in
      [
        "\(name.asWords)", "\(step.kind.rawValue)", "\(step.words)",
        "\(step.answers.sorted().map(\.asWords).joined(separator: ", "))",
      ]
    }
    let approved = named(.needsApproval).map { name, step -> [Markup] in
      ["\(name.asWords)", "\(step.stakes?.rawValue ?? "–")", "\(step.words)"]
    }
    let never = named(.never).map { name, step -> [Markup] in
      ["\(name.asWords)", "\(step.stakes?.rawValue ?? "–")", "\(step.words)"]
    }
    return """
      \(Parts.section("alone", "What it may do by itself", "At most \(policy.turns.questions) question and \(policy.turns.answers) answers in a case; everything else goes to a person.", Parts.table("Automatic", ["Step", "Kind", "What it is", "Answers"], automatic, none: "Nothing.")))
      \(Parts.section("approval", "What needs a person", "A machine may propose it, and somebody must approve.", Parts.table("Needs approval", ["Step", "At stake", "What it is"], approved, none: "Nothing.")))
      \(never.isEmpty ? "" : Parts.section("never", "What it never does", "", Parts.table("Never", ["Step", "At stake", "What it is"], never, none: "Nothing.")))
      """
  }

  private static func proofs(_ proof: PolicyProof?) -> Markup {
    guard let proof else {
      return Parts.section(
        "proofs", "What was proved", "", "<p class=\"none\">It is being proved; look again in a moment.</p>")
    }
    let faults = proof.faults.map { fault -> Markup in "<strong>\(fault.blames)</strong>: \(fault.words)" }
    let verdict: Markup =
      proof.faults.isEmpty
      ? Parts.list(
        [
          "every state has one outcome",
          "no tripwire's reason, opt-out, person at work or unsure reading lets a machine speak",
          "nothing at stake is automatic; one question and a bounded number of answers per case",
          "urgencies and deadlines fit; no rule is out of reach",
          "every message has its parts and fits every channel",
        ], class: "ticks")
      : "<p class=\"problem\"><span aria-hidden=\"true\">▲</span> \(Words.plural(proof.faults.count, "thing", "things")) must be mended.</p>\(Parts.list(faults))"
    func rows(_ states: [DecisionMade.Action: UInt128]) -> [[Markup]] {
      DecisionMade.Action.allCases.compactMap { action in
        states[action].map { ["\(action.rawValue.asWords)", "\(Words.grouped($0))"] }
      }
    }
    return Parts.section(
      "proofs", "What was proved",
      "By going through all <strong>\(Words.grouped(proof.states))</strong> states that the facts can have, in \(Words.grouped(proof.regions)) regions that the policy tells apart.",
      """
      \(verdict)
      <details><summary>States by what is done</summary>\(Parts.table("States by action", ["Action", "States"], numbers: [1], rows(proof.byAction), none: "None."))</details>
      """)
  }

  private static func stops(_ policy: PolicyDocument) -> Markup {
    let rows = policy.tripwires.map { tripwire -> [Markup] in
      ["\(tripwire.name.asWords)", "\(tripwire.queue?.asWords ?? "the intent's")", "\(tripwire.words)"]
    }
    return Parts.section(
      "stops", "What stops all automation", "Tripwires, in their order; each alone is enough.",
      Parts.table("Tripwires", ["Tripwire", "Queue", "Why"], rows, none: "None."))
  }

  private static func queues(_ policy: PolicyDocument) -> Markup {
    let levels: [DecisionMade.Urgency] = [.critical, .high, .normal, .low]
    let rows = policy.queues.sorted { $0.key < $1.key }.map { name, queue -> [Markup] in
      ["\(queue.title) <span class=\"soft\">\(name)</span>"]
        + levels.map { level in "\(queue.deadlines[level].map(Words.span) ?? "–")" }
    }
    return Parts.section(
      "people", "Where people work", "And in which time a case must be answered.",
      Parts.table("Deadlines", ["Queue"] + levels.map(\.rawValue), numbers: [1, 2, 3, 4], rows, none: "None."))
  }

  private static func intents(_ policy: PolicyDocument) -> Markup {
    let rows = policy.intents.sorted { $0.key < $1.key }.map { name, intent -> [Markup] in
      [
        "\(name.asWords)", "\(intent.goal)", "\(intent.queue.asWords)", "\(intent.confidence.rawValue)",
        "\(intent.handoff)",
      ]
    }
    return Parts.section(
      "intents", "What customers want",
      "The catalogue, with the confidence that automation needs and when a person takes over.",
      Parts.table("Intents", ["Intent", "Goal", "Queue", "Confidence", "A person takes over"], rows, none: "None."))
  }
}
