internal import Classifier
internal import Foundation

/// Measures on texts the model has not learned from how far it can be relied upon, and writes that into its header.
///
/// Temperature (Guo et al., 2017), then an isotonic curve (pool adjacent violators) for the claimed intent, thresholds of the
/// bands by measured precision, and the threshold of the label sets (split-conformal).
enum Calibrator {
  /// The share of cases (thousandths) in which the label set shall hold the truth.
  private static let coverage = 900
  /// No claim that is less likely (thousandths) is in the high band.
  private static let highLeast = 800

  static func calibrate(_ model: Model, on rows: [LabelledText]) throws -> Model {
    var header = model.header
    let reader = ModelReader(model)
    let judged = rows.filter { !$0.intents.isEmpty }.map { (row: $0, raw: reader.judge($0.whole).intents) }
    if judged.count >= 50 {
      header.intents.temperature = temperature(judged, header.intents.labels)
      let claims = judged.map { row, raw in
        let probabilities = heated(raw, header.intents.temperature)
        let best = probabilities.indices.max { probabilities[$0] < probabilities[$1] }!
        return Claim(probability: probabilities[best], isRight: row.takes(header.intents.labels[best]))
      }
      header.calibration.curve = curve(claims)
      let measured = claims.map {
        Claim(probability: Double(header.calibration.value($0.probability)) / 1000, isRight: $0.isRight)
      }
      // The surest claims are so often right that they would lift many doubtful ones into the band: each must be likely by itself.
      header.calibration.highFrom = max(threshold(measured, precision: 0.95) ?? 950, highLeast)
      // Each band is worth what it says by itself: the sure claims do not lift the others.
      let others = measured.filter { Int(($0.probability * 1000).rounded()) < header.calibration.highFrom }
      // There are few of them, so one text more or less must not decide how far the band reaches.
      // Where counting finds none, what the curve measured decides: the claims just below the sure ones begin with wrong ones, since that
      // is where those were found to end.
      header.calibration.mediumFrom =
        threshold(others, precision: 0.75, spare: 1) ?? threshold(
          others, precision: 0.75, least: 1, worth: \.probability)
        ?? header.calibration.highFrom
      header.calibration.claimedFrom = min(450, header.calibration.mediumFrom)
      let truths = judged.map { row, raw in
        let probabilities = heated(raw, header.intents.temperature)
        return header.intents.labels.indices.filter { row.takes(header.intents.labels[$0]) }
          .map { probabilities[$0] }.max() ?? 0
      }.sorted()
      let rank = Int(Double(truths.count + 1) * Double(1000 - coverage) / 1000)
      header.calibration.setFrom = max(20, Int(truths[max(0, min(rank - 1, truths.count - 1))] * 1000))
      header.calibration.coverage = coverage
    }
    levels(&header, rows, reader)
    return try Model(header: header, table: model.table, languageTable: model.languageTable)
  }

  struct Claim {
    let probability: Double
    let isRight: Bool
  }

  /// The temperature at which the truth is the least surprising.
  private static func temperature(_ judged: [(row: LabelledText, raw: [Float])], _ labels: [String]) -> Double {
    let candidates = (0...40).map { 0.4 * pow(1.06, Double($0)) }
    return candidates.min { loss(judged, labels, $0) < loss(judged, labels, $1) }!
  }

  private static func loss(_ judged: [(row: LabelledText, raw: [Float])], _ labels: [String], _ temperature: Double)
    -> Double
  {
    judged.reduce(0) { sum, one in
      let probabilities = heated(one.raw, temperature)
      let right = labels.indices.filter { one.row.takes(labels[$0]) }.map { probabilities[$0] }.reduce(0, +)
      return sum - log(max(right, 1e-6))
    }
  }

