internal import Events

/// What is wanted: one request or several, or why none is claimed.
struct IntentReading {
  private(set) var intents: [Reading.Intent] = []
  private(set) var candidates: [String] = []
  private(set) var abstention: Reading.Abstention?
  private(set) var cues: [Reading.Cue] = []

  /// Whether nothing is asked for, not even perhaps. Praise is no request.
  var asksNothing: Bool { intents.allSatisfy { $0.name == "feedback_review" || $0.probability < Self.perhapsFrom } }

  private static let perhapsFrom = 100

  /// Up to so many words a message is a few words.
  private static let sparseWords = 6
  /// Intents below this probability (thousandths) are not worth a word.
  private static let listedFrom = 50
  /// A sentence that is so sure of its own wish makes a second request of it.
  private static let secondFrom: Float = 0.8
  /// A sentence alone is soon misunderstood: the whole text must know of that wish, too, or a phrase must say it.
  private static let heardFrom: Float = 0.03
  private static let cuesMax = 4

  init(_ words: Words, _ found: [CueBook.Found], _ judgement: Judgement, _ weigher: Weigher, _ names: Names) {
    func says(_ intent: String, in sentence: Int, _ found: [CueBook.Found]) -> Bool {
      found.contains { cue in
        guard case .intent(let number) = cue.meaning else { return false }
        return cue.sentence == sentence && IntentPhrases.all[number].intent == intent
      }
    }
    let calibration = weigher.header.calibration
    let raw = judgement.intents
    let best = raw.indices.max { (raw[$0], $1) < (raw[$1], $0) }!
    let sure = calibration.calibrated(raw[best])
    // What the best gives up or gains by calibration goes to or comes from the others in proportion.
    let rest = Float(1000 - sure) / max(1 - raw[best], 1e-6)
    func probability(_ label: Int) -> Int { label == best ? sure : min(Int((raw[label] * rest).rounded()), sure) }
    var listed = raw.indices.filter { $0 != names.other && probability($0) >= Self.listedFrom }
      .map { (label: $0, probability: probability($0)) }
    candidates = raw.indices.filter { raw[$0] * 1000 >= Float(calibration.setFrom) }
      .sorted { (raw[$1], $0) < (raw[$0], $1) }.map { names.intents[$0] }
    let claims = best != names.other && sure >= calibration.claimedFrom
    if claims {
      for (sentence, own) in judgement.sentenceIntents.enumerated() where !own.isEmpty {
        guard let label = own.indices.max(by: { own[$0] < own[$1] }), label != best, label != names.other,
          own[label] >= Self.secondFrom,
          raw[label] >= Self.heardFrom || says(names.intents[label], in: sentence, found)
        else { continue }
        let claimed = min(calibration.calibrated(own[label]), sure)
        if let known = listed.firstIndex(where: { $0.label == label }) {
          listed[known].probability = max(listed[known].probability, claimed)
        } else {
          listed.append((label, claimed))
        }
      }
    }
    listed.sort {
      ($0.label == best ? 1 : 0, $0.probability, $1.label) > ($1.label == best ? 1 : 0, $1.probability, $0.label)
    }
    intents = listed.prefix(4).map {
      Reading.Intent(name: names.intents[$0.label], probability: $0.probability, band: calibration.band($0.probability))
    }
    if !claims {
      let close = candidates.count > 1 && candidates.count <= 4 && best != names.other
      let isSparse = words.words.count <= Self.sparseWords
      abstention =
        best == names.other && sure >= calibration.mediumFrom && !isSparse
        ? .unclear : close ? .ambiguous : isSparse ? .sparse : .unclear
    }
    cues = evidence(best: best, words, judgement, weigher, names)
  }

  /// The words that speak most for each claimed intent, in the sentence that counts most for it.
  private func evidence(
    best: Int, _ words: Words, _ judgement: Judgement, _ weigher: Weigher, _ names: Names
  ) -> [Reading.Cue] {
    guard abstention == nil, !judgement.attention.isEmpty else { return [] }
    var cues: [Reading.Cue] = []
    for intent in intents where intent.probability >= 150 {
      let label = names.intents.firstIndex(of: intent.name)!
      let sentence = judgement.attention.indices.max { a, b in
        let (x, y) = (share(label, a, judgement), share(label, b, judgement))
        return (x, b) < (y, a)
      }!
      let speakers = weigher.speakers(
        for: weigher.header.intents.column + label, in: sentence, of: words, most: Self.cuesMax)
      let most = speakers.first?.weight ?? 0
      let chosen = speakers.filter { $0.weight * 3 >= most }.map(\.word).sorted()
      for run in chosen.runs {
        cues.append(
          Reading.Cue(
            kind: .intent, name: intent.name,
            span: Reading.Span(words.words[run.lowerBound].start, words.words[run.upperBound].end)))
      }
    }
    return cues
  }

  private func share(_ label: Int, _ sentence: Int, _ judgement: Judgement) -> Float {
    let own = judgement.sentenceIntents[sentence]
    return judgement.attention[sentence] * (own.isEmpty ? 0.1 : own[label])
  }
}

extension [Int] {
  /// Runs of numbers that follow each other.
  var runs: [ClosedRange<Int>] {
    var runs: [ClosedRange<Int>] = []
    for number in self {
      if let last = runs.last, last.upperBound + 1 == number {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
    return runs
  }
}

extension ModelHeader.Calibration {
  /// The measured share of right answers (thousandths) among those of which the model was so sure.
  func calibrated(_ probability: Float) -> Int { value(Double(probability)) }

  /// The same for a probability of double precision.
  package func value(_ probability: Double) -> Int {
    let thousandths = Int((probability * 1000).rounded())
    var before = curve[0]
    for point in curve {
      if point.from > thousandths {
        // Between two measured points on a straight line.
        let width = max(point.from - before.from, 1)
        return before.share + (point.share - before.share) * max(thousandths - before.from, 0) / width
      }
      before = point
    }
    return before.share
  }

  /// How far a calibrated probability can be relied upon.
  func band(_ probability: Int) -> Reading.Band {
    probability >= highFrom ? .high : probability >= mediumFrom ? .medium : .low
  }
}
