import Events
import Foundation
import Policy
import Streams
import Testing

@testable import Triage

/// A policy with an experiment: who is in its baseline hears no machine, in every ticket and in every replay.
@Suite struct TrialTests {
  private let half = trialPipeline(baseline: "50%")
  private func experiment(_ decision: Output?) -> [String: Any]? { decision?.data["experiment"] as? [String: Any] }

  @Test func whoIsInTheBaselineGetsAPersonWhereOthersGetAnAnswer() throws {
    let trial = try #require(half.policy.experiment)
    let (one, other) = (CustomerID("C7"), CustomerID("C2"))
    #expect(trial.arm(of: one) == .baseline && trial.arm(of: other) == .treatment)
    var desk = Desk(half)
    desk.order(of: "C7")
    desk.order("LL-30001", of: "C2")
    let without = desk.open("Where is my order?", ticket: "T7", by: "C7")
    let with = desk.open("Where is my order?", ticket: "T2", by: "C2")

    #expect(with.action == "resolve" && with.decision?.string("arm") == "treatment")
    #expect(with.decision?.string("auditExplanation")?.contains("this customer is in the treatment") == true)
    #expect(without.action == "hand_off" && without.resolution == nil && without.summary != nil)
    #expect(without.rule == "experiment.trial" && without.fact("arm") == "baseline")
    #expect(without.decision?.string("arm") == "baseline")
    #expect(experiment(without.decision)?["name"] as? String == "trial")
    #expect(without.summary?.string("reason")?.contains("baseline of the experiment trial") == true)
    let audit = try #require(without.decision?.string("auditExplanation"))
    #expect(audit.contains("Rule experiment.trial fired (arm=baseline)."))
    #expect(audit.contains("this customer is in the baseline"))
    #expect(audit.contains("Nearest other rule: on-its-way, if arm were treatment."))
    let told = try #require(without.decision?.string("customerExplanation"))
    #expect(!told.contains("experiment") && !told.contains("baseline"))
  }

  @Test func aPersonGetsItAsFromACustomerWhoWantsNoMachine() {
    for body in ["Where is my order?", "Where is my order LL-99999?", "hmm", "Where is my refund?"] {
      var (trial, refusal) = (Desk(trialPipeline(baseline: "100%")), Desk())
      trial.order()
      refusal.order()
      let (one, other) = (trial.open(body), refusal.open(body, automation: false))
      #expect(one.action == "hand_off", "\(body)")
      #expect([one.queue, one.step, one.urgency] == [other.queue, other.step, other.urgency], "\(body)")
      #expect(one.decision?.string("dueBy") == other.decision?.string("dueBy"))
    }
  }

  @Test func noNoticeGoesToTheBaseline() {
    let storm = OrderState.with { $0.status = "delayed" }
    var (with, without) = (Desk(trialPipeline(baseline: "0%")), Desk(trialPipeline(baseline: "100%")))
    with.declare()
    without.declare()
    #expect(with.order("LL-20411", storm).action == "notify")
    #expect(without.order("LL-20411", storm).all.isEmpty)
  }

  // MARK: All conversations

  @Test func inTheBaselineNoConversationHearsAMachine() throws {
    let untreated = trialPipeline(baseline: "100%")
    var (decided, withheld) = (0, 0)
    for conversation in Conversation.written.conversations {
      for step in conversation.played(by: untreated) {
        #expect(step.outputs.resolution == nil, "\(conversation.name)")
        guard let decision = step.outputs.decision else { continue }
        decided += 1
        #expect(decision.string("arm") == "baseline")
        #expect(["hand_off", "none"].contains(step.outputs.action))
        guard step.outputs.rule == "experiment.trial" else { continue }
        withheld += 1
        #expect(step.outputs.summary != nil && step.outputs.tripwires.isEmpty)
      }
    }
    #expect(decided > 200 && withheld > 60)
  }

