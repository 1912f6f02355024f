import ArgumentParser
import Events
import Glibc
import Intake

struct IntakeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "intake",
    abstract:
      "Foreign payloads as a Unix filter: one JSON document a line in, events of heed.events.v1 out; no broker.",
    discussion: """
      Webhooks of Zendesk, Freshdesk, Zammad, Intercom and Shopify, or any other source by a mapping \
      (Deploy/mappings/example.yaml explains one). Kafka Connect's envelope and Confluent's framing are taken off. What \
      tells nothing that concerns triage, such as a private note, gives no line.

      A payload that cannot be mapped is told on standard error as its line's number, a code, the place and a hint, never \
      with words of a customer. It stops nothing, and the status is 1 in the end unless --keep-going.

      Customers' ids are a keyed hash of their e-mail address, phone number or id, in this order; with the same key they are \
      the same from all sources, and with another key they are other customers: keep it as long as the topics. A Shopify \
      payload that changes an order needs the order before it in the same run; a worker remembers orders over runs.
      """)

  @Option(name: .long, help: "zendesk, freshdesk, zammad, intercom, shopify, or mapping:FILE.") var source: String
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The key of customers' ids: a file of 16 bytes or more, a line feed at its end aside.", valueName: "file"))
  var identityKeyFile: String?
  @Option(name: .long, help: "keyed, or plain: ids that everybody can read, for trying out.") var identity = "keyed"
  @Option(
    name: .long,
    help: ArgumentHelp("ISO 3166 code of the country whose national phone numbers are meant.", valueName: "code"))
  var phoneCountry: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Id of an account under which a machine writes, Heed's own above all; may be repeated.", valueName: "id"))
  var automationActor: [String] = []
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Which ids are linked to the e-mail address that comes with them: none, accounts, or accounts_and_phones.",
      valueName: "which"))
  var links = "accounts"
  @Option(name: .long, help: "The source's name, where there are two of a kind; it stands before tickets' ids.")
  var name: String?
  @Option(
    name: .long, help: ArgumentHelp("Keep the originals of what cannot be mapped, a line each.", valueName: "file"))
  var deadLetters: String?
  @Flag(name: .long, help: "End with status 0 whatever could not be mapped.") var keepGoing = false

  func run() throws {
    guard let links = CustomerIdentity.Links(rawValue: links) else {
      throw Failure(status: .usage, words: "--links is none, accounts or accounts_and_phones")
    }
    var intake = try Intake(
      Joining.source(source),
      settings: IntakeSettings(
        identity: try customerIdentity(), automationActors: Set(automationActor), name: name, links: links))
    let letters = try deadLetters.map { try LineFile($0) }
    var input = LineReader(STDIN_FILENO)
    var output: [UInt8] = []
    var number = 0
    var rejected = 0
    while let line = input.next() {
      number += 1
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
      do throws(IntakeFailure) {
        for event in try intake.take(line) { output += EventEncoder.structured(event) + [0x0A] }
        intake.accept()
      } catch {
        rejected += 1
        let place = error.path.isEmpty ? "" : " at \(error.path)"
        Terminal.complain("line \(number): \(error.code.text)\(place): \(error.hint)")
        letters?.write(line)
      }
      if output.count >= 1 << 16 {
        Terminal.write(output, to: STDOUT_FILENO)
        output.removeAll(keepingCapacity: true)
      }
    }
    Terminal.write(output, to: STDOUT_FILENO)
    try letters?.close()
    if rejected > 0, !keepGoing {
      throw Failure(status: .checkFailed, words: "\(rejected) of \(number) lines could not be mapped")
    }
  }

  private func customerIdentity() throws -> CustomerIdentity {
    if let phoneCountry, !CustomerIdentity.knowsPhones(of: phoneCountry) {
      throw Failure(status: .usage, words: "phone numbers of \(phoneCountry) cannot be read; leave --phone-country out")
    }
    switch (identity, identityKeyFile) {
    case ("plain", nil): return CustomerIdentity(.plain, phoneCountry: phoneCountry)
    case ("plain", _?):
      throw Failure(status: .usage, words: "--identity plain has no key: leave --identity-key-file out")
    case ("keyed", let file?):
      return CustomerIdentity(.keyed(try Joining.identityKey(at: file)), phoneCountry: phoneCountry)
    case ("keyed", nil):
      throw Failure(
        status: .usage,
        words: "give --identity-key-file (openssl rand -hex 32 makes a key), or --identity plain for trying out")
    default: throw Failure(status: .usage, words: "--identity is keyed or plain")
    }
  }
}

/// A file of lines that is written as they come.
private struct LineFile {
  private let path: String
  private let file: UnsafeMutablePointer<FILE>

  init(_ path: String) throws {
    guard let file = fopen(path, "wb") else {
      throw Failure(status: .badConfiguration, words: "\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
    self.path = path
    self.file = file
  }

  func write(_ line: [UInt8]) {
    fwrite(line, 1, line.count, file)
    fputc(0x0A, file)
  }

  func close() throws {
    let failed = ferror(file) != 0
    guard fclose(file) == 0, !failed else {
      throw Failure(status: .badConfiguration, words: "\(path) cannot be written")
    }
  }
}
