public import Classifier
internal import Crypto
internal import Foundation

/// Learns a model from labelled texts.
///
/// The same texts in the same order, the same vectors and the same plan give the same bytes.
public struct ModelTrainer: Sendable {
  /// What is being done, for a progress bar.
  public struct Progress: Sendable {
    /// `intents`, `sentiment`, `pressure`, `signals`, each also as `draft of ...`, and `languages`.
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
    async let languages = Self.run { LanguageTrainer.train(rows, self.plan, progress) }
    // Which features are worth a row is known once everything was learned. With those alone it is learned again, so that they say
    // what the others would have said.
    let all = Encoder(rows.map(\.whole), vectors: vectors, countMin: 2)
    let draft = await learn(Lesson(rows, all, runs: 1, name: "draft of ", progress))
    let table = assemble(draft, rows, [], all).table
    let encoder = all.keeping(Set(all.hashes.filter { table.weights(of: $0) != nil }))
    let learned = await learn(Lesson(rows, encoder, runs: plan.runs, name: "", progress))
    let first = await assemble(learned, rows, languages.languages, encoder)
    let model = try await Model(header: first.header, table: first.table, languageTable: languages.table)
    return try Calibrator.calibrate(model, on: apart.isEmpty ? rows : apart)
  }

  /// What is learned from, with which features and how often.
  private struct Lesson: Sendable {
    let rows: [LabelledText]
    let texts: [EncodedText]
    let features: Int
    let vectorWidth: Int
    let runs: Int
    /// What stands before the names of its tasks.
    let name: String
    let progress: @Sendable (Progress) -> Void

    init(
      _ rows: [LabelledText], _ encoder: Encoder, runs: Int, name: String,
      _ progress: @escaping @Sendable (Progress) -> Void
    ) {
      self.rows = rows
      texts = rows.map { encoder.encode($0.whole) }
      features = encoder.hashes.count
      vectorWidth = encoder.vectors?.width ?? 0
      self.runs = runs
      self.name = name
      self.progress = progress
    }
  }

  private struct Learned: Sendable {
    let intents: SoftmaxTask
    let sentiment: SoftmaxTask
    let pressure: SoftmaxTask
    let signals: SigmoidTask
  }

  private func learn(_ lesson: Lesson) async -> Learned {
    async let intents = Self.run { self.intents(lesson) }
    async let others = Self.run { (self.sentiment(lesson), self.pressure(lesson), self.signals(lesson)) }
    let (sentiment, pressure, signals) = await others
    return await Learned(intents: intents, sentiment: sentiment, pressure: pressure, signals: signals)
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

  /// Learns `task` as often as the lesson wants, each time with another seed, and tells the rounds of all runs as one count.
  private func runs<Learner>(
    _ task: String, _ settings: TaskSettings, _ lesson: Lesson,
    _ learn: (TaskSettings, (Int, Double) -> Void) -> Learner
  ) -> [Learner] {
    (0..<lesson.runs).map { run in
      var settings = settings
      settings.epochs = max(1, settings.epochs * plan.epochs / TaskSettings.intents.epochs)
      settings.seed = plan.seed &+ UInt64(run)
      return learn(settings) { round, loss in
        lesson.progress(
          Progress(
            task: lesson.name + task, round: run * settings.epochs + round, rounds: lesson.runs * settings.epochs,
            loss: loss))
      }
    }
  }

  private func intents(_ lesson: Lesson) -> SoftmaxTask {
    let number = Dictionary(uniqueKeysWithValues: plan.intents.enumerated().map { ($1, $0) })
    var examples: [SoftmaxTask.Example] = []
    for (row, text) in zip(lesson.rows, lesson.texts) {
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
      of: runs("intents", .intents, lesson) { settings, told in
        var task = SoftmaxTask(
          labels: plan.intents.count, features: lesson.features, vectorWidth: lesson.vectorWidth, settings)
        task.train(examples, progress: told)
        return task
      })
  }

  private func sentiment(_ lesson: Lesson) -> SoftmaxTask {
    var examples: [SoftmaxTask.Example] = []
    for (row, text) in zip(lesson.rows, lesson.texts) {
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
      of: runs("sentiment", .sentiment, lesson) { settings, told in
        var task = SoftmaxTask(labels: 5, features: lesson.features, vectorWidth: lesson.vectorWidth, settings)
        task.train(examples, progress: told)
        return task
      })
  }

  private func pressure(_ lesson: Lesson) -> SoftmaxTask {
    var examples: [SoftmaxTask.Example] = []
    for (row, text) in zip(lesson.rows, lesson.texts) {
      guard let level = row.pressure.flatMap({ Plan.pressures.firstIndex(of: $0) }) else { continue }
      var target = [Float](repeating: 0, count: 4)
      target[level] = 1
      examples.append(.init(text: text, target: target, isAnyOf: false, weight: 1))
    }
    return .mean(
      of: runs("pressure", .pressure, lesson) { settings, told in
        var task = SoftmaxTask(labels: 4, features: lesson.features, vectorWidth: lesson.vectorWidth, settings)
        task.train(examples, progress: told)
        return task
      })
  }

  private func signals(_ lesson: Lesson) -> SigmoidTask {
    var examples: [SigmoidTask.Example] = []
    for (row, text) in zip(lesson.rows, lesson.texts) {
      guard let signals = row.signals else { continue }
      examples.append(.init(text: text, target: plan.signals.map(signals.contains), weight: 1))
    }
    return .mean(
      of: runs("signals", .signals, lesson) { settings, told in
        var task = SigmoidTask(
          names: plan.signals, features: lesson.features, vectorWidth: lesson.vectorWidth, settings)
        task.train(examples, positive: 3, progress: told)
        return task
      })
  }

  private func assemble(
    _ learned: Learned, _ rows: [LabelledText], _ languages: [ModelHeader.Language], _ encoder: Encoder
  ) -> (header: ModelHeader, table: WeightTable) {
    var column = 0
    func part(_ task: SoftmaxTask, importance: Float) -> (part: Compressor.Part, first: Int, salience: Int) {
      let first = column
      let columns = (0...task.labels).map { (from: $0, to: first + $0) }
      column += task.labels + 1
      return (
        .init(
          weights: task.weights.folded(encoder), width: task.weights.width, columns: columns, importance: importance),
        first,
        first + task.labels
      )
    }
    let wishPart = part(learned.intents, importance: 1)
    let feelingPart = part(learned.sentiment, importance: 0.5)
    let pressingPart = part(learned.pressure, importance: 0.3)
    let signalColumn = column
    let signalPart = Compressor.Part(
      weights: learned.signals.weights.folded(encoder), width: learned.signals.weights.width,
      columns: (0..<learned.signals.labels).map { (from: $0, to: signalColumn + $0) }, importance: 0.5)
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
      intents: choice(plan.intents, learned.intents, wishPart.first, wishPart.salience),
      sentiment: choice(["-2", "-1", "0", "1", "2"], learned.sentiment, feelingPart.first, feelingPart.salience),
      pressure: choice(Plan.pressures, learned.pressure, pressingPart.first, pressingPart.salience),
      signals: plan.signals.indices.map {
        .init(
          name: plan.signals[$0], column: signalColumn + $0, scale: Double(scales[signalColumn + $0]),
          bias: Double(SigmoidTask.bias), phrasePrior: Double(SigmoidTask.phrasePrior),
          threshold: Plan.threshold(plan.signals[$0]))
      }, languages: languages, languageTemperature: 1,
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
