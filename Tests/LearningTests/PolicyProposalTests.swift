import Events
import Policy
import TestSupport
import Testing

@testable import Learning

@Suite struct PolicyProposalTests {
  private static let agents = ["ada", "ben", "cem"]

  /// So many cases, of which the first are corrected.
  private static func desk(
    _ cases: Int, corrected: Int, agents: [String?] = agents, said: [(kind: FeedbackGiven.Kind, value: String)],
    _ decide: (inout Desk, String) -> String
  ) -> Desk {
    var desk = Desk()
    for number in 0..<cases {
      let decision = decide(&desk, "T\(number)")
      guard number < corrected else { continue }
      let what = said[number % said.count]
      desk.says(agents[number % agents.count], what.kind, what.value, about: decision)
    }
    return desk
  }

  private static func proposal(_ desk: Desk) throws -> PolicyProposal {
    try PolicyProposal(of: DefaultPolicy.yaml, judged: desk.judged)
  }

  // MARK: What is planted is found

  private static func answered(_ desk: inout Desk, _ ticket: String) -> String {
    desk.decided(
      ticket: ticket, rule: "delay-with-new-date", intent: "delivery_issue", queue: nil, action: .resolve,
      step: "tell_new_date", band: .medium)
  }

  private static let planted: [(name: String, desk: Desk, edit: PolicyEdit, lines: Int)] = [
    (
      "an intent's queue", desk(20, corrected: 16, said: [(.reroute, "orders")]) { $0.decided(ticket: $1) },
      .intentQueue(intent: "invoice", queue: "orders"), 1
    ),
    (
      "a rule's queue",
      desk(20, corrected: 16, said: [(.reroute, "orders")]) {
        $0.decided(
          ticket: $1, rule: "delivery-attempted", intent: "order_status", queue: "delivery", step: "rebook_delivery")
      }, .ruleQueue(rule: "delivery-attempted", queue: "orders"), 1
    ),
    (
      "a surer reading", desk(20, corrected: 12, said: [(.intent, "complaint")], answered),
      .confidence(intent: "delivery_issue", band: .high), 1
    ),
    (
      "approval for work", desk(30, corrected: 12, said: [(.boundary, "needs_approval")]) { $0.decided(ticket: $1) },
      .boundary(step: "send_invoice", boundary: .needsApproval), 1
    ),
    (
      "approval for an answer", desk(30, corrected: 12, said: [(.boundary, "needs_approval")], answered),
      .boundary(step: "tell_new_date", boundary: .needsApproval), 2
    ),
    (
      "a shorter deadline",
      desk(30, corrected: 12, said: [(.deadline, "4h"), (.deadline, "6h"), (.deadline, "8h")]) {
        $0.decided(ticket: $1)
      }, .deadline(queue: "billing", urgency: .normal, seconds: 6 * 3_600), 1
    ),
  ]

  @Test(arguments: planted.indices) func plantedCorrectionsGiveExactlyThePlantedEdit(index: Int) throws {
    let (name, desk, edit, lines) = Self.planted[index]
    let proposal = try Self.proposal(desk)
    #expect(proposal.items.map(\.wish.edit) == [edit], "\(name): \(proposal.items)")
    #expect(proposal.edits == [edit], "\(name): \(proposal.items.map { $0.refusal ?? "" })")
    let patch = PolicyPatch(path: "default.yaml", from: DefaultPolicy.yaml, to: proposal.yaml)
    #expect(patch.changedLines == lines)
    // As people apply it; `PolicyEditTests` says if neither tool is there.
    for tool in PatchTool.here {
      #expect(try tool.apply(patch.text, to: DefaultPolicy.yaml, at: "default.yaml") == proposal.yaml, "\(tool)")
    }
    #expect(proposal.after.digest != proposal.before.digest)
    #expect(LoweredGuard.faults(from: proposal.before, to: proposal.after).isEmpty)
    #expect(try Self.proposal(desk).yaml == proposal.yaml)
  }

