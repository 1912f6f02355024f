internal import Events

/// Puts an envelope around what a vendor's file has read, and says who people are: the same for all vendors.
struct EventMaker {
  /// The source's name: before ids of tickets and of customers, and in the CloudEvents source.
  let system: String
  let settings: IntakeSettings
  /// Who was met in the payload.
  let acquaintances: Acquaintances

  /// The ticket's id among those of all systems: two help desks count from one.
  func ticket(_ id: String) -> TicketID { TicketID("\(system):\(id)") }

  /// The customer; every event of a ticket is its customer's, whoever wrote.
  func customer(_ person: Person, at path: String) throws(IntakeFailure) -> CustomerID {
    guard let customer = settings.identity.customer(for: person) else { throw IntakeFailure(.noIdentity, path: path) }
    acquaintances.meet(person)
    return customer
  }

  func person(email: String? = nil, phone: String? = nil, country: String? = nil, id: String? = nil) -> Person {
    Person(email: email, phone: phone, country: country, id: id, system: system)
  }

  /// An event whose `id` is made of the source's own ids: a connector that says it twice says it once.
  func event(_ type: EventType, id: String, at time: Timestamp, about subject: String, _ body: Event.Body) -> Event {
    let key: String? =
      switch body {
      case .ticketOpened(let event): event.customer.text
      case .ticketMessage(let event): event.customer.text
      case .ticketUpdated(let event): event.customer.text
      case .orderUpdated(let event): event.customer.text
      case .customerLinked(let event): event.customer.text
      default: nil
      }
    return Event(
      envelope: Envelope(
        id: id, source: "/" + system, type: type.rawValue, time: time, subject: subject, partitionKey: key),
      body: body)
  }

  func opened(_ ticket: TicketOpened, at time: Timestamp) -> Event {
    event(.ticketOpened, id: "\(ticket.ticket.text)/opened", at: time, about: ticket.ticket.text, .ticketOpened(ticket))
  }

  func message(_ message: TicketMessage, id: String, at time: Timestamp) -> Event {
    event(
      .ticketMessage, id: "\(message.ticket.text)/message/\(id)", at: time, about: message.ticket.text,
      .ticketMessage(message))
  }

  /// A change has no id of its own in most systems: the moment and what was set stand for it.
  func updated(_ update: TicketUpdated, at time: Timestamp, change: String = "state") -> Event {
    event(
      .ticketUpdated, id: "\(update.ticket.text)/\(change)/\(time.rfc3339)", at: time, about: update.ticket.text,
      .ticketUpdated(update))
  }

  /// Two ids that came together. The time is in the id, since a link may be told again when the first is long forgotten.
  func linked(_ link: CustomerLinked, at time: Timestamp) -> Event {
    event(
      .customerLinked, id: "\(Digest256(joining: link.customer.text, link.linkedTo.text).hex)/linked/\(time.rfc3339)",
      at: time, about: link.customer.text, .customerLinked(link))
  }

  /// Who set a value. What the customer sets (their answer opens the ticket again) is the desk's rule and no takeover by a person of
  /// ours; nobody named is a person.
  ///
  /// - Parameter systemID: the id under which the desk's own rules act.
  func changer(id: String?, customer: String?, systemID: String? = nil) -> TicketUpdated.Author {
    guard let id else { return .unknown }
    return settings.automationActors.contains(id) || id == customer || id == systemID ? .automation : .human
  }

  /// Which of our people set a value, by the id of their account: a pseudonym, by which what several of them say can be told from what one says
  /// often. `nil` where no person of ours did it, nobody is named, or what stands there can be no id.
  func agent(_ id: String?, _ author: TicketUpdated.Author = .human) -> String? {
    guard author == .human, let id else { return nil }
    let pseudonym = settings.identity.agent(id, of: system)
    return EventDecoder.isIdentifier(pseudonym) ? pseudonym : nil
  }

  /// Whether that account is a machine of ours.
  func isAutomation(_ id: String?) -> Bool { id.map(settings.automationActors.contains) ?? false }
}

/// Words that all help desks use, each in its own spelling.
enum DeskWords {
  /// A ticket's status. A word that is not here is `unknown`, which never counts as solved.
  static func status(_ word: String?) -> TicketUpdated.Status? {
    guard let word else { return nil }
    return switch word {
    case "new", "submitted": .new
    case "open", "opened", "in_progress", "reopened": .open
    case "pending", "hold", "on_hold", "snoozed", "waiting_on_customer", "waiting_on_third_party", "pending_reminder",
      "pending_close":
      .pending
    case "solved", "resolved": .solved
    case "closed", "merged", "deleted", "removed": .closed
    default: .unknown
    }
  }

  /// What a ticket was written on, where a desk has a field for it.
  static func device(_ word: String?) -> DeviceClass? {
    guard let word else { return nil }
    return switch word {
    case "desktop", "computer", "laptop", "pc": .desktop
    case "phone", "mobile", "smartphone", "mobile_phone": .phone
    case "tablet": .tablet
    default: .unknown
    }
  }

  /// Where a ticket came in.
  static func channel(_ word: String?) -> Channel {
    guard let word else { return .unknown }
    return switch word {
    case "email", "mail", "e_mail": .email
    case "chat", "conversation", "messaging", "native_messaging", "push", "in_app", "live_chat", "chat_transcript",
      "mobilehelp", "mobihelp", "whatsapp", "whatsapp_message", "telegram", "telegram_personal_message", "bot":
      .chat
    case "web", "web_form", "web_service", "web_widget", "portal", "feedback_widget", "widget", "help_center",
      "closed_ticket", "forum":
      .web
    case "phone", "voice", "voicemail", "phone_call", "phone_call_inbound", "phone_call_outbound", "phone_switch":
      .phone
    case "sms", "text", "text_message", "native_sms": .sms
    case "twitter", "facebook", "instagram", "social", "twitter_status", "twitter_direct_message", "twitter_dm",
      "facebook_feed_post", "facebook_feed_comment", "facebook_post", "facebook_message", "twitter_favorite",
      "instagram_dm", "any_channel", "x_corp":
      .social
    case "api", "mobile_sdk", "mobile": .api
    default: .unknown
    }
  }
}
