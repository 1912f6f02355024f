import Events

/// What is written in tickets and done to them.
extension Story {
  private var ticketID: String { "T-" + customer.dropFirst(2) + "-\(ticketCount)" }

  /// The customer writes to us for the first time about something.
  mutating func ticket(
    _ time: Timestamp, _ channel: Channel, _ subject: String, _ body: String, orders: [String] = [],
    tags: [String] = [], priority: String? = nil, locale: String? = nil, expect: Expectation? = nil
  ) {
    ticketCount += 1
    let story = self
    append(.ticketOpened, time, source: "/helpdesk", subject: ticketID) { data in
      data.field("ticketId", story.ticketID)
      data.field("customerId", story.customer)
      data.field("channel", channel.rawValue)
      if !subject.isEmpty { data.field("subject", subject) }
      data.field("body", body)
      // The web shop knows the language of its pages; mail and phones do not.
      let known = channel == .web || channel == .chat ? story.language : nil
      data.field("locale", optional: locale ?? known)
      if !tags.isEmpty { data.field("tags", tags) }
      if !orders.isEmpty { data.field("orderIds", orders) }
      data.field("priority", optional: priority)
      data.field("requester") { $0.object { requester in story.write(requesterOn: channel, &requester) } }
      if let automation = story.automation {
        data.field("consent") { $0.object { consent in consent.field("automation", automation) } }
      }
    }
    note(expect)
  }

  /// The customer writes to us for the first time about something, where there are no subject lines.
  mutating func ticket(_ time: Timestamp, _ channel: Channel, _ body: String, expect: Expectation? = nil) {
    ticket(time, channel, "", body, expect: expect)
  }

  /// The customer writes again.
  mutating func writes(_ time: Timestamp, _ body: String, on channel: Channel? = nil, expect: Expectation? = nil) {
    message(time, .customer, body, channel)
    note(expect)
  }

  /// One of our people answers.
  mutating func agentWrites(_ time: Timestamp, _ body: String) { message(time, .agent, body, nil) }

  private mutating func message(
    _ time: Timestamp, _ author: TicketMessage.Author, _ body: String, _ channel: Channel?
  ) {
    let story = self
    append(.ticketMessage, time, source: "/helpdesk", subject: ticketID) { data in
      data.field("ticketId", story.ticketID)
      data.field("customerId", story.customer)
      data.field("author") { $0.object { $0.field("kind", author.rawValue) } }
      data.field("body", body)
      data.field("channel", optional: channel?.rawValue)
    }
  }

  /// Somebody sets something in the ticketing system.
  mutating func ticketIs(
    _ time: Timestamp, _ status: TicketUpdated.Status? = nil, queue: String? = nil, assignee: String? = nil,
    priority: String? = nil, by author: TicketUpdated.Author = .human
  ) {
    let story = self
    append(.ticketUpdated, time, source: "/helpdesk", subject: ticketID) { data in
      data.field("ticketId", story.ticketID)
      data.field("customerId", story.customer)
      data.field("status", optional: status?.rawValue)
      data.field("queue", optional: queue)
      data.field("assignee", optional: assignee)
      data.field("priority", optional: priority)
      data.field("changedBy", author.rawValue)
    }
  }

  /// The customer gives one to five stars.
  mutating func rates(_ time: Timestamp, stars: Int) {
    feedback(time, .csat, by: .customer) { $0.integer(stars) }
  }

  /// The customer turns a thumb `up` or `down`.
  mutating func thumbs(_ time: Timestamp, _ direction: String, reason: String? = nil) {
    feedback(time, .thumbs, by: .customer, reason: reason) { $0.string(direction) }
  }

  /// One of our people judges what triage did.
  mutating func agentSays(
    _ time: Timestamp, _ kind: FeedbackGiven.Kind, _ value: String, reason: String? = nil
  ) {
    feedback(time, kind, by: .agent, reason: reason) { $0.string(value) }
  }

  private mutating func feedback(
    _ time: Timestamp, _ kind: FeedbackGiven.Kind, by author: FeedbackGiven.Author, reason: String? = nil,
    _ value: (inout JSONWriter) -> Void
  ) {
    let ticket = ticketID
    append(.feedbackGiven, time, source: "/helpdesk", subject: ticket) { data in
      data.field("about") { $0.object { $0.field("ticketId", ticket) } }
      data.field("kind", kind.rawValue)
      data.field("value", value)
      data.field("reasonCode", optional: reason)
      data.field("by", author.rawValue)
    }
  }

  /// The customer changes what they agree to, or gets another tier.
  mutating func changes(_ time: Timestamp, automation: Bool? = nil, tier: String? = nil) {
    let story = self
    if let tier { self.tier = tier }
    append(.customerChanged, time, source: "/accounts", subject: customer) { data in
      data.field("customerId", story.customer)
      if let automation { data.field("consent") { $0.object { $0.field("automation", automation) } } }
      data.field("tier", optional: tier)
    }
  }

  /// The customer is to be forgotten.
  mutating func isErased(_ time: Timestamp) {
    let story = self
    append(.customerErased, time, source: "/privacy", subject: customer) { $0.field("customerId", story.customer) }
  }

  private mutating func note(_ expectation: Expectation?) {
    guard let expectation else { return }
    drafts[drafts.count - 1].expectation = expectations.count
    expectations.append(Expected(ticket: ticketID, expectation: expectation))
  }

  private func write(requesterOn channel: Channel, _ requester: inout JSONWriter) {
    requester.field("name", person)
    switch channel {
    case .phone, .sms:
      requester.field("phone", phone)
    case .social, .chat: break
    default: requester.field("email", email)
    }
    requester.field("tier", optional: tier)
  }

  /// A number that is set aside for films.
  private var phone: String {
    let last = 100 + stableHash(of: email) % 100
    return switch region {
    case .usEast: "+1 202 555 0\(last)"
    case .euCentral: "+49 30 23125 \(last)"
    default: "+44 1632 960\(last)"
    }
  }
}
