import Events
import Foundation
import Glibc
import Kafka
import Testing

/// Workers as processes against a broker, compared with the filter over the same log.
@Suite(.serialized) struct FleetTests {
  @Test(arguments: [1, 3]) func theFleetWritesWhatTheFilterWrites(workers: Int) throws {
    let events = try demoEvents()
    let fleet = try Fleet.onEmbeddedBroker()
    defer { fleet.end() }
    try fleet.produce(events)
    for _ in 0..<workers { try fleet.startWorker() }
    let expected = try triaged(events)
    let written = try fleet.outputs(until: Set(expected))
    #expect(Set(written) == Set(expected))
    #expect(try fleet.stopWorkers() == Array(repeating: 0, count: workers))
  }

  /// At-least-once: a repeat carries the same id and bytes, and nothing is lost.
  @Test func aKilledWorkerLosesNothing() throws {
    let events = try demoEvents()
    let fleet = try Fleet.onEmbeddedBroker()
    defer { fleet.end() }
    for _ in 0..<2 { try fleet.startWorker() }
    for part in stride(from: 0, to: events.count, by: 300) {
      try fleet.produce(Array(events[part..<min(part + 300, events.count)]))
      if part > 0 { try fleet.killAndReplaceWorker() }
    }
    let expected = try triaged(events)
    #expect(Set(try fleet.outputs(until: Set(expected))) == Set(expected))
  }

  /// Exactly once, where there is a broker that can: set KAFKA_BOOTSTRAP.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["KAFKA_BOOTSTRAP"] != nil))
  func killedWorkersLoseNothingAndRepeatNothing() throws {
    let events = try demoEvents()
    let fleet = try Fleet.onCluster(ProcessInfo.processInfo.environment["KAFKA_BOOTSTRAP"]!)
    defer { fleet.end() }
    for _ in 0..<3 { try fleet.startWorker() }
    for part in stride(from: 0, to: events.count, by: 150) {
      try fleet.produce(Array(events[part..<min(part + 150, events.count)]))
      usleep(700_000)  // Lets the workers get in the middle of it.
      try fleet.killAndReplaceWorker()
    }
    let expected = try triaged(events)
    let written = try fleet.outputs(until: Set(expected))
    #expect(written.count == expected.count)
    #expect(Set(written) == Set(expected))
  }

  @Test func aWorkerWithoutItsTopicsSaysSo() throws {
    let fleet = try Fleet.onEmbeddedBroker()
    defer { fleet.end() }
    let result = try Program.run(["worker", "--bootstrap", fleet.bootstrap, "--set", "topic.prefix=other."])
    #expect(result.status == 78)
    #expect(result.complaint.contains("heed topics apply"))
  }

  @Test func aWorkerWithoutABrokerSaysSo() throws {
    let result = try Program.run(["worker", "--bootstrap", "127.0.0.1:1"])
    #expect(result.status == 75)
  }
}

/// A broker and some workers.
final class Fleet {
  let bootstrap: String
  private let broker: Process?
  private let prefix: String
  private let guarantee: String
  private var workers: [(name: String, process: Process)] = []
  private var scratch: [Scratch] = []
  private var count = 0

  private init(_ bootstrap: String, broker: Process?, prefix: String, guarantee: String) {
    self.bootstrap = bootstrap
    self.broker = broker
    self.prefix = prefix
    self.guarantee = guarantee
  }

  static func onEmbeddedBroker() throws -> Fleet {
    let files = try Scratch()
    let process = try Program.start(["dev-broker", "--address-file", files.url("address").path()], files: files)
    let address = try waiting(60, for: "the embedded broker") {
      let text = (try? String(contentsOf: files.url("address"), encoding: .utf8)) ?? ""
      return text.hasSuffix("\n") ? text.trimmingCharacters(in: .newlines) : nil
    }
    let fleet = Fleet(address, broker: process, prefix: "heed.", guarantee: "at_least_once")
    fleet.scratch.append(files)
    return fleet
  }

  static func onCluster(_ bootstrap: String) throws -> Fleet {
    let fleet = Fleet(
      bootstrap, broker: nil, prefix: "heed-test-\(UUID().uuidString.prefix(8)).", guarantee: "exactly_once")
    let applied = try Program.run(["topics", "apply"] + fleet.options)
    try #require(applied.status == 0, "\(applied.complaint)")
    return fleet
  }

  private var options: [String] { ["--bootstrap", bootstrap, "--set", "topic.prefix=\(prefix)"] }

  func produce(_ lines: [[UInt8]]) throws {
    let result = try Program.run(["produce"] + options, input: joined(lines))
    try #require(result.status == 0, "\(result.complaint)")
  }

  func startWorker(named name: String? = nil) throws {
    count += 1
    let name = name ?? "w\(count)"
    let files = try Scratch()
    scratch.append(files)
    var arguments = ["worker"] + options
    let sets =
      [
        "processing.guarantee=\(guarantee)", "group.id=\(prefix)triage", "session.timeout=6s", "drain.timeout=4s",
        "transaction.timeout=5s", "delivery.timeout=5s", "batch.delay=20ms",
      ] + (guarantee == "exactly_once" ? ["group.instance.id=\(name)"] : [])
    for set in sets { arguments += ["--set", set] }
    workers.append((name, try Program.start(arguments, files: files)))
  }

  func killAndReplaceWorker() throws {
    let victim = workers.removeFirst()
    kill(victim.process.processIdentifier, SIGKILL)
    victim.process.waitUntilExit()
    try startWorker(named: victim.name)
  }

  func stopWorkers() throws -> [Int32] {
    for worker in workers { worker.process.terminate() }
    defer { workers = [] }
    return workers.map { worker in
      worker.process.waitUntilExit()
      return worker.process.terminationStatus
    }
  }

  /// What stands in the output topics once all of `expected` does.
  func outputs(until expected: Set<[UInt8]>) throws -> [[UInt8]] {
    var written: [[UInt8]] = []
    _ = try waiting(120, for: "the outputs") { () -> Bool? in
      let result = try Program.run(["consume"] + options)
      written = lines(result.output)
      return expected.isSubset(of: Set(written)) ? true : nil
    }
    return written
  }

  func end() {
    _ = try? stopWorkers()
    broker?.terminate()
    broker?.waitUntilExit()
    if broker == nil, let client = try? ClientSettings(bootstrapServers: bootstrap),
      let administration = try? TopicAdministration(client), let topics = try? administration.topics()
    {
      try? administration.delete(topics.map(\.name).filter { $0.hasPrefix(prefix) })
    }
  }
}

private struct TimedOut: Error {
  let what: String
}

/// Asks again and again until there is an answer.
private func waiting<Value>(_ seconds: Int, for what: String, _ answer: () throws -> Value?) throws -> Value {
  let deadline = ContinuousClock.now + .seconds(seconds)
  while ContinuousClock.now < deadline {
    if let value = try answer() { return value }
    usleep(50_000)
  }
  throw TimedOut(what: what)
}
