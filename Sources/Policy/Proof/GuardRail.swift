internal import Events

/// What no policy may do, whoever wrote it: states in which a machine must not speak to a customer, and states that must be
/// answered fast. The product's conscience; a policy is checked against it and cannot switch it off.
struct GuardRail: Sendable {
  let name: String
  /// The states it is about.
  let when: Condition
  /// Why, for the person who wrote the policy.
  let words: String
  /// It is about what is said, not about leaving something unanswered.
  var isOnlyForWords = false
  /// A tripwire must name it even where no machine would speak, so that it is seen and counted (C14).
  var needsTripwire = false

  /// In these states nothing goes to a customer, and nothing is dropped: a person has it (C5, C14 to C17, E10, F4).
  static func silence(_ policy: PolicyDocument) -> [GuardRail] {
    let signals: [(String, [String], String)] = [
      ("self_harm", ["self_harm"], "a message that may speak of self-harm"),
      ("safety", ["safety"], "a message after which somebody may be in danger"),
      ("account_security", ["account_takeover", "fraud"], "a message about a stolen account or card"),
      ("legal_threat", ["legal_threat"], "a message that speaks of lawyers, authorities or chargebacks"),
      ("press", ["press"], "a message that may come from the press"),
      ("minor", ["minor"], "a message from or about a minor"),
      ("abuse", ["abuse"], "an abusive message"),
      ("distress", ["distress"], "a customer in distress"),
      ("sensitive_topic", ["sensitive_topic"], "something private, such as health, debt or a bereavement"),
      ("instructions_to_machine", ["instructions_to_machine"], "a message that tries to instruct the machine"),
      ("opt_out_wish", ["opt_out"], "a customer who asks for no automated answers"),
      ("wants_human", ["wants_human"], "a customer who asks for a person"),
      ("policy_exception", ["exception_wanted"], "a customer who asks for an exception"),
    ]
    func rail(_ name: String, _ parts: [(FactName, Condition.Wanted)], _ words: String) -> GuardRail {
      GuardRail(name: name, when: Condition(parts.map { (fact: $0.0, wanted: $0.1) }), words: words)
    }
    return signals.map { rail($0.0, [(.signals, .anyOf($0.1))], $0.2) } + [
      rail("human_has_case", [(.humanHasCase, .flag(true))], "a case that a person has"),
      rail("opt_out", [(.automationAllowed, .flag(false))], "a customer who wants no automated answers"),
      rail("very_negative", [(.sentiment, .within(Int.min...(-2)))], "a customer who is very upset"),
      rail(
        "falling", [(.trajectory, .anyOf(["falling"])), (.sentiment, .within(Int.min...(-1)))],
        "a customer who is getting more upset"),
      rail("repeat_contact", [(.repeatContact, .flag(true))], "a customer who has written about this before"),
      rail(
        "high_value", [(.highValue, .flag(true)), (.intent, .anyOf(moneyIntents(policy)))],
        "a request for money on an order of high value"),
      rail(
        "unsupported_language", [(.abstention, .anyOf(["unsupported_language"]))],
        "a language that no reading exists for"),
      GuardRail(
        name: "language_without_words",
        when: Condition([(fact: .language, wanted: .noneOf(policy.languages.keys.sorted()))]),
        words: "a language in which the policy has no words", isOnlyForWords: true),
      GuardRail(
        name: "repeated_confusion",
        when: Condition([
          (fact: .questionsAsked, wanted: .within(1...Int.max)), (fact: .confidence, wanted: .anyOf(["none", "low"])),
          (fact: .signals, wanted: .noneOf(["closing"])),
        ]), words: "a second unclear message", needsTripwire: true),
      rail(
        "confusion", [(.signals, .anyOf(["confusion"])), (.moment, .anyOf(["message", "reopened"]))],
        "a customer who did not understand our answer"),
    ] + baseline(policy)
  }

  /// In the baseline of an experiment nothing is said; a farewell needs no answer from anybody.
  private static func baseline(_ policy: PolicyDocument) -> [GuardRail] {
    guard policy.experiment != nil else { return [] }
    return [
      GuardRail(
        name: "baseline", when: PolicyDocument.inBaseline, words: "a customer in the baseline of the experiment",
        isOnlyForWords: true)
    ]
  }

  /// In these states no answer may be given: the reading is not sure enough (C5).
  static let doubt = GuardRail(
    name: "doubt", when: Condition([(fact: .confidence, wanted: .anyOf(["none", "low"]))]),
    words: "a reading that is not sure")

  /// In these states a message may be left without any reaction: the customer closes the conversation.
  static let farewell = Condition([(fact: .signals, wanted: .noneOf(["closing"]))])

  /// States and the urgency they have at least.
  static let urgencies: [(rail: GuardRail, least: DecisionMade.Urgency)] = [
    (
      GuardRail(
        name: "life_and_limb", when: Condition([(fact: .signals, wanted: .anyOf(["self_harm", "safety"]))]),
        words: "a message after which somebody may come to harm"), .critical
    ),
    (
      GuardRail(
        name: "danger", when: Condition([(fact: .pressure, wanted: .anyOf(["danger"]))]),
        words: "words that speak of danger"),
      .critical
    ),
    (
      GuardRail(
        name: "account_security", when: Condition([(fact: .signals, wanted: .anyOf(["account_takeover"]))]),
        words: "a stolen account"), .critical
    ),
    (
      GuardRail(
        name: "distress", when: Condition([(fact: .signals, wanted: .anyOf(["distress", "legal_threat"]))]),
        words: "distress or a legal threat"), .high
    ),
    (
      GuardRail(
        name: "very_negative", when: Condition([(fact: .sentiment, wanted: .within(Int.min...(-2)))]),
        words: "a customer who is very upset"), .high
    ),
    (
      GuardRail(
        name: "deadline", when: Condition([(fact: .pressure, wanted: .anyOf(["deadline"]))]),
        words: "a deadline in the words"),
      .high
    ),
  ]

  /// Intents that are about money, as the policy's own steps say.
  private static func moneyIntents(_ policy: PolicyDocument) -> [String] {
    policy.intents.filter { policy.steps[$0.value.step]?.stakes == .money }.keys.sorted()
  }
}
