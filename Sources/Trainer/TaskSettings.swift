/// How one question is learned, by AdaGrad. Each question has its own: what suits the rare signals spoils the feelings.
///
/// Found by training without an eighth of the corpus's letters and posts and judging on them and on `apart`; Deploy/model/README.md
/// says what each change was worth.
struct TaskSettings {
  /// Rounds over the data.
  var epochs = 12
  /// The length of the first steps; the last ones are a tenth as long.
  var rate: Float = 0.3
  /// How far a weight is drawn towards zero wherever its feature occurs.
  var decay: Float = 1e-6
  /// What the sum of a weight's squared gradients begins with: the larger, the shorter its first steps.
  var firstSquare: Float = 1e-4
  /// As `rate`, for what the word vectors say.
  var vectorRate: Float = 0.3
  /// Of the order of the texts.
  var seed: UInt64 = 1
  /// Share of features left out of each step.
  var dropout: Float = 0
  /// Whether the text as a whole speaks beside its sentences: what they say together may be said in none of them.
  var readsWhole = false
  /// How fast saliences are learned beside the answers.
  var salienceRate: Float = 0.1

  /// What a customer wants: 25 answers, many of which differ by one word.
  static let intents = TaskSettings(decay: 1e-4, firstSquare: 0.01, readsWhole: true)
  /// Feelings are learned soon, and by heart soon after.
  static let sentiment = TaskSettings(epochs: 8)
  static let pressure = TaskSettings()
  /// A signal is rare and said in few words: long steps with weights held small find what its texts share.
  static let signals = TaskSettings(epochs: 8, rate: 1, decay: 2e-3, firstSquare: 0.3, readsWhole: true)

  /// The length of the steps in a round.
  func rate(in epoch: Int) -> Float { rate * (1 - Float(epoch) / Float(epochs) * 0.9) }
}
