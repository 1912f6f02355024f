internal import Foundation

/// One question with one answer of several (which intent, which feeling), learned over the sentences of a text.
///
/// Each sentence speaks for each answer, and has a salience; the text's scores are the average of its sentences', weighted by
/// the softmax of their saliences. So a request in the middle of a long story counts, and the story does not: the model learns
/// which sentences carry the answer. (Attention pooling for multiple-instance learning: Ilse, Tomczak and Welling, 2018.)
/// Steps are AdaGrad's (Duchi, Hazan and Singer, 2011), in an order that depends on the seed alone.
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

  let labels: Int
  /// The labels and the salience, rounded up to whole registers.
  let width: Int
  private(set) var weights: [Float]
  private(set) var vectorWeights: [Float]
  private(set) var biases: [Float]
  private var squares: [Float]
  private var vectorSquares: [Float]
  private var biasSquares: [Float]
  private let vectorWidth: Int

  init(labels: Int, features: Int, vectorWidth: Int, _ settings: TaskSettings) {
    self.labels = labels
    self.vectorWidth = vectorWidth
    width = (labels + 1 + 7) / 8 * 8
    weights = Array(repeating: 0, count: features * width)
    squares = Array(repeating: settings.firstSquare, count: features * width)
    vectorWeights = Array(repeating: 0, count: vectorWidth * width)
    vectorSquares = Array(repeating: 1e-2, count: vectorWidth * width)
    biases = Array(repeating: 0, count: width)
    biasSquares = Array(repeating: 1e-2, count: width)
  }

  /// What several runs over the same examples, in other orders, learned on the average: what only one of them says by the accident of its order
  /// is divided by their number.
  static func mean(of runs: [SoftmaxTask]) -> SoftmaxTask {
    var mean = runs[0]
    mean.weights = .mean(of: runs.map(\.weights))
    mean.vectorWeights = .mean(of: runs.map(\.vectorWeights))
    mean.biases = .mean(of: runs.map(\.biases))
    return mean
  }

  /// Scores of the answers for a text, and each sentence's share in them.
  func scores(_ text: EncodedText) -> (scores: [Float], attention: [Float], sentences: [[Float]]) {
    let sentences = text.sentences.map { sentenceScores($0, skip: nil) }
    guard !sentences.isEmpty else { return (Array(biases[0..<labels]), [], []) }
    let attention = Self.softmax(sentences.map { $0[labels] })
    var scores = [Float](repeating: 0, count: labels)
    for (sentence, share) in zip(sentences, attention) {
      for label in 0..<labels { scores[label] += share * sentence[label] }
    }
    return (scores, attention, sentences)
  }

  mutating func train(_ examples: [Example], _ settings: TaskSettings, progress: (Int, Double) -> Void = { _, _ in }) {
    var generator = SeededGenerator(seed: settings.seed)
    var order = Array(examples.indices)
    for epoch in 0..<settings.epochs {
      order.shuffle(using: &generator)
      let rate = settings.rate * (1 - Float(epoch) / Float(settings.epochs) * 0.9)
      var loss = 0.0
      for index in order { loss += Double(step(examples[index], rate, settings, &generator)) }
      progress(epoch + 1, loss / Double(max(examples.count, 1)))
    }
  }

  private mutating func step(
    _ example: Example, _ rate: Float, _ settings: TaskSettings, _ generator: inout SeededGenerator
  ) -> Float {
    let sentences = example.text.sentences
    guard !sentences.isEmpty else { return 0 }
    let threshold = UInt64(settings.dropout * 65536)
    let seed = generator.next()
    let skip: (Int, Int) -> Bool = { sentence, feature in
      ((seed ^ UInt64(sentence &* 1_000_003 &+ feature)) &* 0x9E37_79B9_7F4A_7C15) >> 48 < threshold
    }
    let each = sentences.indices.map { s in sentenceScores(sentences[s], skip: { skip(s, $0) }) }
    let attention =
      settings.usesSalience
      ? Self.softmax(each.map { $0[labels] }) : [Float](repeating: 1 / Float(each.count), count: each.count)
    var scores = [Float](repeating: 0, count: labels)
    for s in each.indices { for label in 0..<labels { scores[label] += attention[s] * each[s][label] } }
    for label in example.prior.indices { scores[label] += example.prior[label] }
    let probabilities = Self.softmax(scores)
    for label in example.prior.indices { scores[label] -= example.prior[label] }
    var gradient = [Float](repeating: 0, count: width)
    var loss: Float = 0
    if example.isAnyOf {
      var right: Float = 0
      for label in 0..<labels where example.target[label] > 0 { right += probabilities[label] }
      right = max(right, 1e-6)
      for label in 0..<labels {
        let wanted = example.target[label] > 0 ? probabilities[label] / right : 0
        gradient[label] = probabilities[label] - wanted
      }
      loss = -logf(right)
    } else {
      for label in 0..<labels {
        gradient[label] = probabilities[label] - example.target[label]
        if example.target[label] > 0 { loss -= example.target[label] * logf(max(probabilities[label], 1e-6)) }
      }
    }
    for label in 0..<labels { gradient[label] *= example.weight }
    var whole: Float = 0
    for label in 0..<labels { whole += gradient[label] * scores[label] }
    for s in sentences.indices {
      var own: Float = 0
      for label in 0..<labels { own += gradient[label] * each[s][label] }
      var part = gradient
      for label in 0..<labels { part[label] *= attention[s] }
      part[labels] = settings.usesSalience && each.count > 1 ? attention[s] * (own - whole) : 0
      update(sentences[s], part, rate, settings, skip: { skip(s, $0) })
    }
    return loss * example.weight
  }

  private func sentenceScores(_ sentence: EncodedText.Sentence, skip: ((Int) -> Bool)?) -> [Float] {
    var sums = [Float](repeating: 0, count: width)
    weights.withUnsafeBufferPointer { weights in
      sums.withUnsafeMutableBufferPointer { sums in
        for (index, feature) in sentence.features.enumerated() {
          if let skip, skip(index) { continue }
          let base = Int(feature) * width
          for column in 0..<width { sums[column] += weights[base + column] }
        }
      }
    }
    for (row, value) in sentence.vector.enumerated() where value != 0 {
      for column in 0..<width { sums[column] += value * vectorWeights[row * width + column] }
    }
    for column in 0..<width { sums[column] = sums[column] * sentence.scale + biases[column] }
    return sums
  }

  private mutating func update(
    _ sentence: EncodedText.Sentence, _ gradient: [Float], _ rate: Float, _ settings: TaskSettings, skip: (Int) -> Bool
  ) {
    let width = width
    weights.withUnsafeMutableBufferPointer { weights in
      squares.withUnsafeMutableBufferPointer { squares in
        gradient.withUnsafeBufferPointer { gradient in
          for (index, feature) in sentence.features.enumerated() where !skip(index) {
            let base = Int(feature) * width
            for column in 0..<width {
              let g = gradient[column] * sentence.scale + settings.decay * weights[base + column]
              squares[base + column] += g * g
              weights[base + column] -=
                (column == labels ? rate * settings.salienceRate : rate) * g / squares[base + column].squareRoot()
            }
          }
        }
      }
    }
    let vectorRate = settings.vectorRate * rate / settings.rate
    for (row, value) in sentence.vector.enumerated() where value != 0 {
      for column in 0..<width {
        let at = row * width + column
        let g = gradient[column] * sentence.scale * value
        vectorSquares[at] += g * g
        vectorWeights[at] -=
          (column == labels ? vectorRate * settings.salienceRate : vectorRate) * g / vectorSquares[at].squareRoot()
      }
    }
    for column in 0..<labels {
      biasSquares[column] += gradient[column] * gradient[column]
      biases[column] -= rate * 0.1 * gradient[column] / biasSquares[column].squareRoot()
    }
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
