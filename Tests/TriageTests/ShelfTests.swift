import Events
import Streams
import Testing
import TestSupport

@testable import Triage

/// The contexts of one partition: what is taken back is back to the byte, what is restored is what was written.
@Suite struct ShelfTests {
  private let table = TableTopic("heed.contexts.v1")
  private let names = (0..<12).map { CustomerID("C\($0)") }

  private func record(_ outgoing: OutgoingRecord, at offset: Offset = 0) -> Record {
    Record(
      source: TopicPartition(outgoing.topic, outgoing.partition ?? -1), offset: offset, key: outgoing.key,
      headers: outgoing.headers, value: outgoing.value)
  }

  /// Everything a shelf knows, as it would be told to another one.
  private func content(of shelf: Shelf) -> [String] {
    names.map { name in "\(name.text) \(shelf.context(of: name).map { $0.encoded() } ?? [])" }
      + ["\(shelf.shared.encoded())"]
      + names.map { name in "\((-2...200).map { shelf.isApplied($0, to: name) }.count { $0 })" }
      + ["\((-2...200).map { shelf.isApplied($0, to: nil) }.count { $0 })", "\(shelf.customerCount)"]
  }

  private func change(_ shelf: inout Shelf, _ dice: inout Dice, at position: Offset) {
    switch dice.roll(5) {
    case 0: shelf.put(nil, of: dice.pick(names), position: position)
    case 1: shelf.putShared(.random(&dice), position: position)
    default: shelf.put(.random(&dice), of: dice.pick(names), position: position)
    }
  }

  @Test func aRewindRestoresExactly() {
    var dice = Dice(seed: 11)
    for _ in 0..<100 {
      var shelf = Shelf(partition: 3)
      var position: Offset = 0
      for _ in 0..<dice.roll(20) {
        change(&shelf, &dice, at: position)
        position += 1
      }
      shelf.accept()
      let before = content(of: shelf)
      for _ in 0...dice.roll(20) {
        change(&shelf, &dice, at: position)
        position += 1
      }
      shelf.rewind()
      #expect(content(of: shelf) == before)
      #expect(shelf.changes(for: table).isEmpty)
    }
  }

  @Test func whatWasWrittenRestoresTheSameShelf() {
    var dice = Dice(seed: 12)
    for _ in 0..<60 {
      var shelf = Shelf(partition: 3)
      var log: [Record] = []
      var position: Offset = 0
      for _ in 0..<dice.roll(8) {
        for _ in 0...dice.roll(6) {
          change(&shelf, &dice, at: position)
          position += 1
        }
        log += shelf.changes(for: table).enumerated().map { record($1, at: Offset(log.count + $0)) }
        shelf.accept()
      }
      var again = Shelf(partition: 3)
      for record in log { again.restore(record) }
      #expect(content(of: again) == content(of: shelf))
      // A second reading of the same table changes nothing.
      for record in log { again.restore(record) }
      #expect(content(of: again) == content(of: shelf))
    }
  }

  @Test func ofTwoRecordsTheOneOfTheHigherPositionCounts() {
    var dice = Dice(seed: 13)
    let customer = CustomerID("C1")
    let contexts = (0..<3).map { _ in CustomerContext.random(&dice) }
    func written(_ context: CustomerContext?, _ shared: SharedContext, at position: Offset) -> [Record] {
      var shelf = Shelf(partition: 0)
      shelf.put(context, of: customer, position: position)
      shelf.putShared(shared, position: position)
      return shelf.changes(for: table).map { record($0) }
    }
    var (old, new) = (SharedContext(), SharedContext())
    old.time = hour(1)
    new.time = hour(2)
    let low = written(contexts[0], old, at: 10)
    let high = written(contexts[1], new, at: 20)
    for order in [low + high, high + low] {
      var shelf = Shelf(partition: 0)
      for record in order { shelf.restore(record) }
      #expect(shelf.context(of: customer) == contexts[1])
      #expect(shelf.shared == new)
      #expect(shelf.isApplied(20, to: customer) && !shelf.isApplied(21, to: customer))
      #expect(shelf.isApplied(20, to: nil) && !shelf.isApplied(21, to: nil))
    }
    // Of two for one position, as when an event was decided again after a crash, the later in the table counts.
    var repeated = Shelf(partition: 0)
    for record in high + written(contexts[2], old, at: 20) { repeated.restore(record) }
    #expect(repeated.context(of: customer) == contexts[2] && repeated.shared == old)
    var shelf = Shelf(partition: 0)
    for record in written(nil, new, at: 30) + high { shelf.restore(record) }
    #expect(shelf.context(of: customer) == nil && shelf.isApplied(30, to: customer))
  }

