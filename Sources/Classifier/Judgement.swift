internal import Events

/// What the model's weights make of a text, before it is turned into words for others: probabilities of each answer, the
/// sentence each came from, and nothing calibrated.
package struct Judgement: ~Copyable {
  /// By the model's labels; after the temperature, before the curve.
  package internal(set) var intents: [Float] = []
  /// How far each sentence counts for the intents beside the others; they sum to one.
  package internal(set) var attention: [Float] = []
  /// How far all sentences as one count for the intents beside them by themselves.
  package internal(set) var wholeShare: Float = 0
  /// The intents of each sentence, sentence after sentence; zeros for those that are not asked. Empty for a single sentence.
  package internal(set) var sentenceIntents: [Float] = []
  /// Of the five levels, -2 first.
  package internal(set) var sentiment: [Float] = []
  package internal(set) var pressure: [Float] = []
  /// The sentence that counts most for the pressure.
  package internal(set) var pressureSentence = 0
  /// The highest score of each signal, and the sentence that has it; `nil` where only all sentences as one say so much.
  package internal(set) var signals: [Float] = []
  package internal(set) var signalSentences: [Int?] = []
  /// What it was made of.
  let said: Scores

  init(_ said: consuming Scores) { self.said = said }

  /// The mean of the five levels, in thousandths of the way from -2 to 2. Words alone never reach the ends of the scale, so that
  /// shouting always shows (A8).
  package var feeling: Int {
    guard sentiment.count == 5 else { return 0 }
    let mean = -2 * sentiment[0] - sentiment[1] + sentiment[3] + 2 * sentiment[4]
    return Int((mean * 450).rounded())
  }

  /// Whether a sentence counts enough to be asked by itself what it wants.
  package func isAsked(_ sentence: Int) -> Bool { attention.count > 1 && attention[sentence] >= Self.countsFrom }

  /// How likely an intent is by the words of one sentence that is asked.
  package func intent(_ label: Int, of sentence: Int) -> Float { sentenceIntents[sentence * intents.count + label] }

  /// The likeliest intent by the words of one sentence that is asked.
  func likeliestIntent(of sentence: Int) -> Int {
    sentenceIntents[(sentence * intents.count)..<((sentence + 1) * intents.count)].highest - sentence * intents.count
  }

  private static let countsFrom: Float = 0.12
}

/// The model's numbers in the form that is fast to compute with. A class, because there are so many of them that handing them on
/// by value counts a dozen references.
final class Weigher: Sendable {
  let table: SummedTable
  let header: ModelHeader
  private let intents: Choice
  private let sentiment: Choice
  private let pressure: Choice
  /// What a sum of each column is multiplied by.
  private let scales: [Float]
  let signals: [Signal]
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

  struct Signal: Sendable {
    let name: String
    let column: Int
    let bias: Float
    let phrasePrior: Float
    let threshold: Float
  }

