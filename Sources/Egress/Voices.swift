public import Events
internal import Streams

/// Who speaks in the tickets of one partition: where people took over, and what time it is.
///
/// Two write to its table. The listener writes every takeover as it reads it from the events, without waiting for triage; the
/// speaker writes those that it learns from a case first. Both only ever say "a person has it", so whoever writes last says the same: nothing here
/// depends on the order of the two.
///
/// A takeover holds for ever, as it does in triage, and is kept for 90 days after the last one; a ticket that is silent for longer has no
/// automated reply on its way.
public struct Voices: Sendable {
  /// How long a takeover is kept.
  static let retentionSeconds: Int64 = 90 * 86_400

  /// The partition it belongs to.
  let partition: Int32
  /// What the clock said last; `nil` before it said anything.
  private(set) var now: Timestamp?
  private var takenOver: [TicketID: Timestamp] = [:]
  /// What was learnt since the last `accept`.
  private var learnt: [TicketID: Timestamp] = [:]
  /// What is old enough to be forgotten with the next commit.
  private var outdated: [TicketID] = []
  private var lookedOn: Int64?

  /// A partition of which nothing is known.
  public init(partition: Int32) { self.partition = partition }

  /// In how many tickets people took over.
  public var count: Int { takenOver.count + learnt.keys.count { takenOver[$0] == nil } }

  /// Whether a person has taken `ticket` over.
  public func hasHuman(in ticket: TicketID) -> Bool { takenOver[ticket] != nil || learnt[ticket] != nil }

  /// Why nothing may be said, if so. A person counts before time does: they have the case either way.
  ///
  /// A reply decided after a takeover is none that triage makes; if there is one, it is not sent either.
  func reasonToBeSilent(with resolution: ResolutionProposed) -> UpdateRequested.Withheld? {
    if resolution.caseEpoch > 0 || hasHuman(in: resolution.ticket) { return .humanHasCase }
    if let now, let expiresAt = resolution.expiresAt, expiresAt <= now { return .promiseExpired }
    return nil
  }

  /// A case says that a person has taken it over.
  mutating func learn(_ ticket: TicketID, at time: Timestamp) {
    if !hasHuman(in: ticket) { learnt[ticket] = time }
  }

  /// The clock says so.
  mutating func pass(_ time: Timestamp) { now = max(now ?? time, time) }

  // MARK: The table

  /// Takes one record of the table.
  mutating func restore(_ record: Record) {
    guard let key = record.key.flatMap({ String(validating: $0, as: UTF8.self) }) else { return }
    if key == broadcastKey {
      if let time = VoiceRecord.time(in: record.value) { pass(time) }
    } else if let value = record.value {
      // What cannot be read says all the same that a person is there.
      takenOver[TicketID(key)] = VoiceRecord.time(in: value) ?? now ?? Timestamp(nanoseconds: .max)
    } else {
      takenOver[TicketID(key)] = nil
    }
  }

  /// Once a day of the clock what is old is looked for.
  mutating func lookForOutdated() {
    guard let now else { return }
    let day = now.nanoseconds / 86_400_000_000_000
    guard lookedOn != day else { return }
    lookedOn = day
    outdated = takenOver.filter { $0.value.adding(seconds: Self.retentionSeconds) <= now }.map(\.key).sorted()
  }

  /// What is to be written to the table.
  func changes(for table: TableTopic) -> [OutgoingRecord] {
    learnt.sorted { $0.key < $1.key }.map { VoiceRecord.takeover(of: $0.key, at: $0.value, in: table, partition) }
      + outdated.map {
        OutgoingRecord(topic: table.name, partition: partition, key: Array($0.text.utf8), value: nil)
      }
  }

  /// What was learnt is written.
  mutating func accept() {
    takenOver.merge(learnt) { $1 }
    learnt = [:]
    for ticket in outdated { takenOver[ticket] = nil }
    outdated = []
  }

  /// What was learnt comes again with the records it was learnt from.
  mutating func rewind() {
    learnt = [:]
    // Not looked for again today: another day is soon enough.
    outdated = []
  }
}

/// What stands in the table of voices.
enum VoiceRecord {
  static func takeover(
    of ticket: TicketID, at time: Timestamp, in table: TableTopic, _ partition: Int32? = nil
  ) -> OutgoingRecord {
    record(Array(ticket.text.utf8), "takenOverAt", time, table, partition)
  }

  static func clock(at time: Timestamp, in table: TableTopic, _ partition: Int32) -> OutgoingRecord {
    record(Array(broadcastKey.utf8), "time", time, table, partition)
  }

  private static func record(
    _ key: [UInt8], _ name: StaticString, _ time: Timestamp, _ table: TableTopic, _ partition: Int32?
  ) -> OutgoingRecord {
    var writer = JSONWriter(capacity: 64)
    writer.object { $0.field(name, time.rfc3339) }
    return OutgoingRecord(topic: table.name, partition: partition, key: key, value: writer.bytes)
  }

  static func time(in value: [UInt8]?) -> Timestamp? {
    guard let value, let tree = try? JSONTree(reading: value),
      case .string(let text)? = tree["takenOverAt"] ?? tree["time"]
    else { return nil }
    return Timestamp(rfc3339: text)
  }
}
