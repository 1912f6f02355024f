import Streams
import Testing

@testable import heed

/// A fact for every customer is told once, and what was sent twice is told twice.
@Suite struct BroadcastCopiesTests {
  private func record(_ partition: Int32, key: String = "*") -> Record {
    Record(source: TopicPartition("heed.events.v1", partition), offset: 0, key: Array(key.utf8), value: [])
  }

  @Test func aBroadcastIsToldOnceAndSaysWhereItStands() {
    var copies = BroadcastCopies()
    let (everywhere, somewhere) = (Array("a".utf8), Array("b".utf8))
    #expect((0..<3).map { copies.isFirst(record($0), line: everywhere) } == [true, false, false])
    #expect((1..<3).map { copies.isFirst(record($0), line: somewhere) } == [true, false])
    #expect(
      copies.sentences(partitions: ["heed.events.v1": 3]) == [
        "heed.events.v1: each broadcast is printed once; of 2 stand 1 in 3 of 3, 1 in 2 of 3 partitions"
      ])
  }

  @Test func whatWasSentTwiceIsToldTwice() {
    var copies = BroadcastCopies()
    let line = Array("a".utf8)
    // Partition by partition, and in turns.
    let inTurns = [0, 0, 1, 1].map { copies.isFirst(record(Int32($0)), line: line) }
    #expect(inTurns == [true, true, false, false])
    copies = BroadcastCopies()
    #expect([0, 1, 0, 1].map { copies.isFirst(record(Int32($0)), line: line) } == [true, false, true, false])
  }

  @Test func recordsOfACustomerAreNeverTakenForCopies() {
    var copies = BroadcastCopies()
    #expect((0..<2).allSatisfy { copies.isFirst(record($0, key: "C-1"), line: []) })
    #expect(copies.sentences(partitions: [:]).isEmpty)
  }
}
