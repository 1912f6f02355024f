import Foundation
import Testing

@Suite struct ReportTests {
  private struct Story {
    let files: Scratch
    var arguments: [String] {
      ["report", "--events", files.url("events").path(), "--outputs", files.url("outputs").path(), "--all"]
    }
  }

  /// A week of the demo's shop, told and decided.
  private func story() throws -> (story: Story, events: [[UInt8]], outputs: [[UInt8]]) {
    let events = try Program.run(["demo", "--print-events"]).output
    let outputs = try Program.run(["triage"], input: events).output
    let files = try Scratch()
    try Data(events).write(to: files.url("events"))
    try Data(outputs).write(to: files.url("outputs"))
    return (Story(files: files), lines(events), lines(outputs))
  }

  private func json(_ arguments: [String]) throws -> [String: Any] {
    let result = try Program.run(arguments + ["--json"])
    #expect(result.status == 0, "\(result.complaint)")
    return try #require(try JSONSerialization.jsonObject(with: Data(result.output)) as? [String: Any])
  }

  @Test func theOrderOfTheRecordsDoesNotMatter() throws {
    let (story, events, outputs) = try story()
    let report = try Program.run(story.arguments + ["--json"]).output
    try Data(events.reversed().joined(separator: [0x0A])).write(to: story.files.url("events"))
    try Data((outputs + outputs).reversed().joined(separator: [0x0A])).write(to: story.files.url("outputs"))
    #expect(try Program.run(story.arguments + ["--json"]).output == report)
  }

