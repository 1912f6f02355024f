internal import Events

/// How pressing the words are: the model's answer, danger wherever somebody may come to harm, and the words that say so.
struct PressureReading {
  let pressure: Reading.Pressure
  let cues: [Reading.Cue]

  init(
    _ words: borrowing Words, _ found: [CueBook.Found], _ judgement: borrowing Judgement, _ weigher: Weigher,
    _ signals: [Reading.Signal]
  ) {
    var said: [(pressure: Reading.Pressure, span: Reading.Span)] = []
    for cue in found { if case .pressure(let pressure) = cue.meaning { said.append((pressure, cue.span)) } }
    let best = judgement.pressure.highest
    let isDanger = signals.contains { $0.name == "safety" || $0.name == "self_harm" }
    // Where a phrase says it, the model's doubt does not count: too early is better than too late.
    let phrase = said.map(\.pressure).max() ?? .none
    pressure = isDanger ? .danger : max(phrase, min(Reading.Pressure.allCases[best], .deadline))
    let level = pressure
    var cues = said.filter { level != .none && $0.pressure <= level }.map {
      Reading.Cue(kind: .urgency, name: $0.pressure.rawValue, span: $0.span)
    }
    if level == .pressing || level == .deadline, !said.contains(where: { $0.pressure == level }) {
      // No phrase of ours says it, so the words are shown that the model goes by.
      let column = weigher.header.pressure.column + best
      let sentence = judgement.pressureSentence
      for span in weigher.speakers(for: column, in: sentence, of: words, judgement, most: 3).spans(in: words) {
        cues.append(Reading.Cue(kind: .urgency, name: level.rawValue, span: span))
      }
    }
    self.cues = cues
  }
}
