/// The attributes that CloudEvents 1.0 puts around an event, as far as Heed reads them.
/// Source: cloudevents/spec v1.0.2, `kafka-protocol-binding.md`, and the extensions `partitioning` and `distributed-tracing`.
public struct Envelope: Sendable, Hashable {
  /// Unique within `source`; with it the key by which repeats are known.
  public let id: String
  /// Who says so: a URI reference.
  public let source: String
  /// What kind of event it is: `heed.ticket.opened.v1`.
  public let type: String
  /// When it happened. The only clock that triage knows.
  public let time: Timestamp
  /// What it is about, in the source's words.
  public let subject: String?
  /// The customer, or `*` for everybody.
  public internal(set) var partitionKey: String?
  /// W3C trace context, passed on to every output.
  public let traceparent: String?
  /// W3C trace state, passed on to every output.
  public let tracestate: String?
  /// Under which other ids of the customer it stood before.
  public internal(set) var passage: Passage

  /// An envelope with these attributes.
  public init(
    id: String, source: String, type: String, time: Timestamp, subject: String? = nil, partitionKey: String? = nil,
    traceparent: String? = nil, tracestate: String? = nil, passage: Passage = Passage()
  ) {
    self.id = id
    self.source = source
    self.type = type
    self.time = time
    self.subject = subject
    self.partitionKey = partitionKey
    self.traceparent = traceparent
    self.tracestate = tracestate
    self.passage = passage
  }
}

/// The key under which a fact for every customer stands in each partition.
public let broadcastKey = "*"
