import Foundation
import Simulation
import Streams
import Synchronization
import Testing
import Triage

@Suite struct SeedTests {
  @Test func twoThousandSeedsHold() async {
    let met = Mutex<[String: Int]>([:])
    let failures = await Seeds.failures(1..<2_001) {
      SeedVerdict.of(seed: $0)
    } onEach: { verdict in
      met.withLock { $0.merge(verdict.encounters, uniquingKeysWith: +) }
    }
    for failure in failures { Issue.record("\(failure.words)") }
    // A simulation that meets nothing proves nothing.
    let counts = met.withLock { $0 }
    for name in [
      "end: fenced(_FENCED", "end: stopped", "report: lost", "report: revoked", "report: rewound",
      "report: waitingForTransaction",
    ] { #expect(counts[name, default: 0] >= 50, "\(name)") }
  }

  /// In another process, where dictionaries and sets have another order.
  @Test(arguments: [8, 77] as [UInt64]) func aSeedIsTheSameInEachProcess(seed: UInt64) throws {
    let runs = try (0..<3).map { _ in try journal(of: seed) }
    #expect(runs[0].count > 1_000)
    #expect(runs[1] == runs[0] && runs[2] == runs[0])
  }

  private func journal(of seed: UInt64) throws -> Data {
    let process = Process()
    process.executableURL = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "simulate")
    process.arguments = ["--seed", "\(seed)"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let journal = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return journal
  }

  /// Otherwise the comparison of outputs would compare nothing with nothing.
  @Test func theStoriesLeadToEverythingThatIsWritten() {
    var dice = Dice(seed: 1)
    let workload = DeskWorkload()
    let processor = workload.processor
    var state = processor.makeState(partition: 0)
    var outputs: [OutgoingRecord] = []
    for (offset, event) in workload.events(300, partitions: 1, &dice).enumerated() {
      let record = Record(
        source: TopicPartition(event.topic, 0), offset: Offset(offset), key: event.key, headers: event.headers,
        value: event.value)
      processor.process(record, state: &state, outputs: &outputs)
    }
    let kinds = Set(outputs.map { $0.topic.hasPrefix("heed.cases.") ? "cases" : $0.topic })
    #expect(
      kinds == ["cases", "heed.decisions.v1", "heed.resolutions.v1", "heed.insights.v1", "heed.dead-letters.v1"])
  }
}
