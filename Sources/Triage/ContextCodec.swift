internal import Events

// Contexts in bytes, as they stand in `heed.contexts.v1` and in a worker's memory: compact, versioned, no field names. A
// context of another version or with broken bytes reads as nothing known, never as something else.

extension CustomerContext {
  private static let version: UInt8 = 6

  /// The bytes of this context. They begin with the version and with when it wants to be woken, so that a worker that
  /// restores a million of them can do so without reading on.
  func encoded() -> [UInt8] {
    var writer = ByteWriter()
    writer.byte(Self.version)
    writer.fixed(wakeAt.nanoseconds)
    writer.optional(consent.automation) { $0.flag($1) }
    writer.optional(consent.personalization) { $0.flag($1) }
    writer.optional(tier) { $0.text($1.text) }
    writer.fixed(lastSeen.nanoseconds)
    writer.optional(lastDecision) { $0.raw($1.bytes) }
    writer.list(applied) { $0.fixed(Int64(bitPattern: $1)) }
    writer.list(orders) { $1.write(to: &$0) }
    writer.list(cases) { $1.write(to: &$0) }
    writer.list(inputs) { $0.raw($1.bytes) }
    writer.optional(churnRaisedAt) { $0.fixed($1.nanoseconds) }
    writer.optional(link) { writer, link in
      switch link {
      case .to(let target):
        writer.flag(true)
        writer.text(target.text)
      case .disputed: writer.flag(false)
      }
    }
    writer.list(aliases) { $0.text($1.text) }
    return writer.bytes
  }

  /// When the context in `bytes` wants to be woken; `nil` if they are of another version.
  static func wakeAt(in bytes: [UInt8]) -> Timestamp? {
    bytes.withUnsafeBytes { bytes in
      var reader = ByteReader(bytes)
      guard reader.byte() == version, let time = reader.fixed() else { return nil }
      return Timestamp(nanoseconds: time)
    }
  }

  init?(bytes: [UInt8]) {
    let context = bytes.withUnsafeBytes { bytes in
      var reader = ByteReader(bytes)
      return CustomerContext(from: &reader)
    }
    guard let context else { return nil }
    self = context
  }

  private init?(from reader: inout ByteReader) {
    guard reader.byte() == Self.version, reader.fixed() != nil else { return nil }
    var consent = Consent()
    consent.automation = reader.optional { $0.flag() }
    consent.personalization = reader.optional { $0.flag() }
    let tier = reader.optional { $0.redacted() }
    guard let lastSeen = reader.fixed() else { return nil }
    self.init(firstSeen: Timestamp(nanoseconds: lastSeen))
    self.consent = consent
    self.tier = tier
    lastDecision = reader.optional { $0.raw(32).flatMap { Digest256(bytes: $0) } }
    applied = reader.list(max: Limits.applied) { $0.fixed().map { UInt64(bitPattern: $0) } }
    orders = reader.list(max: Limits.orders) { KnownOrder(from: &$0) }
    cases = reader.list(max: Limits.cases) { Case(from: &$0) }
    inputs = reader.list(max: Limits.inputs) { $0.digest() }
    churnRaisedAt = reader.optional { $0.time() }
    link = reader.optional { reader in
      switch reader.flag() {
      case true: reader.text().map { .to(CustomerID($0)) }
      case false: .disputed
      case nil: nil
      }
    }
    aliases = reader.list(max: Limits.aliases) { $0.text().map { CustomerID($0) } }
    guard reader.isAtEnd else { return nil }
  }
}

