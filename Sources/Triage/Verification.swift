internal import Events

/// Derives recorded outputs again, from the log and with the policies and models that they name, and compares them byte for byte.
///
/// Give it all records, then the log; each partition's events in their order. Records may stand in any order and more than once,
/// as at-least-once writes them.
public struct Verification {
  /// A record that is not what the log leads to.
  public struct Difference: Sendable, Hashable {
    /// How it differs.
    public enum Kind: Sendable, Hashable {
      /// The log leads to other bytes.
      case bytes(derived: [UInt8])
      /// No event of the log leads to it.
      case underivable
      /// The log leads to it, and it is not recorded.
      case missing
    }
    /// How it differs.
    public let kind: Kind
    /// Its place among the records, or that of its event in the log if it is missing.
    public let place: Int
    /// Its id.
    public let record: String
    /// The id of the event that leads to it, if one does.
    public let event: String?
  }

  /// What came out.
  public struct Result: Sendable, Hashable {
    /// Events of the log.
    public fileprivate(set) var events = 0
    /// Records that were compared.
    public fileprivate(set) var records = 0
    /// Records that are not what the log leads to.
    public fileprivate(set) var differing = 0
    /// The first of them in the order of the records; what is missing comes after all that is there.
    public fileprivate(set) var first: Difference?
  }

  private struct Recorded {
    let place: Int
    let digest: EventDigest
    let decidedBy: Int
    var isSeen = false
  }

  /// Who decided, by the words of a record.
  fileprivate struct Deciders: Hashable {
    let policy: String
    let model: String
  }

  private let pipelines: [TicketPipeline]
  private var recorded: [String: Recorded] = [:]
  private var types: Set<String> = []
  private var deciders: [Deciders: Int] = [:]
  private var unreadable: (count: Int, first: Int)?
  private var shelves: [Int32: Shelf] = [:]
  private var current = 0
  private var result = Result()
  private var missing: Difference?

  /// A verification with these pipelines: one for each pair of policy and model that decided. What another one decided is tried
  /// with the first.
  public init(pipelines: [TicketPipeline]) {
    precondition(!pipelines.isEmpty, "somebody must decide")
    self.pipelines = pipelines
    for (index, pipeline) in pipelines.enumerated() { deciders[pipeline.deciders] = index }
  }

  /// Takes a record, as a structured event.
  public mutating func take(recorded line: [UInt8], at place: Int) {
    result.records += 1
    guard let head = RecordedHead(line) else {
      unreadable = ((unreadable?.count ?? 0) + 1, min(unreadable?.first ?? place, place))
      return
    }
    types.insert(head.type)
    let digest = Self.digest(of: line)
    if let known = recorded[head.id] {
      // A repeat; another record under the same id cannot be what the log leads to.
      if known.digest != digest { note(Difference(kind: .underivable, place: place, record: head.id, event: nil)) }
      return
    }
    recorded[head.id] = Recorded(place: place, digest: digest, decidedBy: decider(head))
  }

  /// Takes the next event of the log.
  ///
  /// - Parameter place: names it in differences.
  public mutating func take(_ logged: LoggedEvent, at place: Int) {
    result.events += 1
    switch pipeline(for: logged).process(logged, shelves: &shelves) {
    case .decided(let event, let outputs):
      for output in outputs {
        compare(output.id, output.type, event: event.envelope.id, at: place) { output.structured() }
      }
    case .rejected(let letter):
      compare(letter.id, .deadLetter, event: nil, at: place) { letter.structured() }
    }
  }

  /// What came out, once everything was taken.
  public consuming func finish() -> Result {
    for (id, record) in recorded where !record.isSeen {
      note(Difference(kind: .underivable, place: record.place, record: id, event: nil))
    }
    if let unreadable {
      result.differing += unreadable.count - 1
      note(Difference(kind: .underivable, place: unreadable.first, record: "", event: nil))
    }
    if result.first == nil { result.first = missing }
    return result
  }

  // MARK: Who decided

  private mutating func decider(_ head: RecordedHead) -> Int {
    guard let policy = head.policy, let model = head.model else { return 0 }
    let named = Deciders(policy: policy, model: model)
    return deciders[named] ?? 0
  }

  /// The pipeline that decided about this event. One that decided nothing about it leaves its mark in the context all the same, so
  /// it is the one that decided last.
  private mutating func pipeline(for logged: LoggedEvent) -> TicketPipeline {
    guard pipelines.count > 1, let event = try? logged.decoded() else { return pipelines[current] }
    let id = DerivedID.make("dec", source: event.envelope.source, id: event.envelope.id)
    if let record = recorded[id] { current = record.decidedBy }
    return pipelines[current]
  }

  // MARK: Comparing

  private mutating func compare(
    _ id: String, _ type: EventType, event: String?, at place: Int, _ derived: () -> [UInt8]
  ) {
    guard types.contains(type.rawValue) else { return }  // Nothing of its kind is recorded here.
    guard let record = recorded[id] else {
      result.differing += 1
      if missing == nil { missing = Difference(kind: .missing, place: place, record: id, event: event) }
      return
    }
    recorded[id]!.isSeen = true
    let bytes = derived()
    guard Self.digest(of: bytes) != record.digest else { return }
    note(Difference(kind: .bytes(derived: bytes), place: record.place, record: id, event: event))
  }

  private mutating func note(_ difference: Difference) {
    result.differing += 1
    if result.first.map({ difference.place < $0.place }) ?? true { result.first = difference }
  }

  private static func digest(of line: [UInt8]) -> EventDigest {
    EventDigest(bytes: Array(Digest256(of: line).bytes.prefix(EventDigest.count)))!
  }
}

extension TicketPipeline {
  /// By the digests that stand in decisions or, where a reader has none, by names.
  fileprivate var deciders: Verification.Deciders {
    Verification.Deciders(
      policy: versions.policyDigest?.hex ?? versions.policy, model: versions.modelDigest?.hex ?? versions.model)
  }
}
