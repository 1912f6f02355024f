internal import Events

/// Zendesk: `PUT /api/v2/tickets/{id}.json` with a comment; tags are added by `PUT …/tags.json`, since `tags` of the ticket replaces
/// all it has. A comment's `body` is Markdown, `html_body` is HTML. It has no due date but for tasks.
/// Source: developer.zendesk.com, Ticketing API, "Tickets", "Ticket Comments", "Tags".
struct ZendeskDesk: Desk {
  /// Under whom it is written; without it whoever's token is used.
  let actor: String?

  func requests(note: Note, fields: TicketFields?, in ticket: ForeignTicket) -> [DeskRequest] {
    [update(.note, ticket, comment(markdown: note), priority: fields?.priority, group: fields?.group)]
      + tags(fields?.tags ?? [], ticket)
  }

  func requests(reply: String, status: String?, in ticket: ForeignTicket) -> [DeskRequest] {
    let comment = JSONTree.fields(
      ("html_body", .string(NoteHTML.html(ofText: reply))), ("public", .boolean(true)),
      ("author_id", actor.map { .number($0) }))
    return [update(.reply, ticket, comment, status: status)]
  }

  func requests(withheld note: Note, tags: [String], in ticket: ForeignTicket) -> [DeskRequest] {
    [update(.withheld, ticket, comment(markdown: note))] + self.tags(tags, ticket)
  }

  private func comment(markdown note: Note) -> JSONTree {
    .fields(
      ("body", .string(note.markdown)), ("public", .boolean(false)), ("author_id", actor.map { .number($0) }))
  }

  private func update(
    _ purpose: UpdateRequested.Purpose, _ ticket: ForeignTicket, _ comment: JSONTree, priority: String? = nil,
    group: String? = nil, status: String? = nil
  ) -> DeskRequest {
    DeskRequest(
      purpose: purpose, method: .put, path: "/api/v2/tickets/\(ticket.id).json",
      body: .fields(
        (
          "ticket",
          .fields(
            ("comment", comment), ("priority", priority.map { .string($0) }), ("group_id", group.map { .number($0) }),
            ("status", status.map { .string($0) }))
        )))
  }

  private func tags(_ tags: [String], _ ticket: ForeignTicket) -> [DeskRequest] {
    guard !tags.isEmpty else { return [] }
    return [
      DeskRequest(
        purpose: .tags, method: .put, path: "/api/v2/tickets/\(ticket.id)/tags.json",
        body: .fields(("tags", .array(tags.map { .string($0) }))))
    ]
  }
}
