internal import Events

/// Intercom: its webhooks (`notification_event` with a `topic`) about conversations and tickets, and the bare objects of its API.
///
/// A webhook about a new conversation tells its first message, any other what is in its parts. A bare object tells all it holds; ids are
/// those of the parts, so what was told before is known. Bodies are HTML. Bots, and Fin among them, are automation.
struct Intercom {
  private let maker: EventMaker
  init(_ maker: EventMaker) { self.maker = maker }

  func events(in document: Foreign) throws(IntakeFailure) -> [Event] {
    // What Intercom's own agent says of its work is no message of anybody.
    if document["event_name"].text?.hasPrefix("fin_") == true { return [] }
    let isWebhook = document["type"].text == "notification_event"
    let item = isWebhook ? document["data"]["item"] : document
    let topic = isWebhook ? document["topic"].text ?? "" : nil
    switch item["type"].text {
    case "conversation": return try conversation(item, topic: topic)
    case "ticket": return try ticket(item, topic: topic)
    case nil: throw IntakeFailure(.unsupportedShape, path: "/type")
    default:
      // A webhook that is tried out, or is about contacts, tells of no case.
      guard isWebhook, topic == "ping" || topic?.hasPrefix("contact.") == true else {
        throw IntakeFailure(.unsupportedShape, path: "/type")
      }
      return []
    }
  }

  // MARK: Conversations

  private func conversation(_ item: Foreign, topic: String?) throws(IntakeFailure) -> [Event] {
    let parts = item["conversation_parts"]["conversation_parts"].elements
    let talk = Talk(
      ticket: maker.ticket(try item["id"].requiredID()), customer: try customer(of: item, parts),
      channel: DeskWords.channel(item["source"]["delivered_as"].word == "automated" ? nil : item["source"]["type"].word)
    )
    var events: [Event] = []
    if topic.map({ $0.hasSuffix(".created") || $0.hasSuffix(".user.replied") && parts.isEmpty }) ?? true {
      events.append(try opening(item, talk))
    }
    for part in parts { events += try told(by: part, talk) }
    return events
  }

  private struct Talk {
    let ticket: TicketID
    let customer: CustomerID
    let channel: Channel
  }

  private func opening(_ item: Foreign, _ talk: Talk) throws(IntakeFailure) -> Event {
    let source = item["source"]
    let author = source["author"]
    let time = try item["created_at"].requiredTime()
    let body = source["body"].text.map(HTMLText.text(of:)) ?? ""
    let kind = kind(of: author)
    guard kind == .customer else {
      return maker.message(
        TicketMessage(
          ticket: talk.ticket, customer: talk.customer, author: kind, body: body, channel: talk.channel),
        id: "first", at: time)
    }
    var person = Requester()
    person.name = author["name"].text
    person.email = author["email"].text
    let title = source["subject"].text ?? item["title"].text
    return maker.opened(
      TicketOpened(
        ticket: talk.ticket, customer: talk.customer, channel: talk.channel,
        subject: title.map(HTMLText.text(ofEither:)) ?? "", body: body,
        tags: item["tags"]["tags"].words { $0 == "," },
        orders: item["custom_attributes"]["order_ids"].words { $0 == "," }.map { OrderID($0) },
        priority: item["priority"].word.flatMap { $0 == "none" || $0 == "not_priority" ? nil : $0 }, requester: person,
        device: DeskWords.device(item["custom_attributes"]["device"].word)),
      at: time)
  }

