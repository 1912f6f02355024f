import ArgumentParser
import CDefaults
import CModel
import Classifier
import Policy
import Triage

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
    guard let path else { return defaultPolicy }
    guard let yaml = String(validating: try contents(ofFile: path), as: UTF8.self) else {
      throw Failure(status: .badConfiguration, words: "\(path) is not UTF-8")
    }
    return yaml
  }

  /// The text of the cases at `path`, or of those that are compiled in.
  static func casesYAML(at path: String?) throws -> String {
    guard let path else {
      return String(
        decoding: UnsafeRawBufferPointer(start: heed_default_cases(), count: heed_default_cases_size()), as: UTF8.self)
    }
    return try yaml(at: path)
  }

  private static var defaultPolicy: String {
    String(
      decoding: UnsafeRawBufferPointer(start: heed_default_policy(), count: heed_default_policy_size()), as: UTF8.self)
  }
}

/// The model that is compiled in.
enum ShippedModel {
  static var bytes: [UInt8] {
    Array(UnsafeRawBufferPointer(start: heed_shipped_model(), count: heed_shipped_model_size()))
  }
}
