import Events
import Testing

@testable import Intake

@Suite struct VendorTests {
  static let openings = [
    "zendesk_trigger_created", "zendesk_event_created", "freshdesk_created", "freshdesk_created_codes",
    "zammad_created",
    "intercom_created", "mapping_created",
  ]
  static let words = """
    Hello,

    where is my order 1047? It should have been here on Monday.

    Kind regards
    Mara
    """

  @Test(arguments: openings) func aNewTicketSaysTheSameWhoeverTellsIt(name: String) throws {
    let events = try told(name)
    #expect(events.count == 1)
    let ticket = try #require(opened(events.first))
    #expect(ticket.subject == "Where is my parcel?")
    #expect(ticket.body == Self.words)
    #expect(ticket.channel == .email)
    // Zammad's webhooks have no tags.
    #expect(ticket.tags.first == (name == "zammad_created" ? nil : "parcel"))
    let isByID = name == "zendesk_event_created"
    #expect(ticket.customer.text == (isByID ? "zendesk:9001" : "email:mara.lind@shop-customer.example"))
    #expect(events[0].envelope.time.rfc3339.hasPrefix("2026-03-04T09:15:00"))
  }

  @Test func aTicketIsNamedAfterItsSystem() throws {
    #expect(opened(try told("zendesk_trigger_created").first)?.ticket.text == "zendesk:35436")
    var settings = plainShop
    settings.name = "zendesk-eu"
    let event = try told("zendesk_trigger_created", settings: settings)[0]
    #expect(opened(event)?.ticket.text == "zendesk-eu:35436")
    #expect(event.envelope.source == "/zendesk-eu")
  }

  @Test(arguments: openings) func anIDIsTheSameAsTextAndAsNumber(name: String) throws {
    let fixture = Fixture(name)
    var intake = Intake(fixture.source, settings: plainShop)
    let one = try intake.take(fixture.bytes)
    func turned(_ tree: JSONTree) -> JSONTree {
      switch tree {
      case .object(let fields): .object(fields.map { JSONTree.Field($0.name, turned($0.value)) })
      case .array(let elements): .array(elements.map(turned))
      case .number(let digits): .string(digits)
      default: tree
      }
    }
    var writer = JSONWriter()
    turned(fixture.tree).write(to: &writer)
    #expect(try intake.take(writer.bytes) == one)
  }

  /// Where a desk has a field for it; a word that is none of ours is no device that we know.
  @Test(
    arguments: ["zendesk_trigger_created", "freshdesk_created", "zammad_created", "intercom_conversation"],
    [("Mobile phone", DeviceClass.phone), ("PC", .desktop), ("tablet", .tablet), ("fridge", .unknown)])
  func aTicketSaysWhatItWasWrittenOn(name: String, told: (word: String, device: DeviceClass)) throws {
    let field = JSONTree.object([JSONTree.Field("device", .string(told.word))])
    func with(_ tree: JSONTree?) -> JSONTree {
      guard case .object(let fields)? = tree, case .object(let more) = field else { return field }
      return .object(fields + more)
    }
    let fixture = Fixture(name)
    let payload =
      switch name {
      case "intercom_conversation": fixture.replacing("custom_attributes", with: field)
      case "freshdesk_created": fixture.replacing("freshdesk_webhook", with: with(fixture.tree["freshdesk_webhook"]))
      default: fixture.replacing("ticket", with: with(fixture.tree["ticket"]))
      }
    var intake = Intake(fixture.source, settings: plainShop)
    #expect(opened(try intake.take(payload).first)?.device == told.device)
    #expect(opened(try intake.take(fixture.bytes).first)?.device == nil)
  }

  // MARK: Who writes

  @Test(arguments: [
    ("zendesk_event_comment_staff", TicketMessage.Author.agent), ("zendesk_event_comment_customer", .customer),
    ("freshdesk_reply", .agent), ("zammad_agent_reply", .agent), ("zammad_customer_reply", .customer),
    ("intercom_admin_initiated", .agent),
  ])
  func aMessageSaysWhoWroteAndIsNoTicket(name: String, author: TicketMessage.Author) throws {
    let events = try told(name)
    #expect(message(events.first)?.author == author)
    #expect(events.allSatisfy { opened($0) == nil })
  }

