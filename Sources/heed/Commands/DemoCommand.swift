import ArgumentParser
import Events
import Foundation
import Kafka
import Policy
import Streams
import Triage
import Web
import Worker

struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Everything in one process: the embedded broker, a worker, and six days of a shop that does not exist.",
    discussion: """
      Tickets and orders written for the demo go through Kafka's protocol, are triaged, and each decision is shown as it \
      happens: who, what they want, how they feel, what was decided and why. Ends with a summary. The console shows the same as \
      pages, on http://127.0.0.1:8080 unless --listen says otherwise. Without --exit-when-done broker and console stay up until \
      Ctrl-C, so that `heed consume` or kcat can look at the topics.
      """)

  @OptionGroup var deciding: DecidingOptions
  @Option(name: .long, help: "Events a second; 0 is as fast as possible.") var pace = 25
  @Flag(name: .long, help: "End when everything is decided.") var exitWhenDone = false
  @Option(name: .long, help: ArgumentHelp("Also write all outputs to this file, as NDJSON.", valueName: "file"))
  var outputs: String?

  @Flag(name: .long, help: "Serve no console.") var noConsole = false
  @OptionGroup var serving: ConsoleOptions

  @Flag(name: .long, help: "Only print the events as NDJSON, for `heed triage`.") var printEvents = false

  func run() throws {
    if printEvents {
      for event in DemoTraffic.events() { Terminal.write(event.line + [0x0A], to: STDOUT_FILENO) }
      return
    }
    let policy = try DecidingOptions.policy(at: deciding.policy)
    let catalogue = Catalogue()
    let topics = catalogue.specifications(queues: policy.queues.keys.sorted(), partitions: 4)
    let broker = try reaching { try EmbeddedBroker(topics: topics) }
    Terminal.say(Style.faint.apply("embedded broker on \(broker.bootstrapServers); the first group join takes 3 s\n"))

    let sets =
      [
        "bootstrap.servers=\(broker.bootstrapServers)", "processing.guarantee=at_least_once", "fetch.wait=10ms",
        "log.level=warning",
      ] + (deciding.policy.map { ["policy=\($0)"] } ?? [])
    let worker = try FleetWorker.triage(
      try Settings(file: nil, environment: [:], sets: sets), Log.logger(level: "warning"))
    let working = worker.start()
    let console = noConsole ? nil : try DemoConsole(worker, policy, on: serving)

    let traffic = DemoTraffic.events()
    let writing = DemoWriter(broker: broker.bootstrapServers, traffic: traffic, pace: pace).start(
      topic: catalogue.events.name)
    var screen = DemoScreen(policy: policy, expected: DemoTraffic.customerMessages(in: traffic))
    let outputTopics = topics.map(\.name).filter { $0 != catalogue.events.name && $0 != catalogue.contexts.name }
    let lines = try follow(broker.bootstrapServers, outputTopics, &screen)

    worker.stop.raise()
    try writing.wait()
    _ = working.wait()
    if let outputs { try write(lines, toFile: outputs) }
    screen.summarise()
    guard screen.isComplete else {
      throw Failure(
        status: .checkFailed, words: "\(screen.missing) messages were not decided in time")
    }
    if !exitWhenDone {
      Terminal.say(Style.faint.apply("\nThe broker stays up on \(broker.bootstrapServers). Ctrl-C ends it."))
      while true { sleep(3_600) }
    }
    try console?.letGo()
    broker.stop()
  }

  /// Shows what the fleet writes until everything is decided; gives all of it as NDJSON.
  private func follow(
    _ bootstrap: String, _ topics: [String], _ screen: inout DemoScreen
  ) throws -> [UInt8] {
    var lines: [UInt8] = []
    var reader = try reaching { try LogReader(ClientSettings(bootstrapServers: bootstrap)) }
    let partitions = try reaching { try reader.partitions(of: topics, within: .seconds(15)) }
    try reaching { try reader.open(partitions.map { ReadingStart($0, from: .beginning) }) }
    var quiet = 0
    // After the last decision its case summary and the like may still be on their way, so a second of silence is awaited.
    while quiet < (screen.isComplete ? 10 : 600) {
      let events = reader.next(waiting: .milliseconds(100))
      quiet += 1
      for case .record(let record) in events {
        quiet = 0
        screen.show(record)
        if let line = StructuredLine.make(from: record) { lines += line + [0x0A] }
      }
    }
    return lines
  }
}

extension DemoTraffic {
  /// The ids of the events that are a customer's words, each of which must be decided once.
  static func customerMessages(in events: [DemoEvent]) -> Set<String> {
    Set(
      events.compactMap { event in
        switch (try? EventDecoder.decode(structured: event.line))?.body {
        case .ticketOpened: event.id
        case .ticketMessage(let message) where message.author == .customer: event.id
        default: nil
        }
      })
  }
}

/// Puts the traffic on the log at a pace, on a thread of its own.
private struct DemoWriter {
  let broker: String
  let traffic: [DemoEvent]
  let pace: Int

  func start(topic: String) -> Running<Result<Void, Failure>> {
    Running(name: "heed.demo.writer") {
      do {
        var writer = try reaching { try LogWriter(ClientSettings(bootstrapServers: broker)) }
        for (index, event) in traffic.enumerated() {
          try reaching { try writer.send(event.line, to: topic) }
          // A shop's life has its mishaps too: lines that are no events end as dead letters and harm nobody.
          if index % 400 == 200 {
            try reaching { try writer.send(Array(event.line.prefix(event.line.count / 2)), to: topic) }
          }
          if pace > 0 { usleep(useconds_t(1_000_000 / pace)) }
        }
        try reaching { try writer.finish() }
        return .success(())
      } catch let failure as Failure {
        return .failure(failure)
      } catch {
        return .failure(Failure(status: .internalFault, words: "\(error)"))
      }
    }
  }
}

extension Running where Value == Result<Void, Failure> {
  func wait() throws { try (wait() as Value).get() }
}
