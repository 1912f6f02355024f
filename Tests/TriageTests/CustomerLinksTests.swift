import Events
import Foundation
import Streams
import TestSupport
import Testing

@testable import Triage

/// Every customer's log by itself, read at its own pace, as if each stood in another partition of another worker.
private struct Logs {
  private(set) var written: [CustomerID: [[UInt8]]] = [:]
  private var read: [CustomerID: Int] = [:]
  private var shelves: [CustomerID: Shelf] = [:]
  private(set) var outputs: [CustomerID: [[UInt8]]] = [:]
  private(set) var decisions: [String: Int] = [:]
  /// In which tickets people have taken over, as each log has told it so far.
  private var takenOver: [CustomerID: Set<TicketID>] = [:]
  private var moved: [String: Set<TicketID>] = [:]
  /// Replies in a ticket whose takeover stood in the same log before.
  private(set) var repliesAfterTakeover = 0
  private(set) var replies = 0

  var unread: [CustomerID] { written.keys.filter { read[$0, default: 0] < written[$0]!.count }.sorted() }

  mutating func write(_ line: [UInt8], to customer: CustomerID) { written[customer, default: []].append(line) }

  mutating func readNext(of customer: CustomerID) throws {
    let place = read[customer, default: 0]
    let line = written[customer]![place]
    read[customer] = place + 1
    let event = try EventDecoder.decode(structured: line)
    var passedOn: [Event] = []
    let made = pipeline.process(
      event, digest: EventDigest(structured: line), at: Offset(place),
      shelf: &shelves[customer, default: Shelf(partition: 0)], passedOn: &passedOn)
    shelves[customer]!.accept()
    note(event, under: customer, passedOn)
    for output in made {
      outputs[customer, default: []].append(output.structured())
      if output.type == .decisionMade { decisions[event.envelope.id, default: 0] += 1 }
      if output.type == .resolutionProposed {
        replies += 1
        if takenOver[customer, default: []].contains(TicketID(output.key)) { repliesAfterTakeover += 1 }
      }
    }
    for event in passedOn { write(EventEncoder.structured(event), to: try #require(event.customer)) }
  }

  private mutating func note(_ event: Event, under customer: CustomerID, _ passedOn: [Event]) {
    if case .customerLinked = event.body, let brought = passedOn.first {
      moved[brought.envelope.id] = takenOver.removeValue(forKey: customer) ?? []
    } else if case .customerMoved = event.body, passedOn.isEmpty {
      takenOver[customer, default: []].formUnion(moved[event.envelope.id] ?? [])
    } else if let ticket = event.ticketTakenOver, passedOn.isEmpty {
      takenOver[customer, default: []].insert(ticket)
    }
  }

  mutating func readAll(_ dice: inout Dice) throws {
    while let customer = unread.isEmpty ? nil : dice.pick(unread) { try readNext(of: customer) }
  }

  func context(_ customer: String) -> CustomerContext? {
    shelves[CustomerID(customer)]?.context(of: CustomerID(customer))
  }

  /// What comes out if the logs are read again as they were written.
  func replayed() throws -> [CustomerID: [[UInt8]]] {
    var again: [CustomerID: [[UInt8]]] = [:]
    for (customer, lines) in written {
      var shelf = Shelf(partition: 0)
      for (place, line) in lines.enumerated() {
        let event = try EventDecoder.decode(structured: line)
        let made = pipeline.process(
          event, digest: EventDigest(structured: line), at: Offset(place), shelf: &shelf)
        if !made.isEmpty { again[customer, default: []] += made.map { $0.structured() } }
      }
    }
    return again
  }
}

/// A customer as three systems tell of them: by accounts of two, and by an address.
private struct Person {
  let ids: [String]
  let tickets = ["T1", "T2", "T3"]
  private(set) var told: [(customer: CustomerID, line: [UInt8])] = []
  private var count = 0

  init(ids: [String] = ["desk:7", "shop:8", "mail"]) { self.ids = ids }

  mutating func tell(_ type: EventType, by id: String, _ data: [String: Any]) {
    count += 1
    let line = Line(
      type, key: id, id: "e\(count)", at: hour(0).adding(seconds: Int64(60 * count)),
      data.merging(["customerId": id]) { $1 })
    told.append((CustomerID(id), line.bytes))
  }

  mutating func link(_ id: String, to target: String) { tell(.customerLinked, by: id, ["linkedTo": target]) }

  mutating func write(_ body: String, in ticket: String, by id: String, author: String = "customer") {
    tell(.ticketMessage, by: id, ["ticketId": ticket, "author": ["kind": author], "body": body])
  }

  mutating func order(_ order: String, _ status: String, by id: String) {
    let state = OrderState.with { $0.status = status }
    tell(.orderUpdated, by: id, state.data.merging(["orderId": order]) { $1 })
  }

  /// Any of the things that happen to customers.
  mutating func live(_ dice: inout Dice) {
    let (id, ticket) = (dice.pick(ids), dice.pick(tickets))
    switch dice.roll(10) {
    case 0: write("I will look into it.", in: ticket, by: id, author: "agent")
    case 1: tell(.ticketUpdated, by: id, ["ticketId": ticket, "status": "open", "changedBy": "human"])
    case 2...3: order(dice.pick(["LL-20411", "LL-20412"]), dice.pick(["in_transit", "shipped", "delivered"]), by: id)
    case 4 where dice.roll(4) == 0: tell(.customerChanged, by: id, ["consent": ["automation": false]])
    default: write("Where is my order LL-20411?", in: ticket, by: id)
    }
  }
}

@Suite struct CustomerLinksTests {
  /// Writes what was told, each id's events in their order, while the logs are read: both at any pace.
  private func play(_ person: Person, _ dice: inout Dice) throws -> Logs {
    var logs = Logs()
    var waiting = Dictionary(grouping: person.told, by: \.customer)
    while true {
      let sources = waiting.filter { !$0.value.isEmpty }.keys.sorted()
      if sources.isEmpty, logs.unread.isEmpty { return logs }
      if !sources.isEmpty, logs.unread.isEmpty || dice.roll(2) == 0 {
        let source = dice.pick(sources)
        logs.write(waiting[source]!.removeFirst().line, to: source)
      } else {
        try logs.readNext(of: dice.pick(logs.unread))
      }
    }
  }

  private func takeovers(in context: CustomerContext?) -> Set<String> {
    Set(context?.cases.filter(\.humanHasCase).map(\.ticket.text) ?? [])
  }

  private func messages(of person: Person) throws -> [String] {
    try person.told.compactMap { told in
      let event = try EventDecoder.decode(structured: told.line)
      guard case .ticketMessage(let message) = event.body, message.author == .customer else { return nil }
      return event.envelope.id
    }
  }

  @Test(arguments: 0..<120) func whateverTheOrderOfTwoLogsNothingIsLostAndNoMachineSpeaksAfterAPerson(seed: UInt64)
    throws
  {
    var dice = Dice(seed: seed)
    var person = Person()
    for _ in 0..<dice.roll(12) { person.live(&dice) }
    person.link("desk:7", to: "mail")
    for _ in 0..<dice.roll(8) { person.live(&dice) }
    person.link("shop:8", to: "mail")
    if dice.roll(2) == 0 { person.link("desk:7", to: "mail") }
    for _ in 0..<dice.roll(12) { person.live(&dice) }
    let logs = try play(person, &dice)

    for message in try messages(of: person) { #expect(logs.decisions[message] == 1, "\(message)") }
    #expect(logs.repliesAfterTakeover == 0)
    #expect(try logs.replayed() == logs.outputs, "the same log gives the same bytes")
    for id in ["desk:7", "shop:8"] {
      let left = logs.context(id)
      #expect(left?.link == .to(CustomerID("mail")) && left?.cases.isEmpty != false && left?.orders.isEmpty != false)
    }

    let all = try person.told.map { try EventDecoder.decode(structured: $0.line) }
    let known = logs.context("mail")
    #expect(takeovers(in: known) == Set(all.compactMap { $0.ticketTakenOver?.text }))
    let optsOut = all.contains { if case .customerChanged = $0.body { true } else { false } }
    #expect((known?.consent.automation == false) == optsOut)
    var newest: [OrderID: OrderUpdated.Status] = [:]
    for case .orderUpdated(let order) in all.map(\.body) { newest[order.order] = order.status }
    #expect(Dictionary(uniqueKeysWithValues: known?.orders.map { ($0.order, $0.status) } ?? []) == newest)
  }

  @Test func theSeedsHaveRepliesToForbid() throws {
    var dice = Dice(seed: 1)
    var person = Person()
    person.order("LL-20411", "in_transit", by: "desk:7")
    person.write("Where is my order LL-20411?", in: "T1", by: "desk:7")
    #expect(try play(person, &dice).replies == 1)
    person.write("Hello, Ann here.", in: "T1", by: "desk:7", author: "agent")
    person.link("desk:7", to: "mail")
    person.write("Where is my order LL-20411?", in: "T1", by: "desk:7")
    #expect(try play(person, &dice).replies == 1, "the takeover went over with the case")
  }

  @Test func whatWasUnderTheIDIsKnownToTheFirstEventThatIsPassedOn() throws {
    var dice = Dice(seed: 3)
    var person = Person()
    person.order("LL-20411", "in_transit", by: "desk:7")
    person.write("Where is my order LL-20411?", in: "T1", by: "desk:7")
    person.link("desk:7", to: "mail")
    person.write("And where is it now?", in: "T1", by: "desk:7")
    let logs = try play(person, &dice)
    let kinds = try logs.written[CustomerID("mail")]!.map { try EventDecoder.decode(structured: $0).envelope.type }
    #expect(kinds == ["heed.customer.moved.v1", "heed.ticket.message.v1"])
    let context = try #require(logs.context("mail"))
    #expect(context.orders.map(\.order.text) == ["LL-20411"] && context.aliases == [CustomerID("desk:7")])
    #expect(context.cases.first?.answersGiven ?? 0 >= 1, "the turns that were used are not given again")
  }

  /// A ring of links is none: all of it comes together under one of the ids, the same for every order of reading, and goes to people.
  @Test(arguments: 0..<60, [["a", "b"], ["a", "b", "c"]]) func linksThatLeadRoundEndAtOneID(
    seed: UInt64, ring: [String]
  ) throws {
    var dice = Dice(seed: seed)
    var person = Person(ids: ring)
    for _ in 0..<6 { person.live(&dice) }
    for (place, id) in ring.enumerated() { person.link(id, to: ring[(place + 1) % ring.count]) }
    for _ in 0..<6 { person.live(&dice) }
    let logs = try play(person, &dice)
    for message in try messages(of: person) { #expect(logs.decisions[message] == 1) }
    #expect(logs.repliesAfterTakeover == 0)
    let holders = ring.filter { logs.context($0)?.link == .disputed }
    #expect(holders.count == 1)
    let all = try person.told.map { try EventDecoder.decode(structured: $0.line) }
    #expect(takeovers(in: holders.first.flatMap(logs.context)) == Set(all.compactMap { $0.ticketTakenOver?.text }))
    for id in ring where id != holders.first { #expect(logs.context(id)?.cases.isEmpty == true) }
  }

  @Test(arguments: 0..<20) func aChainOfLinksLeadsToItsEnd(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    var person = Person(ids: ["a", "b", "c"])
    for _ in 0..<6 { person.live(&dice) }
    person.link("a", to: "b")
    person.link("b", to: "c")
    for _ in 0..<6 { person.live(&dice) }
    let logs = try play(person, &dice)
    for message in try messages(of: person) { #expect(logs.decisions[message] == 1) }
    #expect(Set(logs.context("c")?.aliases ?? []) == [CustomerID("a"), CustomerID("b")])
    #expect(logs.repliesAfterTakeover == 0)
  }

  @Test func aChainThatIsTooLongEndsAndLosesNothing() throws {
    var dice = Dice(seed: 5)
    let ids = (0..<12).map { "id-\($0)" }
    var person = Person(ids: ids)
    for (id, next) in zip(ids, ids.dropFirst()) { person.link(id, to: next) }
    person.write("Where is my order LL-20411?", in: "T1", by: "id-0")
    let logs = try play(person, &dice)
    #expect(logs.decisions.values.map { $0 } == [1])
  }

  @Test func anIDOfTwoCustomersIsNobodysAndNoMachineAnswersIt() throws {
    var dice = Dice(seed: 6)
    var person = Person(ids: ["phone", "mail-1", "mail-2"])
    person.order("LL-20411", "in_transit", by: "phone")
    person.link("phone", to: "mail-1")
    person.link("phone", to: "mail-2")
    person.write("Where is my order LL-20411?", in: "T1", by: "phone")
    let logs = try play(person, &dice)
    #expect(logs.replies == 0 && logs.decisions.count == 1)
    #expect(logs.context("phone")?.link == .disputed)
    #expect(logs.context("mail-1")?.orders.count == 1, "what was moved stays")
    #expect(logs.context("mail-2") == nil)
  }

  @Test(arguments: ["desk:7", "shop:8", "mail"]) func whoAsksToBeForgottenUnderOneIDIsForgottenUnderAll(id: String)
    throws
  {
    var dice = Dice(seed: 7)
    var person = Person()
    for _ in 0..<9 { person.live(&dice) }
    person.link("desk:7", to: "mail")
    person.link("shop:8", to: "mail")
    for _ in 0..<9 { person.live(&dice) }
    var logs = Logs()
    for told in person.told { logs.write(told.line, to: told.customer) }
    try logs.readAll(&dice)
    #expect(logs.context("mail")?.aliases.count == 2)
    logs.write(
      Line(.customerErased, key: id, id: "erase", at: hour(9), ["customerId": id]).bytes, to: CustomerID(id))
    try logs.readAll(&dice)
    for id in person.ids { #expect(logs.context(id) == nil, "\(id)") }
  }

  @Test func whatCannotBeReadMayHaveBeenAnythingSoNoMachineAnswers() throws {
    var desk = Desk()
    desk.order()
    desk.tell(
      Line(
        .customerMoved, key: "C1", id: "m", at: hour(1), source: "/heed/triage",
        ["customerId": "C1", "movedFrom": "C0", "context": Data([99, 1, 2]).base64EncodedString()]))
    #expect(desk.open("Where is my order LL-20411?").resolution == nil)
    #expect(desk.context()?.consent.automation == false)
  }

  @Test func aRepeatedMoveChangesNothing() throws {
    var dice = Dice(seed: 8)
    for _ in 0..<200 {
      var (one, other) = (CustomerContext.half(&dice), CustomerContext.half(&dice))
      one.merge(other)
      let once = one
      one.merge(other)
      #expect(one == once)
    }
  }

  /// Of two contexts, what keeps a machine silent is in both orders of merging.
  @Test func theMergeOfTwoIsAsSilentAsEither() {
    var dice = Dice(seed: 9)
    for _ in 0..<300 {
      var (one, other) = (CustomerContext.random(&dice), CustomerContext.random(&dice))
      for index in one.cases.indices { one.cases[index].ticket = TicketID("T\(index)") }
      for index in other.cases.indices { other.cases[index].ticket = TicketID("T\(index)") }
      var (left, right) = (one, other)
      left.merge(other)
      right.merge(one)
      #expect(left.consent == right.consent && left.tier == right.tier && left.lastSeen == right.lastSeen)
      #expect(left.consent.automation != true || one.consent.automation != false && other.consent.automation != false)
      for known in one.cases + other.cases {
        guard let here = left.cases.first(where: { $0.ticket == known.ticket }),
          let there = right.cases.first(where: { $0.ticket == known.ticket })
        else { return #expect(Bool(false), "a case is gone") }
        #expect(here.humanHasCase == there.humanHasCase && (here.humanHasCase || !known.humanHasCase))
        #expect(here.epoch == there.epoch && here.epoch >= known.epoch)
        #expect(here.questionsAsked == there.questionsAsked && here.questionsAsked >= known.questionsAsked)
        #expect(here.answersGiven == there.answersGiven && here.answersGiven >= known.answersGiven)
        #expect(!here.isSolved || known.isSolved)
        #expect(known.dueBy.map { due in here.dueBy.map { $0 <= due } ?? false } ?? true)
      }
      #expect(left.cases.count <= 8 && left.orders.count <= 12 && left.applied.count <= 48)
    }
  }

  @Test func theProcessorWritesWhatBelongsElsewhereIntoTheEvents() throws {
    let processor = TriageProcessor(pipeline: pipeline, catalogue: Catalogue(), group: "heed-triage")
    var shelf = processor.makeState(partition: 0)
    var outputs: [OutgoingRecord] = []
    let link = Line(.customerLinked, key: "desk:7", id: "l", at: hour(1), ["customerId": "desk:7", "linkedTo": "mail"])
    processor.process(link.record(at: 0), state: &shelf, outputs: &outputs)
    let written = try #require(outputs.first)
    #expect(outputs.count == 1 && written.topic == "heed.events.v1" && written.partition == nil)
    let event = try EventDecoder.decode(
      Record(
        source: TopicPartition("heed.events.v1", 1), offset: 0, key: written.key, headers: written.headers,
        value: written.value))
    #expect(event.customer?.text == "mail" && event.envelope.source == "/heed/triage")
    guard case .customerMoved(let moved) = event.body else { return #expect(Bool(false)) }
    #expect(moved.movedFrom.text == "desk:7" && CustomerContext(bytes: moved.context) != nil)
  }

  @Test func theFilterPassesOnAtOnceAndKnowsWhatItHasPassedOn() throws {
    var dice = Dice(seed: 10)
    var person = Person()
    person.order("LL-20411", "in_transit", by: "desk:7")
    person.link("desk:7", to: "mail")
    person.write("Where is my order LL-20411?", in: "T1", by: "desk:7")
    var filter = TriageFilter(pipeline: pipeline)
    let outputs = person.told.flatMap { filter.process(line: $0.line) }
    #expect(outputs.contains { String(decoding: $0, as: UTF8.self).contains("heed.resolution.proposed.v1") })
    for line in try play(person, &dice).written[CustomerID("mail")]! { #expect(filter.process(line: line).isEmpty) }
  }
}

extension CustomerContext {
  /// A context of which two are within the limits: some of their orders and cases are the same ones.
  fileprivate static func half(_ dice: inout Dice) -> CustomerContext {
    var context = random(&dice)
    let shift = dice.roll(4)
    context.orders = Array(context.orders.prefix(6))
    for index in context.orders.indices { context.orders[index].order = OrderID("O\(index + shift)") }
    context.cases = Array(context.cases.prefix(4))
    for index in context.cases.indices { context.cases[index].ticket = TicketID("T\(index + shift)") }
    context.applied = Array(context.applied.prefix(Limits.applied / 2))
    context.aliases = (0..<dice.roll(4)).map { CustomerID("id-\($0 + shift)") }
    return context
  }
}
