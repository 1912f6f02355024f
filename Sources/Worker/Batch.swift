internal import Streams

/// What was read and decided since the last commit.
struct Batch {
  var outputs: [OutgoingRecord] = []
  var tableCount = 0
  private(set) var outputBytes = 0
  private(set) var partitions: Set<Int32> = []
  private(set) var sources: Set<TopicPartition> = []
  private(set) var openedAt: ContinuousClock.Instant?
  private(set) var last: (source: TopicPartition, offset: Offset)?
  private var timestamps: [Int64] = []

  var recordCount: Int { timestamps.count }

  mutating func took(_ record: Record, outputsSince index: Int, at now: ContinuousClock.Instant) {
    timestamps.append(record.timestampMilliseconds)
    // Records of one partition come together; the sets are asked where that ends.
    if last?.source != record.source {
      partitions.insert(record.source.partition)
      sources.insert(record.source)
    }
    last = (record.source, record.offset)
    for output in outputs[index...] { outputBytes += output.value?.count ?? 0 }
    if openedAt == nil { openedAt = now }
  }

  func hasDeadLetter(since index: Int) -> Bool {
    outputs[index...].contains { if case .deadLetter = $0.tally { true } else { false } }
  }

  /// What it is when it is written.
  func committed(_ positions: [Int32: Offset], at now: ContinuousClock.Instant) -> CommittedBatch {
    var committed = CommittedBatch(
      records: recordCount, outputs: outputs.count, outputBytes: outputBytes, tables: tableCount,
      duration: openedAt?.duration(to: now) ?? .zero, timestamps: timestamps, positions: positions)
    for output in outputs { if let tally = output.tally { committed.tallies[tally, default: 0] += 1 } }
    return committed
  }
}
