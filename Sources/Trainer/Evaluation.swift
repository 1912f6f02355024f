public import Classifier
internal import Events

/// How well a model reads labelled texts, per task and per slice.
public struct Evaluation: Sendable, Encodable {
  /// The model's name and digest.
  public let model: String
  /// What customers want; absent where no text has an intent.
  public var intents: Intents?
  /// How they feel.
  public var sentiment: Sentiment?
  /// What must be noticed, in the order of the model.
  public var signals: [Signal] = []
  /// All signals that stop automation, together.
  public var tripwires: Signal?
  /// How pressing the words are.
  public var pressure: Pressure?
  /// The language, of whole texts and of their first 20 characters.
  public var language: LanguageScore?

  /// Results for intents.
  public struct Intents: Sendable, Encodable {
    /// Texts with an intent.
    public let texts: Int
    /// The share whose first intent is the label or an accepted one, in per cent, and its 95 % interval (Wilson).
    public let accuracy: Double
    /// The interval's ends.
    public let interval: [Double]
    /// The mean of the intents' F1, in per cent, over those that occur.
    public let macroF1: Double
    /// The largest share of texts, the surest first, of which 95 % are right.
    public let coverageAt95: Double
    /// Expected calibration error, ten bins of equal width, in points.
    public let calibrationError: Double
    /// Share of texts whose label set holds the label, and the sets' mean size.
    public let setCoverage: Double
    /// Labels in a set, on average.
    public let setSize: Double
    /// Share of right answers among those of the band, with the share of texts in it.
    public let bands: [Band]
    /// Precision reached at each coverage.
    public let riskCoverage: [RiskPoint]
    /// One line per intent.
    public let each: [Label]
    /// What is taken for what, the most frequent first.
    public let confusion: [Confusion]
    /// Slices by source and by language, the worst first.
    public let slices: [Slice]
  }
  /// A band of confidence.
  public struct Band: Sendable, Encodable {
    /// `high`, `medium`, `low`.
    public let band: String
    /// Texts in it, per cent.
    public let share: Double
    /// Of those, right ones, per cent.
    public let precision: Double
  }
  /// A point of the risk-coverage curve.
  public struct RiskPoint: Sendable, Encodable {
    /// Texts answered, the surest first, per cent.
    public let coverage: Double
    /// Of those, right ones, per cent.
    public let precision: Double
  }
  /// One label's results.
  public struct Label: Sendable, Encodable {
    /// The label.
    public let name: String
    /// Texts that have it.
    public let texts: Int
    /// Right ones among those claimed, per cent.
    public let precision: Double
    /// Claimed ones among those that have it, per cent.
    public let recall: Double
    /// Harmonic mean of the two.
    public let f1: Double
  }
  /// One kind of mistake.
  public struct Confusion: Sendable, Encodable {
    /// The label.
    public let truth: String
    /// What was claimed.
    public let claimed: String
    /// How often.
    public let texts: Int
  }
  /// A part of the texts.
  public struct Slice: Sendable, Encodable {
    /// `source abcd`, `language de`.
    public let name: String
    /// Its texts.
    public let texts: Int
    /// Right ones, per cent.
    public let accuracy: Double
    /// Share whose label set holds the label, per cent.
    public let setCoverage: Double
  }
  /// Results for sentiment.
  public struct Sentiment: Sendable, Encodable {
    /// Texts with a feeling.
    public let texts: Int
    /// Mean F1 of negative, neutral, positive, per cent.
    public let macroF1: Double
    /// Area under the ROC curve of negative against the rest.
    public let areaNegative: Double
    /// Texts whose level of five is right, per cent.
    public let exact: Double
    /// Texts whose level is off by one at most, per cent.
    public let withinOne: Double
    /// Negative, neutral, positive.
    public let each: [Label]
  }
  /// Results for a signal.
  public struct Signal: Sendable, Encodable {
    /// Its name.
    public let name: String
    /// Texts that have it.
    public let texts: Int
    /// Right ones among those claimed, per cent.
    public let precision: Double
    /// Claimed ones among those that have it, per cent.
    public let recall: Double
  }
  /// Results for pressure.
  public struct Pressure: Sendable, Encodable {
    /// Texts with a pressure.
    public let texts: Int
    /// Right ones, per cent.
    public let accuracy: Double
    /// One line per level.
    public let each: [Label]
  }
  /// Results for language.
  public struct LanguageScore: Sendable, Encodable {
    /// Texts with a language.
    public let texts: Int
    /// Right ones, per cent.
    public let accuracy: Double
    /// Right ones among the first 20 characters of each text that is longer, per cent.
    public let snippets: Double
    /// Slices by language, by their snippets, the worst first.
    public let each: [Slice]
  }
}

