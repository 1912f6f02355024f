import ArgumentParser
import Foundation
import Kafka
import Logging
import Worker
import Yams

/// The values of all settings: from the file, then the environment (`HEED_*`), then `--set`; the later wins. Unknown names,
/// values out of range and values that contradict each other are refused at the start.
struct Settings: Sendable {
  private let values: [String: String]
  /// librdkafka's own keys, passed through, but for those our promises depend on.
  let passThrough: [String: String]
  /// Where each value that is no default comes from.
  private let places: [String: Place]

  /// Where a value comes from.
  enum Place: Hashable {
    case file(String)
    case environment(String)
    case argument

    var words: String {
      switch self {
      case .file(let path): path
      case .environment(let name): name
      case .argument: "--set"
      }
    }
  }

  /// - Parameter features: what librdkafka was built with.
  /// - Throws: `Failure` or `SecurityProblem`, each with what to mend. A value of a secret is in neither.
  init(
    file: String?, environment: [String: String], sets: [String], features: Set<String> = ClientSettings.features
  ) throws {
    var values = Dictionary(uniqueKeysWithValues: Setting.table.map { ($0.name, $0.standard) })
    var passThrough: [String: String] = [:]
    var places: [String: Place] = [:]
    func take(_ name: String, _ value: String, from source: Place) throws {
      let place = source.words
      if name.hasPrefix("librdkafka.") {
        passThrough[String(name.dropFirst("librdkafka.".count))] = value
        return
      }
      guard let setting = Setting.byName[name] else {
        throw Self.bad("\(place): there is no setting \(name); see `heed settings`")
      }
      if let problem = setting.problem(with: value) {
        throw Self.bad("\(place): \(name) \(problem)" + (setting.isSecret ? "" : ", and is \(value)"))
      }
      values[name] = value
      places[name] = source
    }
    if let file {
      for (name, value) in try Self.read(file) { try take(name, value, from: .file(file)) }
    }
    let byEnvironment = Dictionary(uniqueKeysWithValues: Setting.table.map { ($0.environmentName, $0.name) })
    for (name, value) in environment.sorted(by: { $0.key < $1.key }) where name.hasPrefix("HEED_") {
      if name.hasPrefix("HEED_LIBRDKAFKA_") {
        let key = name.dropFirst("HEED_LIBRDKAFKA_".count).lowercased().replacing("_", with: ".")
        try take("librdkafka." + key, value, from: .environment(name))
      } else if let setting = byEnvironment[name] {
        try take(setting, value, from: .environment(name))
      } else {
        throw Self.bad("there is no setting for the environment's \(name); see `heed settings`")
      }
    }
    for set in sets {
      let parts = set.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { throw Failure(status: .usage, words: "--set takes name=value") }
      try take(String(parts[0]), String(parts[1]), from: .argument)
    }
    self.values = values
    self.passThrough = passThrough
    self.places = places
    try checkRelations()
    try checkSecurity(features: features)
  }

  private static func bad(_ words: String) -> Failure { Failure(status: .badConfiguration, words: words) }

  /// A flat mapping, or a nested one whose names are joined with points.
  private static func read(_ file: String) throws -> [(String, String)] {
    guard let text = String(validating: try contents(ofFile: file), as: UTF8.self) else {
      throw bad("\(file) is not UTF-8")
    }
    let node: Node?
    // The parser's own words quote the line, in which a password may stand.
    do { node = try Yams.compose(yaml: text) } catch { throw bad("\(file)\(Self.place(of: error)) is no YAML") }
    var values: [(String, String)] = []
    func walk(_ node: Node, _ path: String) throws {
      if let scalar = node.scalar { return values.append((path, scalar.string)) }
      if let several = try several(node, Setting.byName[path]) { return values.append((path, several)) }
      guard let mapping = node.mapping else { throw bad("\(file): \(path) must be a value or a mapping") }
      for (key, value) in mapping {
        try walk(value, path.isEmpty ? key.scalar?.string ?? "" : "\(path).\(key.scalar?.string ?? "")")
      }
    }
    if let node { try walk(node, "") }
    return values
  }

