import ArgumentParser
import Classifier
import Policy
import Triage
import Shipped

/// Policies and models as bytes and as what decides, where there may be several of each.
struct DecidersOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("A policy that decided; may be repeated; without it the default one.", valueName: "file"))
  var policy: [String] = []
  @Option(
    name: .long,
    help: ArgumentHelp("A model that read; may be repeated; without it the shipped one.", valueName: "file"))
  var model: [String] = []

  /// The policies' documents, as they are in the files.
  func policyBytes() throws -> [[UInt8]] {
    policy.isEmpty ? [Array(try DecidingOptions.yaml(at: nil).utf8)] : try policy.map { try contents(ofFile: $0) }
  }

  /// The models' files, as they are.
  func modelBytes() throws -> [[UInt8]] {
    model.isEmpty
      ? [Shipped.model] : try model.map { try $0 == "embedded" ? Shipped.model : contents(ofFile: $0) }
  }

  /// Every policy with every model.
  func pipelines() throws -> [TicketPipeline] {
    let policies =
      try policy.isEmpty ? [DecidingOptions.policy(at: nil)] : policy.map { try DecidingOptions.policy(at: $0) }
    let models = try (model.isEmpty ? ["embedded"] : model).map { ModelReader(try ModelOption.model(at: $0)) }
    return policies.flatMap { policy in models.map { TicketPipeline(reader: $0, policy: policy) } }
  }
}
