import Events
import Streams
import Testing

@testable import Triage

@Suite struct ReplayProcessorTests {
  private static let lines: [Line] = {
    var desk = Desk()
    desk.order()
    for hours in 0..<4 {
      desk.open("Where is my order?", ticket: "T\(hours)", by: "C\(hours % 2)")
      desk.later(hours: 1)
    }
    return desk.lines
  }()

  private func processor(_ range: ReplayRange) -> ReplayProcessor {
    ReplayProcessor(
      pipeline: pipeline, from: Catalogue(), into: Catalogue(prefix: "heed-replay."), group: "heed-replay", range: range
    )
  }

  private func run(_ processor: some Processor<Shelf>) -> (outputs: [OutgoingRecord], tables: [OutgoingRecord]) {
    var shelf = processor.makeState(partition: 0)
    var outputs: [OutgoingRecord] = []
    for (offset, line) in Self.lines.enumerated() {
      processor.process(line.record(at: Offset(offset)), state: &shelf, outputs: &outputs)
    }
    return (outputs, processor.changes(in: shelf))
  }

  private func withoutPrefix(_ record: OutgoingRecord) -> [String] {
    [record.topic.replacing("heed-replay.", with: "").replacing("heed.", with: "")]
      + [String(decoding: record.value ?? [], as: UTF8.self)]
  }

  @Test func theWholeLogGivesTheLiveRecordsUnderItsOwnPrefix() {
    let live = run(TriageProcessor(pipeline: pipeline, catalogue: Catalogue(), group: "heed-triage"))
    let own = run(processor(ReplayRange()))
    #expect(own.outputs.count >= 8)
    #expect(own.outputs.map(withoutPrefix) == live.outputs.map(withoutPrefix))
    #expect(own.tables.map(withoutPrefix) == live.tables.map(withoutPrefix))
    for record in own.outputs + own.tables { #expect(record.topic.hasPrefix("heed-replay.")) }
  }

  @Test func aPartOfItGivesThatPartOfTheRecords() {
    let whole = run(processor(ReplayRange())).outputs
    let part = run(processor(ReplayRange(offsets: [0: 3..<5]))).outputs
    #expect(!part.isEmpty && part.count < whole.count)
    #expect(
      part.map(withoutPrefix)
        == whole.filter { ["e3", "e4"].contains($0.headers.text("ce_causationid")) }.map(withoutPrefix))
    let elsewhere = run(processor(ReplayRange(offsets: [7: 0..<100])))
    #expect(elsewhere.outputs.isEmpty && !elsewhere.tables.isEmpty, "contexts are warmed all the same")
  }

  @Test func timesAreTheEventsOwn() {
    let times = Self.lines.map(\.event.envelope.time)
    let part = run(processor(ReplayRange(from: times[2], until: times[4]))).outputs
    #expect(Set(part.compactMap { $0.headers.text("ce_causationid") }) == ["e2", "e3"])
  }

  @Test func theNoteOfThePlanIsNoCustomer() {
    let processor = processor(ReplayRange())
    var shelf = processor.makeState(partition: 0)
    processor.restore(
      Record(
        source: TopicPartition("heed-replay.contexts.v1", 0), offset: 0, key: Array(ReplayProcessor.planKey.utf8),
        value: Array("the whole log".utf8)), into: &shelf)
    #expect(shelf.customerCount == 0)
  }

  @Test func aRangeSaysAllOfItself() {
    #expect(ReplayRange().words == "the whole log")
    let range = ReplayRange(from: hour(0), until: hour(1), offsets: [3: 5..<9, 1: 0..<2])
    #expect(range.words == "from 2026-03-02T10:00:00Z, until 2026-03-02T11:00:00Z, offsets 1:0-2, offsets 3:5-9")
  }
}
