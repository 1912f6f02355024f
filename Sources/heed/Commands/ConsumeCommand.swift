import ArgumentParser
import Events
import Glibc
import Kafka
import Streams

struct ConsumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "consume",
    abstract: "Prints what the fleet wrote as NDJSON, in the form that `heed triage` gives.",
    discussion: """
      Reads whole topics to their ends (or on, with --follow), as no group, so it disturbs nobody. A broadcast stands in \
      each partition and is printed once; in how many partitions each stands is said in the end, on standard error.
      """)

  @OptionGroup var source: SettingsOptions
  @Flag(help: "Go on with what comes.") var follow = false
  @Argument(
    help:
      "Topics; without any, all outputs: decisions, resolutions, insights, dead letters, every queue's cases and every system's updates."
  )
  var topics: [String] = []

  func run() throws {
    let settings = try source.settings()
    let names = topics.isEmpty ? try outputs(settings) : topics
    var reader = try reaching { try LogReader(settings.client()) }
    let partitions = try reaching { try reader.partitions(of: names, within: .seconds(15)) }
    try reaching { try reader.open(partitions.map { ReadingStart($0, from: .beginning) }) }
    var broadcasts = BroadcastCopies()
    while follow || !reader.isAtEnd {
      var output: [UInt8] = []
      for case .record(let record) in reader.next(waiting: .milliseconds(200)) {
        guard let line = StructuredLine.make(from: record), broadcasts.isFirst(record, line: line) else { continue }
        output.append(contentsOf: line)
        output.append(0x0A)
      }
      Terminal.write(output, to: STDOUT_FILENO)
    }
    let counts = Dictionary(partitions.map { ($0.topic, 1) }, uniquingKeysWith: +)
    for sentence in broadcasts.sentences(partitions: counts) { Terminal.complain("heed: \(sentence)") }
  }

  private func outputs(_ settings: Settings) throws -> [String] {
    let catalogue = Catalogue(prefix: settings.text("topic.prefix"))
    let inputs = [catalogue.events.name, catalogue.contexts.name, catalogue.voices.name]
    return try settings.topics().map(\.name).filter { !inputs.contains($0) }
  }
}
