public import Events

/// What agents corrected, joined with the decisions that they corrected.
///
/// Events and decisions may be told in any order and more than once; the book is the same in the end. Counted are claims of agents, given as
/// feedback about a decision or a ticket, and tickets that a person moved to a queue; what bots and customers say corrects nothing. A claim about
/// a ticket is about the last decision on it up to then. A customer who asked to be forgotten is in nothing that comes out, under whatever id.
public struct CorrectionBook: Sendable {
  /// Somebody's claim.
  private struct Statement: Sendable, Hashable {
    let claim: Claim
    /// Those who are not named are one person: empty.
    let agent: String
    let time: Timestamp
    let event: String
  }

  private var decisions: [String: DecidedCase] = [:]
  private var ofDecision: [String: Set<Statement>] = [:]
  private var ofTicket: [TicketID: Set<Statement>] = [:]
  private var erasures = Erasures()

  /// An empty book.
  public init() {}

  /// Takes a decision of `heed.decisions.v1`.
  public mutating func take(_ decision: DecidedCase) { decisions[decision.id] = decision }

  /// Takes an event of `heed.events.v1`.
  public mutating func take(_ event: Event) {
    erasures.take(event)
    func statement(_ claim: Claim, by agent: String?) -> Statement {
      Statement(claim: claim, agent: agent ?? "", time: event.envelope.time, event: event.envelope.id)
    }
    switch event.body {
    case .feedbackGiven(let feedback):
      guard let claim = Claim(feedback) else { return }
      switch feedback.subject {
      case .decision(let id): ofDecision[id, default: []].insert(statement(claim, by: feedback.agent))
      case .ticket(let ticket): ofTicket[ticket, default: []].insert(statement(claim, by: feedback.agent))
      }
    case .ticketUpdated(let update):
      guard let queue = update.queue, update.changedBy == .human else { return }
      ofTicket[update.ticket, default: []].insert(statement(.queue(queue), by: update.agent))
    case .ticketOpened, .ticketMessage, .orderUpdated, .disruptionDeclared, .customerChanged, .customerErased,
      .customerLinked, .customerMoved, .timePassed, .experimentStopped:
      break
    }
  }

  /// Every decision with what is said about it, by time.
  public func judged() -> [JudgedCase] {
    var statements = ofDecision
    let byTicket = Dictionary(grouping: decisions.values, by: \.ticket)
    for (ticket, told) in ofTicket {
      let known = byTicket[ticket] ?? []
      for statement in told {
        let before = known.filter { $0.time <= statement.time }
        guard let last = before.max(by: { ($0.time.nanoseconds, $0.id) < ($1.time.nanoseconds, $1.id) }) else {
          continue
        }
        statements[last.id, default: []].insert(statement)
      }
    }
    let erased = erasures.all()
    return decisions.values.filter { erased[$0.customer] == nil }.map { decision in
      JudgedCase(decided: decision, agreements: Self.agreements(statements[decision.id] ?? []))
    }.sorted { ($0.decided.time.nanoseconds, $0.decided.id) < ($1.decided.time.nanoseconds, $1.decided.id) }
  }

  /// What people agree on, aspect by aspect. Each has one voice, which is the last thing they said; what has more voices than anything else holds,
  /// and where two things have as many, nothing does: whom to believe is not for a machine.
  private static func agreements(_ statements: Set<Statement>) -> [Claim.Aspect: Agreement] {
    Dictionary(grouping: statements, by: \.claim.aspect).mapValues { statements in
      var voices: [String: Statement] = [:]
      for statement in statements.sorted(by: { ($0.time.nanoseconds, $0.event) < ($1.time.nanoseconds, $1.event) }) {
        voices[statement.agent] = statement
      }
      let groups = Dictionary(grouping: voices.values, by: \.claim).sorted { $0.value.count > $1.value.count }
      guard groups.count == 1 || groups[0].value.count > groups[1].value.count else { return .contradictory }
      let voice = groups[0]
      return .agreed(
        voice.key, agents: voice.value.map(\.agent).sorted(), at: voice.value.map(\.time).max() ?? statements[0].time)
    }
  }
}

/// What people say about one aspect of a decision.
public enum Agreement: Sendable, Hashable {
  /// They agree, or most of them do: what on, who (empty: somebody who is not named), and when the last of them said so.
  case agreed(Claim, agents: [String], at: Timestamp)
  /// They do not.
  case contradictory
}

/// A decision with what people say about it.
public struct JudgedCase: Sendable, Hashable {
  /// What was decided.
  public let decided: DecidedCase
  /// What is said, by aspect.
  public let agreements: [Claim.Aspect: Agreement]

  /// What people agree on about `aspect`, and who.
  func agreed(_ aspect: Claim.Aspect) -> (claim: Claim, agents: [String])? {
    guard case .agreed(let claim, let agents, _) = agreements[aspect] else { return nil }
    return (claim, agents)
  }

  /// Whether something is said.
  public var isJudged: Bool { !agreements.isEmpty }
}
