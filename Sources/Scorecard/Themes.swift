internal import Events

extension Report {
  /// What went wrong, by kind and matter, most often first.
  static func themes(_ card: Scorecard) -> [Theme] {
    var tickets: [[String]: [String]] = [:]
    for (journey, resolution) in card.journeys {
      for kind in troubles(journey, resolution, patience: card.rule.silence, asOf: card.asOf) {
        tickets[[kind, journey.intent], default: []].append(journey.ticket.text)
      }
    }
    return tickets.map { key, tickets in
      Theme(kind: key[0], intent: key[1], count: tickets.count, tickets: Array(tickets.prefix(3)))
    }.sorted { ($1.count, $0.kind, $0.intent) < ($0.count, $1.kind, $1.intent) }
  }

  private static func troubles(
    _ journey: Journey, _ resolution: Resolution, patience: Int64, asOf now: Timestamp
  ) -> [String] {
    var kinds: [String] = []
    if resolution.isTakenBack { kinds.append("came_back") }
    if journey.misroutedTo != nil { kinds.append("misrouted") }
    if journey.moments.contains(where: { $0.kind == .promiseBroken }) { kinds.append("promise_broken") }
    if journey.abandoned(after: patience, asOf: now) != nil { kinds.append("prompt_abandoned") }
    if journey.repetitions > 0 { kinds.append("repeated_themselves") }
    let judgements = journey.judgements
    if judgements.contains(where: { ($0.satisfaction ?? 1) < 0.5 }) { kinds.append("unhappy") }
    if judgements.contains(where: { $0.intrusion == true }) { kinds.append("intrusive") }
    if judgements.contains(.handover(needed: false)) { kinds.append("handed_over_in_vain") }
    return kinds
  }

  /// How many journeys people are asked to read.
  static let sampleSize = 24

  /// Journeys of every corner: one of each matter, first action and end, in turns until there are enough. Which one is chosen by the ticket's
  /// digest, so that the sample is the same for the same range and depends on nothing else.
  static func sample(_ card: Scorecard) -> [Sample] {
    var strata: [[String]: [(digest: String, item: Scorecard.Item)]] = [:]
    for item in card.journeys {
      let key = [item.journey.intent, item.journey.decisions.first?.action.rawValue ?? "", item.resolution.name]
      strata[key, default: []].append((Digest256(of: item.journey.ticket.text.utf8).hex, item))
    }
    let ordered = strata.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map {
      $0.value.sorted { $0.digest < $1.digest }
    }
    var sample: [Sample] = []
    for turn in 0..<(ordered.map(\.count).max() ?? 0) where sample.count < sampleSize {
      // The rarest corners come first: they are what nobody sees otherwise.
      for stratum in ordered.sorted(by: { ($0.count, $0[0].digest) < ($1.count, $1[0].digest) })
      where turn < stratum.count && sample.count < sampleSize {
        sample.append(Sample(stratum[turn].item))
      }
    }
    return sample
  }
}

extension Report.Sample {
  init(_ item: Scorecard.Item) {
    self.init(
      ticket: item.journey.ticket.text, intent: item.journey.intent, channel: item.journey.channel.rawValue,
      end: item.resolution.name, steps: item.journey.moments.compactMap(Self.step))
  }

  private static func step(_ moment: Moment) -> String? {
    switch moment.kind {
    case .opened: "customer opened"
    case .written(let author): "\(author.rawValue) wrote"
    case .status(let status): "set to \(status.rawValue)"
    case .moved(let queue): "moved to \(queue)"
    case .decided(let decision):
      "Heed: \(decision.action.rawValue)" + (decision.queue.map { " to \($0)" } ?? "") + " (\(decision.rule))"
    case .judged(let judgement): step(judgement)
    case .promiseBroken: "a promised update did not come"
    }
  }

  private static func step(_ judgement: Judgement) -> String? {
    switch judgement {
    case .satisfaction(let score): "satisfaction \(Int((score * 100).rounded())) of 100"
    case .handover(let isNeeded): isNeeded ? "handover was needed" : "handover was not needed"
    case .outcome(let isReached): isReached ? "outcome reached" : "outcome not reached"
    case .journey(let label): "found \(label.rawValue)"
    case .rework: "rework"
    case .minutesSaved, .reason: nil
    }
  }
}

extension Resolution {
  /// `open`, `silent`, `confirmed` or `taken_back`.
  var name: String {
    switch self {
    case .open: "open"
    case .silent: "silent"
    case .confirmed: "confirmed"
    case .takenBack: "taken_back"
    }
  }
}
