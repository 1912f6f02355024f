internal import Events
internal import Policy

/// Where each statement of a case summary comes from: words of the message, an order, the history, the customer's record or
/// the policy.
struct CaseSources {
  private let rendering: CaseRendering
  private let subject: [CaseSummarised.Source]
  private let wish: [CaseSummarised.Source]

  /// - Parameter order: the one that the case is about.
  init(of rendering: CaseRendering, subject order: CaseSummarised.OrderFacts?) {
    self.rendering = rendering
    subject = order.map { [.init(.order, order: $0.order, asOf: $0.asOf)] } ?? []
    // What the message adds nothing to was read from an earlier one.
    let wish = rendering.decision.facts.first { $0.name == "intent" }?.value.text ?? "none"
    let isRead =
      (rendering.decision.reading.intent != nil || wish == "none") && !rendering.renderer.situation.isOrderChange
    self.wish = isRead ? [Self.text(of: [.intent], in: rendering.decision.reading)] : [.init(.history)]
  }

  private var tier: Redacted? { rendering.renderer.context.tier }
  /// Whether an order changed and nobody wrote.
  private var isOrderChange: Bool { rendering.renderer.situation.isOrderChange }

  var statements: [CaseSummarised.Statement: [CaseSummarised.Source]] {
    [
      .headline: (tier == nil ? [] : [.init(.customerRecord)]) + wish + subject,
      .wants: wish,
      .feels: feeling,
      .cause: rendering.decision.cause == "none" ? [] : subject,
      .unknown: (isOrderChange ? [] : [.init(.text)]) + (subject.isEmpty ? [.init(.customerRecord)] : subject),
      .recommendedAction: [.init(.policy)] + subject,
      .reason: handOver,
    ]
  }

  private var feeling: [CaseSummarised.Source] {
    if isOrderChange { return [.init(.history)] }
    let words = Self.text(of: [.feeling, .emphasis], in: rendering.decision.reading)
    return rendering.decision.trajectory == "first" ? [words] : [words, .init(.history)]
  }

  private static func text(of kinds: [Reading.Cue.Kind], in reading: Reading) -> CaseSummarised.Source {
    .init(.text, spans: reading.cues.filter { kinds.contains($0.kind) }.map(\.span))
  }

  /// The rule that handed it over, and what its fact rests on.
  private var handOver: [CaseSummarised.Source] {
    let policy = CaseSummarised.Source(.policy)
    switch rendering.decision.rule {
    case "tripwire.human_has_case", "tripwire.repeat_contact", "tripwire.falling": return [policy, .init(.history)]
    case "tripwire.opt_out": return [policy, .init(.customerRecord)]
    case let rule where rule == rendering.renderer.policy.experiment?.rule: return [policy]
    case "tripwire.high_value_request": return [policy] + wish + subject
    case let rule where rule.hasPrefix("tripwire."):
      let name = String(rule.dropFirst("tripwire.".count))
      let spans = rendering.decision.reading.signals.first { $0.name == name }?.spans ?? []
      return [policy, .init(.text, spans: spans)]
    default: return [policy] + wish + subject
    }
  }
}
