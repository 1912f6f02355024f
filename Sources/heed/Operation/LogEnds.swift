import Events
import Foundation
import Kafka
import Logging
import Streams
import Synchronization
import Worker

/// Asks the cluster again and again where the worker's partitions end, for lag and progress.
///
/// With a client of its own on a thread of its own: so a slow answer never holds up the worker, and a partition that the
/// worker's client silently stops fetching is noticed.
final class LogEnds: Sendable {
  private let worker: TriageWorker
  private let stopping = DispatchSemaphore(value: 0)

  init(_ worker: TriageWorker) {
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
    let administration: TopicAdministration
    do {
      let client = try worker.settings.client(logger: worker.logger)
      administration = try TopicAdministration(client, timeout: .seconds(3))
    } catch {
      return worker.logger.error("lag is not known: no client for it", metadata: ["reason": "\(error)"])
    }
    repeat { askOnce(administration) } while stopping.wait(timeout: .now() + interval) == .timedOut
  }

  private func askOnce(_ administration: borrowing TopicAdministration) {
    let topic = Catalogue(prefix: worker.settings.text("topic.prefix")).events.name
    // Without partitions one is asked for all the same, to know whether the cluster is there.
    let partitions = worker.telemetry.partitions
    let begin = ContinuousClock.now
    do throws(AdministrationError) {
      let ends = try administration.ends(of: (partitions.isEmpty ? [0] : partitions).map { TopicPartition(topic, $0) })
      worker.telemetry.sampled(
        Dictionary(uniqueKeysWithValues: ends.map { ($0.key.partition, $0.value) }),
        answerTime: begin.duration(to: .now))
    } catch {
      worker.telemetry.unreachable()
    }
  }
}
