import Events
import Foundation
import Testing

@testable import heed

/// What the role scorecard writes, against what `heed report` computes from the same topics.
@Suite(.serialized) struct ScorecardRoleTests {
  private typealias Fields = [String: Any]

  /// The last midnight of the demo's week.
  private static let midnight = "2026-11-07T00:00:00Z"

  /// The demo's week on a broker, decided, and a scorecard that follows it.
  private func followed(set: [String] = []) throws -> Fleet {
    let events = try demoEvents()
    let fleet = try Fleet.onEmbeddedBroker()
    try fleet.produce(events)
    try fleet.startWorker()
    _ = try fleet.outputs(until: Set(try triaged(events)))
    #expect(try fleet.stopWorkers() == [0])
    fleet.roles = "scorecard"
    try startScorecard(fleet, set: set)
    return fleet
  }

  private func startScorecard(_ fleet: Fleet, set: [String] = []) throws {
    try fleet.startWorker(
      set: ["scorecard.grace=0s", "scorecard.interval=1s", "ops.address=127.0.0.1:0", "telemetry.interval=1s"] + set)
    let closed = try #require(Timestamp(rfc3339: Self.midnight)).nanoseconds / 1_000_000_000
    let port = try fleet.opsPort()
    _ = try waiting(for: "the last day to be closed") {
      try get("/metrics", port).body.split(separator: "\n").contains {
        $0.hasPrefix("heed_scorecard_closed_timestamp_seconds{") && $0.hasSuffix(" \(closed)")
      } ? true : nil
    }
    #expect(try get("/ready", port).status == 200 && get("/live", port).status == 200)
  }

  /// All that was written, in one order: that of the partitions is nobody's.
  private func measured(_ fleet: Fleet) throws -> [[UInt8]] {
    lines(try fleet.run(["consume", "heed.kpis.v1"]).output).sorted { $0.lexicographicallyPrecedes($1) }
  }

  private func fields(_ line: [UInt8]) throws -> Fields {
    try #require(try JSONSerialization.jsonObject(with: Data(line)) as? Fields)
  }

  @Test func whatIsStreamedIsWhatTheReportRecomputesAndARestartWritesNothingAgain() throws {
    let fleet = try followed()
    defer { fleet.end() }
    let written = try measured(fleet)
    var last: [String: Fields] = [:]
    for line in written {
      let event = try fields(line)
      let (subject, data) = (try #require(event["subject"] as? String), try #require(event["data"] as? Fields))
      let revision = try #require(data["revision"] as? Int)
      if revision > (last[subject]?["revision"] as? Int ?? -1) { last[subject] = data }
    }
    #expect(last.values.contains { $0["revision"] as? Int ?? 0 > 0 }, "a day changes after it is over")
    for day in 2...6 {
      let report = try fields(
        try fleet.run([
          "report", "--json", "--from", "2026-11-0\(day)T00:00:00Z", "--until", "2026-11-0\(day + 1)T00:00:00Z",
          "--as-of",
          Self.midnight,
        ]).output)
      let measures = try #require(report["measures"] as? [Fields])
      for measure in measures {
        let name = try #require(measure["name"] as? String)
        let streamed = last["\(name)/all/day/2026-11-0\(day)"]?["measure"] as? Fields
        #expect(streamed?["count"] as? Int ?? 0 == measure["count"] as? Int, "\(name) on day \(day)")
        #expect(streamed?["value"] as? Double == measure["value"] as? Double, "\(name) on day \(day)")
        #expect(streamed?["low"] as? Double == measure["low"] as? Double, "\(name) on day \(day)")
      }
      for part in try #require(report["parts"] as? [Fields]) {
        let (axis, name) = (try #require(part["axis"] as? String), try #require(part["name"] as? String))
        for (kpi, value) in try #require(part["values"] as? [String: Double]) {
          let streamed = last["\(kpi)/\(axis)/\(name)/day/2026-11-0\(day)"]?["measure"] as? Fields
          #expect(streamed?["value"] as? Double == value, "\(kpi) of \(axis) \(name) on day \(day)")
        }
      }
    }
    #expect(try fleet.stopWorkers() == [0])
    try startScorecard(fleet)
    #expect(try fleet.stopWorkers() == [0])
    #expect(try measured(fleet) == written)
  }

  @Test func gaugesShowEachMeasureWithItsPairAndNoNameOfACustomer() throws {
    let fleet = try followed(set: ["scorecard.audit=1"])
    defer { fleet.end() }
    let text = try get("/metrics", try fleet.opsPort()).body
    let series = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    func has(_ metric: String, _ labels: String...) -> Bool {
      series.contains { line in line.hasPrefix(metric + "{") && labels.allSatisfy { line.contains($0) } }
    }
    #expect(has("heed_kpi_value", #"kpi="task_completion""#, #"axis="all""#, #"segment="all""#))
    #expect(has("heed_kpi_pair_value", #"pair="repeat_contact""#, #"kpi="time_to_resolution""#, #"axis="intent""#))
    #expect(has("heed_kpi_observations", #"axis="channel""#, #"segment="chat""#))
    #expect(has("heed_audit_pairs", #"twin="origin""#, #"aspect="automation""#))
    #expect(has("heed_audit_difference", #"twin="typos""#, #"bound="high""#))
    #expect(series.count { $0.hasPrefix("heed_kpi_") } < 4_000)
    for events in try demoEvents() {
      guard let customer = try EventDecoder.decode(structured: events).customer else { continue }
      #expect(!text.contains("\"\(customer.text)\""))
    }
  }

  @Test func twoOfAKindWriteTheSameUnderTheSameIDs() throws {
    let fleet = try followed()
    defer { fleet.end() }
    let once = try measured(fleet)
    #expect(try fleet.stopWorkers() == [0])
    let other = try followed()
    defer { other.end() }
    #expect(Set(try measured(other)) == Set(once))
  }
}
