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

  /// What is open under an account comes over to its address, whichever partitions the two are in.
  @Test func whatIsLinkedGoesThroughTheEventsToItsCustomer() throws {
    func event(_ id: Int, _ type: String, of customer: String, _ data: String) -> [UInt8] {
      Array(
        """
        {"specversion":"1.0","id":"e\(id)","source":"/t","type":"heed.\(type).v1","time":"2026-03-02T10:0\(id):00Z",\
        "partitionkey":"\(customer)","data":{"customerId":"\(customer)",\(data)}}
        """.utf8)
    }
    let accounts = (1...6).map { "desk:\($0)" }
    let fleet = try Fleet.onEmbeddedBroker()
    defer { fleet.end() }
    for account in accounts {
      let order = #""orderId":"LL-\#(account)","status":"in_transit","carrier":"Swift Parcel""#
      let mail = #""ticketId":"T-\#(account)","author":{"kind":"customer"},"body":"Where is my order?""#
      try fleet.produce([
        event(1, "order.updated", of: account, order),
        event(2, "customer.linked", of: account, #""linkedTo":"mail-\#(account)""#),
        event(3, "ticket.message", of: account, mail),
      ])
    }
    for _ in 0..<2 { try fleet.startWorker() }
    let decided = try waiting(for: "the decisions") { () -> [String]? in
      let decisions = lines(try fleet.run(["consume", "heed.decisions.v1"]).output).map {
        String(decoding: $0, as: UTF8.self)
      }
      return decisions.count >= accounts.count ? decisions : nil
    }
    for account in accounts {
      let own = decided.filter { $0.contains("T-\(account)\"") }
      #expect(Set(own).count == 1 && own[0].contains("\"mail-\(account)\"") && own[0].contains("LL-\(account)"))
    }
    #expect(try fleet.stopWorkers() == [0, 0])
  }

  /// Broadcasts stand in each partition, and are one event each all the same.
  @Test func whatWentInComesOutOfConsumeOnce() throws {
    let events = try demoEvents()
    let fleet = try Fleet.onEmbeddedBroker()
    defer { fleet.end() }
    try fleet.produce(events)
    let consumed = try fleet.run(["consume", "heed.events.v1"])
    #expect(lines(consumed.output).count == events.count)
    #expect(Set(lines(consumed.output)) == Set(events))
    let broadcasts = try events.count { try EventDecoder.decode(structured: $0).customer == nil }
    #expect(broadcasts > 0)
    #expect(consumed.complaint.contains("of \(broadcasts) stand \(broadcasts) in 12 of 12 partitions"))
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
    // Who is killed before it works shows nothing.
    _ = try waiting(for: "every worker's assignment") { try fleet.areAllAssigned() ? true : nil }
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

  /// Even at the finest level no log line tells what a customer wrote or who they are, be it read or not.
  @Test func noLogLineTellsOfACustomer() throws {
    let canary =
      "zephyrine quillfeather, zq@canary.example, +44 7700 900461, 47 Marmalade Street, password: Zw1ebelturm"
    func opened(_ ticket: String, body: String) -> [UInt8] {
      Array(
        """
        {"specversion":"1.0","id":"\(ticket)","source":"/t","type":"heed.ticket.opened.v1","time":"2026-03-02T10:00:00Z",\
        "partitionkey":"C1","data":{"ticketId":"\(ticket)","customerId":"C1","channel":"web","subject":"\(canary)",\
        "body":\(body),"requester":{"name":"\(canary)","email":"\(canary)"},"tags":["\(canary)"]}}
        """.utf8)
    }
    let traces = ["zephyrine", "canary", "900461", "marmalade", "zw1ebel"]
    let events = [opened("T1", body: "\"Where is it? \(canary)\""), opened("T2", body: "\"\(canary)\"")]
    let fleet = try Fleet.onEmbeddedBroker()
    defer { fleet.end() }
    try fleet.produce(events)
    try fleet.startWorker()
    let expected = try triaged(events)
    #expect(Set(try fleet.outputs(until: Set(expected))) == Set(expected))
    #expect(try fleet.stopWorkers() == [0])
    let logs = try fleet.logs().lowercased()
    #expect(logs.contains("partitions assigned"), "there is a log")
    for trace in traces { #expect(!logs.contains(trace), "\(logs)") }
    let filter = try Program.run(["triage"], input: joined(events + [opened("T3", body: "[1]"), Array(canary.utf8)]))
    #expect(lines(filter.output).count == expected.count + 2)
    for trace in traces { #expect(!filter.complaint.lowercased().contains(trace), "\(filter.complaint)") }
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

  @Test func aWorkerThatIsAskedToStopWhileItStartsEndsWell() throws {
    let files = try Scratch()
    // Nobody answers there, so it is at its start for as long as it asks.
    let worker = try Program.start(["worker", "--bootstrap", "127.0.0.1:1"], files: files)
    _ = try waiting(for: "the worker's ear") { try hears(SIGTERM, worker.processIdentifier) ? true : nil }
    worker.terminate()
    worker.waitUntilExit()
    #expect(worker.terminationStatus == 0 && worker.terminationReason == .exit)
  }

  /// Whether a process has a handler for a signal; see proc(5), `SigCgt`.
  private func hears(_ signal: Int32, _ process: pid_t) throws -> Bool {
    let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
    let mask = status.split(separator: "\n").first { $0.hasPrefix("SigCgt:") }?.split(separator: "\t").last
    return try #require(UInt64(mask ?? "", radix: 16)) >> UInt64(signal - 1) & 1 == 1
  }
}

/// A broker and some workers.
final class Fleet {
  let bootstrap: String
  private let broker: Process?
  private let prefix: String
  private let guarantee: String
  private var workers: [(name: String, process: Process)] = []
  /// Processes that stand still.
  private var standing: [Process] = []
  /// Processes whose place another took while they stood still.
  private var replaced: [Process] = []
  private var scratch: [Scratch] = []
  private var workerFiles: [Scratch] = []
  private var count = 0
  /// What the workers that are started from now on do.
  var roles = "triage"

  private init(_ bootstrap: String, broker: Process?, prefix: String, guarantee: String) {
    self.bootstrap = bootstrap
    self.broker = broker
    self.prefix = prefix
    self.guarantee = guarantee
  }

  static func onEmbeddedBroker() throws -> Fleet {
    let files = try Scratch()
    let process = try Program.start(["dev-broker", "--address-file", files.url("address").path()], files: files)
    let address = try waiting(for: "the embedded broker") {
      let text = (try? String(contentsOf: files.url("address"), encoding: .utf8)) ?? ""
      return text.hasSuffix("\n") ? text.trimmingCharacters(in: .newlines) : nil
    }
    let fleet = Fleet(address, broker: process, prefix: "heed.", guarantee: "at_least_once")
    fleet.scratch.append(files)
    return fleet
  }

  /// On a broker that the test itself holds.
  static func onBroker(at bootstrap: String) -> Fleet {
    Fleet(bootstrap, broker: nil, prefix: "heed.", guarantee: "at_least_once")
  }

  static func onCluster(_ bootstrap: String) throws -> Fleet {
    let fleet = Fleet(
      bootstrap, broker: nil, prefix: "heed-test-\(UUID().uuidString.prefix(8)).", guarantee: "exactly_once")
    let applied = try Program.run(["topics", "apply"] + fleet.options)
    try #require(applied.status == 0, "\(applied.complaint)")
    return fleet
  }

  /// More workers on the same topics, to be told apart.
  func sibling() -> Fleet { Fleet(bootstrap, broker: nil, prefix: prefix, guarantee: guarantee) }

  private var options: [String] { ["--bootstrap", bootstrap, "--set", "topic.prefix=\(prefix)"] }

  func produce(_ lines: [[UInt8]]) throws {
    let result = try Program.run(["produce"] + options, input: joined(lines))
    try #require(result.status == 0, "\(result.complaint)")
  }

  /// What all workers have logged.
  func logs() throws -> String {
    try scratch.map { files in
      FileManager.default.fileExists(atPath: files.url("err").path())
        ? String(decoding: try Data(contentsOf: files.url("err")), as: UTF8.self) : ""
    }.joined()
  }

  /// What the workers that were started have written to standard error.
  func workerLogs() throws -> String {
    try workerFiles.map { String(decoding: try Data(contentsOf: $0.url("err")), as: UTF8.self) }.joined()
  }

  /// The port of the last worker's ops endpoints, which the kernel chose.
  func opsPort() throws -> Int {
    try waiting(for: "the ops endpoints") {
      let logs = String(decoding: try Data(contentsOf: workerFiles.last!.url("err")), as: UTF8.self)
      guard let line = logs.split(separator: "\n").first(where: { $0.contains("ops endpoints") }),
        let address = line.range(of: "127.0.0.1:")
      else { return nil }
      return Int(line[address.upperBound...].prefix { $0.isNumber })
    }
  }

  /// Runs another command of the program on the same topics.
  func run(_ arguments: [String]) throws -> (status: Int32, output: [UInt8], complaint: String) {
    try Program.run(
      arguments + options + ["--set", "group.id=\(prefix)triage", "--set", "processing.guarantee=\(guarantee)"])
  }

  func suspendBroker() { if let broker { kill(broker.processIdentifier, SIGSTOP) } }
  func resumeBroker() { if let broker { kill(broker.processIdentifier, SIGCONT) } }

  func startWorker(named name: String? = nil, set more: [String] = []) throws {
    count += 1
    let name = name ?? "w\(count)"
    workers.append((name, try launch(name, set: more)))
  }

  private func launch(_ name: String, set more: [String] = []) throws -> Process {
    let files = try Scratch()
    scratch.append(files)
    workerFiles.append(files)
    var arguments = ["worker", "--roles", roles] + options
    let sets =
      [
        "processing.guarantee=\(guarantee)", "group.id=\(prefix)triage", "session.timeout=8s", "drain.timeout=6s",
        "transaction.timeout=5s", "delivery.timeout=5s", "batch.delay=20ms", "log.level=trace",
        "ops.address=",
      ] + more + (isExact ? ["group.instance.id=\(name)"] : [])
    for set in sets { arguments += ["--set", set] }
    return try Program.start(arguments, files: files)
  }

  func killAndReplaceWorker() throws {
    let victim = workers.removeFirst()
    kill(victim.process.processIdentifier, SIGKILL)
    victim.process.waitUntilExit()
    try startWorker(named: victim.name)
  }

  /// Whether each worker that was started has been given partitions.
  func areAllAssigned() throws -> Bool {
    try workerFiles.allSatisfy {
      String(decoding: try Data(contentsOf: $0.url("err")), as: UTF8.self).contains("partitions assigned")
    }
  }

  // MARK: Under a supervisor

  var isExact: Bool { guarantee == "exactly_once" }

  func crash(_ index: Int) throws {
    kill(workers[index].process.processIdentifier, SIGKILL)
    workers[index].process.waitUntilExit()
    workers[index].process = try launch(workers[index].name)
  }

  /// As a deployment does: asked to stop, awaited, started again. Gives how it ended.
  func restart(_ index: Int) throws -> Int32 {
    let process = workers[index].process
    process.terminate()
    process.waitUntilExit()
    workers[index].process = try launch(workers[index].name)
    return process.terminationStatus
  }

  /// From now on it stands still; ``resume()`` lets it go on.
  func suspend(_ index: Int) {
    standing.append(workers[index].process)
    kill(workers[index].process.processIdentifier, SIGSTOP)
  }

  /// Another process takes the place of one that stands still.
  func replace(_ index: Int) throws {
    replaced.append(workers[index].process)
    workers[index].process = try launch(workers[index].name)
  }

  func resume() {
    for process in standing { kill(process.processIdentifier, SIGCONT) }
    standing = []
  }

  /// Starts those again that ended by themselves, as an orchestrator does, and gives how they ended.
  func superviseOnce() throws -> [Int32] {
    try workers.indices.filter { !workers[$0].process.isRunning }.map { index in
      let status = workers[index].process.terminationStatus
      workers[index].process = try launch(workers[index].name)
      return status
    }
  }

  /// How those ended that stood still while another took their place.
  func endsOfTheReplaced() throws -> [Int32] {
    for process in replaced {
      _ = try waiting(for: "the end of a worker whose place is taken") { process.isRunning ? nil : true }
    }
    return replaced.map(\.terminationStatus)
  }

  func stopWorkers() throws -> [Int32] {
    for worker in workers { worker.process.terminate() }
    defer { workers = [] }
    return workers.map { worker in
      worker.process.waitUntilExit()
      return worker.process.terminationStatus
    }
  }

  /// How the workers end by themselves.
  func waitForWorkers() throws -> [Int32] {
    defer { workers = [] }
    return try workers.map { worker in
      try waiting(for: "the worker's end") { worker.process.isRunning ? nil : worker.process.terminationStatus }
    }
  }

  /// What stands in the output topics once all of `expected` does.
  func outputs(until expected: Set<[UInt8]>) throws -> [[UInt8]] {
    var written: [[UInt8]] = []
    _ = try waiting(for: "the outputs") { () -> Bool? in
      written = try outputs()
      return expected.isSubset(of: Set(written)) ? true : nil
    }
    return written
  }

  /// What a reader of committed records sees in the output topics.
  func outputs() throws -> [[UInt8]] { lines(try Program.run(["consume"] + options).output) }

  func end() {
    resume()
    _ = try? stopWorkers()
    for process in replaced where process.isRunning {
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    broker?.terminate()
    broker?.waitUntilExit()
    if prefix != "heed.", let client = try? ClientSettings(bootstrapServers: bootstrap),
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
func waiting<Value>(for what: String, _ answer: () throws -> Value?) throws -> Value {
  let deadline = ContinuousClock.now + .seconds(240)
  while ContinuousClock.now < deadline {
    if let value = try answer() { return value }
    usleep(50_000)
  }
  throw TimedOut(what: what)
}
