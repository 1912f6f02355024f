import Events
import Foundation
import Triage

/// A comparison of two sides, for a terminal and for programs.
struct DiffPage {
  let report: DecisionDiff.Report
  /// What decided on each side.
  let before: String
  let after: String

  init(_ report: DecisionDiff.Report, before: String, after: String) {
    self.report = report
    self.before = before
    self.after = after
  }

  /// How many of the decisions flip, in words.
  var summary: String {
    let share = report.decisions == 0 ? 0 : 100 * Double(report.flips) / Double(report.decisions)
    return
      "\(report.flips) of \(report.decisions) decisions flip (\(String(format: "%.1f", share)) %), \(report.otherReasons) keep their outcome for another reason"
  }

  func changes(_ kind: DecisionDiff.Change.Kind) -> [DecisionDiff.Change] { report.changes.filter { $0.kind == kind } }

  /// Cases a day.
  func daily(_ cases: Int) -> String { String(format: "%.1f", Double(cases) / Double(report.days)) }

  static let titles: [(kind: DecisionDiff.Change.Kind, title: String)] = [
    (.intent, "By what customers want"), (.action, "By what is done"), (.step, "By step"), (.queue, "By queue"),
    (.urgency, "By urgency"),
    (.deadline, "By deadline"), (.reason, "By reason"),
  ]

  // MARK: Text

  var text: String {
    var lines = ["before  \(before)", "after   \(after)", "", Style.heading.apply(summary)]
    for (kind, title) in Self.titles where !changes(kind).isEmpty {
      lines += ["", Style.strong.apply(title)]
      lines += changes(kind).map { "  \(Self.left($0.count, 7))  \(Self.words($0))" }
    }
    if !report.examples.isEmpty {
      lines += ["", Style.strong.apply("Examples")]
      lines += report.examples.map { example in
        "  \(example.decision)  ticket \(example.ticket)  event \(example.event)  \(example.intent)\n"
          + "      \(Self.words(example.before))  →  \(Self.words(example.after))"
      }
    }
    if !report.load.isEmpty {
      lines += ["", Style.strong.apply("Cases a day, over \(report.days) days")]
      lines += report.load.map { load in
        let difference = load.after - load.before
        return
          "  \(Self.padded(load.queue, 24))\(Self.right(daily(load.before), 9)) → \(Self.right(daily(load.after), 9))"
          + (difference == 0 ? "" : "  (\(difference > 0 ? "+" : "")\(difference) in all)")
      }
    }
    return lines.joined(separator: "\n")
  }

  static func words(_ change: DecisionDiff.Change) -> String {
    change.kind == .intent ? change.from : "\(change.from) → \(change.to)"
  }

  static func words(_ side: DecisionDiff.Side) -> String {
    [side.outcome.words, side.step, side.urgency, side.dueBy.isEmpty ? "" : "due \(side.dueBy)", side.rule].filter {
      !$0.isEmpty
    }.joined(separator: ", ")
  }

  private static func left(_ number: Int, _ width: Int) -> String { right(String(number), width) }
  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }

  // MARK: JSON

  var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("before", before)
      writer.field("after", after)
      writer.field("decisions", integer: report.decisions)
      writer.field("flips", integer: report.flips)
      writer.field("otherReasons", integer: report.otherReasons)
      writer.field("days", integer: report.days)
      writer.field("changes") { writer in
        writer.object { writer in
          for kind in DecisionDiff.Change.Kind.allCases {
            writer.key(kind.rawValue)
            writer.array(changes(kind)) { writer, change in
              writer.object { writer in
                writer.field("from", change.from)
                writer.field("to", change.to)
                writer.field("count", integer: change.count)
              }
            }
          }
        }
      }
      writer.field("examples", array: report.examples) { writer, example in
        writer.object { writer in
          writer.field("decisionId", example.decision)
          writer.field("ticketId", example.ticket)
          writer.field("eventId", example.event)
          writer.field("intent", example.intent)
          writer.field("before") { Self.write(example.before, to: &$0) }
          writer.field("after") { Self.write(example.after, to: &$0) }
        }
      }
      writer.field("load", array: report.load) { writer, load in
        writer.object { writer in
          writer.field("queue", load.queue)
          writer.field("casesBefore", integer: load.before)
          writer.field("casesAfter", integer: load.after)
          writer.field("perDayBefore", thousandths: 1_000 * load.before / report.days)
          writer.field("perDayAfter", thousandths: 1_000 * load.after / report.days)
        }
      }
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private static func write(_ side: DecisionDiff.Side, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("action", side.outcome.action)
      writer.field("queue", side.outcome.queue)
      writer.field("step", side.step)
      writer.field("urgency", side.urgency)
      if !side.dueBy.isEmpty { writer.field("dueBy", side.dueBy) }
      writer.field("rule", side.rule)
    }
  }
}
