internal import Streams

/// Fetches the assigned partitions in the background, each at its own pace, into the queue of the next poll.
final class Fetching {
  private final class Partition {
    let start: ReadingStart
    var position: Offset?
    /// The position at which the end was told last.
    var endToldAt: Offset?
    init(_ start: ReadingStart) { self.start = start }
  }

  private unowned let client: Client
  /// Outdates every fetch that is under way.
  private var version = 0
  private var assigned: [TopicPartition] = []
  /// How much slower than the network tables are read.
  var tableDelay: Duration = .zero
  /// Partitions that are not fetched any more until they are assigned anew: a fault of some clients.
  var stuck: Set<TopicPartition> = []

  init(_ client: Client) { self.client = client }

  func start(_ starts: [ReadingStart]) {
    stop()
    assigned = starts.map(\.source)
    for start in starts { fetch(Partition(start), version) }
  }

  func stop() {
    version += 1
    assigned = []
    stuck = []
    client.dropFetched()
  }

  private func fetch(_ partition: Partition, _ version: Int) {
    let source = partition.start.source
    guard version == self.version, !stuck.contains(source) else { return }
    guard client.queue.count < 200 else { return later(.milliseconds(20), partition, version) }
    let log = client.cluster.log(source)
    let isHeard = Heard()
    client.send({ [self] in find(partition, log) }) { [self] position in
      guard version == self.version, !isHeard.value else { return }
      isHeard.value = true
      guard let position else { return later(.milliseconds(100), partition, version) }
      partition.position = position
      read(partition, log, version)
    }
    // Lost requests are sent again.
    client.world.after(.milliseconds(500)) { [client, self] in
      client.inProcess { [self] in
        guard version == self.version, !isHeard.value else { return }
        isHeard.value = true
        fetch(partition, version)
      }
    }
  }

  private final class Heard { var value = false }

  private func later(_ delay: Duration, _ partition: Partition, _ version: Int) {
    client.world.after(delay) { [client, self] in client.inProcess { [self] in fetch(partition, version) } }
  }

  /// Where reading stands; `nil` if that cannot be told yet.
  private func find(_ partition: Partition, _ log: PartitionLog) -> Offset? {
    if let position = partition.position { return position }
    switch partition.start.place {
    case .beginning: return log.start
    case .end: return log.lastStable
    case .offset(let offset): return offset
    case .committed:
      guard case .success(let committed) = client.cluster.group.fetch([partition.start.source]) else { return nil }
      return committed[partition.start.source] ?? log.start
    }
  }

  /// The answer of a fetch. That it is read here, on the way back, makes it a little fresher than a real one.
  private func read(_ partition: Partition, _ log: PartitionLog, _ version: Int) {
    guard partition.position! >= log.start, partition.position! <= log.end else {
      // The client reads nothing here any more, and says so: what to do is for the worker to choose.
      return client.enqueue(.failed(Refusal.offsetReset.failure()))
    }
    let (records, next, end) = log.read(
      from: partition.position!, upTo: client.settings.fetchRecordsMax,
      committedOnly: client.settings.habits.readsCommittedOnly)
    let isTable = client.cluster.isTable(log.source.topic)
    for record in records { client.enqueue(.record(record)) }
    partition.position = next
    if next < end { return later(isTable ? tableDelay : .zero, partition, version) }
    if partition.endToldAt != next {
      partition.endToldAt = next
      client.enqueue(.endOfPartition(EndOfPartition(log.source, next: next, highWatermark: log.end)))
    }
    log.whenMore { [weak client, self] in client?.inProcess { [self] in fetch(partition, version) } }
  }
}
