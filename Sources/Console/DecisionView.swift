public import Events

/// A recorded decision, read back for people: names, numbers and places, and no words of the customer.
public struct DecisionView: Sendable, Hashable {
  /// An intent that was read, with its probability in thousandths.
  public struct Intent: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// Thousandths.
    public let probability: Int
    /// How far it may be relied upon: `low`, `medium`, `high`.
    public let band: String
  }
  /// Something that was looked up.
  public struct Check: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// What was found.
    public let finding: String
  }
  /// A rule that one fact kept from firing.
  public struct NearMiss: Sendable, Hashable {
    /// The rule.
    public let rule: String
    /// The fact that stood in the way.
    public let fact: String
    /// What the rule wanted.
    public let wanted: String
  }
  /// A fact as it was recorded.
  public struct Fact: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// Its value.
    public let value: String
  }

  /// Its identifier.
  public let id: String
  /// The ticket.
  public let ticket: String
  /// Whose it is.
  public let customer: String
  /// What is done.
  public let action: DecisionMade.Action
  /// What exactly.
  public let step: String
  /// The queue of people.
  public let queue: String?
  /// How fast somebody must act.
  public let urgency: DecisionMade.Urgency
  /// Until when.
  public let dueBy: Timestamp?
  /// The language, BCP 47.
  public let language: String
  /// Thousandths.
  public let languageProbability: Int
  /// What may be wanted, the likeliest first.
  public let intents: [Intent]
  /// Why nothing is claimed, if nothing is.
  public let abstention: String?
  /// From -2 to 2.
  public let sentiment: Int
  /// How the feeling moved: `first`, `steady`, `falling`, `rising`.
  public let trajectory: String
  /// How the words press.
  public let pressure: String
  /// What was noticed.
  public let signals: [String]
  /// Why the customer has the problem.
  public let cause: String
  /// The order it is about.
  public let order: String?
  /// What was looked up.
  public let checks: [Check]
  /// The facts that were looked at.
  public let facts: [Fact]
  /// The rule.
  public let rule: String
  /// The rules that nearly fired.
  public let nearMisses: [NearMiss]
  /// The tripwires that were touched.
  public let tripwires: [String]
  /// What the policy says about it: `automatic`, `needs_approval`, `never`.
  public let boundary: String
  /// How sure the reading had to be for automation.
  public let confidenceNeeded: String
  /// How much was known.
  public let context: String
  /// The newest fact that was used.
  public let contextAsOf: Timestamp?
  /// The policy that decided.
  public let policyVersion: String
  /// The reader that read.
  public let modelVersion: String
  /// The program.
  public let heedVersion: String
  /// The side of an experiment.
  public let arm: String
  /// The digest of this customer's decision before this one, in hexadecimal.
  public let previous: String?
  /// The decision that this one replaces.
  public let supersedes: String?
  /// Why, for the customer.
  public let customerExplanation: String
  /// Why, for an auditor.
  public let auditExplanation: String
  /// What is marked in the text that was read.
  let places: [Place]

  struct Place: Sendable, Hashable {
    let span: Reading.Span
    let mark: MarkedText.Mark
  }

  /// Whether a message of the customer led to it, and not an order that changed.
  public var answersMessage: Bool { supersedes == nil && action != .notify }

  /// The likeliest intent, if one is claimed.
  public var intent: Intent? { abstention == nil ? intents.first : nil }

  /// Reads the data of a `heed.decision.made.v1`; `nil` for anything else.
  public init?(data: [UInt8]) {
    guard let tree = try? JSONTree(reading: data), let id = tree["decisionId"]?.text,
      let ticket = tree["ticketId"]?.text, let customer = tree["customerId"]?.text,
      let action = tree["action"]?.text.flatMap({ DecisionMade.Action(rawValue: $0) }), let reading = tree["reading"]
    else { return nil }
    self.id = id
    self.ticket = ticket
    self.customer = customer
    self.action = action
    step = tree["step"]?.text ?? ""
    queue = tree["queue"]?.text
    urgency = tree["urgency"]?.text.flatMap { DecisionMade.Urgency(rawValue: $0) } ?? .normal
    dueBy = tree["dueBy"]?.time
    language = reading["language"]?["tag"]?.text ?? "und"
    languageProbability = reading["language"]?["probability"]?.thousandths ?? 0
    intents = (reading["intents"]?.elements ?? []).compactMap { intent in
      guard let name = intent["name"]?.text else { return nil }
      return Intent(
        name: name, probability: intent["probability"]?.thousandths ?? 0, band: intent["band"]?.text ?? "low")
    }
    abstention = reading["abstention"]?.text
    sentiment = min(max(reading["sentiment"]?["level"]?.integer ?? 0, -2), 2)
    trajectory = reading["sentiment"]?["trajectory"]?.text ?? "first"
    pressure = reading["pressure"]?.text ?? "none"
    signals = (reading["signals"]?.elements ?? []).compactMap { $0["name"]?.text }
    cause = tree["cause"]?.text ?? "none"
    order = tree["orderId"]?.text
    checks = (tree["checks"]?.elements ?? []).compactMap { check in
      check["check"]?.text.map { Check(name: $0, finding: check["finding"]?.text ?? "") }
    }
    facts = (tree["facts"]?.fields ?? []).compactMap { field in
      field.value.text.map { Fact(name: field.name, value: $0) }
    }
    rule = tree["rule"]?.text ?? ""
    nearMisses = (tree["nearMisses"]?.elements ?? []).compactMap { miss in
      guard let rule = miss["rule"]?.text, let fact = miss["fact"]?.text else { return nil }
      return NearMiss(rule: rule, fact: fact, wanted: miss["wanted"]?.text ?? "")
    }
    tripwires = tree["tripwires"]?.texts ?? []
    boundary = tree["boundary"]?.text ?? ""
    confidenceNeeded = tree["confidenceNeeded"]?.text ?? ""
    context = tree["context"]?.text ?? "none"
    contextAsOf = tree["contextAsOf"]?.time
    policyVersion = tree["versions"]?["policy"]?.text ?? ""
    modelVersion = tree["versions"]?["model"]?.text ?? ""
    heedVersion = tree["versions"]?["heed"]?.text ?? ""
    arm = tree["arm"]?.text ?? "treatment"
    previous = tree["previous"]?.text
    supersedes = tree["supersedes"]?.text
    customerExplanation = tree["customerExplanation"]?.text ?? ""
    auditExplanation = tree["auditExplanation"]?.text ?? ""
    places = Self.places(in: reading)
  }

  /// From what says least to what says most, since the last one painted is seen.
  private static func places(in reading: JSONTree) -> [Place] {
    func elements(_ name: String) -> [JSONTree] { reading[name]?.elements ?? [] }
    let cues = elements("cues").compactMap { cue -> Place? in
      guard let span = cue["span"]?.span, let name = cue["name"]?.text else { return nil }
      return Place(span: span, mark: .cue(name))
    }
    let signals = elements("signals").flatMap { signal -> [Place] in
      guard let name = signal["name"]?.text else { return [] }
      return (signal["spans"]?.elements ?? []).compactMap { $0.span.map { Place(span: $0, mark: .signal(name)) } }
    }
    let entities = elements("entities").compactMap { entity -> Place? in
      guard let span = entity["span"]?.span, let kind = entity["kind"]?.text else { return nil }
      let isPersonal = Reading.Entity.Kind(rawValue: kind)?.isPersonal ?? true
      return Place(span: span, mark: isPersonal ? .hidden(kind) : .entity(kind))
    }
    return cues + signals + entities
  }

  /// `text` as this decision read it.
  public func marked(_ text: String) -> MarkedText {
    MarkedText(text, marks: places.map { (span: $0.span, mark: $0.mark) })
  }
}