extension KnownOrder {
  fileprivate func write(to writer: inout ByteWriter) {
    writer.text(order.text)
    writer.text(status.rawValue)
    writer.fixed(asOf.nanoseconds)
    writer.optional(promisedBy) { $0.fixed($1.nanoseconds) }
    writer.optional(estimatedDelivery) { $0.fixed($1.nanoseconds) }
    writer.optional(lastScanAt) { $0.fixed($1.nanoseconds) }
    writer.optional(carrier) { $0.text($1.text) }
    writer.optional(trackingNumber) { $0.text($1.text) }
    writer.optional(region) { $0.text($1.text) }
    writer.list(holds) { $0.text($1.text) }
    writer.flag(hasAddressProblem)
    writer.optional(total) { $0.money($1) }
    writer.list(titles) { $0.text($1.text) }
    writer.optional(refund) { writer, refund in
      writer.money(refund.money)
      writer.text(refund.status)
      writer.optional(refund.at) { $0.fixed($1.nanoseconds) }
    }
    writer.list(explained) { $0.text($1) }
    writer.list(answers) { writer, answer in
      writer.text(answer.step)
      writer.fixed(answer.at.nanoseconds)
    }
  }

  fileprivate init?(from reader: inout ByteReader) {
    guard let order = reader.text(), let status = reader.text().flatMap(OrderUpdated.Status.init(rawValue:)),
      let asOf = reader.time()
    else { return nil }
    self.init(order: OrderID(order), status: status, asOf: asOf)
    promisedBy = reader.optional { $0.time() }
    estimatedDelivery = reader.optional { $0.time() }
    lastScanAt = reader.optional { $0.time() }
    carrier = reader.optional { $0.redacted() }
    trackingNumber = reader.optional { $0.redacted() }
    region = reader.optional { $0.redacted() }
    holds = reader.list(max: 4) { $0.redacted() }
    hasAddressProblem = reader.flag() ?? false
    total = reader.optional { $0.money() }
    titles = reader.list(max: CustomerContext.Limits.titles) { $0.redacted() }
    refund = reader.optional { reader in
      guard let money = reader.money(), let status = reader.text() else { return nil }
      return OrderUpdated.Refund(money: money, status: status, at: reader.optional { $0.time() })
    }
    explained = reader.list(max: CustomerContext.Limits.explained) { $0.text() }
    answers = reader.list(max: CustomerContext.Limits.answers) { reader in
      guard let step = reader.text(), let at = reader.time() else { return nil }
      return Answer(step: step, at: at)
    }
  }
}

extension Case {
  fileprivate func write(to writer: inout ByteWriter) {
    writer.text(ticket.text)
    writer.fixed(openedAt.nanoseconds)
    writer.fixed(lastMessageAt.nanoseconds)
    writer.text(channel.rawValue)
    writer.text(language)
    writer.flag(isSolved)
    writer.optional(intent) { $0.text($1) }
    writer.optional(band) { $0.text($1.rawValue) }
    writer.optional(order) { $0.text($1.text) }
    writer.optional(humanQueue) { $0.text($1.text) }
    writer.flag(humanHasCase)
    writer.optional(handedTo) { $0.text($1) }
    writer.optional(dueBy) { $0.fixed($1.nanoseconds) }
    writer.optional(urgency) { $0.text($1.rawValue) }
    writer.optional(decision) { $0.text($1) }
    writer.count(epoch)
    writer.count(questionsAsked)
    writer.count(answersGiven)
    writer.optional(firstSentiment) { $0.count($1 + 2) }
    writer.optional(lastSentiment) { $0.count($1 + 2) }
    writer.optional(promise) { writer, promise in
      writer.fixed(promise.by.nanoseconds)
      writer.text(promise.decision)
    }
    writer.count(Int(raised.rawValue))
    writer.list(said) { writer, said in
      writer.byte(said.kind.rawValue)
      writer.text(said.step.text)
      writer.fixed(said.at.nanoseconds)
    }
  }

