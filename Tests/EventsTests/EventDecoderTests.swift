import Foundation
import Streams
import Testing
import TestSupport

@testable import Events

/// The decoder is total: whatever the bytes are, an event or a failure comes out, and the failure tells no words of a
/// customer.
@Suite struct EventDecoderTests {
  // MARK: Bytes that are no event

  @Test func everyEventCutShortIsTruncated() throws {
    for example in Example.validInputs {
      let line = try example.line
      let end = line.lastIndex(of: UInt8(ascii: "}"))!
      for length in 0...end {
        let cut = Array(line[..<length])
        let expected: Set =
          length == 0
          ? ["empty_record"] : [(try? UTF8Span(validating: cut.span)) == nil ? "invalid_utf8" : "truncated"]
        guard let code = failureCode(cut), expected.contains(code) else {
          return #expect(
            Bool(false), "\(example.testDescription) cut at \(length) gives \(failureCode(cut) ?? "an event")")
        }
      }
    }
  }

  @Test(arguments: Example.validInputs)
  func everyByteChangedGivesAnEventOrAFailureWithoutWordsOfTheCustomer(example: Example) throws {
    let line = try example.line
    var dice = Dice(seed: 0x4EED)
    var refused = 0
    for place in line.indices {
      for mask in [1, 0x20, 0x80, UInt8(1 + dice.roll(255))] {
        var changed = line
        changed[place] ^= mask
        guard case .failure(let failure) = outcome(changed) else { continue }
        refused += 1
        guard failure.namesOnlyKnownFields else {
          return #expect(Bool(false), "byte \(place) ^ \(mask): path \(failure.path)")
        }
      }
    }
    #expect(refused > line.count / 2)
  }

  @Test func valueBeyondOneMebibyteIsTooLarge() {
    func event(padding: Int) -> [UInt8] {
      Array((timePassed.dropLast() + #","pad":""#).utf8) + Array(repeating: 0x61, count: padding) + Array(#""}"#.utf8)
    }
    let room = EventDecoder.valueBytesMax - event(padding: 0).count
    #expect(event(padding: room).count == 1_048_576)
    #expect(failureCode(event(padding: room)) == nil)
    #expect(failureCode(event(padding: room + 1)) == "too_large")
    #expect(failureCode(Array(repeating: 0xFF, count: 1_048_577)) == "too_large")
  }

  @Test(arguments: ["[", "{\"a\":", "[{\"a\":[", "{\"data\":"])
  func nestingTenThousandDeepIsTooDeep(opening: String) {
    let document = String(repeating: opening, count: 10_000)
    #expect(failureCode(#"{"specversion":"1.0","extension":"# + document) == "too_deep")
    #expect(failureCode(#"{"specversion":"1.0","data":"# + document) == "too_deep")
  }

  @Test(
    arguments: [
      [0xFF], [0xC3], [0x7B, 0xC3, 0x28, 0x7D], [0x7B, 0xED, 0xA0, 0xBD, 0x7D], [0xC0, 0x80], [0xF4, 0x90, 0x80, 0x80],
      [0xFE, 0xFF, 0x00, 0x7B],
    ] as [[UInt8]])
  func bytesThatAreNoUTF8AreRefused(bytes: [UInt8]) {
    #expect(failureCode(bytes) == "invalid_utf8")
  }

  @Test func utf16IsNotReadAsSomethingElse() {
    let bytes = timePassed.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(failureCode(bytes) == "malformed_json")
  }

  @Test(arguments: [
    ("", "empty_record"), (" ", "truncated"), ("null", "wrong_type"), ("[]", "wrong_type"), ("\"event\"", "wrong_type"),
    ("7", "wrong_type"), ("hello", "malformed_json"), ("<event/>", "malformed_json"), ("{}", "missing_field"),
    ("{}{}", "malformed_json"), ("{", "truncated"),
  ])
  func lineThatIsNoEventGetsTheCodeThatHelps(line: String, expected: String) {
    #expect(failureCode(line) == expected)
  }

  @Test func failuresNeverNameAFieldThatAProducerMadeUp() {
    for line in [
      #"{"Maren":tru"#, #"{"data":{},"Maren":[1,}"#, #"{"Maren":1,"Maren":2}"#, #"{"Maren":{"Oduya":nope}}"#,
      #"{"specversion":"1.0","data":{"requester":{"Maren":[nope]}}}"#,
    ] {
      guard case .failure(let failure) = outcome(Array(line.utf8)) else { return #expect(Bool(false)) }
      #expect(!failure.path.contains("Maren") && !failure.path.contains("Oduya"), "\(failure.path)")
    }
    // In binary mode the data is read without the first pass over the whole line.
    let record = binary(
      .ticketOpened, #"{"ticketId":"1","customerId":"c","channel":"chat","body":"b","requester":{"Maren":nope}}"#)
    #expect(throws: DecodingFailure.self) { try EventDecoder.decode(record) }
    guard case .failure(let failure) = outcome(record) else { return }
    #expect(failure.path == "data.requester")
    #expect(failure.code == .malformedJSON)
  }

  @Test func namesOfFieldsAreTheOnesInTheSource() throws {
    let sources = Example.folder.appending(path: "../Sources/Events").standardizedFileURL
    let text = try ["EventDecoder.swift", "EventBodies.swift"].map {
      try String(contentsOf: sources.appending(path: $0), encoding: .utf8)
    }.joined()
    let names = text.matches(of: /case "([A-Za-z]+)":/).map { String($0.1) }
    #expect(EventDecoder.fieldNames == Set(names))
  }

  // MARK: Wrong values in right places

  @Test(arguments: Example.validInputs)
  func anyTypeOfValueInAnyFieldGivesAnEventOrAFailureThatNamesTheField(example: Example) throws {
    // Where a field is read, a failure names it or what lies in it; only fields that go together name another one.
    let together = ["data.customerId": ["partitionkey"], "data.about.decisionId": ["data.about.ticketId"]]
    let event = try JSONValue(scanning: example.line)
    var refused = 0
    for place in event.places {
      for value: JSONValue? in [
        nil, .null, .boolean(true), .number(1), .number(-0.5), .string("x"), .string(""), .string("1.0"), .array([]),
        .array([.null]), .object([:]), .object(["x": .string("y")]),
      ] {
        let line = event.replacing(place[...], by: value).bytes
        guard case .failure(let failure) = outcome(line) else { continue }
        refused += 1
        let path = place.path
        guard
          failure.path.hasPrefix(path) || path.hasPrefix(failure.path)
            || together[path, default: []].contains(failure.path)
        else {
          return #expect(
            Bool(false), "\(example.testDescription): \(path) gives \(failure.code) at \(failure.path)")
        }
      }
    }
    #expect(refused > 20)
  }

  @Test(arguments: [
    (#"{"specversion":"1.0"}"#, "missing_field", "id"),
    (#"{"specversion":"1.0","id":7}"#, "wrong_type", "id"),
    (body(.ticketOpened, #"{"ticketId":"1","customerId":"c","channel":"chat"}"#), "missing_field", "data.body"),
    (body(.ticketOpened, #"{"tags":["a",1]}"#), "wrong_type", "data.tags[1]"),
    (body(.ticketOpened, #"{"requester":{"tier":1}}"#), "wrong_type", "data.requester.tier"),
    (body(.orderUpdated, #"{"items":[{},{"price":"x"}]}"#), "bad_money", "data.items[1].price"),
    (body(.orderUpdated, #"{"items":[{},{},{"quantity":1.5}]}"#), "bad_number", "data.items[2].quantity"),
    (body(.orderUpdated, #"{"total":{"amount":"1"}}"#), "missing_field", "data.total.currency"),
    (body(.orderUpdated, #"{"total":{"amount":"1","currency":"eur"}}"#), "bad_money", "data.total"),
    (body(.orderUpdated, #"{"refunds":[{"at":"x"}]}"#), "bad_time", "data.refunds[0].at"),
    (body(.orderUpdated, #"{"holds":[{"reason":true}]}"#), "wrong_type", "data.holds[0].reason"),
    (
      body(.ticketMessage, #"{"ticketId":"1","customerId":"c","author":{},"body":""}"#), "missing_field",
      "data.author.kind"
    ),
    (body(.feedbackGiven, #"{"about":{},"kind":"csat"}"#), "missing_field", "data.about.ticketId"),
    (body(.feedbackGiven, #"{"value":[]}"#), "wrong_type", "data.value"),
    (body(.customerErased, "[]"), "wrong_type", "data"),
  ])
  func failureSaysWhere(line: String, code: String, path: String) {
    guard case .failure(let failure) = outcome(Array(line.utf8)) else { return #expect(Bool(false)) }
    #expect(failure.code.rawValue == code)
    #expect(failure.path == path)
    #expect(!failure.hint.isEmpty)
  }

  @Test func limitsAreWhereTheyAre() {
    func tags(_ count: Int) -> String {
      body(
        .ticketOpened,
        #"{"ticketId":"1","customerId":"c","channel":"chat","body":"","tags":["#
          + Array(repeating: #""""#, count: count).joined(separator: ",") + "]}")
    }
    #expect(failureCode(tags(4_096)) == nil)
    #expect(failureCode(tags(4_097)) == "too_many")
    func fields(_ count: Int) -> String {
      timePassed.dropLast() + (5..<count).map { ",\"x\($0)\":\($0)" }.joined() + "}"
    }
    #expect(failureCode(fields(256)) == nil)
    #expect(failureCode(fields(257)) == "too_many")
    func customer(_ text: String) -> String { body(.customerErased, "{\"customerId\":\"\(text)\"}") }
    #expect(failureCode(customer(String(repeating: "x", count: 256))) == nil)
    #expect(failureCode(customer(String(repeating: "x", count: 257))) == "bad_identifier")
    #expect(failureCode(customer(String(repeating: "é", count: 129))) == "bad_identifier")
    #expect(failureCode(customer(#"\u007f"#)) == "bad_identifier")
    #expect(failureCode(customer("*")) == "bad_identifier")
    #expect(failureCode(customer("**")) == nil)
  }

  // MARK: What is kept, and what is forgiven

  @Test func unknownWordsBecomeUnknown() throws {
    let opened = try decode(body(.ticketOpened, #"{"ticketId":"1","customerId":"c","channel":"fax","body":""}"#))
    guard case .ticketOpened(let ticket) = opened.body else { return #expect(Bool(false)) }
    #expect(ticket.channel == .unknown)
    let ordered = try decode(body(.orderUpdated, #"{"orderId":"1","customerId":"c","status":"Delivered"}"#))
    guard case .orderUpdated(let order) = ordered.body else { return #expect(Bool(false)) }
    #expect(order.status == .unknown, "another spelling is another word: never taken for fine")
    let wrote = try decode(
      body(.ticketMessage, #"{"ticketId":"1","customerId":"c","author":{"kind":"bot"},"body":"","channel":"fax"}"#))
    guard case .ticketMessage(let message) = wrote.body else { return #expect(Bool(false)) }
    #expect(message.author == .unknown)
    #expect(message.channel == .unknown)
    let set = try decode(body(.ticketUpdated, #"{"ticketId":"1","customerId":"c","status":"x","changedBy":"x"}"#))
    guard case .ticketUpdated(let update) = set.body else { return #expect(Bool(false)) }
    #expect(update.status == .unknown)
    #expect(update.changedBy == .unknown)
  }

  @Test func nullIsTheSameAsAbsent() throws {
    let short = try decode(body(.ticketOpened, #"{"ticketId":"1","customerId":"c","channel":"chat","body":""}"#))
    let nulls = try decode(
      body(
        .ticketOpened,
        #"{"ticketId":"1","customerId":"c","channel":"chat","body":"","subject":null,"locale":null,"tags":null,"#
          + #""orderIds":null,"priority":null,"requester":null,"consent":null}"#))
    #expect(short == nulls)
  }

  @Test(arguments: [
    ("true", "true"), ("false", "false"), ("\"billing\"", "billing"), ("4", "4"), ("-0.50", "-0.50"),
    ("9007199254740993", "9007199254740993"), ("1e400", "1e400"),
    ("18446744073709551616.25", "18446744073709551616.25"),
  ])
  func valueOfFeedbackIsKeptAsItCame(json: String, expected: String) throws {
    let event = try decode(
      body(.feedbackGiven, #"{"about":{"ticketId":"1"},"kind":"csat","by":"agent","value":"# + json + "}"))
    guard case .feedbackGiven(let feedback) = event.body else { return #expect(Bool(false)) }
    #expect(feedback.value == expected)
    #expect(event.customer == CustomerID("c"))
  }

  // MARK: Records

  @Test(arguments: Example.validInputs)
  func binaryModeAndStructuredModeGiveTheSameEvent(example: Example) throws {
    let line = try example.line
    let event = try EventDecoder.decode(structured: line)
    let key = Array((event.customer?.text ?? "*").utf8)
    func structured(_ contentType: String?) -> Record {
      var headers = Headers()
      if let contentType { headers.append("content-type", contentType) }
      return Record(source: source, offset: 0, key: key, headers: headers, value: line)
    }
    #expect(try EventDecoder.decode(structured("application/cloudevents+json")) == event)
    #expect(try EventDecoder.decode(structured("Application/CloudEvents+JSON; charset=UTF-8")) == event)
    #expect(try EventDecoder.decode(structured(nil)) == event, "without any header it is structured")
    #expect(try EventDecoder.decode(inBinaryMode(line, key: key)) == event)
  }

  @Test func keyMustBeTheCustomer() throws {
    let line = body(.customerErased, #"{"customerId":"café"}"#, key: nil)
    func code(key: String?) -> DecodingFailure.Code? {
      let record = Record(source: source, offset: 0, key: key.map { Array($0.utf8) }, value: Array(line.utf8))
      guard case .failure(let failure) = outcome(record) else { return nil }
      return failure.code
    }
    #expect(code(key: "café") == nil)
    #expect(code(key: "cafe") == .keyMismatch)
    #expect(code(key: "") == .keyMismatch)
    #expect(code(key: nil) == .keyMismatch)
    #expect(code(key: "*") == .keyMismatch)
    #expect(code(key: "cafe\u{301}") == .keyMismatch, "the same letters in other bytes may be another partition")
    #expect(failureCode(body(.customerErased, "{\"customerId\":\"café\"}", key: "cafe\u{301}")) == "key_mismatch")
  }

  @Test func broadcastStandsUnderTheStar() throws {
    func code(key: String?) -> DecodingFailure.Code? {
      let record = Record(source: source, offset: 0, key: key.map { Array($0.utf8) }, value: Array(timePassed.utf8))
      guard case .failure(let failure) = outcome(record) else { return nil }
      return failure.code
    }
    #expect(code(key: "*") == nil)
    #expect(code(key: nil) == .keyMismatch)
    #expect(code(key: "cust-1") == .keyMismatch)
  }

  @Test func tombstoneIsNoEvent() {
    let record = Record(source: source, offset: 0, key: Array("c".utf8), value: nil)
    guard case .failure(let failure) = outcome(record) else { return #expect(Bool(false)) }
    #expect(failure.code == .emptyRecord)
  }

  @Test(
    arguments: [
      ("ce_specversion", "0.3", DecodingFailure.Code.unsupportedSpecversion), ("ce_specversion", nil, .missingField),
      ("ce_id", nil, .missingField), ("ce_id", "", .badIdentifier), ("ce_id", "a\nb", .badIdentifier),
      ("ce_source", nil, .missingField), ("ce_type", nil, .missingField), ("ce_type", "heed.x.v1", .unknownType),
      ("ce_type", "heed.decision.made.v1", .notAnInput), ("ce_time", nil, .missingField),
      ("ce_time", "2026-02-30T00:00:00Z", .badTime), ("content-type", "text/html", .unsupportedContentType),
      ("ce_partitionkey", "other", .keyMismatch),
    ] as [(String, String?, DecodingFailure.Code)])
  func headerThatIsWrongInBinaryModeIsRefused(name: String, value: String?, expected: DecodingFailure.Code) {
    var pairs = [
      "ce_specversion": "1.0", "ce_id": "1", "ce_source": "/s", "ce_type": "heed.customer.erased.v1",
      "ce_time": "2026-03-02T00:00:00Z", "content-type": "application/json",
    ]
    pairs[name] = value
    var headers = Headers()
    for (name, value) in pairs { headers.append(name, value) }
    let record = Record(
      source: source, offset: 0, key: Array("c".utf8), headers: headers, value: Array(#"{"customerId":"c"}"#.utf8))
    guard case .failure(let failure) = outcome(record) else { return #expect(Bool(false)) }
    #expect(failure.code == expected)
  }

  @Test(arguments: [
    "application/json", "application/json; charset=utf-8", "APPLICATION/JSON", "text/json",
    "application/vnd.shop+json ;v=1",
  ])
  func jsonByAnyNameIsRead(contentType: String) {
    #expect(failureCode(body(.customerErased, #"{"customerId":"c"}"#, contentType: contentType)) == nil)
  }

  @Test func traceContextOfTheProtocolComesFirst() throws {
    var record = binary(.customerErased, #"{"customerId":"c"}"#, [("ce_traceparent", "old"), ("ce_tracestate", "a=1")])
    #expect(try EventDecoder.decode(record).envelope.traceparent == "old")
    record = binary(.customerErased, #"{"customerId":"c"}"#, [("ce_traceparent", "old"), ("traceparent", "hop")])
    #expect(try EventDecoder.decode(record).envelope.traceparent == "hop")
    #expect(try EventDecoder.decode(record).envelope.tracestate == nil)
  }

  // MARK: Small things

  private func decode(_ line: String) throws(DecodingFailure) -> Event {
    try EventDecoder.decode(structured: Array(line.utf8))
  }
}

private let source = TopicPartition("heed.events.v1", 0)
private let timePassed =
  #"{"specversion":"1.0","id":"1","source":"/t","type":"heed.time.passed.v1","time":"2026-03-02T00:00:00Z"}"#

/// A line with this data; `c` is the partition key unless told.
private func body(
  _ type: EventType, _ data: String, key: String? = "c", contentType: String = "application/json"
) -> String {
  let partitionKey = type == .feedbackGiven || key != "c" ? key.map { #""partitionkey":"\#($0)","# } ?? "" : ""
  return #"{"specversion":"1.0","id":"1","source":"/s","type":"\#(type.rawValue)","time":"2026-03-02T00:00:00Z","#
    + partitionKey + #""datacontenttype":"\#(contentType)","data":"# + data + "}"
}

private func binary(_ type: EventType, _ data: String, _ more: [(String, String)] = []) -> Record {
  var headers = Headers()
  let always = [
    ("ce_specversion", "1.0"), ("ce_id", "1"), ("ce_source", "/s"), ("ce_type", type.rawValue),
    ("ce_time", "2026-03-02T00:00:00Z"),
  ]
  for (name, value) in always + more { headers.append(name, value) }
  return Record(source: source, offset: 0, key: Array("c".utf8), headers: headers, value: Array(data.utf8))
}

/// The record that CloudEvents' binary mode makes of a structured event.
private func inBinaryMode(_ line: [UInt8], key: [UInt8]) throws -> Record {
  var headers = Headers()
  var data: [UInt8] = Array("{}".utf8)
  try line.withUnsafeBytes { bytes in
    var scanner = JSONScanner(bytes)
    try scanner.object { (key, scanner) throws(DecodingFailure) in
      if case "data" = key {
        data = Array(bytes[try scanner.skip()])
      } else if let value = try scanner.optionalText() {
        headers.append(key.name == "datacontenttype" ? "content-type" : "ce_" + key.name, value)
      }
    }
  }
  return Record(source: source, offset: 0, key: key, headers: headers, value: data)
}

private func outcome(_ record: Record) -> Result<Event, DecodingFailure> {
  do throws(DecodingFailure) { return .success(try EventDecoder.decode(record)) } catch { return .failure(error) }
}
