internal import Foundation

/// Questions with yes or no, one beside the other (which signals a text gives), learned over the sentences of a text.
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
  let width: Int
  private(set) var weights: [Float]
  private(set) var vectorWeights: [Float]
  private var squares: [Float]
  private var vectorSquares: [Float]

  init(names: [String], features: Int, vectorWidth: Int, _ settings: TaskSettings) {
    self.names = names
    width = (names.count + 7) / 8 * 8
    weights = Array(repeating: 0, count: features * width)
    squares = Array(repeating: settings.firstSquare, count: features * width)
    vectorWeights = Array(repeating: 0, count: vectorWidth * width)
    vectorSquares = Array(repeating: 1e-2, count: vectorWidth * width)
  }

  /// What several runs over the same examples, in other orders, learned on the average.
  static func mean(of runs: [SigmoidTask]) -> SigmoidTask {
    var mean = runs[0]
    mean.weights = .mean(of: runs.map(\.weights))
    mean.vectorWeights = .mean(of: runs.map(\.vectorWeights))
    return mean
  }

  /// Signals are rare, so a text that has one counts for more where it has it.
  mutating func train(
    _ examples: [Example], positive: Float, _ settings: TaskSettings,
    progress: (Int, Double) -> Void = { _, _ in }
  ) {
    var generator = SeededGenerator(seed: settings.seed)
    var order = Array(examples.indices)
    for epoch in 0..<settings.epochs {
      order.shuffle(using: &generator)
      let rate = settings.rate * (1 - Float(epoch) / Float(settings.epochs) * 0.9)
      var loss = 0.0
      for index in order { loss += Double(step(examples[index], positive, rate, settings)) }
      progress(epoch + 1, loss / Double(max(examples.count, 1)))
    }
  }

  private mutating func step(
    _ example: Example, _ positive: Float, _ rate: Float, _ settings: TaskSettings
  ) -> Float {
    let parts = example.text.parts
    let scores = parts.map(partScores)
    var gradients = [[Float]](repeating: [], count: parts.count)
    var loss: Float = 0
    for label in 0..<labels {
      guard let highest = scores.lazy.map({ $0[label] }).max() else { continue }
      let probability = 1 / (1 + expf(-highest))
      let truth: Float = example.target[label] ? 1 : 0
      let weight = example.weight * (example.target[label] ? positive : 1)
      loss -= weight * logf(max(truth == 1 ? probability : 1 - probability, 1e-6))
      let gradient = weight * (probability - truth)
      guard abs(gradient) > Self.gradientMin else { continue }
      let shares = scores.map { expf($0[label] - highest) }
      let whole = shares.reduce(0, +)
      for (part, share) in shares.enumerated() where share / whole * abs(gradient) > Self.gradientMin {
        if gradients[part].isEmpty { gradients[part] = Array(repeating: 0, count: width) }
        gradients[part][label] = gradient * share / whole
      }
    }
    for part in parts.indices where !gradients[part].isEmpty { update(parts[part], gradients[part], rate, settings) }
    return loss
  }

  private func partScores(_ sentence: EncodedText.Sentence) -> [Float] {
    var sums = [Float](repeating: 0, count: width)
    weights.withUnsafeBufferPointer { weights in
      for feature in sentence.features {
        let base = Int(feature) * width
        for column in 0..<width { sums[column] += weights[base + column] }
      }
    }
    for (row, value) in sentence.vector.enumerated() where value != 0 {
      for column in 0..<width { sums[column] += value * vectorWeights[row * width + column] }
    }
    for column in 0..<width { sums[column] = sums[column] * sentence.scale + Self.bias }
    if !sentence.phrases.isEmpty {
      for label in 0..<labels where sentence.phrases.contains(names[label]) { sums[label] += Self.phrasePrior }
    }
    return sums
  }

  private mutating func update(
    _ sentence: EncodedText.Sentence, _ gradient: [Float], _ rate: Float, _ settings: TaskSettings
  ) {
    let columns = gradient.indices.filter { gradient[$0] != 0 }
    for feature in sentence.features {
      let base = Int(feature) * width
      for column in columns {
        let g = gradient[column] * sentence.scale + settings.decay * weights[base + column]
        squares[base + column] += g * g
        weights[base + column] -= rate * g / squares[base + column].squareRoot()
      }
    }
    let vectorRate = settings.vectorRate * rate / settings.rate
    for (row, value) in sentence.vector.enumerated() where value != 0 {
      for column in columns {
        let at = row * width + column
        let g = gradient[column] * sentence.scale * value
        vectorSquares[at] += g * g
        vectorWeights[at] -= vectorRate * g / vectorSquares[at].squareRoot()
      }
    }
  }
}

extension [Float] {
  /// The mean of lists of the same length, place by place, added in their order.
  static func mean(of lists: [[Float]]) -> [Float] {
    var sum = lists[0]
    for list in lists.dropFirst() { for index in sum.indices { sum[index] += list[index] } }
    for index in sum.indices { sum[index] /= Float(lists.count) }
    return sum
  }
}
