internal import Events
package import Streams
package import Triage

/// How ids are linked.
package enum LinkShape: String, Sendable, CaseIterable {
  /// Each account to the address, or one account to the next and that to the address.
  case trees
  /// Some of them round in a ring, or one to two people.
  case tangles
}

/// The real pipeline on people whom several systems tell of, each by an id of its own: they write about one ticket under any of their ids, and
/// sooner or later links say which ids are one person. So what is known moves between logs that other workers read, while those crash.
///
/// What must hold beyond what must hold of any work is what `CustomerLinks.swift` guarantees; `LinkPromises` looks for it.
package struct LinkedDesk<P: Processor>: Workload where P.State == Shelf {
  package let processor: P
  /// Where links lead round, part of what an id told is still on its way round when its next event is decided on.
  package var keepsOrder: Bool { shape == .trees }
  package let outputTopics: [String]
  private let shape: LinkShape

  /// - Parameter processor: what the workers run and the fold is made of, made from the real one: a test may break it.
  package init(_ shape: LinkShape, processor: (TriageProcessor) -> P) {
    let desk = DeskWorkload()
    self.shape = shape
    self.processor = processor(desk.processor)
    outputTopics = desk.outputTopics
  }

  // MARK: What happens

  package func events(_ count: Int, partitions: Int, _ dice: inout Dice) -> [OutgoingRecord] {
    let people = (0..<dice.roll(2...4)).map { LinkedPerson("P\($0)", shape, &dice) }
    var links = people.flatMap { person in person.links.map { (dice.roll(count), $0) } }
    // Some systems tell a link with everything they tell.
    links += links.filter { _ in dice.chance(300) }.map { (dice.roll(count), $0.1) }
    let told = Dictionary(grouping: links, by: \.0).mapValues { $0.map(\.1) }
    return (0..<count).flatMap { number -> [OutgoingRecord] in
      let linked = (told[number] ?? []).enumerated().map { place, link in
        one("l\(number).\(place)", number, .customerLinked, link.from, partitions, #""linkedTo":"\#(link.to)""#)
      }
      return linked + event(number, of: dice.pick(people), partitions, &dice)
    }
  }

  private func event(
    _ number: Int, of person: LinkedPerson, _ partitions: Int, _ dice: inout Dice
  ) -> [OutgoingRecord] {
    let id = dice.pick(person.ids)
    let ticket = #""ticketId":"T-\#(person.name)-\#(number / 24)""#
    let body = dice.pick(DeskWorkload.bodies).replacing("%", with: person.name)
    func tell(_ type: EventType, _ data: String) -> [OutgoingRecord] {
      [one("e\(number)", number, type, id, partitions, data)]
    }
    switch dice.roll(20) {
    case 0...4:
      let status = dice.pick(["in_transit", "delivered", "exception", "packed", "delayed"])
      return tell(
        .orderUpdated,
        #""orderId":"LL-\#(person.name)-1","status":"\#(status)","carrier":"Swift Parcel","region":"UK-North","#
          + #""promisedBy":"\#(DeskEvents.time(number + 48))","estimatedDelivery":"\#(DeskEvents.time(number + 40))""#)
    case 5...9: return tell(.ticketOpened, ticket + #","channel":"email","body":"\#(body)""#)
    case 10...14: return tell(.ticketMessage, ticket + #","author":{"kind":"customer"},"body":"\#(body)""#)
    case 15: return tell(.ticketMessage, ticket + #","author":{"kind":"agent"},"body":"I will see to it.""#)
    case 16: return tell(.ticketUpdated, ticket + #","status":"open","assignee":"mei","changedBy":"human""#)
    case 17 where dice.chance(250): return tell(.customerChanged, #""consent":{"automation":false}"#)
    default: return DeskEvents.broadcast(number, .timePassed, partitions, "")
    }
  }

  private func one(
    _ id: String, _ number: Int, _ type: EventType, _ customer: String, _ partitions: Int, _ data: String
  ) -> OutgoingRecord {
    DeskEvents.one(id, number, type, customer, partitions, #""customerId":"\#(customer)","# + data)
  }

  // MARK: For the checkers

  package func fingerprint(of state: Shelf) -> UInt64? { nil }

  /// What was passed on keeps its id, so here the way it went tells it from the original.
  package func id(of event: OutgoingRecord) -> String {
    guard let said = event.said else { return "?" }
    return said.envelope.passage.text.map { "\(said.envelope.id)>\($0)" } ?? said.envelope.id
  }

  package func cause(of output: OutgoingRecord) -> String? {
    isPassedOn(output) ? id(of: output) : output.headers.text("ce_causationid")
  }

  package func isPassedOn(_ event: OutgoingRecord) -> Bool {
    event.topic == processor.input.name && event.said.map { $0.envelope.passage != Passage() } ?? false
  }

  // A conversation here is in several logs, between which there is no order but that of what moves: `LinkPromises` knows of it.

  package func takenOver(by event: OutgoingRecord) -> String? { nil }
  package func voice(of output: OutgoingRecord) -> String? { nil }

  package func violations(of evidence: Evidence) -> [String] {
    LinkPromises(evidence, endsAreCertain: shape == .trees).violations
  }
}

extension LinkedDesk where P == TriageProcessor {
  /// With the real processor.
  package init(_ shape: LinkShape) { self.init(shape) { $0 } }
}

/// Somebody with three ids, and the links that tell so.
private struct LinkedPerson {
  let name: String
  let ids: [String]
  var links: [(from: String, to: String)]

  init(_ name: String, _ shape: LinkShape, _ dice: inout Dice) {
    self.name = name
    ids = ["\(name)-desk", "\(name)-shop", "\(name)-mail"]
    links = [(ids[0], dice.pick([ids[1], ids[2]])), (ids[1], ids[2])]
    guard shape == .tangles else { return }
    links.append(dice.pick([(ids[2], ids[0]), (ids[1], ids[0]), (ids[0], "P0-mail"), (ids[1], "P1-desk")]))
  }
}

extension OutgoingRecord {
  /// The event that it holds.
  var said: Event? { value.flatMap { try? EventDecoder.decode(structured: $0) } }
}
