public import Logging
public import Streams

/// Something that happened in a worker and that operators want to know: it writes its own log line and changes its own metrics,
/// so that the two never disagree. Nothing in it comes from a customer.
public enum WorkerReport: Sendable, Equatable {
  /// The group gave us partitions.
  case assigned(partitions: [Int32], restoring: Int)
  /// All contexts are read, so many records of the table; decisions begin.
  case restored(partitions: [Int32], records: Int)
  /// A table ends in a transaction that is still open; its end is waited for.
  case waitingForTransaction(partition: Int32)
  /// A transaction upstream has been open for so long and holds so many records of the input back from every reader. They are
  /// no lag: nobody may read them before it ends.
  case heldBack(partition: Int32, records: Int64, for: Duration)
  /// A partition of the input is read to its end.
  case caughtUp(EndOfPartition)
  /// The group took the partitions.
  case revoked(lost: Bool)
  /// A batch is written.
  case committed(CommittedBatch)
  /// A batch was not written and will be tried again.
  case rewound(BrokerFailure)
  /// A batch is written, but the group did not take its position: it may be repeated by whoever gets the partitions.
  case positionRefused(BrokerFailure)
  /// The outputs of this record are not taken by the cluster; this is written instead.
  case refused(TopicPartition, Offset, instead: Substitute)
  /// Reading goes on elsewhere, because the log does not keep the position.
  case offsetGone(OffsetGone, policy: OffsetGonePolicy)
  /// The broker took so long for a commit that ended so.
  case transactionEnded(CommitOutcome, Duration)
  /// The client reports trouble it is dealing with.
  case trouble(BrokerFailure)
  /// The worker ends.
  case ended(WorkerEnd)

  /// What is written for a record whose outputs are refused.
  public enum Substitute: String, Sendable, Equatable {
    case deadLetter = "dead_letter"
    case deadLetterWithoutBytes = "dead_letter_without_bytes"
    case nothing
  }
}

/// What one commit wrote.
public struct CommittedBatch: Sendable, Equatable {
  /// Records of the input in it.
  public var records = 0
  /// Records written to streams.
  public var outputs = 0
  /// Bytes of their values.
  public var outputBytes = 0
  /// Records written to the table.
  public var tables = 0
  /// From its first record to the end of its commit.
  public var duration = Duration.zero
  /// What the outputs count as.
  public var tallies: [Tally: Int] = [:]
  /// The times in the envelopes of its records, milliseconds since 1970.
  public var timestamps: [Int64] = []
  /// How far the partitions in it are committed now.
  public var positions: [Int32: Offset] = [:]

  /// What a worker wrote that follows records up to `positions` and answers none of them.
  public static func following(_ positions: [Int32: Offset], outputs: Int = 0, outputBytes: Int = 0) -> CommittedBatch {
    CommittedBatch(outputs: outputs, outputBytes: outputBytes, positions: positions)
  }
}

extension WorkerReport {
  /// Writes the log line. Nothing per record stands above debug, but for what is refused.
  public func record(to logger: Logger) {
    switch self {
    case .assigned(let partitions, let restoring):
      logger.info(
        "partitions assigned", metadata: ["partitions": "\(partitions)", "restoring": "\(restoring)"])
    case .restored(let partitions, let records):
      logger.info("contexts restored", metadata: ["partitions": "\(partitions)", "records": "\(records)"])
    case .waitingForTransaction(let partition):
      logger.info("waiting for an open transaction", metadata: ["partition": "\(partition)"])
    case .heldBack(let partition, let records, let duration):
      logger.warning(
        "an open transaction holds records back",
        metadata: [
          "partition": "\(partition)", "records": "\(records)", "seconds": "\(duration.components.seconds)",
          "hint": "its writer hangs; the cluster aborts it after the writer's transaction timeout",
        ])
    case .revoked(let lost):
      logger.info("partitions revoked", metadata: ["lost": "\(lost)"])
    case .committed(let batch):
      logger.debug(
        "batch committed",
        metadata: [
          "records": "\(batch.records)", "outputs": "\(batch.outputs)", "output.bytes": "\(batch.outputBytes)",
        ])
    case .rewound(let failure):
      logger.warning("batch rewound", metadata: failure.metadata)
    case .positionRefused(let failure):
      logger.info("position refused", metadata: failure.metadata)
    case .refused(let source, let offset, let substitute):
      logger.error(
        "the cluster does not take what a record leads to",
        metadata: [
          "topic": "\(source.topic)", "partition": "\(source.partition)", "offset": "\(offset)",
          "written.instead": "\(substitute.rawValue)",
        ])
    case .offsetGone(let gone, let policy):
      logger.error("position is not kept by the log", metadata: gone.metadata.merging(["policy": "\(policy)"]) { $1 })
    case .trouble(let failure):
      logger.warning("broker trouble", metadata: failure.metadata)
    case .ended(let end):
      end.record(to: logger)
    case .caughtUp, .transactionEnded: break
    }
  }
}

extension WorkerEnd {
  fileprivate func record(to logger: Logger) {
    switch self {
    case .stopped: logger.info("worker stopped")
    case .fenced(let failure): logger.error("another worker has this one's place", metadata: failure.metadata)
    case .failed(let failure): logger.error("the broker's client cannot go on", metadata: failure.metadata)
    case .offsetGone(let gone): logger.error("position is not kept by the log", metadata: gone.metadata)
    case .tooManyDeadLetters(let trip):
      logger.error(
        "too many records are rejected",
        metadata: [
          "dead.letters": "\(trip.deadLetters)", "window": "\(trip.window)", "keys": "\(trip.keys)",
          "hint": "nothing of this batch is committed; look at `heed dead-letters list` and at the last deployment",
        ])
    }
  }

  /// For a metric's label.
  var word: String {
    switch self {
    case .stopped: "stopped"
    case .fenced: "fenced"
    case .failed: "failed"
    case .tooManyDeadLetters: "breaker"
    case .offsetGone: "offset_gone"
    }
  }
}

extension OffsetGone {
  fileprivate var metadata: Logger.Metadata {
    [
      "topic": "\(source.topic)", "partition": "\(source.partition)", "position": "\(position)",
      "kept.from": "\(kept.lowerBound)", "kept.to": "\(kept.upperBound)",
    ]
  }
}

extension BrokerFailure {
  var metadata: Logger.Metadata {
    var metadata: Logger.Metadata = ["code": "\(code)", "reason": "\(reason)"]
    if let hint { metadata["hint"] = "\(hint)" }
    return metadata
  }
}
