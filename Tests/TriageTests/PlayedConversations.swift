import Events

@testable import Triage

/// One step of a written conversation as it went: the desk before it, and what came out.
struct PlayedStep {
  let conversation: Conversation
  let happening: Conversation.Happening
  let before: Desk
  let outputs: Outputs

  /// All steps of all conversations, known faults too: what must always hold, holds there as well.
  nonisolated(unsafe) static let all = Conversation.written.conversations.flatMap { $0.played() }  // Never changed.

  /// Whether a customer wrote.
  var isMessage: Bool { message != nil }

  var message: Conversation.Message? {
    if case .customer(let message) = happening { message } else { nil }
  }
}

extension Conversation {
  /// Plays the conversation with every step changed; a step that becomes `nil` does not happen.
  func played(by triage: TicketPipeline = pipeline, _ change: (Happening) -> Happening? = { $0 }) -> [PlayedStep] {
    var player = Player(triage)
    return steps.compactMap { step in
      guard let happening = change(step.happening) else { return nil }
      let before = player.desk
      return PlayedStep(
        conversation: self, happening: happening, before: before, outputs: player.play(happening))
    }
  }

  /// Plays it with every message of a customer changed.
  func playedWithMessages(_ change: (inout Message) -> Void) -> [PlayedStep] {
    played { happening in
      guard case .customer(var message) = happening else { return happening }
      change(&message)
      return .customer(message)
    }
  }
}
