internal import Events

/// Where each statement of a case summary comes from: words of the message, an order, the history, the customer's record or
/// the policy.
struct CaseSources {
  let decision: DecisionMade
  let tier: Redacted?
  let orders: [CaseSummarised.OrderFacts]
  /// Whether an order changed and nobody wrote.
  let isOrderChange: Bool

  var statements: [CaseSummarised.Statement: [CaseSummarised.Source]] {
    [
      .headline: (tier == nil ? [] : [.init(.customerRecord)]) + wish + subject,
      .wants: wish,
      .feels: feeling,
      .cause: decision.cause == "none" ? [] : subject,
      .unknown: (isOrderChange ? [] : [.init(.text)]) + (subject.isEmpty ? [.init(.customerRecord)] : subject),
      .recommendedAction: [.init(.policy)] + subject,
      .reason: handOver,
    ]
  }

  private var subject: [CaseSummarised.Source] {
    orders.filter(\.isSubject).map { .init(.order, order: $0.order, asOf: $0.asOf) }
  }

  /// What the message adds nothing to was read from an earlier one.
  private var wish: [CaseSummarised.Source] {
    let wish = decision.facts.first { $0.name == "intent" }?.value.text ?? "none"
    guard decision.reading.intent != nil || wish == "none", !isOrderChange else { return [.init(.history)] }
    return [text(of: [.intent])]
  }

  private var feeling: [CaseSummarised.Source] {
    if isOrderChange { return [.init(.history)] }
    return [text(of: [.feeling, .emphasis])] + (decision.trajectory == "first" ? [] : [.init(.history)])
  }

  private func text(of kinds: [Reading.Cue.Kind]) -> CaseSummarised.Source {
    .init(.text, spans: decision.reading.cues.filter { kinds.contains($0.kind) }.map(\.span))
  }

  /// The rule that handed it over, and what its fact rests on.
  private var handOver: [CaseSummarised.Source] {
    let policy = CaseSummarised.Source(.policy)
    switch decision.rule {
    case "tripwire.human_has_case", "tripwire.repeat_contact", "tripwire.falling": return [policy, .init(.history)]
    case "tripwire.opt_out": return [policy, .init(.customerRecord)]
    case "tripwire.high_value_request": return [policy] + wish + subject
    case let rule where rule.hasPrefix("tripwire."):
      let name = String(rule.dropFirst("tripwire.".count))
      let spans = decision.reading.signals.first { $0.name == name }?.spans ?? []
      return [policy, .init(.text, spans: spans)]
    default: return [policy] + wish + subject
    }
  }
}
