/// What is measured, with its definition. Everybody who shows a number takes its meaning from here (D14).
public enum KPI: String, Sendable, Hashable, CaseIterable {
  case taskCompletion = "task_completion"
  case timeToResolution = "time_to_resolution"
  case misroutes
  case escalationPrecision = "escalation_precision"
  case repeatContact = "repeat_contact"
  case satisfaction
  case abandonedPrompts = "abandoned_prompts"
  case turnsAfterReply = "turns_after_reply"
  case repetitions
  case minutesSaved = "minutes_saved"
  case rework
  case sentimentLift = "sentiment_lift"
  case silentResolutions = "silent_resolutions"
  case automated
  case brokenPromises = "broken_promises"
  case intrusive

  /// Goes up whenever the meaning of a measure changes: values of different versions are not compared.
  public static let definitionVersion = 1

  /// Which way is better.
  public enum Direction: String, Sendable, Hashable {
    case up, down
    /// It explains others and is no aim of its own.
    case neither
  }

  /// What it is called.
  public var title: String {
    switch self {
    case .taskCompletion: "Task completion"
    case .timeToResolution: "Time to resolution"
    case .misroutes: "Misroutes"
    case .escalationPrecision: "Escalation precision"
    case .repeatContact: "Repeat contact"
    case .satisfaction: "Satisfaction"
    case .abandonedPrompts: "Abandoned prompts"
    case .turnsAfterReply: "Turns after the reply"
    case .repetitions: "Customers who repeat themselves"
    case .minutesSaved: "Minutes saved"
    case .rework: "Handovers with rework"
    case .sentimentLift: "Change of feeling"
    case .silentResolutions: "Resolved by silence"
    case .automated: "Answered by automation"
    case .brokenPromises: "Broken promises"
    case .intrusive: "Intrusive journeys"
    }
  }

  /// How it is computed.
  public var definition: String {
    switch self {
    case .taskCompletion:
      "Tickets that are resolved and were not taken back, of all that were opened. Resolved is what the customer, an agent or the ticket's state says, or an answer followed by three days of silence."
    case .timeToResolution: "From the first message to the resolution, in event time; median and 90th percentile."
    case .misroutes: "Tickets whose queue a person changed, of all that were handed over."
    case .escalationPrecision: "Handovers that were necessary, of all on which an agent gave a verdict."
    case .repeatContact:
      "Resolved tickets to which the customer came back within a week with the same matter (and order, where both name one), of all that were ever resolved."
    case .satisfaction: "Mean of thumbs and scores from 0 (not at all) to 1 (entirely)."
    case .abandonedPrompts:
      "Questions of ours that were left without an answer for three days, of all tickets in which we asked."
    case .turnsAfterReply: "Messages of the customer after automation first answered or asked; mean over those tickets."
    case .repetitions:
      "Tickets in which, after our answer, the customer said it again or did not understand, of all in which automation answered or asked."
    case .minutesSaved: "Minutes of work that agents noted as removed, less those noted as created."
    case .rework: "Handovers of which an agent noted that the work had to be done again, of all handovers."
    case .sentimentLift:
      "Feeling in the last message less feeling in the first, on five levels; mean over tickets with several messages."
    case .silentResolutions: "Resolutions that nobody confirmed, of all resolutions. They are provisional."
    case .automated: "Tickets whose first decision was an answer to the customer, of all."
    case .brokenPromises: "Tickets in which \"next update by\" passed in silence, of all."
    case .intrusive: "Journeys that a reader found intrusive, or of which a customer said so, of all that were judged."
    }
  }

  /// Which way is better.
  public var direction: Direction {
    switch self {
    case .taskCompletion, .escalationPrecision, .satisfaction, .minutesSaved, .sentimentLift: .up
    case .timeToResolution, .misroutes, .repeatContact, .abandonedPrompts, .turnsAfterReply, .repetitions, .rework,
      .brokenPromises, .intrusive:
      .down
    case .silentResolutions, .automated: .neither
    }
  }

  /// The measure without which this one misleads: fast answers that bring customers back are a failure (D9).
  public var pair: KPI {
    switch self {
    case .taskCompletion: .satisfaction
    case .timeToResolution: .repeatContact
    case .misroutes: .escalationPrecision
    case .escalationPrecision: .misroutes
    case .repeatContact: .timeToResolution
    case .satisfaction: .taskCompletion
    case .abandonedPrompts: .turnsAfterReply
    case .turnsAfterReply: .repetitions
    case .repetitions: .turnsAfterReply
    case .minutesSaved: .rework
    case .rework: .minutesSaved
    case .sentimentLift: .repeatContact
    case .silentResolutions: .repeatContact
    case .automated: .repeatContact
    case .brokenPromises: .satisfaction
    case .intrusive: .automated
    }
  }
}
