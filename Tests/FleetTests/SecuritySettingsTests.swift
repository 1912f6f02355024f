import Foundation
import Kafka
import Testing

@testable import heed

/// Settings of TLS and SASL that do not fit together: each is refused by the name of a setting and with what mends it.
@Suite struct SecuritySettingsTests {
  /// What the librdkafka of Debian 12 is built with.
  private static let features: Set = ["ssl", "sasl", "sasl_plain", "sasl_scram", "sasl_gssapi", "sasl_oauthbearer"]

  private func settings(_ sets: String..., features: Set<String> = Self.features) throws -> Settings {
    try Settings(file: nil, environment: [:], sets: sets, features: features)
  }

  private func problem(_ sets: [String], features: Set<String> = Self.features) throws -> SecurityProblem? {
    do {
      try Settings(file: nil, environment: [:], sets: sets, features: features).checkSecurityFiles()
      return nil
    } catch let problem as SecurityProblem { return problem }
  }

  private static let name = "sasl.username=heed"
  private static let password = "sasl.password=canary-7e1"
  private static let certificate = "ssl.certificate.location=/etc/hostname"
  private static let key = "ssl.key.location=/etc/hostname"

  struct Refusal: CustomTestStringConvertible {
    let sets: [String]
    let setting: String
    let remedy: String
    var testDescription: String { sets.joined(separator: " ") }
  }

