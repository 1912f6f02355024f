internal import Classifier

/// A row of weights for each feature and for each place of the word vectors: what a part of a text says is their sum by its scale.
///
/// The parts of a text are its sentences and, where there are several and the question wants it, all of them as one. Steps are
/// AdaGrad's (Duchi, Hazan and Singer, 2011): each weight has its own, and they grow shorter the more it has moved.
struct LearnedWeights {
  /// The columns of a row, rounded up to whole registers.
  let width: Int
  private(set) var features: [Float]
  private var vectors: [Float]
  private var featureSquares: [Float]
  private var vectorSquares: [Float]
  private let settings: TaskSettings

  init(columns: Int, features count: Int, vectorWidth: Int, _ settings: TaskSettings) {
    width = (columns + 7) / 8 * 8
    self.settings = settings
    features = Array(repeating: 0, count: count * width)
    featureSquares = Array(repeating: settings.firstSquare, count: count * width)
    vectors = Array(repeating: 0, count: vectorWidth * width)
    vectorSquares = Array(repeating: 1e-2, count: vectorWidth * width)
  }

  /// What several runs over the same examples, in other orders, learned on the average: what only one of them says by the accident of
  /// its order is divided by their number.
  static func mean(of runs: [LearnedWeights]) -> LearnedWeights {
    var mean = runs[0]
    mean.features = .mean(of: runs.map(\.features))
    mean.vectors = .mean(of: runs.map(\.vectors))
    return mean
  }

  /// What each part of a text says for each column, the whole last.
  func parts(of text: EncodedText) -> [[Float]] {
    let sums = text.sentences.map(sum)
    var parts = zip(text.sentences, sums).map { sentence, sum in sum.map { $0 * sentence.scale } }
    if settings.readsWhole, sums.count > 1 {
      var whole = sums[0]
      for sum in sums.dropFirst() { for column in 0..<width { whole[column] += sum[column] } }
      parts.append(whole.map { $0 * text.scale })
    }
    return parts
  }

  /// A step against the gradient of each part; a column in which there is none stays as it is.
  ///
  /// - Parameter rates: how long the step is, by column.
  mutating func step(_ text: EncodedText, against gradients: [[Float]], rates: [Float]) {
    let whole = gradients.count > text.sentences.count ? gradients[text.sentences.count] : nil
    for (sentence, own) in zip(text.sentences, gradients) {
      var gradient = own.map { $0 * sentence.scale }
      if let whole { for column in 0..<width { gradient[column] += whole[column] * text.scale } }
      if gradient.contains(where: { $0 != 0 }) { step(sentence, against: gradient, rates) }
    }
  }

  private func sum(_ sentence: EncodedText.Sentence) -> [Float] {
    var sum = [Float](repeating: 0, count: width)
    features.withUnsafeBufferPointer { weights in
      sum.withUnsafeMutableBufferPointer { sum in
        for feature in sentence.features {
          let base = Int(feature) * width
          for column in 0..<width { sum[column] += weights[base + column] }
        }
      }
    }
    for (row, value) in sentence.vector.enumerated() where value != 0 {
      for column in 0..<width { sum[column] += value * vectors[row * width + column] }
    }
    return sum
  }

  private mutating func step(_ sentence: EncodedText.Sentence, against gradient: [Float], _ rates: [Float]) {
    let decay = settings.decay
    let vectorRates = rates.map { $0 * settings.vectorRate / settings.rate }
    for feature in sentence.features {
      Self.step(&features, &featureSquares, row: Int(feature), rates) { column, weight in
        gradient[column] + (gradient[column] == 0 ? 0 : decay * weight)
      }
    }
    for (row, value) in sentence.vector.enumerated() where value != 0 {
      Self.step(&vectors, &vectorSquares, row: row, vectorRates) { column, _ in gradient[column] * value }
    }
  }

  /// By pointers, so that the compiler takes several columns at once.
  @inline(__always)
  private static func step(
    _ weights: inout [Float], _ squares: inout [Float], row: Int, _ rates: [Float],
    _ gradient: (_ column: Int, _ weight: Float) -> Float
  ) {
    let width = rates.count
    weights.withUnsafeMutableBufferPointer { weights in
      squares.withUnsafeMutableBufferPointer { squares in
        rates.withUnsafeBufferPointer { rates in
          let (weights, squares) = (weights.baseAddress! + row * width, squares.baseAddress! + row * width)
          for column in 0..<width {
            let g = gradient(column, weights[column])
            squares[column] += g * g
            weights[column] -= rates[column] * g / squares[column].squareRoot()
          }
        }
      }
    }
  }

  /// The weights of the features with what the vectors taught folded into the words' own: the sum over a sentence stays the same.
  func folded(_ encoder: Encoder) -> [Float] {
    guard let ofWords = encoder.vectors else { return features }
    var folded = features
    for hash in ofWords.hashes {
      guard let number = encoder.numbers[hash], let vector = ofWords.vector(hash) else { continue }
      for (row, value) in vector.enumerated() {
        for column in 0..<width { folded[Int(number) * width + column] += value * vectors[row * width + column] }
      }
    }
    return folded
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
