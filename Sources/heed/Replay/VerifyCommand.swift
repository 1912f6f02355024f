import ArgumentParser
import Chain
import Events
import Glibc
import Triage

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Derives recorded decisions again from the log, byte for byte, and checks the chain of their digests.",
    discussion: """
      Two checks that share no code. The chain: every record carries the digest of itself, and every decision those of its \
      customer's events since the last one, of policy, model and that last decision; so a byte that changed in any of them is \
      found and located by SHA-256 alone. The derivation: the log is decided again with the policies and models that the \
      records name, and every record must come out as it stands. With --events and --outputs both are files of NDJSON; else the \
      topics of the cluster are read, as no group. Ends with 1 if anything differs, naming the first.
      """)

  @OptionGroup var source: SettingsOptions
  @OptionGroup var deciders: DecidersOptions
  @Option(name: .long, help: ArgumentHelp("The log (NDJSON).", valueName: "file")) var events: String?
  @Option(name: .long, help: ArgumentHelp("What was written for it (NDJSON).", valueName: "file")) var outputs: String?
  @Flag(name: .long, help: "Check the chain only; nothing is decided.") var chainOnly = false
  @Flag(name: .long, help: "The file of events does not begin at the beginning of the log.") var partialLog = false
  @Flag(name: .long, help: "One JSON object.") var json = false

  func validate() throws {
    guard (events == nil) == (outputs == nil) else { throw ValidationError("--events and --outputs go together") }
    if events == "-" || outputs == "-" { throw ValidationError("files are read twice, so none can be standard input") }
  }

  func run() throws {
    let log: any RecordedLog =
      if let events, let outputs {
        LogFiles(events: events, outputs: outputs, isWhole: !partialLog)
      } else { try LogTopics(try source.settings()) }
    var chain = ChainCheck(
      policies: try deciders.policyBytes(), models: try deciders.modelBytes(), logIsWhole: log.isWhole)
    let (pipelines, refusal) = try usablePipelines()
    var verification = pipelines.isEmpty ? nil : Verification(pipelines: pipelines)
    try log.outputs { line, place in
      chain.take(output: line, at: place)
      verification?.take(recorded: line, at: place)
    }
    try log.events { event, place in
      if let line = event.structured { chain.take(event: line, value: event.value, at: place) }
      verification?.take(event, at: place)
    }
    let page = VerifyPage(
      chain: chain.finish(), derivation: try verification?.finish().described(by: log), refusal: refusal, log: log)
    Terminal.say(json ? page.json : page.text)
    if let failure = page.failure { throw failure }
  }

  /// A policy or a model that cannot be used can still be told from the one that decided, so that is told first.
  private func usablePipelines() throws -> ([TicketPipeline], refusal: String?) {
    if chainOnly { return ([], nil) }
    do { return (try deciders.pipelines(), nil) } catch let failure as Failure { return ([], failure.words) }
  }
}

/// A difference with the field that shows it.
struct DescribedDerivation {
  let result: Verification.Result
  /// Where the first difference stands, and what it is.
  let place: String
  let pointer: String
  let words: String
}

extension Verification.Result {
  fileprivate func described(by log: any RecordedLog) throws -> DescribedDerivation {
    guard let first else { return DescribedDerivation(result: self, place: "", pointer: "", words: "") }
    switch first.kind {
    case .bytes(let derived):
      let pointer = try log.output(at: first.place).flatMap { JSONDifference.pointer($0, derived) } ?? ""
      return DescribedDerivation(
        result: self, place: log.name(ofOutput: first.place), pointer: pointer, words: "the log leads to something else"
      )
    case .underivable:
      return DescribedDerivation(
        result: self, place: log.name(ofOutput: first.place), pointer: "", words: "no event of the log leads to it")
    case .missing:
      return DescribedDerivation(
        result: self, place: log.name(ofEvent: first.place), pointer: "",
        words: "this event leads to a record that is not there")
    }
  }
}
