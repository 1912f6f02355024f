import Streams
import Testing

@testable import Events

@Suite struct RejectedRecordTests {
  let catalogue = Catalogue()

  func original(_ headers: [(String, String)] = [], key: String? = "C1", offset: Offset = 41) -> Record {
    var all = Headers()
    for (name, value) in headers { all.append(name, value) }
    return Record(
      source: TopicPartition("heed.events.v1", 3), offset: offset, timestampMilliseconds: 7,
      key: key.map { Array($0.utf8) }, headers: all, value: Array("not json".utf8))
  }

  /// What the dead letters hold of `record`, read back.
  func rejected(_ record: Record, keepingValue: Bool = true) throws -> RejectedRecord {
    let letter = DeadLetter(value: record.value ?? [], failure: DecodingFailure(.malformedJSON, path: "data.body"))
      .record(of: record, group: "g", in: catalogue, keepingValue: keepingValue)
    return try #require(
      RejectedRecord(
        Record(
          source: TopicPartition(letter.topic, 0), offset: 9, key: letter.key, headers: letter.headers,
          value: letter.value)))
  }

  func again(_ outgoing: OutgoingRecord) -> Record {
    Record(
      source: TopicPartition(outgoing.topic, 5), offset: 99, key: outgoing.key, headers: outgoing.headers,
      value: outgoing.value)
  }

  func names(_ headers: Headers) -> [String] { headers.map(\.name) }

  @Test func aDeadLetterTellsWhatWasRejectedWhyAndWhere() throws {
    let rejected = try rejected(original())
    #expect(rejected.failure == DecodingFailure(.malformedJSON, path: "data.body"))
    #expect(rejected.source == TopicPartition("heed.events.v1", 3) && rejected.offset == 41)
    #expect(rejected.redriven == 0 && rejected.bytesLeftOut == nil)
    #expect(RejectedRecord(original()) == nil)
  }

  @Test func whatIsPutBackIsTheOriginalWithACount() throws {
    let record = original([("content-type", "application/json"), ("traceparent", "00-a-b-01"), ("x", "y")])
    let back = try rejected(record).redrive()
    #expect(back.topic == "heed.events.v1" && back.partition == nil)
    #expect(back.key == record.key && back.value == record.value)
    #expect(names(back.headers) == ["content-type", "traceparent", "x", "heed_redriven"])
    #expect(back.headers.text("heed_redriven") == "1")
  }

  @Test func aDeadLetterThatIsRejectedAgainDoesNotDoubleItsHeaders() throws {
    let first = try rejected(original([("x", "y")]))
    let second = try rejected(again(first.redrive()))
    #expect(second.redriven == 1 && second.offset == 99)
    #expect(Set(names(second.letter.headers)).count == names(second.letter.headers).count)
    #expect(names(second.letter.headers).count == names(first.letter.headers).count + 1)
    #expect(second.redrive().headers.text("heed_redriven") == "2")
    #expect(names(second.redrive().headers) == ["x", "heed_redriven"])
    // The same where somebody else put the dead letter back as it stood.
    let careless = try rejected(again(OutgoingRecord(topic: "t", key: nil, headers: first.letter.headers, value: [1])))
    #expect(Set(names(careless.letter.headers)).count == names(careless.letter.headers).count)
  }

  @Test func broadcastsAndRecordsOfNobodyGoBackToTheirPartition() throws {
    #expect(try rejected(original(key: "*")).redrive().partition == 3)
    #expect(try rejected(original(key: nil)).redrive().partition == 3)
  }

  @Test func bytesThatNobodyTakesAreLeftOutAndCounted() throws {
    let rejected = try rejected(original(), keepingValue: false)
    #expect(rejected.bytesLeftOut == 8 && rejected.letter.value == nil)
    #expect(rejected.letter.key == original().key)
  }
}
