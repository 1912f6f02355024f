import Events
import Foundation
import Glibc
import Kafka
import Streams
import Testing
import Worker
import TestSupport

@testable import heed

/// What an operator meets: endpoints, ends with their statuses, dead letters, a cluster that is away.
@Suite(.serialized) struct OperationTests {
  @Test func theEndpointsShowWhatTheReferenceTells() throws {
    let fleet = try Fleet.onEmbeddedBroker()
    defer { fleet.end() }
    let events = try demoEvents().prefix(150)
    try fleet.produce(Array(events))
    try fleet.startWorker(set: ["ops.address=127.0.0.1:0", "log.format=json", "telemetry.interval=1s"])
    let port = try fleet.opsPort()
    _ = try waiting(for: "ready") { try get("/ready", port).status == 200 ? true : nil }
    #expect(try get("/live", port).status == 200)
    let text = try waiting(for: "every event counted") { () -> String? in
      let text = try get("/metrics", port).body
      return text.contains("heed_partition_lag_records{") && text.contains("heed_decisions_total{") ? text : nil
    }
    let reference = String(decoding: try Program.run(["metrics"]).output, as: UTF8.self)
    let names = text.split(separator: "\n").filter { $0.hasPrefix("# TYPE ") }.map { $0.split(separator: " ")[2] }
    #expect(names.count > 20)
    for name in names { #expect(reference.contains("\(name)  (")) }
    #expect(text.contains("heed_info{version="))
    #expect(try fleet.stopWorkers() == [0])
    // JSON logs: every line of the worker is an object with a time, a level and a message.
    let lines = try fleet.workerLogs().split(separator: "\n")
    #expect(lines.count > 3)
    for line in lines {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      #expect(["time", "level", "message"].allSatisfy { object?[$0] is String }, "\(line)")
    }
  }

  @Test func aSystemicFaultStopsBeforeTheDeadLettersFill() throws {
    let fleet = try Fleet.onEmbeddedBroker()
    defer { fleet.end() }
    try fleet.produce((0..<400).map { Array("no event \($0)".utf8) })
    // The delay is long, so that only the number of records ends a batch, however slow the machine is.
    try fleet.startWorker(set: ["breaker.window=100", "breaker.share=20", "batch.records=7", "batch.delay=10s"])
    #expect(try fleet.waitForWorkers() == [65])
    #expect(try fleet.workerLogs().contains("heed dead-letters list"))
    let letters = try fleet.run(["dead-letters", "list", "--limit", "1000"])
    // Two batches of 7 fit below 20.
    #expect(lines(letters.output).count == 1 + 14)
  }

  @Test func deadLettersAreListedWithoutTheirTextAndPutBackOnce() throws {
    let fleet = try Fleet.onEmbeddedBroker()
    defer { fleet.end() }
    try fleet.produce([Array("{\"specversion\":\"1.0\",\"secret\":".utf8), Array("[1]".utf8)])
    try fleet.startWorker()
    _ = try waiting(for: "two dead letters") {
      lines(try fleet.run(["dead-letters", "list"]).output).count == 3 ? true : nil
    }
    let listed = try fleet.run(["dead-letters", "list", "--json", "--code", "truncated"])
    #expect(lines(listed.output).count == 1)
    let object = try JSONSerialization.jsonObject(with: Data(listed.output)) as? [String: Any]
    #expect(object?["code"] as? String == "truncated" && object?["offset"] is Int && object?["redriven"] as? Int == 0)
    #expect(!String(decoding: listed.output, as: UTF8.self).contains("secret"))
    let revealed = try fleet.run(["dead-letters", "list", "--reveal"])
    #expect(String(decoding: revealed.output, as: UTF8.self).contains("secret"))

    let dry = try fleet.run(["dead-letters", "redrive", "--dry-run"])
    #expect(String(decoding: dry.output, as: UTF8.self).contains("2 would be put back"))
    for expected in ["2 put back", "0 put back"] {
      let redriven = try fleet.run(["dead-letters", "redrive", "--limit", "2"])
      #expect(redriven.status == 0)
      #expect(String(decoding: redriven.output, as: UTF8.self).hasPrefix(expected))
      // They are rejected again, now with a count.
      let again = try waiting(for: "rejected again") { () -> [[UInt8]]? in
        let all = lines(try fleet.run(["dead-letters", "list", "--json"]).output)
        return all.count == 4 ? all : nil
      }
      #expect(again.filter { String(decoding: $0, as: UTF8.self).contains("\"redriven\":1") }.count == 2)
      if expected == "2 put back" {
        // The two new ones may be put back as well, unless that was too often.
        let worn = try fleet.run(["dead-letters", "redrive", "--max-times", "1"])
        #expect(String(decoding: worn.output, as: UTF8.self).hasPrefix("0 put back, 2 left"))
      }
    }
  }

  /// A malformed record whose dead letter is too large as well: its neighbours are decided, and its place is told.
  @Test func aRecordThatTheClusterDoesNotTakeIsPassed() throws {
    let fleet = try Fleet.onEmbeddedBroker()
    defer { fleet.end() }
    let events = Array(try demoEvents().prefix(120))
    let huge = Array("{\"huge\":\"\(String(repeating: "x", count: 40_000))".utf8)
    try fleet.produce(Array(events[..<60]) + [huge] + Array(events[60...]))
    try fleet.startWorker(set: ["librdkafka.message.max.bytes=30000"])
    let expected = try triaged(events)
    #expect(Set(try fleet.outputs(until: Set(expected))).isSuperset(of: expected))
    let letters = try waiting(for: "the dead letter") { () -> [[UInt8]]? in
      let found = lines(try fleet.run(["dead-letters", "list", "--json"]).output)
      return found.isEmpty ? nil : found
    }
    #expect(letters.count == 1)
    let letter = String(decoding: letters[0], as: UTF8.self)
    #expect(letter.contains("\"code\":\"output_too_large\"") && letter.contains("\"bytes\":\(huge.count)"))
    #expect(try fleet.stopWorkers() == [0])
  }

  @Test func aPositionThatIsNotKeptEndsTheWorkerUntilSomebodyChooses() throws {
    let fleet = try Fleet.onEmbeddedBroker()
    defer { fleet.end() }
    let events = Array(try demoEvents().prefix(40))
    try fleet.produce(events)
    // What a group looks like whose topic was made anew: it stands behind the end.
    let settings = KafkaBrokerSettings(
      client: try ClientSettings(bootstrapServers: fleet.bootstrap) { _ in },
      consumer: ConsumerSettings(group: "heed.triage", sessionTimeout: .seconds(6)), guarantee: .atLeastOnce)
    let group = try KafkaBroker(settings, subscribingTo: ["heed.events.v1"])
    _ = try waiting(for: "an assignment") { () -> Bool? in
      for case .assigned(let partitions) in group.poll(timeout: .milliseconds(100)) {
        try group.assign(partitions.map { ReadingStart($0, from: .end) })
        #expect(group.commit(Commit(positions: partitions.map { Position($0, next: 5_000) })) == .committed)
        return true
      }
      return nil
    }
    group.close()
    try fleet.startWorker()
    #expect(try fleet.waitForWorkers() == [66])
    #expect(try fleet.workerLogs().contains("offset.out.of.range=earliest"))
    try fleet.startWorker(set: ["offset.out.of.range=earliest"])
    let expected = try triaged(events)
    #expect(Set(try fleet.outputs(until: Set(expected))) == Set(expected))
    #expect(try fleet.stopWorkers() == [0])
  }

  /// The embedded broker fences nobody: set KAFKA_BOOTSTRAP.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["KAFKA_BOOTSTRAP"] != nil))
  func aWorkerWhosePlaceIsTakenEndsWithItsStatus() throws {
    let fleet = try Fleet.onCluster(ProcessInfo.processInfo.environment["KAFKA_BOOTSTRAP"]!)
    defer { fleet.end() }
    try fleet.startWorker(named: "one", set: ["ops.address=127.0.0.1:0"])
    let port = try fleet.opsPort()
    _ = try waiting(for: "ready") { try get("/ready", port).status == 200 ? true : nil }
    let successor = fleet.sibling()
    try successor.startWorker(named: "one")
    #expect(try fleet.waitForWorkers() == [77])
    #expect(try successor.stopWorkers() == [0])
  }

  @Test func everyEndHasItsStatus() {
    let failure = BrokerFailure(code: "CODE", reason: "made up")
    let gone = OffsetGone(source: TopicPartition("t", 0), position: 1, kept: 2..<3)
    let ends: [(WorkerEnd, Int32?)] = [
      (.stopped, nil), (.fenced(failure), 77), (.failed(failure), 70),
      (.tooManyDeadLetters(BreakerTrip(deadLetters: 3, window: 10, keys: 2)), 65), (.offsetGone(gone), 66),
    ]
    for (end, status) in ends {
      var found: Int32?
      do { try end.check() } catch { found = (error as? Failure)?.status.rawValue }
      #expect(found == status)
    }
  }

  @Test func aDrainThatTakesTooLongEndsWithItsStatus() throws {
    let fleet = try Fleet.onEmbeddedBroker()
    defer { fleet.end() }
    // The batch stays open, so that there is something to commit when the cluster has stopped to answer.
    try fleet.startWorker(set: ["batch.delay=10s", "drain.timeout=2s", "ops.address=127.0.0.1:0"])
    let port = try fleet.opsPort()
    _ = try waiting(for: "ready") { try get("/ready", port).status == 200 ? true : nil }
    try fleet.produce(Array(try demoEvents().prefix(20)))
    usleep(1_500_000)  // Lets the worker read them into a batch.
    fleet.suspendBroker()
    #expect(try fleet.stopWorkers() == [70])
    #expect(try fleet.workerLogs().contains("drain.timeout"))
    fleet.resumeBroker()
  }

  /// Longer than the session lasts, so that the group has forgotten the worker when it comes back.
  @Test func aClusterThatIsAwayIsWaitedForWithoutARestart() throws {
    let topics = try demoTopics()
    let cluster = try EmbeddedBroker(topics: topics)
    let fleet = Fleet.onBroker(at: cluster.bootstrapServers)
    defer { fleet.end() }
    let events = Array(try demoEvents().prefix(300))
    try fleet.startWorker(set: ["ops.address=127.0.0.1:0", "telemetry.interval=1s"])
    let port = try fleet.opsPort()
    try fleet.produce(Array(events[..<150]))
    _ = try fleet.outputs(until: Set(try triaged(events[..<100])))
    cluster.goAway()
    _ = try waiting(for: "not ready") {
      let ready = try get("/ready", port)
      return ready.status == 503 && ready.body.contains("broker_unreachable") ? true : nil
    }
    usleep(10_000_000)
    #expect(try get("/live", port).status == 200)
    cluster.comeBack()
    try fleet.produce(Array(events[150...]))
    let expected = try triaged(events)
    #expect(Set(try fleet.outputs(until: Set(expected))) == Set(expected))
    _ = try waiting(for: "ready again") { try get("/ready", port).status == 200 ? true : nil }
    #expect(try fleet.stopWorkers() == [0])
  }

  private func demoTopics() throws -> [TopicSpecification] {
    let plan = String(decoding: try Program.run(["topics", "plan"]).output, as: UTF8.self)
    return plan.split(separator: "\n").map { TopicSpecification(name: String($0.prefix { $0 != " " }), partitions: 4) }
  }
}

/// Asks one of a worker's endpoints.
func get(_ path: String, _ port: Int) throws -> (status: Int, body: String) {
  answer(try Loopback.get(path, port: port))
}

/// Sends a form as a browser does.
func post(_ path: String, _ form: String, _ port: Int) throws -> (status: Int, body: String) {
  let head = "POST \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: \(form.utf8.count)"
  return answer(try Loopback.exchange("\(head)\r\n\r\n\(form)", port: port))
}

private func answer(_ text: String) -> (status: Int, body: String) {
  let parts = text.split(separator: "\r\n\r\n", maxSplits: 1)
  return (Int(text.dropFirst(9).prefix(3)) ?? 0, parts.count > 1 ? String(parts[1]) : "")
}
