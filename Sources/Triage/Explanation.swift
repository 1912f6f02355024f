internal import Classifier
public import Events
public import Policy

/// What one message, or an order that changed, led to, while it is still in parts.
struct Answer {
  let situation: Situation
  let facts: Facts
  let rendered: Renderer.Rendered
  /// What the story shows besides.
  var alerts: [OutputEvent] = []
}

/// How a decision came about: the reading, the facts, every rule that was considered, and what was written.
public struct Explanation: Sendable {
  /// The decision with its evidence.
  public let decision: DecisionMade
  /// What the customer gets, if automation speaks.
  public let resolution: ResolutionProposed?
  /// What the agent gets, if a person has it.
  public let summary: CaseSummarised?
  /// All facts a policy may look at.
  public let facts: Facts
  /// Every tripwire and rule, in the order in which they were tried.
  public let considered: [ConsideredRule]
  /// Other ids of the customer: what was known under them is in the decision, too.
  public let aliases: [CustomerID]
  /// The text that was read, into which the reading's spans point.
  public let text: String

  /// The policy that decided, to ask what else it could have said.
  private let policy: PolicyDocument

  /// The smallest change of facts that would have led to `name`, a queue or an action; `nil` if the policy has neither.
  public func whyNot(_ name: String) -> WhyNot? {
    WhyNot.Target(name, in: policy).map { policy.whyNot($0, facts) }
  }

  init(_ answer: Answer, policy: PolicyDocument, aliases: [CustomerID]) {
    self.policy = policy
    self.aliases = aliases
    decision = answer.rendered.decision
    resolution = answer.rendered.resolution
    summary = answer.rendered.summary
    facts = answer.facts
    let rule = answer.rendered.decision.rule
    considered = policy.considered(answer.facts, forNotice: policy.notices.contains { $0.name == rule })
    text = answer.situation.message.text.text
  }
}
