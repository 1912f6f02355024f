public import Streams

/// Bytes to events. Total: every input gives an event or a `DecodingFailure`, whatever it is.
public enum EventDecoder {
  /// The longest value that is read. Kafka's own default limit on a message is the same.
  public static let valueBytesMax = 1_048_576

  /// Reads a record of `heed.events.v1`, in CloudEvents' binary or structured mode.
  ///
  /// - Throws: `DecodingFailure`; the record belongs into the dead letters.
  public static func decode(_ record: Record) throws(DecodingFailure) -> Event {
    guard let value = record.value else { throw DecodingFailure(.emptyRecord) }
    let event =
      isStructured(record) ? try decode(structured: value) : try decode(binary: value, headers: record.headers)
    try checkKey(of: record, event)
    return event
  }

  /// The same with the digest of what was read, for those who decide on it: found on the way, so that it costs no second reading.
  ///
  /// - Throws: `DecodingFailure`; the record belongs into the dead letters.
  public static func decodeWithDigest(
    _ record: Record
  ) throws(DecodingFailure) -> (event: Event, digest: EventDigest) {
    guard let value = record.value else { throw DecodingFailure(.emptyRecord) }
    let read =
      isStructured(record)
      ? try decodeWithDigest(structured: value)
      : (try decode(binary: value, headers: record.headers), EventDigest(binary: record.headers, value))
    try checkKey(of: record, read.0)
    return read
  }

  private static func checkKey(of record: Record, _ event: Event) throws(DecodingFailure) {
    let key = (event.customer?.text ?? broadcastKey).utf8
    guard record.key?.elementsEqual(key) == true else { throw DecodingFailure(.keyMismatch) }
  }

  /// Whether attributes and data stand in the value together.
  static func isStructured(_ record: Record) -> Bool {
    guard let contentType = record.headers.text("content-type") else {
      return record.headers.text("ce_specversion") == nil && record.headers.text("ce_type") == nil
    }
    return contentType.lowercased().hasPrefix("application/cloudevents")
  }

  /// Reads one structured CloudEvent, such as a line of NDJSON.
  ///
  /// - Throws: `DecodingFailure`; the line belongs into the dead letters.
  public static func decode(structured value: [UInt8]) throws(DecodingFailure) -> Event {
    try decode(structured: value) { _, _ in }
  }

  /// The same with the digest of what was read.
  ///
  /// - Throws: `DecodingFailure`; the line belongs into the dead letters.
  public static func decodeWithDigest(
    structured value: [UInt8]
  ) throws(DecodingFailure) -> (event: Event, digest: EventDigest) {
    var form = EventForm()
    let event = try decode(structured: value) { form.add($0, value: $1) }
    return (event, form.digest())
  }

  /// - Parameter note: is told each field with the place of its value.
  private static func decode(
    structured value: [UInt8], noting note: (JSONKey, Range<Int>) -> Void
  ) throws(DecodingFailure) -> Event {
    try scan(value) { (scanner, bytes) throws(DecodingFailure) in
      var attributes = Attributes()
      var data: Range<Int>?
      try scanner.object { (key, scanner) throws(DecodingFailure) in
        _ = try scanner.peek()
        let start = scanner.at
        switch key {
        case "specversion": attributes.specversion = try scanner.text()
        case "id": attributes.id = try scanner.identifier()
        case "source": attributes.source = try scanner.identifier()
        case "type": attributes.type = try scanner.identifier()
        case "time": attributes.time = try scanner.optionalTime()
        case "subject": attributes.subject = try scanner.optionalText()
        case "partitionkey": attributes.partitionKey = try scanner.optionalText()
        case "heedpath": attributes.path = try scanner.optionalText()
        case "datacontenttype": attributes.contentType = try scanner.optionalText()
        case "traceparent": attributes.traceparent = try scanner.optionalText()
        case "tracestate": attributes.tracestate = try scanner.optionalText()
        case "data": data = try scanner.skip()
        default: try scanner.skip()
        }
        note(key, start..<scanner.at)
      }
      try scanner.end()
      return try event(attributes, data: data.map { UnsafeRawBufferPointer(rebasing: bytes[$0]) })
    }
  }

