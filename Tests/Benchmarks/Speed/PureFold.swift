import ArgumentParser
import CCopyLoop
import Classifier
import Events
import Policy
import Streams
import Triage
import Shipped

extension PolicyDocument {
  /// The policy that is compiled in.
  static func shipped() throws -> PolicyDocument {
    try PolicyDocument(yaml: Shipped.policy)
  }
}

extension TicketPipeline {
  /// With the policy and the model that are compiled in.
  static func shipped() throws -> TicketPipeline {
    TicketPipeline(reader: ModelReader(try Model(bytes: Shipped.model)), policy: try .shipped())
  }
}

/// Triage without Kafka: bytes to bytes on one thread, contexts written as in the worker.
struct FoldMeasurement: Codable {
  var tickets: Measurement
  var orders: Measurement
  var allocationsPerTicket: Double
  var allocationsPerOrder: Double
  /// SHA-256 of all that was written: the same before and after a change that should change no byte.
  var digest: String
}

struct FoldCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fold", abstract: "Measures triage alone: bytes to bytes, no broker.")

  @OptionGroup var options: TrafficOptions
  @Option(help: "Tickets to fold; the orders of their customers come first.") var tickets = 20_000

  func run() throws {
    let traffic = try options.traffic()
    var fold = Fold(pipeline: try .shipped())
    let orders = fold.measured(traffic.entries(.orders, count: 2 * tickets))
    let decided = fold.measured(traffic.entries(.tickets, count: tickets))
    try Child.say(
      FoldMeasurement(
        tickets: decided.measurement, orders: orders.measurement,
        allocationsPerTicket: decided.allocations, allocationsPerOrder: orders.allocations, digest: fold.digest))
  }
}

/// The processor of one partition, without a worker around it.
private struct Fold {
  private let processor: TriageProcessor
  private var shelf: Shelf
  private var offset: Offset = 0
  private(set) var digest = ""

  init(pipeline: TicketPipeline) {
    processor = TriageProcessor(pipeline: pipeline, catalogue: Catalogue(), group: "bench")
    shelf = processor.makeState(partition: 0)
  }

  mutating func measured(_ entries: [Traffic.Entry]) -> (measurement: Measurement, allocations: Double) {
    let source = TopicPartition("heed.events.v1", 0)
    let allocations = allocations_so_far()
    let start = Measurement.Start()
    var outputs: [OutgoingRecord] = []
    var tables: [OutgoingRecord] = []
    for entry in entries {
      processor.process(
        Record(source: source, offset: offset, key: entry.key, value: entry.line), state: &shelf, outputs: &outputs)
      offset += 1
      guard offset % 1_000 == 0 else { continue }
      tables += processor.changes(in: shelf)
      processor.accept(&shelf)
    }
    let measurement = Measurement(messages: entries.count, since: start)
    let perEvent = Double(allocations_so_far() - allocations) / Double(entries.count)
    note(outputs + tables)
    return (measurement, perEvent)
  }

  private mutating func note(_ records: [OutgoingRecord]) {
    var written = Array(digest.utf8)
    for record in records {
      written += record.topic.utf8
      written += record.key ?? []
      record.headers.forEachBytes { name, value in
        written += name
        if let value { written += value }
      }
      written += record.value ?? [0]
    }
    digest = Digest256(of: written).hex
  }
}
