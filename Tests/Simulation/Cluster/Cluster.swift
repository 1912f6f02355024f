package import Streams

/// A Kafka cluster in one object: its logs, its transaction coordinator and one group. It does what it is asked at the moment a
/// request arrives; that requests take time, get lost or come late is the network's doing.
package final class Cluster {
  package let world: World
  var dice: Dice
  private var logs: [TopicPartition: PartitionLog] = [:]
  private var counts: [String: Int] = [:]
  package private(set) lazy var transactions = Transactions(self)
  package private(set) var group: Group!
  private let table: String
  /// The largest value accepted, in bytes.
  package var valueBytesMax = Int.max

  /// - Parameter topics: each topic's name and number of partitions.
  package init(
    _ world: World, dice: Dice, topics: [(name: String, partitions: Int)], groupReads topic: String, table: String
  ) {
    self.world = world
    self.dice = dice
    self.table = table
    for (name, partitions) in topics {
      counts[name] = partitions
      for partition in 0..<partitions {
        let source = TopicPartition(name, Int32(partition))
        logs[source] = PartitionLog(source)
      }
    }
    group = Group(self, topic: topic)
  }

  package func log(_ source: TopicPartition) -> PartitionLog { logs[source]! }
  package func partitions(of topic: String) -> Int { counts[topic]! }
  func isTable(_ topic: String) -> Bool { topic == table }
  package var allLogs: [PartitionLog] { logs.sorted { $0.key < $1.key }.map(\.value) }

  /// Where a record goes.
  package func target(of record: OutgoingRecord) -> TopicPartition {
    let count = Int32(partitions(of: record.topic))
    return TopicPartition(
      record.topic, record.partition ?? partition(forKey: record.key ?? [], of: count))
  }

  func note(_ words: @autoclosure () -> String) { world.journal.note(world.now, "cluster", words()) }
}

// What others than workers do to a cluster.
extension Cluster {
  /// Somebody upstream begins a transaction under an id that nobody else has, and writes these; the cluster aborts it after
  /// `timeout`, unless what is returned has ended it.
  package func beginTransaction(
    _ id: String, timeout: Duration, writing records: [OutgoingRecord]
  ) -> (_ isCommit: Bool) -> Void {
    guard case .success(let stamp) = transactions.claim(id, timeout: timeout),
      case .success(let number) = transactions.add(Set(records.map(target)).sorted(), id, stamp)
    else { preconditionFailure("a fresh transactional id is nobody else's") }
    for (index, record) in records.enumerated() {
      // Below 0, where no worker's requests are.
      let request = -(number * 1_000 + index)
      _ = log(target(of: record)).append(
        [record], request: request, stamp: stamp, transaction: number, at: world.now)
    }
    return { [self] isCommit in _ = transactions.end(id, stamp, isCommit: isCommit) }
  }

  /// Somebody upstream begins a transaction, writes a record that cannot be read, and goes away; after `timeout` it is aborted.
  package func hang(in source: TopicPartition, for timeout: Duration) {
    let record = OutgoingRecord(topic: source.topic, partition: source.partition, key: nil, value: [])
    _ = beginTransaction("hanging", timeout: timeout, writing: [record])
  }

  /// An operator sets the group's positions while no worker runs.
  package func setBack(_ positions: [Position]) {
    _ = group.commit(positions, by: "operator", generation: group.generation, isChecked: false)
  }
}