  @Test(arguments: ["zendesk_event_comment_note", "intercom_fin"]) func whatIsPrivateTellsNothing(name: String) throws {
    #expect(try told(name).isEmpty)
  }

  @Test func aNoteInZammadIsNoMessageButMayChangeTheTicket() throws {
    let events = try told("zammad_note")
    #expect(events.count == 1)
    #expect(updated(events.first)?.changedBy == .human)
  }

  @Test(arguments: ["zendesk_event_status", "freshdesk_status"]) func whatAPersonSetsIsAHumansValue(name: String) throws
  {
    let update = try #require(updated(try told(name).first))
    #expect(update.changedBy == .human && update.status == .solved)
  }

  @Test(
    arguments: [
      ("zendesk_event_status", "agent/zendesk:77"), ("zendesk_trigger_group", "agent/zendesk:77"),
      ("freshdesk_status", nil), ("freshdesk_group", "agent/freshdesk:43001234567890123"),
      ("zammad_note", "agent/zammad:5"), ("zammad_agent_reply", "agent/zammad:5"),
      ("intercom_conversation", "agent/intercom:274"), ("intercom_ticket_state", "agent/intercom:274"),
    ] as [(String, String?)])
  func whatAPersonSetsSaysWhichOfThem(name: String, agent: String?) throws {
    let updates = try told(name).compactMap(updated)
    #expect(!updates.isEmpty && updates.allSatisfy { $0.changedBy == .human && $0.agent == agent }, "\(updates)")
  }

  @Test func anAgentIsAPseudonymOfTheirOwn() throws {
    func agent(_ byte: UInt8, name: String? = nil) throws -> String? {
      let identity = CustomerIdentity(.keyed([UInt8](repeating: byte, count: 16)))
      return updated(
        try told("zendesk_event_status", settings: IntakeSettings(identity: identity, name: name)).first)?.agent
    }
    // HMAC-SHA256 of `agent/zendesk:77` under sixteen bytes 0x01, computed with openssl.
    #expect(try agent(1) == "a_13ac0496e581fea8b583d96895305b14")
    #expect(try agent(1) != agent(2), "who has no key cannot try accounts out")
    #expect(try agent(1) != agent(1, name: "zendesk-eu"), "an account belongs to its system")
  }

