internal import Foundation
public import Scorecard

/// The numbers of a report as people read them.
public enum ReportWords {
  /// A value with its unit: `81.2 %`, `4 h 12 min`, `0.7`.
  public static func value(_ value: Double?, unit: String) -> String {
    guard let value else { return "–" }
    switch unit {
    case "share": return percent(value)
    case "seconds": return duration(value)
    default: return String(format: "%.2f", value)
    }
  }

  /// `81.2 %`.
  public static func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }

  /// `62.1 % to 90.4 %`; empty where nothing is known.
  public static func interval(_ low: Double?, _ high: Double?) -> String {
    guard let low, let high else { return "" }
    return "\(percent(low)) to \(percent(high))"
  }

  /// Each kind of alert in the report with what makes one right.
  public static func alertDefinitions(_ report: Report) -> [(kind: String, definition: String)] {
    report.alerts.filter { $0.sign == nil }.map { ($0.kind, $0.definition) }
  }

  /// `4 h 12 min`.
  public static func duration(_ seconds: Double) -> String {
    let minutes = Int((seconds / 60).rounded())
    switch minutes {
    case ..<60: return "\(minutes) min"
    case ..<2_880: return "\(minutes / 60) h \(minutes % 60) min"
    default: return "\(minutes / 1_440) d \(minutes % 1_440 / 60) h"
    }
  }

  /// What became of the value since the range before: `up 2.1 points, better`; empty if nothing can be said.
  public static func change(_ row: Report.Row) -> String {
    guard let value = row.value, let before = row.before, value != before else { return "" }
    let way = value > before ? "up" : "down"
    let amount: String =
      switch row.unit {
      case "share": String(format: "%.1f points", abs(value - before) * 100)
      case "seconds": duration(abs(value - before))
      default: String(format: "%.2f", abs(value - before))
      }
    guard row.better != "neither" else { return "\(way) \(amount)" }
    return "\(way) \(amount), \(way == row.better ? "better" : "worse")"
  }

  /// A name of code as words: `came_back` is `came back`.
  public static func words(_ name: String) -> String { name.replacingOccurrences(of: "_", with: " ") }

  /// What went wrong, in words.
  public static let themes = [
    "came_back": "resolved, and came back", "misrouted": "in the wrong queue",
    "promise_broken": "a promised update did not come",
    "prompt_abandoned": "our question was left without an answer", "repeated_themselves": "had to repeat themselves",
    "unhappy": "unhappy with the answer", "intrusive": "found it intrusive",
    "handed_over_in_vain": "handed over without need",
  ]
}
