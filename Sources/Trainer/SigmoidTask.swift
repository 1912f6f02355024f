internal import Foundation

/// Questions with yes or no, one beside the other (which signals a text gives), learned over the sentences of a text.
///
/// One sentence that gives a signal is enough, however long the rest is, so the text's score is its highest sentence's, and
/// only that sentence learns from it. A phrase of our books is the prior, which the rest of the sentence can only outvote: so
/// what a person wrote into the book works from the start, and training learns where the phrase means something else.
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

  /// The scores of a text, and which sentence each comes from.
  func scores(_ text: EncodedText) -> (scores: [Float], sentences: [Int]) {
    highest(text.sentences.map(sentenceScores))
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

  private func highest(_ each: [[Float]]) -> (scores: [Float], sentences: [Int]) {
    guard !each.isEmpty else {
      return (Array(repeating: Self.bias, count: labels), Array(repeating: 0, count: labels))
    }
    var scores = Array(each[0][0..<labels])
    var sentences = [Int](repeating: 0, count: labels)
    for s in each.indices.dropFirst() {
      for label in 0..<labels where each[s][label] > scores[label] {
        scores[label] = each[s][label]
        sentences[label] = s
      }
    }
    return (scores, sentences)
  }

  private mutating func step(
    _ example: Example, _ positive: Float, _ rate: Float, _ settings: TaskSettings
  ) -> Float {
    let sentences = example.text.sentences
    guard !sentences.isEmpty else { return 0 }
    let (scores, chosen) = highest(sentences.map(sentenceScores))
    var gradients = [[Float]](repeating: [], count: sentences.count)
    var loss: Float = 0
    for label in 0..<labels {
      let probability = 1 / (1 + expf(-scores[label]))
      let truth: Float = example.target[label] ? 1 : 0
      let weight = example.weight * (example.target[label] ? positive : 1)
      loss -= weight * logf(max(truth == 1 ? probability : 1 - probability, 1e-6))
      let gradient = weight * (probability - truth)
      guard abs(gradient) > 1e-4 else { continue }
      let s = chosen[label]
      if gradients[s].isEmpty { gradients[s] = Array(repeating: 0, count: width) }
      gradients[s][label] = gradient
    }
    for s in sentences.indices where !gradients[s].isEmpty {
      update(sentences[s], gradients[s], rate, settings)
    }
    return loss
  }

  private func sentenceScores(_ sentence: EncodedText.Sentence) -> [Float] {
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
