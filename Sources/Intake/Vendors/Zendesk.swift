internal import Events

/// Zendesk: the ticket events of its event subscriptions, and the webhooks that triggers call.
///
/// **Events** (`zen:event-type:ticket.*`, version 2022-11-06) name people by their Zendesk ids alone, so their customers are those of
/// Zendesk and of no other system. Zendesk does not guarantee their order.
///
/// **Triggers** send what their author writes; written so, they name the e-mail address by which all systems know the customer:
///
/// ```json
/// {"event": "ticket.created",
///  "ticket": {"id": "{{ticket.id}}", "subject": "{{ticket.title}}", "description": "{{ticket.description}}",
///   "status": "{{ticket.status}}", "priority": "{{ticket.priority}}", "via": "{{ticket.via}}", "tags": "{{ticket.tags}}",
///   "created_at": "{{ticket.created_at_with_timestamp}}", "updated_at": "{{ticket.updated_at_with_timestamp}}",
///   "requester": {"id": "{{ticket.requester.id}}", "name": "{{ticket.requester.name}}",
///    "email": "{{ticket.requester.email}}", "phone": "{{ticket.requester.phone}}"},
///   "assignee": "{{ticket.assignee.name}}", "group": "{{ticket.group.name}}"},
///  "comment": {"id": "{{ticket.latest_comment.id}}", "body": "{{ticket.latest_comment.value}}",
///   "is_public": "{{ticket.latest_comment.is_public}}", "created_at": "{{ticket.latest_comment.created_at_with_timestamp}}",
///   "author": {"id": "{{ticket.latest_comment.author.id}}", "role": "{{ticket.latest_comment.author.role}}"}},
///  "current_user": {"id": "{{current_user.id}}"}}
/// ```
///
/// `event` is `ticket.created`, `ticket.comment_added` or `ticket.updated`; a trigger for new tickets leaves `comment` out. A shop uses events or
/// triggers, not both: they name customers differently.
struct Zendesk {
  private let maker: EventMaker
  init(_ maker: EventMaker) { self.maker = maker }

  func events(in document: Foreign) throws(IntakeFailure) -> [Event] {
    if document["detail"].isObject { return try subscribed(document) }
    if document["ticket"].isObject { return try triggered(document) }
    throw IntakeFailure(.unsupportedShape)
  }

  // MARK: Events

  private static let prefix = "zen:event-type:"

  /// What can happen to a ticket and concerns no case: who reads along, how it is filed.
  private static let silent: Set<String> = [
    "attachment_linked_to_comment", "attachment_redacted_from_comment", "brand_changed", "cc_changed", "ccs_changed",
    "comment_made_private", "comment_redacted", "custom_field_changed", "custom_status_changed", "description_changed",
    "email_ccs_changed", "external_id_changed", "followers_changed", "form_changed", "organization_changed",
    "ola_changed",
    "problem_link_changed", "requester_changed", "schedule_changed", "sla_changed", "subject_changed",
    "submitter_changed", "tags_changed", "task_due_at_changed", "type_changed", "undeleted",
  ]

  private func subscribed(_ document: Foreign) throws(IntakeFailure) -> [Event] {
    let type = document["type"].text ?? ""
    guard type.hasPrefix(Self.prefix) else { throw IntakeFailure(.unsupportedShape, path: "/type") }
    let name = type.dropFirst(Self.prefix.count)
    guard name.hasPrefix("ticket.") else { throw IntakeFailure(.unsupportedEvent, path: "/type") }
    let detail = document["detail"]
    let requester = detail["requester_id"].id
    let event = document["event"]
    let time = try document["time"].requiredTime()
    func updated(_ set: (String?) -> (TicketUpdated.Status?, queue: String?, assignee: String?, priority: String?))
      throws(IntakeFailure) -> [Event]
    {
      let current = event["current"]
      let (status, queue, assignee, priority) = set(current.text ?? current["name"].text ?? current["id"].id)
      let ticket = try ticket(detail)
      let actor = detail["actor_id"].id
      let author = maker.changer(id: actor, customer: requester, systemID: Self.systemID)
      let update = TicketUpdated(
        ticket: ticket, customer: try customer(detail), status: status, queue: queue, assignee: assignee,
        priority: priority, changedBy: author, agent: maker.agent(actor, author))
      let id = try document["id"].requiredID()
      return [
        maker.event(
          .ticketUpdated, id: "\(ticket.text)/change/\(id)", at: time, about: ticket.text, .ticketUpdated(update))
      ]
    }
    switch name.dropFirst("ticket.".count) {
    case "created": return try opening(detail, at: time)
    case "comment_added": return try comment(event["comment"], of: detail, at: time)
    case "status_changed": return try updated { (DeskWords.status($0.map(Self.word)), nil, nil, nil) }
    case "priority_changed": return try updated { (nil, nil, nil, $0.map(Self.word)) }
    case "group_assignment_changed": return try updated { (nil, $0, nil, nil) }
    case "agent_assignment_changed": return try updated { (nil, nil, $0, nil) }
    case "merged", "soft_deleted", "permanently_deleted", "marked_as_spam":
      return try updated { _ in (.closed, nil, nil, nil) }
    case let other where Self.silent.contains(String(other)): return []
    default: throw IntakeFailure(.unsupportedEvent, path: "/type")
    }
  }

  // MARK: Triggers

