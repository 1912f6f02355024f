// Settings of security that do not fit together are refused at the start, before anything is connected: a cluster would answer
// them with a connection that hangs or closes without a word, or worse, with one that works and is not what was meant.

extension Settings {
  private var secures: (transport: Bool, sasl: Bool) {
    let name = text("security.protocol")
    return (name.hasSuffix("ssl"), name.hasPrefix("sasl"))
  }

  private var mechanism: SASLMechanism { SASLMechanism(rawValue: text("sasl.mechanism"))! }

  /// Refuses combinations that cannot work or are not what they seem; asks no file and no cluster.
  ///
  /// - Parameter features: what librdkafka was built with.
  func checkSecurity(features: Set<String>) throws(SecurityProblem) {
    try checkPassThrough()
    try checkSASL(features)
    try checkTransport(features)
  }

  /// What librdkafka is told of it.
  var clientSecurity: [String: String] {
    guard secures.transport || secures.sasl else { return [:] }
    var names = ["security.protocol"]
    if secures.transport { names += Self.transportSettings }
    if secures.sasl { names += ["sasl.mechanism", "sasl.username", "sasl.password"] }
    return Dictionary(uniqueKeysWithValues: names.compactMap { name in optional(name).map { (name, $0) } })
  }

  // MARK: What goes past us

  /// librdkafka's other names for what has a setting of ours.
  private static let ownSettings = [
    "sasl.mechanisms": "sasl.mechanism", "ssl.ca.pem": "ssl.ca.location",
    "ssl.certificate.pem": "ssl.certificate.location", "ssl.key.pem": "ssl.key.location",
    "ssl.keystore.location": "ssl.certificate.location", "ssl.keystore.password": "ssl.key.password",
  ]

  /// Keys of TLS that only narrow what is accepted.
  private static let narrowing: Set<String> = [
    "ssl.cipher.suites", "ssl.curves.list", "ssl.sigalgs.list", "ssl.crl.location",
  ]

  /// Keys by which anybody could be a broker, and learn the password.
  private static let identifying: Set<String> = [
    "enable.ssl.certificate.verification", "ssl.endpoint.identification.algorithm",
  ]

  private func checkPassThrough() throws(SecurityProblem) {
    for key in passThrough.keys.sorted() {
      if let remedy = remedy(forPassing: key) {
        throw SecurityProblem(setting: "librdkafka.\(key)", fault: .passedThrough, remedy: remedy)
      }
    }
  }

  private func remedy(forPassing key: String) -> String? {
    guard Self.isOfSecurity(key), !Self.narrowing.contains(key) else { return nil }
    if let name = Setting.byName[key]?.name ?? Self.ownSettings[key] { return "set \(name) instead" }
    if Self.identifying.contains(key) {
      return "leave it out: who the brokers are is always checked; ssl.ca.location says who may sign for them"
    }
    if let owner = SASLMechanism.allCases.first(where: { $0.ownKeys.map { key.hasPrefix($0.prefix) } == true }) {
      return secures.sasl && mechanism == owner ? nil : "leave it out, or set sasl.mechanism=\(owner.rawValue)"
    }
    return "leave it out; `heed settings` lists what there is for TLS and SASL"
  }

  /// Whether a key of librdkafka's is about SASL or TLS.
  static func isOfSecurity(_ key: String) -> Bool {
    key == "security.protocol" || key.split(separator: ".").contains { $0 == "ssl" || $0 == "sasl" }
  }

  // MARK: SASL

  private func checkSASL(_ features: Set<String>) throws(SecurityProblem) {
    guard secures.sasl else {
      for name in ["sasl.mechanism", "sasl.username", "sasl.password"] where isGiven(name) {
        throw SecurityProblem(
          setting: name, fault: .unused(unless: "a SASL protocol"),
          remedy: "set security.protocol=sasl_ssl, or leave \(name) out")
      }
      return
    }
    let mechanism = mechanism
    if let lacking = mechanism.features.first(where: { !features.contains($0) }) {
      throw SecurityProblem(
        setting: "sasl.mechanism", fault: .unsupported(lacking: lacking),
        remedy: "set sasl.mechanism to one of \(Self.supported(features).joined(separator: ", "))")
    }
    for name in ["sasl.username", "sasl.password"] where isGiven(name) != mechanism.usesPassword {
      throw mechanism.usesPassword
        ? SecurityProblem(
          setting: name, fault: .missing(for: mechanism.rawValue),
          remedy: "set it, best as \(Setting.byName[name]!.environmentName)")
        : SecurityProblem(
          setting: name, fault: .unused(unless: "PLAIN or SCRAM"),
          remedy: "leave it out, or set sasl.mechanism=SCRAM-SHA-512")
    }
    if let needed = mechanism.ownKeys?.needed, passThrough[needed] == nil {
      throw SecurityProblem(
        setting: "librdkafka.\(needed)", fault: .missing(for: mechanism.rawValue), remedy: "set it")
    }
  }

  /// The mechanisms that this build of librdkafka can do with a name and a password.
  private static func supported(_ features: Set<String>) -> [String] {
    SASLMechanism.allCases.filter { $0.usesPassword && features.isSuperset(of: $0.features) }.map(\.rawValue)
  }

  // MARK: TLS

  private func checkTransport(_ features: Set<String>) throws(SecurityProblem) {
    guard secures.transport else {
      for name in Self.transportSettings where isGiven(name) {
        throw SecurityProblem(
          setting: name, fault: .unused(unless: "TLS"),
          remedy: "set security.protocol=ssl or sasl_ssl, or leave \(name) out")
      }
      return
    }
    if !features.contains("ssl") {
      throw SecurityProblem(
        setting: "security.protocol", fault: .unsupported(lacking: "ssl"),
        remedy: "install a librdkafka that is built with OpenSSL")
    }
    for (name, need) in [
      ("ssl.certificate.location", "ssl.key.location"), ("ssl.key.location", "ssl.certificate.location"),
      ("ssl.key.location", "ssl.key.password"),
    ] where isGiven(need) && !isGiven(name) {
      throw SecurityProblem(setting: name, fault: .missing(for: need), remedy: "set it, or leave \(need) out")
    }
  }

  static let transportSettings = [
    "ssl.ca.location", "ssl.certificate.location", "ssl.key.location", "ssl.key.password",
  ]
}