extension Evaluation {
  /// Signals that stop automation and bring a person in.
  public static let tripwireNames = [
    "account_takeover", "self_harm", "distress", "legal_threat", "safety", "abuse", "sensitive_topic", "minor", "press",
    "repeat_contact", "wants_human", "instructions_to_machine",
  ]

  /// Reads every text and compares.
  public init(_ reader: ModelReader, on rows: [LabelledText]) {
    model = reader.version
    let readings = rows.map { ($0, reader.read(Message(subject: $0.subject, body: $0.text))) }
    let raw = rows.map { reader.probabilities($0.whole) }
    intents = Self.intents(zip(readings, raw).map { ($0.0, $0.1, $1) }.filter { !$0.0.intents.isEmpty })
    sentiment = Self.sentiment(readings.filter { $0.0.sentiment != nil })
    pressure = Self.pressure(readings.filter { $0.0.pressure != nil })
    let signalled = readings.filter { $0.0.signals != nil }
    if !signalled.isEmpty {
      signals = reader.signalNames.map { name in
        Self.signal(name, signalled.map { ($0.signals!.contains(name), $1.has(signal: name)) })
      }
      tripwires = Self.signal(
        "all tripwires",
        signalled.flatMap { row, reading in
          Self.tripwireNames.map { (row.signals!.contains($0), reading.has(signal: $0)) }
        })
    }
    language = Self.language(reader, readings.filter { $0.0.language != nil })
  }

  private typealias Judged = (row: LabelledText, reading: Reading, raw: [(name: String, probability: Int)])

  private static func intents(_ judged: [Judged]) -> Intents? {
    guard !judged.isEmpty else { return nil }
    let claims = judged.map { one in
      (
        claimed: one.raw[0].name, probability: one.raw[0].probability, isRight: one.row.takes(one.raw[0].name),
        inSet: one.reading.candidates.contains { one.row.takes($0) }
      )
    }
    let sorted = claims.sorted { $0.probability > $1.probability }
    var right = 0
    var coverage = 0
    var risk: [RiskPoint] = []
    for (index, claim) in sorted.enumerated() {
      if claim.isRight { right += 1 }
      let isEnd = index + 1 == sorted.count || sorted[index + 1].probability < claim.probability
      if isEnd, Double(right) / Double(index + 1) >= 0.95 { coverage = index + 1 }
      if (index + 1) * 10 / sorted.count > index * 10 / sorted.count {
        risk.append(.init(coverage: percent(index + 1, sorted.count), precision: percent(right, index + 1)))
      }
    }
    var error = 0.0
    for bin in 0..<10 {
      let inside = claims.filter { min($0.probability / 100, 9) == bin }
      let sure = inside.reduce(0.0) { $0 + Double($1.probability) / 1000 }
      error += abs(sure - Double(inside.count { $0.isRight })) / Double(claims.count)
    }
    var mistakes: [String: Int] = [:]
    for (one, claim) in zip(judged, claims) where !claim.isRight {
      mistakes[one.row.intents[0] + " " + claim.claimed, default: 0] += 1
    }
    let pairs = zip(judged, claims).map { one, claim in
      (truth: claim.isRight ? claim.claimed : one.row.intents[0], claimed: claim.claimed)
    }
    let each = labels(pairs)
    let bands = ["high", "medium", "low"].map { name in
      let inside = zip(judged, claims).filter { ($0.0.reading.intents.first?.band.rawValue ?? "low") == name }
      return Band(
        band: name, share: percent(inside.count, claims.count),
        precision: percent(inside.count { $0.1.isRight }, inside.count))
    }
    return Intents(
      texts: judged.count, accuracy: percent(claims.count { $0.isRight }, claims.count),
      interval: wilson(claims.count { $0.isRight }, claims.count),
      macroF1: each.map(\.f1).reduce(0, +) / Double(max(each.count, 1)), coverageAt95: percent(coverage, claims.count),
      calibrationError: error * 100, setCoverage: percent(claims.count { $0.inSet }, claims.count),
      setSize: Double(judged.map(\.reading.candidates.count).reduce(0, +)) / Double(judged.count), bands: bands,
      riskCoverage: risk, each: each,
      confusion: mistakes.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(15).map {
        let names = $0.key.split(separator: " ").map(String.init)
        return Confusion(truth: names[0], claimed: names[1], texts: $0.value)
      }, slices: slices(judged.map(\.row), claims.map { ($0.isRight, $0.inSet) }))
  }