  @Test func severalEditsStandInOneDocument() throws {
    var desk = Desk()
    for number in 0..<20 {
      let one = desk.decided(ticket: "A\(number)")
      let other = desk.decided(
        ticket: "B\(number)", intent: "coupon_promo", queue: "general", step: "fix_coupon")
      desk.says(Self.agents[number % 3], .reroute, "orders", about: one)
      desk.says(Self.agents[number % 3], .reroute, "billing", about: other)
    }
    let proposal = try Self.proposal(desk)
    #expect(
      Set(proposal.edits) == [
        .intentQueue(intent: "invoice", queue: "orders"), .intentQueue(intent: "coupon_promo", queue: "billing"),
      ])
    #expect(proposal.after.intents["invoice"]?.queue == "orders")
    #expect(proposal.after.intents["coupon_promo"]?.queue == "billing")
  }

  // MARK: Noise

  private static let noise: [(name: String, desk: Desk)] = [
    ("few", desk(4, corrected: 4, said: [(.reroute, "orders")]) { $0.decided(ticket: $1) }),
    ("one agent", desk(20, corrected: 20, agents: ["ada"], said: [(.reroute, "orders")]) { $0.decided(ticket: $1) }),
    ("nobody named", desk(20, corrected: 20, agents: [nil], said: [(.reroute, "orders")]) { $0.decided(ticket: $1) }),
    (
      "one agent and a friend",
      desk(
        20, corrected: 20, agents: Array(repeating: "ada", count: 18) + ["ben", "ben"], said: [(.reroute, "orders")]
      ) { $0.decided(ticket: $1) }
    ),
    ("a minority", desk(40, corrected: 20, said: [(.reroute, "orders")]) { $0.decided(ticket: $1) }),
    (
      "everywhere",
      desk(30, corrected: 30, said: [(.reroute, "orders"), (.reroute, "general"), (.reroute, "care")]) {
        $0.decided(ticket: $1)
      }
    ),
    ("to no queue", desk(20, corrected: 20, said: [(.reroute, "wholesale")]) { $0.decided(ticket: $1) }),
    ("where it is", desk(20, corrected: 20, said: [(.reroute, "billing")]) { $0.decided(ticket: $1) }),
    (
      "by another policy",
      desk(20, corrected: 20, said: [(.reroute, "orders")]) { $0.decided(ticket: $1, policy: "other+1") }
    ),
    (
      "one ticket again and again",
      desk(20, corrected: 20, said: [(.reroute, "orders")]) { desk, _ in desk.decided(ticket: "the same") }
    ),
  ]

  @Test(arguments: noise.indices) func noiseGivesNothing(index: Int) throws {
    let (name, desk) = Self.noise[index]
    let proposal = try Self.proposal(desk)
    #expect(proposal.items.isEmpty && proposal.yaml == DefaultPolicy.yaml, "\(name): \(proposal.items)")
  }

  // MARK: Guards

  private static let forbidden: [(name: String, desk: Desk, words: String)] = [
    (
      "a tripwire's queue",
      desk(20, corrected: 20, said: [(.reroute, "general")]) {
        $0.decided(ticket: $1, rule: "tripwire.legal_threat", queue: "legal", step: "review_legal", urgency: .high)
      }, "tripwire"
    ),
    (
      "automation for what has stakes",
      desk(20, corrected: 20, said: [(.boundary, "automatic")]) {
        $0.decided(ticket: $1, intent: "refund_request", step: "refund")
      }, "on purpose"
    ),
    (
      "a longer deadline",
      desk(20, corrected: 20, said: [(.deadline, "3d")]) { $0.decided(ticket: $1) }, "longer"
    ),
  ]

  @Test(arguments: forbidden.indices) func aWishThatLowersAGuardIsRefused(index: Int) throws {
    let (name, desk, words) = Self.forbidden[index]
    let proposal = try Self.proposal(desk)
    #expect(proposal.items.count == 1 && proposal.edits.isEmpty, "\(name)")
    #expect(proposal.items.first?.refusal?.contains(words) == true, "\(proposal.items)")
    #expect(proposal.yaml == DefaultPolicy.yaml)
  }

  /// More urgent cases would have more time: `heed policy check` would not let it pass.
  @Test func aWishThatCannotBeProvedIsRefused() throws {
    let desk = Self.desk(20, corrected: 20, said: [(.deadline, "1h")]) { $0.decided(ticket: $1) }
    let item = try #require(try Self.proposal(desk).items.first)
    #expect(item.refusal?.contains("more urgent") == true, "\(item)")
  }

  // MARK: Decided again

  @Test func whatDoesNotDoWhatWasAskedIsDropped() throws {
    let desk = Self.desk(20, corrected: 16, said: [(.reroute, "orders")]) { $0.decided(ticket: $1) }
    func outcome(_ decision: String, _ queue: String) -> RecordedOutcome {
      RecordedOutcome(
        decision: decision, ticket: "t", event: "e", day: "2026-03-02", action: "hand_off", step: "s", queue: queue,
        urgency: "normal", dueBy: "", intent: "invoice", rule: "known-intent")
    }
    var proposal = try Self.proposal(desk)
    let decisions = proposal.items[0].wish.decisions
    for decision in decisions { proposal.take(outcome(decision, "orders"), before: outcome(decision, "billing")) }
    #expect(proposal.items[0].mended == 16)
    #expect(!proposal.dropIdle() && proposal.edits.count == 1)

    var idle = try Self.proposal(desk)
    for decision in decisions { idle.take(outcome(decision, "billing"), before: outcome(decision, "billing")) }
    #expect(idle.dropIdle() && idle.edits.isEmpty && idle.yaml == DefaultPolicy.yaml)
  }
}
