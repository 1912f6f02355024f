/// How a model is trained: what is learned from which source, and how hard. Data, not code: a shop may change it.
public struct Plan: Sendable {
  /// For people and for the evidence of decisions.
  public var name = "shipped"
  /// The answers to "what is wanted?"; `other` must be among them.
  public var intents = Plan.intents
  /// The questions with yes or no.
  public var signals = Plan.signals
  /// How much a text of a source counts for intents; others count `weight`.
  public var sourceWeights: [String: Float] = [
    "bitext": 3.7, "banking77": 2.2, "clinc150": 6, "hwu64": 4, "multidogo": 2, "abcd": 14, "hint3_curekart": 8,
    "goemotions": 0.1, "hutto_tweets": 0.3, "hutto_amazonReview": 0.3, "hutto_movieReview": 0.1,
    "hutto_nytEditorial": 0.1,
  ]
  /// How much a text of any other source counts.
  public var weight: Float = 1.5
  /// How often everything is learned, each time in another order; what is learned is the mean.
  public var runs = 3
  /// Rounds over the data in a run for intents; the other questions take more or fewer in proportion.
  public var epochs = 12
  /// Seed of every order that is drawn.
  public var seed: UInt64 = 1
  /// Sets of four rows in the table: 64 bytes a row, some 40 in the file.
  public var sets = 32_000
  /// Sets of four rows of 32 bytes in the table of languages.
  public var languageSets = 6_000

  /// The plan of the shipped model.
  public init() {}

  /// The taxonomy: e-commerce and subscriptions.
  public static let intents = [
    "order_status", "delivery_info", "delivery_issue", "change_address", "change_order", "cancel_order",
    "ordering_help",
    "return_exchange", "product_issue", "refund_request", "refund_status", "policy_question", "invoice",
    "payment_issue",
    "coupon_promo", "product_question", "website_issue", "account_access", "account_manage", "delete_account",
    "subscription", "feedback_review", "complaint", "contact_human", "other",
  ]
  /// What must be noticed whatever is wanted.
  public static let signals = [
    "account_takeover", "self_harm", "distress", "legal_threat", "safety", "abuse", "sensitive_topic", "minor", "press",
    "repeat_contact", "wants_human", "instructions_to_machine", "confusion", "frustration", "exception_wanted",
    "opt_out",
    "churn",
  ]
  /// From which score on (log-odds) a signal is noticed. Where life or limb may be at stake, doubt is enough; what only
  /// changes the tone must be likely.
  static func threshold(_ signal: String) -> Double {
    switch signal {
    case "confusion", "frustration": 0
    case "repeat_contact", "sensitive_topic": -0.25
    case "account_takeover", "distress", "exception_wanted", "churn": -0.5
    case "wants_human": -0.75
    default: -1
    }
  }
  /// Signals that only phrases give, so that no guess ends a conversation; as labels they teach nothing.
  static let phraseSignals: Set<String> = ["thanks", "settled"]
  static let pressures = ["none", "pressing", "deadline", "danger"]
}
