internal import Foundation

/// One question with one answer of several (which intent, which feeling), learned over the parts of a text.
///
/// Each part speaks for each answer, and has a salience; the text's scores are the average of its parts', weighted by the
/// softmax of their saliences. So a request in the middle of a long story counts, and the story does not: the model learns which
/// parts carry the answer. (Attention pooling for multiple-instance learning: Ilse, Tomczak and Welling, 2018.)
struct SoftmaxTask {
  struct Example {
    let text: EncodedText
    /// How right each answer is. With `isAnyOf` all answers above zero are alternatives of which the truth is one unknown one.
    let target: [Float]
    let isAnyOf: Bool
    let weight: Float
    /// What is known before anything is learned: added to the scores of the answers. Empty where nothing is.
    var prior: [Float] = []
  }

  /// The answers; behind their columns there is one for the salience.
  let labels: Int
  private(set) var weights: LearnedWeights
  private(set) var biases: [Float]
  private var biasSquares: [Float]
  private let settings: TaskSettings

  init(labels: Int, features: Int, vectorWidth: Int, _ settings: TaskSettings) {
    self.labels = labels
    self.settings = settings
    weights = LearnedWeights(columns: labels + 1, features: features, vectorWidth: vectorWidth, settings)
    biases = Array(repeating: 0, count: labels)
    biasSquares = Array(repeating: 1e-2, count: labels)
  }

  /// What several runs learned on the average.
  static func mean(of runs: [SoftmaxTask]) -> SoftmaxTask {
    var mean = runs[0]
    mean.weights = .mean(of: runs.map(\.weights))
    mean.biases = .mean(of: runs.map(\.biases))
    return mean
  }

  mutating func train(_ examples: [Example], progress: (Int, Double) -> Void = { _, _ in }) {
    var generator = SeededGenerator(seed: settings.seed)
    var order = Array(examples.indices)
    for epoch in 0..<settings.epochs {
      order.shuffle(using: &generator)
      var rates = [Float](repeating: settings.rate(in: epoch), count: weights.width)
      rates[labels] *= settings.salienceRate
      var loss = 0.0
      for index in order { loss += Double(step(examples[index], rates, &generator)) }
      progress(epoch + 1, loss / Double(max(examples.count, 1)))
    }
  }

  private mutating func step(_ example: Example, _ rates: [Float], _ generator: inout SeededGenerator) -> Float {
    let text = settings.dropout > 0 ? example.text.without(settings.dropout, &generator) : example.text
    let parts = weights.parts(of: text)
    guard !parts.isEmpty else { return 0 }
    let attention = Self.softmax(parts.map { $0[labels] })
    var said = [Float](repeating: 0, count: labels)
    for (part, share) in zip(parts, attention) { for label in 0..<labels { said[label] += share * part[label] } }
    var scores = said
    for label in 0..<labels { scores[label] += biases[label] + (example.prior.isEmpty ? 0 : example.prior[label]) }
    let (gradient, loss) = slope(Self.softmax(scores), example)
    // A part learns as far as it counts, and counts for more where it says it better than all.
    let mean = Self.product(gradient, said)
    let gradients = zip(parts, attention).map { part, share in
      var own = [Float](repeating: 0, count: weights.width)
      for label in 0..<labels { own[label] = gradient[label] * share }
      if parts.count > 1 { own[labels] = share * (Self.product(gradient, part) - mean) }
      return own
    }
    weights.step(text, against: gradients, rates: rates)
    for label in 0..<labels {
      biasSquares[label] += gradient[label] * gradient[label]
      biases[label] -= rates[label] * 0.1 * gradient[label] / biasSquares[label].squareRoot()
    }
    return loss
  }

  /// The gradient of the loss by the scores, and the loss, in nats; both by the weight of the example.
  private func slope(_ probabilities: [Float], _ example: Example) -> (gradient: [Float], loss: Float) {
    let target = example.target
    guard example.isAnyOf else {
      let loss = zip(target, probabilities).reduce(0) { $1.0 > 0 ? $0 - $1.0 * logf(max($1.1, 1e-6)) : $0 }
      return (zip(probabilities, target).map { ($0 - $1) * example.weight }, loss * example.weight)
    }
    let right = max(zip(target, probabilities).reduce(0) { $1.0 > 0 ? $0 + $1.1 : $0 }, 1e-6)
    let gradient = zip(probabilities, target).map { ($1 > 0 ? $0 - $0 / right : $0) * example.weight }
    return (gradient, -logf(right) * example.weight)
  }

  private static func product(_ gradient: [Float], _ scores: [Float]) -> Float {
    var sum: Float = 0
    for label in gradient.indices { sum += gradient[label] * scores[label] }
    return sum
  }

  static func softmax(_ values: [Float]) -> [Float] {
    let most = values.max() ?? 0
    let powers = values.map { expf($0 - most) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}

/// SplitMix64 (Steele, Lea and Flood, 2014): the same seed gives the same order on every machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
