public import Events

/// What a support lead wrote: who gets what, what a machine may do alone, and in which words. Read from YAML; see
/// `Deploy/policies/default.yaml`, which explains itself.
///
/// A class, as are its larger parts: all of it is looked at for every decision, and a copy would count references.
public final class PolicyDocument: Sendable {
  /// The document's name.
  public let name: String
  /// The document's version and the beginning of its digest: `2026.11.1+9f86d081884c`.
  public let version: String
  /// The digest of the document's bytes.
  public let digest: Digest256
  /// What each intent means, by its name.
  public let intents: [String: Intent]
  /// Where people work, by name.
  public let queues: [String: Queue]
  /// What can be done, by name.
  public let steps: [String: Step]
  /// What a person may propose besides, whatever is wanted.
  public let proposals: [Proposal]
  /// What stops all automation, in order.
  public let tripwires: [Tripwire]
  /// How urgent a case is: the first that holds.
  public let urgencies: [UrgencyRule]
  /// What is done: the first that holds and is allowed. The last one always holds.
  public let rules: [Rule]
  /// What is done when an order changes and nobody has asked: the first that holds and is allowed, or nothing.
  public let notices: [Rule]
  /// The language for a customer who has not written yet; `nil` where they are not written to first.
  public let firstLanguage: String?
  /// Where to write first to a customer who has not written yet, or only where others read along.
  public let firstChannel: Channel?
  /// The trial of automation against people alone, if there is one.
  public let experiment: Experiment?
  /// How many questions and answers automation may give in one case.
  public let turns: Turns
  /// From which total an order is of high value, in millionths, by currency; `*` for every other one.
  public let highValue: [String: Int64]
  /// Within which time the same customer with the same matter is a repeat, in seconds.
  public let repeatWithin: Int64
  /// After which time without a scan a parcel counts as lost, in seconds.
  public let lostAfter: Int64
  /// How messages go out, by the channel on which the customer wrote.
  public let channels: [Channel: ChannelRule]
  /// Who may see what a customer wrote, word for word.
  public let reveal: Reveal
  /// The words for customers, by language.
  public let languages: [String: Language]
  /// The facts that every decision looks at, whatever rule fires.
  let alwaysUsed: FactTrail
  /// Where a machine may speak first.
  let noticeAllowed: Condition

  /// Reads and checks a policy document.
  ///
  /// - Throws: `PolicyProblem` with the line and what to mend; nothing half-read is ever used.
  public init(yaml: String) throws(PolicyProblem) {
    let root = try Self.root(of: yaml)
    let fields = try root.fields(
      "policy", "version", "turns", "highValue", "repeatWithin", "lostAfter", "channels", "queues", "steps", "intents",
      "proposals", "tripwires", "urgencies", "rules", "notices", "firstLanguage", "firstChannel", "experiment",
      "languages", "privacy")
    name = try fields.require("policy", of: root).text()
    digest = Digest256(of: yaml.utf8)
    version = try fields.require("version", of: root).text() + "+" + digest.hex.prefix(12)
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
    experiment = try fields["experiment"].map(Self.experiment)
    reveal = try fields["privacy"].map(Self.reveal) ?? .never
    alwaysUsed = FactTrail(of: tripwires.map(\.when) + urgencies.map(\.when) + proposals.map(\.when))
    noticeAllowed = Self.noticeAllowed(in: languages.keys, experiment)
    try checkCoherence(fields)
  }

  /// Whether messages may be looked at with the personal data in them; everywhere else they are shown without it.
  public enum Reveal: String, Sendable, Hashable, CaseIterable {
    /// Nobody may.
    case never
    /// Whoever may look at the console may, for a reason, and each time is written to its audit log.
    case audited
  }

  /// What an intent means: a page of the catalogue that support leads and engineers share (A4, F9).
  public final class Intent: Sendable {
    /// The goal classes (A2).
    static let goals = ["buy", "compare", "troubleshoot", "cancel", "learn"]

    /// What customers who have it write, or what happened to them.
    public let trigger: String
    /// What the customer has when it is done.
    public let outcome: String
    /// What Heed does about it.
    public let response: String
    /// What happens where that cannot be done.
    public let fallback: String
    /// When a person takes over.
    public let handoff: String
    /// Its goal class.
    public let goal: String
    /// What it is, for agents: "wants to know where an order is".
    public let words: String
    /// Who handles it.
    public let queue: String
    /// What an agent does about it.
    public let step: String
    /// What else they may do; at most three.
    public let alternatives: [String]
    /// How sure the reading must be before automation acts on it.
    public let confidence: Reading.Band

