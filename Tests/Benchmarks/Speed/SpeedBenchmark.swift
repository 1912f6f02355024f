import ArgumentParser

/// What Heed costs, side by side in one run: copies without triage in C and in Swift, triage without a broker, the whole worker.
///
/// Each part that is measured runs in a process of its own, the embedded broker in another, so that nobody's work counts as
/// somebody else's. Compare CPU seconds and their ratios: wall rates depend on what else the machine does.
@main struct SpeedBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Benchmarks", abstract: "Measures what Heed costs.",
    subcommands: [
      CompareCommand.self, FoldCommand.self, PastCommand.self, HostCommand.self, CopyCommand.self, WorkCommand.self,
    ],
    defaultSubcommand: CompareCommand.self)
}

/// Where the traffic comes from.
struct TrafficOptions: ParsableArguments {
  @Option(
    name: .long, help: "NDJSON of events that are repeated with other customers and ids; `heed demo --print-events`.")
  var events: String

  func traffic() throws -> Traffic { try Traffic(file: events) }
}
