import Foundation
import Testing
import TestSupport

/// `heed verify` and `heed diff` on files, as a user runs them.
@Suite struct VerifyTests {
  private struct Files {
    let scratch: Scratch
    let events: String
    let outputs: String

    init(events: [[UInt8]], outputs: [[UInt8]]) throws {
      scratch = try Scratch()
      self.events = scratch.url("events.ndjson").path()
      self.outputs = scratch.url("outputs.ndjson").path()
      try Data(joined(events)).write(to: scratch.url("events.ndjson"))
      try Data(joined(outputs)).write(to: scratch.url("outputs.ndjson"))
    }

    func verify(_ more: [String] = []) throws -> (status: Int32, output: String, complaint: String) {
      let result = try Program.run(["verify", "--events", events, "--outputs", outputs] + more)
      return (result.status, String(decoding: result.output, as: UTF8.self), result.complaint)
    }
  }

  private static let events = Result { Array(try demoEvents().prefix(160)) }
  private static let outputs = Result { try triaged(try events.get()) }

  private func text(_ line: [UInt8]) -> String { String(decoding: line, as: UTF8.self) }

  @Test func whatWasTriagedIsVerified() throws {
    let files = try Files(events: try Self.events.get(), outputs: try Self.outputs.get())
    let result = try files.verify()
    #expect(result.status == 0, "\(result.complaint)")
    #expect(result.output.contains("every digest holds") && result.output.contains("the same bytes"))
    let json = try files.verify(["--json"])
    #expect(json.status == 0 && json.output.contains(#""holds":true"#))
  }

  @Test func aByteInAnOutputIsNamedWithRecordAndField() throws {
    var outputs = try Self.outputs.get()
    let index = try #require(outputs.firstIndex { text($0).contains(#""urgency":"normal""#) })
    let place = text(outputs[index]).range(of: #""urgency":"normal"#)!.upperBound
    outputs[index][text(outputs[index]).utf8.distance(from: "".startIndex, to: place) - 1] ^= 1
    let result = try Files(events: try Self.events.get(), outputs: outputs).verify()
    #expect(result.status == 1)
    #expect(result.complaint.contains("outputs.ndjson:\(index + 1): "), "\(result.complaint)")
    #expect(result.output.contains("/data/urgency"), "\(result.output)")
  }

  @Test func aByteInAnInputIsNamedWithItsLine() throws {
    var events = try Self.events.get()
    let index = try #require(events.firstIndex { text($0).contains(/ticket\.opened.*"body":"[A-Za-z]/) })
    events[index] = Array(text(events[index]).replacing(/"body":"./, with: #""body":"~"#).utf8)
    let result = try Files(events: events, outputs: try Self.outputs.get()).verify()
    #expect(result.status == 1)
    #expect(result.complaint.contains("events.ndjson:\(index + 1): dec_"), "\(result.complaint)")
    #expect(result.complaint.contains("/data/digests/inputs/"))
  }

  /// Whether the policy can still be used or not: it is not the one that decided.
  @Test(arguments: ["#", "\u{1}"]) func aByteInThePolicyIsNamed(byte: String) throws {
    let files = try Files(events: try Self.events.get(), outputs: try Self.outputs.get())
    let policy = Repository.file("Deploy/policies/default.yaml")
    #expect(try files.verify(["--policy", policy.path()]).status == 0)
    let changed = try String(contentsOf: policy, encoding: .utf8) + byte
    try Data(changed.utf8).write(to: files.scratch.url("policy.yaml"))
    let result = try files.verify(["--policy", files.scratch.url("policy.yaml").path()])
    #expect(result.status == 1)
    #expect(result.complaint.contains("the policy: dec_") && result.complaint.contains("/data/digests/policy"))
  }

  @Test func aDiffOfTwoPoliciesCountsFlips() throws {
    let events = try demoEvents()
    let outputs = try triaged(events)
    let files = try Files(events: events, outputs: outputs)
    let policy = Repository.file("Deploy/policies/default.yaml")
    let same = try Program.run([
      "diff", "--events", files.events, "--policy", policy.path(), "--policy", policy.path(), "--json",
    ])
    #expect(same.status == 0 && text(same.output).contains(#""flips":0,"#))

    let changed = try String(contentsOf: policy, encoding: .utf8).replacing(
      "- {urgency: high, when: {sentiment: \"<= -2\"}}", with: "- {urgency: critical, when: {sentiment: \"<= -2\"}}")
    try Data(changed.utf8).write(to: files.scratch.url("policy.yaml"))
    let page = files.scratch.url("page.html")
    let arguments = [
      "diff", "--events", files.events, "--policy", policy.path(), "--policy", files.scratch.url("policy.yaml").path(),
    ]
    let flipped = try Program.run(arguments + ["--json", "--html", page.path()])
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(flipped.output)) as? [String: Any])
    let flips = try #require(report["flips"] as? Int)

    // The same, counted by hand from what each of them decides.
    let after = lines(
      try Program.run(
        ["triage", "--policy", files.scratch.url("policy.yaml").path()], input: joined(events)
      )
      .output)
    func outcomes(_ lines: [[UInt8]]) throws -> [String: [String?]] {
      var outcomes: [String: [String?]] = [:]
      for line in lines where text(line).contains("heed.decision.made.v1") {
        let event = try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
        let data = try #require(event["data"] as? [String: Any])
        outcomes[try #require(data["decisionId"] as? String)] = ["action", "step", "queue", "urgency", "dueBy"].map {
          data[$0] as? String
        }
      }
      return outcomes
    }
    let (a, b) = (try outcomes(outputs), try outcomes(after))
    #expect(flips == a.count { b[$0.key] != $0.value } && flips > 0)

    try Data(joined(after)).write(to: files.scratch.url("after.ndjson"))
    let recorded = try Program.run([
      "diff", "--outputs", files.outputs, "--outputs", files.scratch.url("after.ndjson").path(), "--json",
    ])
    #expect(text(recorded.output).contains("\"flips\":\(flips),"))

    // What was recorded beside what would be decided now.
    let mixed = try Program.run([
      "diff", "--events", files.events, "--outputs", files.outputs, "--policy",
      files.scratch.url("policy.yaml").path(), "--json",
    ])
    #expect(text(mixed.output).contains("\"flips\":\(flips),"))

    let html = try String(contentsOf: page, encoding: .utf8)
    for part in [
      "<!doctype html>", "lang=\"en\"", "prefers-color-scheme:dark", "<caption>", "scope=\"col\"", "width=device-width",
    ] {
      #expect(html.contains(part), "\(part)")
    }
    for part in ["<script", "http://", "https://", "<link", "@import", "src="] {
      #expect(!html.contains(part), "\(part)")
    }
  }

  @Test(arguments: [
    ["verify", "--events", "x"], ["verify", "--events", "-", "--outputs", "x"], ["diff"],
    ["diff", "--events", "x", "--policy", "a"],
    ["diff", "--outputs", "a"], ["diff", "--outputs", "a", "--outputs", "b", "--events", "c"],
  ]) func whatMakesNoSenseIsRefused(arguments: [String]) throws {
    #expect(try Program.run(arguments).status == 2)
  }
}