  private static func decode(binary value: [UInt8], headers: Headers) throws(DecodingFailure) -> Event {
    var attributes = Attributes()
    attributes.specversion = headers.text("ce_specversion")
    attributes.id = try identifier(headers.text("ce_id"), "id")
    attributes.source = try identifier(headers.text("ce_source"), "source")
    attributes.type = try identifier(headers.text("ce_type"), "type")
    if let time = headers.text("ce_time") {
      guard let parsed = Timestamp(rfc3339: time) else { throw DecodingFailure(.badTime, path: "time") }
      attributes.time = parsed
    }
    attributes.subject = headers.text("ce_subject")
    attributes.partitionKey = headers.text("ce_partitionkey")
    attributes.path = headers.text("ce_heedpath")
    attributes.contentType = headers.text("content-type")
    attributes.traceparent = headers.text("traceparent") ?? headers.text("ce_traceparent")
    attributes.tracestate = headers.text("tracestate") ?? headers.text("ce_tracestate")
    let finished = attributes
    return try scan(value) { (_, bytes) throws(DecodingFailure) in try event(finished, data: bytes) }
  }

  private static func identifier(_ text: String?, _ name: String) throws(DecodingFailure) -> String? {
    if let text, !isIdentifier(text) { throw DecodingFailure(.badIdentifier, path: name) }
    return text
  }

  private static func event(
    _ attributes: Attributes, data: UnsafeRawBufferPointer?
  ) throws(DecodingFailure) -> Event {
    guard let specversion = attributes.specversion else { throw DecodingFailure(.missingField, path: "specversion") }
    guard specversion == "1.0" else { throw DecodingFailure(.unsupportedSpecversion, path: "specversion") }
    guard let id = attributes.id else { throw DecodingFailure(.missingField, path: "id") }
    guard let source = attributes.source else { throw DecodingFailure(.missingField, path: "source") }
    guard let type = attributes.type else { throw DecodingFailure(.missingField, path: "type") }
    guard let kind = EventType(rawValue: type) else { throw DecodingFailure(.unknownType, path: "type") }
    guard kind.isInput else { throw DecodingFailure(.notAnInput, path: "type") }
    guard let time = attributes.time else { throw DecodingFailure(.missingField, path: "time") }
    if let contentType = attributes.contentType, !isJSON(contentType) {
      throw DecodingFailure(.unsupportedContentType, path: "datacontenttype")
    }
    let envelope = Envelope(
      id: id, source: source, type: type, time: time, subject: attributes.subject,
      partitionKey: attributes.partitionKey, traceparent: attributes.traceparent, tracestate: attributes.tracestate,
      passage: try passage(attributes.path))
    let body: Event.Body
    if kind == .timePassed {
      body = .timePassed
    } else {
      guard let data else { throw DecodingFailure(.missingField, path: "data") }
      var scanner = JSONScanner(data)
      do {
        body = try decodeBody(kind, &scanner)
        try scanner.end()
      } catch { throw error.inside("data") }
    }
    let event = Event(envelope: envelope, body: body)
    try checkKey(of: event)
    return event
  }

  private static func passage(_ text: String?) throws(DecodingFailure) -> Passage {
    guard let text else { return Passage() }
    guard let passage = Passage(text) else { throw DecodingFailure(.badIdentifier, path: "heedpath") }
    return passage
  }

  private static func checkKey(of event: Event) throws(DecodingFailure) {
    let key = event.envelope.partitionKey
    if case .feedbackGiven = event.body {
      guard let key else { throw DecodingFailure(.missingField, path: "partitionkey") }
      guard isIdentifier(key), key != broadcastKey else { throw DecodingFailure(.badIdentifier, path: "partitionkey") }
    }
    // What a broadcast changes is kept under `*`: a customer of that name would overwrite it.
    guard event.customer?.text != broadcastKey else { throw DecodingFailure(.badIdentifier, path: "data.customerId") }
    if let key, CustomerID(key) != event.customer ?? CustomerID(broadcastKey) {
      throw DecodingFailure(.keyMismatch, path: "partitionkey")
    }
  }

