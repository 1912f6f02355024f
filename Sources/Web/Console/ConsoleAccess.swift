internal import HTTPTypes

/// Who may look at the console.
///
/// It shows what customers wrote, so only whoever sits at the machine may look unless somebody decided otherwise: on another address it wants a
/// token, or a proxy that says who is there.
public enum ConsoleAccess: Sendable, Hashable {
  /// Anybody on this machine. Requests must be for a name of this machine: a page from elsewhere that makes its own name point here gets
  /// nothing.
  case thisMachine
  /// Whoever knows this token: as the password of HTTP's basic authentication, with any name, or as a bearer's.
  case token(String)
  /// Whoever a proxy has let through, which it says in this header. The proxy must take the header away from what comes in.
  case proxy(header: String)

  /// The access to a console on `host`.
  ///
  /// - Throws: `ConsoleAccessProblem` where anybody in the network could look.
  public init(host: String, token: String?, proxyHeader: String?) throws(ConsoleAccessProblem) {
    switch (token, proxyHeader) {
    case (_?, _?): throw ConsoleAccessProblem(words: "a token or a proxy's header decides who may look, not both")
    case (let token?, nil):
      guard token.utf8.count >= 16 else {
        throw ConsoleAccessProblem(words: "the token has fewer than 16 bytes: anybody would guess it")
      }
      self = .token(token)
    case (nil, let header?):
      guard !header.isEmpty,
        header.utf8.allSatisfy({ $0 == 0x2D || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) })
      else {
        throw ConsoleAccessProblem(words: "the proxy's header must be a name such as X-Forwarded-User")
      }
      self = .proxy(header: header)
    case (nil, nil):
      guard Self.isThisMachine(host) else {
        throw ConsoleAccessProblem(
          words:
            "\(host) can be reached from other machines, and the console shows what customers wrote: give --token-file, or --trust-proxy-header with a proxy that knows who is there"
        )
      }
      self = .thisMachine
    }
  }

  /// Who asks, as far as it is known: the name that the proxy gives, or how they were let in. `nil` if a proxy names nobody.
  func identity(in headers: HTTPFields) -> String? {
    switch self {
    case .thisMachine: return "local"
    case .token: return "token"
    case .proxy(let header):
      let name = HTTPField.Name(header).flatMap { headers[$0] } ?? ""
      return name.contains { !$0.isWhitespace } ? String(name.prefix(200)) : nil
    }
  }

  static func isThisMachine(_ host: String) -> Bool {
    let host = host.lowercased()
    if ["localhost", "::1"].contains(host) { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  /// The host in a `Host` header, without its port.
  static func host(in authority: String) -> String {
    if authority.hasPrefix("[") { return String(authority.dropFirst().prefix { $0 != "]" }) }
    return String(authority.prefix { $0 != ":" })
  }

  /// Whether two texts are the same, in a time that does not tell where they differ.
  static func isSame(_ a: String, _ b: String) -> Bool {
    let (a, b) = (Array(a.utf8), Array(b.utf8))
    var difference = a.count == b.count ? 0 : 1
    for index in b.indices { difference |= Int((index < a.count ? a[index] : 0) ^ b[index]) }
    return difference == 0
  }
}

/// Why a console is not served.
public struct ConsoleAccessProblem: Error, Sendable, Hashable {
  /// What is wrong and how to mend it.
  public let words: String
}
