public import Events

/// How often alerts were right: of each kind, and of each sign of it, the share of those that can be judged by now.
///
/// An alert says what may come, so what comes judges it, in event time: as soon as it comes the alert was right, and when the window is over
/// without it the alert was wrong. What is still open is counted apart. All of it is a fold of the same records as the journeys.
public struct AlertPrecision: Sendable, Hashable {
  /// What was noticed.
  public let kind: InsightRaised.Kind
  /// By what it showed; `nil` for all alerts of the kind together.
  public let sign: String?
  /// How many were raised.
  public let raised: Int
  /// The right ones, of those that can be judged.
  public let right: Share

  /// Seconds in which a customer comes back angry, if they do.
  static let week: Int64 = 7 * 86_400
  /// Seconds in which a customer leaves, if they do.
  static let month: Int64 = 30 * 86_400
  /// The wishes with which a customer leaves.
  static let leaving: Set<String> = ["cancel_order", "delete_account"]
  /// Signals of a customer who has had enough of waiting.
  static let anger: Set<String> = ["wants_human", "legal_threat", "frustration", "churn"]

  /// When an alert of `kind` counts as right.
  public static func definition(of kind: InsightRaised.Kind) -> String {
    switch kind {
    case .escalationRisk:
      "Right if the deadline passed without a word from a person, or the customer wrote within a week very upset, impatient or asking for a person; wrong after a week without that."
    case .churnRisk:
      "Right if within 30 days after it the customer asked to cancel an order, to delete the account or to be forgotten; wrong after 30 days without that."
    case .friction, .promiseBroken:
      "Right if within a week the customer wrote upset or asked for a person, opened another ticket on the same matter, or judged it badly; wrong after a week without that."
    case .trend, .unequalTreatment:
      "Not judged by one customer's story."
    }
  }

  /// The alerts of `book` that were raised before `until`, judged by what was told up to `asOf`.
  static func all(in book: JourneyBook, until: Timestamp, asOf: Timestamp) -> [AlertPrecision] {
    let stories = Stories(book, asOf: asOf)
    var counts: [Key: (raised: Int, right: Share)] = [:]
    for alert in book.alerts.values where alert.time < until && alert.time <= asOf {
      let verdict = stories.verdict(on: alert)
      for key in Set([Key(kind: alert.kind, sign: nil), Key(kind: alert.kind, sign: alert.sign)]) {
        counts[key, default: (0, Share())].raised += 1
        if let verdict { counts[key]!.right.count(verdict) }
      }
    }
    return counts.sorted { $0.key < $1.key }.map {
      AlertPrecision(kind: $0.key.kind, sign: $0.key.sign, raised: $0.value.raised, right: $0.value.right)
    }
  }

  private struct Key: Hashable, Comparable {
    let kind: InsightRaised.Kind
    let sign: String?
    static func < (a: Self, b: Self) -> Bool { (a.kind.rawValue, a.sign ?? "") < (b.kind.rawValue, b.sign ?? "") }
  }
}

/// What became of customers after their alerts.
private struct Stories {
  private let journeys: [CustomerID: [Journey]]
  private let erasures: [CustomerID: Timestamp]
  private let now: Timestamp

  init(_ book: JourneyBook, asOf now: Timestamp) {
    self.now = now
    erasures = book.erasures(asOf: now)
    journeys = Dictionary(
      grouping: book.journeys(asOf: now).filter { $0.customer != nil }, by: { $0.customer! })
  }

  /// Whether the alert was right; `nil` while that is open.
  func verdict(on alert: RecordedAlert) -> Bool? {
    switch alert.kind {
    case .escalationRisk:
      judged(alert, within: AlertPrecision.week, isDeadlineMissed(alert) || cameBackAngry(alert))
    case .churnRisk: judged(alert, within: AlertPrecision.month, hasLeft(alert))
    case .friction, .promiseBroken: judged(alert, within: AlertPrecision.week, sufferedFrom(alert))
    case .trend, .unequalTreatment: nil
    }
  }

  /// Right at once; wrong only when the time is over. Of who is forgotten nobody can say any more that nothing came.
  private func judged(_ alert: RecordedAlert, within window: Int64, _ isRight: Bool) -> Bool? {
    if isRight { return true }
    let isForgotten = erasures[alert.customer].map { $0 >= alert.time && $0 <= now } ?? false
    return alert.time.adding(seconds: window) <= now && !isForgotten ? false : nil
  }

  private func moments(after alert: RecordedAlert, within window: Int64) -> (Moment) -> Bool {
    { $0.time > alert.time && $0.time <= alert.time.adding(seconds: window) }
  }

  private func journey(of alert: RecordedAlert) -> Journey? {
    journeys[alert.customer]?.first { $0.ticket == alert.ticket }
  }

  private func isDeadlineMissed(_ alert: RecordedAlert) -> Bool {
    guard let journey = journey(of: alert),
      let due = journey.decisions.last(where: { $0.time <= alert.time })?.dueBy, due <= now
    else { return false }
    return !journey.moments.contains { moment in
      guard moment.time > alert.time, moment.time <= due else { return false }
      return switch moment.kind {
      case .written(.agent), .status(.solved), .status(.closed): true
      default: false
      }
    }
  }

  private func cameBackAngry(_ alert: RecordedAlert) -> Bool {
    let isLater = moments(after: alert, within: AlertPrecision.week)
    return journey(of: alert)?.moments.filter(isLater).contains { moment in
      guard case .decided(let decision) = moment.kind, decision.answersMessage else { return false }
      return decision.sentiment <= -2 || !AlertPrecision.anger.isDisjoint(with: decision.signals)
    } ?? false
  }

  private func hasLeft(_ alert: RecordedAlert) -> Bool {
    let end = alert.time.adding(seconds: AlertPrecision.month)
    if let erased = erasures[alert.customer], erased > alert.time, erased <= min(end, now) { return true }
    return journeys[alert.customer]?.contains { journey in
      journey.decisions.contains {
        $0.time > alert.time && $0.time <= end && AlertPrecision.leaving.contains($0.intent)
      }
    } ?? false
  }

  private func sufferedFrom(_ alert: RecordedAlert) -> Bool {
    let isLater = moments(after: alert, within: AlertPrecision.week)
    guard let journey = journey(of: alert) else { return false }
    let isHere = journey.moments.filter(isLater).contains { moment in
      switch moment.kind {
      case .decided(let decision) where decision.answersMessage:
        decision.sentiment < 0 || decision.signals.contains("wants_human")
      case .judged(.satisfaction(let score)): score < 0.5
      default: false
      }
    }
    return isHere
      || journeys[alert.customer]!.contains { other in
        other.ticket != alert.ticket && isLater(other.moments[0]) && other.isOfCustomer
          && other.intent == journey.intent
      }
  }
}