  private static func isJSON(_ contentType: String) -> Bool {
    if contentType == "application/json" { return true }  // Nearly always.
    let media = contentType.lowercased().split(separator: ";").first.map { $0.filter { $0 != " " } } ?? ""
    return media == "application/json" || media.hasSuffix("+json") || media == "text/json"
  }

  /// Checks what holds for all values, then lets `body` read.
  private static func scan<Value>(
    _ value: [UInt8],
    _ body: (inout JSONScanner, UnsafeRawBufferPointer) throws(DecodingFailure) -> Value
  ) throws(DecodingFailure) -> Value {
    guard !value.isEmpty else { throw DecodingFailure(.emptyRecord) }
    guard value.count <= valueBytesMax else { throw DecodingFailure(.tooLarge) }
    guard (try? UTF8Span(validating: value.span)) != nil else { throw DecodingFailure(.invalidUTF8) }
    let span = value.span
    return try span.bytes.withUnsafeBytes { (bytes) throws(DecodingFailure) in
      var scanner = JSONScanner(bytes)
      return try body(&scanner, bytes)
    }
  }

  /// Every name the decoder reads, of attributes and in data: the only words of a document that may stand in an error.
  static let fieldNames: Set<String> = [
    "specversion", "id", "source", "type", "time", "subject", "partitionkey", "datacontenttype", "traceparent",
    "tracestate", "heedpath", "data",
    "ticketId", "customerId", "channel", "body", "locale", "priority", "tags", "orderIds", "requester", "consent",
    "name", "email", "phone", "tier", "automation", "personalization",
    "author", "kind", "status", "queue", "assignee", "changedBy",
    "orderId", "placedAt", "promisedBy", "estimatedDelivery", "lastScanAt", "carrier", "trackingNumber", "region",
    "addressProblem", "total", "holds", "items", "refunds", "amount", "currency", "reason", "sku", "title", "quantity",
    "price", "at",
    "disruptionId", "cause", "from", "until", "nextUpdateBy",
    "value", "reasonCode", "by", "about", "decisionId", "linkedTo", "movedFrom", "context",
    "experiment", "agentId", "device",
  ]

  package static func isIdentifier(_ text: String) -> Bool {
    (1...256).contains(text.utf8.count) && text.lendingUTF8 { !$0.contains { $0 < 0x20 || $0 == 0x7F } }
  }
}

private struct Attributes {
  var specversion: String?
  var id: String?
  var source: String?
  var type: String?
  var time: Timestamp?
  var subject: String?
  var partitionKey: String?
  var path: String?
  var contentType: String?
  var traceparent: String?
  var tracestate: String?
}

// MARK: - Values with our limits

extension JSONScanner {
  mutating func identifier() throws(DecodingFailure) -> String {
    let start = at
    let text = try text()
    guard EventDecoder.isIdentifier(text) else { throw DecodingFailure(.badIdentifier, at: start) }
    return text
  }

  mutating func optionalIdentifier() throws(DecodingFailure) -> String? {
    try null() ? nil : try identifier()
  }

  mutating func optionalText() throws(DecodingFailure) -> String? {
    try null() ? nil : try text()
  }

  mutating func optionalTime() throws(DecodingFailure) -> Timestamp? {
    if try null() { return nil }
    let start = at
    guard let time = try string().time(in: bytes) else { throw DecodingFailure(.badTime, at: start) }
    return time
  }

  mutating func optionalBoolean() throws(DecodingFailure) -> Bool? {
    try null() ? nil : try boolean()
  }

  /// A list, where `null` is an empty one.
  mutating func list<Element>(
    _ element: (inout JSONScanner) throws(DecodingFailure) -> Element
  ) throws(DecodingFailure) -> [Element] {
    if try null() { return [] }
    var elements: [Element] = []
    try array { (scanner) throws(DecodingFailure) in elements.append(try element(&scanner)) }
    return elements
  }

  /// An object that may be `null` or left out.
  mutating func optionalObject(
    _ field: (JSONKey, inout JSONScanner) throws(DecodingFailure) -> Void
  ) throws(DecodingFailure) {
    if try !null() { try object(field) }
  }
}
