public import Events
public import Policy

/// What agents' corrections ask of a policy, as the smallest change of the document: a word for a word, nothing beside it.
///
/// A wish becomes part of the proposal if the document can be changed so, still loads, is proved, and guards nothing less. Then the log is decided
/// again by both documents (`take`), and what does not do what was asked is left out in a further round (`without`). A person reads what remains,
/// and applies it or does not.
public struct PolicyProposal: Sendable {
  /// A wish, and what became of it.
  public struct Item: Sendable, Hashable {
    /// What is asked for.
    public let wish: PolicyWish
    /// Why it is not proposed; `nil` if it is.
    public internal(set) var refusal: String?
    /// Of the decisions that were corrected, those that the new document decides as was asked.
    public internal(set) var mended = 0
  }

  /// What is asked for, the best supported first.
  public private(set) var items: [Item]
  /// Decisions by other policies, which say nothing about this one.
  public let ofOtherPolicies: Int
  /// The document as it is.
  public let before: PolicyDocument
  /// The document as it would be; the same where nothing is proposed.
  public private(set) var after: PolicyDocument
  /// Its text.
  public private(set) var yaml: String
  private let original: PolicyText
  /// What is wrong with the document already, which no edit is to blame for.
  private let knownFaults: Set<String>
  private var wanted: [String: [Int]] = [:]

  /// What `judged` asks of the document `yaml`.
  ///
  /// - Throws: `PolicyProblem` if the document itself cannot be used.
  public init(of yaml: String, judged: [JudgedCase], limits: ProposalLimits = ProposalLimits()) throws(PolicyProblem) {
    before = try PolicyDocument(yaml: yaml)
    original = PolicyText(yaml)
    knownFaults = Set(PolicyProof(of: before).faults.map(\.name))
    let version = before.version
    let own = judged.filter { $0.decided.policy == version }
    ofOtherPolicies = judged.count - own.count
    items = PolicyWishes(own, policy: before, limits: limits).wishes.map { Item(wish: $0, refusal: nil) }
    after = before
    self.yaml = yaml
    for index in items.indices { items[index].refusal = fault(of: [items[index].wish.edit]) }
    combine()
  }

  /// What is proposed.
  public var edits: [PolicyEdit] { items.filter { $0.refusal == nil }.map(\.wish.edit) }

  /// Puts together what is not refused. What holds alone may not hold together: then the least supported gives way.
  private mutating func combine() {
    while !edits.isEmpty, let reason = edits.count > 1 ? fault(of: edits) : nil {
      items[items.lastIndex(where: { $0.refusal == nil })!].refusal = "together with the others: \(reason)"
    }
    do throws(PolicyProblem) {
      yaml = edits.isEmpty ? original.yaml : try original.applying(edits)
      after = try PolicyDocument(yaml: yaml)
    } catch { preconditionFailure("what was loaded a moment ago loads") }
    wanted = [:]
    for (index, item) in items.enumerated() {
      items[index].mended = 0
      for decision in item.wish.decisions where item.refusal == nil { wanted[decision, default: []].append(index) }
    }
  }

  /// Why a document must not be changed so; `nil` if it may.
  private func fault(of edits: [PolicyEdit]) -> String? {
    do throws(PolicyProblem) {
      let after = try PolicyDocument(yaml: try original.applying(edits))
      // What is guarded less is said first: it is refused whatever else is wrong with it.
      if let lowered = LoweredGuard.faults(from: before, to: after).first { return lowered }
      let fault = PolicyProof(of: after).faults.first { !knownFaults.contains($0.name) }
      return fault.map { "\($0.blames): \($0.words)" }
    } catch { return error.description }
  }

  // MARK: Decided again

  /// Takes what both documents decide about one event of the log.
  public mutating func take(_ outcome: RecordedOutcome?, before: RecordedOutcome?) {
    guard let outcome, let before, let indices = wanted[outcome.decision] else { return }
    for index in indices where items[index].wish.edit.isDone(by: outcome, insteadOf: before) {
      items[index].mended += 1
    }
  }

  /// Refuses what did not do for most decisions what was asked of it; whether there was such, so that the log must be decided once more.
  public mutating func dropIdle() -> Bool {
    let idle = items.indices.filter {
      items[$0].refusal == nil && 2 * items[$0].mended < items[$0].wish.decisions.count
    }
    for index in idle {
      let count = items[index].wish.decisions.count
      items[index].refusal = "decided again, only \(items[index].mended) of the \(count) come out as was asked"
    }
    if !idle.isEmpty { combine() }
    return !idle.isEmpty
  }
}

extension PolicyEdit {
  /// Whether a decision comes out as the edit means it to.
  fileprivate func isDone(by outcome: RecordedOutcome, insteadOf before: RecordedOutcome) -> Bool {
    switch self {
    case .intentQueue(_, let queue), .ruleQueue(_, let queue), .tripwireQueue(_, let queue): outcome.queue == queue
    case .confidence: outcome.action != DecisionMade.Action.resolve.rawValue
    // Work that needs approval is the same work; what was sent is no longer sent.
    case .boundary: outcome.action == DecisionMade.Action.handOff.rawValue
    case .deadline:
      Timestamp(rfc3339: outcome.dueBy).flatMap { after in
        Timestamp(rfc3339: before.dueBy).map { after < $0 }
      } ?? false
    }
  }
}

extension PolicyProof.Fault {
  /// What it is, apart from where it stands.
  fileprivate var name: String { "\(check) \(blames)" }
}
