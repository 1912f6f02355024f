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
      otherwise is counted by intent, action, queue, urgency and reason. A flip is another action, step, queue, urgency or \
      deadline; the same outcome by another rule is counted apart. With --outputs A --outputs B two recorded files are \
      compared instead, and nothing is decided. Examples are ids; no words of customers are shown. Without --events the log \
      is the topic of the cluster.
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

  func validate() throws {
    guard policy.count <= 2, model.count <= 2 else { throw ValidationError("there are two sides: before and after") }
    if outputs.isEmpty {
      guard max(policy.count, model.count) == 2 else {
        throw ValidationError(
          "two sides are needed: --policy A --policy B, --model A --model B, or --outputs A --outputs B")
      }
    } else {
      guard outputs.count == 2 else { throw ValidationError("--outputs is needed twice: before and after") }
      guard policy.isEmpty, model.isEmpty, events == nil else {
        throw ValidationError("--outputs compares what is recorded: leave out --events, --policy and --model")
      }
    }
  }

  func run() throws {
    let page = try outputs.isEmpty ? decided() : recorded()
    if let html { try write(Array(DiffHTML(page).text.utf8), toFile: html) }
    Terminal.say(json ? page.json : page.text)
  }

  /// Both sides decide.
  private func decided() throws -> DiffPage {
    let pipelines = try [0, 1].map { side in
      // One of a kind serves both sides.
      let file = policy.isEmpty ? nil : policy[min(side, policy.count - 1)]
      let options = (
        policy: file == "default" ? nil : file, model: model.isEmpty ? "embedded" : model[min(side, model.count - 1)]
      )
      return TicketPipeline(
        reader: try ModelOption.reader(at: options.model), policy: try DecidingOptions.policy(at: options.policy))
    }
    var diff = PolicyDiff(before: pipelines[0], after: pipelines[1])
    if let events {
      try Lines.forEach(in: events) { line, number in diff.take(.line(line, Int64(number))) }
    } else {
      try LogTopics(try source.settings()).events { event, _ in diff.take(event) }
    }
    let names = pipelines.map { "\($0.names.policy), \($0.names.model)" }
    return DiffPage(diff.finish(), before: names[0], after: names[1])
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
}

extension ModelOption {
  /// A reader with the model at `path`.
  static func reader(at path: String) throws -> ModelReader { ModelReader(try model(at: path)) }
}
