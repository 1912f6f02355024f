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

  /// The mean of the five levels, in thousandths of the way from -2 to 2. Words alone never reach the ends of the scale, so that
  /// shouting always shows (A8).
  package var feeling: Int {
    guard sentiment.count == 5 else { return 0 }
    let mean = -2 * sentiment[0] - sentiment[1] + sentiment[3] + 2 * sentiment[4]
    return Int((mean * 450).rounded())
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
  /// What a sum of each column is multiplied by.
  private let scales: [Float]
  private let signals: [(column: Int, bias: Float, phrasePrior: Float)]
  /// Which signal of the model a list of phrases is for.
  let signalNumbers: [Int?]

  struct Choice: Sendable {
    let columns: Range<Int>
    let biases: [Float]
    let salienceColumn: Int
    let temperature: Float

    init(_ choice: ModelHeader.Choice) {
      columns = choice.column..<(choice.column + choice.labels.count)
      biases = choice.biases.map(Float.init)
      salienceColumn = choice.salienceColumn
      temperature = Float(choice.temperature)
    }
  }

  init(_ model: Model) {
    table = model.table
    header = model.header
    intents = Choice(header.intents)
    sentiment = Choice(header.sentiment)
    pressure = Choice(header.pressure)
    signals = header.signals.map { ($0.column, Float($0.bias), Float($0.phrasePrior)) }
    var scales = [Float](repeating: 0, count: Scores.width)
    for choice in [header.intents, header.sentiment, header.pressure] {
      for (label, scale) in choice.scales.enumerated() { scales[choice.column + label] = Float(scale) }
      scales[choice.salienceColumn] = Float(choice.salienceScale)
    }
    for signal in header.signals { scales[signal.column] = Float(signal.scale) }
    self.scales = scales
    let names = header.signals.map(\.name)
    signalNumbers = SignalPhrases.all.map { names.firstIndex(of: $0.signal) }
  }

  /// What a full balance of words of feeling adds to the score of each level above neutral, and takes from those below.
  static let feelingPrior = Features.feelingPrior

  func judge(_ words: Words, _ cues: [CueBook.Found]) -> Judgement {
    let said = scaled(Scores(words, cues, table).sums, words)
    var judgement = Judgement()
    let wish = pool(intents, said)
    judgement.intents = wish.scores
    judgement.attention = wish.attention
    Softmax.apply(&judgement.intents, temperature: intents.temperature)
    judgement.sentenceIntents = wish.attention.indices.map { sentence in
      guard wish.attention.count > 1, wish.attention[sentence] >= Judgement.countsFrom else { return [] }
      var own = intents.biases
      for (label, column) in intents.columns.enumerated() { own[label] += said[sentence &* Scores.width &+ column] }
      Softmax.apply(&own, temperature: intents.temperature)
      return own
    }
    judgement.sentiment = pool(sentiment, said).scores
    let balance = FeelingBalance.of(cues, in: words)
    for level in judgement.sentiment.indices {
      judgement.sentiment[level] += Self.feelingPrior * balance * Float(level - 2)
    }
    Softmax.apply(&judgement.sentiment, temperature: sentiment.temperature)
    let pressing = pool(pressure, said)
    judgement.pressure = pressing.scores
    judgement.pressureSentence = pressing.attention.indices.max { pressing.attention[$0] < pressing.attention[$1] } ?? 0
    Softmax.apply(&judgement.pressure, temperature: pressure.temperature)
    judgeSignals(said, cues, &judgement)
    return judgement
  }

  /// The scores of each sentence, without biases: its sums by the columns' scales and by the root of its length.
  private func scaled(_ sums: [Int32], _ words: Words) -> [Float] {
    Array(unsafeUninitializedCapacity: sums.count) { said, count in
      let sentences = sums.count / Scores.width
      var from = 0
      scales.withUnsafeBufferPointer { scales in
        sums.withUnsafeBufferPointer { sums in
          for sentence in 0..<sentences {
            var to = from
            while to < words.words.count, words.words[to].sentence == sentence { to += 1 }
            let factor = 1 / Float(to - from + 1).squareRoot()
            from = to
            let row = sentence &* Scores.width
            for column in 0..<Scores.width {
              said[row &+ column] = Float(sums[row &+ column]) * scales[column] * factor
            }
          }
        }
      }
      count = sums.count
    }
  }

  /// The highest score of each signal over the sentences.
  private func judgeSignals(_ said: [Float], _ cues: [CueBook.Found], _ judgement: inout Judgement) {
    let sentences = said.count / Scores.width
    judgement.signals = [Float](repeating: -100, count: signals.count)
    judgement.signalSentences = [Int](repeating: 0, count: signals.count)
    // Each phrase lifts its signal in its sentence once.
    var lifted = [UInt32](repeating: 0, count: sentences)
    for cue in cues {
      if case .signal(let place) = cue.meaning, let number = signalNumbers[place] {
        lifted[cue.sentence] |= 1 << UInt32(number)
      }
    }
    for (number, signal) in signals.enumerated() {
      var (best, place): (Float, Int) = (-100, 0)
      for sentence in 0..<sentences {
        var score = said[sentence &* Scores.width &+ signal.column] + signal.bias
        if lifted[sentence] & (1 << UInt32(number)) != 0 { score += signal.phrasePrior }
        if score > best { (best, place) = (score, sentence) }
      }
      judgement.signals[number] = best
      judgement.signalSentences[number] = place
    }
  }

  /// The average of the sentences' scores, weighted by the softmax of their saliences.
  private func pool(_ choice: Choice, _ said: [Float]) -> (scores: [Float], attention: [Float]) {
    let sentences = said.count / Scores.width
    var attention = (0..<sentences).map { said[$0 &* Scores.width &+ choice.salienceColumn] }
    Softmax.apply(&attention)
    var scores = choice.biases
    for sentence in 0..<sentences where attention[sentence] > 0.001 {
      let (share, from) = (attention[sentence], sentence &* Scores.width &+ choice.columns.lowerBound)
      for label in scores.indices { scores[label] += said[from &+ label] * share }
    }
    return (scores, attention)
  }

  /// The words of a sentence that speak most for a column, with their weights, the loudest first; a pair's weight is shared
  /// between its words. For evidence.
  func speakers(for column: Int, in sentence: Int, of words: Words, most: Int) -> [(word: Int, weight: Int)] {
    table.tags.withUnsafeBufferPointer { tags in
      table.rows.withUnsafeBufferPointer { rows in
        func weight(_ feature: UInt64) -> Int {
          let (row, isFound) = WeightTable.look(for: feature, tags)
          return isFound ? Int(rows[row &* Scores.width &+ column]) - 128 : 0
        }
        var loudest: [(word: Int, weight: Int)] = []
        func take(_ word: Int, _ weight: Int) {
          guard weight > 0, loudest.count < most || weight > loudest[most - 1].weight else { return }
          loudest.insert((word, weight), at: loudest.firstIndex { $0.weight < weight } ?? loudest.count)
          if loudest.count > most { loudest.removeLast() }
        }
        guard let first = words.words.firstIndex(where: { $0.sentence == sentence }) else { return [] }
        var index = first
        var own = 0
        var previous: UInt64 = 0
        while index < words.words.count, words.words[index].sentence == sentence {
          let feature = Features.unigram(words.words[index])
          let shared = index > first ? weight(Features.pair(previous, feature)) / 2 : 0
          if index > first { take(index - 1, own + shared) }
          own = weight(feature) + shared
          previous = feature
          index += 1
        }
        take(index - 1, own)
        return loudest
      }
    }
  }
}
