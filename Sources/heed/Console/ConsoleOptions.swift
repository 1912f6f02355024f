import ArgumentParser
import Foundation
import Glibc
import Web

/// Where the console is served, and to whom.
struct ConsoleOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("Where to serve; an address that others reach needs a token or a proxy.", valueName: "host:port")
  )
  var listen = "127.0.0.1:8080"

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A file whose first line is the token that whoever looks must give, as the password with any name; at least 16 bytes.",
      valueName: "file"))
  var tokenFile: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Let in whoever a proxy names in this header. The proxy must take the header away from what comes in.",
      valueName: "name"))
  var trustProxyHeader: String?

  func address() throws -> OpsAddress {
    guard let address = OpsAddress(listen) else {
      throw Failure(status: .usage, words: "--listen takes host:port, such as 127.0.0.1:8080, and is \(listen)")
    }
    return address
  }

  func access() throws -> ConsoleAccess {
    let token = try tokenFile.map { file in
      String(decoding: try contents(ofFile: file), as: UTF8.self).prefix { !$0.isNewline }.trimmingCharacters(
        in: .whitespaces)
    }
    do { return try ConsoleAccess(host: address().host, token: token, proxyHeader: trustProxyHeader) } catch let problem
      as ConsoleAccessProblem
    {
      throw Failure(status: .badConfiguration, words: problem.words)
    }
  }
}