  fileprivate init?(from reader: inout ByteReader) {
    guard let ticket = reader.text(), let openedAt = reader.time(), let lastMessageAt = reader.time(),
      let channel = reader.text().flatMap(Channel.init(rawValue:)), let language = reader.text(),
      let isSolved = reader.flag()
    else { return nil }
    self.init(ticket: TicketID(ticket), openedAt: openedAt, channel: channel)
    self.lastMessageAt = lastMessageAt
    self.language = language
    self.isSolved = isSolved
    intent = reader.optional { $0.text() }
    band = reader.optional { $0.text().flatMap(Reading.Band.init(rawValue:)) }
    order = reader.optional { $0.text().map { OrderID($0) } }
    humanQueue = reader.optional { $0.redacted() }
    humanHasCase = reader.flag() ?? true
    handedTo = reader.optional { $0.text() }
    dueBy = reader.optional { $0.time() }
    urgency = reader.optional { $0.text().flatMap(DecisionMade.Urgency.init(rawValue:)) }
    decision = reader.optional { $0.text() }
    epoch = reader.count() ?? 0
    questionsAsked = reader.count() ?? 0
    answersGiven = reader.count() ?? 0
    firstSentiment = reader.optional { $0.count().map { $0 - 2 } }
    lastSentiment = reader.optional { $0.count().map { $0 - 2 } }
    promise = reader.optional { reader in
      guard let by = reader.time(), let decision = reader.text() else { return nil }
      return Promise(by: by, decision: decision)
    }
    raised = RaisedSigns(rawValue: UInt16(truncatingIfNeeded: reader.count() ?? 0))
    said = reader.list(max: CustomerContext.Limits.said) { reader in
      guard let kind = reader.byte().flatMap(Said.Kind.init(rawValue:)), let step = reader.redacted(),
        let at = reader.time()
      else { return nil }
      return Said(kind: kind, step: step, at: at)
    }
  }
}

extension ByteReader {
  fileprivate mutating func digest() -> EventDigest? {
    raw(EventDigest.count).flatMap { EventDigest(bytes: $0) }
  }

  /// Words that had no personal data in them when they were written.
  fileprivate mutating func redacted() -> Redacted? { text().map { Redacted(ours: $0) } }
}

extension SharedContext {
  private static let version: UInt8 = 3

  func encoded() -> [UInt8] {
    var writer = ByteWriter()
    writer.byte(Self.version)
    writer.optional(time) { $0.fixed($1.nanoseconds) }
    writer.list(disruptions) { writer, disruption in
      writer.text(disruption.disruption)
      writer.optional(disruption.carrier) { $0.text($1) }
      writer.optional(disruption.region) { $0.text($1) }
      writer.fixed(disruption.from.nanoseconds)
      writer.optional(disruption.until) { $0.fixed($1.nanoseconds) }
      writer.text(disruption.cause)
      writer.fixed(disruption.nextUpdateBy.nanoseconds)
      writer.optional(disruption.digest) { $0.raw($1.bytes) }
    }
    writer.list(stopped) { writer, stop in
      writer.text(stop.name)
      writer.fixed(stop.at.nanoseconds)
      writer.optional(stop.digest) { $0.raw($1.bytes) }
    }
    return writer.bytes
  }

  init?(bytes: [UInt8]) {
    let context = bytes.withUnsafeBytes { bytes in
      var reader = ByteReader(bytes)
      return SharedContext(from: &reader)
    }
    guard let context else { return nil }
    self = context
  }

  private init?(from reader: inout ByteReader) {
    guard reader.byte() == Self.version else { return nil }
    self.init()
    time = reader.optional { $0.time() }
    disruptions = reader.list(max: Self.disruptionsMax) { reader in
      guard let name = reader.text() else { return nil }
      let carrier = reader.optional { $0.text() }
      let region = reader.optional { $0.text() }
      guard let from = reader.time() else { return nil }
      let until = reader.optional { $0.time() }
      guard let cause = reader.text(), let nextUpdateBy = reader.time() else { return nil }
      var disruption = DisruptionDeclared(
        disruption: name, carrier: carrier, region: region, from: from, until: until, cause: cause,
        nextUpdateBy: nextUpdateBy)
      disruption.digest = reader.optional { $0.digest() }
      return disruption
    }
    stopped = reader.list(max: Self.stoppedMax) { reader in
      guard let name = reader.text(), let at = reader.time() else { return nil }
      return StoppedExperiment(name: name, at: at, digest: reader.optional { $0.digest() })
    }
    guard reader.isAtEnd else { return nil }
  }
}
