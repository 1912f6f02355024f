internal import Events

/// Freshdesk: webhooks of automation rules. Their body is what the rule's author ticks or writes: under `freshdesk_webhook` or bare, names
/// with `ticket_` before them or without, states and priorities as words or as numbers, tags as a list or as one text.
///
/// `triggered_event` says what happened, in Freshdesk's braces (`{ticket_action:created}`, `{reply_sent:sent}`, `{status:{from:2,to:4}}`)
/// or as a word. A rule about replies must say which (`latest_public_comment`), and a rule about changes who made them
/// (`performed_by`: `agent`, `requester` or `system`; without it a person): Freshdesk's placeholders do not say so by
/// themselves, so each rule writes it as a constant. Who it was is `performer_id`, where a rule writes it.
struct Freshdesk {
  private let maker: EventMaker
  init(_ maker: EventMaker) { self.maker = maker }

  func events(in document: Foreign) throws(IntakeFailure) -> [Event] {
    let body = document["freshdesk_webhook"].isObject ? document["freshdesk_webhook"] : document
    let ticket = Ticket(body["ticket"].isObject ? body["ticket"] : body)
    guard body.isObject, ticket["id"].isPresent else { throw IntakeFailure(.unsupportedShape) }
    let what = body.first("triggered_event", "event", "event_type").word ?? ""
    if what.contains("private") || what.contains("note_type") && !what.contains("public") { return [] }
    if ["reply", "replied", "comment", "note_added", "public_note", "message"].contains(where: what.contains) {
      return [try message(ticket, in: body, what)]
    }
    if what.contains("creat") { return [try opening(ticket)] }
    if ["status", "priority", "agent", "group", "update", "ticket_action", "assign"].contains(where: what.contains) {
      return [try update(ticket, in: body)]
    }
    // Rules that say nothing are those for new tickets: Freshdesk's own default body names a description.
    guard what.isEmpty, ticket["description"].isPresent || ticket["description_text"].isPresent else {
      throw IntakeFailure(.unsupportedEvent, path: "/triggered_event")
    }
    return [try opening(ticket)]
  }

  private func opening(_ ticket: Ticket) throws(IntakeFailure) -> Event {
    var person = Requester()
    person.name = ticket.requester("name").text
    person.email = ticket.requester("email").text
    person.phone = ticket.requester("phone").text
    let body = ticket["description_text"].text ?? ticket["description"].text.map(HTMLText.text(ofEither:))
    guard let time = try ticket["created_at"].time(or: ticket["updated_at"]) else {
      throw IntakeFailure(.missingField, path: ticket["created_at"].path)
    }
    return maker.opened(
      TicketOpened(
        ticket: try id(ticket), customer: try customer(ticket), channel: Self.channel(ticket["source"].word),
        subject: ticket["subject"].text ?? "", body: body ?? "", locale: ticket.requester("language").text,
        tags: ticket["tags"].words { $0 == "," }, orders: ticket["order_ids"].words { $0 == "," }.map { OrderID($0) },
        priority: Self.priority(ticket["priority"].word), requester: person,
        device: DeskWords.device(ticket["device"].word)), at: time)
  }

  private func message(_ ticket: Ticket, in body: Foreign, _ what: String) throws(IntakeFailure) -> Event {
    let author: TicketMessage.Author
    if maker.isAutomation(body.first("comment_author_id", "performer_id").id) {
      author = .automation
    } else {
      switch body.first("comment_author", "performed_by").word {
      case "customer", "requester", "contact": author = .customer
      case "agent", "admin": author = .agent
      case "system", "automation", "bot": author = .automation
      default:
        author =
          what.contains("reply_sent")
          ? .agent : what.contains("customer") || what.contains("requester") ? .customer : .unknown
      }
    }
    let words = ticket["latest_public_comment"].text ?? ticket["latest_comment"].text ?? body["comment"].text
    guard let time = try ticket["updated_at"].time(or: body["comment_created_at"]) else {
      throw IntakeFailure(.missingField, path: ticket["updated_at"].path)
    }
    let message = TicketMessage(
      ticket: try id(ticket), customer: try customer(ticket), author: author,
      body: words.map(HTMLText.text(ofEither:)) ?? "")
    return maker.message(message, id: body["comment_id"].id ?? time.rfc3339, at: time)
  }

  private func update(_ ticket: Ticket, in body: Foreign) throws(IntakeFailure) -> Event {
    let time = try ticket["updated_at"].requiredTime()
    let author: TicketUpdated.Author
    if maker.isAutomation(body["performer_id"].id) {
      author = .automation
    } else {
      switch body["performed_by"].word {
      case "agent", "admin": author = .human
      case "system", "automation", "bot", "requester", "customer", "contact": author = .automation
      default: author = .unknown
      }
    }
    return maker.updated(
      TicketUpdated(
        ticket: try id(ticket), customer: try customer(ticket), status: Self.status(ticket["status"].word),
        queue: ticket["group_name"].text ?? ticket["group"].text,
        assignee: ticket["agent_name"].text ?? ticket["agent_email"].text,
        priority: Self.priority(ticket["priority"].word), changedBy: author,
        agent: maker.agent(body["performer_id"].id, author)), at: time)
  }

  private func id(_ ticket: Ticket) throws(IntakeFailure) -> TicketID { maker.ticket(try ticket["id"].requiredID()) }

  private func customer(_ ticket: Ticket) throws(IntakeFailure) -> CustomerID {
    try maker.customer(
      maker.person(
        email: ticket.requester("email").text,
        phone: ticket.requester("phone").text ?? ticket.requester("mobile").text,
        id: ticket["requester_id"].id ?? ticket.requester("id").id),
      at: ticket.requester("email").path)
  }

  // MARK: Codes (developers.freshdesk.com/api, "Ticket properties")

  private static func status(_ word: String?) -> TicketUpdated.Status? {
    switch word {
    case "2": .open
    case "3", "6", "7": .pending
    case "4": .solved
    case "5": .closed
    case "waiting_on_third_party", "waiting_on_customer": .pending
    default: DeskWords.status(word)
    }
  }

  private static func priority(_ word: String?) -> String? {
    switch word {
    case "1": "low"
    case "2", "medium": "normal"
    case "3": "high"
    case "4": "urgent"
    default: word
    }
  }

  private static func channel(_ word: String?) -> Channel {
    switch word {
    case "1", "10", "outbound_email": .email
    case "2", "9": .web
    case "3": .phone
    case "4", "5", "6": .social
    case "7", "8", "12", "13": .chat
    default: DeskWords.channel(word)
    }
  }

  /// A ticket whose fields may have `ticket_` before their names.
  private struct Ticket {
    let node: Foreign
    init(_ node: Foreign) { self.node = node }

    subscript(name: String) -> Foreign {
      let long = node["ticket_" + name]
      return long.isPresent ? long : node[name]
    }

    func requester(_ name: String) -> Foreign {
      let flat = self["requester_" + name]
      if flat.isPresent { return flat }
      let nested = node["requester"][name]
      return nested.isPresent ? nested : self["contact_" + name].isPresent ? self["contact_" + name] : flat
    }
  }
}
