internal import Events

/// How one vendor's ticketing system is asked for things.
protocol Desk: Sendable {
  /// A note for agents; and the ticket's fields, unless a person has set them.
  func requests(note: Note, fields: TicketFields?, in ticket: ForeignTicket) -> [DeskRequest]
  /// A public reply, and the status that the ticket has after it.
  func requests(reply: String, status: String?, in ticket: ForeignTicket) -> [DeskRequest]
  /// A note on a reply that was not sent.
  func requests(withheld note: Note, tags: [String], in ticket: ForeignTicket) -> [DeskRequest]
}

/// What is set in a ticket, in the vendor's own words.
struct TicketFields {
  var group: String?
  var priority: String?
  var tags: [String]
  var dueBy: Timestamp?
}

/// One request, before it is anybody's.
struct DeskRequest {
  let purpose: UpdateRequested.Purpose
  let method: UpdateRequested.Method
  let path: String
  let body: JSONTree
  /// Tells requests of one purpose apart.
  var part = ""
}

extension JSONTree {
  /// An object of those fields that are there.
  static func fields(_ fields: (String, JSONTree?)...) -> JSONTree {
    .object(fields.compactMap { name, value in value.map { Field(name, $0) } })
  }
}
