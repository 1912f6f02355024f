public import Events

/// All journeys, as far as they have been told.
///
/// What is known of a journey is a set of moments, and telling is adding to the set: events and decisions may be read in any order, from any
/// number of topics and partitions, and more than once, and the book is the same in the end. So the value that is streamed while the fleet works
/// is the value that a recomputation over the same records gives.
public struct JourneyBook: Sendable {
  /// What belongs to one ticket.
  struct Pages: Sendable {
    var customer: CustomerID?
    var moments: Set<Moment> = []

    mutating func add(_ moment: Moment, of customer: CustomerID?) {
      if let customer { self.customer = min(self.customer ?? customer, customer) }
      moments.insert(moment)
      // The earliest stay, whatever the order in which they are told.
      if moments.count > JourneyBook.momentsMax, let last = moments.max() { moments.remove(last) }
    }
  }

  /// The most moments of one ticket that are kept: a ticket that is written into by a machine must not fill the memory.
  public static let momentsMax = 2_000

  /// Seconds after which a ticket that nothing happened in is over: what comes later begins a new journey. So what is known of a journey is
  /// bounded in time, and a log that is kept for longer tells the same of it.
  public static let pause: Int64 = 35 * 86_400

  private(set) var pages: [TicketID: Pages] = [:]
  private var tickets: [String: TicketID] = [:]
  /// Judgements of decisions that were not told yet.
  private var early: [String: Set<Moment>] = [:]
  /// Who asked to be forgotten; nothing up to then is looked at any more.
  private var erasures = Erasures()
  private var orders: [OrderID: (told: Timestamp, context: OrderContext)] = [:]
  /// Alerts by their ids.
  private(set) var alerts: [String: RecordedAlert] = [:]
  /// The time of the newest record.
  public private(set) var newest: Timestamp?

  /// The time of the oldest moment of a ticket.
  public var oldest: Timestamp? { pages.values.lazy.flatMap { $0.moments.lazy.map(\.time) }.min() }

  /// An empty book.
  public init() {}

  /// How many tickets are in it.
  public var count: Int { pages.count }

  /// Takes an event of `heed.events.v1`.
  public mutating func take(_ event: Event) {
    let time = event.envelope.time
    erasures.take(event)
    newest = max(newest ?? time, time)
    func moment(_ kind: Moment.Kind) -> Moment { Moment(time: time, id: event.envelope.id, kind: kind) }
    switch event.body {
    case .ticketOpened(let opened):
      let kind = Moment.Kind.opened(
        opened.channel, source: event.envelope.source, device: opened.device ?? .unknown)
      add(moment(kind), to: opened.ticket, of: opened.customer)
    case .ticketMessage(let message):
      add(moment(.written(message.author)), to: message.ticket, of: message.customer)
    case .ticketUpdated(let update):
      if let status = update.status { add(moment(.status(status)), to: update.ticket, of: update.customer) }
      if let queue = update.queue, update.changedBy != .automation {
        add(moment(.moved(queue: queue)), to: update.ticket, of: update.customer)
      }
    case .feedbackGiven(let feedback): take(feedback, moment)
    case .orderUpdated(let order):
      // Of several states the newest; of two at the same time, whichever does not depend on which came first.
      let context = OrderContext(carrier: order.carrier, products: order.items.compactMap { $0.sku ?? $0.title })
      let known = orders[order.order]
      let isNewer =
        known.map { ($0.told.nanoseconds, $0.context.sortKey) < (time.nanoseconds, context.sortKey) } ?? true
      if isNewer { orders[order.order] = (time, context) }
    // What was moved is told by the decisions that rest on it, and what was passed on is the moment that was told already.
    case .disruptionDeclared, .customerChanged, .customerErased, .customerLinked, .customerMoved, .timePassed,
      .experimentStopped:
      break
    }
  }

  private mutating func take(_ feedback: FeedbackGiven, _ moment: (Moment.Kind) -> Moment) {
    var moments = Judgement.read(feedback).map { moment(.judged($0)) }
    if feedback.kind == .reroute { moments.append(moment(.moved(queue: feedback.value))) }
    for moment in moments {
      switch feedback.subject {
      case .ticket(let ticket): add(moment, to: ticket, of: nil)
      case .decision(let decision):
        if let ticket = tickets[decision] {
          add(moment, to: ticket, of: nil)
        } else {
          early[decision, default: []].insert(moment)
        }
      }
    }
  }

  /// Takes a decision of `heed.decisions.v1`.
  public mutating func take(_ decision: RecordedDecision) {
    newest = max(newest ?? decision.time, decision.time)
    tickets[decision.id] = decision.ticket
    add(
      Moment(time: decision.time, id: decision.id, kind: .decided(decision)), to: decision.ticket, of: decision.customer
    )
    for moment in early.removeValue(forKey: decision.id) ?? [] { add(moment, to: decision.ticket, of: nil) }
  }

  /// Takes a promise that was not kept, of `heed.insights.v1`.
  public mutating func takeBrokenPromise(_ insight: String, of ticket: TicketID, at time: Timestamp) {
    newest = max(newest ?? time, time)
    add(Moment(time: time, id: insight, kind: .promiseBroken), to: ticket, of: nil)
  }

