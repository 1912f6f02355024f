internal import Classifier

/// Learns to tell languages by words, runs of three letters and marked letters.
///
/// Customers write a few words as often as a letter, so each text teaches twice: as a whole, and cut into snippets of a few
/// words.
struct LanguageTrainer {
  struct Learned: Sendable {
    let table: WeightTable
    let languages: [ModelHeader.Language]
  }

  private static let snippetWords = 4
  private static let snippetsMax = 6
  /// So many times the texts of the next one a language gives at most: with ten times as many, every word that it shares was its own.
  private static let timesMax = 4

  static func train(_ rows: [LabelledText], _ plan: Plan, _ progress: (ModelTrainer.Progress) -> Void) -> Learned {
    let labelled = rows.filter { row in
      row.language.map { $0 != "und" && !LanguageFeatures.toldByScript.contains($0) } ?? false
    }
    let tags = Array(Set(labelled.compactMap(\.language)).sorted().prefix(32))
    let ofTag = Dictionary(grouping: labelled, by: \.language)
    let most = ofTag.values.map(\.count).sorted().dropLast().last.map { $0 * timesMax } ?? .max
    let texts = tags.indices.flatMap { language in
      evenly(ofTag[tags[language]] ?? [], most: most).flatMap { row in
        let words = row.text.split(whereSeparator: \.isWhitespace)
        let snippets = stride(from: 0, to: words.count, by: snippetWords).prefix(snippetsMax).map {
          words[$0...].prefix(snippetWords).joined(separator: " ")
        }
        return ([row.whole] + snippets).map { (features: features($0), language: language) }
      }
    }
    let sizes = tags.indices.map { language in texts.count { $0.language == language } }
    var counts: [UInt64: Int32] = [:]
    for text in texts { for feature in text.features { counts[feature, default: 0] += 1 } }
    let hashes = counts.filter { $0.value >= 2 }.keys.sorted()
    let index = Dictionary(uniqueKeysWithValues: hashes.enumerated().map { ($1, Int32($0)) })
    // A language of which there is more must not be likelier for it.
    let mean = Float(sizes.reduce(0, +)) / Float(max(tags.count, 1))
    let examples = texts.map { text in
      let sentence = EncodedText.Sentence(
        features: text.features.compactMap { index[$0] }, vector: [],
        scale: 1 / Float(max(text.features.count, 1)).squareRoot())
      var target = [Float](repeating: 0, count: tags.count)
      target[text.language] = 1
      let weight = min(3, (mean / Float(max(sizes[text.language], 1))).squareRoot())
      return SoftmaxTask.Example(
        text: EncodedText(sentences: [sentence]), target: target, isAnyOf: false, weight: weight)
    }
    let settings = TaskSettings(epochs: 6, seed: plan.seed, dropout: 0.2)
    var task = SoftmaxTask(labels: tags.count, features: hashes.count, vectorWidth: 0, settings)
    task.train(examples) {
      progress(.init(task: "languages", round: $0, rounds: settings.epochs, loss: $1))
    }
    let (table, scales) = Compressor.compress(
      hashes: hashes, counts: hashes.map { counts[$0]! },
      parts: [
        .init(
          weights: task.weights.features, width: task.weights.width, columns: tags.indices.map { (from: $0, to: $0) },
          importance: 1)
      ], rowWidth: 32, sets: plan.languageSets)
    return Learned(
      table: table,
      languages: tags.indices.map { .init(tag: tags[$0], scale: Double(scales[$0]), bias: Double(task.biases[$0])) })
  }

  /// So many of `rows`, one here and one there.
  private static func evenly(_ rows: [LabelledText], most: Int) -> [LabelledText] {
    rows.count <= most ? rows : (0..<most).map { rows[$0 * rows.count / most] }
  }

  private static func features(_ text: String) -> [UInt64] {
    var features: [UInt64] = []
    LanguageFeatures.forEach(in: Words(text), wordsMax: .max) { features.append($1) }
    return features
  }
}