  @Test func inTheTreatmentEveryConversationGoesAsWithoutAnExperiment() {
    let treatedAll = trialPipeline(baseline: "0%")
    for conversation in Conversation.written.conversations {
      for (one, other) in zip(conversation.played(), conversation.played(by: treatedAll)) {
        #expect(one.outputs.rule == other.outputs.rule && one.outputs.action == other.outputs.action)
        #expect(one.outputs.reply == other.outputs.reply && one.outputs.queue == other.outputs.queue)
        #expect(one.outputs.decision?.data["experiment"] == nil)
        if other.outputs.decision != nil { #expect(experiment(other.outputs.decision) != nil) }
      }
    }
  }

  // MARK: The same everywhere

  /// Some customers with several orders and tickets each; the experiment stops in the middle.
  private func log(isStopped: Bool = true) -> [Line] {
    var desk = Desk(half)
    for round in 0..<4 {
      if round == 2, isStopped { desk.stop() }
      for customer in 0..<8 {
        let name = "C\(customer)"
        desk.order("LL-\(round)\(customer)", of: name)
        desk.open("Where is my order LL-\(round)\(customer)?", ticket: "T\(round)-\(customer)", by: name)
      }
      desk.later(hours: 200)
    }
    return desk.lines
  }

  @Test func aCustomerHasOneArmInAllTickets() throws {
    var desk = Desk(half)
    var arms: [String: Set<String>] = [:]
    for line in log(isStopped: false) {
      guard let decision = desk.tell(line).decision else { continue }
      arms[line.key, default: []].insert(try #require(decision.string("arm")))
    }
    let trial = try #require(half.policy.experiment)
    #expect(arms.count == 8 && Set(arms.values).count == 2)
    for (customer, arm) in arms { #expect(arm == [trial.arm(of: CustomerID(customer)).rawValue]) }
  }

  /// Once with one worker, once with a new worker that restores the table after each event.
  @Test func everyRestartGivesTheSameBytes() {
    let log = log()
    let processor = TriageProcessor(pipeline: half, catalogue: Catalogue(), group: "g")
    func bytes(restarts: Bool) -> [[UInt8]?] {
      var state = processor.makeState(partition: 0)
      var table: [Record] = []
      var written: [[UInt8]?] = []
      for (offset, line) in log.enumerated() {
        var outputs: [OutgoingRecord] = []
        processor.process(line.record(at: Offset(offset)), state: &state, outputs: &outputs)
        written += outputs.map(\.value)
        table += processor.changes(in: state).map {
          Record(source: TopicPartition($0.topic, 0), offset: 0, key: $0.key, headers: $0.headers, value: $0.value)
        }
        processor.accept(&state)
        guard restarts else { continue }
        state = processor.makeState(partition: 0)
        for record in table { processor.restore(record, into: &state) }
      }
      return written
    }
    let whole = bytes(restarts: false)
    #expect(whole.count >= 64)
    #expect(whole == bytes(restarts: true))
  }

  // MARK: The end

  @Test func aStopPutsEverybodyIntoTheBaselineForGood() throws {
    var desk = Desk(half)
    desk.order(of: "C2")
    #expect(desk.open("Where is my order?", by: "C2").action == "resolve")
    desk.stop("another-trial")
    desk.order("LL-2", of: "C4")
    #expect(desk.open("Where is my order?", ticket: "T4", by: "C4").action == "resolve")
    let at = desk.now
    desk.stop()
    desk.later(hours: 1)
    desk.stop()
    desk.order("LL-3", of: "C6")
    let outputs = desk.open("Where is my order?", ticket: "T6", by: "C6")
    #expect(outputs.action == "hand_off" && outputs.rule == "experiment.trial")
    let stopped = try #require(experiment(outputs.decision))
    #expect(stopped["name"] as? String == "trial" && stopped["stoppedAt"] as? String == at.rfc3339)
    let audit = try #require(outputs.decision?.string("auditExplanation"))
    #expect(audit.contains("The experiment trial was stopped at \(at.rfc3339), so everybody is in its baseline."))
  }

  @Test func aQuestionThatWasAskedBeforeTheStopIsAnsweredByAPerson() {
    var desk = Desk(half)
    desk.order(of: "C2")
    desk.order("LL-20412", of: "C2")
    #expect(desk.open("Where is my order?", by: "C2").action == "clarify")
    desk.stop()
    #expect(desk.write("LL-20412", by: "C2").action == "hand_off")
  }

  @Test func aStopWithoutAnExperimentChangesNothing() {
    var desk = Desk()
    desk.stop()
    desk.order()
    let outputs = desk.open("Where is my order?")
    #expect(outputs.action == "resolve" && outputs.decision?.data["experiment"] == nil)
    #expect((outputs.decision?.data["digests"] as? [String: Any])?["stop"] == nil)
  }
}