  @Test(arguments: [
    // A proof that nobody would ask for.
    Refusal(sets: [name], setting: "sasl.username", remedy: "security.protocol=sasl_ssl"),
    Refusal(sets: [password], setting: "sasl.password", remedy: "security.protocol=sasl_ssl"),
    Refusal(sets: ["security.protocol=ssl", password], setting: "sasl.password", remedy: "security.protocol=sasl_ssl"),
    Refusal(sets: ["sasl.mechanism=PLAIN"], setting: "sasl.mechanism", remedy: "security.protocol=sasl_ssl"),
    // No proof where one is asked for.
    Refusal(sets: ["security.protocol=sasl_ssl"], setting: "sasl.username", remedy: "HEED_SASL_USERNAME"),
    Refusal(sets: ["security.protocol=sasl_ssl", password], setting: "sasl.username", remedy: "HEED_SASL_USERNAME"),
    Refusal(sets: ["security.protocol=sasl_ssl", name], setting: "sasl.password", remedy: "HEED_SASL_PASSWORD"),
    Refusal(sets: ["security.protocol=sasl_plaintext", name], setting: "sasl.password", remedy: "HEED_SASL_PASSWORD"),
    // TLS that is not spoken.
    Refusal(sets: ["ssl.ca.location=/etc/hostname"], setting: "ssl.ca.location", remedy: "security.protocol=ssl"),
    Refusal(sets: [certificate, key], setting: "ssl.certificate.location", remedy: "security.protocol=ssl"),
    Refusal(sets: ["ssl.key.password=canary-7e1"], setting: "ssl.key.password", remedy: "security.protocol=ssl"),
    Refusal(
      sets: ["security.protocol=sasl_plaintext", name, password, "ssl.ca.location=/etc/hostname"],
      setting: "ssl.ca.location", remedy: "security.protocol=ssl or sasl_ssl"),
    // Halves.
    Refusal(
      sets: ["security.protocol=ssl", key], setting: "ssl.certificate.location", remedy: "leave ssl.key.location out"),
    Refusal(
      sets: ["security.protocol=ssl", certificate], setting: "ssl.key.location",
      remedy: "leave ssl.certificate.location out"),
    Refusal(
      sets: ["security.protocol=ssl", "ssl.key.password=canary-7e1"], setting: "ssl.key.location",
      remedy: "leave ssl.key.password out"),
    // Past our own settings.
    Refusal(
      sets: ["librdkafka.security.protocol=ssl"], setting: "librdkafka.security.protocol",
      remedy: "set security.protocol instead"),
    Refusal(
      sets: ["librdkafka.sasl.mechanisms=PLAIN"], setting: "librdkafka.sasl.mechanisms",
      remedy: "set sasl.mechanism instead"),
    Refusal(
      sets: ["librdkafka.sasl.password=canary-7e1"], setting: "librdkafka.sasl.password",
      remedy: "set sasl.password instead"),
    Refusal(
      sets: ["librdkafka.ssl.key.location=/k"], setting: "librdkafka.ssl.key.location",
      remedy: "set ssl.key.location instead"),
    Refusal(
      sets: ["librdkafka.ssl.key.pem=canary-7e1"], setting: "librdkafka.ssl.key.pem",
      remedy: "set ssl.key.location instead"),
    Refusal(
      sets: ["librdkafka.ssl.keystore.password=canary-7e1"], setting: "librdkafka.ssl.keystore.password",
      remedy: "set ssl.key.password instead"),
    Refusal(
      sets: ["security.protocol=ssl", "librdkafka.enable.ssl.certificate.verification=false"],
      setting: "librdkafka.enable.ssl.certificate.verification", remedy: "ssl.ca.location"),
    Refusal(
      sets: ["security.protocol=ssl", "librdkafka.ssl.endpoint.identification.algorithm=none"],
      setting: "librdkafka.ssl.endpoint.identification.algorithm", remedy: "ssl.ca.location"),
    Refusal(
      sets: ["librdkafka.enable.sasl.oauthbearer.unsecure.jwt=true"],
      setting: "librdkafka.enable.sasl.oauthbearer.unsecure.jwt", remedy: "leave it out"),
    Refusal(
      sets: ["security.protocol=sasl_ssl", name, password, "librdkafka.sasl.kerberos.keytab=/k"],
      setting: "librdkafka.sasl.kerberos.keytab", remedy: "sasl.mechanism=GSSAPI"),
    // Files that are not there, or are none.
    Refusal(
      sets: ["security.protocol=ssl", "ssl.ca.location=/nowhere/ca.crt"], setting: "ssl.ca.location",
      remedy: "/nowhere/ca.crt"),
    Refusal(
      sets: ["security.protocol=ssl", "ssl.certificate.location=/etc", key], setting: "ssl.certificate.location",
      remedy: "name a file"),
    Refusal(
      sets: ["security.protocol=ssl", certificate, "ssl.key.location=/etc/hostname/key"], setting: "ssl.key.location",
      remedy: "name a file"),
    // Other proofs.
    Refusal(
      sets: ["security.protocol=sasl_ssl", "sasl.mechanism=OAUTHBEARER"], setting: "sasl.mechanism",
      remedy: "PLAIN, SCRAM-SHA-256, SCRAM-SHA-512"),
    Refusal(
      sets: ["security.protocol=sasl_ssl", "sasl.mechanism=GSSAPI", name], setting: "sasl.username",
      remedy: "leave it out"),
    Refusal(
      sets: ["security.protocol=sasl_ssl", "sasl.mechanism=GSSAPI"], setting: "librdkafka.sasl.kerberos.keytab",
      remedy: "set it"),
  ])
  func itIsRefusedWithSettingAndRemedy(refusal: Refusal) throws {
    let problem = try #require(try problem(refusal.sets))
    #expect(problem.setting == refusal.setting)
    #expect(problem.remedy.contains(refusal.remedy), "\(problem)")
    #expect("\(problem)".hasPrefix(problem.setting) && "\(problem)".hasSuffix(problem.remedy))
    #expect(!"\(problem)".contains("canary"))
  }

  @Test(arguments: [
    [], ["security.protocol=ssl"], ["security.protocol=ssl", certificate, key],
    ["security.protocol=ssl", certificate, key, "ssl.key.password=x"],
    ["security.protocol=ssl", "ssl.ca.location=/etc", "librdkafka.ssl.cipher.suites=DEFAULT"],
    ["security.protocol=sasl_ssl", name, password],
    ["security.protocol=sasl_ssl", name, password, "sasl.mechanism=PLAIN", "ssl.ca.location=/etc/hostname"],
    ["security.protocol=sasl_ssl", name, password, certificate, key],
    ["security.protocol=sasl_plaintext", name, password, "sasl.mechanism=SCRAM-SHA-256"],
    ["security.protocol=sasl_ssl", "sasl.mechanism=GSSAPI", "librdkafka.sasl.kerberos.keytab=/k"],
  ])
  func whatFitsTogetherIsTaken(sets: [String]) throws {
    #expect(try problem(sets) == nil)
  }

