internal import Classifier
internal import Events
internal import Policy

/// The facts that may stand in a message, in the words of its language: from the customer's own order and ticket, and
/// nothing inferred (E7, E8).
struct MessageFacts {
  /// For words to the customer.
  var values: [String: String] {
    var values = anonymous
    if let name {
      values["name"] = name
      values["hasName"] = "true"
    }
    return values
  }
  /// For words that are kept: the same without the name.
  var anonymous: [String: String] { words.mapValues(\.text) }

  private let words: [String: Redacted]
  private let name: String?

  init(_ renderer: Renderer, language: PolicyDocument.Language) {
    let situation = renderer.situation
    var values: [String: Redacted] = [:]
    // A customer who wants no personalisation is not called by name.
    name = renderer.context.consent.personalization != false ? situation.message.firstName : nil
    if let order = situation.match.order {
      values["hasOrder"] = "true"
      values["order"] = Redacted(ours: order.order.text)
      let status =
        renderer.verdict.step == "tell_refund_status"
        ? language.terms["refund"]?[order.refund?.status ?? ""] : language.terms["status"]?[order.status.rawValue]
      values["status"] = status.map { Redacted(ours: $0) }
      values["carrier"] = order.carrier
      values["region"] = situation.diagnosis.disruption?.region.map { Redacted($0) }
      values["tracking"] = order.trackingNumber
      if order.trackingNumber != nil { values["hasTracking"] = "true" }
      values["promised"] = order.promisedBy.map { Redacted(ours: language.words(for: $0)) }
      let isExpected = order.isOpen && order.estimatedDelivery.map { $0 > situation.message.time } ?? false
      if isExpected, let estimate = order.estimatedDelivery {
        values["estimated"] = Redacted(ours: language.words(for: estimate))
        values["hasEstimate"] = "true"
      }
      if order.status == .delivered {
        values["delivered"] = Redacted(ours: language.words(for: order.lastScanAt ?? order.asOf))
      }
      values["lastScan"] = order.lastScanAt.map { Redacted(ours: language.words(for: $0)) }
      if !order.titles.isEmpty {
        values["items"] = order.titles.joined(separator: ", ")
        values["hasItems"] = "true"
      }
      values["late"] = situation.diagnosis.isLate ? "true" : "false"
      values["refundAmount"] = order.refund.map { Redacted(ours: $0.money.text) }
      values["refundDate"] = order.refund?.at.map { Redacted(ours: language.words(for: $0)) }
    }
    if let disruption = situation.diagnosis.disruption {
      values["cause"] = language.words(forCause: disruption.cause)
      values["nextUpdate"] = Redacted(ours: language.wordsWithTime(for: disruption.nextUpdateBy))
    }
    words = values
  }
}

extension PolicyDocument.Language {
  /// A day as people write it: `Tuesday 10 March`. In UTC, as all times of events are.
  func words(for time: Timestamp) -> String {
    let parts = time.calendar
    return date.replacing("{weekday}", with: weekdays[parts.weekday]).replacing("{day}", with: String(parts.day))
      .replacing("{month}", with: months[parts.month - 1])
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
