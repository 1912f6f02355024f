public import Classifier
internal import Crypto
internal import Foundation

/// Learns a model from labelled texts.
///
/// The same texts in the same order, the same vectors and the same plan give the same bytes.
public struct ModelTrainer: Sendable {
  /// What is being done, for a progress bar.
  public struct Progress: Sendable {
    /// `intents`, `sentiment`, `pressure`, `signals`, `languages`.
    public let task: String
    /// Rounds done and to do.
    public let round: Int
    /// Rounds to do.
    public let rounds: Int
    /// Mean loss of the round, in nats.
    public let loss: Double
  }

  /// Why no model can be learned.
  public enum Problem: Error, Sendable, Hashable, CustomStringConvertible {
    /// An intent that the plan does not know, with its first row.
    case unknownIntent(String)
    /// A signal that the plan does not know.
    case unknownSignal(String)
    /// There are too few texts to learn from.
    case tooFew(texts: Int, needed: Int)

    /// For people.
    public var description: String {
      switch self {
      case .unknownIntent(let name): "the intent \(name) is not in the plan: correct the label or add it with --intent"
      case .unknownSignal(let name): "the signal \(name) is not known: correct the label"
      case .tooFew(let texts, let needed): "\(texts) texts with an intent are too few: at least \(needed) are needed"
      }
    }
  }

  let plan: Plan
  let vectors: WordVectors?
  let sources: [ModelHeader.Source]

  /// A trainer; `vectors` is the text of a file of word vectors, `sources` names licences by source.
  ///
  /// Throws: `LabelProblem` if the vectors cannot be read.
  public init(_ plan: Plan, vectors: String? = nil) throws {
    self.plan = plan
    self.vectors = try vectors.map { try WordVectors($0) }
    sources = []
  }

  /// Learns from `rows`, and measures on `apart`, which it does not learn from, how far the model can be relied upon.
  /// `languages` are texts of which only the language is known; all rows with a language teach it.
  ///
  /// Throws: `Problem`.
  public func train(
    _ rows: [LabelledText], apart: [LabelledText], progress: @escaping @Sendable (Progress) -> Void
  ) async throws -> Model {
    try check(rows + apart)
    let encoder = Encoder(rows.map(\.whole), vectors: vectors, countMin: 2)
    let texts = rows.map { encoder.encode($0.whole) }
    async let intents = Self.run { self.intents(rows, texts, encoder, progress) }
    async let others = Self.run {
      (
        self.sentiment(rows, texts, encoder, progress), self.pressure(rows, texts, encoder, progress),
        self.signals(rows, texts, encoder, progress), LanguageTrainer.train(rows, self.plan, progress)
      )
    }
    let (wish, (feeling, pressing, signals, languages)) = await (intents, others)
    let first = assemble(rows, wish, feeling, pressing, signals, languages, encoder)
    let model = try Model(header: first.header, table: first.table, languageTable: languages.table)
    return try Calibrator.calibrate(model, on: apart.isEmpty ? rows : apart)
  }

  private static func run<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result {
    await Task.detached { work() }.value
  }

  private func check(_ rows: [LabelledText]) throws {
    let intents = Set(plan.intents)
    let signals = Set(plan.signals).union(Plan.phraseSignals)
    var count = 0
    for row in rows {
      if !row.intents.isEmpty { count += 1 }
      if let name = (row.intents + row.accepted).first(where: { !intents.contains($0) }) {
        throw Problem.unknownIntent(name)
      }
      if let name = row.signals?.sorted().first(where: { !signals.contains($0) }) { throw Problem.unknownSignal(name) }
    }
    if count < 100 { throw Problem.tooFew(texts: count, needed: 100) }
  }

  /// Learns `task` as often as the plan wants, each time with another seed, and tells the rounds of all runs as one count.
  private func runs<Learner>(
    _ task: String, _ progress: @escaping (Progress) -> Void,
    _ learn: (SoftmaxTask.Settings, (Int, Double) -> Void) -> Learner
  ) -> [Learner] {
    (0..<plan.runs).map { run in
      var settings = SoftmaxTask.Settings()
      settings.epochs = plan.epochs
      settings.seed = plan.seed &+ UInt64(run)
      return learn(settings) { round, loss in
        progress(Progress(task: task, round: run * plan.epochs + round, rounds: plan.runs * plan.epochs, loss: loss))
      }
    }
  }

