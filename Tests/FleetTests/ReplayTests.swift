import Events
import Foundation
import Glibc
import Kafka
import Streams
import Testing

/// `heed replay` as processes on the embedded broker, compared with the filter over the same log.
@Suite(.serialized) struct ReplayTests {
  @Test(arguments: [1, 2, 4]) func anyNumberOfProcessesGivesTheLiveBytes(processes: Int) throws {
    let backfill = try Backfill()
    let expected = try backfill.produce(try demoEvents())
    let running = try (0..<processes).map { _ in try backfill.start() }
    for process in running {
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    #expect(Set(try backfill.written()) == Set(expected))
    #expect(try backfill.written(under: "heed.").isEmpty, "nothing is written where customers are answered from")
  }

  @Test func whatIsKilledOrStoppedGoesOn() throws {
    let backfill = try Backfill()
    let expected = try backfill.produce(try demoEvents())
    let slow = ["--throttle", "100"]
    let killed = try backfill.start(slow)
    _ = try waiting(for: "a part of it") { try backfill.written().count > 20 ? true : nil }
    kill(killed.processIdentifier, SIGKILL)
    killed.waitUntilExit()
    let stopped = try backfill.start(slow)
    let before = try backfill.written().count
    _ = try waiting(for: "another part of it") { try backfill.written().count > before + 10 ? true : nil }
    stopped.terminate()
    stopped.waitUntilExit()
    #expect(stopped.terminationStatus == 0)
    #expect(Set(try backfill.written()) != Set(expected), "it was in the middle of it")
    let last = try backfill.start()
    last.waitUntilExit()
    #expect(last.terminationStatus == 0)
    #expect(Set(try backfill.written()) == Set(expected))
  }

  @Test func whatFollowsDecidesWhatComesUntilItIsStopped() throws {
    let backfill = try Backfill()
    let events = try demoEvents()
    _ = try backfill.produce(Array(events.prefix(300)))
    let shadow = try backfill.start(["--follow"])
    _ = try waiting(for: "what was there") { try backfill.written().count > 50 ? true : nil }
    _ = try backfill.produce(Array(events.dropFirst(300)))
    let expected = Set(try triaged(events))
    _ = try waiting(for: "what came") { Set(try backfill.written()) == expected ? true : nil }
    #expect(shadow.isRunning)
    shadow.terminate()
    shadow.waitUntilExit()
    #expect(shadow.terminationStatus == 0)
  }

  @Test func aRangeOfTimesGivesItsRecordsOnWarmContexts() throws {
    let backfill = try Backfill()
    let all = try backfill.produce(try demoEvents())
    let (from, until) = ("2026-11-02T00:00:00Z", "2026-11-04T00:00:00Z")
    let expected = all.filter { line in
      guard let event = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any],
        let time = event["time"] as? String
      else { return false }
      return from <= time && time < until
    }
    try #require(expected.count > 20 && expected.count < all.count)
    let process = try backfill.start(["--from", from, "--for", "2d"])
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(Set(try backfill.written()) == Set(expected))
    let other = try backfill.run(["replay", "--from", from, "--for", "3d"])
    #expect(other.status == 78 && other.complaint.contains("another backfill"))
  }

  @Test func aDryRunSaysWhatWouldBeDoneAndDoesNothing() throws {
    let backfill = try Backfill()
    _ = try backfill.produce(Array(try demoEvents().prefix(200)))
    let plan = try backfill.run(["replay", "--dry-run"])
    let words = String(decoding: plan.output, as: UTF8.self)
    #expect(plan.status == 0)
    for part in ["heed.events.v1, 4 partitions", "the whole log", "heed-replay.decisions.v1", "nothing was written"] {
      #expect(words.contains(part), "\(words)")
    }
    #expect(try backfill.written().isEmpty)
    #expect(try backfill.group().isEmpty)
  }

  @Test(arguments: ["heed.", "heed.replay.", "shop.", "heed-replay", "HEED-replay."])
  func aPrefixThatCouldReachSomebodyIsRefused(prefix: String) throws {
    let result = try Program.run(["replay", "--into", prefix])
    #expect(result.status == 2 && result.complaint.contains("--into"), "\(result.complaint)")
  }

