internal import Events

/// What the model's weights make of a text, before it is turned into words for others: probabilities of each answer, the
/// sentence each came from, and nothing calibrated.
package struct Judgement: Sendable {
  /// By the model's labels; after the temperature, before the curve.
  package internal(set) var intents: [Float] = []
  /// How far each sentence counts for the intents; they sum to one.
  package internal(set) var attention: [Float] = []
  /// The intents of each sentence that counts enough to be asked; empty for the others.
  package internal(set) var sentenceIntents: [[Float]] = []
  /// Of the five levels, -2 first.
  package internal(set) var sentiment: [Float] = []
  package internal(set) var pressure: [Float] = []
  /// The sentence that counts most for the pressure.
  package internal(set) var pressureSentence = 0
  /// The highest score of each signal, and the sentence that has it.
  package internal(set) var signals: [Float] = []
  package internal(set) var signalSentences: [Int] = []

  /// The mean of the five levels, in thousandths of the way from -2 to 2.
  package var feeling: Int {
    guard sentiment.count == 5 else { return 0 }
    let mean = -2 * sentiment[0] - sentiment[1] + sentiment[3] + 2 * sentiment[4]
    return Int((mean * 500).rounded())
  }

  /// A sentence below this share is not asked by itself what it wants.
  static let countsFrom: Float = 0.12
}

/// The model's numbers in the form that is fast to compute with.
struct Weigher: Sendable {
  let table: WeightTable
  let header: ModelHeader
  private let intents: Choice
  private let sentiment: Choice
  private let pressure: Choice
  private let signals: [(column: Int, scale: Float, bias: Float, phrasePrior: Float)]
  /// Which signal of the model a list of phrases is for.
  private let signalNumbers: [Int?]

  struct Choice: Sendable {
    let column: Int
    let count: Int
    let scales: [Float]
    let biases: [Float]
    let salienceColumn: Int
    let salienceScale: Float
    let temperature: Float

    init(_ choice: ModelHeader.Choice) {
      column = choice.column
      count = choice.labels.count
      scales = choice.scales.map(Float.init)
      biases = choice.biases.map(Float.init)
      salienceColumn = choice.salienceColumn
      salienceScale = Float(choice.salienceScale)
      temperature = Float(choice.temperature)
    }
  }

  init(_ model: Model) {
    table = model.table
    header = model.header
    intents = Choice(header.intents)
    sentiment = Choice(header.sentiment)
    pressure = Choice(header.pressure)
    signals = header.signals.map { ($0.column, Float($0.scale), Float($0.bias), Float($0.phrasePrior)) }
    let names = header.signals.map(\.name)
    signalNumbers = SignalPhrases.all.map { names.firstIndex(of: $0.signal) }
  }

  /// What a full balance of words of feeling adds to the score of each level above neutral, and takes from those below.
  static let feelingPrior = Features.feelingPrior

  func judge(_ words: Words, _ cues: [CueBook.Found]) -> Judgement {
    let sentences = max(words.sentenceCount, 1)
    let scores = table.tags.withUnsafeBufferPointer { tags in
      table.rows.withUnsafeBufferPointer { rows in
        Scores(sentences: sentences, rows: rows.baseAddress!) { scores in
          Features.forEach(in: words) { sentence, feature in
            if let row = WeightTable.row(of: feature, tags) { scores.add(row: row, to: sentence) }
          }
          for cue in cues {
            if let row = WeightTable.row(of: cue.feature, tags) { scores.add(row: row, to: cue.sentence) }
          }
        }
      }
    }
    var lengths = [Int](repeating: 0, count: sentences)
    for word in words.words { lengths[word.sentence] += 1 }
    let factors = lengths.map { 1 / Float($0 + 1).squareRoot() }
    var judgement = Judgement()
    judge(scores.sums, factors, cues, FeelingBalance.of(cues, in: words), &judgement)
    return judgement
  }

