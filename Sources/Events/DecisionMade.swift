/// `heed.decision.made.v1`: what was decided about one message of a customer, or about an order that changed, with everything it was
/// decided on.
///
/// Holds names, numbers and places, and no words of the customer. Where the input stood in the log is not in it: the same
/// event gives the same bytes anywhere.
public struct DecisionMade: Sendable, Hashable {
  /// What is done.
  public enum Action: String, Sendable, Hashable, CaseIterable {
    /// The customer gets an answer.
    case resolve
    /// The customer gets one question.
    case clarify
    /// A person gets the case.
    case handOff = "hand_off"
    /// The customer is told something before they ask.
    case notify
    /// Nothing is owed: "thank you, all good".
    case none
  }
  /// How fast somebody must act.
  public enum Urgency: String, Sendable, Hashable, Comparable, CaseIterable {
    case low, normal, high, critical
    /// From low to critical.
    public static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }
    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }
  /// How much was known about the customer.
  public enum ContextState: String, Sendable, Hashable, CaseIterable {
    /// Orders and history are known.
    case complete
    /// Something the message speaks of is not known, such as the order it names.
    case partial
    /// Nothing is known but this message.
    case none
  }
  /// A fact the decision looked at.
  public struct Fact: Sendable, Hashable {
    /// Its name in the closed list.
    public let name: String
    /// Its value, as a policy writes it.
    public let value: Redacted
    /// A fact with its value.
    public init(name: String, value: Redacted) {
      self.name = name
      self.value = value
    }
  }
  /// Something that was looked up, with what was found (C20).
  public struct Check: Sendable, Hashable {
    /// `order_status`, `package_exceptions` or `address_problems`.
    public let name: String
    /// What was found, as one word of a closed list: `in_transit`, `none`, `incorrect_address`.
    public let finding: Redacted
    /// The order looked at, if there was one.
    public let order: OrderID?
    /// What was looked up and found.
    public init(name: String, finding: Redacted, order: OrderID?) {
      self.name = name
      self.finding = finding
      self.order = order
    }
  }
  /// A rule that did not fire by one condition.
  public struct NearMiss: Sendable, Hashable {
    /// The rule.
    public let rule: String
    /// The fact that stood in the way.
    public let fact: String
    /// What the rule wanted it to be.
    public let wanted: String
    /// A rule, the fact that stood in the way, and what the rule wanted.
    public init(rule: String, fact: String, wanted: String) {
      self.rule = rule
      self.fact = fact
      self.wanted = wanted
    }
  }
  /// What decided.
  public struct Versions: Sendable, Hashable {
    /// The policy's version and digest.
    public let policy: String
    /// The model's version.
    public let model: String
    /// The program's version.
    public let heed: String
    /// The digest of the policy's document, all of it.
    public var policyDigest: Digest256?
    /// The digest of the model.
    public var modelDigest: Digest256?
    /// The versions of policy, model and program.
    public init(policy: String, model: String, heed: String) {
      self.policy = policy
      self.model = model
      self.heed = heed
    }
  }

  /// The trial of which a decision is part.
  public struct Experiment: Sendable, Hashable {
    /// Its name in the policy.
    public var name: String
    /// When it was stopped: since then everybody is in the baseline. `nil` while it runs.
    public var stoppedAt: Timestamp?

    /// An experiment, as far as a decision tells of it.
    public init(name: String, stoppedAt: Timestamp? = nil) {
      self.name = name
      self.stoppedAt = stoppedAt
    }
  }

  /// Derived from the message's event.
  public var decision: String
  /// The ticket.
  public var ticket: TicketID
  /// Whose it is.
  public var customer: CustomerID
  /// What is done.
  public var action: Action
  /// What exactly: the answer, question or work by its name in the policy.
  public var step: String
  /// The queue of people, for `handOff`.
  public var queue: String?
  /// How fast somebody must act.
  public var urgency: Urgency
  /// Until when.
  public var dueBy: Timestamp?
  /// What the text says.
  public var reading: Reading
  /// How the feeling moved since the first message of the case: `first`, `steady`, `falling`, `rising`.
  public var trajectory: String
  /// Why the customer has the problem, apart from what they want (A12).
  public var cause: Redacted
  /// The order it is about.
  public var order: OrderID?
  /// What was looked up.
  public var checks: [Check]
  /// The facts that the rules looked at.
  public var facts: [Fact]
  /// The rule that fired.
  public var rule: String
  /// The rules that nearly did.
  public var nearMisses: [NearMiss]
  /// The tripwires that were touched.
  public var tripwires: [String]
  /// What the policy says about the step: `automatic`, `needs_approval`, `never`.
  public var boundary: String
  /// The confidence that automation needed here.
  public var confidenceNeeded: Reading.Band
  /// How much was known.
  public var context: ContextState
  /// The newest fact about the customer that was used.
  public var contextAsOf: Timestamp?
  /// How often people took the case over; a reply of an older epoch must not be sent.
  public var caseEpoch: Int
  /// What decided.
  public var versions: Versions
  /// `treatment`, or `baseline` in an experiment.
  public var arm: String
  /// The experiment that the arm is one of; `nil` where the policy has none.
  public var experiment: Experiment?
  /// The digests of the customer's events since their last decision, this one's last. Of more than eight the oldest are rolled
  /// into the first.
  public var inputs: [EventDigest] = []
  /// The digest of the declared disruption that explains it.
  public var disruption: EventDigest?
  /// The digest of the event that stopped the experiment.
  public var stop: EventDigest?
  /// The digest of this customer's last decision.
  public var previous: Digest256?
  /// The decision about the same case that this one replaces, since an order changed after it.
  public var supersedes: String?
  /// Why, in words for the customer; no thresholds, no names of rules. Empty where the customer is told nothing.
  public var customerExplanation: Redacted
  /// Why, in words for an auditor.
  public var auditExplanation: Redacted

  /// A decision with everything it was decided on.
  public init(
    decision: String, ticket: TicketID, customer: CustomerID, action: Action, step: String, queue: String?,
    urgency: Urgency, dueBy: Timestamp?, reading: Reading, trajectory: String, cause: Redacted, order: OrderID?,
    checks: [Check], facts: [Fact], rule: String, nearMisses: [NearMiss], tripwires: [String], boundary: String,
    confidenceNeeded: Reading.Band, context: ContextState, contextAsOf: Timestamp?, caseEpoch: Int, versions: Versions,
    arm: String, previous: Digest256?, supersedes: String?, customerExplanation: Redacted, auditExplanation: Redacted
  ) {
    self.decision = decision
    self.ticket = ticket
    self.customer = customer
    self.action = action
    self.step = step
    self.queue = queue
    self.urgency = urgency
    self.dueBy = dueBy
    self.reading = reading
    self.trajectory = trajectory
    self.cause = cause
    self.order = order
    self.checks = checks
    self.facts = facts
    self.rule = rule
    self.nearMisses = nearMisses
    self.tripwires = tripwires
    self.boundary = boundary
    self.confidenceNeeded = confidenceNeeded
    self.context = context
    self.contextAsOf = contextAsOf
    self.caseEpoch = caseEpoch
    self.versions = versions
    self.arm = arm
    self.previous = previous
    self.supersedes = supersedes
    self.customerExplanation = customerExplanation
    self.auditExplanation = auditExplanation
  }

  /// The JSON of `data`; see `Schemas/heed.decision.made.v1.json`.
  public func encoded() -> [UInt8] {
    var writer = JSONWriter(capacity: 3072)
    writer.object { writer in
      writer.field("decisionId", decision)
      writer.field("ticketId", ticket.text)
      writer.field("customerId", customer.text)
      writer.field("action", action.rawValue)
      writer.field("step", step)
      writer.field("queue", optional: queue)
      writer.field("urgency", urgency.rawValue)
      writer.field("dueBy", optional: dueBy)
      writer.field("reading") { reading.write(to: &$0, trajectory: trajectory) }
      writer.words("cause", cause)
      writer.field("orderId", optional: order?.text)
      writer.field("checks", array: checks) { $1.write(to: &$0) }
      writer.field("facts") { writer in
        writer.object { writer in
          for fact in facts {
            writer.key(fact.name)
            writer.string(fact.value.text)
          }
        }
      }
      writer.field("rule", rule)
      writer.field("nearMisses", array: nearMisses) { writer, miss in
        writer.object { writer in
          writer.field("rule", miss.rule)
          writer.field("fact", miss.fact)
          writer.field("wanted", miss.wanted)
        }
      }
      writer.field("tripwires", tripwires)
      writer.field("boundary", boundary)
      writer.field("confidenceNeeded", confidenceNeeded.rawValue)
      writer.field("context", context.rawValue)
      writer.field("contextAsOf", optional: contextAsOf)
      writer.field("caseEpoch", integer: caseEpoch)
      writer.field("versions") { writer in
        writer.object { writer in
          writer.field("policy", versions.policy)
          writer.field("model", versions.model)
          writer.field("heed", versions.heed)
        }
      }
      writer.field("arm", arm)
      if let experiment {
        writer.field("experiment") { writer in
          writer.object { writer in
            writer.field("name", experiment.name)
            writer.field("stoppedAt", optional: experiment.stoppedAt)
          }
        }
      }
      if hasDigests { writer.field("digests") { writeDigests(to: &$0) } }
      writer.field("previous", optional: previous?.hex)
      writer.field("supersedes", optional: supersedes)
      if !customerExplanation.isEmpty { writer.words("customerExplanation", customerExplanation) }
      writer.words("auditExplanation", auditExplanation)
    }
    return writer.bytes
  }

  private var hasDigests: Bool {
    !inputs.isEmpty || disruption != nil || stop != nil || versions.policyDigest != nil || versions.modelDigest != nil
  }

  private func writeDigests(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("inputs", inputs.map(\.hex))
      writer.field("disruption", optional: disruption?.hex)
      writer.field("stop", optional: stop?.hex)
      writer.field("policy", optional: versions.policyDigest?.hex)
      writer.field("model", optional: versions.modelDigest?.hex)
    }
  }
}

