public import Events

/// One change of a policy document, small enough to be read in one line.
public enum PolicyEdit: Sendable, Hashable {
  /// Who wants this gets to another queue.
  case intentQueue(intent: String, queue: String)
  /// What this rule hands over goes to another queue.
  case ruleQueue(rule: String, queue: String)
  /// What this tripwire stops goes to another queue.
  case tripwireQueue(tripwire: String, queue: String)
  /// Automation acts on this intent only if the reading is so sure.
  case confidence(intent: String, band: Reading.Band)
  /// Who may do this step. A step that is no longer automatic is not sent: the rules that sent it hand over to a person.
  case boundary(step: String, boundary: PolicyDocument.Step.Boundary)
  /// Cases of this urgency are answered within so many seconds in this queue.
  case deadline(queue: String, urgency: DecisionMade.Urgency, seconds: Int64)

  /// What it is, for people.
  public var words: String {
    switch self {
    case .intentQueue(let intent, let queue): "who wants \(intent) goes to \(queue)"
    case .ruleQueue(let rule, let queue): "what the rule \(rule) hands over goes to \(queue)"
    case .tripwireQueue(let tripwire, let queue): "what the tripwire \(tripwire) stops goes to \(queue)"
    case .confidence(let intent, let band): "automation acts on \(intent) only on a \(band.rawValue) reading"
    case .boundary(let step, .automatic): "\(step) is automatic"
    case .boundary(let step, .needsApproval): "\(step) needs a person's approval"
    case .boundary(let step, .never): "\(step) is never done through Heed"
    case .deadline(let queue, let urgency, let seconds):
      "\(urgency.rawValue) cases of \(queue) are answered within \(PolicyDocument.duration(seconds))"
    }
  }

  /// The field of the document that it changes: two edits of one field exclude each other.
  public var place: String {
    switch self {
    case .intentQueue(let intent, _): "intents.\(intent).queue"
    case .ruleQueue(let rule, _): "rules.\(rule).then.handOff.queue"
    case .tripwireQueue(let tripwire, _): "tripwires.\(tripwire).queue"
    case .confidence(let intent, _): "intents.\(intent).confidence"
    case .boundary(let step, _): "steps.\(step).boundary"
    case .deadline(let queue, let urgency, _): "queues.\(queue).deadlines.\(urgency.rawValue)"
    }
  }
}
