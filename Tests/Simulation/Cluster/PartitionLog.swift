package import Streams

/// Who writes: a producer's number and how often its transactional id was claimed before.
package struct ProducerStamp: Hashable {
  package let producer: Int
  package var epoch: Int
}

/// One partition as a broker keeps it: data, control records, open transactions, what is hidden and what is gone.
package final class PartitionLog {
  package enum Content {
    case data(OutgoingRecord)
    /// The marker that ends a transaction here. It takes an offset and is never handed out.
    case control(isCommit: Bool)
  }

  package struct Entry {
    package let offset: Offset
    package let content: Content
    /// Who wrote it in a transaction; `nil` for what was written outside one.
    package let stamp: ProducerStamp?
    /// The number of its transaction among all of the cluster.
    package let transaction: Int?
    package let at: Duration
    package fileprivate(set) var isAborted = false
  }

  package let source: TopicPartition
  package private(set) var entries: [Entry] = []
  /// What retention has taken: gone for readers, but not for whoever checks in the end.
  private var forgotten: [Entry] = []
  /// The first offset kept.
  package private(set) var start: Offset = 0
  /// The offset after the last record: the high watermark.
  package private(set) var end: Offset = 0
  /// The first offset of each transaction that has no marker yet.
  private var open: [Int: Offset] = [:]
  private var epochs: [Int: Int] = [:]
  private var accepted: Set<Int> = []
  /// Called once when more may be visible.
  private var waiting: [() -> Void] = []

  package init(_ source: TopicPartition) { self.source = source }

  /// The offset before which every transaction has ended: readers of committed data see no further.
  package var lastStable: Offset { open.values.min() ?? end }

  /// Appends records of a transaction, once however often the request arrives.
  func append(
    _ records: [OutgoingRecord], request: Int, stamp: ProducerStamp, transaction: Int, at now: Duration
  ) -> Refusal? {
    if let known = epochs[stamp.producer], known > stamp.epoch { return .fenced }
    epochs[stamp.producer] = stamp.epoch
    guard accepted.insert(request).inserted else { return nil }
    if open[stamp.producer] == nil { open[stamp.producer] = end }
    for record in records { put(.data(record), stamp, transaction, now) }
    notify()
    return nil
  }

  /// Appends records outside any transaction.
  package func append(_ records: [OutgoingRecord], request: Int? = nil, at now: Duration) {
    if let request, !accepted.insert(request).inserted { return }
    for record in records { put(.data(record), nil, nil, now) }
    notify()
  }

  /// Ends the transaction of a producer here.
  func mark(isCommit: Bool, stamp: ProducerStamp, transaction: Int, at now: Duration) {
    epochs[stamp.producer] = max(stamp.epoch, epochs[stamp.producer] ?? 0)
    if let first = open.removeValue(forKey: stamp.producer), !isCommit {
      for index in index(of: first)..<entries.count where entries[index].stamp?.producer == stamp.producer {
        entries[index].isAborted = true
      }
    }
    put(.control(isCommit: isCommit), stamp, transaction, now)
    notify()
  }

  private func put(_ content: Content, _ stamp: ProducerStamp?, _ transaction: Int?, _ now: Duration) {
    entries.append(Entry(offset: end, content: content, stamp: stamp, transaction: transaction, at: now))
    end += 1
  }

  /// Calls `body` when something more may be visible.
  func whenMore(_ body: @escaping () -> Void) { waiting.append(body) }

  private func notify() {
    let bodies = waiting
    waiting = []
    for body in bodies { body() }
  }

  /// What a fetch gives: records from `position` on, where to go on, and how far one may read.
  package func read(from position: Offset, upTo count: Int, committedOnly: Bool) -> (
    records: [Record], next: Offset, end: Offset
  ) {
    let limit = committedOnly ? lastStable : end
    var records: [Record] = []
    var next = position
    var index = index(of: position)
    while index < entries.count, entries[index].offset < limit, records.count < count {
      let entry = entries[index]
      if case .data(let record) = entry.content, !(committedOnly && entry.isAborted) {
        records.append(record.read(at: entry.offset, in: source))
      }
      next = entry.offset + 1
      index += 1
    }
    // What was compacted away at the end is passed over, too.
    if index == entries.count || entries[index].offset >= limit { next = max(next, limit) }
    return (records, next, limit)
  }

  /// Everything a reader of committed data could ever have seen here, but for what was compacted.
  package var committed: [Entry] {
    let limit = lastStable
    return (forgotten + entries).filter { entry in
      if case .data = entry.content { return !entry.isAborted && entry.offset < limit }
      return false
    }
  }

  private func index(of offset: Offset) -> Int {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].offset < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  // MARK: Cleaning

  /// Retention: forgets what stands before `offset`.
  package func forget(before offset: Offset) {
    start = max(start, min(offset, lastStable))
    let count = index(of: start)
    forgotten += entries[..<count]
    entries.removeFirst(count)
  }

  /// Compaction: of each key keeps the last committed value, and of the markers the last. Offsets stay as they are.
  package func compact() {
    let limit = lastStable
    var seen: Set<[UInt8]> = []
    var kept: [Entry] = []
    for entry in entries.reversed() {
      guard entry.offset < limit, entry.offset != end - 1 else {
        kept.append(entry)
        continue
      }
      if case .data(let record) = entry.content, !entry.isAborted, seen.insert(record.key ?? []).inserted {
        kept.append(entry)
      }
    }
    entries = kept.reversed()
  }
}

extension OutgoingRecord {
  func read(at offset: Offset, in source: TopicPartition) -> Record {
    Record(source: source, offset: offset, key: key, headers: headers, value: value)
  }
}
