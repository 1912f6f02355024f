import ArgumentParser
import CCopyLoop
import Events
import Foundation
import Kafka
import Logging
import Streams
import Triage
import Worker

/// How a worker did, from when it has read all contexts until it has committed what it should.
struct WorkerMeasurement: Codable {
  var work: Measurement
  /// From being assigned to having read all contexts.
  var restoreSeconds: Double
  var restoreCPUSeconds: Double
  /// Records of the table that were read.
  var restored: Int
  /// Memory that the contexts take once they are read, in bytes.
  var restoredBytes: Int
  /// From the time in the envelope of an event to the end of its commit, in milliseconds.
  var latencyMedian: Double
  var latencyP99: Double
}

/// A worker as `heed worker` runs it, without its ops endpoints, until it has committed so many events.
struct WorkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "work", shouldDisplay: false)

  @Argument var bootstrap: String
  @Argument var prefix: String
  /// Ends after so many events; 0 ends when all contexts are read.
  @Argument var events: Int
  @Option var delay: Int?
  /// Writes a line each so many events.
  @Option var progress = Int.max
  /// Latencies are measured after so many events: who writes down each of them grows with them.
  @Option var warmUp = Int.max
  @Flag var exactlyOnce = false

  func run() throws {
    let catalogue = Catalogue(prefix: prefix)
    let processor = TriageProcessor(pipeline: try .shipped(), catalogue: catalogue, group: prefix + "triage")
    let broker = try KafkaBroker(
      KafkaBrokerSettings(
        client: try ClientSettings(bootstrapServers: bootstrap, log: { if $0.level < 4 { print($0.message) } }),
        // The embedded broker answers an empty fetch only when its wait is over.
        consumer: ConsumerSettings(group: prefix + "triage", fetchWaitMax: .milliseconds(5)),
        producer: ProducerSettings(compression: .none),
        guarantee: exactlyOnce ? .exactlyOnce(transactionalID: prefix + "triage") : .atLeastOnce),
      subscribingTo: [catalogue.events.name])
    var logger = Logger(label: "bench")
    logger.logLevel = .error
    var loop = WorkerLoop(
      processor: processor, broker: broker,
      limits: delay.map { BatchLimits(delay: .milliseconds($0)) } ?? BatchLimits(),
      telemetry: WorkerTelemetry(), logger: logger)
    let stop = StopSignal()
    var watch = Watch(command: self, stop: stop)
    let end = loop.run(until: stop) { watch.took($0) }
    guard end == .stopped, let result = watch.result else { throw WorkerEnded(words: "\(end)") }
    try Child.say(result)
  }
}

struct WorkerEnded: Error {
  let words: String
}

/// Follows a worker's reports.
private struct Watch {
  let command: WorkCommand
  let stop: StopSignal
  private(set) var result: WorkerMeasurement?
  private var assigned: (start: Measurement.Start, bytes: Int)?
  private var restored: (start: Measurement.Start, records: Int, bytes: Int)?
  private var committed = 0
  private var latencies: [Double] = []

  init(command: WorkCommand, stop: StopSignal) {
    self.command = command
    self.stop = stop
  }

  mutating func took(_ report: WorkerReport) {
    switch report {
    case .assigned: assigned = (.init(), Memory.resident)
    case .restored(_, let records):
      let start = Measurement.Start()
      if command.events == 0 { give_back_free_memory() }
      restored = (start, records, Memory.resident - (assigned?.bytes ?? 0))
      if command.events == 0 { finish() }
    case .committed(let batch): took(batch)
    default: break
    }
  }

  private mutating func took(_ batch: CommittedBatch) {
    let now = Date().timeIntervalSince1970 * 1_000
    if committed >= command.warmUp { latencies += batch.timestamps.map { now - Double($0) } }
    if committed / command.progress != (committed + batch.records) / command.progress {
      print(Memory.resident)
      fflush(nil)
    }
    committed += batch.records
    if committed >= command.events { finish() }
  }

  private mutating func finish() {
    guard result == nil, let assigned, let restored else { return }
    result = WorkerMeasurement(
      work: Measurement(messages: max(1, committed), since: restored.start),
      restoreSeconds: (restored.start.clock - assigned.start.clock) / .seconds(1),
      restoreCPUSeconds: restored.start.cpu - assigned.start.cpu,
      restored: restored.records, restoredBytes: restored.bytes,
      latencyMedian: latencies.isEmpty ? 0 : latencies.median,
      latencyP99: latencies.isEmpty ? 0 : latencies.percentile(99))
    stop.raise()
  }
}