  @Test(arguments: [
    ["--set", "group.id=heed-replay"], ["--set", "topic.prefix=heed-replay."], ["--set", "topic.prefix=my-replay."],
    ["--throttle", "1"], ["--follow", "--last", "7d"], ["--follow", "--dry-run"], ["--from", "yesterday"],
    ["--last", "7d", "--from", "2026-11-02T00:00:00Z"], ["--for", "2d"],
    ["--offsets", "1:5-2"], ["--from", "2026-11-02T00:00:00Z", "--until", "2026-11-01T00:00:00Z"],
  ]) func whatMakesNoSenseIsRefused(arguments: [String]) throws {
    #expect(try Program.run(["replay"] + arguments).status == 2)
  }

  @Test func topicsThatAreMissingAreNamed() throws {
    let backfill = try Backfill()
    let result = try backfill.run(["replay", "--into", "other-replay."])
    #expect(result.status == 78 && result.complaint.contains("heed topics apply --set topic.prefix=other-replay."))
  }

  /// From topics as from files: what the fleet recorded is derived again.
  @Test func whatTheFleetWroteIsVerified() throws {
    let backfill = try Backfill()
    let expected = try backfill.produce(Array(try demoEvents().prefix(300)))
    let fleet = Fleet.onBroker(at: backfill.broker.bootstrapServers)
    defer { fleet.end() }
    try fleet.startWorker()
    #expect(Set(try fleet.outputs(until: Set(expected))) == Set(expected))
    #expect(try fleet.stopWorkers() == [0])
    let result = try fleet.run(["verify"])
    #expect(result.status == 0, "\(result.complaint) \(String(decoding: result.output, as: UTF8.self))")
  }
}

/// An embedded broker with live topics and those of a backfill.
private final class Backfill {
  let broker: EmbeddedBroker
  private var files: [Scratch] = []
  private var processes: [Process] = []

  init() throws {
    broker = try EmbeddedBroker()
    for prefix in ["heed.", "heed-replay."] {
      let plan = try Program.run(["topics", "plan", "--set", "topic.prefix=\(prefix)"])
      for line in lines(plan.output) {
        let name = String(decoding: line, as: UTF8.self).prefix { $0 != " " }
        try broker.createTopic(String(name), partitions: 4)
      }
    }
  }

  deinit { for process in processes where process.isRunning { kill(process.processIdentifier, SIGKILL) } }

  private var options: [String] {
    [
      "--bootstrap", broker.bootstrapServers, "--set", "processing.guarantee=at_least_once", "--set",
      "log.level=warning",
    ]
  }

  /// Puts the events on the live topic, and gives what the filter makes of them.
  func produce(_ events: [[UInt8]]) throws -> [[UInt8]] {
    let result = try Program.run(["produce", "--bootstrap", broker.bootstrapServers], input: joined(events))
    try #require(result.status == 0, "\(result.complaint)")
    return try triaged(events)
  }

  func start(_ arguments: [String] = []) throws -> Process {
    let scratch = try Scratch()
    files.append(scratch)
    let sessions = ["session.timeout=8s", "drain.timeout=6s", "transaction.timeout=5s", "delivery.timeout=5s"]
    let process = try Program.start(
      ["replay"] + options + sessions.flatMap { ["--set", $0] } + arguments, files: scratch)
    processes.append(process)
    return process
  }

  func run(_ arguments: [String]) throws -> (status: Int32, output: [UInt8], complaint: String) {
    try Program.run(arguments + options)
  }

  func written(under prefix: String = "heed-replay.") throws -> [[UInt8]] {
    lines(try Program.run(["consume"] + options + ["--set", "topic.prefix=\(prefix)"]).output)
  }

  /// What the group of the backfill has committed.
  func group() throws -> [TopicPartition: Offset] {
    let administration = try TopicAdministration(ClientSettings(bootstrapServers: broker.bootstrapServers))
    return try administration.committed(of: "heed-replay", in: (0..<4).map { TopicPartition("heed.events.v1", $0) })
  }
}
