internal import Events

/// What emerged on a day, told as somebody should hear of it: why, and how often such alerts were right before.
///
/// An alert was right if what it told of went on: in the three days after it there were more tickets than the four weeks before it explain, with
/// a chance of one in twenty. A single bad day is over before anybody can act.
struct TrendAlerts: Sendable {
  /// The days after an alert by which it is judged.
  static let judgedDays = 3

  private let counts: [Trend.Topic: [Int64: Int]]
  private let first: Int64?

  /// The alerts that follow from `card`, `book` telling of orders.
  init(_ card: Scorecard, _ book: JourneyBook) {
    counts = Trend.counts(of: card.journeys.map(\.journey)) { book.context(of: $0) }
    // Of older days only those tickets are kept that were long open.
    let kept = Windows.number(of: card.asOf) - Int64(LiveScorecard.keptDays)
    first = counts.values.lazy.flatMap(\.keys).min().map { max($0, kept) }
  }

  /// What emerged on the day that ended at `midnight`.
  func insights(at midnight: Timestamp) -> [InsightRaised] {
    let day = Windows.number(of: midnight) - 1
    guard let first, first + Int64(Trend.baselineDays) <= day else { return [] }
    let trends = Trend.emerging(on: day, counts)
    guard !trends.isEmpty else { return [] }
    let past = record(before: day, since: first + Int64(Trend.baselineDays))
    return trends.map { Self.insight($0, past) }
  }

  /// How many earlier alerts were right, of those that can be judged by now.
  func record(before day: Int64, since first: Int64) -> Share {
    var share = Share()
    let last = day - Int64(Self.judgedDays)
    guard first <= last else { return share }
    for past in first...last { for trend in Trend.emerging(on: past, counts) { share.count(wentOn(trend, past)) } }
    return share
  }

  private func wentOn(_ trend: Trend, _ day: Int64) -> Bool {
    let days = counts[trend.topic] ?? [:]
    let before = (1...Int64(Trend.baselineDays)).reduce(0) { $0 + (days[day - $1] ?? 0) }
    let after = (1...Int64(Self.judgedDays)).reduce(0) { $0 + (days[day + $1] ?? 0) }
    return Trend.chance(of: after, after: before, days: Self.judgedDays) <= Trend.falseShare
  }

  private static func insight(_ trend: Trend, _ past: Share) -> InsightRaised {
    let topic = trend.topic
    let with: Redacted =
      if let carrier = topic.carrier { " with the carrier \(ours: carrier.short)" } else if let product = topic.product
      {
        " about the product \(ours: product.short)"
      } else { "" }
    let usual = Redacted(ours: JSONWriter.decimal(thousandths: Int((trend.usual * 10).rounded()) * 100))
    let rarity = Int((1 / max(trend.chance, 1e-6)).rounded())
    let record: Redacted =
      past.total == 0
      ? "No such alert before can be judged yet."
      : "Of \(past.total) such alerts before, \(past.hits) went on in the three days after."
    let name = [topic.intent, topic.carrier.map { "carrier/\($0.short)" }, topic.product.map { "product/\($0.short)" }]
      .compactMap(\.self).joined(separator: "/")
    return InsightRaised(
      insight: DerivedID.make("trend", source: scorecardSource, id: name, part: trend.day.day), kind: .trend,
      subject: Redacted(ours: name), customer: nil, ticket: nil,
      reason: """
        \(trend.count) tickets about \(ours: topic.intent)\(with) on \(ours: trend.day.day), where \(usual) a day were usual \
        in the four weeks before. By chance alone that happens on one day in \(rarity). \(record)
        """, decision: nil)
  }
}

extension String {
  /// As much of a carrier's name or an article's title as an identifier may have. What five customers or more write about on one day is no
  /// secret of any of them.
  fileprivate var short: String {
    var text = ""
    for scalar in unicodeScalars where scalar.value >= 0x20 && scalar.value != 0x7F {
      guard text.utf8.count + 4 <= 96 else { break }
      text.unicodeScalars.append(scalar)
    }
    return text
  }
}
