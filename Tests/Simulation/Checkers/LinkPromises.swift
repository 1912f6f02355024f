internal import Events
internal import Streams
internal import Triage

/// What `CustomerLinks.swift` guarantees, looked for in what a run left behind. It reads the log and what came out; of contexts it believes nothing
/// but what the last of them say, which it holds against the log.
struct LinkPromises {
  private let evidence: Evidence
  /// Whether every id leads to one that is certain: no ring, and no id of two people.
  private let endsAreCertain: Bool
  private let said: [[(event: Evidence.Event, said: Event)]]

  init(_ evidence: Evidence, endsAreCertain: Bool) {
    self.evidence = evidence
    self.endsAreCertain = endsAreCertain
    said = evidence.events.map { $0.compactMap { event in event.record.said.map { (event, $0) } } }
  }

  var violations: [String] {
    // What is not done yet is another checker's.
    guard evidence.backlog.isEmpty else { return [] }
    return decisions + voices + (endsAreCertain ? ends : [])
  }

  // MARK: Each message is decided on once, under one of the ids

  private var decisions: [String] {
    var counts: [String: Int] = [:]
    for output in evidence.outputs where output.record.headers.text("ce_type") == EventType.decisionMade.rawValue {
      counts[output.cause ?? "?", default: 0] += 1
    }
    return upstream.filter { $0.isMessageOfCustomer }.map(\.envelope.id).filter { counts[$0] != 1 }
      .map { "A message is decided on once under whatever ids: \($0) has \(counts[$0] ?? 0) decisions" }
  }

  private var upstream: [Event] { said.joined().map(\.said).filter { $0.envelope.passage == Passage() } }

  // MARK: No voice after a takeover, under either id

  /// For each id: from which event on its log says that a person has a ticket, be it by the takeover itself or by what was moved there.
  private var voices: [String] {
    let takeovers = takeovers
    let origins = evidence.origins
    return evidence.outputs.compactMap { output in
      guard output.record.headers.text("ce_type") == EventType.resolutionProposed.rawValue,
        let origin = origins[output.record], let ticket = output.record.key,
        let from = takeovers[Place(customer: origin.key, ticket: String(decoding: ticket, as: UTF8.self))],
        from < origin.offset
      else { return nil }
      return "No automated voice speaks where a person has taken over, under whatever id: \(origin.id)"
        + " was answered behind offset \(from) of partition \(origin.partition)"
    }
  }

  private struct Place: Hashable {
    let customer: [UInt8]
    let ticket: String
  }

  /// What is moved was known before the link, which may stand in any other log: looked at again until nothing new is found.
  private var takeovers: [Place: Offset] {
    var moved: [OutgoingRecord: Set<String>] = [:]
    while true {
      let (takeovers, given) = takeovers(as: moved)
      if given == moved { return takeovers }
      moved = given
    }
  }

  /// Where takeovers are known if so much was moved, and what then is moved.
  private func takeovers(
    as moved: [OutgoingRecord: Set<String>]
  ) -> (takeovers: [Place: Offset], moved: [OutgoingRecord: Set<String>]) {
    var takeovers: [Place: Offset] = [:]
    var given: [OutgoingRecord: Set<String>] = [:]
    for (event, said) in said.joined() {
      let brought = moved[event.record] ?? []
      for ticket in brought.union([said.ticketTakenOver?.text].compactMap { $0 }) {
        let place = Place(customer: event.key, ticket: ticket)
        takeovers[place] = min(takeovers[place] ?? event.offset, event.offset)
      }
      for record in event.expected where record.said?.envelope.type == EventType.customerMoved.rawValue {
        // Either it goes on to a third id, or it is all that was known here.
        if case .customerMoved = said.body {
          given[record] = brought
        } else {
          given[record] = Set(takeovers.keys.filter { $0.customer == event.key }.map(\.ticket))
        }
      }
    }
    return (takeovers, given)
  }

  // MARK: What is known in the end does not depend on how the logs lay to one another

  private var ends: [String] {
    var target: [CustomerID: CustomerID] = [:]
    for case .customerLinked(let link) in upstream.map(\.body) { target[link.customer] = link.linkedTo }
    func end(of customer: CustomerID) -> CustomerID { target[customer].map(end) ?? customer }
    let told = Dictionary(grouping: upstream.filter { $0.customer != nil }) { end(of: $0.customer!) }
    let shelves = shelves
    return told.keys.sorted().flatMap { customer in
      let context = shelves.lazy.compactMap { $0.context(of: customer) }.first
      return faults(of: context, told[customer]!).map {
        "What is known in the end is what was told under all ids: \($0) of \(customer.text)"
      }
    }
      + target.keys.sorted().filter { customer in
        shelves.contains { $0.context(of: customer).map { !$0.cases.isEmpty || !$0.orders.isEmpty } ?? false }
      }.map { "What was known under an id that is linked is at the other: \($0.text)" }
  }

  private func faults(of context: CustomerContext?, _ told: [Event]) -> [String] {
    var newest: [OrderID: (at: Timestamp, status: OrderUpdated.Status)] = [:]
    for event in told {
      guard case .orderUpdated(let order) = event.body, newest[order.order].map({ $0.at < event.envelope.time }) ?? true
      else { continue }
      newest[order.order] = (event.envelope.time, order.status)
    }
    let optsOut = told.contains { if case .customerChanged = $0.body { true } else { false } }
    let takenOver = Set(context?.cases.filter(\.humanHasCase).map(\.ticket) ?? [])
    let orders = Dictionary(uniqueKeysWithValues: context?.orders.map { ($0.order, $0.status) } ?? [])
    return [
      (takenOver == Set(told.compactMap(\.ticketTakenOver)), "the takeovers"),
      ((context?.consent.automation == false) == optsOut, "the consent"),
      (orders == newest.mapValues(\.status), "the orders"),
    ].filter { !$0.0 }.map(\.1)
  }

  /// What the last contexts say.
  private var shelves: [Shelf] {
    let processor = DeskWorkload().processor
    return evidence.expectedTables.enumerated().map { partition, table in
      var shelf = processor.makeState(partition: Int32(partition))
      let source = TopicPartition(processor.table!.name, Int32(partition))
      for record in table.values { processor.restore(record.read(at: 0, in: source), into: &shelf) }
      return shelf
    }
  }
}

extension Event {
  fileprivate var isMessageOfCustomer: Bool {
    switch body {
    case .ticketOpened: true
    case .ticketMessage(let message): message.author == .customer
    default: false
    }
  }
}
