internal import Events

extension FactName {
  /// All words that the fact can be, apart from those a policy itself brings in (its intents and languages); `nil` where the
  /// words come from outside and any can occur (a shop's tiers).
  static func vocabulary(of fact: FactName) -> [String]? {
    switch fact {
    case .intent: ["none"]
    case .confidence: ["none"] + Reading.Band.allCases.map(\.rawValue)
    case .abstention: ["none"] + Reading.Abstention.allCases.map(\.rawValue)
    case .language: nil
    case .trajectory: ["first", "steady", "falling", "rising"]
    case .pressure: Reading.Pressure.allCases.map(\.rawValue)
    case .signals: Reading.signalNames
    case .order: ["named", "single", "likely", "ambiguous", "unknown_number", "none", "not_meant"]
    case .orderStatus: ["none"] + OrderUpdated.Status.allCases.map(\.rawValue)
    case .cause:
      [
        "none", "disruption", "disruption_overdue", "carrier_delay", "carrier_delay_dated", "address_problem",
        "payment_hold", "hold", "exception", "delivery_attempted", "returning", "unknown_status", "lost_scan",
        "dispatch_delay", "delivered_not_received",
      ]
    case .refund: ["none", "pending", "completed", "unknown"]
    case .context: DecisionMade.ContextState.allCases.map(\.rawValue)
    case .tier: nil
    case .channel: Channel.allCases.map(\.rawValue)
    case .moment: ["opened", "message", "reopened"]
    case .arm: Arm.allCases.map(\.rawValue)
    case .sentiment, .late, .repeatContact, .highValue, .automationAllowed, .questionsAsked, .answersGiven,
      .humanHasCase:
      []
    }
  }
}
