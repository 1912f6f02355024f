internal import Classifier
internal import Events
internal import Policy
package import Streams
internal import Synchronization
package import Triage
internal import Shipped

/// The real pipeline, with the policy and the model that are shipped, on small stories: orders that move, customers who write, people
/// who take over, disruptions and time for all, and now and then something that cannot be read.
package struct DeskWorkload: Workload {
  static let policy = try! PolicyDocument(yaml: Shipped.policy)
  private static let reader = RememberedReader(try! Model(bytes: Shipped.model))
  static let catalogue = Catalogue()

  package let processor = TriageProcessor(
    pipeline: TicketPipeline(reader: reader, policy: policy), catalogue: catalogue, group: "heed")
  package let outputTopics: [String]

  package init() {
    let inputs = [Self.catalogue.events.name, Self.catalogue.contexts.name]
    outputTopics = Self.catalogue.specifications(queues: Self.policy.queues.keys.sorted(), partitions: 1).map(\.name)
      .filter { !inputs.contains($0) }
  }

  static let bodies = [
    "Where is my order?", "Where is my order LL-%-1?", "I want a refund for LL-%-1!!!", "thanks, all good", "hmm",
    "I am furious, third time I write", "Wo ist meine Bestellung?", "Please cancel my order LL-%-1", "ok",
    "My lawyer will call", "The kettle is broken", "help",
  ]

  package func events(_ count: Int, partitions: Int, _ dice: inout Dice) -> [OutgoingRecord] {
    let customers = (0..<dice.roll(3...8)).map { "C\($0)" }
    return (0..<count).flatMap { number -> [OutgoingRecord] in
      let customer = dice.pick(customers)
      let ticket = "T-\(customer)-\(number / 12)"
      let body = dice.pick(Self.bodies).split(separator: "%", omittingEmptySubsequences: false).joined(
        separator: customer)
      let about = #""ticketId":"\#(ticket)","customerId":"\#(customer)""#
      switch dice.roll(20) {
      case 0...4:
        let status = dice.pick(["in_transit", "delivered", "exception", "packed", "delayed"])
        return one(
          number, .orderUpdated, customer, partitions,
          #""orderId":"LL-\#(customer)-1","customerId":"\#(customer)","status":"\#(status)","carrier":"Swift Parcel","#
            + #""region":"UK-North","promisedBy":"\#(DeskEvents.time(number + 48))","estimatedDelivery":"\#(DeskEvents.time(number + 40))","#
            + #""lastScanAt":"\#(DeskEvents.time(number - 3))""#)
      case 5...10:
        return one(number, .ticketOpened, customer, partitions, about + #","channel":"email","body":"\#(body)""#)
      case 11...14:
        return one(
          number, .ticketMessage, customer, partitions, about + #","author":{"kind":"customer"},"body":"\#(body)""#)
      case 15:
        return one(
          number, .ticketMessage, customer, partitions,
          about + #","author":{"kind":"agent"},"body":"I will see to it.""#)
      case 16:
        return one(
          number, .ticketUpdated, customer, partitions,
          about + #","status":"open","assignee":"mei","changedBy":"human""#)
      case 17:
        let declared =
          #""disruptionId":"d\#(number)","carrier":"Swift Parcel","region":"UK-North","from":"2026-03-01T00:00:00Z","#
        return DeskEvents.broadcast(
          number, .disruptionDeclared, partitions,
          declared + #""cause":"severe weather","nextUpdateBy":"\#(DeskEvents.time(number + 8))""#)
      case 18: return DeskEvents.broadcast(number, .timePassed, partitions, "")
      default:
        return [DeskEvents.record(#"{"id":"e\#(number)", and then no more"#, customer, partitions)]
      }
    }
  }

  private func one(
    _ number: Int, _ type: EventType, _ customer: String, _ partitions: Int, _ data: String
  ) -> [OutgoingRecord] {
    [DeskEvents.one("e\(number)", number, type, customer, partitions, data)]
  }

  // MARK: For the checkers, which read the bytes and know nothing of the pipeline

  package func fingerprint(of state: Shelf) -> UInt64? { nil }

  /// What stands behind `"id":"`, which every event here begins with.
  package func id(of event: OutgoingRecord) -> String {
    String(decoding: (event.value ?? []).dropFirst(7).prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
  }

  package func cause(of output: OutgoingRecord) -> String? {
    output.topic == Self.catalogue.deadLetters.name ? id(of: output) : output.headers.text("ce_causationid")
  }

  package func takenOver(by event: OutgoingRecord) -> String? {
    let text = String(decoding: event.value ?? [], as: UTF8.self)
    guard text.contains(#""kind":"agent""#) || text.contains(#""changedBy":"human""#),
      let name = text.firstRange(of: #""ticketId":""#)
    else { return nil }
    return String(text[name.upperBound...].prefix { $0 != "\"" })
  }

  package func voice(of output: OutgoingRecord) -> String? {
    output.topic == Self.catalogue.resolutions.name ? String(decoding: output.key ?? [], as: UTF8.self) : nil
  }
}

/// Reads each text once: without optimisation reading costs a hundred times what it costs in a release.
private final class RememberedReader: TicketReader {
  private let reader: ModelReader
  private let readings = Mutex<[Message: Reading]>([:])

  init(_ model: Model) { reader = ModelReader(model) }

  var version: String { reader.version }

  func read(_ message: Message) -> Reading {
    if let known = readings.withLock({ $0[message] }) { return known }
    let reading = reader.read(message)
    readings.withLock { $0[message] = reading }
    return reading
  }
}
