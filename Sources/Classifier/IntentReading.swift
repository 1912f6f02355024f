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
  private static let intentsMax = 4
  private static let cuesMax = 4
  /// What is less likely (thousandths) is shown without its words.
  private static let shownFrom = 150

  init(
    _ words: borrowing Words, _ found: [CueBook.Found], _ judgement: borrowing Judgement, _ weigher: Weigher,
    _ names: Names
  ) {
    let calibration = weigher.header.calibration
    let raw = judgement.intents
    let best = raw.highest
    let sure = calibration.calibrated(raw[best])
    // What the best gives up or gains by calibration goes to or comes from the others in proportion.
    let rest = Float(1000 - sure) / max(1 - raw[best], 1e-6)
    func probability(_ label: Int) -> Int { label == best ? sure : min(Int((raw[label] * rest).rounded()), sure) }
    var listed: [(label: Int, probability: Int)] = []
    var likely: [Int] = []
    for label in raw.indices {
      if raw[label] * 1000 >= Float(calibration.setFrom) { likely.append(label) }
      // Nearly all are far below, and need not be rounded to know it.
      guard label != names.other, label == best || raw[label] * rest >= Float(Self.listedFrom - 1) else { continue }
      let probability = probability(label)
      if probability >= Self.listedFrom { listed.append((label, probability)) }
    }
    likely.sort { (raw[$1], $0) < (raw[$0], $1) }
    candidates = likely.map { names.intents[$0] }
    // A set of two to four in which none is likely enough is a choice to be offered, and no claim.
    let isChoice = best != names.other && (2...4).contains(candidates.count) && sure < calibration.mediumFrom
    let claims = best != names.other && sure >= calibration.claimedFrom && !isChoice
    if claims {
      for sentence in judgement.attention.indices where judgement.isAsked(sentence) {
        let label = judgement.likeliestIntent(of: sentence)
        let own = judgement.intent(label, of: sentence)
        guard label != best, label != names.other, own >= Self.secondFrom,
          raw[label] >= Self.heardFrom || Self.says(names.intents[label], in: sentence, found)
        else { continue }
        let claimed = min(calibration.calibrated(own), sure)
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
    if listed.count > Self.intentsMax { listed.removeSubrange(Self.intentsMax...) }
    intents = listed.map {
      Reading.Intent(name: names.intents[$0.label], probability: $0.probability, band: calibration.band($0.probability))
    }
    if !claims {
      let isSparse = words.words.count <= Self.sparseWords
      abstention =
        best == names.other && sure >= calibration.mediumFrom && !isSparse
        ? .unclear : isChoice ? .ambiguous : isSparse ? .sparse : .unclear
    }
    guard claims else { return }
    for (label, probability) in listed where probability >= Self.shownFrom {
      cues += Self.evidence(label, words, judgement, weigher, names)
    }
  }

  /// Whether a phrase of the sentence stands for the intent.
  private static func says(_ intent: String, in sentence: Int, _ found: [CueBook.Found]) -> Bool {
    found.contains { cue in
      guard case .intent(let number) = cue.meaning else { return false }
      return cue.sentence == sentence && IntentPhrases.all[number].intent == intent
    }
  }

  /// The words that speak most for an intent, in the sentence that counts most for it.
  private static func evidence(
    _ label: Int, _ words: borrowing Words, _ judgement: borrowing Judgement, _ weigher: Weigher, _ names: Names
  ) -> [Reading.Cue] {
    var sentence = 0
    for other in judgement.attention.indices where share(label, other, judgement) > share(label, sentence, judgement) {
      sentence = other
    }
    let column = weigher.header.intents.column + label
    let speakers = weigher.speakers(for: column, in: sentence, of: words, judgement, most: cuesMax)
    // A third of the loudest's weight, rounded up.
    return speakers.spans(in: words, atLeast: (speakers.loudest + 2) / 3).map {
      Reading.Cue(kind: .intent, name: names.intents[label], span: $0)
    }
  }

  private static func share(_ label: Int, _ sentence: Int, _ judgement: borrowing Judgement) -> Float {
    judgement.attention[sentence] * (judgement.isAsked(sentence) ? judgement.intent(label, of: sentence) : 0.1)
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
