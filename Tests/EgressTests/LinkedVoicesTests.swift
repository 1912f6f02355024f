import Classifier
import Events
import Policy
import Shipped
import Streams
import Testing
import Triage

@testable import Egress

/// One ticket under two ids of a customer. Between the link and the event that moves what was known, the log of the second id knows nothing of what
/// stood under the first: triage may propose there what a person's takeover forbids, and egress holds it back.
@Suite struct LinkedVoicesTests {
  @Test(arguments: [Takeover.written, .assigned], [true, false])
  func aReplyBetweenALinkAndWhatItMovesIsHeldBack(takeover: Takeover, isBeforeTheLink: Bool) throws {
    var desk = try Desk()
    try desk.tell("desk:7", .orderUpdated, Desk.order)
    if isBeforeTheLink { try desk.tell("desk:7", takeover.type, takeover.data) }
    try desk.tell("desk:7", .customerLinked, #""linkedTo":"mail""#)
    // After the link it is passed on, too; and that as well stands in the other log behind the message.
    if !isBeforeTheLink { try desk.tell("desk:7", takeover.type, takeover.data) }
    try desk.tell("mail", .orderUpdated, Desk.order)
    try desk.tell("mail", .ticketOpened, Desk.question)
    let reply = try #require(desk.replies.first, "triage cannot know, or there is nothing to hold back")

    let updates = try desk.sent(reply)
    #expect(updates.map { $0["data", "purpose"]?.text } == ["withheld", "tags"])
    #expect(updates.first?["data", "withheld"]?.text == "human_has_case")
    // From the event on that brings it, triage is silent itself.
    try desk.bringWhatWasMoved()
    try desk.tell("mail", .ticketMessage, Desk.again)
    #expect(desk.replies.count == 1)
  }

  /// What the guarantee does not say: egress goes by what its listener has read, and knows people by tickets.
  @Test func whatTheListenerHasNotReadCannotBeHeldBack() throws {
    var desk = try Desk()
    try desk.tell("desk:7", .ticketUpdated, Takeover.assigned.data)
    try desk.tell("desk:7", .customerLinked, #""linkedTo":"mail""#)
    try desk.tell("mail", .orderUpdated, Desk.order)
    try desk.tell("mail", .ticketOpened, Desk.question)
    let reply = try #require(desk.replies.first)
    desk.heard = []
    #expect(try desk.sent(reply).map { $0["data", "purpose"]?.text } == ["reply"])
  }

  /// Nor what was never anybody's takeover of that ticket: an opt-out is a customer's, and what egress has is tickets.
  @Test func anOptOutUnderTheOtherIDIsKnownOnlyWithWhatIsMoved() throws {
    var desk = try Desk()
    try desk.tell("desk:7", .customerChanged, #""consent":{"automation":false}"#)
    try desk.tell("desk:7", .customerLinked, #""linkedTo":"mail""#)
    try desk.tell("mail", .orderUpdated, Desk.order)
    try desk.tell("mail", .ticketOpened, Desk.question)
    let reply = try #require(desk.replies.first)
    #expect(try desk.sent(reply).map { $0["data", "purpose"]?.text } == ["reply"])
    try desk.bringWhatWasMoved()
    try desk.tell("mail", .ticketMessage, Desk.again)
    #expect(desk.replies.count == 1)
  }
}

/// How a person takes over.
enum Takeover: Sendable {
  case written, assigned

  var type: EventType { self == .written ? .ticketMessage : .ticketUpdated }
  var data: String {
    self == .written
      ? #""ticketId":"zendesk:5158","author":{"kind":"agent"},"body":"Hello, Ann here.""#
      : #""ticketId":"zendesk:5158","status":"open","changedBy":"human""#
  }
}

/// Triage with a log for each id, and the two halves of egress.
private struct Desk {
  static let question =
    #""ticketId":"zendesk:5158","channel":"email","body":"Where is my order LL-20411?""#
  static let again =
    #""ticketId":"zendesk:5158","author":{"kind":"customer"},"body":"And where is my order LL-20411 now?""#
  static let order =
    #""orderId":"LL-20411","status":"in_transit","carrier":"Swift Parcel","trackingNumber":"JD0146000038283","#
    + #""promisedBy":"2026-03-04T08:00:00Z","estimatedDelivery":"2026-03-04T00:00:00Z","#
    + #""lastScanAt":"2026-03-02T05:00:00Z""#

  private let pipeline: TicketPipeline
  private let listener = VoiceProcessor(catalogue: Catalogue())
  private var shelves: [String: Shelf] = [:]
  private var moved: [Event] = []
  private var count = 0
  private(set) var replies: [OutputEvent] = []
  /// What the listener has written of all that was told.
  var heard: [OutgoingRecord] = []

  init() throws {
    pipeline = TicketPipeline(
      reader: ModelReader(try Model(bytes: Shipped.model)), policy: try PolicyDocument(yaml: Shipped.policy))
  }

  mutating func tell(_ customer: String, _ type: EventType, _ data: String) throws {
    let time = morning.adding(seconds: Int64(60 * count))
    let line =
      #"{"specversion":"1.0","id":"e\#(count)","source":"/desk","type":"\#(type.rawValue)","time":"\#(time.rfc3339)","#
      + #""partitionkey":"\#(customer)","data":{"customerId":"\#(customer)",\#(data)}}"#
    try read(Array(line.utf8), under: customer)
  }

  /// The log of the second id is read on.
  mutating func bringWhatWasMoved() throws {
    for event in moved { try read(EventEncoder.structured(event), under: try #require(event.customer).text) }
    moved = []
  }

  private mutating func read(_ line: [UInt8], under customer: String) throws {
    let event = try EventDecoder.decode(structured: line)
    let outputs = pipeline.process(
      event, at: Offset(count), shelf: &shelves[customer, default: Shelf(partition: 0)], passedOn: &moved)
    replies += outputs.filter { $0.type == .resolutionProposed }
    var headers = Headers()
    headers.append("content-type", "application/cloudevents+json")
    var partition = listener.makeState(partition: 0)
    listener.process(
      Record(
        source: TopicPartition("heed.events.v1", 0), offset: Offset(count), key: Array(customer.utf8), headers: headers,
        value: line), state: &partition, outputs: &heard)
    count += 1
  }

  /// What egress asks of the ticketing system for `reply`, as structured events.
  func sent(_ reply: OutputEvent) throws -> [JSONTree] {
    let catalogue = Catalogue()
    let speaker = EgressProcessor(
      targets: [try target("vendor: zendesk")], queues: ["delivery"], catalogue: catalogue, group: "g")
    var voices = speaker.makeState(partition: 0)
    for (offset, record) in heard.enumerated() {
      speaker.restore(
        Record(
          source: TopicPartition(catalogue.voices.name, 0), offset: Offset(offset), key: record.key,
          headers: record.headers, value: record.value), into: &voices)
    }
    var outputs: [OutgoingRecord] = []
    speaker.process(record(reply), state: &voices, outputs: &outputs)
    return outputs.map { JSONTree.object([JSONTree.Field("data", update($0))]) }
  }
}
