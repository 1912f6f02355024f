import Foundation
import Testing

@testable import heed

/// A value of a setting marked secret is printed nowhere: not in a log at its most talkative, not in a page, not in an error.
@Suite struct SecretsTests {
  private static let canary = "canary-5d0c93"
  private static let secrets = Setting.table.filter(\.isSecret)

  /// Settings under which a secret is used, so that it goes as far as it ever does.
  private static func context(of secret: Setting) -> [String] {
    secret.name.hasPrefix("ssl.")
      ? ["security.protocol=ssl", "ssl.certificate.location=/etc/hostname", "ssl.key.location=/etc/hostname"]
      : ["security.protocol=sasl_plaintext", "sasl.mechanism=PLAIN", "sasl.username=heed"]
  }

  private func flags(_ sets: [String]) -> [String] { sets.flatMap { ["--set", $0] } }

  private func run(_ arguments: [String], environment: [String: String] = [:]) throws -> (status: Int32, text: String) {
    let run = try Program.run(arguments, environment: environment)
    return (run.status, String(decoding: run.output, as: UTF8.self) + run.complaint)
  }

  @Test func thereAreSecrets() {
    #expect(Set(Self.secrets.map(\.name)) == ["sasl.password", "ssl.key.password"])
  }

  @Test(arguments: secrets) func thePageOfWhatIsSetSaysOnlyThatItIsSet(secret: Setting) throws {
    let arguments = ["settings", "--show-effective"] + flags(Self.context(of: secret))
    let shown = try run(arguments, environment: [secret.environmentName: Self.canary])
    #expect(shown.status == 0)
    #expect(shown.text.contains("\(secret.name)  (secret, set; \(secret.environmentName))"))
    #expect(!shown.text.contains(Self.canary))
  }

  /// There it is a warning, and the warning does not say it either.
  @Test(arguments: secrets) func noWarningSaysIt(secret: Setting) throws {
    let files = try Scratch()
    try Data("\(secret.name): \(Self.canary)\n".utf8).write(to: files.url("heed.yaml"))
    for place in [["--config", files.url("heed.yaml").path()], flags(["\(secret.name)=\(Self.canary)"])] {
      let shown = try run(["settings", "--show-effective"] + flags(Self.context(of: secret)) + place)
      #expect(shown.status == 0)
      #expect(shown.text.contains("warning") && shown.text.contains("\(secret.name) stands in"), "\(shown.text)")
      #expect(!shown.text.contains(Self.canary), "\(shown.text)")
    }
  }

  /// A worker that reaches no cluster, with every line of ours and of librdkafka's.
  @Test(arguments: secrets) func noLogSaysIt(secret: Setting) throws {
    let talkative = ["bootstrap.servers=127.0.0.1:1", "log.level=trace", "librdkafka.debug=all"]
    let ended = try run(
      ["worker"] + flags(Self.context(of: secret) + talkative), environment: [secret.environmentName: Self.canary])
    // It got as far as to the client library.
    #expect(ended.status == 75 || ended.status == 78)
    #expect(ended.text.contains(secret.name.hasPrefix("ssl.") ? "ssl" : "127.0.0.1:1"), "\(ended.text)")
    #expect(!ended.text.contains(Self.canary), "\(ended.text)")
  }

  /// Each way in which settings can be wrong around it.
  @Test(arguments: secrets) func noErrorSaysIt(secret: Setting) throws {
    let files = try Scratch()
    let documents = [
      "unclosed": "\(secret.name): \"\(Self.canary)\n", "twice": "\(secret.name): a\n\(secret.name): \(Self.canary)\n",
      "list": "\(secret.name): [\(Self.canary)]\n", "typo": "\(secret.name)s: \(Self.canary)\n",
      "tab": "a:\n\t\(secret.name): \(Self.canary)\n", "alone": "\(secret.name): \(Self.canary)\n",
      "passed": "librdkafka.\(secret.name): \(Self.canary)\n",
    ]
    for (name, text) in documents {
      let url = files.url(name + ".yaml")
      try Data(text.utf8).write(to: url)
      let ended = try run(["topics", "plan", "--config", url.path()])
      #expect(ended.status == 78, "\(name): \(ended.text)")
      #expect(!ended.text.contains(Self.canary), "\(name): \(ended.text)")
    }
    for variable in [secret.environmentName + "S", "HEED_LIBRDKAFKA_" + secret.environmentName.dropFirst(5)] {
      let ended = try run(["topics", "plan"], environment: [variable: Self.canary])
      #expect(ended.status == 78)
      #expect(!ended.text.contains(Self.canary), "\(variable): \(ended.text)")
    }
  }
}
