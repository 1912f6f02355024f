import Events
import Foundation
import Testing

@testable import Triage

/// Written conversations, played through the pipeline with the shipped model and the default policy. Their expectations are a
/// support lead's, not the program's: where the two differ and the program is wrong, it stands in `known-faults.yaml`.
@Suite struct ConversationTests {
  @Test func everyFileCanBeRead() {
    let (conversations, problems) = Conversation.written
    #expect(problems.isEmpty)
    #expect(conversations.count { !$0.isKnownFault } >= 125)
  }

  @Test func everyConversationSaysWhatItHoldsAndChecksSomething() {
    for conversation in Conversation.written.conversations {
      let source = conversation.place.source
      let steps = conversation.steps
      #expect(!conversation.rows.isEmpty, sourceLocation: source)
      #expect(conversation.rows.allSatisfy { $0.wholeMatch(of: /[A-F]\d+/) != nil }, sourceLocation: source)
      #expect(steps.contains { $0.expectation != nil }, sourceLocation: source)
      // A fault is named beside what is wanted instead, and only where faults are kept.
      #expect(conversation.isKnownFault == steps.contains { $0.fault != nil }, sourceLocation: source)
      #expect(steps.allSatisfy { $0.fault == nil || $0.expectation != nil }, sourceLocation: source)
    }
    let names = Conversation.written.conversations.map(\.name)
    #expect(Set(names).count == names.count, "two conversations have one name")
  }

  @Test(arguments: Conversation.written.conversations)
  func isAnsweredAsACarefulLeadWants(conversation: Conversation) {
    var player = Player()
    for step in conversation.steps {
      let outputs = player.play(step.happening)
      guard let expectation = step.expectation else { continue }
      if let fault = step.fault {
        // Only this step may fail: what stands before it must still hold.
        withKnownIssue(Comment(rawValue: fault)) { check(outputs, expectation, step.place) }
      } else {
        check(outputs, expectation, step.place)
      }
    }
  }

  private func check(_ outputs: Outputs, _ expectation: Conversation.Expectation, _ place: Conversation.Place) {
    var story: Comment { "decided: \(outputs.story)" }
    for name in Conversation.Expectation.names {
      guard let wanted = expectation.parts[name] else { continue }
      let got = outputs.part(name)
      #expect(got == wanted, story, sourceLocation: place.source)
    }
    if let wanted = expectation.tripwire {
      #expect(outputs.tripwires.contains(wanted), story, sourceLocation: place.source)
    }
    if let wanted = expectation.tripwires {
      #expect(Set(outputs.tripwires) == Set(wanted), story, sourceLocation: place.source)
    }
    if let wanted = expectation.insights {
      #expect(outputs.insights.map { $0.string("kind") } == wanted, sourceLocation: place.source)
    }
    // Whatever is decided: who is handed over hears nothing from a machine, and who is answered is not handed over.
    #expect((outputs.action == "hand_off") == (outputs.summary != nil), sourceLocation: place.source)
    #expect(
      ["resolve", "clarify", "notify"].contains(outputs.action) == (outputs.resolution != nil),
      sourceLocation: place.source)
  }
}

/// Tells a desk what happens in a conversation.
struct Player {
  private(set) var desk: Desk
  private var opened: Set<String> = []

  init(_ triage: TicketPipeline = pipeline) { desk = Desk(triage) }

  mutating func play(_ happening: Conversation.Happening) -> Outputs {
    let now = desk.now
    switch happening {
    case .customer(let message):
      return opened.insert(message.ticket).inserted ? open(message) : write(message)
    case .agent(let body, let ticket, let customer):
      return tell(
        .ticketMessage, customer,
        ["ticketId": ticket, "customerId": customer, "author": ["kind": "agent"], "body": body])
    case .update(let update):
      var data = ["ticketId": update.ticket, "customerId": update.customer, "changedBy": update.author]
      data["status"] = update.status
      data["queue"] = update.queue
      data["assignee"] = update.assignee
      return tell(.ticketUpdated, update.customer, data)
    case .order(let order): return tell(.orderUpdated, order.customer, order.data(at: now))
    case .disruption(let disruption): return tell(.disruptionDeclared, "*", disruption.data(at: now))
    case .consent(let automation, let personalization, let customer):
      var consent: [String: Bool] = [:]
      consent["automation"] = automation
      consent["personalization"] = personalization
      return tell(.customerChanged, customer, ["customerId": customer, "consent": consent])
    case .later(let hours):
      desk.later(hours: hours)
      return tell(.timePassed, "*", [:])
    case .erasure(let customer): return tell(.customerErased, customer, ["customerId": customer])
    }
  }

  private mutating func open(_ message: Conversation.Message) -> Outputs {
    var data: [String: Any] = [
      "ticketId": message.ticket, "customerId": message.customer, "channel": message.channel,
      "subject": message.subject ?? "", "body": message.body, "orderIds": message.orders,
    ]
    data["locale"] = message.locale
    var requester: [String: String] = [:]
    requester["name"] = message.name
    requester["tier"] = message.tier
    data["requester"] = requester
    var consent: [String: Bool] = [:]
    consent["automation"] = message.automation
    consent["personalization"] = message.personalization
    data["consent"] = consent
    return tell(.ticketOpened, message.customer, data)
  }

  private mutating func write(_ message: Conversation.Message) -> Outputs {
    tell(
      .ticketMessage, message.customer,
      [
        "ticketId": message.ticket, "customerId": message.customer, "author": ["kind": "customer"],
        "body": message.body,
      ])
  }

  private mutating func tell(_ type: EventType, _ key: String, _ data: [String: Any]) -> Outputs {
    desk.tell(Line(type, key: key, id: "e\(desk.lines.count)", at: desk.now, data))
  }
}

extension Outputs {
  /// A part of the decision by its name in an `expect`.
  fileprivate func part(_ name: String) -> String? {
    switch name {
    case "action": action
    case "step": step
    case "queue": queue
    case "urgency": urgency
    case "cause": cause
    case "order": decision?.string("orderId")
    case "language": resolution?.string("language")
    default: nil
    }
  }

  /// The decision in one line, for a failure.
  fileprivate var story: String {
    let parts = Conversation.Expectation.names.map { "\($0)=\(part($0) ?? "-")" }
    let facts = decision?.data["facts"] as? [String: Any] ?? [:]
    let telling = ["intent", "confidence", "abstention", "sentiment", "trajectory", "pressure", "signals", "order"]
      .map { name in "fact.\(name)=\(facts[name].map { "\($0)" } ?? "-")" }
    return (parts + ["rule=\(rule ?? "-")", "tripwires=\(tripwires)"] + telling).joined(separator: " ")
  }
}
