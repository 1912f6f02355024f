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
    guard let path else { return try PolicyDocument(yaml: defaultPolicy) }
    guard let yaml = String(validating: try contents(ofFile: path), as: UTF8.self) else {
      throw Failure(status: .badConfiguration, words: "\(path) is not UTF-8")
    }
    do { return try PolicyDocument(yaml: yaml) } catch {
      throw Failure(status: .badConfiguration, words: "\(path): \(error)")
    }
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
