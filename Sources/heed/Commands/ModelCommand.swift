import ArgumentParser

/// The model that reads tickets: learn one, judge one, look into one.
struct ModelCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "Trains, evaluates, compares and inspects the model that reads tickets.",
    subcommands: [
      ModelTrainCommand.self, ModelEvaluateCommand.self, ModelCompareCommand.self, ModelAuditCommand.self,
      ModelInspectCommand.self,
    ])
}
