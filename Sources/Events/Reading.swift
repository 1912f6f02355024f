/// What a text says: the meeting point of `Classifier`, which writes it, and `Policy`, which never sees the text itself.
///
/// Holds names of things found, where they stand and how sure we are, and no words of the customer.
public struct Reading: Sendable, Hashable {
  /// The language it is written in.
  public var language: Language
  /// What the customer wants, the likeliest first; `other` where nothing is recognised.
  public var intents: [Intent]
  /// Intents of which the truth is one with stated coverage (a conformal label set), the likeliest first. Two to four of them
  /// make a choice that can be offered to the customer; more, or none, say that the text leaves everything open.
  public var candidates: [String]
  /// Why no intent is claimed, if none is.
  public var abstention: Abstention?
  /// How the customer feels about it.
  public var sentiment: Sentiment
  /// Things that must be noticed, such as `account_takeover` or `repeat_contact`.
  public var signals: [Signal]
  /// The words and marks that show intent, feeling and urgency.
  public var cues: [Cue]
  /// Order numbers and the like.
  public var entities: [Entity]
  /// How pressing the words are, before the facts of the order are known.
  public var pressure: Pressure

  /// A reading of a text of which nothing could be read.
  public init(abstention: Abstention) {
    language = Language(tag: "und", probability: 0)
    intents = []
    candidates = []
    self.abstention = abstention
    sentiment = Sentiment(level: 0, score: 0)
    signals = []
    cues = []
    entities = []
    pressure = .none
  }

  /// The likeliest intent, if one is claimed.
  public var intent: Intent? { abstention == nil ? intents.first : nil }

  /// Whether the signal `name` was found.
  public func has(signal name: String) -> Bool { signals.contains { $0.name == name } }
}

extension Reading {
  /// Everything that can be noticed, whatever the model: the closed list that a policy may ask for.
  public static let signalNames = [
    "account_takeover", "fraud", "self_harm", "distress", "legal_threat", "safety", "abuse", "sensitive_topic", "minor",
    "not_received", "press", "repeat_contact", "wants_human", "instructions_to_machine", "confusion", "frustration",
    "exception_wanted", "opt_out", "churn", "thanks", "settled", "closing",
  ]

  /// A language and how sure we are of it.
  public struct Language: Sendable, Hashable {
    /// BCP 47; `und` where it is not known.
    public var tag: String
    /// Thousandths.
    public var probability: Int
    /// Another language in which a good part is written, where two are mixed; BCP 47.
    public var second: String?
    /// A language with its probability in thousandths.
    public init(tag: String, probability: Int, second: String? = nil) {
      self.tag = tag
      self.probability = probability
      self.second = second
    }
  }

  /// One thing the customer may want.
  public struct Intent: Sendable, Hashable {
    /// Its name in the taxonomy: `order_status`.
    public var name: String
    /// Thousandths.
    public var probability: Int
    /// How far that probability may be relied upon, by measured precision.
    public var band: Band
    /// An intent with its probability in thousandths.
    public init(name: String, probability: Int, band: Band) {
      self.name = name
      self.probability = probability
      self.band = band
    }
  }

  /// How far an intent may be relied upon.
  public enum Band: String, Sendable, Hashable, Comparable, CaseIterable {
    case low, medium, high
    /// Low before medium before high.
    public static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }
    private var rank: Int { self == .low ? 0 : self == .medium ? 1 : 2 }
  }

  /// Why no intent is claimed.
  public enum Abstention: String, Sendable, Hashable, CaseIterable {
    /// There is no text.
    case empty
    /// There are only a few words, and none that say what is wanted.
    case sparse
    /// There are many words, but none that say what is wanted.
    case unclear
    /// Two intents are equally likely.
    case ambiguous
    /// It is written in a language we cannot read.
    case unsupportedLanguage = "unsupported_language"
  }

  /// Feeling on a scale of five levels.
  public struct Sentiment: Sendable, Hashable {
    /// From -2, very negative, to 2, very positive.
    public var level: Int
    /// Thousandths, from -1000 to 1000.
    public var score: Int
    /// A feeling at `level` with its score in thousandths.
    public init(level: Int, score: Int) {
      self.level = level
      self.score = score
    }
  }

  /// Something that must be noticed, with where it stands.
  public struct Signal: Sendable, Hashable {
    /// Its name: `legal_threat`.
    public var name: String
    /// Where the words stand that say so.
    public var spans: [Span]
    /// A signal found at these places.
    public init(name: String, spans: [Span]) {
      self.name = name
      self.spans = spans
    }
  }

  /// A word or mark that shows something.
  public struct Cue: Sendable, Hashable {
    /// What a cue can show.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
      case intent, feeling, urgency, emphasis
    }
    /// What it shows.
    public var kind: Kind
    /// The name of what it shows: an intent's, `anger`, `capitals`, `exclamation`.
    public var name: String
    /// Where it stands.
    public var span: Span
    /// A cue of this kind at this place.
    public init(kind: Kind, name: String, span: Span) {
      self.kind = kind
      self.name = name
      self.span = span
    }
  }

  /// Something named in the text.
  public struct Entity: Sendable, Hashable {
    /// What can be named. A `date` is a day however it is said: `14 March`, `yesterday`.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
      case order, tracking, email, phone, amount, date
      case paymentCard = "payment_card"
      case iban
      /// Of a street.
      case address
      /// By which a state knows a person.
      case nationalID = "national_id"
      case birthDate = "birth_date"
      /// A password, a one-time code or a key.
      case credential

      /// Whether it belongs to a person, and so must not be told further.
      public var isPersonal: Bool {
        switch self {
        case .email, .phone, .paymentCard, .iban, .address, .nationalID, .birthDate, .credential: true
        case .order, .tracking, .amount, .date: false
        }
      }
    }
    /// What it is.
    public var kind: Kind
    /// Where it stands.
    public var span: Span
    /// The number, for orders and tracking numbers only; personal data is never copied.
    public var value: String?
    /// An entity of this kind at this place.
    public init(kind: Kind, span: Span, value: String? = nil) {
      self.kind = kind
      self.span = span
      self.value = value
    }
  }

  /// Where something stands: bytes of UTF-8 in the subject, a line feed, and the body.
  public struct Span: Sendable, Hashable, Comparable {
    /// The first byte.
    public var start: Int
    /// The byte after the last one.
    public var end: Int
    /// From `start` up to `end`.
    public init(_ start: Int, _ end: Int) {
      self.start = start
      self.end = end
    }
    /// By start, then by end.
    public static func < (a: Self, b: Self) -> Bool { (a.start, a.end) < (b.start, b.end) }
  }

  /// How pressing the words are.
  public enum Pressure: String, Sendable, Hashable, Comparable, CaseIterable {
    /// Nothing presses.
    case none
    /// "As soon as possible".
    case pressing
    /// A date is near: "tomorrow", "before Friday", medicine, something perishable.
    case deadline
    /// Somebody may come to harm.
    case danger
    /// From none to danger.
    public static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }
    private var rank: Int {
      switch self {
      case .none: 0
      case .pressing: 1
      case .deadline: 2
      case .danger: 3
      }
    }
  }
}
