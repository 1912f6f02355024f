import ArgumentParser
import Classifier
import Events
import Glibc
import Triage

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "What another policy or model would have decided otherwise: flips, examples, and the load on agents.",
    discussion: """
      With two policies (--policy A --policy B) or two models the log is decided twice, side by side, and what B decides \
      otherwise is counted by intent, action, queue, urgency and reason. With one policy or model it is compared with what \
      was recorded: --events FILE --outputs FILE --policy B, or the topics of a cluster. With --outputs A --outputs B two \
      recorded files are compared, and nothing is decided. A flip is another action, step, queue, urgency or deadline; the \
      same outcome by another rule is counted apart. Examples are ids; no words of customers are shown. Without --events the \
      log is the topic of the cluster.
      """)

  @OptionGroup var source: SettingsOptions
  @Option(name: .long, help: ArgumentHelp("The log (NDJSON); - is standard input.", valueName: "file")) var events:
    String?
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("A policy: before and, given again, after; default is the one compiled in.", valueName: "file"))
  var policy: [String] = []
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("A model: before and, given again, after; embedded is the shipped one.", valueName: "file"))
  var model: [String] = []
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("Recorded outputs (NDJSON): before and, given again, after.", valueName: "file"))
  var outputs: [String] = []
  @Flag(name: .long, help: "One JSON object.") var json = false
  @Option(name: .long, help: ArgumentHelp("Also write a page that stands alone.", valueName: "file")) var html: String?

  /// Which of the two sides are decided now, and which were recorded.
  private enum Sides { case decided, recordedAndDecided, recorded }

  private var sides: Sides {
    if outputs.count == 2 { return .recorded }
    return outputs.isEmpty && max(policy.count, model.count) == 2 ? .decided : .recordedAndDecided
  }

  func validate() throws {
    guard max(policy.count, model.count, outputs.count) <= 2 else {
      throw ValidationError("there are two sides: before and after")
    }
    switch sides {
    case .decided: break
    case .recorded:
      guard policy.isEmpty, model.isEmpty, events == nil else {
        throw ValidationError("two --outputs compare what is recorded: leave out --events, --policy and --model")
      }
    case .recordedAndDecided:
      guard max(policy.count, model.count) == 1 else {
        throw ValidationError(
          "two sides are needed: --policy A --policy B, --model A --model B, --outputs A --outputs B, or one policy or model "
            + "beside what was recorded")
      }
      guard outputs.isEmpty == (events == nil) else {
        throw ValidationError(
          "a recorded log has two files: --events FILE --outputs FILE; leave out both for the topics of the cluster")
      }
    }
  }

  func run() throws {
    let page =
      switch sides {
      case .decided: try decided()
      case .recordedAndDecided: try recordedAndDecided()
      case .recorded: try recorded()
      }
    if let html { try write(Array(DiffHTML(page).text.utf8), toFile: html) }
    Terminal.say(json ? page.json : page.text)
  }

  /// Both sides decide.
  private func decided() throws -> DiffPage {
    let pipelines = try [0, 1].map { try pipeline($0) }
    var diff = PolicyDiff(before: pipelines[0], after: pipelines[1])
    if let events {
      try Lines.forEach(in: events) { line, number in diff.take(.line(line, Int64(number))) }
    } else {
      try LogTopics(try source.settings()).events { event, _ in diff.take(event) }
    }
    return DiffPage(diff.finish(), before: Self.name(pipelines[0]), after: Self.name(pipelines[1]))
  }

  /// One side has decided, the other decides now.
  private func recordedAndDecided() throws -> DiffPage {
    let log: any RecordedLog =
      if let events, let outputs = outputs.first {
        LogFiles(events: events, outputs: outputs, isWhole: true)
      } else {
        try LogTopics(try source.settings())
      }
    let pipeline = try pipeline(0)
    var (diff, witness) = (DecisionDiff(), PolicyWitness(pipeline))
    try log.outputs { line, _ in if let decision = RecordedOutcome(line) { diff.take(before: decision) } }
    try log.events { event, _ in if let decision = witness.decides(event) { diff.take(after: decision) } }
    return DiffPage(diff.finish(), before: outputs.first ?? "the recorded decisions", after: Self.name(pipeline))
  }

  /// Both sides have decided.
  private func recorded() throws -> DiffPage {
    var diff = DecisionDiff()
    try Lines.forEach(in: outputs[0]) { line, _ in
      if let decision = RecordedOutcome(line) { diff.take(before: decision) }
    }
    try Lines.forEach(in: outputs[1]) { line, _ in
      if let decision = RecordedOutcome(line) { diff.take(after: decision) }
    }
    return DiffPage(diff.finish(), before: outputs[0], after: outputs[1])
  }

  /// What decides for a side; one policy or model of a kind serves both sides.
  private func pipeline(_ side: Int) throws -> TicketPipeline {
    let file = policy.isEmpty ? nil : policy[min(side, policy.count - 1)]
    return TicketPipeline(
      reader: try ModelOption.reader(at: model.isEmpty ? "embedded" : model[min(side, model.count - 1)]),
      policy: try DecidingOptions.policy(at: file == "default" ? nil : file))
  }

  private static func name(_ pipeline: TicketPipeline) -> String {
    "\(pipeline.names.policy), \(pipeline.names.model)"
  }
}

extension ModelOption {
  /// A reader with the model at `path`.
  static func reader(at path: String) throws -> ModelReader { ModelReader(try model(at: path)) }
}
