import Events
import Foundation
import Testing
import TestSupport

@testable import Triage

/// Contexts in bytes: what is read is what was written, and what cannot be read is nothing.
@Suite struct ContextCodecTests {
  @Test func everyContextReadsAsWhatWasWritten() throws {
    var dice = Dice(seed: 1)
    for _ in 0..<500 {
      let context = CustomerContext.random(&dice)
      let bytes = context.encoded()
      #expect(CustomerContext(bytes: bytes) == context)
      #expect(CustomerContext.wakeAt(in: bytes) == context.wakeAt)
      #expect(CustomerContext(bytes: bytes)?.encoded() == bytes)
      let shared = SharedContext.random(&dice)
      #expect(SharedContext(bytes: shared.encoded()) == shared)
    }
  }

  @Test func bytesThatWereCutOrWentOnAreNothing() {
    var dice = Dice(seed: 2)
    for _ in 0..<12 {
      let bytes = CustomerContext.random(&dice).encoded()
      for length in 0..<bytes.count {
        guard CustomerContext(bytes: Array(bytes[..<length])) == nil else {
          return #expect(Bool(false), "\(length) of \(bytes.count) bytes were read")
        }
      }
      #expect(CustomerContext(bytes: bytes + [0]) == nil)
      let shared = SharedContext.random(&dice).encoded()
      for length in 0..<shared.count { #expect(SharedContext(bytes: Array(shared[..<length])) == nil) }
      #expect(SharedContext(bytes: shared + [0]) == nil)
    }
  }

  /// Whoever rolls back must know which programs read which contexts; the runbook sends them there.
  @Test func theChangelogSaysWhichVersionsTheyAre() throws {
    var dice = Dice(seed: 4)
    let changelog = try String(
      contentsOf: URL(filePath: #filePath).appending(path: "../../../CHANGELOG.md").standardizedFileURL, encoding: .utf8
    )
    let (customers, all) = (CustomerContext.random(&dice).encoded()[0], SharedContext.random(&dice).encoded()[0])
    #expect(changelog.contains("Of customers: version \(customers)."))
    #expect(changelog.contains("Of what concerns all: version \(all)."))
  }

  @Test func anotherVersionIsNothing() {
    var dice = Dice(seed: 3)
    for version in UInt8(0)...255 where version != 6 {
      var bytes = CustomerContext.random(&dice).encoded()
      bytes[0] = version
      #expect(CustomerContext(bytes: bytes) == nil && CustomerContext.wakeAt(in: bytes) == nil)
    }
    for version in UInt8(0)...255 where version != 3 {
      var shared = SharedContext.random(&dice).encoded()
      shared[0] = version
      #expect(SharedContext(bytes: shared) == nil)
    }
    #expect(CustomerContext(bytes: []) == nil && SharedContext(bytes: []) == nil)
  }

  @Test func garbageIsReadWithoutTrouble() {
    var dice = Dice(seed: 4)
    var understood = 0
    for _ in 0..<4_000 {
      var bytes = CustomerContext.random(&dice).encoded()
      for _ in 0...dice.roll(4) { bytes[dice.roll(bytes.count)] = UInt8.random(in: 0...255, using: &dice) }
      if let context = CustomerContext(bytes: bytes) {
        understood += 1
        #expect(context.orders.count <= 12 && context.cases.count <= 8 && context.applied.count <= 48)
        _ = context.wakeAt
      }
      let noise = [1] + (0..<dice.roll(200)).map { _ in UInt8.random(in: 0...255, using: &dice) }
      _ = CustomerContext(bytes: noise)
      _ = CustomerContext.wakeAt(in: noise)
      _ = SharedContext(bytes: noise)
    }
    #expect(understood > 0)
  }

  @Test func numbersAreReadAtTheirLimits() {
    for value in [0, 1, 127, 128, 16_383, 16_384, Int.max] {
      var writer = ByteWriter()
      writer.count(value)
      writer.fixed(Int64.min)
      writer.bytes.withUnsafeBytes { bytes in
        var reader = ByteReader(bytes)
        #expect(reader.count() == value && reader.fixed() == .min && reader.isAtEnd)
      }
    }
    Array(repeating: UInt8(0xFF), count: 20).withUnsafeBytes { bytes in
      var endless = ByteReader(bytes)
      #expect(endless.count() == nil && endless.byte() == nil && !endless.isAtEnd)
    }
  }
}

extension CustomerContext {
  /// A context with anything in it that it can hold.
  static func random(_ dice: inout Dice) -> CustomerContext {
    var context = CustomerContext(firstSeen: dice.time())
    context.consent = Consent(
      automation: dice.pick([nil, true, false]), personalization: dice.pick([nil, true, false]))
    context.tier = dice.maybe { Redacted(ours: $0.text()) }
    context.applied = (0..<dice.roll(Limits.applied + 1)).map { _ in dice.next() }
    context.lastDecision = dice.maybe { dice in Digest256(of: dice.text().utf8) }
    context.inputs = (0..<dice.roll(Limits.inputs + 1)).map { _ in
      EventDigest(bytes: (0..<EventDigest.count).map { _ in UInt8(dice.roll(256)) })!
    }
    context.churnRaisedAt = dice.maybe { $0.time() }
    context.orders = (0..<dice.roll(Limits.orders + 1)).map { _ in .random(&dice) }
    context.cases = (0..<dice.roll(Limits.cases + 1)).map { _ in .random(&dice) }
    context.link = dice.maybe { dice in dice.roll(2) == 0 ? .disputed : .to(CustomerID(dice.text())) }
    context.aliases = (0..<dice.roll(Limits.aliases + 1)).map { _ in CustomerID(dice.text()) }
    return context
  }
}

extension KnownOrder {
  static func random(_ dice: inout Dice) -> KnownOrder {
    var order = KnownOrder(
      order: OrderID(dice.text()), status: dice.pick(OrderUpdated.Status.allCases), asOf: dice.time())
    order.promisedBy = dice.maybe { $0.time() }
    order.estimatedDelivery = dice.maybe { $0.time() }
    order.lastScanAt = dice.maybe { $0.time() }
    order.carrier = dice.maybe { Redacted(ours: $0.text()) }
    order.trackingNumber = dice.maybe { Redacted(ours: $0.text()) }
    order.region = dice.maybe { Redacted(ours: $0.text()) }
    order.holds = (0..<dice.roll(5)).map { _ in Redacted(ours: dice.text()) }
    order.hasAddressProblem = dice.roll(2) == 0
    order.total = dice.maybe { dice in Money(amount: "\(dice.roll(1_000)).50", currency: "EUR")! }
    order.titles = (0..<dice.roll(4)).map { _ in Redacted(ours: dice.text()) }
    order.explained = (0..<dice.roll(4)).map { _ in dice.text() }
    order.answers = (0..<dice.roll(4)).map { _ in KnownOrder.Answer(step: dice.text(), at: dice.time()) }
    order.refund = dice.maybe { dice in
      OrderUpdated.Refund(
        money: Money(amount: "-\(dice.roll(90))", currency: "GBP")!, status: dice.text(), at: dice.maybe { $0.time() })
    }
    return order
  }
}

extension Case {
  static func random(_ dice: inout Dice) -> Case {
    var value = Case(ticket: TicketID(dice.text()), openedAt: dice.time(), channel: dice.pick(Channel.allCases))
    value.lastMessageAt = dice.time()
    value.language = dice.pick(["en", "de", "und", ""])
    value.isSolved = dice.roll(2) == 0
    value.intent = dice.maybe { $0.text() }
    value.band = dice.maybe { dice in dice.pick(Reading.Band.allCases) }
    value.order = dice.maybe { OrderID($0.text()) }
    value.humanQueue = dice.maybe { Redacted(ours: $0.text()) }
    value.humanHasCase = dice.roll(2) == 0
    value.handedTo = dice.maybe { $0.text() }
    value.dueBy = dice.maybe { $0.time() }
    value.urgency = dice.maybe { dice in dice.pick(DecisionMade.Urgency.allCases) }
    value.decision = dice.maybe { $0.text() }
    value.epoch = dice.roll(300)
    value.questionsAsked = dice.roll(3)
    value.answersGiven = dice.roll(3)
    value.firstSentiment = dice.maybe { $0.roll(5) - 2 }
    value.lastSentiment = dice.maybe { $0.roll(5) - 2 }
    value.promise = dice.maybe { Promise(by: $0.time(), decision: $0.text()) }
    value.raised = RaisedSigns(rawValue: UInt16(dice.roll(512)))
    value.said = (0..<dice.roll(CustomerContext.Limits.said + 1)).map { _ in
      Said(kind: dice.pick(Said.Kind.allCases), step: Redacted(ours: dice.text()), at: dice.time())
    }
    return value
  }
}

extension SharedContext {
  static func random(_ dice: inout Dice) -> SharedContext {
    var shared = SharedContext()
    shared.time = dice.maybe { $0.time() }
    shared.disruptions = (0..<dice.roll(6)).map { _ in
      DisruptionDeclared(
        disruption: dice.text(), carrier: dice.maybe { $0.text() }, region: dice.maybe { $0.text() }, from: dice.time(),
        until: dice.maybe { $0.time() }, cause: dice.text(), nextUpdateBy: dice.time())
    }
    shared.stopped = (0..<dice.roll(4)).map { _ in
      StoppedExperiment(
        name: dice.text(), at: dice.time(),
        digest: dice.maybe { dice in EventDigest(bytes: (0..<EventDigest.count).map { _ in UInt8(dice.roll(256)) })! })
    }
    return shared
  }
}

extension Dice {
  mutating func time() -> Timestamp {
    roll(20) == 0
      ? Timestamp(nanoseconds: pick([.min, .max, 0, -1])) : hour(roll(5_000)).adding(seconds: Int64(roll(3_600)))
  }
  mutating func text() -> String {
    let pieces = ["a", "é", "😀", " ", "\u{0}", "\"", "LL-20411", "e\u{301}", "ß"]
    return (0..<roll(5)).map { _ in pick(pieces) }.joined()
  }
  mutating func maybe<Value>(_ value: (inout Dice) -> Value) -> Value? { roll(3) == 0 ? nil : value(&self) }
}
