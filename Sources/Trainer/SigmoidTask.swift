internal import Foundation

/// Questions with yes or no, one beside the other (which signals a text gives), learned over the parts of a text.
///
/// One sentence that gives a signal is enough, however long the rest is, or the whole text where no sentence says it clearly: so
/// the text's score is that of its highest part. Which part gives a signal nobody labelled, and the highest is often the wrong one
/// at first: so all of them learn from it, each as far as it may be the one (the softmax of their scores). A phrase of our books is
/// the prior, which the rest of the sentence can only outvote: so what a person wrote into the book works from the start, and
/// training learns where the phrase means something else.
struct SigmoidTask {
  struct Example {
    let text: EncodedText
    let target: [Bool]
    let weight: Float
  }

  /// What every score begins with: a signal is rare, and each of many ordinary words need not learn to speak against it. With
  /// -4 they had to, and outvoted what speaks for it.
  static let bias: Float = -6
  /// What a phrase adds to the score of its signal: enough to be noticed where the rest of the sentence says nothing.
  static let phrasePrior: Float = 6

  /// Smaller ones change nothing that would be seen.
  private static let gradientMin: Float = 1e-4

  let names: [String]
  var labels: Int { names.count }
  private(set) var weights: LearnedWeights
  private let settings: TaskSettings

  init(names: [String], features: Int, vectorWidth: Int, _ settings: TaskSettings) {
    self.names = names
    self.settings = settings
    weights = LearnedWeights(columns: names.count, features: features, vectorWidth: vectorWidth, settings)
  }

  /// What several runs learned on the average.
  static func mean(of runs: [SigmoidTask]) -> SigmoidTask {
    var mean = runs[0]
    mean.weights = .mean(of: runs.map(\.weights))
    return mean
  }

  /// Signals are rare, so a text that has one counts for more where it has it.
  mutating func train(_ examples: [Example], positive: Float, progress: (Int, Double) -> Void = { _, _ in }) {
    var generator = SeededGenerator(seed: settings.seed)
    var order = Array(examples.indices)
    for epoch in 0..<settings.epochs {
      order.shuffle(using: &generator)
      let rates = [Float](repeating: settings.rate(in: epoch), count: weights.width)
      var loss = 0.0
      for index in order { loss += Double(step(examples[index], positive, rates)) }
      progress(epoch + 1, loss / Double(max(examples.count, 1)))
    }
  }

  private mutating func step(_ example: Example, _ positive: Float, _ rates: [Float]) -> Float {
    let scores = scores(of: example.text)
    var gradients = [[Float]](repeating: Array(repeating: 0, count: weights.width), count: scores.count)
    var loss: Float = 0
    for label in 0..<labels {
      let own = scores.map { $0[label] }
      guard let highest = own.max() else { continue }
      let probability = 1 / (1 + expf(-highest))
      let truth: Float = example.target[label] ? 1 : 0
      let weight = example.weight * (example.target[label] ? positive : 1)
      loss -= weight * logf(max(truth == 1 ? probability : 1 - probability, 1e-6))
      let gradient = weight * (probability - truth)
      guard abs(gradient) > Self.gradientMin else { continue }
      for (part, share) in SoftmaxTask.softmax(own).enumerated() { gradients[part][label] = gradient * share }
    }
    weights.step(example.text, against: gradients, rates: rates)
    return loss
  }

  /// The scores of each part. Phrases are said in their sentence, not in the whole.
  private func scores(of text: EncodedText) -> [[Float]] {
    var scores = weights.parts(of: text)
    for part in scores.indices {
      for label in 0..<labels {
        let isSaid = part < text.sentences.count && text.sentences[part].phrases.contains(names[label])
        scores[part][label] += Self.bias + (isSaid ? Self.phrasePrior : 0)
      }
    }
    return scores
  }
}
