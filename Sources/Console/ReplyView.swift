public import Events

/// What the customer was told, read back.
public struct ReplyView: Sendable, Hashable {
  /// The decision behind it.
  public let decision: String
  /// Whose it is.
  public let customer: String
  /// `answer`, `question` or `notice`.
  public let kind: String
  /// Where they wrote.
  public let channel: String
  /// The message as it is sent.
  public let text: String
  /// What the customer can choose.
  public let choices: [String]
  /// What it rests on, in plain words.
  public let basis: [String]
  /// Until when the promise in it holds.
  public let expiresAt: Timestamp?

  /// Reads the data of a `heed.resolution.proposed.v1`; `nil` for anything else.
  public init?(data: [UInt8]) {
    guard let tree = try? JSONTree(reading: data), let decision = tree["decisionId"]?.text,
      let text = tree["text"]?.text
    else { return nil }
    self.decision = decision
    self.text = text
    customer = tree["customerId"]?.text ?? ""
    kind = tree["kind"]?.text ?? "answer"
    channel = tree["channel"]?.text ?? "unknown"
    choices = (tree["choices"]?.elements ?? []).compactMap { $0["words"]?.text }
    basis = tree["basis"]?.texts ?? []
    expiresAt = tree["expiresAt"]?.time
  }
}
