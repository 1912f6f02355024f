import Foundation
import Streams
import Testing

@testable import Events

@Suite struct DeadLetterTests {
  private static let value = Array(#"{"specversion":"1.0","data":{"body":"my secret is 4711"#.utf8)

  private func letter() throws -> DeadLetter {
    guard case .failure(let failure) = outcome(Self.value) else { throw CancellationError() }
    return DeadLetter(value: Self.value, failure: failure)
  }

  private func record(_ headers: Headers = Headers(), key: [UInt8]? = [1, 2]) -> Record {
    Record(
      source: TopicPartition("shop.events", 7), offset: 4_294_967_298, timestampMilliseconds: 1_772_431_414_900,
      key: key,
      headers: headers, value: Self.value)
  }

  @Test func originalKeyValueAndHeadersStayAsTheyWere() throws {
    var headers = Headers()
    headers.append("ce_id", "e-1")
    headers.append("raw", bytes: [0xFF])
    headers.append("null", bytes: [UInt8]?.none)
    let dead = try letter().record(of: record(headers), group: "heed-triage", in: Catalogue(prefix: "x."))
    #expect(dead.topic == "x.dead-letters.v1")
    #expect(dead.key == [1, 2])
    #expect(dead.value == Self.value)
    #expect(dead.partition == nil)
    let first = Array(dead.headers.prefix(3))
    #expect(first.map(\.name) == ["ce_id", "raw", "null"])
    #expect(first.map { $0.value.map(Array.init) } == [Array("e-1".utf8), [0xFF], nil])
    let keyless = try letter().record(of: record(key: nil), group: "g", in: Catalogue())
    #expect(keyless.key == nil)
  }

  /// The names of `KafkaHeaders.java`; numbers as `ByteBuffer` writes them, big endian.
  @Test func springFindsItsHeaders() throws {
    let headers = try letter().record(of: record(), group: "heed-triage", in: Catalogue()).headers
    #expect(headers.text("kafka_dlt-original-topic") == "shop.events")
    #expect(headers.value("kafka_dlt-original-partition").map(Array.init) == [0, 0, 0, 7])
    #expect(headers.value("kafka_dlt-original-offset").map(Array.init) == [0, 0, 0, 1, 0, 0, 0, 2])
    #expect(
      headers.value("kafka_dlt-original-timestamp").map(Array.init) == [0, 0, 0x01, 0x9C, 0xAD, 0x25, 0x16, 0x74])
    #expect(headers.text("kafka_dlt-original-timestamp-type") == "CreateTime")
    #expect(headers.text("kafka_dlt-original-consumer-group") == "heed-triage")
    #expect(headers.text("kafka_dlt-exception-fqcn") == "heed.DecodingFailure")
    #expect(headers.text("kafka_dlt-exception-message")?.hasPrefix("truncated") == true)
  }

  /// The names of KIP-298; numbers as text.
  @Test func connectFindsItsHeaders() throws {
    let headers = try letter().record(of: record(), group: "heed-triage", in: Catalogue()).headers
    let expected = [
      "__connect.errors.topic": "shop.events", "__connect.errors.partition": "7",
      "__connect.errors.offset": "4294967298", "__connect.errors.connector.name": "heed-triage",
      "__connect.errors.task.id": "7", "__connect.errors.stage": "VALUE_CONVERTER",
      "__connect.errors.class.name": "heed.EventDecoder",
      "__connect.errors.exception.class.name": "heed.DecodingFailure",
    ]
    for (name, value) in expected { #expect(headers.text(name) == value) }
    #expect(headers.text("__connect.errors.exception.message") == headers.text("kafka_dlt-exception-message"))
  }

  @Test func codePathAndIdAreHeadersOfOurs() throws {
    let letter = try letter()
    let headers = letter.record(of: record(), group: "g", in: Catalogue()).headers
    #expect(headers.text("heed_code") == "truncated")
    #expect(headers.text("heed_path") == "data")
    #expect(headers.text("heed_id") == letter.id)
    #expect(letter.id == DerivedID.make("dead", source: "/heed/triage", id: Digest256(of: Self.value).hex))
  }

  @Test func nothingOfTheCustomersStandsInAHeader() throws {
    let dead = try letter().record(of: record(), group: "g", in: Catalogue())
    for (_, value) in dead.headers {
      #expect(!String(decoding: value ?? [], as: UTF8.self).contains("secret"))
    }
  }

  @Test func inFilesTheBytesAreBase64() throws {
    let fields = try #require(try JSONSerialization.jsonObject(with: Data(letter().structured())) as? [String: String])
    #expect(fields["type"] == "heed.dead_letter.v1")
    #expect(fields["code"] == "truncated")
    #expect(fields["path"] == "data")
    #expect(fields["data_base64"].flatMap { Data(base64Encoded: $0) }.map { [UInt8]($0) } == Self.value)
  }
}
