internal import Events
internal import Policy

/// The facts that may stand in a message, in the words of its language: from the customer's own order and ticket, and
/// nothing inferred (E7, E8).
struct MessageFacts {
  let values: [String: String]

  init(_ renderer: Renderer, language: PolicyDocument.Language) {
    let situation = renderer.situation
    var values: [String: String] = [:]
    // A customer who wants no personalisation is not called by name.
    if let name = situation.message.firstName, renderer.context.consent.personalization != false {
      values["name"] = name
      values["hasName"] = "true"
    }
    if let order = situation.match.order {
      values["hasOrder"] = "true"
      values["order"] = order.order.text
      values["status"] =
        renderer.verdict.step == "tell_refund_status"
        ? language.terms["refund"]?[order.refund?.status ?? ""] : language.terms["status"]?[order.status.rawValue]
      values["carrier"] = order.carrier
      values["region"] = situation.diagnosis.disruption?.region
      values["tracking"] = order.trackingNumber
      if order.trackingNumber != nil { values["hasTracking"] = "true" }
      values["promised"] = order.promisedBy.map(language.words)
      let isExpected = order.isOpen && order.estimatedDelivery.map { $0 > situation.message.time } ?? false
      if isExpected, let estimate = order.estimatedDelivery {
        values["estimated"] = language.words(for: estimate)
        values["hasEstimate"] = "true"
      }
      if order.status == .delivered { values["delivered"] = language.words(for: order.lastScanAt ?? order.asOf) }
      values["lastScan"] = order.lastScanAt.map(language.words)
      if !order.titles.isEmpty {
        values["items"] = order.titles.joined(separator: ", ")
        values["hasItems"] = "true"
      }
      values["late"] = situation.diagnosis.isLate ? "true" : "false"
      values["refundAmount"] = order.refund?.money.text
      values["refundDate"] = order.refund?.at.map(language.words)
    }
    if let disruption = situation.diagnosis.disruption {
      values["cause"] = language.words(forCause: disruption.cause)
      values["nextUpdate"] = language.wordsWithTime(for: disruption.nextUpdateBy)
    }
    self.values = values
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
  func words(forCause cause: String) -> String {
    terms["cause"]?[cause] ?? terms["cause"]?["*"] ?? cause
  }
}
