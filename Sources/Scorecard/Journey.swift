public import Events

/// One ticket from its first moment on: what was wanted, what was done, how it went.
public struct Journey: Sendable {
  /// The ticket.
  public let ticket: TicketID
  /// Whose it is, if that was told.
  public let customer: CustomerID?
  /// What happened, in order; never empty.
  public let moments: [Moment]
  /// The decisions on what the customer wrote, in order.
  public let decisions: [RecordedDecision]

  /// A journey of `moments` in order; `nil` if there are none.
  init?(ticket: TicketID, customer: CustomerID?, moments: [Moment]) {
    guard !moments.isEmpty else { return nil }
    self.ticket = ticket
    self.customer = customer
    self.moments = moments
    decisions = moments.compactMap { moment in
      if case .decided(let decision) = moment.kind, decision.answersMessage { decision } else { nil }
    }
  }

  /// When it began.
  public var began: Timestamp { moments[0].time }

  /// Whether the customer said anything, and not only we.
  var isOfCustomer: Bool {
    moments.contains { moment in
      switch moment.kind {
      case .opened, .written(.customer): true
      case .decided(let decision): decision.answersMessage
      case .written, .status, .moved, .judged, .promiseBroken: false
      }
    }
  }

  /// Where the customer came from; `unknown` if only decisions were told.
  public var channel: Channel {
    for moment in moments { if case .opened(let channel, _, _) = moment.kind { return channel } }
    return .unknown
  }

  /// The system that the ticket was opened in, as its events call themselves (`/zendesk/acme`); `unknown` if only decisions were told.
  public var source: String {
    for moment in moments { if case .opened(_, let source, _) = moment.kind { return source } }
    return "unknown"
  }

  /// The kind of device that the ticket was opened on, as its source tells it.
  public var device: DeviceClass {
    for moment in moments { if case .opened(_, _, let device) = moment.kind { return device } }
    return .unknown
  }

  /// What it is about: the first matter that was recognised in it.
  public var intent: String { decisions.first { $0.intent != "other" }?.intent ?? "other" }

  /// The language of the first message.
  public var language: String { decisions.first?.language ?? "und" }

  /// The order it is about.
  public var order: OrderID? { decisions.lazy.compactMap(\.order).first }

  /// The side of an experiment it was on.
  public var arm: String { decisions.first?.arm ?? "treatment" }

  /// The experiment of that side, if there is one.
  public var experiment: String? { decisions.first?.experiment }

  /// Whether that experiment was over when it began.
  public var isExperimentOver: Bool { decisions.first?.isExperimentOver ?? false }

  /// The queue it was handed to first.
  public var queue: String? { decisions.lazy.compactMap(\.queue).first }

  /// All judgements, in order.
  public var judgements: [Judgement] {
    moments.compactMap { if case .judged(let judgement) = $0.kind { judgement } else { nil } }
  }

  /// When automation first answered or asked; `nil` if it never did.
  public var firstReply: Timestamp? { decisions.first { $0.action == .resolve || $0.action == .clarify }?.time }

  /// How often the customer wrote after automation first answered or asked: what the answer left them to do (D7).
  public var turnsAfterReply: Int? {
    firstReply.map { reply in
      moments.count { moment in moment.kind == .written(.customer) && moment.time > reply }
    }
  }

  /// How often the customer had to repeat themselves: a message that says that it is not the first about the matter, or that they do not
  /// understand, after we had answered (G11).
  public var repetitions: Int {
    guard let reply = firstReply else { return 0 }
    return decisions.count { decision in
      decision.time > reply && !Set(decision.signals).isDisjoint(with: ["repeat_contact", "confusion"])
    }
  }

  /// When our question was left without an answer for `patience` seconds; `nil` if it was answered, or may still be.
  public func abandoned(after patience: Int64, asOf now: Timestamp) -> Timestamp? {
    guard let question = decisions.last(where: { $0.action == .clarify }) else { return nil }
    let later = moments.last {
      $0.time > question.time && ($0.kind == .written(.customer) || $0.kind == .written(.agent))
    }
    let end = question.time.adding(seconds: patience)
    return later == nil && end <= now ? end : nil
  }

  /// The queue a person moved it to, if that is another than we had chosen.
  public var misroutedTo: String? {
    guard let queue else { return nil }
    for moment in moments { if case .moved(let chosen) = moment.kind, chosen != queue { return chosen } }
    return nil
  }

  /// How the customer felt in the first and in the last of several messages.
  public var sentimentChange: (first: Int, last: Int)? {
    guard let first = decisions.first, let last = decisions.last, decisions.count > 1 else { return nil }
    return (first.sentiment, last.sentiment)
  }
}
