public import Classifier
internal import Events
internal import Foundation

/// Two models on the same texts: whether the second may take the place of the first.
///
/// Each text is read by both, and counted are the texts that only one of them reads rightly. Of two equally good models each has half of those, so
/// how unlikely their division is says how sure it is that the second is worse (McNemar, 1947; the exact test). Tripwires are held without a test:
/// one more that is missed is one too many.
public struct ModelComparison: Sendable, Encodable {
  /// Both models on one question over one set of texts.
  public struct Task: Sendable, Encodable, Hashable {
    /// The set of texts.
    public let set: String
    /// `intent`, `sentiment`, `pressure`, `tripwires`.
    public let task: String
    /// Texts with a label.
    public let texts: Int
    /// Of those, read rightly by the first model.
    public let before: Int
    /// Of those, read rightly by the second.
    public let after: Int
    /// Texts that only the first reads rightly.
    public let lost: Int
    /// Texts that only the second reads rightly.
    public let gained: Int
    /// The chance of losing so many, or more, were the second as good as the first.
    public let chance: Double
    /// Whether the second is worse, with less than 5 % doubt.
    public let isWorse: Bool
  }

  /// One tripwire in one set of texts.
  public struct Tripwire: Sendable, Encodable, Hashable {
    /// The set of texts.
    public let set: String
    /// The signal.
    public let name: String
    /// Texts that have it.
    public let texts: Int
    /// Of those, noticed by the first model.
    public let before: Int
    /// Of those, noticed by the second.
    public let after: Int
    /// Whether the second notices fewer.
    public var isWorse: Bool { after < before }
  }

  /// The first model's name and digest.
  public let before: String
  /// The second model's.
  public let after: String
  /// Questions, set by set.
  public let tasks: [Task]
  /// Tripwires that occur, set by set.
  public let tripwires: [Tripwire]

  /// Whether the second model must not take the first one's place.
  public var isRefused: Bool { tasks.contains(where: \.isWorse) || tripwires.contains(where: \.isWorse) }

  /// Compares `before` and `after` on `sets` of labelled texts.
  public init(_ before: ModelReader, _ after: ModelReader, on sets: [(name: String, rows: [LabelledText])]) {
    self.before = before.version
    self.after = after.version
    var tasks: [Task] = []
    var tripwires: [Tripwire] = []
    for (name, rows) in sets {
      let read = rows.map { (row: $0, before: Answers(before, $0), after: Answers(after, $0)) }
      for (task, isRight) in Self.questions {
        let judged = read.compactMap { one -> (before: Bool, after: Bool)? in
          guard let before = isRight(one.row, one.before), let after = isRight(one.row, one.after) else { return nil }
          return (before, after)
        }
        if !judged.isEmpty { tasks.append(Task(set: name, task: task, judged)) }
      }
      for signal in Evaluation.tripwireNames {
        let having = read.filter { $0.row.signals?.contains(signal) == true }
        guard !having.isEmpty else { continue }
        tripwires.append(
          Tripwire(
            set: name, name: signal, texts: having.count, before: having.count { $0.before.signals.contains(signal) },
            after: having.count { $0.after.signals.contains(signal) }))
      }
    }
    self.tasks = tasks
    self.tripwires = tripwires
  }

  /// What a model says about a text.
  private struct Answers {
    let intent: String
    let sign: Int
    let pressure: String
    let signals: Set<String>

    init(_ reader: ModelReader, _ row: LabelledText) {
      let reading = reader.read(Message(subject: row.subject, body: row.text))
      intent = reader.probabilities(row.whole)[0].name
      sign = reading.sentiment.level.signum()
      pressure = reading.pressure.rawValue
      signals = Set(reading.signals.map(\.name))
    }
  }

  /// Whether an answer is right; `nil` where the text has no label for the question.
  private static let questions: [(task: String, isRight: @Sendable (LabelledText, Answers) -> Bool?)] = [
    ("intent", { row, answers in row.intents.isEmpty ? nil : row.takes(answers.intent) }),
    ("sentiment", { row, answers in row.sentiment.map { $0.sign == answers.sign } }),
    ("pressure", { row, answers in row.pressure.map { $0 == answers.pressure } }),
    (
      "tripwires",
      { row, answers in
        row.signals.map { wanted in
          Evaluation.tripwireNames.allSatisfy { wanted.contains($0) == answers.signals.contains($0) }
        }
      }
    ),
  ]
}

extension ModelComparison.Task {
  fileprivate init(set: String, task: String, _ judged: [(before: Bool, after: Bool)]) {
    self.set = set
    self.task = task
    texts = judged.count
    before = judged.count { $0.before }
    after = judged.count { $0.after }
    lost = judged.count { $0.before && !$0.after }
    gained = judged.count { !$0.before && $0.after }
    chance = ModelComparison.chance(of: lost, among: lost + gained)
    isWorse = lost > gained && chance < 0.05
  }
}

extension ModelComparison {
  /// The chance of `heads` or more among so many tosses of a fair coin.
  static func chance(of heads: Int, among tosses: Int) -> Double {
    // Logarithms of factorials: the numbers themselves are too large.
    var logs = [0.0]
    for number in 0..<tosses { logs.append(logs[number] + log(Double(number + 1))) }
    let sum = (heads...tosses).reduce(0.0) { sum, count in
      sum + exp(logs[tosses] - logs[count] - logs[tosses - count] - Double(tosses) * log(2.0))
    }
    return min(1, sum)
  }
}
