import ArgumentParser

/// The program. Its commands are one file each.
struct Heed: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "heed",
    abstract: "Triages support tickets from Kafka: understands, decides under a written policy, and hands over.",
    discussion: "Exit status: "
      + Failure.Status.reference.map { "\($0.number) \($0.words)" }.joined(separator: ", ") + ".",
    version: heedVersionLine,
    subcommands: [
      DemoCommand.self, WorkerCommand.self, TriageCommand.self,
      IntakeCommand.self, EgressCommand.self, ExplainCommand.self, VerifyCommand.self, DiffCommand.self,
      ReplayCommand.self,
      ProduceCommand.self,
      ConsumeCommand.self, ReportCommand.self, ConsoleCommand.self,
      ModelCommand.self, PolicyCommand.self, TopicsCommand.self, DeadLettersCommand.self, SettingsCommand.self,
      MetricsCommand.self, ReferenceCommand.self, DevBrokerCommand.self,
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
