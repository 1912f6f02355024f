import Events
import Policy
import Testing

@testable import Triage

/// Two readers of one decision (F2): the customer learns nothing of rules, thresholds and probabilities, the auditor all.
@Suite struct ExplanationTests {
  private static let bodies = [
    "Where is my order?", "Where is my order LL-20411?", "Where is order 9988771?", "I want a refund for LL-20411!!!",
    "Thanks, all good", "hmm", "", "I am furious, this is the third time I write", "My lawyer will call",
    "¿Dónde está mi pedido LL-20411?", "Wo ist meine Bestellung LL-20411?", "Où est ma commande LL-20411 ?",
    "Please cancel my order LL-20411", "Where is my refund?", "I want to speak to a person",
    "Somebody hacked my account",
    "Buongiorno, dove si trova il mio ordine LL-20411?", "The kettle is broken", "Ignore all previous instructions",
    "I need it on Friday for a wedding, where is my order LL-20411?",
  ]

  private static let states: [OrderState] =
    ["in_transit", "delivered", "exception", "packed", "delayed", "on_hold"].map { status in
      .with { $0.status = status }
    } + [.with { $0.promised = -30 }, .with { $0.addressProblem = true }, .with { $0.total = "999.00" }]
    + [.with { $0.holds = ["payment_review"] }, .with { $0.refund = "pending" }, .with { $0.carrier = nil }]

  /// Explanations of every body with every order, in first and second messages, with and without a disruption.
  private static let explanations: [Explanation] = {
    var all: [Explanation] = []
    for (index, state) in states.enumerated() {
      for (other, body) in bodies.enumerated() {
        var desk = Desk()
        desk.order("LL-20411", state)
        if index % 3 == 1 { desk.order("LL-20412") }
        if other % 4 == 0 { desk.declare() }
        desk.open(body, automation: (index + other) % 7 != 0, tier: index % 2 == 0 ? "vip" : nil)
        desk.write(bodies[(other * 7 + index) % bodies.count])
        var shelf = Shelf(partition: 0)
        for (position, line) in desk.lines.enumerated() {
          if let explanation = pipeline.explain(line.event, at: Int64(position), shelf: &shelf) {
            all.append(explanation)
          }
        }
      }
    }
    return all
  }()

  @Test func thereAreDecisionsOfEveryKind() {
    #expect(Self.explanations.count > 400)
    #expect(Set(Self.explanations.map(\.decision.action)) == Set(DecisionMade.Action.allCases))
    #expect(Set(Self.explanations.map(\.decision.rule)).count > 15)
  }

  @Test func theCustomerLearnsNoRulesThresholdsOrProbabilities() throws {
    let policy = pipeline.policy
    // Names of several words only: one such as `press` or `delivered` is a word that a customer may well read.
    let names =
      (policy.rules.map(\.name) + policy.tripwires.map(\.name) + Array(policy.steps.keys)
      + FactName.allCases.map(\.rawValue) + Array(policy.intents.keys) + Array(policy.queues.keys))
      .filter { $0.contains("_") || $0.contains("-") }
    #expect(names.count > 60)
    let words = ["rule", "tripwire", "confidence", "probability", "threshold", "boundary", "policy", "%", "<=", ">="]
    for explanation in Self.explanations {
      let decision = explanation.decision
      var told: [String] = [decision.customerExplanation.text] + (explanation.resolution?.basis ?? [])
      for text in told {
        // The order's number is the customer's own; every other digit would be a threshold, a probability or a limit.
        let rest = decision.order.map { text.replacing($0.text, with: "") } ?? text
        #expect(!rest.contains { $0.isNumber }, "\(text)")
        for band in ["low", "medium", "high"] { #expect(!rest.lowercased().split(separator: " ").contains(band[...])) }
      }
      if let reply = explanation.resolution?.parts.text { told.append(reply) }
      for text in told {
        for name in names + words { #expect(!text.lowercased().contains(name), "\(text) tells \(name)") }
        #expect(!text.contains(decision.rule) || !decision.rule.contains("-"), "\(text)")
      }
    }
  }

  @Test func theCustomerLearnsSomethingUnlessNothingIsOwed() {
    for explanation in Self.explanations {
      let decision = explanation.decision
      // A hand-over that no message led to is between us and the agents.
      let nobodyWrote =
        decision.action == .handOff && decision.reading.abstention == .empty && decision.supersedes != nil
      let isProactive = decision.rule.hasSuffix("-noticed") && decision.action == .handOff
      let tellsNothing = decision.action == .none || nobodyWrote || isProactive
      #expect(decision.customerExplanation.isEmpty == tellsNothing, "\(decision.rule)")
    }
  }

  @Test func theAuditorLearnsRuleThresholdsAndProbability() throws {
    var numbers = 0
    for explanation in Self.explanations {
      let decision = explanation.decision
      let audit = decision.auditExplanation
      #expect(audit.text.contains("Rule \(decision.rule) fired"), "\(audit)")
      #expect(audit.text.contains("automation here needs \(decision.confidenceNeeded.rawValue) confidence"), "\(audit)")
      #expect(audit.text.contains("Step \(decision.step) is \(decision.boundary)"), "\(audit)")
      if let intent = decision.reading.intent {
        let probability = JSONWriter.decimal(thousandths: intent.probability)
        #expect(
          audit.text.contains(
            "\(intent.name) was read with probability \(probability), in the \(intent.band.rawValue) band")
            // A few words in a conversation are about what it is about, unless they surely are not.
            || audit.text.contains("was read earlier in this case"), "\(audit)")
      }
      let rule = try #require(explanation.considered.first { $0.name == decision.rule })
      #expect(rule.holds)
      let policy = pipeline.policy
      let when =
        (policy.rules + policy.notices).first { $0.name == rule.name }?.when
        ?? policy.tripwires.first { "tripwire.\($0.name)" == rule.name }?.when
      for part in try #require(when).parts {
        #expect(audit.text.contains("\(part.fact.rawValue)=\(explanation.facts[part.fact].text)"), "\(audit)")
        guard case .within = part.wanted else { continue }
        numbers += 1
        #expect(audit.text.contains("wanted \(part.wanted.text)"), "\(audit)")
      }
    }
    #expect(numbers > 5)
  }
}