  @Test func changesComeInOneOrderAndBelongToThePartition() {
    var dice = Dice(seed: 14)
    for _ in 0..<30 {
      var shelf = Shelf(partition: 7)
      for name in names.shuffled(using: &dice) { shelf.put(.random(&dice), of: name, position: 1) }
      shelf.put(nil, of: names[4], position: 2)
      shelf.putShared(.random(&dice), position: 3)
      let changes = shelf.changes(for: table)
      let keys = changes.map { String(decoding: $0.key ?? [], as: UTF8.self) }
      #expect(keys == names.map(\.text).sorted() + ["*"])
      #expect(changes.allSatisfy { $0.partition == 7 && $0.topic == "heed.contexts.v1" })
      #expect(
        changes.map { $0.headers.text(positionHeader) } == names.sorted().map { $0 == names[4] ? "2" : "1" } + ["3"])
      #expect(changes.filter { $0.value == nil }.map { $0.key } == [Array("C4".utf8)])
      shelf.accept()
      #expect(shelf.changes(for: table).isEmpty)
    }
  }

  @Test func recordsThatCannotBeReadAreNothingKnown() {
    var shelf = Shelf(partition: 0)
    var headers = Headers()
    headers.append(positionHeader, "x")
    for key in [nil, Array("C1".utf8), Array("*".utf8), [0xFF]] as [[UInt8]?] {
      for value in [nil, [], [1], [9, 9, 9]] as [[UInt8]?] {
        shelf.restore(
          Record(source: TopicPartition(table.name, 0), offset: 0, key: key, headers: headers, value: value))
      }
    }
    #expect(shelf.context(of: CustomerID("C1")) == nil)
    #expect(shelf.shared == SharedContext())
    #expect(shelf.takeDue(at: Timestamp(nanoseconds: .max)).isEmpty)
  }

  // MARK: Waking

  private func context(promising time: Timestamp?) -> CustomerContext {
    var context = CustomerContext(firstSeen: hour(0))
    var value = Case(ticket: TicketID("T"), openedAt: hour(0), channel: .email)
    value.promise = time.map { Case.Promise(by: $0, decision: "d") }
    context.cases = [value]
    return context
  }

  @Test func customersAreWokenWhenTheyAreDueInOneOrder() {
    var dice = Dice(seed: 15)
    for _ in 0..<20 {
      var shelf = Shelf(partition: 0)
      for index in names.indices.shuffled(using: &dice) {
        shelf.put(context(promising: hour(index + 1)), of: names[index], position: 0)
      }
      #expect(shelf.takeDue(at: hour(0)).isEmpty)
      #expect(shelf.takeDue(at: hour(5)) == names[..<5].sorted())
      #expect(shelf.takeDue(at: hour(5)).isEmpty)
    }
  }

  @Test func aTimeThatIsNoLongerTrueWakesNobody() {
    var shelf = Shelf(partition: 0)
    shelf.put(context(promising: hour(1)), of: names[0], position: 0)
    shelf.put(context(promising: nil), of: names[0], position: 1)
    shelf.put(context(promising: hour(1)), of: names[1], position: 2)
    shelf.put(nil, of: names[1], position: 3)
    #expect(shelf.takeDue(at: hour(100)).isEmpty)
    #expect(shelf.takeDue(at: hour(181 * 24)) == [names[0]])
  }

  @Test func whoWasWokenInWorkThatIsTakenBackIsWokenAgain() {
    var shelf = Shelf(partition: 0)
    shelf.put(context(promising: hour(1)), of: names[0], position: 0)
    shelf.accept()
    #expect(shelf.takeDue(at: hour(2)) == [names[0]])
    shelf.put(context(promising: nil), of: names[0], position: 1)
    shelf.rewind()
    #expect(shelf.takeDue(at: hour(2)) == [names[0]])
  }

  @Test func restoredCustomersAreWoken() {
    var shelf = Shelf(partition: 0)
    shelf.put(context(promising: hour(1)), of: names[0], position: 0)
    var again = Shelf(partition: 0)
    for change in shelf.changes(for: table) { again.restore(record(change)) }
    #expect(again.takeDue(at: hour(2)) == [names[0]])
  }

  @Test func whoIsWokenLaterTakesOnePlaceAmongThoseWhoAreDueAndIsWokenInTime() {
    var shelf = Shelf(partition: 0)
    let customer = names[0]
    for number in 0..<50 {
      shelf.put(CustomerContext(firstSeen: hour(number)), of: customer, position: Offset(number))
    }
    #expect(shelf.dueCount == 1)
    let wakeAt = hour(49).adding(seconds: CustomerContext.Limits.retention)
    #expect(shelf.takeDue(at: wakeAt.adding(seconds: -1)) == [])
    #expect(shelf.dueCount == 1)
    #expect(shelf.takeDue(at: wakeAt) == [customer])
    #expect(shelf.dueCount == 0)
  }

  @Test func whoWasWokenInABatchThatIsTakenBackIsWokenAgain() {
    var shelf = Shelf(partition: 0)
    let customer = names[0]
    shelf.put(CustomerContext(firstSeen: hour(0)), of: customer, position: 0)
    shelf.accept()
    let wakeAt = hour(0).adding(seconds: CustomerContext.Limits.retention)
    #expect(shelf.takeDue(at: wakeAt) == [customer])
    shelf.put(CustomerContext(firstSeen: wakeAt), of: customer, position: 1)
    shelf.rewind()
    #expect(shelf.takeDue(at: wakeAt) == [customer])
  }
}
