internal import Events

/// Freshdesk: notes and replies are posts of their own, in HTML; fields are put. Tags are left alone, as they can only be replaced. The due
/// date is a request of its own: Freshdesk refuses one that is past, and the priority should not go with it.
/// Source: developers.freshdesk.com/api, "Create a Note", "Create a Reply", "Update a Ticket".
struct FreshdeskDesk: Desk {
  func requests(note: Note, fields: TicketFields?, in ticket: ForeignTicket) -> [DeskRequest] {
    var requests = [post(.note, note, ticket)]
    guard let fields else { return requests }
    if fields.priority != nil || fields.group != nil {
      requests.append(
        put(
          ticket,
          .fields(
            ("priority", fields.priority.map { .number($0) }), ("group_id", fields.group.map { .number($0) }))))
    }
    if let dueBy = fields.dueBy?.rfc3339 {
      requests.append(
        put(ticket, .fields(("fr_due_by", .string(dueBy)), ("due_by", .string(dueBy))), part: "due"))
    }
    return requests
  }

  func requests(reply: String, status: String?, in ticket: ForeignTicket) -> [DeskRequest] {
    let post = DeskRequest(
      purpose: .reply, method: .post, path: "/api/v2/tickets/\(ticket.id)/reply",
      body: .fields(("body", .string(NoteHTML.html(ofText: reply)))))
    return [post] + (status.map { [put(ticket, .fields(("status", .number($0))), part: "status")] } ?? [])
  }

  func requests(withheld note: Note, tags: [String], in ticket: ForeignTicket) -> [DeskRequest] {
    [post(.withheld, note, ticket)]
  }

  private func post(_ purpose: UpdateRequested.Purpose, _ note: Note, _ ticket: ForeignTicket) -> DeskRequest {
    DeskRequest(
      purpose: purpose, method: .post, path: "/api/v2/tickets/\(ticket.id)/notes",
      body: .fields(("body", .string(note.html)), ("private", .boolean(true))))
  }

  private func put(_ ticket: ForeignTicket, _ body: JSONTree, part: String = "") -> DeskRequest {
    DeskRequest(purpose: .fields, method: .put, path: "/api/v2/tickets/\(ticket.id)", body: body, part: part)
  }
}