  /// Probabilities at another temperature: the model's were made at 1.
  private static func heated(_ raw: [Float], _ temperature: Double) -> [Double] {
    let powers = raw.map { pow(Double(max($0, 1e-9)), 1 / temperature) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// Isotonic regression: neighbours whose order is wrong are pooled. Ends are drawn in a little, for nothing is certain.
  static func curve(_ claims: [Claim]) -> [ModelHeader.Calibration.Point] {
    var pools: [(probability: Double, right: Double, count: Double)] = []
    for claim in claims.sorted(by: { $0.probability < $1.probability }) {
      pools.append((claim.probability, claim.isRight ? 1 : 0, 1))
      while pools.count > 1,
        pools[pools.count - 2].right / pools[pools.count - 2].count >= pools[pools.count - 1].right
          / pools[pools.count - 1].count
          || pools[pools.count - 2].count < 8
      {
        let last = pools.removeLast()
        let before = pools.removeLast()
        let count = before.count + last.count
        pools.append(
          (
            (before.probability * before.count + last.probability * last.count) / count, before.right + last.right,
            count
          ))
      }
    }
    var points = [ModelHeader.Calibration.Point(from: 0, share: 0)]
    for pool in pools {
      let share = (pool.right + 1) / (pool.count + 2)
      let from = Int((pool.probability * 1000).rounded())
      if from > points[points.count - 1].from {
        points.append(.init(from: from, share: max(points[points.count - 1].share, Int((share * 1000).rounded()))))
      }
    }
    points.append(.init(from: 1001, share: max(points[points.count - 1].share, 985)))
    return points
  }

  /// The lowest probability (thousandths) from which on so many claims are right, and `least` or more are claimed. What a claim is worth is
  /// whether it is right, unless `worth` says otherwise; so many wrong ones as are `spare` are overlooked.
  static func threshold(
    _ claims: [Claim], precision: Double, least: Int = 10, spare: Double = 0,
    worth: (Claim) -> Double = { $0.isRight ? 1 : 0 }
  ) -> Int? {
    let sorted = claims.sorted { $0.probability > $1.probability }
    var sum = spare
    var best: Int?
    for (index, claim) in sorted.enumerated() {
      sum += worth(claim)
      let isLastOfItsKind = index + 1 == sorted.count || sorted[index + 1].probability < claim.probability
      if isLastOfItsKind, index + 1 >= least, sum / Double(index + 1) >= precision {
        best = Int((claim.probability * 1000).rounded())
      }
    }
    return best
  }

  private static func levels(_ header: inout ModelHeader, _ rows: [LabelledText], _ reader: ModelReader) {
    let felt = rows.compactMap { row in row.sentiment.map { (score: reader.judge(row.whole).feeling, truth: $0.sign) } }
    guard felt.count >= 60, Set(felt.map(\.truth)).count == 3 else { return }
    let (low, high) = directions(felt)
    header.calibration.levelsFrom = [
      strongest(rows, reader, below: low), low, high, high + (1000 - high) * 45 / 100,
    ]
  }

  /// The scores at which negative ends and positive begins, by the macro-F1 of the three directions. Many pairs are nearly as good as the
  /// best one, and which that is a few texts decide: so the middle of them is taken.
  static func directions(_ felt: [(score: Int, truth: Int)]) -> (low: Int, high: Int) {
    var tried: [(value: Double, low: Int, high: Int)] = []
    for low in stride(from: -400, through: 0, by: 20) {
      for high in stride(from: 0, through: 400, by: 20) where high > low {
        let each = [-1, 0, 1].map { truth -> Double in
          let claimed = felt.count { sign($0.score, low, high) == truth }
          let actual = felt.count { $0.truth == truth }
          let right = felt.count { $0.truth == truth && sign($0.score, low, high) == truth }
          return 2 * Double(right) / Double(max(claimed + actual, 1))
        }
        tried.append((each.reduce(0, +) / 3, low, high))
      }
    }
    let best = tried.lazy.map(\.value).max() ?? 0
    let good = tried.filter { $0.value >= best - 0.005 }
    return (good.map(\.low).reduce(0, +) / good.count, good.map(\.high).reduce(0, +) / good.count)
  }

  /// The score that parts very negative from negative best, by the mean of the two recalls.
  private static func strongest(_ rows: [LabelledText], _ reader: ModelReader, below low: Int) -> Int {
    let negative = rows.compactMap { row -> (score: Int, isStrong: Bool)? in
      guard case .level(let level) = row.sentiment, level < 0 else { return nil }
      return (reader.judge(row.whole).feeling, level == -2)
    }
    let strong = negative.count { $0.isStrong }
    guard strong >= 20, negative.count - strong >= 20 else { return (low - 1000) * 60 / 100 }
    func value(_ threshold: Int) -> Double {
      Double(negative.count { $0.isStrong && $0.score < threshold }) / Double(strong)
        + Double(negative.count { !$0.isStrong && $0.score >= threshold }) / Double(negative.count - strong)
    }
    return stride(from: -900, through: -600, by: 20).max { value($0) < value($1) } ?? -600
  }

  private static func sign(_ score: Int, _ low: Int, _ high: Int) -> Int { score < low ? -1 : score >= high ? 1 : 0 }
}

extension LabelledText {
  /// Whether a fair judge would take this intent as the main one.
  func takes(_ intent: String) -> Bool { intents.first == intent || accepted.contains(intent) }
}