  /// A file that is there and belongs to somebody else; root reads it all the same.
  @Test(.enabled(if: geteuid() != 0)) func aFileWithoutTheRightToReadItIsRefused() throws {
    let files = try Scratch()
    let path = try file("ca.crt", "x", mode: 0o000, in: files)
    #expect(try problem(["security.protocol=ssl", "ssl.ca.location=\(path)"])?.setting == "ssl.ca.location")
  }

  @Test func whatLibrdkafkaWasBuiltWithoutIsRefusedByName() throws {
    let scram = ["security.protocol=sasl_ssl", Self.name, Self.password]
    #expect(
      try problem(scram, features: Self.features.subtracting(["sasl_scram"]))?.fault
        == .unsupported(lacking: "sasl_scram"))
    #expect(
      try problem(["security.protocol=ssl"], features: Self.features.subtracting(["ssl"]))?.fault
        == .unsupported(lacking: "ssl"))
    let bearer = ["security.protocol=sasl_ssl", "sasl.mechanism=OAUTHBEARER"]
    #expect(try problem(bearer)?.fault == .unsupported(lacking: "oidc"))
    // With it, what it needs is asked for.
    #expect(
      try problem(bearer, features: Self.features.union(["oidc"]))?.setting
        == "librdkafka.sasl.oauthbearer.token.endpoint.url")
  }

  @Test func theLibrdkafkaThatRunsHereSaysWhatItCanDo() {
    #expect(ClientSettings.features.isSuperset(of: ["ssl", "sasl_plain", "sasl_scram"]))
    #expect(!ClientSettings.features.contains("carrier_pigeon"))
  }

  /// What is taken here is also taken by the client library.
  @Test func theClientTakesWhatTheSettingsSay() throws {
    let settings = try settings("security.protocol=sasl_ssl", Self.name, Self.password, "sasl.mechanism=PLAIN")
    let passed = try settings.client().passedThrough
    #expect(passed["security.protocol"] == "sasl_ssl" && passed["sasl.mechanism"] == "PLAIN")
    #expect(passed["sasl.username"] == "heed" && passed["sasl.password"] == "canary-7e1")
    #expect(try self.settings().client().passedThrough.isEmpty)
  }

  // MARK: Who else can read a secret

  private func file(_ name: String, _ text: String, mode: Int, in files: Scratch) throws -> String {
    let url = files.url(name)
    try Data(text.utf8).write(to: url)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: url.path())
    return url.path()
  }

  private func warnings(mode: Int) throws -> [String] {
    let files = try Scratch()
    let path = try file(
      "heed.yaml", "security.protocol: sasl_ssl\nsasl.username: heed\nsasl.password: canary-7e1\n", mode: mode,
      in: files)
    return try Settings(file: path, environment: [:], sets: [], features: Self.features).securityWarnings
  }

  @Test func aPasswordInAFileThatEverybodyCanReadIsWarnedOf() throws {
    #expect(try warnings(mode: 0o600) == [])
    let warning = try #require(try warnings(mode: 0o644).first)
    #expect(warning.contains("sasl.password") && warning.contains("HEED_SASL_PASSWORD") && !warning.contains("canary"))
  }

  @Test func aKeyThatEverybodyCanReadIsWarnedOf() throws {
    let files = try Scratch()
    for (mode, count) in [(0o600, 0), (0o644, 1)] {
      let path = try file("key.pem", "x", mode: mode, in: files)
      let settings = try settings("security.protocol=ssl", Self.certificate, "ssl.key.location=\(path)")
      #expect(settings.securityWarnings.count == count)
    }
  }

  @Test func aPasswordInTheArgumentsOrOpenOnTheNetworkIsWarnedOf() throws {
    let sets = [Self.name, Self.password, "sasl.mechanism=PLAIN"]
    let hidden = try Settings(file: nil, environment: [:], sets: ["security.protocol=sasl_ssl"] + sets)
    #expect(hidden.securityWarnings.count == 1)
    let open = try Settings(file: nil, environment: [:], sets: ["security.protocol=sasl_plaintext"] + sets)
    #expect(open.securityWarnings.count == 2)
    let environment = try Settings(
      file: nil, environment: ["HEED_SASL_PASSWORD": "x"], sets: ["security.protocol=sasl_ssl", Self.name])
    #expect(environment.securityWarnings == [])
  }
}
