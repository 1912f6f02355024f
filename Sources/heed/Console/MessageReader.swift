import Console
import Events
import Foundation
import Kafka
import Logging
import Streams
import Web

/// Reads one message again, from where it stands, as no group: for a console whose policy lets somebody see it.
///
/// The words are not enough: whoever was erased since must not be shown, and the console knows of that only when it has read it. So after the
/// record the end of its partition is asked for, in which the erasure of the same customer would stand too, and the words are given only
/// when the console has read up to there.
struct MessageReader: Sendable {
  private static let patience: Duration = .seconds(5)

  let client: ClientSettings
  let board: ConsoleBoard
  let logger: Logger

  /// The message at `place`. Blocks a thread of its own, not the caller's.
  func message(at place: MessagePlace) async -> Result<RawMessage, RevealRefusal> {
    await Running<Result<RawMessage, RevealRefusal>>(name: "heed.reveal") {
      do throws(RevealRefusal) { return .success(try read(place)) } catch { return .failure(error) }
    }.value()
  }

  private func read(_ place: MessagePlace) throws(RevealRefusal) -> RawMessage {
    let (record, end): (Record?, Offset)
    do {
      (record, end) = (try self.record(at: place), try self.end(of: place.source))
    } catch {
      logger.warning("a message cannot be read again", metadata: ["reason": "\(error)"])
      throw .unreachable
    }
    guard let record, let message = RawMessage(record, at: place) else { throw .gone }
    let deadline = ContinuousClock.now + Self.patience
    while !board.hasRead(place.source, upTo: end) {
      guard .now < deadline else { throw .behind }
      Thread.sleep(forTimeInterval: 0.05)
    }
    return message
  }

  /// `nil` if the log does not keep it.
  private func record(at place: MessagePlace) throws -> Record? {
    var reader = try LogReader(client, group: "heed.console")
    try reader.open([ReadingStart(place.source, from: .offset(place.offset))])
    let deadline = ContinuousClock.now + Self.patience
    while .now < deadline {
      for event in reader.next(waiting: .milliseconds(100)) {
        switch event {
        // Where it is gone, reading begins at what is kept; one record is enough to know.
        case .record(let record): return record.offset == place.offset ? record : nil
        case .endOfPartition: return nil
        case .failed(let failure) where failure.isFatal: throw failure
        case .failed, .assigned, .revoked: continue
        }
      }
    }
    throw BrokerFailure(code: "_TIMED_OUT", reason: "the record did not come in time", hint: nil)
  }

  private func end(of source: TopicPartition) throws -> Offset {
    try TopicAdministration(client, timeout: Self.patience).ends(of: [source])[source] ?? 0
  }
}
