import ArgumentParser

struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "Proves what a policy can and cannot do, and runs its cases.",
    subcommands: [PolicyCheckCommand.self, PolicyTestCommand.self])
}
