internal import Metrics
public import Streams
public import Logging

/// Something that happened in a worker and that operators want to know: it writes its own log line and its own metric, so that
/// the two never disagree. Nothing in it comes from a customer.
public enum WorkerReport: Sendable, Equatable {
  /// The group gave us partitions.
  case assigned(partitions: [Int32], restoring: Int)
  /// All contexts are read; decisions begin.
  case restored(partitions: [Int32])
  /// A table ends in a transaction that is still open; its end is waited for.
  case waitingForTransaction(partition: Int32)
  /// The group took the partitions.
  case revoked(lost: Bool)
  /// A batch is written.
  case committed(records: Int, outputs: Int, outputBytes: Int)
  /// A batch was not written and will be tried again.
  case rewound(BrokerFailure)
  /// A batch is written, but the group did not take its position: it may be repeated by whoever gets the partitions.
  case positionRefused(BrokerFailure)
  /// The client reports trouble it is dealing with.
  case trouble(BrokerFailure)

  /// Writes the line and counts.
  public func record(to logger: Logger) {
    switch self {
    case .assigned(let partitions, let restoring):
      logger.info(
        "partitions assigned",
        metadata: ["partitions": "\(partitions)", "restoring": "\(restoring)"])
      Counter(label: "heed_rebalances_total", dimensions: [("kind", "assigned")]).increment()
    case .restored(let partitions):
      logger.info("contexts restored", metadata: ["partitions": "\(partitions)"])
    case .waitingForTransaction(let partition):
      logger.info("waiting for an open transaction", metadata: ["partition": "\(partition)"])
    case .revoked(let lost):
      logger.info("partitions revoked", metadata: ["lost": "\(lost)"])
      Counter(label: "heed_rebalances_total", dimensions: [("kind", lost ? "lost" : "revoked")]).increment()
    case .committed(let records, let outputs, let outputBytes):
      logger.debug(
        "batch committed",
        metadata: ["records": "\(records)", "outputs": "\(outputs)", "output.bytes": "\(outputBytes)"])
      Counter(label: "heed_commits_total").increment()
      Counter(label: "heed_records_total").increment(by: records)
      Counter(label: "heed_outputs_total").increment(by: outputs)
      Counter(label: "heed_output_bytes_total").increment(by: outputBytes)
    case .rewound(let failure):
      logger.warning("batch rewound", metadata: failure.metadata)
      Counter(label: "heed_rewinds_total", dimensions: [("code", failure.code)]).increment()
    case .positionRefused(let failure):
      logger.info("position refused", metadata: failure.metadata)
      Counter(label: "heed_positions_refused_total", dimensions: [("code", failure.code)]).increment()
    case .trouble(let failure):
      logger.warning("broker trouble", metadata: failure.metadata)
      Counter(label: "heed_broker_troubles_total", dimensions: [("code", failure.code)]).increment()
    }
  }
}

extension BrokerFailure {
  var metadata: Logger.Metadata {
    var metadata: Logger.Metadata = ["code": "\(code)", "reason": "\(reason)"]
    if let hint { metadata["hint"] = "\(hint)" }
    return metadata
  }
}
