internal import Events
public import Streams

/// Where a customer's message stands in the log. The console keeps this and not the words.
public struct MessagePlace: Sendable, Hashable {
  /// The partition.
  public let source: TopicPartition
  /// Where in it.
  public let offset: Offset
  /// The event.
  public let event: String
  /// Whose words they are.
  public let customer: String

  init(_ record: Record, _ event: Event, _ customer: CustomerID) {
    source = record.source
    offset = record.offset
    self.event = event.envelope.id
    self.customer = customer.text
  }
}

/// A message word for word, with the customer's personal data: for whoever may see it, and kept nowhere.
public struct RawMessage: Sendable, Hashable {
  /// The subject line; may be empty.
  public let subject: String
  /// What the customer wrote.
  public let body: String

  /// The message in `record`; `nil` unless it is the one that stood at `place`.
  public init?(_ record: Record, at place: MessagePlace) {
    guard record.source == place.source, record.offset == place.offset,
      let event = try? EventDecoder.decode(record), event.envelope.id == place.event
    else { return nil }
    let customer: CustomerID
    switch event.body {
    case .ticketOpened(let opened): (customer, subject, body) = (opened.customer, opened.subject, opened.body)
    case .ticketMessage(let message): (customer, subject, body) = (message.customer, "", message.body)
    default: return nil
    }
    guard customer.text == place.customer else { return nil }
  }
}