  /// Neither a rule, nor the customer, nor an account that can be no id.
  @Test(arguments: ["-1", "9001", "999", String(repeating: "7", count: 2_000), "7\u{1}7"])
  func whoIsNoPersonOfOursHasNoPseudonym(actor: String) throws {
    let detail = try #require(Fixture("zendesk_event_status").tree["detail"])
    guard case .object(let fields) = detail else { return #expect(Bool(false)) }
    let other = JSONTree.object(
      fields.filter { $0.name != "actor_id" } + [JSONTree.Field("actor_id", .string(actor))])
    var intake = Intake(.zendesk, settings: plainShop)
    let update = updated(
      try intake.take(Fixture("zendesk_event_status").replacing("detail", with: other)).first)
    #expect(update != nil && update?.agent == nil)
  }

  @Test func whatOurOwnAccountSetsIsNoTakeover() throws {
    var settings = plainShop
    settings.automationActors = ["77"]
    #expect(updated(try told("zendesk_event_status", settings: settings).first)?.changedBy == .automation)
    #expect(message(try told("zendesk_event_comment_staff", settings: settings).first)?.author == .automation)
  }

  @Test func aTicketThatAnAgentEnteredIsTheAgentsMessage() throws {
    let payload = #"""
      {"event":"ticket.created","ticket":{"id":1,"description":"I called her.","created_at":"2026-03-04T09:15:00Z",
      "requester_id":5,"submitter_id":6}}
      """#
    var intake = Intake(.zendesk, settings: plainShop)
    #expect(message(try intake.take(Array(payload.utf8)).first)?.author == .agent)
  }

  @Test func aTicketThatBeginsWithAPrivateNoteIsNoQuestion() throws {
    let payload = #"""
      {"id":"e1","type":"zen:event-type:ticket.created","time":"2026-03-04T09:15:00Z","event":{},
      "detail":{"id":"1","requester_id":"5","submitter_id":"SUBMITTER","is_public":false,"description":"Call her back."}}
      """#
    var intake = Intake(.zendesk, settings: plainShop)
    func tell(_ submitter: String) throws -> [Event] {
      try intake.take(Array(payload.replacing("SUBMITTER", with: submitter).utf8))
    }
    #expect(try tell("5").isEmpty)
    #expect(message(try tell("6").first)?.author == .agent, "an agent's ticket is theirs")
  }

  @Test func aCustomerOfAFirmThatIsAVIPIsOne() throws {
    guard case .object(let fields)? = Fixture("zammad_created").tree["ticket"] else { return #expect(Bool(false)) }
    func tier(_ organization: JSONTree) throws -> String? {
      let ticket = JSONTree.object(fields + [JSONTree.Field("organization", organization)])
      var intake = Intake(.zammad, settings: plainShop)
      return opened(try intake.take(Fixture("zammad_created").replacing("ticket", with: ticket)).first)?.requester.tier
    }
    #expect(try tier(.object([JSONTree.Field("vip", .boolean(true))])) == "vip")
    for other in [JSONTree.null, .string("vip"), .object([JSONTree.Field("vip", .boolean(false))])] {
      #expect(try tier(other) == nil)
    }
  }

  @Test func aConversationTellsItsPartsAndNotItsNotes() throws {
    let events = try told("intercom_conversation")
    let authors = events.compactMap { message($0)?.author }
    #expect(opened(events.first) != nil)
    #expect(authors == [.agent, .automation, .customer])
    #expect(events.compactMap(updated).map(\.status) == [nil, .solved])
    #expect(events.compactMap(updated).allSatisfy { $0.changedBy == .human })
    #expect(events.allSatisfy { $0.customer?.text == "email:mara.lind@shop-customer.example" })
  }

  @Test func anIntercomTicketIsATicket() throws {
    let ticket = try #require(opened(try told("intercom_ticket").first))
    #expect(ticket.body == Self.words && ticket.customer.text == "email:mara.lind@shop-customer.example")
  }

  @Test func aQuoteIsMarkedAndNotLost() throws {
    #expect(message(try told("zammad_customer_reply").first)?.body == "Any news?\n> We look into it.")
  }

  // MARK: What cannot be mapped

  @Test func anEventNobodyKnowsIsRefused() {
    #expect(throws: IntakeFailure(.unsupportedEvent, path: "/type")) { try told("zendesk_event_unknown_kind") }
  }

  @Test func anUnknownWordIsUnknownAndNeverSolved() throws {
    let payload = #"""
      {"id":"e1","type":"zen:event-type:ticket.status_changed","time":"2026-03-04T09:15:00Z",
      "detail":{"id":1,"requester_id":2,"actor_id":3},"event":{"current":"QUANTUM"}}
      """#
    var intake = Intake(.zendesk, settings: plainShop)
    #expect(updated(try intake.take(Array(payload.utf8)).first)?.status == .unknown)
  }

  @Test(arguments: [
    ("{}", "unsupported_shape"), ("[]", "unsupported_shape"), ("", "empty_record"), ("{", "truncated"),
    (#"{"ticket":{"id":1,"created_at":"soon"}}"#, "bad_value"),
    (#"{"event":"ticket.created","ticket":{"id":1,"created_at":"2026-03-04T09:15:00Z"}}"#, "no_identity"),
    (#"{"event":"ticket.created","ticket":{"requester_id":1,"created_at":"2026-03-04T09:15:00Z"}}"#, "missing_field"),
    (#"{"event":"ticket.created","ticket":{"id":1,"requester_id":1}}"#, "missing_field"),
    (
      #"{"event":"ticket.created","ticket":{"id":"a\u0001","requester_id":1,"created_at":1772615700}}"#,
      "not_canonical_bad_identifier"
    ),
  ])
  func whatCannotBeMappedHasACode(payload: String, code: String) {
    #expect(failure(of: payload, from: .zendesk)?.code.text == code)
  }

  @Test func noFailureHoldsWordsOfAPayload() {
    let payload = #"{"ticket":{"id":"Maren Oduya","created_at":"Maren Oduya","Maren Oduya":1,"requester_id":2}}"#
    let found = failure(of: payload, from: .zendesk)
    #expect(found != nil && !"\(String(describing: found))".contains("Maren"))
  }
}
