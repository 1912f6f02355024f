internal import Classifier
internal import Events
internal import Policy

/// The facts that may stand in a message, in the words of its language: from the customer's own order and ticket, and
/// nothing inferred (E7, E8).
///
/// Each is worked out when a template asks for it: few messages have a place for all of them.
struct MessageFacts {
  private let situation: Situation
  private let language: PolicyDocument.Language
  private let isAboutRefund: Bool
  private let name: String?

  init(_ renderer: Renderer, language: PolicyDocument.Language) {
    situation = renderer.situation
    self.language = language
    isAboutRefund = renderer.verdict.step == "tell_refund_status"
    // A customer who wants no personalisation is not called by name.
    name = renderer.context.consent.personalization != false ? situation.message.firstName : nil
  }

  /// For words to the customer in `form`.
  func value(of fact: MessageFact, in form: PolicyDocument.Form) -> String? {
    guard form.tells(fact) else { return nil }
    return switch fact {
    case .name: name
    case .hasName: name == nil ? nil : "true"
    default: anonymous(fact)
    }
  }

  /// For words that are kept: the same without the name.
  func anonymous(_ fact: MessageFact) -> String? {
    switch fact {
    case .cause: situation.diagnosis.disruption.map { language.words(forCause: $0.cause).text }
    case .nextUpdate: situation.diagnosis.disruption.map { language.wordsWithTime(for: $0.nextUpdateBy) }
    default: situation.match.order.flatMap { value(of: fact, $0)?.text }
    }
  }

  private func value(of fact: MessageFact, _ order: KnownOrder) -> Redacted? {
    switch fact {
    case .hasOrder: "true"
    case .order: Redacted(ours: order.order.text)
    case .status: status(of: order).map { Redacted(ours: $0) }
    case .carrier: order.carrier
    case .region: situation.diagnosis.disruption?.region.map { Redacted($0) }
    case .tracking: order.trackingNumber
    case .hasTracking: order.trackingNumber == nil ? nil : "true"
    case .promised: day(order.promisedBy)
    case .estimated: day(estimate(of: order))
    case .hasEstimate: estimate(of: order) == nil ? nil : "true"
    case .delivered: order.status == .delivered ? day(order.lastScanAt ?? order.asOf) : nil
    case .lastScan: day(order.lastScanAt)
    case .items: order.titles.isEmpty ? nil : order.titles.joined(separator: ", ")
    case .hasItems: order.titles.isEmpty ? nil : "true"
    case .late: situation.diagnosis.isLate ? "true" : "false"
    case .refundAmount: order.refund.map { Redacted(ours: $0.money.text) }
    case .refundDate: day(order.refund?.at)
    case .name, .hasName, .cause, .nextUpdate: nil
    }
  }

  private func status(of order: KnownOrder) -> String? {
    isAboutRefund
      ? language.terms["refund"]?[order.refund?.status ?? ""] : language.terms["status"]?[order.status.rawValue]
  }

  /// When it is expected, if it still can be.
  private func estimate(of order: KnownOrder) -> Timestamp? {
    order.isOpen ? order.estimatedDelivery.flatMap { $0 > situation.message.time ? $0 : nil } : nil
  }

  private func day(_ time: Timestamp?) -> Redacted? { time.map { Redacted(ours: language.words(for: $0)) } }
}

extension PolicyDocument.Language {
  /// A day as people write it: `Tuesday 10 March`. In UTC, as all times of events are.
  func words(for time: Timestamp) -> String {
    let parts = time.calendar
    var words = ""
    var rest = date[...]
    while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")),
      let close = rest[open...].utf8.firstIndex(of: UInt8(ascii: "}"))
    {
      words += rest[..<open]
      switch rest[open...close] {
      case "{weekday}": words += weekdays[parts.weekday]
      case "{day}": words += String(parts.day)
      case "{month}": words += months[parts.month - 1]
      case let other: words += other
      }
      rest = rest[close...].dropFirst()
    }
    return words + rest
  }

  /// A day and a time: `Tuesday 10 March, 09:30 UTC`.
  func wordsWithTime(for time: Timestamp) -> String {
    let parts = time.calendar
    let clock = [parts.hour, parts.minute].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    return "\(words(for: time)), \(clock) UTC"
  }

  /// The cause of a disruption: in this language if the policy translates it, else a general word for it, else as declared.
  func words(forCause cause: String) -> Redacted {
    (terms["cause"]?[cause] ?? terms["cause"]?["*"]).map { Redacted(ours: $0) } ?? Redacted(cause)
  }
}
