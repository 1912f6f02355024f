internal import Events

/// Zammad: the payload of its webhooks, `ticket` with the `article` that was written, if one was.
///
/// A customer's article opens the ticket if it is the only one, and is a message if not. An agent's article is their message and, as the
/// payload does not say what else was changed, also the ticket's state. An internal article is no message. What is changed without an
/// article, or with an internal one, is told by who changed the ticket last (`updated_by`): the customer and Zammad's own rules (user 1) are no
/// persons of ours.
struct Zammad {
  private let maker: EventMaker
  init(_ maker: EventMaker) { self.maker = maker }

  func events(in document: Foreign) throws(IntakeFailure) -> [Event] {
    let ticket = document["ticket"]
    guard ticket.isObject else { throw IntakeFailure(.unsupportedShape) }
    let article = document["article"]
    guard article.isObject, article["id"].isPresent else { return [try state(of: ticket)] }
    guard article["internal"].flag != true else { return [try state(of: ticket)] }
    switch try author(of: article) {
    case .customer:
      return [try isFirst(article, of: ticket) ? opening(ticket, article) : message(.customer, ticket, article)]
    case .automation: return [try message(.automation, ticket, article)]
    case let author: return [try message(author, ticket, article), try state(of: ticket)]
    }
  }

  private func author(of article: Foreign) throws(IntakeFailure) -> TicketMessage.Author {
    if maker.isAutomation(article["created_by_id"].id) { return .automation }
    switch article["sender"].word ?? article["sender"]["name"].word {
    case "customer": return .customer
    case "agent": return .agent
    case "system": return .automation
    default: return .unknown
    }
  }

  private func isFirst(_ article: Foreign, of ticket: Foreign) -> Bool {
    if let first = ticket["article_ids"].elements.compactMap({ $0.id.flatMap(Int64.init) }).min() {
      return article["id"].id == String(first)
    }
    return ticket["article_count"].id == "1"
  }

  private func opening(_ ticket: Foreign, _ article: Foreign) throws(IntakeFailure) -> Event {
    let customer = ticket["customer"]
    var person = Requester()
    let name = [customer["firstname"].text, customer["lastname"].text].compactMap { $0 }.joined(separator: " ")
    person.name = name.isEmpty ? nil : name
    person.email = customer["email"].text
    person.phone = customer["phone"].text ?? customer["mobile"].text
    // A customer of a firm that is one counts as one.
    if customer["vip"].flag == true || ticket["organization"]["vip"].flag == true { person.tier = "vip" }
    return maker.opened(
      TicketOpened(
        ticket: try id(ticket), customer: try self.customer(of: ticket), channel: channel(of: article),
        subject: ticket["title"].text ?? "", body: text(of: article),
        tags: ticket["tags"].words { $0 == "," }, orders: ticket["order_ids"].words { $0 == "," }.map { OrderID($0) },
        priority: priority(of: ticket), requester: person, device: DeskWords.device(ticket["device"].word)),
      at: try article["created_at"].requiredTime(or: ticket["created_at"]))
  }

  private func message(
    _ author: TicketMessage.Author, _ ticket: Foreign, _ article: Foreign
  ) throws(IntakeFailure) -> Event {
    let message = TicketMessage(
      ticket: try id(ticket), customer: try customer(of: ticket), author: author, body: text(of: article),
      channel: channel(of: article))
    return maker.message(
      message, id: try article["id"].requiredID(),
      at: try article["created_at"].requiredTime(or: ticket["updated_at"]))
  }

  private func state(of ticket: Foreign) throws(IntakeFailure) -> Event {
    let owner = ticket["owner"]["login"].text ?? ticket["owner"].text
    let editor = ticket["updated_by_id"].id ?? ticket["updated_by"]["id"].id
    let author = maker.changer(
      id: editor, customer: ticket["customer_id"].id ?? ticket["customer"]["id"].id, systemID: "1")
    return maker.updated(
      TicketUpdated(
        ticket: try id(ticket), customer: try customer(of: ticket),
        status: DeskWords.status(ticket["state"].word ?? ticket["state"]["name"].word),
        queue: ticket["group"]["name"].text ?? ticket["group"].text,
        assignee: owner == "-" ? nil : owner, priority: priority(of: ticket),
        changedBy: author, agent: maker.agent(editor, author)),
      at: try ticket["updated_at"].requiredTime())
  }

  private func text(of article: Foreign) -> String {
    guard let body = article["body"].text else { return "" }
    return switch article["content_type"].text {
    case "text/html": HTMLText.text(of: body)
    case "text/plain": body
    default: HTMLText.text(ofEither: body)
    }
  }

  private func channel(of article: Foreign) -> Channel {
    DeskWords.channel(article["type"].word ?? article["type"]["name"].word)
  }

  /// `2 normal` is the second of a shop's own list: the word counts.
  private func priority(of ticket: Foreign) -> String? {
    let name = (ticket["priority"]["name"].text ?? ticket["priority"].text)?.lowercased()
    return name.map { String($0.drop { $0.isNumber || $0 == " " }) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  private func id(_ ticket: Foreign) throws(IntakeFailure) -> TicketID { maker.ticket(try ticket["id"].requiredID()) }

  private func customer(of ticket: Foreign) throws(IntakeFailure) -> CustomerID {
    let customer = ticket["customer"]
    return try maker.customer(
      maker.person(
        email: customer["email"].text, phone: customer["phone"].text ?? customer["mobile"].text,
        id: ticket["customer_id"].id ?? customer["id"].id), at: customer.path)
  }
}
