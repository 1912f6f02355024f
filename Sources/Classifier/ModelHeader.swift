/// What a model file says about itself: what its columns mean, how its scores become probabilities, and whence it comes.
///
/// All in one JSON object, so that a person can read it: `heed model inspect`.
package struct ModelHeader: Codable, Sendable, Equatable {
  /// For people and for the evidence of a decision: `shipped-1`.
  package var name: String
  /// The highest reader that can read it: names what features mean. Must be `Features.version`.
  package var features: Int
  package var intents: Choice
  package var sentiment: Choice
  package var pressure: Choice
  package var signals: [Signal]
  package var languages: [Language]
  package var languageTemperature: Double
  package var calibration: Calibration
  /// Where the training data come from, with licence and number of texts.
  package var sources: [Source]
  /// SHA-256 of all texts and labels it was trained with, in order, hexadecimal.
  package var trainedOn: String

  package init(
    name: String, features: Int, intents: Choice, sentiment: Choice, pressure: Choice, signals: [Signal],
    languages: [Language], languageTemperature: Double, calibration: Calibration, sources: [Source], trainedOn: String
  ) {
    self.name = name
    self.features = features
    self.intents = intents
    self.sentiment = sentiment
    self.pressure = pressure
    self.signals = signals
    self.languages = languages
    self.languageTemperature = languageTemperature
    self.calibration = calibration
    self.sources = sources
    self.trainedOn = trainedOn
  }

  /// One question with one answer of several.
  package struct Choice: Codable, Sendable, Equatable {
    package var labels: [String]
    /// The column of the first label; the others follow.
    package var column: Int
    package var scales: [Double]
    package var biases: [Double]
    /// The column of the salience: how far a sentence counts.
    package var salienceColumn: Int
    package var salienceScale: Double
    /// By what scores are divided before they become probabilities.
    package var temperature: Double

    package init(
      labels: [String], column: Int, scales: [Double], biases: [Double], salienceColumn: Int, salienceScale: Double,
      temperature: Double
    ) {
      self.labels = labels
      self.column = column
      self.scales = scales
      self.biases = biases
      self.salienceColumn = salienceColumn
      self.salienceScale = salienceScale
      self.temperature = temperature
    }
  }

  /// One question with yes or no.
  package struct Signal: Codable, Sendable, Equatable {
    package var name: String
    package var column: Int
    package var scale: Double
    package var bias: Double
    /// What one of its phrases in the sentence adds.
    package var phrasePrior: Double
    /// From which score on it is claimed.
    package var threshold: Double

    package init(name: String, column: Int, scale: Double, bias: Double, phrasePrior: Double, threshold: Double) {
      self.name = name
      self.column = column
      self.scale = scale
      self.bias = bias
      self.phrasePrior = phrasePrior
      self.threshold = threshold
    }
  }

  /// A language in the second table, by the order of its columns.
  package struct Language: Codable, Sendable, Equatable {
    package var tag: String
    package var scale: Double
    package var bias: Double

    package init(tag: String, scale: Double, bias: Double) {
      self.tag = tag
      self.scale = scale
      self.bias = bias
    }
  }

  /// How far the intents' probabilities can be relied upon; measured on texts unlike the training data.
  package struct Calibration: Codable, Sendable, Equatable {
    /// What is claimed, by what turned out: from each probability (thousandths) on, the measured share of right answers.
    package var curve: [Point]
    /// From these probabilities (thousandths, after the curve) on the band is high or medium: where measured precision is at
    /// least 95 and 75 per cent.
    package var highFrom: Int
    package var mediumFrom: Int
    /// Below this the intent is not claimed.
    package var claimedFrom: Int
    /// Split-conformal label sets (Vovk, Gammerman and Shafer, 2005): labels whose probability is at least this belong to the
    /// set, which then holds the truth in `coverage` thousandths of cases.
    package var setFrom: Int
    package var coverage: Int
    /// The score of sentiment (thousandths) from which on each level above -2 begins.
    package var levelsFrom: [Int]

    package struct Point: Codable, Sendable, Equatable {
      package var from: Int
      package var share: Int
      package init(from: Int, share: Int) {
        self.from = from
        self.share = share
      }
    }
    package init(
      curve: [Point], highFrom: Int, mediumFrom: Int, claimedFrom: Int, setFrom: Int, coverage: Int, levelsFrom: [Int]
    ) {
      self.curve = curve
      self.highFrom = highFrom
      self.mediumFrom = mediumFrom
      self.claimedFrom = claimedFrom
      self.setFrom = setFrom
      self.coverage = coverage
      self.levelsFrom = levelsFrom
    }
  }

  package struct Source: Codable, Sendable, Equatable {
    package var name: String
    package var licence: String
    package var texts: Int
    package init(name: String, licence: String, texts: Int) {
      self.name = name
      self.licence = licence
      self.texts = texts
    }
  }
}