  private func intents(
    _ rows: [LabelledText], _ texts: [EncodedText], _ encoder: Encoder, _ progress: @escaping (Progress) -> Void
  ) -> SoftmaxTask {
    let number = Dictionary(uniqueKeysWithValues: plan.intents.enumerated().map { ($1, $0) })
    var examples: [SoftmaxTask.Example] = []
    for (row, text) in zip(rows, texts) {
      guard let main = row.intents.first.flatMap({ number[$0] }) else { continue }
      var target = [Float](repeating: 0, count: plan.intents.count)
      let others = row.intents.dropFirst().compactMap { number[$0] }
      let accepted = row.accepted.compactMap { number[$0] }
      // A second request is wanted, too, and a label that is also right is not wrong; the main one stays the likeliest.
      for other in others { target[other] += 0.25 / Float(others.count) }
      for other in accepted { target[other] += 0.2 / Float(accepted.count) }
      target[main] += 1 - target.reduce(0, +)
      examples.append(
        .init(text: text, target: target, isAnyOf: false, weight: plan.sourceWeights[row.source] ?? plan.weight))
    }
    return .mean(
      of: runs("intents", progress) { settings, told in
        var task = SoftmaxTask(
          labels: plan.intents.count, features: encoder.hashes.count, vectorWidth: vectors?.width ?? 0)
        task.train(examples, settings, progress: told)
        return task
      })
  }

  private func sentiment(
    _ rows: [LabelledText], _ texts: [EncodedText], _ encoder: Encoder, _ progress: @escaping (Progress) -> Void
  ) -> SoftmaxTask {
    var examples: [SoftmaxTask.Example] = []
    for (row, text) in zip(rows, texts) {
      guard let feeling = row.sentiment else { continue }
      var target = [Float](repeating: 0, count: 5)
      switch feeling {
      case .level(let level): target[level + 2] = 1
      case .direction(let sign): for level in 0..<5 where (level - 2).signum() == sign { target[level] = 1 }
      }
      let isAnyOf = target.reduce(0, +) > 1
      examples.append(
        .init(
          text: text, target: target, isAnyOf: isAnyOf, weight: plan.sourceWeights[row.source] ?? plan.weight,
          prior: (-2...2).map { Features.feelingPrior * text.feeling * Float($0) }))
    }
    return .mean(
      of: runs("sentiment", progress) { settings, told in
        var task = SoftmaxTask(labels: 5, features: encoder.hashes.count, vectorWidth: vectors?.width ?? 0)
        task.train(examples, settings, progress: told)
        return task
      })
  }

  private func pressure(
    _ rows: [LabelledText], _ texts: [EncodedText], _ encoder: Encoder, _ progress: @escaping (Progress) -> Void
  ) -> SoftmaxTask {
    var examples: [SoftmaxTask.Example] = []
    for (row, text) in zip(rows, texts) {
      guard let level = row.pressure.flatMap({ Plan.pressures.firstIndex(of: $0) }) else { continue }
      var target = [Float](repeating: 0, count: 4)
      target[level] = 1
      examples.append(.init(text: text, target: target, isAnyOf: false, weight: 1))
    }
    return .mean(
      of: runs("pressure", progress) { settings, told in
        var task = SoftmaxTask(labels: 4, features: encoder.hashes.count, vectorWidth: vectors?.width ?? 0)
        task.train(examples, settings, progress: told)
        return task
      })
  }

  private func signals(
    _ rows: [LabelledText], _ texts: [EncodedText], _ encoder: Encoder, _ progress: @escaping (Progress) -> Void
  ) -> SigmoidTask {
    var examples: [SigmoidTask.Example] = []
    for (row, text) in zip(rows, texts) {
      guard let signals = row.signals else { continue }
      examples.append(.init(text: text, target: plan.signals.map(signals.contains), weight: 1))
    }
    return .mean(
      of: runs("signals", progress) { settings, told in
        var task = SigmoidTask(names: plan.signals, features: encoder.hashes.count, vectorWidth: vectors?.width ?? 0)
        task.train(examples, positive: 4, settings, progress: told)
        return task
      })
  }

