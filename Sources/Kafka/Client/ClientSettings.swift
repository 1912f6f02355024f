internal import CRdKafka

/// Where the cluster is and how to talk to it: what every client of one process shares.
///
/// Options that our promises depend on are set by the clients themselves, all of them explicitly, also where they are
/// today's default; see ``ConsumerSettings`` and ``ProducerSettings``.
public struct ClientSettings: Sendable {
  /// `host:port`, several separated by commas.
  public let bootstrapServers: String
  /// The name under which brokers log and limit us.
  public let clientID: String
  /// Raw librdkafka settings, checked; they are applied last.
  public let passedThrough: [String: String]
  /// Where librdkafka's log lines go, called from its threads; `nil` is standard error.
  public let log: (@Sendable (ClientLogLine) -> Void)?

  /// Settings for the cluster at `bootstrapServers`; `passThrough` goes to librdkafka as it is.
  ///
  /// - Throws: ``SettingsError`` if a passed-through key is unknown, has a bad value, or is one our promises depend on.
  ///   Correct the configuration; nothing was connected yet.
  public init(
    bootstrapServers: String, clientID: String = "heed", passThrough: [String: String] = [:],
    log: (@Sendable (ClientLogLine) -> Void)? = nil
  ) throws(SettingsError) {
    for key in passThrough.keys.sorted() {
      if let reason = promisedSettings[key] { throw .promised(key: key, reason: reason) }
    }
    let trial = ConfigurationHandle()
    for (key, value) in passThrough.sorted(by: { $0.key < $1.key }) {
      switch trial.set(key, value) {
      case .done: continue
      case .unknown: throw .unknown(key: key)
      case .invalid(let reason): throw .invalid(key: key, reason: reason)
      }
    }
    self.bootstrapServers = bootstrapServers
    self.clientID = clientID
    self.passedThrough = passThrough
    self.log = log
  }

  /// What librdkafka was built with, in the words of its setting `builtin.features`: `ssl`, `sasl_scram`, `oidc`, ...
  public static let features = Set(
    ConfigurationHandle().value(of: "builtin.features")?.split(separator: ",").map(String.init) ?? [])

  /// The keys that cannot be passed through, each with the reason, for the reference of settings.
  public static var promised: [String: String] { promisedSettings }
}

/// Why a passed-through setting is refused.
public enum SettingsError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Our promises depend on this key, or it has a setting of its own.
  case promised(key: String, reason: String)
  /// librdkafka knows no such key.
  case unknown(key: String)
  /// librdkafka does not take this value.
  case invalid(key: String, reason: String)

  /// The key and why, on one line.
  public var description: String {
    switch self {
    case .promised(let key, let reason): "librdkafka.\(key) cannot be set: \(reason)"
    case .unknown(let key): "librdkafka.\(key) is not known to librdkafka"
    case .invalid(let key, let reason): "librdkafka.\(key): \(reason)"
    }
  }
}

/// One line of librdkafka's log.
public struct ClientLogLine: Sendable {
  /// Syslog's level: 3 is an error, 4 a warning, 6 information, 7 debugging.
  public let level: Int
  /// librdkafka's short name for what it is about, such as `FAIL` or `SESSTMOUT`.
  public let facility: String
  /// What happened. Carries no data of customers, but host names.
  public let message: String
}
