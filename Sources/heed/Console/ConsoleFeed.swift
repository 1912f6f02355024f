import Console
import Events
import Foundation
import Kafka
import Logging
import Streams
import Synchronization
import Web

/// Reads the fleet's topics for the console: all partitions, as no group, from a bounded tail on. It commits nothing, joins nothing and writes
/// nothing, so it cannot disturb the fleet.
final class ConsoleFeed: Sendable {
  private let settings: Settings
  private let client: ClientSettings
  private let board: ConsoleBoard
  private let logger: Logger
  /// How many records of each partition are read back.
  private let tail: Int
  /// Tells who works where the workers are in this process; else the cluster is asked.
  private let workers: (@Sendable () -> [Workers.Worker])?
  private let isStopping = Mutex(false)

  init(
    _ settings: Settings, board: ConsoleBoard, tail: Int, logger: Logger,
    workers: (@Sendable () -> [Workers.Worker])? = nil
  ) throws {
    self.settings = settings
    self.board = board
    self.tail = tail
    self.logger = logger
    self.workers = workers
    client = try settings.client(logger: logger)
  }

  func stop() { isStopping.withLock { $0 = true } }

  /// Two threads: one reads, the other asks how far the group is, so that a slow answer never holds up what is shown.
  func start() -> (reading: Running<Result<Void, Failure>>, asking: Running<Void>) {
    (
      Running(name: "heed.console") {
        do { return .success(try self.read()) } catch let failure as Failure { return .failure(failure) } catch {
          return .failure(Failure(status: .internalFault, words: "\(error)"))
        }
      }, Running(name: "heed.progress") { self.ask() }
    )
  }

  private var isOver: Bool { isStopping.withLock { $0 } }

  /// What the fleet reads and what it decides; no other topic is looked at.
  private var topics: [String] {
    get throws {
      let catalogue = Catalogue(prefix: settings.text("topic.prefix"))
      let streams = [
        catalogue.events, catalogue.decisions, catalogue.resolutions, catalogue.insights, catalogue.deadLetters,
      ]
      return try (streams + settings.queues().map { catalogue.cases(queue: $0) }).map(\.name)
    }
  }

  private func read() throws {
    let names = try topics
    var reader = try reaching { try LogReader(client, group: "heed.console") }
    let partitions = try reaching { try reader.partitions(of: names, within: .seconds(15)) }
    let administration = try reaching { try TopicAdministration(client, timeout: .seconds(10)) }
    let starts = try partitions.map { source in
      let bounds = try administering { () throws(AdministrationError) in try administration.bounds(of: source) }
      let start = max(bounds.lowerBound, bounds.upperBound - Offset(tail))
      return ReadingStart(source, from: .offset(start))
    }
    try reaching { try reader.open(starts) }
    while !isOver {
      var records: [Record] = []
      var ends: [EndOfPartition] = []
      for event in reader.next(waiting: .milliseconds(200)) {
        switch event {
        case .record(let record): records.append(record)
        case .failed(let failure) where failure.isFatal:
          throw Failure(status: .brokerUnreachable, words: "the topics cannot be read any more: \(failure)")
        case .endOfPartition(let end): ends.append(end)
        case .failed, .assigned, .revoked: continue
        }
      }
      board.take(records)
      board.take(ends)
    }
  }

  private func ask() {
    let events = Catalogue(prefix: settings.text("topic.prefix")).events.name
    let group = settings.text("group.id")
    do {
      let administration = try TopicAdministration(client, timeout: .seconds(3))
      // Where the workers are in this process they are asked, and the cluster is not.
      let watch = workers == nil ? try GroupWatch(client, timeout: .seconds(3)) : nil
      var told = Workers.notAsked
      while !isOver {
        askProgress(administration, events, group)
        told = askWorkers(watch, events, group, before: told)
        Thread.sleep(forTimeInterval: 2)
      }
    } catch {
      logger.error("the group's progress is not known: no client for it", metadata: ["reason": "\(error)"])
    }
  }

  private func askProgress(_ administration: borrowing TopicAdministration, _ events: String, _ group: String) {
    do throws(AdministrationError) {
      guard let count = try administration.partitionCount(of: events) else { return }
      let partitions = (0..<count).map { TopicPartition(events, $0) }
      let committed = try administration.committed(of: group, in: partitions)
      let ends = try administration.ends(of: partitions)
      func byNumber(_ offsets: [TopicPartition: Offset]) -> [Int32: Offset] {
        Dictionary(uniqueKeysWithValues: offsets.map { ($0.key.partition, $0.value) })
      }
      board.take(ends: byNumber(ends), committed: byNumber(committed), at: .now)
    } catch {
      logger.warning("the cluster does not tell how far the group is", metadata: ["reason": "\(error)"])
    }
  }

  /// Asks who works. Said in the log once when it is not told, and not every two seconds: a cluster that does not know the request never will.
  private func askWorkers(
    _ watch: GroupWatch?, _ events: String, _ group: String, before: Workers
  ) -> Workers {
    let told = toldWorkers(watch, events, group)
    board.take(told)
    if case .notTold(let code) = told, told != before {
      logger.warning(
        "the cluster does not tell who is in the group", metadata: ["group": "\(group)", "code": "\(code)"])
    }
    return told
  }

  private func toldWorkers(_ watch: GroupWatch?, _ events: String, _ group: String) -> Workers {
    if let workers { return .told(workers(), at: .now) }
    guard let watch else { return .notAsked }
    do throws(AdministrationError) {
      return .told(try watch.members(of: group).map { Workers.Worker($0, events: events) }, at: .now)
    } catch {
      return .notTold(code: error.code)
    }
  }
}

extension Workers.Worker {
  /// A member of the group, with its partitions of the events.
  fileprivate init(_ member: GroupMember, events: String) {
    self.init(
      name: member.client, partitions: member.partitions.filter { $0.topic == events }.map(\.partition))
    instance = member.instance
    // Brokers write the address of a peer as Java does.
    host = member.host.hasPrefix("/") ? String(member.host.dropFirst()) : member.host
  }
}

extension AdministrationError {
  fileprivate var code: String {
    switch self {
    case .unanswered(let failure), .refused(_, let failure): failure.code
    }
  }
}

extension Timestamp {
  /// The time of day, to the millisecond.
  static var now: Timestamp { Timestamp(nanoseconds: Int64(Date().timeIntervalSince1970 * 1_000) * 1_000_000) }
}
