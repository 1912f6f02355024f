/// A ticket that somebody wants explained.
public struct ExplainQuestion: Sendable, Hashable {
  /// How long a body may be, in characters.
  public static let bodyMax = 16_000
  /// How long an order may be, in characters.
  public static let orderMax = 16_000

  /// What the customer wrote.
  public var body: String
  /// The subject line; may be empty.
  public var subject: String
  /// Where they wrote.
  public var channel: String
  /// The data of an order's event as JSON; empty for none.
  public var order: String
  /// The queue or action of which the reader wonders why it did not come to it.
  public var whyNot: String?

  /// A question.
  public init(body: String, subject: String = "", channel: String = "email", order: String = "", whyNot: String? = nil)
  {
    self.body = body
    self.subject = subject
    self.channel = channel
    self.order = order
    self.whyNot = whyNot
  }

  /// What the form begins with.
  static let example = ExplainQuestion(
    body: "Where is my order LL-1001? It should have been here on Friday.",
    subject: "Order LL-1001",
    order: """
      {
        "orderId": "LL-1001", "customerId": "C-1", "status": "in_transit",
        "carrier": "NordPost", "trackingNumber": "NP123456789GB",
        "promisedBy": "2026-11-20T18:00:00Z", "lastScanAt": "2026-11-19T08:15:00Z"
      }
      """)

  /// Reads the fields of the form.
  ///
  /// - Throws: `ExplainProblem` for what is missing or too long.
  init(form: [String: String]) throws(ExplainProblem) {
    func field(_ name: String, _ max: Int) throws(ExplainProblem) -> String {
      let text = form[name] ?? ""
      guard text.count <= max else { throw ExplainProblem(words: "The \(name) is longer than \(max) characters.") }
      return text
    }
    body = try field("body", Self.bodyMax)
    subject = try field("subject", 500)
    channel = try field("channel", 20)
    order = try field("order", Self.orderMax)
    let why = try field("why", 100)
    whyNot = why.isEmpty ? nil : why
    guard !body.isEmpty || !subject.isEmpty else {
      throw ExplainProblem(words: "There is nothing to explain: what did the customer write?")
    }
  }
}

/// Why a ticket cannot be explained: in words for whoever filled in the form, without theirs.
public struct ExplainProblem: Error, Sendable, Hashable {
  /// What is wrong and how to mend it.
  public let words: String

  /// A problem in `words`.
  public init(words: String) { self.words = words }
}
