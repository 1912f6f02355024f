internal import Classifier
internal import Events

/// A message of a customer, whether it opened the ticket or came later: from here on they are one thing.
struct IncomingMessage {
  let envelope: Envelope
  let ticket: TicketID
  let customer: CustomerID
  /// Where it came in; `nil` where a later message does not say.
  let statedChannel: Channel?
  let text: Message
  /// Orders that the source attached.
  let orders: [OrderID]
  /// The first name, for the greeting; not kept.
  let firstName: String?
  /// Whether it opened the ticket.
  let opensTicket: Bool
  /// Where it came in, once the case is known.
  var channel: Channel

  var time: Timestamp { envelope.time }

  init(_ opened: TicketOpened, in envelope: Envelope) {
    self.envelope = envelope
    ticket = opened.ticket
    customer = opened.customer
    statedChannel = opened.channel
    channel = opened.channel
    text = Message(subject: opened.subject, body: opened.body, locale: opened.locale)
    orders = opened.orders
    firstName = Self.firstName(in: opened.requester.name)
    opensTicket = true
  }

  init(_ message: TicketMessage, in envelope: Envelope) {
    self.envelope = envelope
    ticket = message.ticket
    customer = message.customer
    statedChannel = message.channel
    channel = message.channel ?? .unknown
    text = Message(body: message.body)
    orders = []
    firstName = nil
    opensTicket = false
  }

  /// No message, but an order that changed: nothing was written, nobody is greeted by name.
  init(of order: OrderID, ticket: TicketID, channel: Channel, customer: CustomerID, in envelope: Envelope) {
    self.envelope = envelope
    self.ticket = ticket
    self.customer = customer
    statedChannel = nil
    self.channel = channel
    text = Message(body: "")
    orders = [order]
    firstName = nil
    opensTicket = false
  }

  /// The first word of a name if it is one: letters, marks between them, no more than 30.
  private static func firstName(in name: String?) -> String? {
    if let name, let first = plainFirstName(in: name) { return first }
    guard let first = name?.split(whereSeparator: \.isWhitespace).first, (2...30).contains(first.count),
      first.allSatisfy({ $0.isLetter || $0 == "-" || $0 == "'" || $0 == "’" })
    else { return nil }
    return String(first)
  }

  /// The same where the name begins with letters of ASCII and a blank or nothing follows, as most do.
  private static func plainFirstName(in name: String) -> String? {
    let isLetter = { (byte: UInt8) in (0x61...0x7A).contains(byte | 0x20) }
    let letters = name.utf8.prefix(while: isLetter)
    guard (2...30).contains(letters.count), letters.endIndex == name.endIndex || name.utf8[letters.endIndex] == 0x20
    else { return nil }
    // A mark that combines with the blank would make another character of both.
    let rest = name.utf8[letters.endIndex...].dropFirst()
    return rest.first ?? 0 < 0x80 ? String(letters) : nil
  }
}