  /// The same numbers by other means: straight from the lines, without journeys.
  @Test func misroutesAndVerdictsAreThoseOfTheLog() throws {
    let (story, events, outputs) = try story()
    let objects = try (events + outputs).map { try JSONSerialization.jsonObject(with: Data($0)) as! [String: Any] }
    // Nothing of who asked to be forgotten is in the report.
    let erased = Set(
      objects.filter { $0["type"] as? String == "heed.customer.erased.v1" }.compactMap {
        ($0["data"] as? [String: Any])?["customerId"] as? String
      })
    var queues: [String: String] = [:]
    var moved: Set<String> = []
    var verdicts: [Bool] = []
    for object in objects where object["type"] as? String == "heed.decision.made.v1" {
      let data = object["data"] as! [String: Any]
      guard let queue = data["queue"] as? String, data["supersedes"] == nil else { continue }
      if erased.contains(data["customerId"] as? String ?? "") { continue }
      let ticket = data["ticketId"] as! String
      // What we began ourselves, since an order changed, is no journey of a customer.
      if ticket.hasPrefix("notice_") { continue }
      if queues[ticket] == nil { queues[ticket] = queue }
    }
    for object in objects {
      guard let data = object["data"] as? [String: Any] else { continue }
      switch object["type"] as? String {
      case "heed.ticket.updated.v1":
        if let queue = data["queue"] as? String, data["changedBy"] as? String != "automation",
          let ticket = data["ticketId"] as? String, let ours = queues[ticket], ours != queue
        {
          moved.insert(ticket)
        }
      case "heed.feedback.given.v1":
        let ticket = (data["about"] as? [String: Any])?["ticketId"] as? String ?? ""
        if data["kind"] as? String == "reroute", let ours = queues[ticket], ours != data["value"] as? String {
          moved.insert(ticket)
        }
        if data["kind"] as? String == "handoff_verdict" { verdicts.append(data["value"] as? String == "needed") }
      default: break
      }
    }
    let measures = try #require(try json(story.arguments)["measures"] as? [[String: Any]])
    func measure(_ name: String) -> [String: Any] { measures.first { $0["name"] as? String == name } ?? [:] }
    #expect(!moved.isEmpty && verdicts.count > 3)
    #expect(
      measure("misroutes")["value"] as? Double == (Double(moved.count) / Double(queues.count) * 10_000).rounded()
        / 10_000)
    #expect(measure("misroutes")["count"] as? Int == queues.count)
    #expect(measure("escalation_precision")["count"] as? Int == verdicts.count)
  }

  @Test func thePageNeedsNothingElseAndHoldsNoWordsOfCustomers() throws {
    let (story, _, _) = try story()
    let page = story.files.url("review.html")
    #expect(try Program.run(story.arguments + ["--html", page.path()]).status == 0)
    let html = try String(contentsOf: page, encoding: .utf8)
    for outside in ["<script", "http://", "https://", "<img", "<link", "@import", "url("] {
      #expect(!html.contains(outside), "\(outside)")
    }
    for part in ["<html lang=\"en\">", "<title>", "<caption>", "scope=\"row\"", "viewport", "prefers-color-scheme"] {
      #expect(html.contains(part), "\(part)")
    }
    for words in ["Lydia", "@post.example", "my lawyer"] { #expect(!html.contains(words), "\(words)") }
    #expect(html.utf8.count < 100_000)
  }

  @Test func bothArmsOfAnExperimentAreCompared() throws {
    let events = try Program.run(["demo", "--print-events"]).output
    let files = try Scratch()
    let policy = try Data(
      contentsOf: URL(filePath: #filePath).appending(path: "../../../Deploy/policies/default.yaml").standardizedFileURL)
    try (policy + Data("\nexperiment: {name: trial, baseline: 40%}\n".utf8)).write(to: files.url("policy.yaml"))
    let outputs = try Program.run(["triage", "--policy", files.url("policy.yaml").path()], input: events).output
    try Data(events).write(to: files.url("events"))
    try Data(outputs).write(to: files.url("outputs"))
    let report = try json(Story(files: files).arguments)
    #expect(report["experimentName"] as? String == "trial")
    let rows = try #require(report["experiment"] as? [[String: Any]])
    let completion = try #require(rows.first { $0["name"] as? String == "task_completion" })
    let arms = [completion["treatmentCount"], completion["baselineCount"]].compactMap { $0 as? Int }
    #expect(arms.count == 2 && arms.allSatisfy { $0 > 10 })
    // Nobody of the baseline heard a machine.
    let silent = lines(outputs).map { String(decoding: $0, as: UTF8.self) }.filter { $0.contains(#""arm":"baseline""#) }
    #expect(silent.count >= arms[1] && !silent.contains { $0.contains(#""action":"resolve""#) })
    let text = String(decoding: try Program.run(Story(files: files).arguments).output, as: UTF8.self)
    #expect(text.contains("Experiment trial") && text.contains("baseline"))
  }

  @Test func aRangeWithoutTicketsIsAReportOfNothing() throws {
    let (story, _, _) = try story()
    let report = try json(story.arguments + ["--from", "2020-01-01T00:00:00Z", "--until", "2020-01-08T00:00:00Z"])
    #expect(report["tickets"] as? Int == 0)
    #expect(try Program.run(story.arguments + ["--from", "yesterday"]).status == 2)
  }

  @Test func anAuditTellsWhatDiffers() throws {
    let files = try Scratch()
    let texts = ["Where is my order LL-1?", "I want my money back.", "The lamp is broken.", "Please cancel my order."]
    try Data(texts.map { #"{"text":"\#($0)"}"# }.joined(separator: "\n").utf8).write(to: files.url("texts.ndjson"))
    let result = try Program.run(["model", "audit", "--json", "--data", files.url("texts.ndjson").path()])
    #expect(result.status == 0 || result.status == 1, "\(result.complaint)")
    let findings = try #require(try JSONSerialization.jsonObject(with: Data(result.output)) as? [[String: Any]])
    #expect(
      Set(findings.compactMap { $0["twin"] as? String }).isSuperset(of: [
        "origin", "sex", "politeness", "length", "phone",
      ]))
    #expect(findings.allSatisfy { ($0["pairs"] as? Int ?? 0) <= 4 })
  }
}
