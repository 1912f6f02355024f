import Events
import Foundation
import Kafka
import Logging
import ServiceLifecycle
import Streams

/// Tells the fleet what time it is: an event in each partition of `heed.events.v1`, at every whole multiple of `clock.interval`.
///
/// Every process of the role intake does it. They say the same at the same moment, and who reads takes what is no news for a repeat; so there
/// is nobody whose death stops the clock.
final class ClockService: Service {
  private let settings: Settings
  private let logger: Logger
  private let interval: TimeInterval
  private let stopping = DispatchSemaphore(value: 0)

  /// `nil` if the clock is switched off.
  init?(_ settings: Settings, _ logger: Logger) {
    let interval = settings.duration("clock.interval")
    guard interval > .zero else { return nil }
    self.settings = settings
    self.logger = logger
    self.interval = interval / .seconds(1)
  }

  func run() async throws {
    let running = Running(name: "heed.clock") { self.tick() }
    await withGracefulShutdownHandler {
      await running.value()
    } onGracefulShutdown: {
      self.stopping.signal()
    }
  }

  private func tick() {
    do {
      var writer = try LogWriter(settings.client(logger: logger), timeout: .seconds(10))
      while true {
        let now = Date().timeIntervalSince1970
        let next = (now / interval).rounded(.down) * interval + interval
        guard stopping.wait(timeout: .now() + (next - now)) == .timedOut else { return }
        do throws(BrokerFailure) { try tell(Int64(next), &writer) } catch {
          // The next one says all that this one would have.
          logger.warning("the time was not told", metadata: ["code": "\(error.code)", "reason": "\(error.reason)"])
        }
      }
    } catch {
      logger.error("the time is not told: no client for it", metadata: ["reason": "\(error)"])
    }
  }

  private func tell(_ seconds: Int64, _ writer: inout LogWriter) throws(BrokerFailure) {
    let time = Timestamp(nanoseconds: seconds * 1_000_000_000)
    let event = Event(
      envelope: Envelope(
        id: "time/\(time.rfc3339)", source: "/heed/clock", type: EventType.timePassed.rawValue, time: time,
        partitionKey: broadcastKey), body: .timePassed)
    var headers = Headers()
    headers.append("content-type", "application/cloudevents+json")
    try writer.broadcast(
      OutgoingRecord(
        topic: settings.catalogue.events.name, key: Array(broadcastKey.utf8), headers: headers,
        value: EventEncoder.structured(event)))
    try writer.finish()
  }
}
