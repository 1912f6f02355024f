public import Events

/// What a customer wrote, as it is read: subject and body, and what the source says about the language.
public struct Message: Sendable, Hashable {
  /// The subject line; may be empty.
  public let subject: String
  /// The body; may be empty.
  public let body: String
  /// What the source says the language is (BCP 47). Used only where the text is too short to tell.
  public let locale: String?

  /// A message to be read.
  public init(subject: String = "", body: String, locale: String? = nil) {
    self.subject = subject
    self.body = body
    self.locale = locale
  }

  /// Subject, a line feed and body: the text into which all spans point.
  public var text: String { subject + "\n" + body }
}

/// Text to `Reading`. Pure and total: the same text gives the same reading, and every text gives one.
public protocol TicketReader: Sendable {
  /// Names the reader and its data, for the evidence of a decision.
  var version: String { get }
  /// The digest of its data; `nil` for a reader without any.
  var digest: Digest256? { get }
  /// Reads a message.
  func read(_ message: Message) -> Reading
}

extension TicketReader {
  /// None.
  public var digest: Digest256? { nil }
}
