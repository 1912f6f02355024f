import Events

/// A moment of the demo: `day(1, "09:30")` is Monday, 2 November 2026, 09:30 UTC. Day 0 and below is before the demo.
func day(_ number: Int, _ clock: String = "20:00") -> Timestamp {
  guard let clock = Timestamp(rfc3339: "2026-11-01T\(clock):00Z") else { preconditionFailure("no such time: \(clock)") }
  return clock.adding(seconds: Int64(number) * 86_400)
}

/// One customer's part of the demo, told in the order in which it happens to them.
///
/// Verbs without an order or a ticket mean the one named last. What an order did before the demo opens is told as well,
/// but reaches the log as one event with the state it had on the first morning.
struct Story {
  /// Where a customer lives, in the words that carriers and disruptions use.
  enum Region: String {
    case ukNorth = "UK-North"
    case ukSouth = "UK-South"
    case ireland = "IE"
    case euNorth = "EU-North"
    case euWest = "EU-West"
    case euCentral = "EU-Central"
    case euSouth = "EU-South"
    case usEast = "US-East"
    case japan = "JP"

    var currency: String {
      switch self {
      case .ukNorth, .ukSouth: "GBP"
      case .usEast: "USD"
      default: "EUR"
      }
    }
  }

  /// Names the story in the ids of its events.
  let name: String
  /// The id, such as `C-20411`.
  let customer: String
  let person: String
  let email: String
  let region: Region
  /// What the customer speaks (BCP 47); sources that know it say so.
  let language: String
  var tier: String?
  /// Set while the customer tells us with each ticket; see `Consent`.
  var automation: Bool?

  /// Whether each step of an order's usual course reaches the log, as from our own warehouse, or only the few that a
  /// partner's warehouse reports.
  var tellsEveryStep = false

  var drafts: [Draft] = []
  var orders: [StoryOrder] = []
  var ticketCount = 0
  var expectations: [Expected] = []

  init(
    _ name: String, _ number: Int, _ person: String, _ email: String, _ region: Region, _ language: String
  ) {
    self.name = name
    self.customer = "C-\(number)"
    self.person = person
    self.email = email
    self.region = region
    self.language = language
  }

  /// An event before it has an id and a place in the log.
  struct Draft {
    var time: Timestamp
    let type: EventType
    let source: String
    let subject: String
    let data: [UInt8]
    /// Where in `expectations` a reader finds what should be decided about it.
    var expectation: Int?
  }

  /// What should be decided about one of the story's events.
  struct Expected {
    let ticket: String
    let expectation: Expectation
  }

  mutating func append(
    _ type: EventType, _ time: Timestamp, source: String, subject: String, _ data: (inout JSONWriter) -> Void
  ) {
    var writer = JSONWriter()
    writer.object(data)
    // Nobody acts on the full minute.
    let second = Int64(stableHash(of: name) % 60)
    drafts.append(
      Draft(time: time.adding(seconds: second), type: type, source: source, subject: subject, data: writer.bytes))
  }
}

extension [Story] {
  /// Adds the story of one customer.
  mutating func tell(
    _ name: String, _ number: Int, _ person: String, _ email: String, _ region: Story.Region, _ language: String,
    tier: String? = nil, automation: Bool? = nil, _ story: (inout Story) -> Void
  ) {
    var told = Story(name, number, person, email, region, language)
    told.tier = tier
    told.automation = automation
    story(&told)
    append(told)
  }
}

/// What a sensible person would decide; the demo's decisions are measured against it.
struct Expectation {
  /// What triage can do.
  enum Action: String {
    case resolve, clarify
    case handOff = "hand_off"
    case silence = "none"
  }

  let action: Action
  /// Why a person must take it, in one word.
  var reason: String?
  /// What would be sensible as well.
  var alsoFine: [Action] = []

  /// The facts of the order settle it: answer.
  static let resolve = Expectation(action: .resolve)
  /// Ask one question.
  static let clarify = Expectation(action: .clarify)
  /// Say nothing.
  static let silence = Expectation(action: .silence)

  /// A person must take it.
  static func handOff(_ reason: String) -> Expectation { Expectation(action: .handOff, reason: reason) }

  /// Whether `action`, by its name in a decision, is sensible.
  func accepts(_ action: String) -> Bool { ([self.action] + alsoFine).contains { $0.rawValue == action } }

  /// One may argue about it.
  func or(_ actions: Action...) -> Expectation {
    var both = self
    both.alsoFine = actions
    return both
  }
}

/// The same number for the same text on every machine and every day (FNV-1a), which `hashValue` is not.
func stableHash(of text: String) -> UInt64 {
  text.utf8.reduce(0xCBF2_9CE4_8422_2325) { hash, byte in (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
}
