import Foundation
import Streams
import Testing

@testable import Events

@Suite struct EventDigestTests {
  private static let data = #"{"ticketId":"T1","customerId":"C1","channel":"email","body":"Where is it?"}"#
  private static func line(_ attributes: String, data: String = data) -> [UInt8] {
    Array(#"{\#(attributes),"data":\#(data)}"#.utf8)
  }
  private static let attributes =
    #""specversion":"1.0","id":"e1","source":"/s","type":"heed.ticket.opened.v1","time":"2026-03-02T10:00:00Z""#

  @Test func bothModesHaveOneDigest() throws {
    var headers = Headers()
    headers.append("content-type", "application/json")
    for (name, value) in [
      ("type", "heed.ticket.opened.v1"), ("specversion", "1.0"), ("id", "e1"), ("time", "2026-03-02T10:00:00Z"),
      ("source", "/s"),
    ] { headers.append("ce_" + name, value) }
    let record = Record(
      source: TopicPartition("t", 0), offset: 0, key: Array("C1".utf8), headers: headers, value: Array(Self.data.utf8))
    let digest = try #require(EventDigest(structured: Self.line(Self.attributes)))
    #expect(EventDigest(record) == digest)
    #expect(EventDigest(structured: try #require(StructuredLine.make(from: record))) == digest)
  }

  @Test(arguments: Example.validInputs)
  func theDecoderFindsTheSameDigestOnItsWay(example: Example) throws {
    let (event, digest) = try EventDecoder.decodeWithDigest(structured: try example.line)
    #expect(try digest == EventDigest(structured: example.line))
    #expect(try event == EventDecoder.decode(structured: example.line))
  }

  @Test(arguments: [
    #","subject" : "a\"\u00e9\n" "#, #","extra":{"a":["\\\"",1]}"#, #","e\u0078tra":true"#, #","subject": null"#,
  ])
  func theDecoderFindsItHoweverAttributesAreWritten(attribute: String) throws {
    let line = Self.line(Self.attributes + attribute)
    #expect(try EventDecoder.decodeWithDigest(structured: line).digest == EventDigest(structured: line))
  }

  /// Escapes say the same letters, and what is no UTF-8 in a header is repaired before it is hashed.
  @Test func attributesAreHashedAsWhatTheySay() throws {
    let plain = EventDigest(structured: Self.line(Self.attributes + #","subject":"é""#))
    #expect(EventDigest(structured: Self.line(Self.attributes + #","subje\u0063t":"\u00e9""#)) == plain)
    func digest(subject: [UInt8]) -> EventDigest? {
      var headers = Headers()
      headers.append("ce_specversion", "1.0")
      headers.append("ce_id", "e1")
      headers.append("ce_subject", bytes: subject)
      return EventDigest(
        Record(source: TopicPartition("t", 0), offset: 0, key: nil, headers: headers, value: Array(Self.data.utf8)))
    }
    #expect(digest(subject: [0xFF]) == digest(subject: Array("\u{FFFD}".utf8)))
    #expect(digest(subject: [0xFF]) != digest(subject: [0x3F]))
  }

  @Test func orderOfAttributesAndTheSilentContentTypeChangeNothing() {
    let digest = EventDigest(structured: Self.line(Self.attributes))
    let turned = Self.attributes.split(separator: ",").reversed().joined(separator: ",")
    #expect(EventDigest(structured: Self.line(turned)) == digest)
    #expect(EventDigest(structured: Self.line(Self.attributes + #","datacontenttype":"application/json""#)) == digest)
    #expect(EventDigest(structured: Self.line(Self.attributes + #","subject":null"#)) == digest)
  }

  @Test(arguments: [
    #""specversion":"1.0","id":"e2","source":"/s","type":"heed.ticket.opened.v1","time":"2026-03-02T10:00:00Z""#,
    attributes + #","extra":1"#, attributes + #","subject":"""#, attributes + #","datacontenttype":"text/json""#,
    // What one attribute loses the next one gets.
    #""specversion":"1.0","id":"e1/","source":"s","type":"heed.ticket.opened.v1","time":"2026-03-02T10:00:00Z""#,
  ])
  func anythingElseChangesIt(attributes: String) {
    #expect(EventDigest(structured: Self.line(attributes)) != EventDigest(structured: Self.line(Self.attributes)))
  }

  @Test func aSpaceInTheDataChangesIt() {
    let spaced = Self.data.replacing(",", with: ", ")
    #expect(
      EventDigest(structured: Self.line(Self.attributes, data: spaced))
        != EventDigest(structured: Self.line(Self.attributes)))
  }

  /// By hand, so that a second program can be held against it: `common.json` says how.
  @Test func itIsComputedAsTheSchemaSays() throws {
    let data = Digest256(of: Self.data.utf8).hex
    let form =
      "15:datacontenttype,16:application/json,2:id,2:e1,6:source,2:/s,11:specversion,3:1.0,4:time,20:2026-03-02T10:00:00Z,"
      + "4:type,21:heed.ticket.opened.v1,4:data,64:\(data),"
    #expect(
      EventDigest(structured: Self.line(Self.attributes))?.hex == String(Digest256(of: form.utf8).hex.prefix(32)))
  }

  @Test(arguments: OutputExamples.all.filter { $0.type != .deadLetter }.map(\.name))
  func everyOutputCarriesTheDigestOfItself(name: String) throws {
    let line = try #require(OutputExamples.all.first { $0.name == name }).line.text
    let digest = try #require(line.firstMatch(of: /"digest":"([0-9a-f]{32})",/))
    #expect(
      EventDigest(structured: Array(line.replacing(digest.output.0, with: "").utf8))?.hex == String(digest.output.1))
  }

  @Test func bytesAreReadBack() {
    let digest = EventDigest(structured: Self.line(Self.attributes))!
    #expect(EventDigest(bytes: digest.bytes) == digest && digest.hex.count == 32)
    #expect(EventDigest(bytes: [1, 2, 3]) == nil && EventDigest(structured: Array("nonsense".utf8)) == nil)
  }
}