  private static func slices(_ rows: [LabelledText], _ results: [(isRight: Bool, inSet: Bool)]) -> [Slice] {
    var groups: [String: [(isRight: Bool, inSet: Bool)]] = [:]
    for (row, result) in zip(rows, results) {
      groups["source " + row.source, default: []].append(result)
      if let language = row.language { groups["language " + language, default: []].append(result) }
    }
    return groups.map { name, results in
      Slice(
        name: name, texts: results.count, accuracy: percent(results.count { $0.isRight }, results.count),
        setCoverage: percent(results.count { $0.inSet }, results.count))
    }.sorted { ($0.accuracy, $0.name) < ($1.accuracy, $1.name) }
  }

  private static func sentiment(_ judged: [(LabelledText, Reading)]) -> Sentiment? {
    guard !judged.isEmpty else { return nil }
    let names = ["negative", "neutral", "positive"]
    let each = labels(judged.map { (names[$0.sentiment!.sign + 1], names[$1.sentiment.level.signum() + 1]) })
    let levels = judged.compactMap { row, reading -> Int? in
      if case .level(let level) = row.sentiment! { return abs(level - reading.sentiment.level) }
      return nil
    }
    let negative = judged.filter { $0.0.sentiment!.sign < 0 }.map(\.1.sentiment.score)
    let rest = judged.filter { $0.0.sentiment!.sign >= 0 }.map(\.1.sentiment.score)
    return Sentiment(
      texts: judged.count, macroF1: each.map(\.f1).reduce(0, +) / Double(max(each.count, 1)),
      areaNegative: area(lower: negative, higher: rest), exact: percent(levels.count { $0 == 0 }, levels.count),
      withinOne: percent(levels.count { $0 <= 1 }, levels.count), each: each)
  }

  private static func pressure(_ judged: [(LabelledText, Reading)]) -> Pressure? {
    guard !judged.isEmpty else { return nil }
    let right = judged.count { $0.pressure == $1.pressure.rawValue }
    return Pressure(
      texts: judged.count, accuracy: percent(right, judged.count),
      each: labels(judged.map { ($0.pressure!, $1.pressure.rawValue) }))
  }

  private static func language(_ reader: ModelReader, _ judged: [(LabelledText, Reading)]) -> LanguageScore? {
    guard !judged.isEmpty else { return nil }
    let snippets = judged.compactMap { row, _ -> (LabelledText, Bool)? in
      guard row.text.count > 20 else { return nil }
      let reading = reader.read(Message(body: String(row.text.prefix(20))))
      return (row, reading.language.tag == row.language)
    }
    return LanguageScore(
      texts: judged.count, accuracy: percent(judged.count { $0.language == $1.language.tag }, judged.count),
      snippets: percent(snippets.count { $0.1 }, snippets.count),
      each: slices(snippets.map(\.0), snippets.map { ($0.1, $0.1) }).filter { $0.name.hasPrefix("language") })
  }

  private static func signal(_ name: String, _ pairs: [(truth: Bool, claimed: Bool)]) -> Signal {
    let both = pairs.count { $0.truth && $0.claimed }
    return Signal(
      name: name, texts: pairs.count { $0.truth }, precision: percent(both, pairs.count { $0.claimed }),
      recall: percent(both, pairs.count { $0.truth }))
  }

  private static func labels(_ pairs: [(truth: String, claimed: String)]) -> [Label] {
    Set(pairs.map(\.truth)).sorted().map { name in
      let both = pairs.count { $0.truth == name && $0.claimed == name }
      let precision = percent(both, pairs.count { $0.claimed == name })
      let recall = percent(both, pairs.count { $0.truth == name })
      return Label(
        name: name, texts: pairs.count { $0.truth == name }, precision: precision, recall: recall,
        f1: precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0)
    }
  }

  private static func percent(_ part: Int, _ whole: Int) -> Double {
    whole == 0 ? 0 : 100 * Double(part) / Double(whole)
  }

  /// Wilson's interval for a share, 95 %.
  private static func wilson(_ part: Int, _ whole: Int) -> [Double] {
    let (n, p, z) = (Double(max(whole, 1)), Double(part) / Double(max(whole, 1)), 1.96)
    let middle = p + z * z / (2 * n)
    let half = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    return [middle - half, middle + half].map { 100 * $0 / (1 + z * z / n) }
  }

  /// The chance that one of `lower` is lower than one of `higher` (Mann and Whitney); ties count half.
  private static func area(lower: [Int], higher: [Int]) -> Double {
    guard !lower.isEmpty, !higher.isEmpty else { return 0.5 }
    var sum = 0.0
    for a in lower { for b in higher { sum += a < b ? 1 : a == b ? 0.5 : 0 } }
    return sum / Double(lower.count * higher.count)
  }
}