  private func assemble(
    _ rows: [LabelledText], _ wish: SoftmaxTask, _ feeling: SoftmaxTask, _ pressing: SoftmaxTask,
    _ signals: SigmoidTask,
    _ languages: LanguageTrainer.Learned, _ encoder: Encoder
  ) -> (header: ModelHeader, table: WeightTable) {
    var column = 0
    func part(_ task: SoftmaxTask, importance: Float) -> (part: Compressor.Part, first: Int, salience: Int) {
      let first = column
      let columns = (0...task.labels).map { (from: $0, to: first + $0) }
      column += task.labels + 1
      return (
        .init(weights: task.folded(encoder), width: task.width, columns: columns, importance: importance), first,
        first + task.labels
      )
    }
    let wishPart = part(wish, importance: 1)
    let feelingPart = part(feeling, importance: 0.5)
    let pressingPart = part(pressing, importance: 0.3)
    let signalColumn = column
    let signalPart = Compressor.Part(
      weights: signals.folded(encoder), width: signals.width,
      columns: (0..<signals.labels).map { (from: $0, to: signalColumn + $0) }, importance: 0.5)
    let (table, scales) = Compressor.compress(
      hashes: encoder.hashes, counts: encoder.counts,
      parts: [wishPart.part, feelingPart.part, pressingPart.part, signalPart],
      rowWidth: 64, sets: plan.sets)
    func choice(_ labels: [String], _ task: SoftmaxTask, _ first: Int, _ salience: Int) -> ModelHeader.Choice {
      .init(
        labels: labels, column: first, scales: (0..<labels.count).map { Double(scales[first + $0]) },
        biases: (0..<labels.count).map { Double(task.biases[$0]) }, salienceColumn: salience,
        salienceScale: Double(scales[salience]), temperature: 1)
    }
    let header = ModelHeader(
      name: plan.name, features: Features.version,
      intents: choice(plan.intents, wish, wishPart.first, wishPart.salience),
      sentiment: choice(["-2", "-1", "0", "1", "2"], feeling, feelingPart.first, feelingPart.salience),
      pressure: choice(Plan.pressures, pressing, pressingPart.first, pressingPart.salience),
      signals: plan.signals.indices.map {
        .init(
          name: plan.signals[$0], column: signalColumn + $0, scale: Double(scales[signalColumn + $0]),
          bias: Double(SigmoidTask.bias), phrasePrior: Double(SigmoidTask.phrasePrior),
          threshold: Plan.threshold(plan.signals[$0]))
      }, languages: languages.languages, languageTemperature: 1,
      calibration: .init(
        curve: [.init(from: 0, share: 0), .init(from: 1000, share: 1000)], highFrom: 900, mediumFrom: 600,
        claimedFrom: 400, setFrom: 100, coverage: 900, levelsFrom: [-625, -250, 250, 625]),
      sources: count(rows), trainedOn: Self.digest(rows))
    return (header, table)
  }

  private func count(_ rows: [LabelledText]) -> [ModelHeader.Source] {
    var counts: [String: Int] = [:]
    for row in rows { counts[row.source, default: 0] += 1 }
    return counts.sorted { $0.key < $1.key }.map {
      .init(name: $0.key, licence: Sources.licences[$0.key] ?? "not stated", texts: $0.value)
    }
  }

  private static func digest(_ rows: [LabelledText]) -> String {
    var hash = SHA256()
    for row in rows {
      let line = [
        row.whole, row.intents.joined(separator: " "), row.accepted.joined(separator: " "),
        "\(row.sentiment?.sign ?? 9)",
        row.pressure ?? "", row.signals?.sorted().joined(separator: " ") ?? "", row.language ?? "", row.source,
      ].joined(separator: "\u{1F}")
      hash.update(data: Data(line.utf8))
    }
    return hash.finalize().map { String(format: "%02x", $0) }.joined()
  }
}

extension LabelledText {
  /// Subject and body as the reader sees them.
  var whole: String { subject + "\n" + text }
}