extension DecisionMade.Check {
  func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("check", name)
      writer.words("finding", finding)
      writer.field("orderId", optional: order?.text)
    }
  }
}

extension Reading {
  /// Writes the reading as it stands in a decision.
  public func write(to writer: inout JSONWriter, trajectory: String) {
    writer.object { writer in
      writer.field("language") { writer in
        writer.object { writer in
          writer.field("tag", language.tag)
          writer.field("probability", thousandths: language.probability)
          writer.field("second", optional: language.second)
        }
      }
      writer.field("intents", array: intents) { writer, intent in
        writer.object { writer in
          writer.field("name", intent.name)
          writer.field("probability", thousandths: intent.probability)
          writer.field("band", intent.band.rawValue)
        }
      }
      writer.field("candidates", candidates)
      writer.field("abstention", optional: abstention?.rawValue)
      writer.field("sentiment") { writer in
        writer.object { writer in
          writer.field("level", integer: sentiment.level)
          writer.field("score", thousandths: sentiment.score)
          writer.field("trajectory", trajectory)
        }
      }
      writer.field("pressure", pressure.rawValue)
      writer.field("signals", array: signals) { writer, signal in
        writer.object { writer in
          writer.field("name", signal.name)
          writer.field("spans", array: signal.spans) { $1.write(to: &$0) }
        }
      }
      writer.field("cues", array: cues) { writer, cue in
        writer.object { writer in
          writer.field("kind", cue.kind.rawValue)
          writer.field("name", cue.name)
          writer.field("span") { cue.span.write(to: &$0) }
        }
      }
      writer.field("entities", array: entities) { writer, entity in
        writer.object { writer in
          writer.field("kind", entity.kind.rawValue)
          writer.field("span") { entity.span.write(to: &$0) }
        }
      }
    }
  }
}

extension Reading.Span {
  func write(to writer: inout JSONWriter) {
    writer.array { writer in
      writer.integer(start)
      writer.integer(end)
    }
  }
}
