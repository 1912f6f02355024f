import ArgumentParser

/// The program. Its commands are one file each.
struct Heed: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "heed",
    abstract: "Triages support tickets from Kafka: understands, decides under a written policy, and hands over.",
    discussion: """
      Exit status: 0 done, 1 a check failed, 2 wrong usage, 65 too many records are rejected, 66 the log does not keep the \
      committed offset, 70 internal fault (restart), 75 the broker cannot be reached (try again), 77 another worker has \
      this one's place, 78 bad configuration.
      """,
    version: heedVersionLine,
    subcommands: [
      DemoCommand.self, WorkerCommand.self, TriageCommand.self,
      IntakeCommand.self, ExplainCommand.self,
      ProduceCommand.self,
      ConsumeCommand.self,
      ModelCommand.self, PolicyCommand.self, TopicsCommand.self, DeadLettersCommand.self, SettingsCommand.self,
      MetricsCommand.self, DevBrokerCommand.self,
    ])
}

@main
enum Main {
  static func main() async {
    do {
      var command = try Heed.parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      Terminal.exit(with: error)
    }
  }
}
