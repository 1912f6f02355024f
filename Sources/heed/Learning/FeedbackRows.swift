import Events
import Foundation
import Learning
import Policy
import Trainer
import Triage

/// Corrections as rows to learn from, read from a log.
struct FeedbackRows {
  let harvest: Lessons.Harvest

  init(from log: any RecordedLog, policy: PolicyDocument, plan: Plan, limits: RowLimits) throws {
    var lessons = Lessons(
      from: try log.judged(), policy: policy, intents: plan.intents, signals: plan.signals, limits: limits)
    try log.events { logged, _ in
      if let event = try? logged.decoded() { lessons.take(event) }
    }
    harvest = lessons.finish()
  }

  var learned: [LabelledText] { harvest.rows.filter { !$0.isHeldOut }.map(\.labelled) }
  var heldOut: [LabelledText] { harvest.rows.filter(\.isHeldOut).map(\.labelled) }

  /// The rows as NDJSON: customers' texts without personal data.
  var file: [UInt8] { harvest.rows.reduce(into: []) { $0 += $1.line + [0x0A] } }

  /// How many there are and what became of the others; no words of customers.
  var summary: String {
    let omitted = harvest.omissions.sorted { $0.key < $1.key }.map { "\($0.value) \(Self.words[$0.key] ?? "")" }
    return "\(harvest.rows.count) corrections with a label: \(learned.count) to learn from, \(heldOut.count) held out"
      + (omitted.isEmpty ? "" : "; left out: " + omitted.joined(separator: ", "))
  }

  private static let words: [Lessons.Omission: String] = [
    .contradictory: "that contradict each other", .noLabel: "that say nothing a model learns",
    .unknownLabel: "with a label the model does not know", .noWords: "without words", .duplicate: "twice there",
    .capped: "beyond what one customer or agent may say",
  ]
}
