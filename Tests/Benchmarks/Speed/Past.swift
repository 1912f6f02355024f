import ArgumentParser
import Events
import Streams
import Triage

/// Looking back: a backfill's fold without Kafka, and two recorded sides compared.
struct PastMeasurement: Codable {
  var replay: Measurement
  var diff: Measurement
}

struct PastCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "past", abstract: "Measures a backfill's fold and the comparison of recorded decisions, no broker.")

  @OptionGroup var options: TrafficOptions
  @Option(name: .customLong("fold"), help: "Events to fold.") var count = 60_000
  @Option(help: "Recorded decisions of each side.") var decisions = 1_000_000

  func run() throws {
    let (replay, lines) = try replay(try options.traffic())
    var diff = DecisionDiff()
    let start = Measurement.Start()
    for side in 0..<2 {
      for number in 0..<decisions {
        // Few lines under many ids: what is read and compared is as much as for that many different ones.
        let line = lines[number % lines.count].with(number)
        guard let decision = RecordedOutcome(line) else { continue }
        if side == 0 { diff.take(before: decision) } else { diff.take(after: decision) }
      }
    }
    let report = diff.finish()
    precondition(report.decisions == decisions && report.flips == 0, "the two sides are the same")
    try Child.say(PastMeasurement(replay: replay, diff: Measurement(messages: 2 * decisions, since: start)))
  }

  private func replay(_ traffic: Traffic) throws -> (Measurement, [RecordedLine]) {
    let processor = ReplayProcessor(
      pipeline: try .shipped(), from: Catalogue(), into: Catalogue(prefix: "heed-replay."), group: "heed-replay",
      range: ReplayRange())
    let entries = traffic.entries(.mixed, count: count)
    let source = TopicPartition("heed.events.v1", 0)
    var shelf = processor.makeState(partition: 0)
    var outputs: [OutgoingRecord] = []
    var kept: [OutgoingRecord] = []
    let start = Measurement.Start()
    for (offset, entry) in entries.enumerated() {
      processor.process(
        Record(source: source, offset: Offset(offset), key: entry.key, value: entry.line), state: &shelf,
        outputs: &outputs)
      guard offset % 1_000 == 999 else { continue }
      _ = processor.changes(in: shelf)
      processor.accept(&shelf)
      if kept.count < 1_000 { kept += outputs.filter { $0.topic.hasSuffix("decisions.v1") } }
      outputs.removeAll(keepingCapacity: true)
    }
    let measurement = Measurement(messages: entries.count, since: start)
    return (measurement, kept.compactMap { RecordedLine($0) })
  }
}

/// A decision as a line, whose id can be another one.
private struct RecordedLine {
  private var bytes: [UInt8]
  private let place: Int

  init?(_ record: OutgoingRecord) {
    let read = Record(
      source: TopicPartition(record.topic, 0), offset: 0, key: record.key, headers: record.headers, value: record.value)
    guard let line = StructuredLine.make(from: read) else { return nil }
    let mark = Array(#""decisionId":"dec_"#.utf8)
    guard let start = line.indices.first(where: { line[$0...].starts(with: mark) }) else { return nil }
    bytes = line
    place = start + mark.count
  }

  func with(_ number: Int) -> [UInt8] {
    var copy = bytes
    let digits = Array("0123456789abcdef".utf8)
    for index in 0..<8 { copy[place + index] = digits[number >> (4 * index) & 15] }
    return copy
  }
}
