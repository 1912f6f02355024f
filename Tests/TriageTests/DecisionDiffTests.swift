import Events
import Foundation
import Policy
import Shipped
import Testing

@testable import Triage

@Suite struct DecisionDiffTests {
  // MARK: Two policies over one log

  private static let log: [[UInt8]] = {
    var desk = Desk()
    for customer in 0..<6 {
      let name = "C\(customer)"
      desk.order("LL-2041\(customer)", of: name)
      desk.open("Where is my order?", ticket: "T\(customer)", by: name)
    }
    for customer in 6..<10 { desk.open("My lawyer will call you", ticket: "T\(customer)", by: "C\(customer)") }
    desk.open("I want a refund", ticket: "T11", by: "C11")
    return desk.lines.map(\.bytes)
  }()

  private func report(_ log: [[UInt8]] = log, after yaml: String) throws -> DecisionDiff.Report {
    let other = TicketPipeline(reader: pipeline.reader, policy: try PolicyDocument(yaml: yaml))
    var diff = PolicyDiff(before: pipeline, after: other)
    for (index, line) in log.enumerated() { diff.take(.line(line, Int64(index))) }
    return diff.finish()
  }

  @Test func anUnchangedPolicyFlipsNothing() throws {
    let report = try report(after: Shipped.policy + "\n# A remark\n")
    #expect(report.decisions == 11 && report.flips == 0 && report.otherReasons == 0)
    #expect(report.changes.isEmpty && report.examples.isEmpty)
    #expect(report.load.allSatisfy { $0.before == $0.after } && !report.load.isEmpty)
  }

  /// Four customers speak of lawyers, and nobody else is meant by the change.
  @Test func aPlantedChangeFlipsExactlyWhatItMeans() throws {
    let place = try #require(Shipped.policy.range(of: "- {name: legal_threat"))
    let line = try #require(Shipped.policy[place.lowerBound...].range(of: "queue: legal,"))
    var changed = Shipped.policy
    changed.replaceSubrange(line, with: "queue: care,")
    let report = try report(after: changed)
    #expect(report.flips == 4 && report.otherReasons == 0)
    #expect(
      report.changes.filter { $0.kind == .queue } == [
        DecisionDiff.Change(kind: .queue, from: "legal", to: "care", count: 4)
      ])
    #expect(Set(report.examples.map(\.ticket)).isSubset(of: ["T6", "T7", "T8", "T9"]) && report.examples.count == 3)
    let load = Dictionary(uniqueKeysWithValues: report.load.map { ($0.queue, ($0.before, $0.after)) })
    #expect(load["legal"]! == (4, 0))
    #expect(load["care"]!.1 - load["care"]!.0 == 4)
  }

  @Test func aRuleThatOnlyHasAnotherNameIsAnotherReason() throws {
    let report = try report(after: Shipped.policy.replacing("- name: on-its-way", with: "- name: still-on-its-way"))
    #expect(report.flips == 0 && report.otherReasons == 6)
  }

  @Test func twoRecordedSidesAreComparedAsTwoPoliciesAre() throws {
    let changed = Shipped.policy.replacing(
      "- {urgency: high, when: {signals: [legal_threat,", with: "- {urgency: critical, when: {signals: [legal_threat,")
    let decided = try report(after: changed)
    #expect(decided.flips > 0)
    var diff = DecisionDiff()
    let other = TicketPipeline(reader: pipeline.reader, policy: try PolicyDocument(yaml: changed))
    for (index, side) in [pipeline, other].enumerated() {
      var filter = TriageFilter(pipeline: side)
      for decision in Self.log.flatMap({ filter.process(line: $0) }).compactMap({ RecordedOutcome($0) }) {
        if index == 0 { diff.take(before: decision) } else { diff.take(after: decision) }
      }
    }
    #expect(diff.finish() == decided)
  }

  @Test func nothingOfWhatACustomerWroteIsInTheReport() throws {
    let report = try report(after: Shipped.policy.replacing("queue: legal,", with: "queue: care,"))
    #expect(report.flips > 0)
    #expect(!"\(report)".contains("lawyer") && !"\(report)".contains("Where is"))
  }

  // MARK: By hand

  private func decision(
    _ id: Int, action: String = "hand_off", queue: String = "a", urgency: String = "normal", rule: String = "r",
    ticket: String? = nil, day: Int = 1
  ) -> RecordedOutcome {
    let digits = String(id, radix: 16)
    return RecordedOutcome(
      decision: "dec_" + String(repeating: "0", count: 32 - digits.count) + digits, ticket: ticket ?? "T\(id)",
      event: "e\(id)", day: "2026-03-0\(day)", action: action, step: "s", queue: queue, urgency: urgency, dueBy: "",
      intent: "refund_request", rule: rule)
  }

  @Test func countsAreByKindAndTheMostFrequentComesFirst() {
    var diff = DecisionDiff()
    for id in 0..<5 { diff.take(decision(id), decision(id, queue: "b", rule: "q")) }
    for id in 5..<7 { diff.take(decision(id), decision(id, urgency: "high")) }
    diff.take(decision(7), decision(7, rule: "other"))
    diff.take(decision(8), nil)
    diff.take(nil, decision(9, action: "notify", queue: ""))
    let report = diff.finish()
    #expect(report.decisions == 10 && report.flips == 9 && report.otherReasons == 1)
    func changes(_ kind: DecisionDiff.Change.Kind) -> [String] {
      report.changes.filter { $0.kind == kind }.map { "\($0.count) \($0.from) \($0.to)" }
    }
    #expect(changes(.intent) == ["9 refund_request refund_request"])
    #expect(changes(.queue) == ["5 a b", "1 a none"])
    #expect(changes(.action) == ["1 hand_off nothing", "1 nothing notify"])
    #expect(changes(.urgency) == ["2 normal high", "1 none normal", "1 normal none"])
    #expect(changes(.reason) == ["5 r q", "1 none r", "1 r none"])
  }

  @Test func examplesAreFewOfEachKindAndTheSameWhateverTheOrder() {
    func report(_ ids: [Int]) -> DecisionDiff.Report {
      var diff = DecisionDiff()
      for id in ids { diff.take(decision(id), decision(id, queue: id % 2 == 0 ? "b" : "c")) }
      return diff.finish()
    }
    let first = report(Array(0..<200))
    #expect(first.examples.count == 6 && Set(first.examples.map(\.after.outcome.queue)) == ["b", "c"])
    #expect(report((0..<200).reversed()) == first)
  }

  @Test func aTicketIsACaseOfAQueueOnceAndADayIsADay() {
    var diff = DecisionDiff()
    diff.take(decision(1, ticket: "T", day: 1), decision(1, ticket: "T", day: 1))
    diff.take(decision(2, ticket: "T", day: 2), decision(2, queue: "b", ticket: "T", day: 2))
    diff.take(decision(3, day: 4), decision(3, day: 4))
    let report = diff.finish()
    #expect(report.days == 3)
    #expect(
      report.load == [
        DecisionDiff.Load(queue: "a", before: 2, after: 2), DecisionDiff.Load(queue: "b", before: 0, after: 1),
      ])
  }

  @Test func repeatsOfARecordAreOneDecision() {
    var diff = DecisionDiff()
    for _ in 0..<2 { diff.take(before: decision(1)) }
    for _ in 0..<2 { diff.take(after: decision(1, queue: "b")) }
    for _ in 0..<2 { diff.take(after: decision(2)) }
    diff.take(before: decision(3))
    let report = diff.finish()
    #expect(report.decisions == 3 && report.flips == 3)
  }
}
