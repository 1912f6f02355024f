internal import Events

extension Scorecard {
  typealias Item = (journey: Journey, resolution: Resolution)

  /// Each KPI is a sum over journeys, so that the value of a whole is made of its parts.
  static func measure(_ kpi: KPI, of items: [Item], patience: Int64, asOf now: Timestamp) -> Measure {
    switch kpi {
    case .taskCompletion: share(items) { $0.resolution.time != nil }
    case .timeToResolution:
      .seconds(
        Spread(
          items.compactMap { item in item.resolution.time.map { Double($0.seconds(since: item.journey.began)) } }))
    case .misroutes: share(items.filter { $0.journey.queue != nil }) { $0.journey.misroutedTo != nil }
    case .escalationPrecision: judged(items) { if case .handover(let isNeeded) = $0 { isNeeded } else { nil } }
    case .repeatContact: share(items.filter(\.resolution.wasReached)) { $0.resolution.isTakenBack }
    case .satisfaction: .mean(Spread(items.flatMap { $0.journey.judgements.compactMap(\.satisfaction) }))
    case .abandonedPrompts:
      share(items.filter { item in item.journey.decisions.contains { $0.action == .clarify } }) {
        $0.journey.abandoned(after: patience, asOf: now) != nil
      }
    case .turnsAfterReply: .mean(Spread(items.compactMap { $0.journey.turnsAfterReply.map(Double.init) }))
    case .repetitions: share(items.filter { $0.journey.firstReply != nil }) { $0.journey.repetitions > 0 }
    case .minutesSaved: minutes(items)
    case .rework: share(items.filter { $0.journey.queue != nil }) { $0.journey.judgements.contains(.rework) }
    case .sentimentLift:
      .mean(Spread(items.compactMap { $0.journey.sentimentChange.map { Double($0.last - $0.first) } }))
    case .silentResolutions: share(items.filter { $0.resolution.time != nil }) { $0.resolution.isSilent }
    case .automated:
      share(items.filter { !$0.journey.decisions.isEmpty }) { $0.journey.decisions[0].action == .resolve }
    case .brokenPromises: share(items) { $0.journey.moments.contains { $0.kind == .promiseBroken } }
    case .intrusive: judged(items) { $0.intrusion }
    }
  }

  private static func share(_ items: [Item], _ isHit: (Item) -> Bool) -> Measure {
    .share(Share(hits: items.count(where: isHit), total: items.count))
  }

  /// The share of judgements that `verdict` holds for, of those on which it says anything.
  private static func judged(_ items: [Item], _ verdict: (Judgement) -> Bool?) -> Measure {
    var share = Share()
    for item in items {
      for judgement in item.journey.judgements { if let hit = verdict(judgement) { share.count(hit) } }
    }
    return .share(share)
  }

  private static func minutes(_ items: [Item]) -> Measure {
    let minutes = items.flatMap(\.journey.judgements).compactMap { judgement -> Double? in
      if case .minutesSaved(let minutes) = judgement { minutes } else { nil }
    }
    return .sum(minutes.reduce(0, +), of: minutes.count)
  }
}

extension Resolution {
  fileprivate var wasReached: Bool { self != .open }

  var isTakenBack: Bool { if case .takenBack = self { true } else { false } }

  fileprivate var isSilent: Bool { if case .silent = self { true } else { false } }
}

extension Judgement {
  var satisfaction: Double? { if case .satisfaction(let score) = self { score } else { nil } }

  /// Whether somebody found it too much; `nil` where that is not what the judgement is about.
  var intrusion: Bool? {
    switch self {
    case .journey(let label): label == .intrusive
    case .reason(let reason): ["creepy", "intrusive", "too_personal"].contains(reason) ? true : nil
    default: nil
    }
  }
}