    init(
      trigger: String, outcome: String, response: String, fallback: String, handoff: String, goal: String,
      words: String, queue: String, step: String, alternatives: [String], confidence: Reading.Band
    ) {
      self.trigger = trigger
      self.outcome = outcome
      self.response = response
      self.fallback = fallback
      self.handoff = handoff
      self.goal = goal
      self.words = words
      self.queue = queue
      self.step = step
      self.alternatives = alternatives
      self.confidence = confidence
    }
  }
  /// Where people work.
  public struct Queue: Sendable, Hashable {
    /// Its name for people.
    public let title: String
    /// In how many seconds a case of each urgency must be answered.
    public let deadlines: [DecisionMade.Urgency: Int64]
  }
  /// Something that can be done.
  public final class Step: Sendable {
    /// Who may do it.
    public enum Boundary: String, Sendable, Hashable, CaseIterable {
      case automatic, never
      case needsApproval = "needs_approval"
    }
    /// What doing it means.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
      /// The customer gets an answer.
      case answer
      /// The customer gets a question.
      case question
      /// The customer is told something before they ask.
      case notice
      /// A person works.
      case work
    }
    /// Who may do it.
    public let boundary: Boundary
    /// What doing it means.
    public let kind: Kind
    /// What it is, for agents.
    public let words: String
    /// What is at stake, for a step that no machine may do alone (C18, C19).
    public let stakes: Stakes?
    /// The facts that may stand in its message (E7, E8); empty for work.
    public let places: Set<String>
    /// The intents it is an answer to; empty for everything else.
    public let answers: Set<String>
    /// What a question asks for, which must not be known already (B1); `nil` for everything else.
    public let about: Subject?
    /// The causes that a notice explains; empty for everything else.
    public let explains: Set<String>

    init(
      boundary: Boundary, kind: Kind, words: String, stakes: Stakes?, places: Set<String>, answers: Set<String>,
      about: Subject?, explains: Set<String>
    ) {
      self.boundary = boundary
      self.kind = kind
      self.words = words
      self.stakes = stakes
      self.places = places
      self.answers = answers
      self.about = about
      self.explains = explains
    }

    /// What can be asked for.
    public enum Subject: String, Sendable, Hashable, CaseIterable {
      case intent, order
    }

    /// What can be at stake.
    public enum Stakes: String, Sendable, Hashable, CaseIterable {
      case money, order, account, legal, person
    }
  }
  /// Work that is put before the person who has the case if a condition holds (C24): always for approval, never automatic.
  public struct Proposal: Sendable, Hashable {
    /// When.
    public let when: Condition
    /// What.
    public let step: String
  }
  /// Something that stops all automation.
  public final class Tripwire: Sendable {
    /// Its name.
    public let name: String
    /// When it is touched.
    public let when: Condition
    /// Who gets the case; `nil` is the intent's queue.
    public let queue: String?
    /// What they should do; `nil` is the intent's step.
    public let step: String?
    /// Why, for agents.
    public let words: String

    init(
      name: String, when: Condition, queue: String?, step: String?, words: String
    ) {
      self.name = name
      self.when = when
      self.queue = queue
      self.step = step
      self.words = words
    }
  }
  /// How urgent a case is if a condition holds.
  public struct UrgencyRule: Sendable, Hashable {
    /// How urgent.
    public let urgency: DecisionMade.Urgency
    /// When.
    public let when: Condition
  }
  /// What is done if a condition holds.
  public final class Rule: Sendable {
    /// What is done.
    public enum Outcome: Sendable, Hashable {
      /// The customer gets this answer or question.
      case message(step: String)
      /// A person gets the case: the queue and step, where `nil` is the intent's.
      case handOff(queue: String?, step: String?)
      /// Nothing is owed.
      case nothing
    }
    /// Its name.
    public let name: String
    /// When.
    public let when: Condition
    /// What.
    public let outcome: Outcome
    /// Why, for agents.
    public let words: String

    init(
      name: String, when: Condition, outcome: Outcome, words: String
    ) {
      self.name = name
      self.when = when
      self.outcome = outcome
      self.words = words
    }
  }
  /// How often automation may speak in one case.
  public struct Turns: Sendable, Hashable {
    /// Questions at most.
    public let questions: Int
    /// Answers at most.
    public let answers: Int
  }
  /// The words of one language: a class, since it is looked up for every decision and a copy would count references.
  public final class Language: Sendable {
    /// Names of the days, Sunday first.
    public let weekdays: [String]
    /// Names of the months, January first.
    public let months: [String]
    /// How a date is written, from `{weekday}`, `{day}` and `{month}`.
    public let date: String
    /// Words for data that comes as codes: by list (`status`, `cause`) and code.
    public let terms: [String: [String: String]]
    /// The messages, by step.
    public let messages: [String: Message]
    /// What every message ends with, and what opens it.
    public let frame: Frame

    init(
      weekdays: [String], months: [String], date: String, terms: [String: [String: String]],
      messages: [String: Message], frame: Frame
    ) {
      self.weekdays = weekdays
      self.months = months
      self.date = date
      self.terms = terms
      self.messages = messages
      self.frame = frame
    }
  }
  /// What all messages of a language share.
  public struct Frame: Sendable {
    /// How to reach a person.
    public let humanExit: Template
    /// The words with which a customer takes that offer, in small letters.
    public let exitWords: Set<String>
    /// What a customer is told whose case a person has.
    public let handOff: Template
    /// That a machine wrote this.
    public let disclosure: Template
    /// What the basis line says.
    public let basis: Template
    /// The line it begins on.
    let line: Int
    /// The same in other words.
    var forms: [Form: Frame] = [:]
  }
  /// One message in its parts; what differs by feeling is the acknowledgement, never the facts (E11).
  public struct Message: Sendable {
    /// For a customer who is calm.
    public let calm: Template
    /// For a customer who is upset.
    public let upset: Template
    /// The resolving fact, or the question.
    public let fact: Template
    /// The one next step.
    public let nextStep: Template
    /// The line it begins on.
    let line: Int
    /// The same in other words.
    var forms: [Form: Message] = [:]
  }
}
