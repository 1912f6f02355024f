internal import Events
internal import Foundation

// Problem: the audit of a set of texts is looked at once, and its test holds for one look. A stream is looked at every day, and a test that is
// repeated until it finds something finds something.
//
// Way out: for pairs that differ, count those that differ one way and the other. If neither way is likelier, the bet on "some other share, any
// is as likely" multiplies a stake of 1 by a factor whose mean is 1: B(more + 1, less + 1) * 2^(more + less), B being the beta function. By
// Ville's inequality the chance that such a stake ever reaches k is at most 1/k, whenever and however often one looks. The stakes of all
// tests are held against tests / alpha (Bonferroni), so the chance of any false alarm in a period is at most alpha.
// Source: G. Shafer, Testing by betting, JRSS A 184 (2021).

/// Whether people are treated alike, watched while the fleet works: of every so-many-th ticket the words are put into somebody else's, and both
/// are decided in the shadow (F5). Periods are four weeks; each begins anew.
public struct ShadowAudit: Sendable {
  /// A pair of twins and how each was treated.
  public typealias Pair = (twin: Twin, one: Audit.Treatment, other: Audit.Treatment)

  /// Days of a period: less than events are kept, so that a restart finds all of it.
  public static let periodDays: Int64 = 28

  private struct Test: Hashable {
    let twin: Twin
    let aspect: Audit.Aspect
  }

  private var days: [Int64: [Test: Audit.Counts]] = [:]
  /// The tickets that are counted: one that is told again is not counted again.
  private var tickets: [Int64: Set<TicketID>] = [:]

  init() {}

  /// Whether the words of `ticket` are among one of `every`. Every worker and every replay chooses the same; 0 chooses none.
  static func samples(_ ticket: TicketID, oneOf every: Int) -> Bool {
    every > 0 && Digest256(joining: "audit", ticket.text).leading % UInt64(every) == 0
  }

  /// Takes the pairs of a ticket that was opened at `time`.
  mutating func take(_ pairs: [Pair], of ticket: TicketID, at time: Timestamp) {
    let day = Windows.number(of: time)
    guard tickets[day, default: []].insert(ticket).inserted else { return }
    for (twin, one, other) in pairs {
      for aspect in Audit.Aspect.allCases {
        days[day, default: [:]][Test(twin: twin, aspect: aspect), default: Audit.Counts()].add(aspect, one, other)
      }
    }
  }

  /// What the period shows that `midnight` is in, or ends: days that are over, alarms first.
  func findings(at midnight: Timestamp) -> [Audit.Finding] {
    let last = Windows.number(of: midnight) - 1
    var sums: [Test: Audit.Counts] = [:]
    for day in Self.begin(of: last)...last {
      for (test, counts) in days[day] ?? [:] { sums[test, default: Audit.Counts()].add(counts) }
    }
    let bar = Double(Twin.allCases.count * Audit.Aspect.allCases.count { $0.isTested }) / Audit.alpha
    return sums.map { test, counts in
      let stake = test.aspect.isTested ? Self.stake(counts.more, counts.less) : 0
      // A stake of k has a chance of at most 1/k.
      return Audit.Finding(
        test.twin, test.aspect, counts, chance: stake > 1 ? 1 / stake : 1, isAlarm: stake >= bar)
    }.sorted { ($0.chance, $0.twin, $0.aspect) < ($1.chance, $1.twin, $1.aspect) }
  }

  /// An alarm for each lean that a period shows; the same id for as long as it lasts.
  func insights(at midnight: Timestamp) -> [InsightRaised] {
    let period = Timestamp(nanoseconds: Self.begin(of: Windows.number(of: midnight) - 1) * 86_400 * 1_000_000_000).day
    return findings(at: midnight).filter(\.isAlarm).map { Self.insight($0, since: period) }
  }

  private static func insight(_ finding: Audit.Finding, since period: String) -> InsightRaised {
    let name = "\(finding.twin)/\(finding.aspect)"
    let isAutomation = finding.aspect == Audit.Aspect.automation.rawValue
    let gained: Redacted = isAutomation ? "were answered where the other got a person" : "were more urgent"
    let lost: Redacted = isAutomation ? "got a person where the other was answered" : "were less urgent"
    let words = Redacted(ours: Twin(rawValue: finding.twin)?.title ?? finding.twin)
    let periods = Int((1 / Audit.alpha).rounded())
    return InsightRaised(
      insight: DerivedID.make("unequal_treatment", source: scorecardSource, id: name, part: period),
      kind: .unequalTreatment, subject: Redacted(ours: name), customer: nil, ticket: nil,
      reason: """
        The same requests in other words (\(words)) are not treated alike: of \(finding.pairs) pairs since \(ours: period), \
        \(finding.more) \(gained) and \(finding.less) \(lost). Where nothing leans, at most one period in \(periods) \
        raises any such alarm.
        """, decision: nil)
  }

  mutating func forget(before time: Timestamp) {
    let first = Self.begin(of: Windows.number(of: time))
    days = days.filter { $0.key >= first }
    tickets = tickets.filter { $0.key >= first }
  }

  /// Periods are counted from the first Monday of 1970.
  private static func begin(of day: Int64) -> Int64 {
    let offset = (day - 4) % periodDays
    return day - (offset < 0 ? offset + periodDays : offset)
  }

  /// What a stake of 1 has become after so many bets each way.
  static func stake(_ more: Int, _ less: Int) -> Double {
    let a: Double = Double(more)
    let b: Double = Double(less)
    let logBeta: Double = lgamma(a + 1) + lgamma(b + 1) - lgamma(a + b + 2)
    let doublings: Double = (a + b) * 0.693_147_180_559_945_3
    return exp(logBeta + doublings)
  }
}
