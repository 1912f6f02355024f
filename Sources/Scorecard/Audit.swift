internal import Foundation

/// Whether people are treated alike: pairs of twins, what was decided for each, and whether the differences lean one way (F5).
///
/// A twin that is decided otherwise is worth a look; a lean is an alarm. For every kind of twin and every kind of treatment the pairs that differ
/// are counted by their direction, and an exact test (McNemar's, Psychometrika 12, 1947, by the binomial) says how likely such a lean is by
/// chance. Of all tests of an audit together, the chance of any false alarm is at most `alpha` (Holm, Scand. J. Statist. 6, 1979).
public struct Audit: Sendable {
  /// How somebody is treated.
  public struct Treatment: Sendable, Hashable {
    /// Whether a machine answers or asks.
    public let isAutomated: Bool
    /// How fast people must act: 0 low to 3 critical.
    public let urgency: Int
    /// Who gets it.
    public let queue: String?
    /// The matter that was recognised.
    public let intent: String

    /// A treatment.
    public init(isAutomated: Bool, urgency: Int, queue: String?, intent: String) {
      self.isAutomated = isAutomated
      self.urgency = urgency
      self.queue = queue
      self.intent = intent
    }
  }

  /// What is compared.
  public enum Aspect: String, Sendable, Hashable, CaseIterable {
    case automation, urgency, queue, intent
  }

  /// One kind of twin, in one aspect.
  public struct Finding: Sendable, Hashable, Encodable {
    /// What differs in the words.
    public let twin: String
    /// What differs in the treatment.
    public let aspect: String
    /// How many pairs there are.
    public let pairs: Int
    /// Pairs in which the twin gets more: automation where the original got a person, a higher urgency. For the queue and the matter, in which
    /// there is no more and less, pairs that differ.
    public let more: Int
    /// Pairs in which the twin gets less.
    public let less: Int
    /// The difference of shares, more less less.
    public let difference: Double
    /// Where the difference lies with 95 % confidence.
    public let low: Double
    /// Where the difference lies with 95 % confidence.
    public let high: Double
    /// The chance of such a lean if there is none; 1 for the queue and the matter.
    public let chance: Double
    /// Whether it is an alarm, all tests of the audit taken together.
    public var isAlarm: Bool
  }

  /// The chance of a false alarm in an audit.
  public static let alpha = 0.05

  /// What was found, alarms first.
  public let findings: [Finding]

  /// The audit of pairs, each of a kind of twin with the treatment of the original and of the twin.
  public init(_ pairs: [(twin: Twin, one: Treatment, other: Treatment)]) {
    var findings = Twin.allCases.flatMap { twin in
      let own = pairs.filter { $0.twin == twin }
      return own.isEmpty ? [] : Aspect.allCases.map { Self.finding(twin, $0, own.map { ($0.one, $0.other) }) }
    }
    findings.sort { ($0.chance, $0.twin, $0.aspect) < ($1.chance, $1.twin, $1.aspect) }
    let tests = findings.count { $0.isTested }
    for (rank, index) in findings.indices.filter({ findings[$0].isTested }).enumerated() {
      guard findings[index].chance <= Self.alpha / Double(tests - rank) else { break }
      findings[index].isAlarm = true
    }
    self.findings = findings
  }

  private static func finding(_ twin: Twin, _ aspect: Aspect, _ pairs: [(Treatment, Treatment)]) -> Finding {
    var counts = Counts()
    for (one, other) in pairs { counts.add(aspect, one, other) }
    return Finding(twin, aspect, counts, chance: aspect.isTested ? chance(counts.more, counts.less) : 1)
  }

  /// The chance that of `more + less` coins at least so many fall on one side, whichever it is.
  static func chance(_ more: Int, _ less: Int) -> Double {
    let (n, k) = (more + less, max(more, less))
    guard n > 0 else { return 1 }
    var tail = 0.0
    for heads in k...n {
      let ways = lgamma(Double(n) + 1) - lgamma(Double(heads) + 1) - lgamma(Double(n - heads) + 1)
      tail += exp(ways - Double(n) * log(2))
    }
    return min(1, 2 * tail)
  }
}

extension Audit {
  /// Pairs, and how many of them differ in which direction.
  struct Counts: Sendable, Hashable {
    var pairs = 0
    var more = 0
    var less = 0

    mutating func add(_ aspect: Aspect, _ one: Treatment, _ other: Treatment) {
      pairs += 1
      switch aspect {
      case .automation:
        if other.isAutomated && !one.isAutomated { more += 1 }
        if one.isAutomated && !other.isAutomated { less += 1 }
      case .urgency:
        if other.urgency > one.urgency { more += 1 }
        if other.urgency < one.urgency { less += 1 }
      case .queue: if one.queue != other.queue { more += 1 }
      case .intent: if one.intent != other.intent { more += 1 }
      }
    }

    mutating func add(_ other: Counts) {
      pairs += other.pairs
      more += other.more
      less += other.less
    }
  }
}

extension Audit.Aspect {
  /// Whether there is a more and a less of it, so that differences can lean.
  var isTested: Bool { self == .automation || self == .urgency }
}

extension Audit.Finding {
  init(_ twin: Twin, _ aspect: Audit.Aspect, _ counts: Audit.Counts, chance: Double, isAlarm: Bool = false) {
    let n = Double(counts.pairs)
    let difference = Double(counts.more - counts.less) / n
    // The variance of a difference of paired shares.
    let error = (Double(counts.more + counts.less) / n - difference * difference).squareRoot() / n.squareRoot()
    self.init(
      twin: twin.rawValue, aspect: aspect.rawValue, pairs: counts.pairs, more: counts.more, less: counts.less,
      difference: difference.rounded4, low: max(-1, difference - 1.96 * error).rounded4,
      high: min(1, difference + 1.96 * error).rounded4, chance: chance, isAlarm: isAlarm)
  }

  fileprivate var isTested: Bool { Audit.Aspect(rawValue: aspect)?.isTested == true }
}
