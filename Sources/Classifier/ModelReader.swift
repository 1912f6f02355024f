public import Events

/// Reads a ticket with a trained model and with phrases whose words can be shown.
///
/// The model says what is wanted, how it feels and how pressing it is; phrases and model together say which signals there are.
/// Every claim names the words that speak for it, and where the model does not know, the reading says so and why.
public struct ModelReader: TicketReader {
  /// Names the model and its bytes.
  public let version: String
  /// The model's digest.
  public let digest: Digest256?
  let weigher: Weigher
  let languages: LanguageReader
  private let names: Names

  /// A reader with this model.
  public init(_ model: Model) {
    version = model.version
    digest = model.digest
    weigher = Weigher(model)
    languages = LanguageReader(model)
    names = Names(model.header)
  }

  /// The intents it can read.
  public var intents: [String] { names.intents }

  /// The languages whose intents can be read.
  public static let supported: Set<String> = ["en", "es", "de", "fr"]

  /// Reads a message.
  public func read(_ message: Message) -> Reading {
    let text = message.text
    let words = Words(text)
    guard !words.words.isEmpty || !words.emojis.isEmpty || words.questionMarks > 0 else {
      var nothing = Reading(abstention: .empty)
      nothing.language = languages.read(words, locale: message.locale)
      return nothing
    }
    let cues = CueBook.find(in: words)
    let feelings = FeelingBalance.weighed(cues, in: words)
    let judgement = weigher.judge(words, cues, feelings)
    var reading = Reading(abstention: .unclear)
    reading.language = languages.read(words, locale: message.locale)
    let feeling = FeelingReading(words, feelings, judgement, levels: weigher.header.calibration.levelsFrom)
    reading.sentiment = feeling.sentiment
    reading.cues = feeling.cues
    reading.entities = Entities.find(in: text, words)
    guard !words.words.isEmpty else {
      reading.abstention = .empty
      return reading
    }
    let wishes = IntentReading(words, cues, judgement, weigher, names)
    reading.intents = wishes.intents
    reading.candidates = wishes.candidates
    reading.abstention = wishes.abstention
    reading.signals = SignalReading.signals(
      words, cues, feelings, judgement, weigher, asksNothing: wishes.asksNothing)
    reading.sentiment = FeelingReading.sobered(
      reading.sentiment, by: reading.signals, levels: weigher.header.calibration.levelsFrom)
    let pressure = PressureReading(words, cues, judgement, weigher, reading.signals)
    reading.pressure = pressure.pressure
    reading.cues += pressure.cues
    if Self.supported.contains(reading.language.tag) || reading.language.tag == "und" {
      reading.cues += wishes.cues
    } else {
      // Its words may look like ours by accident, so what they seem to say is not claimed.
      reading.abstention = .unsupportedLanguage
      reading.intents = []
      reading.candidates = []
    }
    reading.cues.sort { ($0.span, $0.name) < ($1.span, $1.name) }
    return reading
  }

  /// All intents with their calibrated probability (thousandths), the likeliest first, claimed or not; for measuring.
  public func probabilities(_ text: String) -> [(name: String, probability: Int)] {
    let raw = judge(text).intents
    let best = raw.highest
    let sure = weigher.header.calibration.calibrated(raw[best])
    let rest = Float(1000 - sure) / max(1 - raw[best], 1e-6)
    return raw.indices.sorted { ($0 == best ? 1 : 0, raw[$0], $1) > ($1 == best ? 1 : 0, raw[$1], $0) }.map {
      (names.intents[$0], $0 == best ? sure : Int((raw[$0] * rest).rounded()))
    }
  }

  /// The signals the model can find, in its order.
  public var signalNames: [String] { weigher.header.signals.map(\.name) }

  /// What the model makes of a text before anything is calibrated; for the trainer.
  package func judge(_ text: String) -> Judgement {
    let words = Words(text)
    let cues = CueBook.find(in: words)
    return weigher.judge(words, cues, FeelingBalance.weighed(cues, in: words))
  }
}

/// Names that are looked up once.
struct Names: Sendable {
  let intents: [String]
  let other: Int

  init(_ header: ModelHeader) {
    intents = header.intents.labels
    other = header.intents.labels.firstIndex(of: "other")!
  }
}