  private func triggered(_ document: Foreign) throws(IntakeFailure) -> [Event] {
    let ticket = document["ticket"]
    let comment = document["comment"]
    let created = try ticket["created_at"].time()
    let updatedAt = try ticket["updated_at"].time()
    let stated = document["event"].word?.split(separator: ".").last.map(String.init)
    let kind =
      stated ?? (comment.isObject ? "comment_added" : created != nil && created == updatedAt ? "created" : "updated")
    switch kind {
    case "created":
      guard let time = created ?? updatedAt else { throw IntakeFailure(.missingField, path: "/ticket/created_at") }
      return try opening(ticket, at: time)
    case "comment_added":
      guard let time = try comment["created_at"].time(or: ticket["updated_at"]) else {
        throw IntakeFailure(.missingField, path: "/comment/created_at")
      }
      return try self.comment(comment, of: ticket, at: time)
    case "updated":
      guard let updatedAt else { throw IntakeFailure(.missingField, path: "/ticket/updated_at") }
      let actor = document["current_user"]["id"].id
      let author = maker.changer(id: actor, customer: requesterID(ticket), systemID: Self.systemID)
      let update = TicketUpdated(
        ticket: try self.ticket(ticket), customer: try customer(ticket),
        status: DeskWords.status(ticket["status"].word),
        queue: ticket["group"].text ?? ticket["group"]["name"].text,
        assignee: ticket["assignee"].text ?? ticket["assignee"]["name"].text, priority: ticket["priority"].word,
        changedBy: author, agent: maker.agent(actor, author))
      return [maker.updated(update, at: updatedAt)]
    default: throw IntakeFailure(.unsupportedEvent, path: "/event")
    }
  }

  // MARK: Both

  /// A ticket that somebody else entered for the customer says what that person wrote, so it is their message and no ticket. One that
  /// begins with a private note is nobody's question: a public reply to it would tell the customer of it.
  private func opening(_ ticket: Foreign, at time: Timestamp) throws(IntakeFailure) -> [Event] {
    let body = ticket.first("description", "html_description").text.map(HTMLText.text(ofEither:)) ?? ""
    let submitter = ticket["submitter_id"].id ?? ticket["submitter"]["id"].id
    let channel = DeskWords.channel(ticket["via"].word ?? ticket["via"]["channel"].word)
    let requester = ticket["requester"]
    if let submitter, let customer = requesterID(ticket), submitter != customer {
      let author: TicketMessage.Author = isAutomation(submitter) ? .automation : .agent
      let message = TicketMessage(
        ticket: try self.ticket(ticket), customer: try self.customer(ticket), author: author, body: body,
        channel: channel)
      return [maker.message(message, id: "first", at: time)]
    }
    guard ticket["is_public"].flag != false else { return [] }
    var person = Requester()
    person.name = requester["name"].text
    person.email = requester["email"].text
    person.phone = requester["phone"].text
    let opened = TicketOpened(
      ticket: try self.ticket(ticket), customer: try customer(ticket), channel: channel,
      subject: ticket.first("subject", "title").text ?? "", body: body,
      locale: requester["locale"].text ?? requester["language"].text,
      tags: ticket["tags"].words { $0 == " " || $0 == "," },
      orders: ticket["order_ids"].words { $0 == " " || $0 == "," }.map { OrderID($0) },
      priority: ticket["priority"].word, requester: person, device: DeskWords.device(ticket["device"].word))
    return [maker.opened(opened, at: time)]
  }

  private func comment(_ comment: Foreign, of ticket: Foreign, at time: Timestamp) throws(IntakeFailure) -> [Event] {
    guard comment.isObject else { throw IntakeFailure(.missingField, path: comment.path) }
    guard comment["is_public"].flag != false else { return [] }
    let body = comment["html_body"].text.map(HTMLText.text(of:)) ?? comment["body"].text.map(HTMLText.text(ofEither:))
    let message = TicketMessage(
      ticket: try self.ticket(ticket), customer: try customer(ticket),
      author: author(comment["author"], customer: requesterID(ticket)), body: body ?? "")
    return [maker.message(message, id: try comment["id"].requiredID(), at: time)]
  }

  private func author(_ author: Foreign, customer: String?) -> TicketMessage.Author {
    let id = author["id"].id
    if isAutomation(id) { return .automation }
    if let isStaff = author["is_staff"].flag { return isStaff ? .agent : .customer }
    switch author["role"].word {
    case "end_user": return .customer
    case "agent", "admin", "owner", "light_agent": return .agent
    default: return id != nil && id == customer ? .customer : .unknown
    }
  }

  private func ticket(_ ticket: Foreign) throws(IntakeFailure) -> TicketID {
    maker.ticket(try ticket["id"].requiredID())
  }

  private func customer(_ ticket: Foreign) throws(IntakeFailure) -> CustomerID {
    let requester = ticket["requester"]
    return try maker.customer(
      maker.person(email: requester["email"].text, phone: requester["phone"].text, id: requesterID(ticket)),
      at: ticket["requester_id"].path)
  }

  private func requesterID(_ ticket: Foreign) -> String? { ticket["requester_id"].id ?? ticket["requester"]["id"].id }

  /// Zendesk's own rules act under this id.
  private static let systemID = "-1"
  private func isAutomation(_ id: String?) -> Bool { id == Self.systemID || maker.isAutomation(id) }

  private static func word(_ text: String) -> String { text.lowercased().replacing(" ", with: "_") }
}
