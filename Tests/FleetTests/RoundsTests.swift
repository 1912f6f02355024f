import Foundation
import Glibc
import Testing

/// Worker processes under load are killed, stopped for longer than their sessions last, replaced and restarted, on a schedule
/// that a seed decides; then what a reader of committed records gets is compared with the filter over the same log.
///
/// On the embedded broker it is the at-least-once promise; with `KAFKA_BOOTSTRAP` also exactly-once, on that cluster.
/// `make test-fleet ROUNDS=12 SEED=7` runs it for longer.
@Suite(.serialized) struct RoundsTests {
  private static let environment = ProcessInfo.processInfo.environment
  private let seed = environment["HEED_SEED"].flatMap(UInt64.init) ?? 1
  private let workers = 3

  private func rounds(_ kinds: Int) -> Int { Self.environment["HEED_ROUNDS"].flatMap(Int.init) ?? kinds }

  @Test func atLeastOnceNothingIsLostAndRepeatsAreTheSame() throws {
    let fleet = try Fleet.onEmbeddedBroker()
    defer { fleet.end() }
    // Nobody takes a place there: without static members and fencing a second one is just one more.
    let misfortunes: [Schedule.Misfortune] = [.kill, .pause, .restart]
    let (written, expected) = try play(fleet, misfortunes)
    #expect(Set(written) == Set(expected))
    let ids = Dictionary(grouping: Set(written)) { id(of: $0) }
    #expect(ids.values.allSatisfy { $0.count == 1 }, "a repeat has the same bytes")
    expectSameOrder(written, expected)
  }

  @Test(.enabled(if: environment["KAFKA_BOOTSTRAP"] != nil))
  func exactlyOnceNothingIsLostAndNothingIsRepeated() throws {
    let fleet = try Fleet.onCluster(Self.environment["KAFKA_BOOTSTRAP"]!)
    defer { fleet.end() }
    let (written, expected) = try play(fleet, Schedule.Misfortune.allCases)
    #expect(written.count == expected.count)
    #expect(sorted(written) == sorted(expected))
    expectSameOrder(written, expected)
  }

  /// Gives what was written and what should be.
  private func play(
    _ fleet: Fleet, _ misfortunes: [Schedule.Misfortune]
  ) throws -> (written: [[UInt8]], expected: [[UInt8]]) {
    let schedule = Schedule(seed: seed, rounds: rounds(misfortunes.count), workers: workers, of: misfortunes)
    let events = try demoEvents()
    let expected = try triaged(events)
    try #require(expected.count > 100)
    for _ in 0..<workers { try fleet.startWorker() }
    _ = try waiting(for: "every worker's assignment") { try fleet.areAllAssigned() ? true : nil }
    for (index, round) in schedule.rounds.enumerated() {
      let share = events.count * index / schedule.rounds.count..<events.count * (index + 1) / schedule.rounds.count
      try play(round, on: fleet, Array(events[share]))
      // Out of its place or fenced after it stood still, a worker ends by itself; 0 would be one that nobody asked.
      #expect(try fleet.superviseOnce().allSatisfy { [70, 77].contains($0) })
    }
    _ = try waiting(for: "everything written") { () -> Bool? in
      #expect(try fleet.superviseOnce().allSatisfy { [70, 77].contains($0) })
      return Set(expected).isSubset(of: try fleet.outputs()) ? true : nil
    }
    #expect(try fleet.endsOfTheReplaced().allSatisfy { [70, 77].contains($0) })
    let ends = try fleet.stopWorkers()
    #expect(ends == Array(repeating: 0, count: workers))
    // Only now, when nobody is left to write anything more.
    return (try fleet.outputs(), expected)
  }

  /// The events come in pieces before, while and after the misfortune happens.
  private func play(_ round: Schedule.Round, on fleet: Fleet, _ events: [[UInt8]]) throws {
    let pieces = (0..<6).map { Array(events[events.count * $0 / 6..<events.count * ($0 + 1) / 6]) }
    try fleet.produce(pieces[0])
    usleep(UInt32(round.delayMilliseconds) * 1_000)
    try fleet.produce(pieces[1])
    switch round.misfortune {
    case .kill: try fleet.crash(round.worker)
    case .restart:
      // 70 if the drain took too long, as it may while the group waits for another one: what was open comes again. 77 if it stood still
      // in the round before and was about to end by itself.
      let status = try fleet.restart(round.worker)
      #expect([0, 70, 77].contains(status))
    case .pause, .replace: fleet.suspend(round.worker)
    }
    try fleet.produce(pieces[2])
    if round.misfortune == .replace { try fleet.replace(round.worker) }
    try fleet.produce(pieces[3])
    if round.misfortune == .pause || round.misfortune == .replace {
      // This wait is the thing under test: longer than `session.timeout`.
      usleep(10_000_000)
      try fleet.produce(pieces[4])
      fleet.resume()
    } else {
      try fleet.produce(pieces[4])
    }
    try fleet.produce(pieces[5])
  }

  // MARK: Comparing

  /// In the order of each ticket's records in each topic, which is the order that a topic can show. That a customer's tickets were
  /// decided in their order is in the bytes: each decision carries the digest of the one before it.
  ///
  /// At least once, a commit of which a record failed is written again whole, and what it left behind stands before: after a pause
  /// within a commit a topic may hold 2, 3, 1, 2, 3. So of what is there more than once some places must be in order, not the first ones.
  private func expectSameOrder(_ written: [[UInt8]], _ expected: [[UInt8]]) {
    let (written, expected) = (
      Dictionary(grouping: written, by: lane(of:)), Dictionary(grouping: expected, by: lane(of:))
    )
    #expect(expected.values.contains { $0.count > 2 }, "there is an order to keep")
    #expect(Set(written.keys) == Set(expected.keys))
    for (lane, lines) in expected {
      let (ids, wanted) = (written[lane, default: []].map(id(of:)), lines.map(id(of:)))
      #expect(isSubsequence(wanted, of: ids), "\(lane): \(ids)")
    }
  }

  private func isSubsequence(_ wanted: [String], of ids: [String]) -> Bool {
    var rest = wanted[...]
    for id in ids where id == rest.first { rest.removeFirst() }
    return rest.isEmpty
  }

  private func object(_ line: [UInt8]) -> [String: Any] {
    (try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]) ?? [:]
  }

  private func id(of line: [UInt8]) -> String { object(line)["id"] as? String ?? "?" }

  /// The topic and key of a line: cases have a topic for each queue.
  private func lane(of line: [UInt8]) -> String {
    let object = object(line)
    let queue = (object["data"] as? [String: Any])?["queue"] as? String ?? ""
    return [object["type"] as? String ?? "?", queue, object["subject"] as? String ?? "?"].joined(separator: " ")
  }

  private func sorted(_ lines: [[UInt8]]) -> [[UInt8]] { lines.sorted { $0.lexicographicallyPrecedes($1) } }
}
