public import Events
internal import HeapModule
internal import Streams

/// The contexts of one partition: those of its customers, and what concerns all of them.
///
/// Contexts are kept as the bytes that stand in `heed.contexts.v1`. So what a worker restores is what it had, to the byte;
/// an idle customer costs little; and going back after an aborted transaction is putting old bytes back.
public struct Shelf: Sendable {
  struct Entry: Sendable {
    /// The encoded context; empty for a customer who was erased or forgotten.
    var bytes: [UInt8]
    /// The offset of the event that last changed it; what stands before or at it is applied already.
    var position: Offset
    /// The time under which the customer stands among those who are due: never after they want to be woken.
    var due = Timestamp.never

    /// What is known; `nil` if nothing is.
    var context: CustomerContext? { bytes.isEmpty ? nil : CustomerContext(bytes: bytes) }

    /// Whether the event at `offset` is applied already: a repeat after a crash under at-least-once.
    func holds(_ offset: Offset) -> Bool { offset <= position }
  }

  private struct Due: Comparable {
    let at: Timestamp
    let customer: CustomerID
    static func < (a: Self, b: Self) -> Bool { (a.at, a.customer) < (b.at, b.customer) }
  }

  /// The partition it belongs to.
  let partition: Int32
  private var entries: [CustomerID: Entry] = [:]
  /// What concerns every customer.
  private(set) var shared = SharedContext()
  private var sharedPosition: Offset = -1
  /// Words of orders that were looked through.
  var harmlessWords = HarmlessWords()
  /// The entries as they were at the last `accept`, of those changed since.
  private var before: [CustomerID: Entry?] = [:]
  private var sharedBefore: (context: SharedContext, position: Offset)?
  /// When customers want to be woken, or earlier, the earliest first. A customer who wants to be woken later than they stand here
  /// for is put back when that time comes: so an event that only moves the time on, as nearly all do, leaves nothing behind here.
  private var due = Heap<Due>()

  /// A shelf on which nothing stands yet.
  public init(partition: Int32) { self.partition = partition }

  /// How many customers are known.
  public var customerCount: Int { entries.values.count { !$0.bytes.isEmpty } }

  /// How many places there are among those who are due: one for each customer, however much happens to them.
  var dueCount: Int { due.count }

  /// What is known about `customer`; `nil` if nothing is.
  public func context(of customer: CustomerID) -> CustomerContext? { entry(of: customer)?.context }

  /// What stands here of `customer`.
  func entry(of customer: CustomerID) -> Entry? { entries[customer] }

  /// Whether the event at `position` is applied to `customer` already, or to what concerns everybody.
  func isApplied(_ position: Offset, to customer: CustomerID?) -> Bool {
    guard let customer else { return position <= sharedPosition }
    return entries[customer]?.holds(position) ?? false
  }

  /// Puts a context in its place; `nil` forgets the customer.
  mutating func put(_ context: CustomerContext?, of customer: CustomerID, position: Offset) {
    let old = entries[customer]
    if before.index(forKey: customer) == nil { before[customer] = .some(old) }
    var new = Entry(bytes: context?.encoded() ?? [], position: position, due: old?.due ?? .never)
    if let wakeAt = CustomerContext.wakeAt(in: new.bytes), wakeAt < new.due {
      new.due = wakeAt
      due.insert(Due(at: wakeAt, customer: customer))
    }
    entries[customer] = new
  }

  private mutating func wake(_ customer: CustomerID, at time: Timestamp) {
    guard let entry = entries[customer], time < entry.due else { return }
    entries[customer]!.due = time
    due.insert(Due(at: time, customer: customer))
  }

  mutating func putShared(_ context: SharedContext, position: Offset) {
    if sharedBefore == nil { sharedBefore = (shared, sharedPosition) }
    shared = context
    sharedPosition = position
  }

  /// The customers who want to be woken at `time` or before, in an order that depends on nothing but them.
  mutating func takeDue(at time: Timestamp) -> [CustomerID] {
    var woken: Set<CustomerID> = []
    while let first = due.min, first.at <= time {
      _ = due.removeMin()
      guard let entry = entries[first.customer], entry.due == first.at else { continue }
      entries[first.customer]!.due = .never
      guard let wakeAt = CustomerContext.wakeAt(in: entry.bytes) else { continue }
      if wakeAt <= time { woken.insert(first.customer) } else { wake(first.customer, at: wakeAt) }
    }
    return woken.sorted()
  }

  // MARK: With the table

  /// Takes a record of the table. Of two for one customer the one of the higher position counts: after a takeover under
  /// at-least-once the old worker's last write may stand behind the new one's first.
  mutating func restore(_ record: Record) {
    guard let key = record.key else { return }
    let name = String(decoding: key, as: UTF8.self)
    let position = record.headers.text(positionHeader).flatMap { Offset($0) } ?? -1
    if name == broadcastKey {
      guard position >= sharedPosition, let value = record.value, let context = SharedContext(bytes: value) else {
        return
      }
      (shared, sharedPosition) = (context, position)
    } else {
      let customer = CustomerID(name)
      if let known = entries[customer], known.position > position { return }
      entries[customer, default: Entry(bytes: [], position: position)].take(record.value ?? [], at: position)
      if let wakeAt = record.value.flatMap({ CustomerContext.wakeAt(in: $0) }) { wake(customer, at: wakeAt) }
    }
  }

  /// The records that bring the table up to here: customers by key, then what concerns all of them.
  ///
  /// The order matters under at-least-once, where a crash may leave only the first of these records behind: with the shared
  /// context last, whoever repeats the events has a shared context that is never newer than the event at hand.
  func changes(for table: TableTopic) -> [OutgoingRecord] {
    var records: [OutgoingRecord] = []
    for customer in before.keys.sorted() {
      guard let entry = entries[customer] else { continue }
      records.append(record(customer.text, entry.bytes.isEmpty ? nil : entry.bytes, entry.position, table))
    }
    if sharedBefore != nil {
      records.append(record(broadcastKey, shared.encoded(), sharedPosition, table))
    }
    return records
  }

  private func record(_ key: String, _ value: [UInt8]?, _ position: Offset, _ table: TableTopic) -> OutgoingRecord {
    var headers = Headers()
    headers.append(positionHeader, String(position))
    return OutgoingRecord(topic: table.name, partition: partition, key: Array(key.utf8), headers: headers, value: value)
  }

  /// What was changed is written.
  mutating func accept() {
    before.removeAll(keepingCapacity: true)
    sharedBefore = nil
  }

  /// What was changed since the last `accept` is taken back.
  mutating func rewind() {
    for (customer, entry) in before {
      entries[customer] = entry
      // Under the old time they may stand no more.
      entries[customer]?.due = .never
      if let wakeAt = entry.flatMap({ CustomerContext.wakeAt(in: $0.bytes) }) { wake(customer, at: wakeAt) }
    }
    if let sharedBefore { (shared, sharedPosition) = (sharedBefore.context, sharedBefore.position) }
    accept()
  }
}

/// The header of a table's record that says up to which event of the stream it holds.
let positionHeader = "heed_position"

extension Shelf.Entry {
  fileprivate mutating func take(_ bytes: [UInt8], at position: Offset) {
    self.bytes = bytes
    self.position = position
  }
}

extension Timestamp {
  fileprivate static let never = Timestamp(nanoseconds: .max)
}
