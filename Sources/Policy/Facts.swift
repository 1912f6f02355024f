/// The closed list of facts that a policy can look at. What the text says comes from the reading, what we know from the
/// context; the customer's words are not among them.
public enum FactName: String, Sendable, Hashable, CaseIterable {
  /// What the customer wants: a name of the taxonomy, or `none`.
  case intent
  /// How sure the reading is of it: `none`, `low`, `medium`, `high`.
  case confidence
  /// Why nothing is claimed: `none`, `empty`, `sparse`, `unclear`, `ambiguous`,
  /// `unsupported_language`.
  case abstention
  /// The language: `en`, ..., `und`.
  case language
  /// How the customer feels: -2 to 2.
  case sentiment
  /// How that moved since the case began: `first`, `steady`, `falling`, `rising`.
  case trajectory
  /// How the words press: `none`, `pressing`, `deadline`, `danger`.
  case pressure
  /// Everything that must be noticed: a set of names.
  case signals
  /// How the order was found: `named`, `single`, `likely`, `ambiguous`, `unknown_number`, `none`, or `not_meant` where the
  /// message is not about an order.
  case order
  /// Where the order is: its status, or `none`.
  case orderStatus = "order_status"
  /// Why the customer has the problem: `disruption`, `carrier_delay`, `address_problem`, ..., `none`.
  case cause
  /// Whether what was promised is past.
  case late
  /// What goes back: `none`, `pending`, `completed`, `unknown`.
  case refund
  /// How much is known: `complete`, `partial`, `none`.
  case context
  /// Whether the customer came before with the same matter.
  case repeatContact = "repeat_contact"
  /// Whether the order's total is at or above the policy's limit.
  case highValue = "high_value"
  /// Whether the customer lets a machine answer.
  case automationAllowed = "automation_allowed"
  /// The customer's tier, or `none`.
  case tier
  /// Where they wrote.
  case channel
  /// Whether this is the first message of the case, a later one, or one after it was solved: `opened`, `message`, `reopened`.
  case moment
  /// How many questions automation asked in this case.
  case questionsAsked = "questions_asked"
  /// How many answers automation gave in this case.
  case answersGiven = "answers_given"
  /// Whether a person has taken the case.
  case humanHasCase = "human_has_case"
  /// The side of an experiment on which the customer stands: `treatment` or `baseline`; `treatment` where there is no experiment.
  case arm

  /// What kind of value it has.
  public var kind: Kind {
    switch self {
    case .intent, .confidence, .abstention, .language, .trajectory, .pressure, .order, .orderStatus, .cause, .refund,
      .context, .tier, .channel, .moment, .arm:
      .word
    case .sentiment, .questionsAsked, .answersGiven: .number
    case .late, .repeatContact, .highValue, .automationAllowed, .humanHasCase: .flag
    case .signals: .words
    }
  }

  /// The kinds of values.
  public enum Kind: String, Sendable, Hashable {
    case word, number, flag, words
  }
}

/// The value of a fact.
public enum FactValue: Sendable, Hashable {
  /// One name out of a few.
  case word(String)
  /// A whole number.
  case number(Int)
  /// Yes or no.
  case flag(Bool)
  /// A set of names.
  case words(Set<String>)

  /// As a policy writes it and a decision records it.
  public var text: String {
    switch self {
    case .word(let word): word
    case .number(let number): String(number)
    case .flag(let flag): flag ? "true" : "false"
    case .words(let words): words.sorted().joined(separator: " ")
    }
  }
}

extension FactName {
  /// Its place in the closed list. Swift numbers cases in the order in which they are declared, and keeps nothing else in them.
  var place: Int { Int(unsafeBitCast(self, to: UInt8.self)) }
}

/// One value for every fact.
public struct Facts: Sendable, Hashable {
  private struct Entry: Sendable, Hashable {
    var value: FactValue
    var mark: UInt64

    init(_ value: FactValue) { (self.value, mark) = (value, value.mark) }
  }

  /// By the place of the fact in the closed list: deciding looks at them a few hundred times.
  private var entries = Self.unknown

  /// Facts where nothing is known and nothing happened.
  public init() {}

  private static let unknown: [Entry] = FactName.allCases.map { name in
    switch name {
    case .automationAllowed: Entry(.flag(true))
    case .trajectory: Entry(.word("first"))
    case .moment: Entry(.word("opened"))
    case .arm: Entry(.word(Arm.treatment.rawValue))
    default:
      switch name.kind {
      case .word: Entry(.word("none"))
      case .number: Entry(.number(0))
      case .flag: Entry(.flag(false))
      case .words: Entry(.words([]))
      }
    }
  }

  /// The value of `name`.
  ///
  /// - Precondition: a new value is of the fact's kind.
  public subscript(name: FactName) -> FactValue {
    get { entries[name.place].value }
    set {
      precondition(newValue.kind == name.kind, "\(name.rawValue) is a \(name.kind.rawValue)")
      entries[name.place] = Entry(newValue)
    }
  }

  /// The mark of the value of `name`.
  func mark(of name: FactName) -> UInt64 { entries[name.place].mark }

  /// The word under `name`; empty if it is none.
  public func word(_ name: FactName) -> String {
    if case .word(let word) = self[name] { word } else { "" }
  }

  /// The number under `name`; 0 if it is none.
  public func number(_ name: FactName) -> Int {
    if case .number(let number) = self[name] { number } else { 0 }
  }

  /// The flag under `name`; false if it is none.
  public func flag(_ name: FactName) -> Bool {
    if case .flag(let flag) = self[name] { flag } else { false }
  }
}

extension FactValue {
  /// A number by which deciding tells nearly all words apart without looking at them: two words whose marks differ are not the same,
  /// and numbers and flags are said by it completely. `noMark` says nothing.
  var mark: UInt64 {
    switch self {
    case .word(let word): Self.mark(of: word)
    case .number(let number): UInt64(truncatingIfNeeded: number)
    case .flag(let flag): flag ? 1 : 0
    case .words: Self.noMark
    }
  }

  static let noMark: UInt64 = 0

  /// FNV-1a. Beyond ASCII words can be the same for Swift though their bytes differ, so there it says nothing.
  static func mark(of word: String) -> UInt64 {
    var mark: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in word.utf8 {
      guard byte < 0x80 else { return noMark }
      mark = (mark ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }
    return mark
  }

  var kind: FactName.Kind {
    switch self {
    case .word: .word
    case .number: .number
    case .flag: .flag
    case .words: .words
    }
  }
}
