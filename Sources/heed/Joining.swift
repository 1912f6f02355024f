import Egress
import Intake

/// A foreign topic: what stands on it, and what its tickets are called.
struct ForeignTopic: Sendable {
  let topic: String
  let source: IntakeSource
  let name: String
}

/// The files and words by which foreign systems are joined: the same for workers and for filters.
enum Joining {
  /// Reads `zendesk` or `mapping:FILE`.
  static func source(_ text: String) throws -> IntakeSource {
    if let known = IntakeSource.named.first(where: { $0.name == text }) { return known.source }
    guard text.hasPrefix("mapping:") else {
      let names = IntakeSource.named.map(\.name).joined(separator: ", ")
      throw Failure(status: .usage, words: "there is no source \(text); known are \(names) and mapping:FILE")
    }
    return try document(at: String(text.dropFirst("mapping:".count))) { yaml throws(MappingProblem) in
      .mapping(try SourceMapping(yaml: yaml))
    }
  }

  /// Reads `zendesk` or a target's file.
  static func target(_ text: String) throws -> EgressTarget {
    if let vendor = EgressTarget.Vendor(rawValue: text) {
      guard let target = EgressTarget(vendor) else {
        throw Failure(
          status: .badConfiguration,
          words: "\(text) needs a file that names an actor; Deploy/targets/example.yaml explains one")
      }
      return target
    }
    guard text.contains("/") || text.contains(".") else {
      let names = EgressTarget.Vendor.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure(status: .usage, words: "there is no target \(text); known are \(names), or a file")
    }
    return try document(at: text) { yaml throws(MappingProblem) in try EgressTarget(yaml: yaml) }
  }

  /// The key of customers' ids, without a line feed at its end.
  static func identityKey(at file: String) throws -> [UInt8] {
    var key = try contents(ofFile: file)
    if key.last == 0x0A { key.removeLast() }
    guard key.count >= CustomerIdentity.keyBytesMin else {
      throw Failure(
        status: .badConfiguration,
        words: "\(file) has fewer than \(CustomerIdentity.keyBytesMin) bytes; make one with: openssl rand -hex 32")
    }
    return key
  }

  private static func document<Value>(
    at path: String, _ read: (String) throws(MappingProblem) -> Value
  ) throws -> Value {
    guard let yaml = String(validating: try contents(ofFile: path), as: UTF8.self) else {
      throw Failure(status: .badConfiguration, words: "\(path) is not UTF-8")
    }
    do throws(MappingProblem) { return try read(yaml) } catch {
      throw Failure(
        status: .badConfiguration,
        words: error.line > 0 ? "\(path):\(error.line): \(error.words)" : "\(path): \(error.words)")
    }
  }
}

extension Settings {
  /// The foreign topics of `intake.sources`.
  func foreignSources() throws -> [ForeignTopic] {
    let pairs = pairs("intake.sources")
    guard !pairs.isEmpty else {
      throw Failure(
        status: .badConfiguration,
        words: "the role intake needs intake.sources, such as heed.foreign.zendesk=zendesk")
    }
    var topics: [ForeignTopic] = []
    for (topic, words) in pairs {
      let parts = words.split(separator: "@", maxSplits: 1).map(String.init)
      let source = try Joining.source(parts[0])
      topics.append(ForeignTopic(topic: topic, source: source, name: parts.count > 1 ? parts[1] : source.name))
    }
    for name in Set(topics.map(\.name)) where topics.count(where: { $0.name == name }) > 1 {
      throw Failure(
        status: .badConfiguration,
        words: "intake.sources has \(name) twice, and their tickets would be one: name them, as in zendesk@desk-eu")
    }
    return topics
  }

  /// The shops of `intake.sources` that tell their orders in pieces, and the topics on which they do.
  func shops() -> [(topic: String, name: String)] {
    pairs("intake.sources").compactMap { topic, words in
      let parts = words.split(separator: "@", maxSplits: 1).map(String.init)
      guard let known = IntakeSource.named.first(where: { $0.name == parts[0] }), known.source.tellsInPieces else {
        return nil
      }
      return (topic, parts.count > 1 ? parts[1] : known.name)
    }
  }

  /// The systems of `egress.targets`.
  func egressTargets() throws -> [EgressTarget] {
    let targets = try list("egress.targets").map { try Joining.target($0) }
    for name in Set(targets.map(\.name)) where targets.count(where: { $0.name == name }) > 1 {
      throw Failure(status: .badConfiguration, words: "egress.targets has \(name) twice")
    }
    return targets
  }

  /// How customers are recognised.
  func customerIdentity() throws -> CustomerIdentity {
    let country = optional("intake.phone.country")
    if let country, !CustomerIdentity.knowsPhones(of: country) {
      throw Failure(
        status: .badConfiguration, words: "intake.phone.country: phone numbers of \(country) cannot be read")
    }
    if text("intake.identity") == "plain" { return CustomerIdentity(.plain, phoneCountry: country) }
    guard let file = optional("intake.identity.key.file") else {
      throw Failure(
        status: .badConfiguration,
        words:
          "intake.identity keyed needs intake.identity.key.file (openssl rand -hex 32 makes a key); plain is for trying out"
      )
    }
    return CustomerIdentity(.keyed(try Joining.identityKey(at: file)), phoneCountry: country)
  }
}