  private func judge(
    _ sums: [Int32], _ factors: [Float], _ cues: [CueBook.Found], _ balance: Float,
    _ judgement: inout Judgement
  ) {
    let wish = pool(intents, sums, factors)
    judgement.intents = wish.scores
    judgement.attention = wish.attention
    judgement.sentenceIntents = factors.indices.map { sentence in
      guard factors.count > 1, wish.attention[sentence] >= Judgement.countsFrom else { return [] }
      var own = sentenceScores(intents, sums, sentence, factors[sentence])
      Softmax.apply(&own, temperature: intents.temperature)
      return own
    }
    Softmax.apply(&judgement.intents, temperature: intents.temperature)
    judgement.sentiment = pool(sentiment, sums, factors).scores
    for level in judgement.sentiment.indices {
      judgement.sentiment[level] += Self.feelingPrior * balance * Float(level - 2)
    }
    Softmax.apply(&judgement.sentiment, temperature: sentiment.temperature)
    let pressing = pool(pressure, sums, factors)
    judgement.pressure = pressing.scores
    judgement.pressureSentence = pressing.attention.indices.max { pressing.attention[$0] < pressing.attention[$1] } ?? 0
    Softmax.apply(&judgement.pressure, temperature: pressure.temperature)
    judgement.signals = [Float](repeating: -100, count: signals.count)
    judgement.signalSentences = [Int](repeating: 0, count: signals.count)
    // Phrases first: each lifts its signal in its sentence once.
    var lifted = [UInt32](repeating: 0, count: factors.count)
    for cue in cues {
      if case .signal(let place) = cue.meaning, let number = signalNumbers[place] {
        lifted[cue.sentence] |= 1 << UInt32(number)
      }
    }
    for sentence in factors.indices {
      for (number, signal) in signals.enumerated() {
        var score =
          Float(sums[sentence &* Scores.width &+ signal.column]) * signal.scale * factors[sentence] + signal.bias
        if lifted[sentence] & (1 << UInt32(number)) != 0 { score += signal.phrasePrior }
        if score > judgement.signals[number] {
          judgement.signals[number] = score
          judgement.signalSentences[number] = sentence
        }
      }
    }
  }

  /// The average of the sentences' scores, weighted by the softmax of their saliences.
  private func pool(
    _ choice: Choice, _ sums: [Int32], _ factors: [Float]
  ) -> (scores: [Float], attention: [Float]) {
    var attention = factors.indices.map {
      Float(sums[$0 &* Scores.width &+ choice.salienceColumn]) * choice.salienceScale * factors[$0]
    }
    Softmax.apply(&attention)
    var scores = choice.biases
    for sentence in factors.indices {
      let factor = attention[sentence] * factors[sentence]
      guard factor > 0.001 else { continue }
      for label in 0..<choice.count {
        scores[label] += Float(sums[sentence &* Scores.width &+ choice.column &+ label]) * choice.scales[label] * factor
      }
    }
    return (scores, attention)
  }

  private func sentenceScores(_ choice: Choice, _ sums: [Int32], _ sentence: Int, _ factor: Float) -> [Float] {
    let first = sentence &* Scores.width &+ choice.column
    return (0..<choice.count).map { Float(sums[first + $0]) * choice.scales[$0] * factor + choice.biases[$0] }
  }

  /// How much each word of a sentence speaks for a column, its pairs with its neighbours shared between the two, the largest
  /// first; for evidence.
  func speakers(for column: Int, in sentence: Int, of words: Words) -> [(word: Int, weight: Int)] {
    table.tags.withUnsafeBufferPointer { tags in
      func weight(_ feature: UInt64) -> Int {
        WeightTable.row(of: feature, tags).map { Int(table.rows[$0 &* 64 &+ column]) - 128 } ?? 0
      }
      var speakers: [(word: Int, weight: Int)] = []
      var previous: (index: Int, feature: UInt64)?
      for index in words.words.indices where words.words[index].sentence == sentence {
        let feature = Features.unigram(words.words[index])
        var own = weight(feature)
        if let previous {
          let shared = weight(Features.pair(previous.feature, feature))
          own += shared / 2
          speakers[speakers.count - 1].weight += shared / 2
        }
        speakers.append((index, own))
        previous = (index, feature)
      }
      return speakers.filter { $0.weight > 0 }.sorted { ($1.weight, $0.word) < ($0.weight, $1.word) }
    }
  }
}
