internal import Events

/// Which order a message is about, and how we know.
struct OrderMatch {
  /// How the order was found, by the words of the policy's fact `order`.
  enum How: String {
    /// By its number in the message, or because the source attached it.
    case named
    /// There is only this one.
    case single
    /// Several are possible, and one stands out: it is named by what is in it, or it is the only one in trouble.
    case likely
    /// Several are possible.
    case ambiguous
    /// The message names a number that no order of this customer has. It may be mistyped, or another customer's, of whom
    /// nothing is said.
    case unknownNumber = "unknown_number"
    /// It is about an order, but no order of this customer comes into question.
    case none
    /// It is not about an order.
    case notMeant = "not_meant"
  }

  let how: How
  /// The order, where there is one.
  let order: KnownOrder?
  /// The orders that come into question, the one that changed last first; at most four.
  let candidates: [KnownOrder]

  init(_ how: How, _ order: KnownOrder? = nil, candidates: [KnownOrder] = []) {
    self.how = how
    self.order = order
    self.candidates = candidates
  }
}

/// Finds the order that a message is about among the customer's own.
struct OrderFinder {
  let context: CustomerContext
  let shared: SharedContext
  let time: Timestamp
  /// After how many seconds without a scan a parcel counts as lost.
  let lostAfter: Int64

  /// The wishes that concern an order even if none is named.
  private static let aboutOrders: Set<String> = [
    "order_status", "delivery_issue", "change_address", "change_order", "cancel_order", "return_exchange",
    "product_issue", "refund_request", "refund_status", "invoice", "payment_issue", "complaint",
  ]

  /// Orders closed longer ago than this are not meant unless they are named, in seconds: 30 days.
  private static let closedWithin: Int64 = 30 * 86_400

  func find(
    in reading: Reading, text: String, attached: [OrderID], intent: String?, known: OrderID?
  ) -> OrderMatch {
    if let order = named(in: reading, attached: attached) { return OrderMatch(.named, order) }
    if namesUnknownNumber(reading) || !attached.isEmpty {
      return OrderMatch(.unknownNumber, candidates: candidates(intent))
    }
    if let order = context.orders.first(where: { $0.order == known }) { return OrderMatch(.named, order) }
    guard let intent, Self.aboutOrders.contains(intent) else { return OrderMatch(.notMeant) }
    let candidates = candidates(intent)
    if candidates.isEmpty { return OrderMatch(.none) }
    if candidates.count == 1 { return OrderMatch(.single, candidates[0]) }
    let said = text.lowercased()
    if let order = only(candidates, where: { titleIsMentioned($0, in: said) }) { return OrderMatch(.likely, order) }
    if let order = only(candidates, where: isInTrouble) { return OrderMatch(.likely, order) }
    return OrderMatch(.ambiguous, candidates: Array(candidates.prefix(4)))
  }

  // MARK: By number

  private func named(in reading: Reading, attached: [OrderID]) -> KnownOrder? {
    let numbers = reading.entities.filter { $0.kind == .order || $0.kind == .tracking }.compactMap(\.value)
    for number in numbers {
      let wanted = normalised(number)
      if let order = context.orders.first(where: { matches($0, wanted) }) { return order }
    }
    for id in attached {
      if let order = context.orders.first(where: { $0.order == id }) { return order }
    }
    // The digits alone, where the shop writes more around them: 15191 for SO-2026-15191.
    for number in numbers where number.utf8.count >= 4 {
      let digits = normalised(number)
      if let order = only(context.orders, where: { normalised($0.order.text).hasSuffix(digits) }) { return order }
    }
    return nil
  }

  /// - Parameter number: normalised.
  private func matches(_ order: KnownOrder, _ number: String) -> Bool {
    says(order.order.text, number) || order.trackingNumber.map { says($0.text, number) } ?? false
  }

  /// Whether `text`, normalised, is `number`; told without writing it down, since each number is held against each order.
  private func says(_ text: String, _ number: String) -> Bool {
    guard text.isASCII else { return normalised(text) == number }
    var rest = number.utf8.makeIterator()
    for byte in text.utf8 {
      let byte = capital(byte)
      if isASCIIAlphanumeric(byte), rest.next() != byte { return false }
    }
    return rest.next() == nil
  }

  private func normalised(_ number: String) -> String {
    // Outside of ASCII a letter may have capitals that are ASCII: `ß` has `SS`.
    let capitals = number.isASCII ? number : number.uppercased()
    return String(decoding: capitals.utf8.map { capital($0) }.filter { isASCIIAlphanumeric($0) }, as: UTF8.self)
  }

  private func capital(_ byte: UInt8) -> UInt8 { (0x61...0x7A).contains(byte) ? byte ^ 0x20 : byte }

  private func isASCIIAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
  }

  /// Short numbers are prices and sizes as often as orders; five digits are an order's.
  private func namesUnknownNumber(_ reading: Reading) -> Bool {
    reading.entities.contains { $0.kind == .order && ($0.value ?? "").utf8.count { (0x30...0x39).contains($0) } >= 5 }
  }

  // MARK: By what is possible

  private func candidates(_ intent: String?) -> [KnownOrder] {
    let newestFirst = context.orders.reversed()
    let recent = newestFirst.filter { $0.isOpen || time.seconds(since: $0.asOf) <= Self.closedWithin }
    let fitting: [KnownOrder]
    switch intent {
    case "refund_status": fitting = recent.filter { $0.refund != nil }
    case "return_exchange", "product_issue": fitting = recent.filter { $0.status == .delivered }
    case "delivery_issue", "feedback_review", "refund_request": fitting = recent.filter { $0.status != .cancelled }
    default: fitting = recent.filter(\.isOpen)
    }
    if !fitting.isEmpty { return Array(fitting) }
    return recent.first.map { [$0] } ?? []
  }

  private func isInTrouble(_ order: KnownOrder) -> Bool {
    order.isOpen && Diagnosis(of: order, shared: shared, time: time, lostAfter: lostAfter).isTrouble
  }

  /// Whether a long word of an item's title stands in the text: "my headphones".
  ///
  /// - Parameter text: in small letters.
  private func titleIsMentioned(_ order: KnownOrder, in text: String) -> Bool {
    order.titles.contains { title in
      title.text.lowercased().split { !$0.isLetter }.contains { $0.count >= 5 && text.contains($0) }
    }
  }

  private func only(_ orders: [KnownOrder], where condition: (KnownOrder) -> Bool) -> KnownOrder? {
    let fitting = orders.filter(condition)
    return fitting.count == 1 ? fitting[0] : nil
  }
}
