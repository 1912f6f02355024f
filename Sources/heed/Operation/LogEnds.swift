import Foundation
import Kafka
import Logging
import Streams
import Synchronization
import Worker

/// Asks the cluster again and again where the worker's partitions end, for lag and progress, and how much stands behind those
/// ends in transactions that are open.
///
/// With clients of its own on a thread of its own: so a slow answer never holds up the worker, and a partition that the
/// worker's client silently stops fetching is noticed.
final class LogEnds: Sendable {
  private let worker: FleetWorker
  private let stopping = DispatchSemaphore(value: 0)

  init(_ worker: FleetWorker) {
    self.worker = worker
  }

  func start() -> Running<Void> {
    Running(name: "heed.ends") { self.ask() }
  }

  func stop() {
    stopping.signal()
  }

  private func ask() {
    let interval = worker.settings.duration("telemetry.interval") / .seconds(1)
    do {
      let client = try worker.settings.client(logger: worker.logger)
      let stable = try TopicAdministration(client, timeout: .seconds(3))
      let written = try WrittenEnds(client, timeout: .seconds(3))
      repeat { askOnce(stable, written) } while stopping.wait(timeout: .now() + interval) == .timedOut
    } catch {
      worker.logger.error("lag is not known: no client for it", metadata: ["reason": "\(error)"])
    }
  }

  private func askOnce(_ stable: borrowing TopicAdministration, _ written: borrowing WrittenEnds) {
    // Without partitions one is asked for all the same, to know whether the cluster is there.
    let partitions = worker.telemetry.partitions
    let sources =
      partitions.isEmpty
      ? [TopicPartition(worker.inputs[0], 0)]
      : partitions.flatMap { partition in worker.inputs.map { TopicPartition($0, partition) } }
    do throws(AdministrationError) {
      // In this order: what is written now and still not stable a moment later is held back, whoever writes meanwhile.
      let written = try written.ends(of: sources)
      let begin = ContinuousClock.now
      let stable = try stable.ends(of: sources)
      let reports = worker.telemetry.sampled(
        byPartition(stable), written: byPartition(written), answerTime: begin.duration(to: .now))
      for report in reports { report.record(to: worker.logger) }
    } catch {
      worker.telemetry.unreachable()
    }
  }

  /// Several inputs are added up, as their positions are: a lane has one lag.
  private func byPartition(_ ends: [TopicPartition: Offset]) -> [Int32: Offset] {
    Dictionary(ends.map { ($0.key.partition, $0.value) }, uniquingKeysWith: +)
  }
}