  init(_ model: Model) {
    table = SummedTable(model.table) { Features.forEach(of: $0, $1, $2) }
    header = model.header
    intents = Choice(header.intents)
    sentiment = Choice(header.sentiment)
    pressure = Choice(header.pressure)
    signals = header.signals.map { signal in
      Signal(
        name: signal.name, column: signal.column, bias: Float(signal.bias), phrasePrior: Float(signal.phrasePrior),
        threshold: Float(signal.threshold))
    }
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

  func judge(_ words: borrowing Words, _ cues: [CueBook.Found], _ feelings: [FeelingBalance.Weighed]) -> Judgement {
    var judgement = Judgement(Scores(words, cues, table, scales: scales))
    let count = judgement.said.sentences
    withUnsafeTemporaryAllocation(of: Float.self, capacity: count + 1) { parts in
      let sentences = UnsafeMutableBufferPointer(rebasing: parts[..<count])
      judgement.sentiment = pool(sentiment, judgement.said, sentences)
      judgement.pressure = pool(pressure, judgement.said, sentences)
      judgement.pressureSentence = sentences.highest
      // What is wanted may be said in no sentence by itself.
      judgement.intents = pool(intents, judgement.said, count > 1 ? parts : sentences)
      judgement.wholeShare = count > 1 ? parts[count] : 0
      attend(intents, judgement.said, sentences)
      judgement.attention = Array(sentences)
    }
    Softmax.apply(&judgement.intents, temperature: intents.temperature)
    judgeSentences(&judgement)
    let balance = FeelingBalance.of(feelings)
    for level in judgement.sentiment.indices {
      judgement.sentiment[level] += Self.feelingPrior * balance * Float(level - 2)
    }
    Softmax.apply(&judgement.sentiment, temperature: sentiment.temperature)
    Softmax.apply(&judgement.pressure, temperature: pressure.temperature)
    judgeSignals(cues, &judgement)
    return judgement
  }

  /// Writes how far each part counts: the softmax of their saliences.
  private func attend(_ choice: Choice, _ said: borrowing Scores, _ attention: UnsafeMutableBufferPointer<Float>) {
    for part in attention.indices {
      attention.initializeElement(at: part, to: said.values[part &* Scores.width &+ choice.salienceColumn])
    }
    Softmax.apply(attention)
  }

  /// The average of the scores of as many parts as `attention` has room for, weighted by how far they count, which is written there.
  private func pool(
    _ choice: Choice, _ said: borrowing Scores, _ attention: UnsafeMutableBufferPointer<Float>
  ) -> [Float] {
    var scores = choice.biases
    attend(choice, said, attention)
    scores.withUnsafeMutableBufferPointer { scores in
      for part in attention.indices where attention[part] > 0.001 {
        let (share, from) = (attention[part], part &* Scores.width &+ choice.columns.lowerBound)
        for label in scores.indices { scores[label] += said.values[from &+ label] * share }
      }
    }
    return scores
  }

  /// What each sentence that counts wants by itself.
  private func judgeSentences(_ judgement: inout Judgement) {
    let count = judgement.said.sentences
    guard count > 1 else { return }
    let labels = intents.biases.count
    var all = [Float](repeating: 0, count: count * labels)
    all.withUnsafeMutableBufferPointer { all in
      intents.biases.withUnsafeBufferPointer { biases in
        for sentence in 0..<count where judgement.isAsked(sentence) {
          let own = UnsafeMutableBufferPointer(rebasing: all[(sentence * labels)..<((sentence + 1) * labels)])
          let from = sentence * Scores.width + intents.columns.lowerBound
          for label in 0..<labels { own[label] = biases[label] + judgement.said.values[from + label] }
          Softmax.apply(own, temperature: intents.temperature)
        }
      }
    }
    judgement.sentenceIntents = all
  }

  /// The highest score of each signal over the sentences and the text as a whole: what no sentence says clearly the whole may.
  private func judgeSignals(_ cues: [CueBook.Found], _ judgement: inout Judgement) {
    let (count, width) = (judgement.said.sentences, signals.count)
    judgement.signals.reserveCapacity(width)
    judgement.signalSentences.reserveCapacity(width)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: (count + 1) * width) { scores in
      for number in signals.indices {
        let (column, bias) = (signals[number].column, signals[number].bias)
        for part in 0...count {
          scores[part &* width &+ number] = judgement.said.values[part &* Scores.width &+ column] + bias
        }
      }
      lift(scores.baseAddress!, cues, sentences: count)
      for number in 0..<width {
        var (best, place): (Float, Int) = (-100, 0)
        for sentence in 0..<count {
          let score = scores[sentence &* width &+ number]
          if score > best { (best, place) = (score, sentence) }
        }
        let whole = scores[count &* width &+ number]
        judgement.signals.append(max(best, whole))
        judgement.signalSentences.append(whole > best ? nil : place)
      }
    }
  }

  /// A phrase lifts its signal in its sentence once, and a second one once more: two are no accident, whatever stands around them.
  private func lift(_ scores: UnsafeMutablePointer<Float>, _ cues: [CueBook.Found], sentences: Int) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * sentences) { lifted in
      lifted.initialize(repeating: 0)
      let (once, twice) = (lifted.baseAddress!, lifted.baseAddress! + sentences)
      for cue in cues {
        guard case .signal(let place) = cue.meaning, let number = signalNumbers[place] else { continue }
        let sentence = cue.sentence
        let bit: UInt32 = 1 << UInt32(number)
        guard twice[sentence] & bit == 0 else { continue }
        scores[sentence &* signals.count &+ number] += signals[number].phrasePrior
        twice[sentence] |= once[sentence] & bit
        once[sentence] |= bit
      }
    }
  }
}
