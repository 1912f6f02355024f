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
  public let digest: EventDigest?
  /// The headers of its record: what is hashed, and what every form of it is written from.
  private let headers: Headers
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
    var headers = Headers()
    headers.reserve(bytes: 768)
    headers.append("content-type", "application/json")
    headers.append("ce_specversion", "1.0")
    headers.append("ce_id", id)
    headers.append("ce_source", destination.source)
    headers.append("ce_type", type.rawValue)
    headers.append("ce_time", time.rfc3339)
    headers.append("ce_subject", key)
    headers.append("ce_partitionkey", key)
    headers.append("ce_correlationid", correlationID)
    headers.append("ce_causationid", causationID)
    if let expiryTime { headers.append("ce_expirytime", expiryTime.rfc3339) }
    if let traceparent { headers.append("ce_traceparent", traceparent) }
    if let tracestate { headers.append("ce_tracestate", tracestate) }
    let digest = EventDigest(binary: headers, data: dataDigest ?? Digest256(of: data))
    headers.append("ce_digest", digest.hex)
    // Tracing libraries look for them under their own names.
    if let traceparent { headers.append("traceparent", traceparent) }
    if let tracestate { headers.append("tracestate", tracestate) }
    self.digest = digest
    self.headers = headers
  }

  /// CloudEvents' binary mode: attributes as headers, the data as the value.
  public func record(in catalogue: Catalogue) -> OutgoingRecord {
    OutgoingRecord(topic: topic(in: catalogue), key: Array(key.utf8), headers: headers, value: data, tally: tally)
  }

  /// CloudEvents' structured mode: one line of NDJSON, without the line feed.
  public func structured() -> [UInt8] { StructuredLine.make(from: headers, data) }

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
