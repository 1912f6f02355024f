import Events
import Streams
import Testing
import Worker

@testable import heed

/// What the program says of itself is what it does.
@Suite struct ReferenceTests {
  @Test func everyActionHasItsLabel() throws {
    let label = try #require(Metric.table.first { $0.name == "heed_decisions_total" }?.labels.first)
    #expect(label.values == .oneOf(DecisionMade.Action.allCases.map(\.rawValue)))
  }

  @Test func theContextsOfWhoIsErasedAreGoneWithinAWeek() throws {
    let topics = Catalogue().specifications(queues: ["general"], partitions: 1)
    let compacted = topics.filter { $0.configuration["cleanup.policy"] == "compact" }
    #expect(compacted.map(\.name) == ["heed.contexts.v1"])
    for topic in topics {
      let bound = topic.configuration["max.compaction.lag.ms"] ?? topic.configuration["retention.ms"]
      #expect(bound.flatMap(Int.init) != nil, "\(topic.name) is kept for ever")
    }
    #expect(compacted[0].configuration["max.compaction.lag.ms"] == "604800000")
  }

  @Test func everyStatusIsToldInTheHelp() throws {
    let help = String(decoding: try Program.run(["--help"]).output, as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for status in Failure.Status.allCases { #expect(help.contains("\(status.rawValue) \(status.words)")) }
  }
}
