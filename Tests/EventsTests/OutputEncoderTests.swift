import Foundation
import Streams
import Testing

@testable import Events

/// The valid examples of the output types are the encoders' bytes. `HEED_GOLDEN=write swift test --filter
/// OutputEncoderTests` writes them anew; the difference is there to be read.
@Suite struct OutputEncoderTests {
  private static let isWriting = ProcessInfo.processInfo.environment["HEED_GOLDEN"] == "write"

  @Test(arguments: OutputExamples.all.map(\.name))
  func encodedEventIsItsExampleByteForByte(name: String) throws {
    let golden = try #require(OutputExamples.all.first { $0.name == name })
    let folder = Example.folder.appending(path: "examples/\(golden.type.rawValue)/valid")
    let file = folder.appending(path: golden.name + ".json")
    if Self.isWriting {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(golden.line + [0x0A]).write(to: file)
    }
    let expected = [UInt8](try Data(contentsOf: file))
    #expect((golden.line + [0x0A]).text == expected.text)
    #expect(golden.line + [0x0A] == expected)
  }

  @Test func everyValidOutputExampleHasItsEncoder() {
    let files = Example.all("valid") { !$0.isInput }.map { $0.url.deletingPathExtension().lastPathComponent }
    #expect(Set(files) == Set(OutputExamples.all.map(\.name)))
    #expect(OutputExamples.all.count == files.count)
  }

  @Test func encodingTwiceGivesTheSameBytes() {
    #expect(OutputExamples.all.map(\.line) == OutputExamples.all.map(\.line))
  }

  @Test(arguments: OutputExamples.all.map(\.name))
  func foundationReadsWhatWeWrite(name: String) throws {
    let line = try #require(OutputExamples.all.first { $0.name == name }).line
    #expect(try JSONDecoder().decode(JSONValue.self, from: Data(line)) == JSONValue(scanning: line))
    #expect(!line.contains(0x0A), "NDJSON has one event a line")
  }

  @Test func binaryModeSaysWhatStructuredModeSays() throws {
    let cause = Envelope(
      id: "e1", source: "/shop", type: EventType.ticketOpened.rawValue, time: Timestamp(nanoseconds: 1_000),
      traceparent: "00-aa-bb-01", tracestate: "x=y")
    let event = OutputEvent(
      to: .cases(queue: "damages"), type: .caseSummarised, id: "summary_1", key: "t-1", correlationID: "case_1",
      cause: cause, expiryTime: Timestamp(nanoseconds: 0), data: Array(#"{"a":1}"#.utf8))
    let digest = try #require(event.digest).hex
    let record = event.record(in: Catalogue(prefix: "x."))
    #expect(record.topic == "x.cases.damages.v1")
    #expect(record.key?.text == "t-1")
    #expect(record.value?.text == #"{"a":1}"#)
    #expect(record.partition == nil)
    #expect(
      record.headers.map { "\($0.name)=\($0.value.map { String(decoding: $0, as: UTF8.self) } ?? "null")" } == [
        "content-type=application/json", "ce_specversion=1.0", "ce_id=summary_1", "ce_source=/heed/triage",
        "ce_type=heed.case.summarised.v1", "ce_time=1970-01-01T00:00:00.000001Z", "ce_subject=t-1",
        "ce_partitionkey=t-1", "ce_correlationid=case_1", "ce_causationid=e1", "ce_expirytime=1970-01-01T00:00:00Z",
        "ce_traceparent=00-aa-bb-01", "ce_tracestate=x=y", "ce_digest=\(digest)", "traceparent=00-aa-bb-01",
        "tracestate=x=y",
      ])
    #expect(
      event.structured().text == """
        {"specversion":"1.0","id":"summary_1","source":"/heed/triage","type":"heed.case.summarised.v1",\
        "time":"1970-01-01T00:00:00.000001Z","subject":"t-1","partitionkey":"t-1","correlationid":"case_1",\
        "causationid":"e1","expirytime":"1970-01-01T00:00:00Z","traceparent":"00-aa-bb-01","tracestate":"x=y",\
        "digest":"\(digest)","datacontenttype":"application/json","data":{"a":1}}
        """)
  }

  @Test(arguments: [
    (OutputEvent.Destination.decisions, "heed.decisions.v1"), (.resolutions, "heed.resolutions.v1"),
    (.insights, "heed.insights.v1"), (.cases(queue: "a-b"), "heed.cases.a-b.v1"), (.findings, "heed.insights.v1"),
    (.kpis, "heed.kpis.v1"),
  ])
  func eachDestinationIsItsTopic(destination: OutputEvent.Destination, topic: String) {
    let cause = Envelope(id: "e", source: "/s", type: "t", time: Timestamp(nanoseconds: 0))
    let event = OutputEvent(
      to: destination, type: .decisionMade, id: "d", key: "k", correlationID: "c", cause: cause, data: [])
    #expect(event.record(in: Catalogue()).topic == topic)
    #expect(event.record(in: Catalogue()).headers.value("traceparent") == nil)
  }

  @Test func replyIsItsPartsInOrder() {
    var parts = ResolutionProposed.Parts(
      acknowledgement: "A", fact: "B", nextStep: "C", humanExit: "D", disclosure: "E")
    #expect(parts.text == "A\n\nB\n\nC\n\nD\n\nE")
    parts.acknowledgement = ""
    #expect(parts.text == "B\n\nC\n\nD\n\nE")
  }
}