  private func told(by part: Foreign, _ talk: Talk) throws(IntakeFailure) -> [Event] {
    let word = part["part_type"].word ?? ""
    let author = part["author"]
    let id = try part["id"].requiredID()
    let time = try part["created_at"].requiredTime(or: part["updated_at"])
    var events: [Event] = []
    // A part that closes or assigns may carry words; a note's words are for colleagues.
    if let body = part["body"].text, !word.hasPrefix("note") {
      let message = TicketMessage(
        ticket: talk.ticket, customer: talk.customer, author: kind(of: author), body: HTMLText.text(of: body))
      events.append(maker.message(message, id: id, at: time))
    }
    let status: TicketUpdated.Status? =
      switch word {
      case "close", "closed": .solved
      case "open", "note_and_reopen": .open
      case "snoozed": .pending
      default: nil
      }
    let isAssigned = word.contains("assignment")
    guard status != nil || isAssigned else { return events }
    var changedBy: TicketUpdated.Author =
      switch kind(of: author) {
      case .agent: .human
      case .customer, .automation: .automation
      case .unknown: .unknown
      }
    if word.hasPrefix("default_") || word.hasPrefix("away_mode_") { changedBy = .automation }
    let update = TicketUpdated(
      ticket: talk.ticket, customer: talk.customer, status: status,
      assignee: isAssigned ? part["assigned_to"]["name"].text ?? part["assigned_to"]["id"].id : nil,
      changedBy: changedBy, agent: maker.agent(author["id"].id, changedBy))
    events.append(
      maker.event(
        .ticketUpdated, id: "\(talk.ticket.text)/change/\(id)", at: time, about: talk.ticket.text,
        .ticketUpdated(update)))
    return events
  }

  // MARK: Tickets

  private func ticket(_ item: Foreign, topic: String?) throws(IntakeFailure) -> [Event] {
    let parts = item["ticket_parts"]["ticket_parts"].elements
    let talk = Talk(
      ticket: maker.ticket(try item["id"].requiredID()), customer: try customer(of: item, parts), channel: .web)
    var events: [Event] = []
    if topic?.hasSuffix(".created") ?? true {
      let attributes = item["ticket_attributes"]
      let title = attributes["_default_title_"].text ?? item["title"].text
      let words = attributes["_default_description_"].text ?? item["description"].text
      events.append(
        maker.opened(
          TicketOpened(
            ticket: talk.ticket, customer: talk.customer, channel: talk.channel, subject: title ?? "",
            body: words.map(HTMLText.text(ofEither:)) ?? ""), at: try item["created_at"].requiredTime()))
    }
    for part in parts { events += try told(by: part, talk) }
    if let topic, topic.hasSuffix(".state.updated") || topic.hasSuffix(".closed") {
      let state = item["ticket_state"]
      let author = parts.last?["author"]
      let changedBy: TicketUpdated.Author = author.map { kind(of: $0) == .agent ? .human : .automation } ?? .unknown
      let update = TicketUpdated(
        ticket: talk.ticket, customer: talk.customer,
        status: topic.hasSuffix(".closed") ? .solved : DeskWords.status(state["category"].word ?? state.word),
        changedBy: changedBy, agent: maker.agent(author?["id"].id, changedBy))
      events.append(maker.updated(update, at: try item["updated_at"].requiredTime()))
    }
    return events
  }

  // MARK: People

  private func kind(of author: Foreign) -> TicketMessage.Author {
    if maker.isAutomation(author["id"].id) || author["from_ai_agent"].flag == true { return .automation }
    switch author["type"].word {
    case "user", "lead", "contact": return .customer
    case "admin", "team", "teammate": return .agent
    case "bot", "fin", "operator", "workflow": return .automation
    default: return .unknown
    }
  }

  /// The contact of a conversation has an id there, and an address where they wrote.
  private func customer(of item: Foreign, _ parts: [Foreign]) throws(IntakeFailure) -> CustomerID {
    let authors = ([item["source"]["author"]] + parts.map { $0["author"] }).filter { kind(of: $0) == .customer }
    let contact = item["contacts"]["contacts"].elements.first ?? Foreign(.null, path: "/contacts")
    let writer = authors.first { $0["email"].isPresent } ?? authors.first ?? Foreign(.null, path: contact.path)
    return try maker.customer(
      maker.person(
        email: contact["email"].text ?? writer["email"].text, phone: contact["phone"].text ?? writer["phone"].text,
        id: contact["id"].id ?? writer["id"].id ?? item["user"]["id"].id), at: contact.path)
  }
}
