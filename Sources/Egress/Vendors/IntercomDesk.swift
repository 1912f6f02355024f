internal import Events

/// Intercom: notes and comments are replies of an admin, in HTML; a conversation is assigned to a team by a part. Priority and due date cannot be
/// set there, and tags go by ids of the workspace.
/// Source: developers.intercom.com, REST API 2.x, "Reply to a conversation", "Manage a conversation", "Reply to a ticket".
struct IntercomDesk: Desk {
  /// `conversations` or `tickets`.
  let object: String
  /// The admin under whom it is written.
  let actor: String

  func requests(note: Note, fields: TicketFields?, in ticket: ForeignTicket) -> [DeskRequest] {
    [reply(.note, "note", note.html, ticket)] + (fields?.group.map { [assignment(to: $0, ticket)] } ?? [])
  }

  func requests(reply text: String, status: String?, in ticket: ForeignTicket) -> [DeskRequest] {
    [reply(.reply, "comment", NoteHTML.html(ofText: text), ticket)]
  }

  func requests(withheld note: Note, tags: [String], in ticket: ForeignTicket) -> [DeskRequest] {
    [reply(.withheld, "note", note.html, ticket)]
  }

  private func reply(
    _ purpose: UpdateRequested.Purpose, _ type: String, _ html: String, _ ticket: ForeignTicket
  ) -> DeskRequest {
    DeskRequest(
      purpose: purpose, method: .post, path: "/\(object)/\(ticket.id)/reply",
      body: .fields(
        ("message_type", .string(type)), ("type", .string("admin")), ("admin_id", .string(actor)),
        ("body", .string(html))))
  }

  private func assignment(to team: String, _ ticket: ForeignTicket) -> DeskRequest {
    DeskRequest(
      purpose: .fields, method: .post, path: "/\(object)/\(ticket.id)/parts",
      body: .fields(
        ("message_type", .string("assignment")), ("type", .string("team")), ("admin_id", .string(actor)),
        ("assignee_id", .string(team))))
  }
}