  /// Takes an alert of `heed.insights.v1`.
  public mutating func take(_ alert: RecordedAlert) {
    newest = max(newest ?? alert.time, alert.time)
    alerts[alert.id] = alert
    if alert.kind == .promiseBroken { takeBrokenPromise(alert.id, of: alert.ticket, at: alert.time) }
  }

  /// Takes a line of what the fleet wrote: a decision, an alert, or a promise that was not kept. Anything else is passed over.
  ///
  /// - Throws: `DecodingFailure` if it is no JSON, or a decision that is none.
  public mutating func take(output line: [UInt8]) throws(DecodingFailure) { _ = try take(try JSONTree(reading: line)) }

  /// Takes such an event, and says when it happened; `nil` for anything else.
  mutating func take(_ tree: JSONTree) throws(DecodingFailure) -> Timestamp? {
    if let decision = try RecordedDecision(tree) {
      take(decision)
      return decision.time
    }
    if let alert = RecordedAlert(tree) {
      take(alert)
      return alert.time
    }
    guard let promise = BrokenPromise(tree) else { return nil }
    takeBrokenPromise(promise.insight, of: promise.ticket, at: promise.time)
    return promise.time
  }

  /// How often the alerts raised before `until` were right, by what was told up to `asOf`.
  public func alertPrecision(until: Timestamp, asOf: Timestamp) -> [AlertPrecision] {
    AlertPrecision.all(in: self, until: until, asOf: asOf)
  }

  private mutating func add(_ moment: Moment, to ticket: TicketID, of customer: CustomerID?) {
    pages[ticket, default: Pages()].add(moment, of: customer)
  }

  /// Forgets all but the `count` tickets in which something happened last: for whoever looks at a stream without end and must not grow with it.
  /// What is told later of a ticket that was forgotten begins it anew.
  public mutating func keepNewest(_ count: Int) {
    guard pages.count > count else { return }
    let last = pages.map { (ticket: $0.key, time: $0.value.moments.lazy.map(\.time.nanoseconds).max() ?? .min) }
    let kept = Set(last.sorted { ($1.time, $1.ticket) < ($0.time, $0.ticket) }.prefix(count).map(\.ticket))
    pages = pages.filter { kept.contains($0.key) }
    tickets = tickets.filter { kept.contains($0.value) }
    let newestOrders = orders.sorted { $0.value.told > $1.value.told }.prefix(2 * count)
    orders = Dictionary(uniqueKeysWithValues: newestOrders.map { ($0.key, $0.value) })
    erasures.keepNewest(4 * count)
    alerts = alerts.filter { kept.contains($0.value.ticket) }
    if early.count > count { early = [:] }
  }

  /// Forgets tickets in which nothing happened from `time` on, and what else is older. Whoever asks for journeys that began at least a
  /// `pause` later gets the same as before.
  public mutating func forget(before time: Timestamp) {
    let erased = erasures.all()
    for (ticket, page) in pages {
      // Who asked to be forgotten stays forgotten when the asking is.
      guard let forgotten = page.customer.flatMap({ erased[$0] }), forgotten < time else { continue }
      pages[ticket]!.moments = page.moments.filter { $0.time > forgotten }
    }
    pages = pages.filter { $0.value.moments.contains { $0.time >= time } }
    tickets = tickets.filter { pages[$0.value] != nil }
    early = early.filter { $0.value.contains { $0.time >= time } }
    erasures.forget(before: time, but: Set(pages.values.compactMap(\.customer)))
    orders = orders.filter { $0.value.told >= time }
    alerts = alerts.filter { $0.value.time >= time }
  }

  /// The journeys as they stood at `time`, in the order in which they began.
  public func journeys(asOf time: Timestamp) -> [Journey] {
    let erased = erasures(asOf: time)
    return pages.flatMap { ticket, page in
      let forgotten = page.customer.flatMap { erased[$0] }
      let moments = page.moments.filter { moment in
        moment.time <= time && (forgotten.map { moment.time > $0 } ?? true)
      }
      return Self.stretches(of: moments.sorted()).compactMap {
        Journey(ticket: ticket, customer: page.customer, moments: Array($0))
      }
    }.sorted { ($0.began.nanoseconds, $0.ticket.text) < ($1.began.nanoseconds, $1.ticket.text) }
  }

  /// When each customer was last to be forgotten, under whatever id they asked.
  func erasures(asOf time: Timestamp) -> [CustomerID: Timestamp] { erasures.all(asOf: time) }

  /// `moments` in order, cut at every `pause`.
  private static func stretches(of moments: [Moment]) -> [ArraySlice<Moment>] {
    guard let first = moments.first, let last = moments.last else { return [] }
    if last.time.seconds(since: first.time) < pause { return [moments[...]] }
    var stretches: [ArraySlice<Moment>] = []
    var begin = 0
    for index in moments.indices.dropFirst() where moments[index].time.seconds(since: moments[index - 1].time) >= pause
    {
      stretches.append(moments[begin..<index])
      begin = index
    }
    return stretches + [moments[begin...]]
  }

  /// What is known of an order.
  func context(of order: OrderID) -> OrderContext? { orders[order]?.context }

  /// What emerged on each day that begins in `range`, by what was told up to `time`.
  public func trends(in range: Range<Timestamp>, asOf time: Timestamp) -> [Trend] {
    Trend.emerging(in: journeys(asOf: time), range) { orders[$0]?.context }
  }
}
