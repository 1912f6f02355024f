public import Streams

/// An event that the fleet writes, finished: its bytes are computed once and serve the topic and the filter alike.
public struct OutputEvent: Sendable, Hashable {
  /// Where it goes.
  public enum Destination: Sendable, Hashable {
    case decisions, resolutions, insights
    /// What the scorecard noticed, among the other insights.
    case findings
    /// What the scorecard measured.
    case kpis
    /// The agents' queue of this name.
    case cases(queue: String)
    /// What the ticketing system of this name is asked to do.
    case updates(target: String)

    /// The CloudEvents source of what goes there: which part of Heed says so.
    fileprivate var source: String {
      switch self {
      case .decisions, .resolutions, .insights, .cases: outputSource
      case .findings, .kpis: scorecardSource
      case .updates: egressSource
      }
    }
  }

  /// The topic it goes to.
  public let destination: Destination
  /// What kind of event it is.
  public let type: EventType
  /// Derived from the input: the same input gives the same id.
  public let id: String
  /// The time of the event that caused it.
  public let time: Timestamp
  /// The record's key: the ticket, or the subject of an insight.
  public let key: String
  /// The customer's case across channels.
  public let correlationID: String
  /// The id of the event that caused it.
  public let causationID: String
  /// When it stops being true, for promises.
  public let expiryTime: Timestamp?
  /// W3C trace context of the event that caused it.
  public let traceparent: String?
  /// W3C trace state of the event that caused it.
  public let tracestate: String?
  /// The JSON of `data`.
  public let data: [UInt8]
  /// The digest of all that is written but itself: a byte that changes afterwards shows.
  public private(set) var digest: EventDigest?
  /// What it counts as for operators; it is not written.
  public let tally: Tally?

  /// What `type` says because of `cause`.
  ///
  /// - Parameter dataDigest: the digest of `data`, where it is known already.
  public init(
    to destination: Destination, type: EventType, id: String, key: String, correlationID: String, cause: Envelope,
    expiryTime: Timestamp? = nil, data: [UInt8], dataDigest: Digest256? = nil, tally: Tally? = nil
  ) {
    self.destination = destination
    self.type = type
    self.id = id
    time = cause.time
    self.key = key
    self.correlationID = correlationID
    causationID = cause.id
    self.expiryTime = expiryTime
    traceparent = cause.traceparent
    tracestate = cause.tracestate
    self.data = data
    self.tally = tally
    var attributes: [(name: String, value: String)] = []
    forEachAttribute { attributes.append((String($0.description.dropFirst(3)), $1)) }
    digest = EventDigest(
      attributes: attributes, contentType: "application/json", data: dataDigest ?? Digest256(of: data))
  }

  /// Tells the attributes under the names of their headers, in the order they are written.
  private func forEachAttribute(_ body: (_ name: StaticString, _ value: String) -> Void) {
    body("ce_specversion", "1.0")
    body("ce_id", id)
    body("ce_source", destination.source)
    body("ce_type", type.rawValue)
    body("ce_time", time.rfc3339)
    body("ce_subject", key)
    body("ce_partitionkey", key)
    body("ce_correlationid", correlationID)
    body("ce_causationid", causationID)
    if let expiryTime { body("ce_expirytime", expiryTime.rfc3339) }
    if let traceparent { body("ce_traceparent", traceparent) }
    if let tracestate { body("ce_tracestate", tracestate) }
    if let digest { body("ce_digest", digest.hex) }
  }

  /// CloudEvents' binary mode: attributes as headers, the data as the value. Trace context stands under its own name too, as
  /// tracing libraries look for it.
  public func record(in catalogue: Catalogue) -> OutgoingRecord {
    var headers = Headers()
    headers.reserve(bytes: 640)
    headers.append("content-type", "application/json")
    forEachAttribute { headers.append($0, $1) }
    if let traceparent { headers.append("traceparent", traceparent) }
    if let tracestate { headers.append("tracestate", tracestate) }
    return OutgoingRecord(
      topic: topic(in: catalogue), key: Array(key.utf8), headers: headers, value: data, tally: tally)
  }

  /// CloudEvents' structured mode: one line of NDJSON, without the line feed.
  public func structured() -> [UInt8] {
    var writer = JSONWriter(capacity: data.count + 768)
    writer.object { writer in
      forEachAttribute { name, value in
        writer.key(String(name.description.dropFirst(3)))
        writer.string(value)
      }
      writer.field("datacontenttype", "application/json")
      writer.key("data")
      writer.raw(data)
    }
    return writer.bytes
  }

  private func topic(in catalogue: Catalogue) -> String {
    switch destination {
    case .decisions: catalogue.decisions.name
    case .resolutions: catalogue.resolutions.name
    case .insights, .findings: catalogue.insights.name
    case .kpis: catalogue.kpis.name
    case .cases(let queue): catalogue.cases(queue: queue).name
    case .updates(let target): catalogue.updates(target: target).name
    }
  }
}

/// The CloudEvents source of everything triage writes.
let outputSource = "/heed/triage"

/// The CloudEvents source of everything the scorecard writes.
public let scorecardSource = "/heed/scorecard"

/// The CloudEvents source of everything egress writes.
package let egressSource = "/heed/egress"
