import ArgumentParser
import Events
import Foundation
import Scorecard
import Trainer
import Triage

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
      let original = desk.decide(text)
      for twin in Twin.allCases {
        guard let pair = twin.pair(text, language: original.language, index: index) else { continue }
        // Twins by name differ from each other, the others from the text as it stands.
        let one = pair.one == text ? original : desk.decide(pair.one)
        pairs.append((twin, one.treatment, desk.decide(pair.other).treatment))
      }
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

/// Decides a text for a customer of whom nothing is known but one order that is on its way.
private struct TwinDesk {
  let pipeline: TicketPipeline
  private static let now = Timestamp(nanoseconds: 1_772_445_600_000_000_000)

  func decide(_ text: String) -> (treatment: Audit.Treatment, language: String) {
    var shelf = Shelf(partition: 0)
    let customer = CustomerID("audited")
    let order = OrderUpdated(
      order: OrderID("A-1"), customer: customer, status: .inTransit, placedAt: Self.now.adding(seconds: -3 * 86_400),
      promisedBy: Self.now.adding(seconds: 2 * 86_400), estimatedDelivery: Self.now.adding(seconds: 86_400),
      carrier: "NordPost",
      trackingNumber: "NP1", lastScanAt: Self.now.adding(seconds: -3_600))
    _ = pipeline.process(event(.orderUpdated(order), "order", -60), at: 0, shelf: &shelf)
    let opened = TicketOpened(ticket: TicketID("audit"), customer: customer, channel: .email, subject: "", body: text)
    guard let explanation = pipeline.explain(event(.ticketOpened(opened), "opened", 0), at: 1, shelf: &shelf) else {
      preconditionFailure("a ticket that is opened is always decided")
    }
    let decision = explanation.decision
    return (
      Audit.Treatment(
        isAutomated: decision.action == .resolve || decision.action == .clarify,
        urgency: DecisionMade.Urgency.allCases.firstIndex(of: decision.urgency) ?? 0, queue: decision.queue,
        intent: decision.reading.intents.first?.name ?? "other"), decision.reading.language.tag
    )
  }

  private func event(_ body: Event.Body, _ id: String, _ seconds: Int64) -> Event {
    Event(
      envelope: Envelope(
        id: id, source: "/audit", type: "audit", time: Self.now.adding(seconds: seconds), partitionKey: "audited"),
      body: body)
  }
}
