import Events
import Policy
import Testing

@testable import Triage

/// Every written conversation again, with one thing changed that must not matter, or that must be survived.
@Suite struct ChangedConversationsTests {
  private static let conversations = Conversation.written.conversations

  /// What was decided, without what is only about where it is sent.
  private func decided(_ steps: [PlayedStep]) -> [[String?]] {
    steps.map(\.outputs).map {
      [$0.action, $0.step, $0.queue, $0.rule, $0.cause, $0.urgency, $0.decision?.string("dueBy")] + $0.tripwires
    }
  }

  @Test(arguments: ["email", "chat", "web", "phone", "social", "sms", "api"])
  func theSameWordsAreDecidedAlikeWhateverTheChannel(channel: String) {
    for conversation in Self.conversations {
      let plain = decided(conversation.played())
      #expect(decided(conversation.playedWithMessages { $0.channel = channel }) == plain, "\(conversation.name)")
    }
  }

  /// Twins in name only: not a byte of any decision may differ.
  @Test(arguments: ["Kemi Adebayo", "Fatima al-Sayed", "Wei Zhang", "Dmitri Ivanov", "Jane Smith"])
  func whoTheCustomerSeemsToBeChangesNothing(name: String) {
    for conversation in Self.conversations {
      let twins = [name, nil].map { name in
        conversation.playedWithMessages { $0.name = name }.map { $0.outputs.decision?.event.data }
      }
      #expect(twins[0] == twins[1], "\(conversation.name)")
    }
  }

  /// As if no order and no disruption were ever heard of: everything is still decided, and nothing is made up.
  @Test func withoutAnyOrderEveryMessageIsStillDecidedAndNothingIsMadeUp() throws {
    var counts: [String: Int] = [:]
    for conversation in Self.conversations {
      let steps = conversation.played { happening in
        switch happening {
        case .order, .disruption: nil
        default: happening
        }
      }
      for step in steps where step.isMessage {
        let decision = try #require(step.outputs.decision, "\(conversation.name)")
        counts[step.outputs.action ?? "", default: 0] += 1
        #expect(step.outputs.action != "resolve", "\(conversation.name)")
        #expect(decision.string("orderId") == nil && step.outputs.cause == "none")
        if ["none", "unknown_number"].contains(step.outputs.fact("order")) {
          #expect(decision.string("context") != "complete", "\(conversation.name)")
        }
        guard step.outputs.action == "hand_off" else { continue }
        #expect(step.outputs.queue.flatMap { pipeline.policy.queues[$0] } != nil && step.outputs.summary != nil)
        #expect(decision.string("dueBy") != nil)
      }
    }
    #expect(counts["hand_off", default: 0] > 120 && counts["clarify", default: 0] > 30, "\(counts)")
  }
}
