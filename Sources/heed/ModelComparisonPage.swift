import Foundation
import Trainer

/// A comparison of two models, for a terminal and for programs.
struct ModelComparisonPage {
  let comparison: ModelComparison

  init(_ comparison: ModelComparison) { self.comparison = comparison }

  var text: String {
    var lines = [
      "present  \(comparison.before)", "new      \(comparison.after)", "",
      Style.faint.apply(
        "  set        question      texts  present right  new right   lost  gained  by chance"),
    ]
    for task in comparison.tasks {
      lines.append(
        "  \(padded(task.set, 11))\(padded(task.task, 12))\(right(task.texts, 7))\(right(task.before, 15))"
          + "\(right(task.after, 11))\(right(task.lost, 7))\(right(task.gained, 8))"
          + right(String(format: "%.3g", task.chance), 11) + (task.isWorse ? "  " + Style.bad.apply("worse") : ""))
    }
    if !comparison.tripwires.isEmpty {
      lines += ["", Style.faint.apply("  set        tripwire                  texts  present found  new found")]
    }
    for tripwire in comparison.tripwires {
      lines.append(
        "  \(padded(tripwire.set, 11))\(padded(tripwire.name, 24))\(right(tripwire.texts, 7))"
          + "\(right(tripwire.before, 15))\(right(tripwire.after, 11))"
          + (tripwire.isWorse ? "  " + Style.bad.apply("misses more") : ""))
    }
    lines += [
      "",
      comparison.isRefused
        ? Style.bad.apply("  The new model is worse and is refused.")
        : "  The new model may take the present one's place.",
    ]
    return lines.joined(separator: "\n")
  }

  var json: String {
    get throws {
      struct Told: Encodable {
        let comparison: ModelComparison
        let refused: Bool
      }
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
      return String(
        decoding: try encoder.encode(Told(comparison: comparison, refused: comparison.isRefused)), as: UTF8.self)
    }
  }

  /// Ends the program if the new model, called `name`, is worse.
  func refuse(_ name: String) throws {
    guard comparison.isRefused else { return }
    let tasks = comparison.tasks.filter(\.isWorse).map { "\($0.task) (\($0.set))" }
    let tripwires = comparison.tripwires.filter(\.isWorse).map { "the tripwire \($0.name) (\($0.set))" }
    throw Failure(
      status: .worseModel,
      words: "\(name) is worse than the present model: \((tasks + tripwires).joined(separator: ", "))")
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
  private func right(_ number: Int, _ width: Int) -> String { right(String(number), width) }
  private func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
