/// The little of a recorded output by which it is found again: what stands first in a line, read without the rest.
public struct RecordedHead: Sendable, Hashable {
  /// Its id.
  public private(set) var id = ""
  /// What kind of event it is.
  public private(set) var type = ""
  /// Of a decision: the digest of the policy, or its version where there is none.
  public private(set) var policy: String?
  /// Of a decision: the digest of the model, or its version where there is none.
  public private(set) var model: String?

  /// Reads a structured event; `nil` if it cannot be read or says not what it is.
  public init?(_ line: [UInt8]) {
    guard (try? UTF8Span(validating: line.span)) != nil else { return nil }
    var head = RecordedHead()
    let isRead = line.withUnsafeBytes { bytes in
      do throws(DecodingFailure) {
        var scanner = JSONScanner(bytes)
        try head.read(&scanner)
        return true
      } catch { return false }
    }
    guard isRead, !head.id.isEmpty, !head.type.isEmpty else { return nil }
    self = head
  }

  private init() {}

  private mutating func read(_ scanner: inout JSONScanner) throws(DecodingFailure) {
    var versions: (policy: String?, model: String?) = (nil, nil)
    var digests: (policy: String?, model: String?) = (nil, nil)
    var id = ""
    var type = ""
    func names(_ scanner: inout JSONScanner) throws(DecodingFailure) -> (policy: String?, model: String?) {
      var names: (policy: String?, model: String?) = (nil, nil)
      try scanner.object { (key, scanner) throws(DecodingFailure) in
        switch key {
        case "policy": names.policy = try scanner.text()
        case "model": names.model = try scanner.text()
        default: try scanner.skip()
        }
      }
      return names
    }
    try scanner.object { (key, scanner) throws(DecodingFailure) in
      switch key {
      case "id": id = try scanner.text()
      case "type": type = try scanner.text()
      case "data" where type == EventType.decisionMade.rawValue:
        try scanner.object { (key, scanner) throws(DecodingFailure) in
          switch key {
          case "versions": versions = try names(&scanner)
          case "digests": digests = try names(&scanner)
          default: try scanner.skip()
          }
        }
      default: try scanner.skip()
      }
    }
    try scanner.end()
    (self.id, self.type) = (id, type)
    policy = digests.policy ?? versions.policy
    model = digests.model ?? versions.model
  }
}
