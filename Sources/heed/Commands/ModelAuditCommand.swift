import ArgumentParser
import Events
import Foundation
import Scorecard
import Trainer

/// Whether people are treated alike (F5).
struct ModelAuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Compares what is decided for twins: the same request in the words of somebody else.",
    discussion: """
      Each text is decided together with twins that differ in one thing that has nothing to do with the request: the name, \
      slips of the keys, dialect, courtesy, length, capitals. Told are the pairs that are decided otherwise, and whether they lean one way: \
      less automation or less urgency for some. Label files are described at heed model train; labels are not needed. Ends with \
      1 if there is a lean that chance does not explain.
      """)

  @OptionGroup var deciding: DecidingOptions

  @Option(name: .long, parsing: .upToNextOption, help: "Files or folders with texts.")
  var data: [String]

  @Flag(name: .long, help: "As JSON.")
  var json = false

  func run() throws {
    let rows = try LabelFiles.rows(at: data)
    guard !rows.isEmpty else { throw Failure(status: .badConfiguration, words: "there are no texts") }
    let desk = TwinDesk(pipeline: try deciding.pipeline())
    var pairs: [(twin: Twin, one: Audit.Treatment, other: Audit.Treatment)] = []
    for (index, row) in rows.enumerated() {
      let text = row.subject.isEmpty ? row.text : row.subject + "\n" + row.text
      pairs += desk.pairs(of: text, index: index)
    }
    let audit = Audit(pairs)
    json ? try say(audit) : Terminal.write(Array(table(audit, texts: rows.count).utf8), to: STDOUT_FILENO)
    guard !audit.findings.contains(where: \.isAlarm) else { throw ExitCode(Failure.Status.checkFailed.rawValue) }
  }

  private func say(_ audit: Audit) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    Terminal.say(String(decoding: try encoder.encode(audit.findings), as: UTF8.self))
  }

  private func table(_ audit: Audit, texts: Int) -> String {
    var words = Style.heading.apply("\(texts) texts and their twins") + "\n"
    words +=
      Style.faint.apply(
        "  twin                         aspect       pairs  more  less  difference (95 %)         by chance") + "\n"
    for finding in audit.findings {
      let title = (Twin(rawValue: finding.twin)?.title ?? finding.twin).padding(
        toLength: 28, withPad: " ", startingAt: 0)
      let aspect = finding.aspect.padding(toLength: 11, withPad: " ", startingAt: 0)
      let isDirected = finding.aspect == "automation" || finding.aspect == "urgency"
      let numbers =
        isDirected
        ? String(
          format: "%6d %5d %5d  %+5.1f (%+5.1f to %+5.1f) points  %.2g", finding.pairs, finding.more, finding.less,
          finding.difference * 100, finding.low * 100, finding.high * 100, finding.chance)
        : String(
          format: "%6d %5d differ, %.1f %%", finding.pairs, finding.more,
          Double(finding.more) / Double(finding.pairs) * 100)
      let alarm = finding.isAlarm ? "  " + Style.bad.apply("leans") : ""
      words += "  \(title) \(aspect)\(numbers)\(alarm)\n"
    }
    let alarms = audit.findings.count(where: \.isAlarm)
    return words
      + (alarms == 0
        ? "\n  No lean that chance does not explain.\n" : "\n  \(alarms) leans that chance does not explain.\n")
  }
}
