import ArgumentParser
import Classifier
import Policy
import Triage
import Shipped

/// The options that choose who decides: the same for every command that triages.
struct DecidingOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("The policy document; without it the default policy.", valueName: "file"))
  var policy: String?

  @OptionGroup var model: ModelOption

  func pipeline() throws -> TicketPipeline {
    TicketPipeline(reader: try model.reader(), policy: try Self.policy(at: policy))
  }

  /// Reads the policy at `path`, or the one that is compiled in.
  static func policy(at path: String?) throws -> PolicyDocument {
    let yaml = try yaml(at: path)
    do { return try PolicyDocument(yaml: yaml) } catch {
      throw Failure(
        status: .badConfiguration,
        words: error.line > 0
          ? "\(path ?? "default"):\(error.line): \(error.words)" : "\(path ?? "default"): \(error.words)")
    }
  }

  /// The policy's text.
  static func yaml(at path: String?) throws -> String {
    guard let path else { return Shipped.policy }
    guard let yaml = String(validating: try contents(ofFile: path), as: UTF8.self) else {
      throw Failure(status: .badConfiguration, words: "\(path) is not UTF-8")
    }
    return yaml
  }

  /// The text of the cases at `path`, or of those that are compiled in.
  static func casesYAML(at path: String?) throws -> String {
    try path.map(yaml(at:)) ?? Shipped.cases
  }
}
