internal import Events

/// Zammad: `PUT /api/v1/tickets/{id}` with an article; groups, priorities and states are named. Tags are added one by one. It has no due date
/// that can be set: its escalation times follow from its own rules.
///
/// A public article of the type `note` is seen in the customer's portal; that it is mailed to them is a trigger's work in Zammad ("article is
/// visible"), as an article of the type `email` needs the address, which Heed does not keep.
/// Source: docs.zammad.org, API, "Ticket", "Ticket Articles", "Tags".
struct ZammadDesk: Desk {
  func requests(note: Note, fields: TicketFields?, in ticket: ForeignTicket) -> [DeskRequest] {
    let update = put(
      .note, ticket, article(note.html, isInternal: true), ("priority", fields?.priority), ("group", fields?.group))
    return [update] + tags(fields?.tags ?? [], ticket)
  }

  func requests(reply: String, status: String?, in ticket: ForeignTicket) -> [DeskRequest] {
    [put(.reply, ticket, article(NoteHTML.html(ofText: reply), isInternal: false), ("state", status))]
  }

  func requests(withheld note: Note, tags: [String], in ticket: ForeignTicket) -> [DeskRequest] {
    [put(.withheld, ticket, article(note.html, isInternal: true))] + self.tags(tags, ticket)
  }

  private func article(_ html: String, isInternal: Bool) -> JSONTree {
    .fields(
      ("type", .string("note")), ("internal", .boolean(isInternal)), ("content_type", .string("text/html")),
      ("body", .string(html)))
  }

  private func put(
    _ purpose: UpdateRequested.Purpose, _ ticket: ForeignTicket, _ article: JSONTree, _ fields: (String, String?)...
  ) -> DeskRequest {
    let set = fields.compactMap { name, value in value.map { JSONTree.Field(name, .string($0)) } }
    return DeskRequest(
      purpose: purpose, method: .put, path: "/api/v1/tickets/\(ticket.id)",
      body: .object(set + [JSONTree.Field("article", article)]))
  }

  private func tags(_ tags: [String], _ ticket: ForeignTicket) -> [DeskRequest] {
    tags.map { tag in
      DeskRequest(
        purpose: .tags, method: .post, path: "/api/v1/tags/add",
        body: .fields(("object", .string("Ticket")), ("o_id", ticket.number), ("item", .string(tag))), part: tag)
    }
  }
}