  private static func place(of error: any Error) -> String {
    switch error as? YamlError {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): ":\(mark.line)"
    case .duplicatedKeysInMapping(_, let context): ":\(context.mark.line)"
    default: ""
    }
  }

  /// The value of a setting that takes several, where the file has them as a list or a mapping.
  private static func several(_ node: Node, _ setting: Setting?) throws -> String? {
    switch (setting?.kind, node) {
    case (.list, .sequence(let sequence)):
      return sequence.map { $0.scalar?.string ?? "" }.joined(separator: ",")
    case (.pairs, .mapping(let mapping)):
      return mapping.map { "\($0.key.scalar?.string ?? "")=\($0.value.scalar?.string ?? "")" }.joined(separator: ",")
    default: return nil
    }
  }

  private func checkRelations() throws {
    func below(_ smaller: String, _ larger: String, orEqual: Bool = false) throws {
      let (a, b) = (duration(smaller), duration(larger))
      if orEqual ? a <= b : a < b { return }
      throw Self.bad(
        "\(smaller) (\(a.settingText)) must be \(orEqual ? "at most" : "below") \(larger) (\(b.settingText))")
    }
    try below("drain.timeout", "session.timeout")
    try below("transaction.timeout", "session.timeout")
    try below("delivery.timeout", "transaction.timeout", orEqual: true)
    try below("session.timeout", "poll.interval.max", orEqual: true)
    try below("transaction.timeout", "watchdog.patience")
    if let address = optional("ops.address"), OpsAddress(address) == nil {
      throw Self.bad("ops.address must be host:port, such as 0.0.0.0:9464, and is \(address)")
    }
    if text("processing.guarantee") == "at_least_once", !text("transactional.id").isEmpty {
      throw Self.bad("transactional.id is set, but processing.guarantee at_least_once has no transactions")
    }
  }

  func text(_ name: String) -> String {
    guard let value = values[name] else { preconditionFailure("there is no setting \(name)") }
    return value
  }

  /// Whether somebody gave it a value; a default is not given.
  func isGiven(_ name: String) -> Bool { places[name] != nil && !text(name).isEmpty }

  /// Where its value comes from; `nil` is the default.
  func place(of name: String) -> Place? { places[name] }

  func optional(_ name: String) -> String? { text(name).isEmpty ? nil : text(name) }
  func list(_ name: String) -> [String] { Setting.list(in: text(name)) }
  func pairs(_ name: String) -> [(name: String, value: String)] { Setting.pairs(in: text(name)) ?? [] }
  func integer(_ name: String) -> Int { Int(text(name))! }
  func duration(_ name: String) -> Duration { Duration(setting: text(name))! }
}

/// The options by which settings come in.
struct SettingsOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("A file of settings (YAML).", valueName: "file"))
  var config: String?

  @Option(
    name: .long, help: ArgumentHelp("Where the cluster is; short for --set bootstrap.servers=…", valueName: "host:port")
  )
  var bootstrap: String?

  @Option(
    name: .long, parsing: .singleValue, help: ArgumentHelp("One setting; may be repeated.", valueName: "name=value"))
  var set: [String] = []

  func settings() throws -> Settings {
    let settings = try Settings(
      file: config, environment: ProcessInfo.processInfo.environment,
      sets: set + (bootstrap.map { ["bootstrap.servers=\($0)"] } ?? []))
    let logger = Log.logger(settings)
    for warning in settings.securityWarnings { logger.warning("\(warning)") }
    return settings
  }
}

extension Settings {
  /// How to reach the cluster. The client library's own lines go to `logger`; without one to standard error as they are.
  func client(logger: Logger? = nil) throws -> ClientSettings {
    do { try checkSecurityFiles() } catch { throw Self.bad("\(error)") }
    let values = passThrough.merging(clientSecurity) { $1 }
    var log: (@Sendable (ClientLogLine) -> Void)?
    if let logger { log = { $0.record(to: logger) } }
    do {
      return try ClientSettings(
        bootstrapServers: text("bootstrap.servers"), clientID: optional("group.instance.id") ?? "heed",
        passThrough: values, log: log)
    } catch {
      throw Self.bad("\(error)")
    }
  }

  var safeguards: Safeguards {
    let (window, share) = (integer("breaker.window"), integer("breaker.share"))
    let breaker = BreakerLimits(window: window, deadLettersMax: window * share / 100, keysMin: integer("breaker.keys"))
    return Safeguards(
      breaker: share == 100 ? nil : breaker, offsetGone: OffsetGonePolicy(rawValue: text("offset.out.of.range"))!)
  }

  var batchLimits: BatchLimits {
    BatchLimits(
      recordsMax: integer("batch.records"), outputBytesMax: integer("batch.bytes"), delay: duration("batch.delay"))
  }
}

/// Where a worker is asked how it is.
struct OpsAddress: Equatable {
  let host: String
  let port: Int

  /// Reads `host:port`; an IPv6 host stands in brackets.
  init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else { return nil }
    let host = text[..<colon].trimmingCharacters(in: ["[", "]"])
    guard !host.isEmpty else { return nil }
    self.host = host
    self.port = Int(port)
  }
}
