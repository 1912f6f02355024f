import ArgumentParser

struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy",
    abstract: "Proves what a policy can and cannot do, runs its cases, and proposes what corrections ask for.",
    subcommands: [PolicyCheckCommand.self, PolicyTestCommand.self, PolicyProposeCommand.self])
}
